/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_ftp_reply - FTP server bytes to replies, however they are cut up
 */
#include "reply/ftp_reply.h"
#include "reply_play.h"

static const struct good_reply good[] = {
	{ BYTES("220 ready\r\n"), REPLY_TAGGED, REPLY_OK, 0, 220,
	    .code = "220", .text = "ready" },
	{ BYTES("220\n"), REPLY_TAGGED, REPLY_OK, 0, 220, .code = "220" },
	{ BYTES("120 soon\r\n"), REPLY_UNTAGGED, REPLY_DATA, 0, 120,
	    .code = "120", .text = "soon" },
	{ BYTES("234 go\r\n"), REPLY_TAGGED, REPLY_OK, 0, 234, .code = "234",
	    .text = "go" },
	{ BYTES("334 go\r\n"), REPLY_CONTINUE, REPLY_DATA, 0, 334,
	    .code = "334", .text = "go" },
	{ BYTES("421 busy\r\n"), REPLY_TAGGED, REPLY_NO, 0, 421,
	    .code = "421", .text = "busy" },
	{ BYTES("500 what?\r\n"), REPLY_TAGGED, REPLY_BAD, 0, 500,
	    .code = "500", .text = "what?" },
	{ BYTES("534 no\r\n"), REPLY_TAGGED, REPLY_NO, 0, 534, .code = "534",
	    .text = "no" },
	{ BYTES("220-a\r\n220 b\r\n"), REPLY_TAGGED, REPLY_OK, 0, 220,
	    .code = "220", .text = "a\r\n220 b" },
	{ BYTES("220-a\r\n b\r\n\r\n221 c\r\n220-d\r\n2200\r\n220\n"),
	    REPLY_TAGGED, REPLY_OK, 0, 220, .code = "220",
	    .text = "a\r\n b\r\n\r\n221 c\r\n220-d\r\n2200\r\n220" }
};

static const struct span bad[] = {
	BYTES("\r\n"), BYTES("* OK hi\r\n"), BYTES("+OK\r\n"),
	BYTES("22 hi\r\n"), BYTES("2200 hi\r\n"), BYTES("220hi\r\n"),
	BYTES("720 hi\r\n"), BYTES(" 220 hi\r\n"), BYTES("2x0 hi\r\n"),
	BYTES("\x16\x03\x01")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(ftp_scan, ftp_reply, good, COUNT(good), "220 x\r\n");
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(ftp_scan, ftp_reply, bad, COUNT(bad));
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(ftp_scan, "", "x", FTP_LINE_MAX), SCAN_MORE);
	assert_int_equal(endless(ftp_scan, "", "x", FTP_LINE_MAX + 1),
	    SCAN_BAD);
	assert_int_equal(endless(ftp_scan, "", "220-xy\r\n", 8192), SCAN_MORE);
	assert_int_equal(endless(ftp_scan, "", "220-xy\r\n", 8193), SCAN_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_caps)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
