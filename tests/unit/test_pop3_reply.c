/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_pop3_reply - POP3 server bytes to replies, however they are cut up
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "reply/pop3_reply.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
assert_span(struct span span, const char *want)
{
	char text[512];

	assert_true(span.len < sizeof(text));
	if (span.len > 0)
		memcpy(text, span.p, span.len);
	text[span.len] = '\0';
	assert_string_equal(text, want == NULL ? "" : want);
}

static const struct {
	const char		*bytes;
	enum reply_kind		 kind;
	enum reply_status	 status;
	const char		*code, *args, *text;
} good[] = {
	{ "+OK\r\n", REPLY_TAGGED, REPLY_OK, NULL, NULL, "" },
	{ "+OK ready\r\n", REPLY_TAGGED, REPLY_OK, NULL, NULL, "ready" },
	{ "+ok lower\n", REPLY_TAGGED, REPLY_OK, NULL, NULL, "lower" },
	{ "+OK  3 120 \r\n", REPLY_TAGGED, REPLY_OK, NULL, NULL, "3 120" },
	{ "+OK\tx\r\n", REPLY_TAGGED, REPLY_OK, NULL, NULL, "x" },
	{ "-ERR\r\n", REPLY_TAGGED, REPLY_NO, NULL, NULL, "" },
	{ "-ERR no\r\n", REPLY_TAGGED, REPLY_NO, NULL, NULL, "no" },
	{ "-ERR [IN-USE] busy\r\n", REPLY_TAGGED, REPLY_NO, "IN-USE", NULL,
	    "busy" },
	{ "-ERR [SYS/TEMP]busy\r\n", REPLY_TAGGED, REPLY_NO, "SYS/TEMP", NULL,
	    "busy" },
	{ "-ERR[AUTH] no\r\n", REPLY_TAGGED, REPLY_NO, "AUTH", NULL, "no" },
	{ "-ERR [LOGIN-DELAY 60] later\r\n", REPLY_TAGGED, REPLY_NO,
	    "LOGIN-DELAY", "60", "later" },
	{ "-ERR [open\r\n", REPLY_TAGGED, REPLY_NO, NULL, NULL, "[open" },
	{ "+ \r\n", REPLY_CONTINUE, REPLY_DATA, NULL, NULL, "" },
	{ "+\r\n", REPLY_CONTINUE, REPLY_DATA, NULL, NULL, "" },
	{ "+ VXNlcjo=\r\n", REPLY_CONTINUE, REPLY_DATA, NULL, NULL,
	    "VXNlcjo=" }
};

static void
test_good(void **state)
{
	struct reply r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		assert_true(pop3_reply(span_of(good[i].bytes), &r));
		assert_int_equal(r.kind, good[i].kind);
		assert_int_equal(r.status, good[i].status);
		assert_int_equal(r.tag, 0);
		assert_span(r.code, good[i].code);
		assert_span(r.code_args, good[i].args);
		assert_span(r.text, good[i].text);
	}
}

static void
test_bad(void **state)
{
	static const char *const bad[] = {
		"", "\r\n", "OK\r\n", "* OK hi\r\n", "-OK\r\n", "+ERR\r\n",
		"+OKAY\r\n", "-ERROR x\r\n", "220 hi\r\n", "+x\r\n", ".\r\n"
	};
	struct reply r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		if (pop3_reply(span_of(bad[i]), &r))
			fail_msg("\"%s\" is no reply", bad[i]);
}

/* no proper prefix is a reply; the whole is, with or without more behind it */
static void
test_prefix_law(void **state)
{
	char more[256];
	size_t i, len, n;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		struct scan grown = { 0 };

		len = strlen(good[i].bytes);
		for (n = 0; n < len; n++) {
			struct scan fresh = { 0 };
			struct span part = { good[i].bytes, n };

			assert_int_equal(pop3_scan(&fresh, part, false),
			    SCAN_MORE);
			assert_int_equal(pop3_scan(&grown, part, false),
			    SCAN_MORE);
			assert_int_equal(fresh.pos, n);
			assert_int_equal(grown.pos, n);
		}
		memcpy(more, good[i].bytes, len);
		memcpy(more + len, "+OK x\r\n", 8);
		assert_int_equal(pop3_scan(&grown, span_of(more), false),
		    SCAN_REPLY);
		assert_int_equal(grown.pos, len);
	}
}

/* what an answer with a body comes to, fed in pieces of `step` bytes */
struct heard {
	enum scan_result result;
	struct buf	 body;
	size_t		 used;		/* bytes, with the body and its stuffing */
};

static struct heard
hear(const char *bytes, size_t step)
{
	struct heard heard = { SCAN_MORE, { 0 }, 0 };
	size_t len = strlen(bytes), fed = 0, n;
	struct scan scan = { 0 };
	struct buf in;

	buf_init(&in, 64 * 1024);
	buf_init(&heard.body, 64 * 1024);
	while (fed < len && heard.result == SCAN_MORE) {
		n = step < len - fed ? step : len - fed;
		buf_add(&in, bytes + fed, n);
		fed += n;
		do {
			heard.result = pop3_scan(&scan, buf_span(&in), true);
			if (heard.result == SCAN_BODY)
				buf_add(&heard.body, buf_span(&in).p +
				    scan.pos, (size_t)scan.body);
			if (heard.result == SCAN_BODY ||
			    heard.result == SCAN_DROP) {
				buf_cut(&in, scan.pos, (size_t)scan.body);
				heard.used += (size_t)scan.body;
			}
		} while (heard.result == SCAN_BODY ||
		    heard.result == SCAN_DROP);
	}
	heard.used += scan.pos;
	buf_free(&in);
	return heard;
}

