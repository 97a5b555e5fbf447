/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_xmpp_reply - XMPP server bytes to replies, however they are cut up
 */
#include "reply/xmpp_reply.h"
#include "reply_play.h"

static const struct good_reply good[] = {
	{ BYTES("<?xml version='1.0'?><stream:stream id='1' version='1.0'>"),
	    REPLY_UNTAGGED, REPLY_OK, .word = "stream",
	    .text = " id='1' version='1.0'" },
	{ BYTES("\n <?xml version='1.0'?>\r\n<stream a='>' b=\"'>/\">"),
	    REPLY_UNTAGGED, REPLY_OK, .word = "stream",
	    .text = " a='>' b=\"'>/\"" },
	{ BYTES("<stream:features><a><b/></a>x &lt; y</stream:features>"),
	    REPLY_UNTAGGED, REPLY_DATA, .word = "features",
	    .text = "<a><b/></a>x &lt; y" },
	{ BYTES("<stream:features/>"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "features" },
	{ BYTES("<proceed xmlns='x'/>"), REPLY_TAGGED, REPLY_OK,
	    .word = "proceed", .text = "<proceed xmlns='x'/>" },
	{ BYTES("<x:proceed\t></x:proceed >"), REPLY_TAGGED, REPLY_OK,
	    .word = "proceed", .text = "<x:proceed\t></x:proceed >" },
	{ BYTES("<failure xmlns='x'/>"), REPLY_TAGGED, REPLY_NO,
	    .word = "failure", .text = "<failure xmlns='x'/>" },
	{ BYTES("<stream:error><host-unknown xmlns='x'/><text xml:lang='en'>"
	    "no such</text></stream:error>"), REPLY_UNTAGGED, REPLY_BYE,
	    .word = "error", .code = "host-unknown", .text = "no such" },
	{ BYTES("<error><reset/></error>"), REPLY_UNTAGGED, REPLY_BYE,
	    .word = "error", .code = "reset" },
	{ BYTES("<error/>"), REPLY_UNTAGGED, REPLY_BYE, .word = "error" },
	{ BYTES("</stream:stream>"), REPLY_UNTAGGED, REPLY_BYE,
	    .word = "stream" },
	{ BYTES("<message><stream>a</stream></message>"), REPLY_UNTAGGED,
	    REPLY_DATA, .word = "message", .text = "<stream>a</stream>" }
};

static const struct span bad[] = {
	BYTES("220 hi\r\n"), BYTES("\x16\x03\x01"), BYTES(" a"), BYTES("HTTP/1.1 400\r\n"),
	BYTES("<!DOCTYPE html>"), BYTES("<!-- a -->"), BYTES("<a><![CDATA["),
	BYTES("< a>"), BYTES("<>"), BYTES("<a <b>"), BYTES("<<"),
	BYTES("<a></a<"), BYTES("<a b='<'/>x"), BYTES("</a>"), BYTES("</>"),
	BYTES("</stream:stream:x>")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(xmpp_scan, xmpp_reply, good, COUNT(good), "<a>");
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(xmpp_scan, xmpp_reply, bad, COUNT(bad));
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(xmpp_scan, "", " ", XMPP_REPLY_MAX),
	    SCAN_MORE);
	assert_int_equal(endless(xmpp_scan, "", " ", XMPP_REPLY_MAX + 1),
	    SCAN_BAD);
	assert_int_equal(endless(xmpp_scan, "", "<a>", XMPP_DEPTH_MAX),
	    SCAN_MORE);
	assert_int_equal(endless(xmpp_scan, "", "<a>", XMPP_DEPTH_MAX + 1),
	    SCAN_BAD);
	assert_int_equal(endless(xmpp_scan, "<a>", "<b/>", 16000), SCAN_MORE);
	assert_int_equal(endless(xmpp_scan, "<a>", "<b/>", 17000), SCAN_BAD);
}

static void
test_holds(void **state)
{
	struct span in = BYTES("<a b='<starttls/>'/>starttls<c><x:starttls "
	    "xmlns='y'><required/></x:starttls></c>");

	(void)state;
	assert_true(xmpp_holds(in, "starttls"));
	assert_true(xmpp_holds(in, "required"));
	in.len = 28;
	assert_false(xmpp_holds(in, "starttls"));
	assert_false(xmpp_holds((struct span){ NULL, 0 }, "a"));
	assert_false(xmpp_holds((struct span){ "<", 1 }, "a"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_holds)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
