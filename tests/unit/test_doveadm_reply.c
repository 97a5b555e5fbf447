/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_doveadm_reply - answers of Dovecot's HTTP API, however they are cut up
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reply/doveadm_reply.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* what came, as text: "0r{...}" a row of outcome 0, "0o[...]" that outcome */
struct play {
	struct buf		 said;
	size_t			 most;	/* pieces that are wanted */
	enum doveadm_state	 state;
};

static bool
take(void *arg, enum doveadm_piece piece, size_t nth, struct span text)
{
	struct play *p = arg;

	assert_true(buf_fmt(&p->said, "%zu%c", nth,
	    piece == DOVEADM_ROW ? 'r' : 'o'));
	assert_true(buf_span_add(&p->said, text));
	return p->most-- > 0;
}

/* play - in pieces of that many bytes */
static void
play(struct play *p, const char *bytes, size_t len, size_t step, size_t most)
{
	struct doveadm_reply r;
	size_t at, n;

	buf_init(&p->said, 65536);
	p->most = most;
	doveadm_reply_init(&r, take, p);
	for (at = 0; at < len; at += n) {
		n = len - at < step ? len - at : step;
		if (!doveadm_reply_feed(&r, (struct span){ bytes + at, n }))
			break;
	}
	p->state = r.state;
	doveadm_reply_free(&r);
}

static const struct {
	const char		*bytes;
	const char		*said;
	enum doveadm_state	 state;
} rows[] = {
	{ "[]", "", DOVEADM_DONE },
	{ " [ ] \r\n", "", DOVEADM_DONE },
	{ "[[\"a\",[],\"t\"]]", "0o[\"a\",[],\"t\"]", DOVEADM_DONE },
	{ "[[\"a\",[{\"b\":\"c\"},{\"d\":1}],\"t\"]]",
	    "0r{\"b\":\"c\"}0r{\"d\":1}0o[\"a\",[],\"t\"]", DOVEADM_DONE },
	{ "[[\"a\",{\"l\":[\"x\",\"y\"]},\"t\"],[\"b\",[{}],\"u\"]]",
	    "0o[\"a\",{\"l\":[\"x\",\"y\"]},\"t\"]1r{}1o[\"b\",[],\"u\"]",
	    DOVEADM_DONE },
	/* no comma is missed */
	{ "[[\"e\"][\"f\"]]", "0o[\"e\"]1o[\"f\"]", DOVEADM_DONE },
	/* brackets and quotes within strings */
	{ "[[\"]}\\\"[\",[{\"{\\\\\":\"]\"}]]]",
	    "0r{\"{\\\\\":\"]\"}0o[\"]}\\\"[\",[]]", DOVEADM_DONE },
	/* rows within rows are of the row */
	{ "[[\"a\",[{\"b\":[{}]}]]]", "0r{\"b\":[{}]}0o[\"a\",[]]",
	    DOVEADM_DONE },
	{ "", "", DOVEADM_UNDER_WAY },
	{ "[[\"a\",[{\"b\":\"]", "", DOVEADM_UNDER_WAY },
	{ "x", "", DOVEADM_NO_ANSWER },
	{ "{}", "", DOVEADM_NO_ANSWER },
	{ "]", "", DOVEADM_NO_ANSWER },
	{ "[1]", "", DOVEADM_NO_ANSWER },
	{ "[\"a\"]", "", DOVEADM_NO_ANSWER },
	{ "[{}]", "", DOVEADM_NO_ANSWER },
	{ "[}", "", DOVEADM_NO_ANSWER },
	{ "[[}", "", DOVEADM_NO_ANSWER },
	{ "[],", "", DOVEADM_NO_ANSWER },
	{ "[][]", "", DOVEADM_NO_ANSWER },
	{ "[[[[[[[[[[[[[[[[[", "", DOVEADM_TOO_DEEP },
	{ "[[\"a\",[{\"x\":[[[[[[[[[[[[[", "", DOVEADM_TOO_DEEP }
};

