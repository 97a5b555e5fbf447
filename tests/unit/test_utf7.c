/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utf7 - mailbox names both ways, and the spellings that are refused
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "base/utf7.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 2000
};

static const char *const pairs[][2] = {
	{ "", "" },
	{ "INBOX", "INBOX" },
	{ "a b~", "a b~" },
	{ "&", "&-" },
	{ "&&", "&-&-" },
	{ "a&b", "a&-b" },
	{ "Tom & Ann", "Tom &- Ann" },
	{ "&-", "&--" },
	{ "-", "-" },
	{ "+/,\\\"", "+/,\\\"" },
	/* RFC 3501 section 5.1.3 */
	{ "~peter/mail/\xe5\x8f\xb0\xe5\x8c\x97/"
	  "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e",
	  "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
	{ "\xe2\x98\xba!", "&Jjo-!" },
	{ "Entw\xc3\xbcrfe", "Entw&APw-rfe" },
	{ "\xc3\xbc", "&APw-" },
	{ "\xc3\xbc\xc3\xa4", "&APwA5A-" },
	{ "\xc3\xbc\xc3\xa4\xc3\xb6", "&APwA5AD2-" },
	{ "\xc3\xbc-", "&APw--" },
	{ "\xc3\xbc&", "&APw-&-" },
	{ "&\xc3\xbc", "&-&APw-" },
	{ "\xc3\xbc" "a\xc3\xbc", "&APw-a&APw-" },
	{ "\xef\xbf\xbd", "&,,0-" },
	{ "\xf0\x9f\x93\xa7", "&2D3c5w-" },
	{ "\xf0\x90\x80\x80", "&2ADcAA-" },
	{ "\xf4\x8f\xbf\xbf", "&2,,f,w-" },
	{ "\t", "&AAk-" },
	{ "\x7f", "&AH8-" },
	{ "\xc2\x80", "&AIA-" },
};

static void
goes_both_ways(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(pairs); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		buf_str(&b, ">");
		assert_true(utf7_encode(&b, span_of(pairs[i][0])));
		assert_string_equal(buf_cstr(&b) + 1, pairs[i][1]);
		buf_clear(&b);
		buf_str(&b, ">");
		if (!utf7_decode(&b, span_of(pairs[i][1])))
			fail_msg("'%s' refused", pairs[i][1]);
		assert_string_equal(buf_cstr(&b) + 1, pairs[i][0]);
		buf_free(&b);
	}
}

static const char *const wrong[] = {
	"&",			/* never ends */
	"a&APw",
	"a&b",
	"&APw-&",
	"&A-",			/* no whole unit */
	"&AP-",
	"&APwA-",		/* a character too many */
	"&APwAA-",
	"&APx-",		/* bits left over */
	"&AP/-",		/* not in the alphabet */
	"&AP=-",
	"&APw=-",
	"&A w-",
	"&A\xc3\xbc-",
	"&AGE-",		/* plain characters */
	"&ACY-",
	"&ACA-",
	"&AH4-",
	"&APwAYQ-",
	"&APw-&APw-",		/* a shift behind a shift */
	"&2D0-",		/* halves of pairs */
	"&3OcA-",
	"&3Oc-",
	"&2D0A,A-",
	"&2D3YPQ-",
	"\xc3\xbc",		/* raw 8 bit, control */
	"\xff",
	"a\tb",
	"a\r\nb",
	"\x7f",
};

static void
refuses_to_decode(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(wrong); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		buf_str(&b, "before");
		if (utf7_decode(&b, span_of(wrong[i])))
			fail_msg("'%s' taken", wrong[i]);
		assert_string_equal(buf_cstr(&b), "before");
		assert_false(b.overflow);
		buf_free(&b);
	}
}

static void
refuses_to_encode(void **state)
{
	static const char *const rows[] = {
		"\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80",
		"good then \x80",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		assert_false(utf7_encode(&b, span_of(rows[i])));
		assert_int_equal(b.len, 0);
		buf_free(&b);
	}
}

static void
nul_is_a_character(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, OUT_MAX);
	assert_true(utf7_encode(&b, (struct span){ "a\0b", 3 }));
	assert_string_equal(buf_cstr(&b), "a&AAA-b");
	buf_clear(&b);
	assert_true(utf7_decode(&b, span_of("a&AAA-b")));
	assert_int_equal(b.len, 3);
	assert_memory_equal(buf_span(&b).p, "a\0b", 3);
	assert_false(utf7_decode(&b, (struct span){ "a\0b", 3 }));
	buf_free(&b);
}

static void
keeps_to_the_cap(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4);
	assert_false(utf7_encode(&b, span_of("\xc3\xbc")));
	assert_true(b.overflow);
	buf_free(&b);
	assert_false(utf7_decode(&b, span_of("12345")));
	assert_true(b.overflow);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_true(utf7_decode(&b, span_of("12&APw-")));
	assert_string_equal(buf_cstr(&b), "12\xc3\xbc");
	buf_free(&b);
}

/* a name has one spelling: what decodes must encode to the same again */
static void
one_spelling(void **state)
{
	static const char letters[] = "&-A,w3P2a\t";
	size_t total = 0, good = 0, n, i;

	(void)state;
	for (n = 1; n < 6; n++) {
		size_t count = 1;

		for (i = 0; i < n; i++)
			count *= sizeof(letters) - 1;
		for (i = 0; i < count; i++) {
			struct buf name, back;
			size_t left = i, k;
			char text[6];

			for (k = 0; k < n; k++) {
				text[k] = letters[left % (sizeof(letters) - 1)];
				left /= sizeof(letters) - 1;
			}
			buf_init(&name, OUT_MAX);
			buf_init(&back, OUT_MAX);
			total++;
			if (utf7_decode(&name, (struct span){ text, n })) {
				good++;
				assert_true(text_is_utf8(buf_span(&name)));
				assert_true(utf7_encode(&back,
				    buf_span(&name)));
				assert_int_equal(back.len, n);
				assert_memory_equal(buf_span(&back).p, text, n);
			}
			buf_free(&name);
			buf_free(&back);
		}
	}
	assert_in_range(good, 1000, total - 1000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_both_ways),
		cmocka_unit_test(refuses_to_decode),
		cmocka_unit_test(refuses_to_encode),
		cmocka_unit_test(nul_is_a_character),
		cmocka_unit_test(keeps_to_the_cap),
		cmocka_unit_test(one_spelling),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
