/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_postgres_reply - what PostgreSQL answers to SSLRequest, however it is
 * cut up
 */
#include "reply/postgres_reply.h"
#include "reply_play.h"

static const struct good_reply good[] = {
	{ BYTES("S"), REPLY_TAGGED, REPLY_OK },
	{ BYTES("N"), REPLY_TAGGED, REPLY_NO },
	{ BYTES("E\0\0\0\x19SFATAL\0C53300\0Mfull\0\0"), REPLY_TAGGED,
	    REPLY_BAD, .word = "53300", .text = "full" },
	{ BYTES("E\0\0\0\5\0"), REPLY_TAGGED, REPLY_BAD, .text = NULL },
	{ BYTES("Ecould not fork\n\0"), REPLY_TAGGED, REPLY_BAD,
	    .text = "could not fork" }
};

static const struct span bad[] = {
	BYTES("220 hi\r\n"), BYTES("\x16\x03\x01"), BYTES("R\0\0\0\x08"),
	BYTES("HTTP/1.1 400\r\n"), BYTES("E\0\0\0\1\0")
};

static void
test_good(void **state)
{
	(void)state;
	play_good(postgres_scan, postgres_reply, good, 3, "x");
	play_good(postgres_scan, postgres_reply, good + 4, 1, "x");
}

/* an error that says nothing has a line to be shown all the same */
static void
test_no_fields(void **state)
{
	struct reply r;

	(void)state;
	assert_int_equal(feed(postgres_scan, good[3].bytes, 1).result,
	    SCAN_REPLY);
	assert_true(postgres_reply(good[3].bytes, &r));
	assert_int_equal(r.status, REPLY_BAD);
	assert_int_equal(r.text.len, 0);
	assert_int_equal(r.line.len, good[3].bytes.len);
}

static void
test_bad(void **state)
{
	(void)state;
	play_bad(postgres_scan, postgres_reply, bad, COUNT(bad));
	/* another S */
	assert_int_equal(feed(postgres_scan, (struct span){ "SSH-2.0-x", 9 },
	    9).result, SCAN_BAD);
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless(postgres_scan, "E", "x", POSTGRES_ERROR_MAX -
	    1), SCAN_MORE);
	assert_int_equal(endless(postgres_scan, "E", "x", POSTGRES_ERROR_MAX),
	    SCAN_BAD);
	assert_int_equal(feed(postgres_scan, (struct span){ "E\0\0\x80\0", 5 },
	    5).result, SCAN_MORE);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_no_fields),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_caps)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
