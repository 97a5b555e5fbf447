/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text - what a hostile word looks like once it may be shown
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

#define A16	"aaaaaaaaaaaaaaaa"
#define D16	"................"
#define UE	"\xc3\xbc"

enum {
	OUT_MAX = 1000,
	FUZZ_LEN = 40,
	FUZZ_ROUNDS = 20000
};

static const struct {
	const char	*bytes;
	size_t		 len;
	uint32_t	 cp;
} utf8[] = {
	{ "a", 1, 'a' },
	{ "\x7f", 1, 0x7f },
	{ "\xc2\x80", 2, 0x80 },
	{ "\xdf\xbf", 2, 0x7ff },
	{ "\xe0\xa0\x80", 3, 0x800 },
	{ "\xed\x9f\xbf", 3, 0xd7ff },
	{ "\xee\x80\x80", 3, 0xe000 },
	{ "\xef\xbf\xbf", 3, 0xffff },
	{ "\xf0\x90\x80\x80", 4, 0x10000 },
	{ "\xf4\x8f\xbf\xbf", 4, 0x10ffff },
	{ "\xc3\xbc and more", 2, 0xfc },
	{ "", 0, 0 },
	{ "\x80", 0, 0 },
	{ "\xbf", 0, 0 },
	{ "\xc0\x80", 0, 0 },
	{ "\xc1\xbf", 0, 0 },
	{ "\xc3", 0, 0 },
	{ "\xc3(", 0, 0 },
	{ "\xc3\xc3", 0, 0 },
	{ "\xe0\x80\x80", 0, 0 },
	{ "\xe0\x9f\xbf", 0, 0 },
	{ "\xe2\x82", 0, 0 },
	{ "\xe2\x82(", 0, 0 },
	{ "\xed\xa0\x80", 0, 0 },
	{ "\xed\xbf\xbf", 0, 0 },
	{ "\xf0\x80\x80\x80", 0, 0 },
	{ "\xf0\x8f\xbf\xbf", 0, 0 },
	{ "\xf0\x9f\x93", 0, 0 },
	{ "\xf4\x90\x80\x80", 0, 0 },
	{ "\xf5\x80\x80\x80", 0, 0 },
	{ "\xf8\x88\x80\x80\x80", 0, 0 },
	{ "\xfe", 0, 0 },
	{ "\xff", 0, 0 },
};

static void
knows_utf8(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(utf8); i++) {
		uint32_t cp = 0;

		if (text_utf8(span_of(utf8[i].bytes), &cp) != utf8[i].len ||
		    cp != utf8[i].cp)
			fail_msg("row %zu", i);
	}
}

