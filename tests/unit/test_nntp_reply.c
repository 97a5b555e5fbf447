/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_nntp_reply - NNTP server bytes to replies, however they are cut up
 */
#include "reply/nntp_reply.h"
#include "reply_play.h"

static const struct good_reply good[] = {
	{ BYTES("200 ready\r\n"), REPLY_TAGGED, REPLY_OK, 0, 200,
	    .code = "200", .text = "ready" },
	{ BYTES("201\n"), REPLY_TAGGED, REPLY_OK, 0, 201, .code = "201" },
	{ BYTES("382 go\r\n"), REPLY_CONTINUE, REPLY_DATA, 0, 382,
	    .code = "382", .text = "go" },
	{ BYTES("400 busy\r\n"), REPLY_TAGGED, REPLY_NO, 0, 400,
	    .code = "400", .text = "busy" },
	{ BYTES("500 what?\r\n"), REPLY_TAGGED, REPLY_BAD, 0, 500,
	    .code = "500", .text = "what?" },
	{ BYTES("580 no\r\n"), REPLY_TAGGED, REPLY_NO, 0, 580, .code = "580",
	    .text = "no" },
	{ BYTES("101 list\r\n.\r\n"), REPLY_TAGGED, REPLY_OK, 0, 101,
	    .code = "101", .text = "list\r\n." },
	{ BYTES("101 list\r\nVERSION 2\r\n..\r\n200 x\r\nSTARTTLS\r\n.\n"),
	    REPLY_TAGGED, REPLY_OK, 0, 101, .code = "101",
	    .text = "list\r\nVERSION 2\r\n..\r\n200 x\r\nSTARTTLS\r\n." }
};

static const struct span bad[] = {
	BYTES("\r\n"), BYTES("* OK hi\r\n"), BYTES("+OK\r\n"),
	BYTES("20 hi\r\n"), BYTES("2000 hi\r\n"), BYTES("200-hi\r\n"),
	BYTES("620 hi\r\n"), BYTES(" 200 hi\r\n"), BYTES("1010 x\r\n"),
	BYTES("\x16\x03\x01")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(nntp_scan, nntp_reply, good, COUNT(good), "200 x\r\n");
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(nntp_scan, nntp_reply, bad, COUNT(bad));
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(nntp_scan, "", "x", NNTP_LINE_MAX),
	    SCAN_MORE);
	assert_int_equal(endless(nntp_scan, "", "x", NNTP_LINE_MAX + 1),
	    SCAN_BAD);
	assert_int_equal(endless(nntp_scan, "101 ab\r\n", "abcdef\r\n", 8191),
	    SCAN_MORE);
	assert_int_equal(endless(nntp_scan, "101 ab\r\n", "abcdef\r\n", 8192),
	    SCAN_BAD);
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