static void
test_pieces(void **state)
{
	struct play p;
	size_t i, step;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		for (step = 1; step < 40; step += 13) {
			play(&p, rows[i].bytes, strlen(rows[i].bytes), step,
			    100);
			assert_string_equal(buf_cstr(&p.said), rows[i].said);
			assert_int_equal(p.state, rows[i].state);
			buf_free(&p.said);
		}
}

/* every proper prefix of a good answer is under way; blanks at its end are no part of it */
static void
test_prefixes(void **state)
{
	const char *last;
	struct play p;
	size_t i, n;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		if (rows[i].state != DOVEADM_DONE)
			continue;
		last = strrchr(rows[i].bytes, ']');
		for (n = 0; rows[i].bytes + n < last; n++) {
			play(&p, rows[i].bytes, n, 7, 100);
			assert_int_equal(p.state, DOVEADM_UNDER_WAY);
			buf_free(&p.said);
		}
	}
}

static void
test_unwanted(void **state)
{
	struct play p;

	(void)state;
	play(&p, "[[\"a\",[{},{},{}],\"t\"]]", 23, 23, 1);
	assert_string_equal(buf_cstr(&p.said), "0r{}0r{}");
	assert_int_equal(p.state, DOVEADM_UNWANTED);
	buf_free(&p.said);
}

/* endless - what becomes of `before` and n bytes behind it */
static enum doveadm_state
endless(const char *before, size_t n)
{
	static const char many[4096] = { [0 ... 4095] = 'x' };
	struct doveadm_reply r;
	enum doveadm_state state;
	struct play p = { .most = 1 };

	buf_init(&p.said, 65536);
	doveadm_reply_init(&r, take, &p);
	(void)doveadm_reply_feed(&r, span_of(before));
	for (; n > 0 && r.state == DOVEADM_UNDER_WAY; n -= n < 4096 ? n : 4096)
		(void)doveadm_reply_feed(&r, (struct span){ many,
		    n < 4096 ? n : 4096 });
	state = r.state;
	doveadm_reply_free(&r);
	buf_free(&p.said);
	return state;
}

static void
test_caps(void **state)
{
	static const char row[] = "[[\"a\",[{\"", outcome[] = "[[\"";

	(void)state;
	assert_int_equal(endless(row, DOVEADM_ROW_MAX - 2), DOVEADM_UNDER_WAY);
	assert_int_equal(endless(row, DOVEADM_ROW_MAX - 1), DOVEADM_TOO_LONG);
	assert_int_equal(endless(outcome, DOVEADM_OUTCOME_MAX - 2),
	    DOVEADM_UNDER_WAY);
	assert_int_equal(endless(outcome, DOVEADM_OUTCOME_MAX - 1),
	    DOVEADM_TOO_LONG);
}

static void
test_numbers(void **state)
{
	static const struct {
		const char	*text;
		bool		 ok;
		uint64_t	 value;
	} numbers[] = {
		{ "0", true, 0 }, { "17", true, 17 }, { "007", true, 7 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", true, UINT64_MAX },
		{ "99999999999999999999999999", true, UINT64_MAX },
		{ "", false, 0 }, { "-", false, 0 }, { "-1", false, 0 },
		{ "+1", false, 0 }, { " 1", false, 0 }, { "1.5", false, 0 },
		{ "0x1", false, 0 }, { "1e3", false, 0 }
	};
	uint64_t value;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(numbers); i++) {
		assert_int_equal(doveadm_reply_number(span_of(
		    numbers[i].text), &value), numbers[i].ok);
		if (numbers[i].ok)
			assert_true(value == numbers[i].value);
	}
	assert_false(doveadm_reply_number((struct span){ NULL, 0 }, &value));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces),
		cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_unwanted),
		cmocka_unit_test(test_caps),
		cmocka_unit_test(test_numbers)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