static void
classifies(void **state)
{
	static const struct {
		struct span	 text;
		bool		 utf8;
		bool		 ascii;
		bool		 control;
	} rows[] = {
		{ { "", 0 }, true, true, false },
		{ { "plain ~", 7 }, true, true, false },
		{ { "a\0b", 3 }, true, true, true },
		{ { "a\r", 2 }, true, true, true },
		{ { "a\n", 2 }, true, true, true },
		{ { "\t", 1 }, true, true, true },
		{ { "\x1b", 1 }, true, true, true },
		{ { "\x1f", 1 }, true, true, true },
		{ { " ", 1 }, true, true, false },
		{ { "\x7f", 1 }, true, true, true },
		{ { "\x80", 1 }, false, false, false },
		{ { UE, 2 }, true, false, false },
		{ { UE, 1 }, false, false, false },
		{ { "abc\xff", 4 }, false, false, false },
		{ { "\xc2\x85", 2 }, true, false, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		if (text_is_utf8(rows[i].text) != rows[i].utf8 ||
		    text_is_ascii(rows[i].text) != rows[i].ascii ||
		    text_has_control(rows[i].text) != rows[i].control)
			fail_msg("row %zu", i);
	}
}

static const char *const dirty[][2] = {
	{ "", "" },
	{ "plain words", "plain words" },
	{ "<a href=\"x\">", "<a href=\"x\">" },
	{ "Gr" UE "n \xe2\x82\xac \xf0\x9f\x93\xa7",
	  "Gr" UE "n \xe2\x82\xac \xf0\x9f\x93\xa7" },
	/* white space */
	{ "   ", "" },
	{ " \t a \r\n\t b \n", "a b" },
	{ "a\vb\fc", "a b c" },
	{ "a\xc2\xa0 \xe3\x80\x80" "b\xe2\x80\x83", "a b" },
	{ "a\xc2\x85" "b\xe2\x80\xa8" "c\xe2\x80\xa9" "d", "a b c d" },
	/* the bar of the performance data */
	{ "OK | time=0", "OK / time=0" },
	{ "||", "//" },
	/* control, escape, C1 */
	{ "\x1b[31mred\a", "?[31mred?" },
	{ "a\x7f" "b", "a?b" },
	{ "\x01", "?" },
	{ "a\xc2\x9b" "b\xc2\x80\xc2\x9f", "a?b??" },
	/* invalid bytes, each one */
	{ "a\xff" "b", "a?b" },
	{ "\xc3", "?" },
	{ "\xc3(", "?(" },
	{ "\xe2\x82", "??" },
	{ "\xc0\x80", "??" },
	{ "\xed\xa0\x80", "???" },
	{ "\xc0|", "?/" },
	{ "\xe2|\x82", "?/?" },
	/* formatting characters */
	{ "a\xe2\x80\x8b" "b", "ab" },
	{ "a\xe2\x80\xae" "b\xe2\x80\x8f", "ab" },
	{ "\xef\xbb\xbf" "bom", "bom" },
	{ "\xd8\x9c" "alm", "alm" },
	{ "\xe2\x81\xa0\xe2\x81\xa9\xe2\x81\xaf" "x", "x" },
	{ "\xef\xbf\xb9\xef\xbf\xbb" "x", "x" },
	{ "\xf3\xa0\x80\x81\xf3\xa0\x81\xbf" "x", "x" },
	{ "\xe2\x80\x8b \xe2\x80\x8b", "" },
	{ "a \xe2\x80\x8b b", "a b" },
	/* their neighbours stay */
	{ "\xd8\x9b\xd8\x9d", "\xd8\x9b\xd8\x9d" },
	{ "\xe2\x80\x90\xe2\x80\xa7\xe2\x80\xb0",
	  "\xe2\x80\x90\xe2\x80\xa7\xe2\x80\xb0" },
	{ "\xe2\x81\xb0\xef\xbf\xbc\xf3\xa0\x82\x80",
	  "\xe2\x81\xb0\xef\xbf\xbc\xf3\xa0\x82\x80" },
	{ "\xc2\xa1", "\xc2\xa1" },
	/* runs */
	{ A16, A16 },
	{ A16 "a", A16 "..." },
	{ A16 A16 A16 "b", A16 "...b" },
	{ A16 "b" A16, A16 "b" A16 },
	{ A16 " " A16, A16 " " A16 },
	{ A16 "a " A16, A16 "... " A16 },
	{ A16 "\xe2\x80\x8b" "a", A16 "..." },
	{ D16, D16 },
	{ D16 ".", D16 "..." },
	{ "x" UE UE UE UE UE UE UE UE UE UE UE UE UE UE UE UE UE "y",
	  "x" UE UE UE UE UE UE UE UE UE UE UE UE UE UE UE UE "...y" },
	{ "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff"
	  "\xff\xff\xff\xff", "????????????????..." },
};

static void
cleans(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(dirty); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		text_clean(&b, span_of(dirty[i][0]), OUT_MAX);
		assert_string_equal(buf_cstr(&b), dirty[i][1]);
		buf_free(&b);
	}
}

