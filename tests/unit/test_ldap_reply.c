/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_ldap_reply - LDAP server bytes to replies, however they are cut up, and
 * the elements of BER
 */
#include "reply/ber.h"
#include "reply/ldap_reply.h"
#include "reply_play.h"

#define OID "1.3.6.1.4.1.1466.20036"

static const struct good_reply good[] = {
	{ BYTES("0\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\0"), REPLY_TAGGED, REPLY_OK,
	    1 },
	/* lengths in the long form, as some servers always write them */
	{ BYTES("0\x84\0\0\0\x10\2\1\1\x78\x84\0\0\0\7\x0a\1\0\4\0\4\0"),
	    REPLY_TAGGED, REPLY_OK, 1 },
	{ BYTES("0\x0f\2\1\1\x78\x0a\x0a\1\2\4\0\4\3eek"), REPLY_TAGGED,
	    REPLY_BAD, 1, 2, .text = "eek" },
	{ BYTES("0\x0d\2\2\1\1\x78\7\x0a\1\x34\4\0\4\0"), REPLY_TAGGED,
	    REPLY_NO, 257, 52 },
	{ BYTES("0\x17\2\1\1\x78\x12\x0a\1\x0a\4\0\4\0\xa3\3\4\1a\x8a\4" "a.b:"),
	    REPLY_TAGGED, REPLY_NO, 1, 10, .word = "a.b:" },
	{ BYTES("0\x24\2\1\0\x78\x1f\x0a\1\x34\4\0\4\0\x8a\x16" OID),
	    REPLY_UNTAGGED, REPLY_BYE, 0, 52, .word = OID },
	/* with controls behind it */
	{ BYTES("0\x0e\2\1\1\x78\7\x0a\1\0\4\0\4\0\xa0\0"), REPLY_TAGGED,
	    REPLY_OK, 1 }
};

static const struct span bad[] = {
	BYTES("220 hi\r\n"), BYTES("\x16\x03\x01"), BYTES("0\x80"),
	BYTES("0\x85\0\0\0\0\1"), BYTES("0\x84\xff\xff\xff\xff"),
	BYTES("0\x84\0\1\0\0"), BYTES("0\0"), BYTES("0\3\2\1\1"),
	/* a bind response, a negative id, an id of five bytes */
	BYTES("0\x0c\2\1\1\x61\7\x0a\1\0\4\0\4\0"),
	BYTES("0\x0c\2\1\xff\x78\7\x0a\1\0\4\0\4\0"),
	BYTES("0\x10\2\5\0\0\0\0\1\x78\7\x0a\1\0\4\0\4\0"),
	/* what is inside is longer than what it is in */
	BYTES("0\x0c\2\1\1\x78\x08\x0a\1\0\4\0\4\0"),
	BYTES("0\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\1"),
	BYTES("0\x0c\2\1\1\x78\7\2\1\0\4\0\4\0")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(ldap_scan, ldap_reply, good, COUNT(good), "0\x05\2\1");
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(ldap_scan, ldap_reply, bad, COUNT(bad));
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(ldap_scan, "0\x83\x01", "", 0), SCAN_MORE);
	assert_int_equal(feed(ldap_scan, (struct span){ "0\x83\0\xff\xfb", 5 },
	    1).result, SCAN_MORE);
	assert_int_equal(feed(ldap_scan, (struct span){ "0\x83\0\xff\xfc", 5 },
	    1).result, SCAN_BAD);
}

static void
test_ber(void **state)
{
	struct span in = BYTES("\4\3abc\2\1\7"), content;
	uint64_t number;
	size_t header;

	(void)state;
	assert_false(ber_take(&in, BER_INTEGER, &content));
	assert_true(ber_take(&in, BER_OCTETS, &content));
	check_span(content, "abc");
	assert_true(ber_take(&in, BER_INTEGER, &content));
	assert_true(ber_number(content, &number));
	assert_int_equal(number, 7);
	assert_int_equal(in.len, 0);
	assert_false(ber_take(&in, BER_INTEGER, &content));
	in = (struct span){ "\x7f\xff\xff\xff", 4 };
	assert_true(ber_number(in, &number));
	assert_int_equal(number, INT32_MAX);
	assert_false(ber_number((struct span){ "\x80", 1 }, &number));
	assert_false(ber_number((struct span){ "", 0 }, &number));
	assert_int_equal(ber_head((struct span){ "\x1f\1", 2 }, &header,
	    &number), BER_HEAD_BAD);
	assert_string_equal(ldap_result_name(LDAP_BUSY), "busy");
	assert_null(ldap_result_name(4711));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_ber)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
