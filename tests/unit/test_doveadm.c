/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_doveadm - what Dovecot's HTTP API writes, in one piece and byte by byte
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_doveadm.h"
#include "reply/doveadm_reply.h"

static const struct {
	const char		*text;
	enum doveadm_read	 end;
	const char		*pieces;	/* each with a line end */
} answers[] = {
	{ "[[\"doveadmResponse\",[{\"a\":\"1\"},{\"b\":[2,{}]}],\"t\"]]",
	    DOVEADM_WHOLE, "\"doveadmResponse\"\n{\"a\":\"1\"}\n"
	    "{\"b\":[2,{}]}\n\"t\"\n" },
	{ "[[\"error\",{\"type\":\"exitCode\", \"exitCode\":67},\"\"]]\r\n",
	    DOVEADM_WHOLE,
	    "\"error\"\n{\"type\":\"exitCode\", \"exitCode\":67}\n\"\"\n" },
	{ " [ [ \"x\" , [ ] , \"t\" ] , [\"y\",{\"}\\\"\":1},\"u\"] ] ",
	    DOVEADM_WHOLE, "\"x\"\n\"t\"\n\"y\"\n{\"}\\\"\":1}\n\"u\"\n" },
	{ "[]", DOVEADM_WHOLE, "" },
	{ "[[\"doveadmResponse\",[{\"a\":\"1\"}", DOVEADM_MORE,
	    "\"doveadmResponse\"\n{\"a\":\"1\"}\n" },
	{ "", DOVEADM_MORE, "" }, { "[[\"x\",{\"a\":\"", DOVEADM_MORE,
	    "\"x\"\n" },
	{ "{}", DOVEADM_NONSENSE, "" }, { "<html>", DOVEADM_NONSENSE, "" },
	{ "\"x\"", DOVEADM_NONSENSE, "" }, { "]", DOVEADM_NONSENSE, "" },
	{ "[1]", DOVEADM_NONSENSE, "" }, { "[,]", DOVEADM_NONSENSE, "" },
	{ "[[\"x\",]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[[\"x\" \"y\"]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[[\"x\",[\"y\"]]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[[\"x\",[[{}]]]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[{}]", DOVEADM_NONSENSE, "" },
	{ "[]x", DOVEADM_NONSENSE, "" }, { "[][]", DOVEADM_NONSENSE, "" },
	{ "[[\"x\",{\"a\":\"\n\"}]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[[\"x\",{[[[[[[[[1]]]]]]]]}]]", DOVEADM_NONSENSE, "\"x\"\n" },
	{ "[[\"x\",{\"a\":1}],[\"stop\",{}]]", DOVEADM_ENOUGH,
	    "\"x\"\n{\"a\":1}\n\"stop\"\n" }
};

static bool
piece(void *arg, struct span text)
{
	(void)buf_span_add(arg, text);
	(void)buf_char(arg, '\n');
	return !span_is(text, "\"stop\"");
}

/* played - with pieces of that size, 0 all at once */
static enum doveadm_read
played(const char *text, size_t size, struct buf *out)
{
	struct span rest = span_of(text), part;
	struct doveadm_reply r;
	enum doveadm_read end = DOVEADM_MORE;

	doveadm_reply_begin(&r, piece, piece, out);
	while (rest.len > 0) {
		part = rest;
		if (size > 0 && part.len > size)
			part.len = size;
		end = doveadm_reply_take(&r, part);
		rest.p += part.len;
		rest.len -= part.len;
	}
	doveadm_reply_end(&r);
	return end;
}

static void
test_answers(void **state)
{
	struct buf out;
	size_t i, size;

	(void)state;
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++)
		for (size = 0; size < 4; size++) {
			buf_init(&out, 4096);
			assert_int_equal(played(answers[i].text, size, &out),
			    answers[i].end);
			assert_string_equal(buf_cstr(&out), answers[i].pieces);
			buf_free(&out);
		}
}