static const struct {
	const char	*text;
	size_t		 max;
	const char	*cut;
} cuts_at[] = {
	{ "abcdefgh", 8, "abcdefgh" },
	{ "abcdefgh", 7, "abcd..." },
	{ "abcdefgh", 4, "a..." },
	{ "abcdefgh", 3, "..." },
	{ "abcdefgh", 2, ".." },
	{ "abcdefgh", 1, "." },
	{ "abcdefgh", 0, "" },
	{ "", 0, "" },
	{ " \n ", 0, "" },
	{ "abc", 3, "abc" },
	{ " abc ", 3, "abc" },
	{ "abc\xe2\x80\x8b", 3, "abc" },
	{ "abc defgh", 7, "abc..." },
	{ "abc  d", 5, "abc d" },
	{ UE UE UE UE, 8, UE UE UE UE },
	{ UE UE UE UE, 7, UE UE "..." },
	{ UE UE UE UE, 6, UE "..." },
	{ "\xf0\x9f\x93\xa7" "bcd", 6, "..." },
	{ "\xf0\x9f\x93\xa7" "bcde", 7, "\xf0\x9f\x93\xa7..." },
	{ A16 "a", 19, A16 "..." },
	{ A16 "a", 18, "aaaaaaaaaaaaaaa..." },
	{ A16 A16 "b", 19, A16 "..." },
};

static void
cuts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(cuts_at); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		text_clean(&b, span_of(cuts_at[i].text), cuts_at[i].max);
		assert_true(b.len <= cuts_at[i].max);
		assert_string_equal(buf_cstr(&b), cuts_at[i].cut);
		buf_free(&b);
	}
}

static void
appends(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, OUT_MAX);
	buf_str(&b, "says: ");
	text_clean(&b, (struct span){ " a\0b ", 5 }, 3);
	assert_string_equal(buf_cstr(&b), "says: a?b");
	text_clean(&b, (struct span){ NULL, 0 }, 3);
	text_mask(&b, (struct span){ NULL, 0 }, 3, span_of("x"));
	assert_string_equal(buf_cstr(&b), "says: a?b");
	buf_free(&b);
}

static const struct {
	const char	*text;
	const char	*secret;
	size_t		 max;
	const char	*shown;
} masked[] = {
	{ "no such pass", "", 99, "no such pass" },
	{ "wrong hunter2", "hunter2", 99, "wrong ***" },
	{ "hunter2", "hunter2", 99, "***" },
	{ "hunter2 hunter2", "hunter2", 99, "*** ***" },
	{ "hunter2hunter2", "hunter2", 99, "******" },
	{ "xhunter2y", "hunter2", 99, "x***y" },
	{ "hunter", "hunter2", 99, "hunter" },
	{ "Hunter2", "hunter2", 99, "Hunter2" },
	{ "huhunter2", "hunter2", 99, "hu***" },
	{ "banana", "a", 99, "b***n***n***" },
	{ "a*b", "*", 99, "a***b" },
	{ "a**b", "**", 99, "a***b" },
	/* occurrences that overlap leave no rest */
	{ "x abcabcab y", "abcab", 99, "x *** y" },
	{ "aaaa!", "aa", 99, "***!" },
	/* the cut may not show a part of it */
	{ "wrong hunter2", "hunter2", 9, "wrong ***" },
	{ "wrong hunter2", "hunter2", 8, "wrong..." },
	{ "wrong hunter2", "hunter2", 10, "wrong ***" },
	{ "hunter2 was wrong", "hunter2", 6, "***..." },
	/* cleaning would change it */
	{ "is a|b", "a|b", 99, "is ***" },
	{ "is a  b", "a  b", 99, "is ***" },
	{ "is a\tb.", "a\tb", 99, "is ***." },
	{ "is \x01\xff.", "\x01\xff", 99, "is ***." },
	{ "is" "\xe2\x80\x8b" "x.", "\xe2\x80\x8bx", 99, "is***." },
	{ "is " A16 A16 ".", A16 A16, 99, "is ***." },
	{ "is " A16 A16 A16 ".", A16 A16, 99, "is ***." },
	{ " secret ", " secret", 99, "***" },
	/* bytes of a character in it, or it in a character */
	{ "p" UE "w", UE, 99, "p***w" },
	{ "p" UE "w", "\xbc", 99, "p******w" },
	{ "p" UE "w", "p\xc3", 99, "***?w" },
	/* cleaning would put it together */
	{ "hun\xe2\x80\x8bter2", "hunter2", 99, "***" },
	{ "is a \r\n b.", "a b", 99, "is ***." },
	{ "is a\tb.", "a b", 99, "is ***." },
	{ "is a|b.", "a/b", 99, "is ***." },
	{ "is a\x01" "b.", "a?b", 99, "is ***." },
	{ "is a\xff" "b.", "a\xfe" "b", 99, "is ***." },
	{ "is a b.", "a  b", 99, "is ***." },
	{ "is " A16 "a.", A16 "...", 99, "is ***." },
	/* what is left of it after cleaning is nothing */
	{ "a b", "\xe2\x80\x8b", 99, "a b" },
	{ "a b", " ", 99, "a***b" },
};

