/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sieve_reply - ManageSieve server bytes to replies, however they are cut up
 */
#include "reply/sieve_reply.h"
#include "reply_play.h"

static const struct good_reply good[] = {
	{ BYTES("\"IMPLEMENTATION\" \"Example 1.0\"\r\n"), REPLY_UNTAGGED,
	    REPLY_DATA, .word = "IMPLEMENTATION", .text = "Example 1.0" },
	{ BYTES("\"STARTTLS\"\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "STARTTLS" },
	{ BYTES("\"STARTTLS\" \n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "STARTTLS" },
	{ BYTES("\"SASL\" \"\"\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "SASL" },
	{ BYTES("\"A\\\"B\" \"c\\\\\"\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "A\\\"B", .text = "c\\\\" },
	{ BYTES("{8}\r\nSTARTTLS\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "STARTTLS" },
	{ BYTES("\"X\" {4+}\r\na\r\nb\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "X", .text = "a\r\nb" },
	{ BYTES("\"X\" {0}\r\n\r\n"), REPLY_UNTAGGED, REPLY_DATA,
	    .word = "X" },
	{ BYTES("OK\r\n"), REPLY_TAGGED, REPLY_OK },
	{ BYTES("ok\n"), REPLY_TAGGED, REPLY_OK },
	{ BYTES("OK \"ready\"\r\n"), REPLY_TAGGED, REPLY_OK, .text = "ready" },
	{ BYTES("OK ready now\r\n"), REPLY_TAGGED, REPLY_OK,
	    .text = "ready now" },
	{ BYTES("NO\r\n"), REPLY_TAGGED, REPLY_NO, .text = "NO" },
	{ BYTES("NO {3}\r\na  \r\n"), REPLY_TAGGED, REPLY_NO, .text = "a  " },
	{ BYTES("NO (TRYLATER) \"busy\"\r\n"), REPLY_TAGGED, REPLY_NO,
	    .code = "TRYLATER", .text = "busy" },
	{ BYTES("BYE (REFERRAL \"sieve://a) b\") \"go\"\r\n"), REPLY_UNTAGGED,
	    REPLY_BYE, .code = "REFERRAL", .text = "go" },
	{ BYTES("BYE (no end\r\n"), REPLY_UNTAGGED, REPLY_BYE,
	    .text = "(no end" }
};

static const struct span bad[] = {
	BYTES("\r\n"), BYTES("* OK hi\r\n"), BYTES("+OK\r\n"),
	BYTES("220 hi\r\n"), BYTES("OKAY\r\n"), BYTES("\"a\r\n"),
	BYTES("\"a\" b\r\n"), BYTES("\"a\" \"b\" \"c\"\r\n"),
	BYTES("\x16\x03\x01"), BYTES("{99999999}\r\n"),
	BYTES("{99999999999999999999999}\r\n"), BYTES("{65537+}\r\n")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(sieve_scan, sieve_reply, good, COUNT(good), "OK\r\n{3}\r\n");
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(sieve_scan, sieve_reply, bad, COUNT(bad));
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(sieve_scan, "", "x", SIEVE_LINE_MAX),
	    SCAN_MORE);
	assert_int_equal(endless(sieve_scan, "", "x", SIEVE_LINE_MAX + 1),
	    SCAN_BAD);
	assert_int_equal(endless(sieve_scan, "", "{3}\r\nabc", 8000),
	    SCAN_MORE);
	assert_int_equal(endless(sieve_scan, "", "{3}\r\nabc", 8193),
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