/* every beginning of a good answer is the beginning of one */
static void
test_prefixes(void **state)
{
	char text[256];
	struct buf out;
	size_t i, n;

	(void)state;
	for (i = 0; i < 3; i++)
		for (n = 0; n < strlen(answers[i].text); n++) {
			memcpy(text, answers[i].text, n);
			text[n] = '\0';
			buf_init(&out, 4096);
			assert_true(played(text, 0, &out) <= DOVEADM_WHOLE);
			buf_free(&out);
		}
}

/* endless - so many bytes of one piece */
static enum doveadm_read
endless(const char *begin, size_t n)
{
	struct doveadm_reply r;
	enum doveadm_read end;
	struct buf out;
	char more[4096];
	size_t i;

	memset(more, 'x', sizeof(more));
	buf_init(&out, 4096);
	doveadm_reply_begin(&r, piece, piece, &out);
	end = doveadm_reply_take(&r, span_of(begin));
	for (i = 0; i < n && end == DOVEADM_MORE; i += sizeof(more))
		end = doveadm_reply_take(&r,
		    (struct span){ more, sizeof(more) });
	assert_true(r.piece.size <= 2 * DOVEADM_OBJECT_MAX);
	doveadm_reply_end(&r);
	buf_free(&out);
	return end;
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless("[[\"", 64 << 20), DOVEADM_NONSENSE);
	assert_int_equal(endless("[[\"x\",{\"", 64 << 20), DOVEADM_NONSENSE);
	assert_int_equal(endless("[[\"x\",[{\"a\":\"", 512 * 1024),
	    DOVEADM_MORE);
}

static const struct {
	const char	*type, *value, *limit;
	bool		 good, limited;
	int64_t		 used, most;
} rows[] = {
	{ "STORAGE", "6", "10240", true, true, 6144, 10485760 },
	{ "MESSAGE", "3", "100", true, true, 3, 100 },
	{ "STORAGE", "6", "-", true, false, 6144, 0 },
	{ "STORAGE", "6", "0", true, false, 6144, 0 },
	{ "STORAGE", "-6", "10", true, true, 0, 10240 },
	{ "STORAGE", "99999999999999999999999", "18446744073709551616", true,
	    true, INT64_MAX, INT64_MAX },
	{ "STORAGE", "9007199254740991", "9007199254740992", true, true,
	    INT64_MAX - 1023, INT64_MAX },
	{ "STORAGE", "", "1", false, false, 0, 0 },
	{ "STORAGE", "1", "", false, false, 0, 0 },
	{ "STORAGE", "1.5", "1", false, false, 0, 0 },
	{ "STORAGE", "error", "error", false, false, 0, 0 },
	{ "STORAGE", "-", "-", false, false, 0, 0 },
	{ "STORAGE", NULL, "1", false, false, 0, 0 },
	{ "STORAGE", "1", NULL, false, false, 0, 0 },
	{ "", "1", "1", false, false, 0, 0 },
	{ NULL, "1", "1", false, false, 0, 0 }
};

static struct span
maybe(const char *text)
{
	return text == NULL ? (struct span){ NULL, 0 } : span_of(text);
}

static void
test_rows(void **state)
{
	struct quota_doveadm said;
	struct quota_list list;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&list, 0, sizeof(list));
		said = (struct quota_doveadm){ span_of("User quota"),
		    maybe(rows[i].type), maybe(rows[i].value),
		    maybe(rows[i].limit) };
		assert_int_equal(quota_doveadm_add(&list, &said),
		    rows[i].good);
		assert_int_equal(list.n, rows[i].good);
		if (rows[i].good) {
			assert_int_equal(list.rows[0].limited,
			    rows[i].limited);
			assert_int_equal(list.rows[0].used, rows[i].used);
			assert_int_equal(list.rows[0].limit, rows[i].most);
		}
		quota_list_free(&list);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
