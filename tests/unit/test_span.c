/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * span - comparing, cutting and copying bytes that end without a NUL
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/span.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

static void
compares(void **state)
{
	static const struct {
		const char	*span;
		const char	*text;
		bool		 is;
		bool		 begins;
		bool		 has;
	} rows[] = {
		{ "", "", true, true, true },
		{ "a", "", false, true, true },
		{ "", "a", false, false, false },
		{ "OK", "ok", true, true, true },
		{ "ok", "OK", true, true, true },
		{ "OK done", "ok", false, true, true },
		{ "* ok", "OK", false, false, true },
		{ "not o", "ok", false, false, false },
		{ "xxo", "ok", false, false, false },
		{ "aab", "AB", false, false, true },
		{ "[", "{", false, false, false },
		{ "@", "`", false, false, false },
		{ "Z", "z", true, true, true },
		{ "\xc4", "\xe4", false, false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct span s = span_of(rows[i].span);

		if (span_is(s, rows[i].text) != rows[i].is ||
		    span_begins(s, rows[i].text) != rows[i].begins ||
		    span_has(s, rows[i].text) != rows[i].has)
			fail_msg("'%s' against '%s'", rows[i].span,
			    rows[i].text);
	}
}

static void
does_not_read_past_its_end(void **state)
{
	struct span s = { "OKAY", 2 };
	uint64_t n;

	(void)state;
	assert_true(span_is(s, "ok"));
	assert_false(span_begins(s, "oka"));
	assert_false(span_has(s, "ay"));
	s = (struct span){ "123", 2 };
	assert_true(span_number(s, &n));
	assert_int_equal(n, 12);
}

static void
compares_nul_as_a_byte(void **state)
{
	struct span s = { "ok\0no", 5 };

	(void)state;
	assert_false(span_is(s, "ok"));
	assert_true(span_begins(s, "ok"));
	assert_true(span_has(s, "no"));
}

static void
cuts_words(void **state)
{
	static const struct {
		const char *text;
		const char *words[4];
		const char *rest;	/* behind the first word */
	} rows[] = {
		{ "", { "", "" }, "" },
		{ "   ", { "", "" }, "" },
		{ "one", { "one", "" }, "" },
		{ "one ", { "one", "" }, "" },
		{ "a1 OK done", { "a1", "OK", "done", "" }, "OK done" },
		{ "  a   b", { "a", "b", "" }, "  b" },
		{ "a\tb c", { "a\tb", "c", "" }, "c" },
	};
	size_t i, k;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct span s = span_of(rows[i].text);

		for (k = 0; k < 4 && rows[i].words[k] != NULL; k++) {
			struct span word = span_word(&s);

			if (!span_is(word, rows[i].words[k]))
				fail_msg("word %zu of '%s'", k, rows[i].text);
			if (k == 0 && !span_is(s, rows[i].rest))
				fail_msg("rest of '%s'", rows[i].text);
		}
		assert_int_equal(s.len, 0);
	}
}

static void
trims(void **state)
{
	static const char *const rows[][2] = {
		{ "", "" },
		{ " \t\r\n", "" },
		{ "a", "a" },
		{ " a b ", "a b" },
		{ "\r\na\r\n", "a" },
		{ "\va", "\va" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (!span_is(span_trim(span_of(rows[i][0])), rows[i][1]))
			fail_msg("row %zu", i);
}

static void
reads_numbers(void **state)
{
	static const struct {
		const char	*text;
		bool		 good;
		uint64_t	 number;
	} rows[] = {
		{ "0", true, 0 },
		{ "7", true, 7 },
		{ "010", true, 10 },
		{ "000000000000000000000000000001", true, 1 },
		{ "18446744073709551615", true, UINT64_MAX },
		{ "18446744073709551616", false, 0 },
		{ "18446744073709551620", false, 0 },
		{ "99999999999999999999", false, 0 },
		{ "", false, 0 },
		{ "-1", false, 0 },
		{ "+1", false, 0 },
		{ " 1", false, 0 },
		{ "1 ", false, 0 },
		{ "1.0", false, 0 },
		{ "0x10", false, 0 },
		{ "1e3", false, 0 },
		{ "1/", false, 0 },
		{ "1:", false, 0 },
		{ "\xb2", false, 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		uint64_t n = 4711;
		bool good = span_number(span_of(rows[i].text), &n);

		if (good != rows[i].good ||
		    n != (good ? rows[i].number : 4711))
			fail_msg("'%s'", rows[i].text);
	}
}

static void
copies(void **state)
{
	static const struct {
		const char	*text;
		size_t		 size;
		bool		 whole;
		const char	*copy;
	} rows[] = {
		{ "", 1, true, "" },
		{ "abc", 4, true, "abc" },
		{ "abc", 8, true, "abc" },
		{ "abc", 3, false, "ab" },
		{ "abc", 1, false, "" },
	};
	char to[8];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		memset(to, 'x', sizeof(to));
		assert_int_equal(span_copy(span_of(rows[i].text), to,
		    rows[i].size), rows[i].whole);
		assert_string_equal(to, rows[i].copy);
	}
	memset(to, 'x', sizeof(to));
	assert_false(span_copy(span_of("abc"), to, 0));
	assert_int_equal(to[0], 'x');
	assert_true(span_copy((struct span){ NULL, 0 }, to, sizeof(to)));
	assert_string_equal(to, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(compares),
		cmocka_unit_test(does_not_read_past_its_end),
		cmocka_unit_test(compares_nul_as_a_byte),
		cmocka_unit_test(cuts_words),
		cmocka_unit_test(trims),
		cmocka_unit_test(reads_numbers),
		cmocka_unit_test(copies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