static void
masks(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(masked); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		text_mask(&b, span_of(masked[i].text), masked[i].max,
		    span_of(masked[i].secret));
		if (strcmp(buf_cstr(&b), masked[i].shown) != 0)
			fail_msg("row %zu: '%s'", i, buf_cstr(&b));
		buf_free(&b);
	}
}

static void
masks_with_nul(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, OUT_MAX);
	text_mask(&b, (struct span){ "\0ann\0pass!", 10 }, OUT_MAX,
	    (struct span){ "\0ann\0pass", 9 });
	assert_string_equal(buf_cstr(&b), "***!");
	buf_free(&b);
}

static void
keeps_to_the_cap(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4);
	text_clean(&b, span_of("abcde"), 99);
	assert_true(b.overflow);
	assert_int_equal(b.len, 4);
	buf_free(&b);
}

/* no_harm - nothing in it that the contract rules out */
static bool
no_harm(struct span s)
{
	static const char *const never[] = {
		"|", "  ", "\xc2\x85", "\xc2\x9b", "\xe2\x80\x8b",
		"\xe2\x80\xae", "\xe2\x80\xa8", "\xef\xbb\xbf",
	};
	size_t i;

	for (i = 0; i < ROWS(never); i++)
		if (span_has(s, never[i]))
			return false;
	return text_is_utf8(s) && !text_has_control(s) &&
	    (s.len == 0 || (s.p[0] != ' ' && s.p[s.len - 1] != ' '));
}

/* any bytes at all: harmless, within the limit, and without the secret */
static void
stands_any_bytes(void **state)
{
	static const char *const pieces[] = {
		"a", "b", "s3", "cr", "s3cr", "|", " ", "\t", "\n", "\x1b",
		"\xe2\x80\x8b", "\xe2\x80\xae", "\xe2\x80\xa8", "\xef\xbb\xbf",
		"\xc2\x85", "\xc2\x9b", "\xc2", "\xe2", "\x80", "\xff", UE,
		"aaaaaaaa", "\xf0\x9f\x93\xa7",
	};
	unsigned long seed = 1;
	size_t round, i;

	(void)state;
	for (round = 0; round < FUZZ_ROUNDS; round++) {
		size_t max = round % 70;
		struct buf in, out;

		buf_init(&in, OUT_MAX);
		buf_init(&out, OUT_MAX);
		for (i = 0; i < round % FUZZ_LEN; i++) {
			seed = (seed * 1103515245 + 12345) & 0x7fffffff;
			buf_str(&in, pieces[(seed >> 8) % ROWS(pieces)]);
		}
		text_mask(&out, buf_span(&in), max, span_of("s3cr"));
		assert_true(out.len <= max);
		assert_true(no_harm(buf_span(&out)));
		assert_false(span_has(buf_span(&out), "s3cr"));
		buf_clear(&out);
		text_clean(&out, buf_span(&in), max);
		assert_true(out.len <= max);
		assert_true(no_harm(buf_span(&out)));
		buf_free(&in);
		buf_free(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_utf8),
		cmocka_unit_test(classifies),
		cmocka_unit_test(cleans),
		cmocka_unit_test(cuts),
		cmocka_unit_test(appends),
		cmocka_unit_test(masks),
		cmocka_unit_test(masks_with_nul),
		cmocka_unit_test(keeps_to_the_cap),
		cmocka_unit_test(stands_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