static const struct {
	const char	*bytes;
	enum scan_result result;
	const char	*body;
	size_t		 behind;	/* bytes that are not its own */
} bodies[] = {
	{ "+OK\r\n.\r\n", SCAN_REPLY, "", 0 },
	{ "+OK\r\na\r\n.\r\n", SCAN_REPLY, "a\r\n", 0 },
	{ "+OK\r\na\r\n.\r\n+OK\r\n", SCAN_REPLY, "a\r\n", 5 },
	{ "-ERR no\r\n", SCAN_REPLY, "", 0 },
	{ "-ERR no\r\n+OK\r\n", SCAN_REPLY, "", 5 },
	{ "+OK\r\n..\r\n.\r\n", SCAN_REPLY, ".\r\n", 0 },
	{ "+OK\r\n...a\r\n..\r\n.\r\n", SCAN_REPLY, "..a\r\n.\r\n", 0 },
	{ "+OK\r\n.a\r\n.\r\n", SCAN_REPLY, "a\r\n", 0 },
	{ "+OK\r\n.\ra\r\n.\r\n", SCAN_REPLY, "\ra\r\n", 0 },
	{ "+OK\r\na.\r\n.\r\n", SCAN_REPLY, "a.\r\n", 0 },
	/* LF alone is a line end only where the server ends lines so */
	{ "+OK\r\na\n.\n.\r\nb\r\n.\r\n", SCAN_REPLY,
	    "a\n.\n.\r\nb\r\n", 0 },
	{ "+OK\na\n.\n", SCAN_REPLY, "a\n", 0 },
	{ "+OK\na\n..\n.\r\n", SCAN_REPLY, "a\n.\n", 0 },
	{ "+OK\r\n", SCAN_MORE, "", 0 },
	{ "+OK\r\n.", SCAN_MORE, "", 0 },
	{ "+OK\r\n.\r", SCAN_MORE, "", 0 },
	{ "+OK\r\na\r\n.\n", SCAN_MORE, "a\r\n\n", 0 },
	{ "+OK\r\na\r\r\n.\r\n", SCAN_REPLY, "a\r\r\n", 0 },
	{ "\026\003\001", SCAN_BAD, "", 3 }
};
static void
test_bodies(void **state)
{

	struct heard heard;
	size_t i, step;

	(void)state;
	for (i = 0; i < COUNT(bodies); i++)
		for (step = 1; step < 40; step += step < 4 ? 1 : 31) {
			heard = hear(bodies[i].bytes, step);
			if (heard.result != bodies[i].result ||
			    strcmp(buf_cstr(&heard.body), bodies[i].body) != 0)
				fail_msg("row %zu by %zu: %d, \"%s\"", i, step,
				    (int)heard.result, buf_cstr(&heard.body));
			if (heard.result == SCAN_REPLY)
				assert_int_equal(heard.used,
				    strlen(bodies[i].bytes) - bodies[i].behind);
			buf_free(&heard.body);
		}
}

static enum scan_result
scan_filled(size_t n)
{
	char *line = malloc(n);
	struct scan scan = { 0 };
	enum scan_result result;

	assert_non_null(line);
	memset(line, 'x', n);
	memcpy(line, "+OK ", 4);
	line[n - 1] = '\n';
	result = pop3_scan(&scan, (struct span){ line, n }, false);
	free(line);
	return result;
}

static void
test_line_cap(void **state)
{
	(void)state;
	assert_int_equal(scan_filled(512), SCAN_REPLY);
	assert_int_equal(scan_filled(POP3_LINE_MAX), SCAN_REPLY);
	assert_int_equal(scan_filled(POP3_LINE_MAX + 1), SCAN_BAD);
}

static void
test_pair(void **state)
{
	static const struct {
		const char	*text;
		bool		 good;
		uint64_t	 first;
		bool		 has_second;
		uint64_t	 second;
	} rows[] = {
		{ "3 120", true, 3, true, 120 },
		{ "0 0", true, 0, true, 0 },
		{ "  3   120  ", true, 3, true, 120 },
		{ "3", true, 3, false, 0 },
		{ "3 messages (120 octets)", true, 3, false, 0 },
		{ "3 -2147483648", true, 3, false, 0 },
		{ "3 120 trailing words", true, 3, true, 120 },
		{ "2147483648 18446744073709551615", true, 2147483648u, true,
		    UINT64_MAX },
		{ "3 18446744073709551616", true, 3, false, 0 },
		{ "18446744073709551616 1", false, 0, false, 0 },
		{ "-1 120", false, 0, false, 0 },
		{ "", false, 0, false, 0 }, { "three", false, 0, false, 0 }
	};
	struct pop3_pair pair;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_int_equal(pop3_pair(span_of(rows[i].text), &pair),
		    rows[i].good);
		if (!rows[i].good)
			continue;
		assert_true(pair.first == rows[i].first);
		assert_int_equal(pair.has_second, rows[i].has_second);
		if (pair.has_second)
			assert_true(pair.second == rows[i].second);
	}
}

static void
test_stamp(void **state)
{
	static const struct { const char *text, *stamp; } rows[] = {
		{ "ready <1896.697170952@dbc.mtview.ca.us>",
		    "<1896.697170952@dbc.mtview.ca.us>" },
		{ "<a@b> ready", "<a@b>" }, { "<a@b> <c@d>", "<a@b>" },
		{ "ready", "" }, { "", "" }, { "<a@b", "" }, { "a@b>", "" },
		{ "<ab>", "" }, { "> <a@b>", "<a@b>" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_span(pop3_stamp(span_of(rows[i].text)), rows[i].stamp);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_prefix_law),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_line_cap),
		cmocka_unit_test(test_pair),
		cmocka_unit_test(test_stamp)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
