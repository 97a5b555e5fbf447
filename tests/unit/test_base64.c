/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base64 - both ways, and the spellings that are refused
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base64.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 2000
};

static void
goes_both_ways(void **state)
{
	static const struct {
		struct span	 bytes;
		const char	*text;
	} rows[] = {
		/* RFC 4648 section 10 */
		{ { "", 0 }, "" },
		{ { "f", 1 }, "Zg==" },
		{ { "fo", 2 }, "Zm8=" },
		{ { "foo", 3 }, "Zm9v" },
		{ { "foob", 4 }, "Zm9vYg==" },
		{ { "fooba", 5 }, "Zm9vYmE=" },
		{ { "foobar", 6 }, "Zm9vYmFy" },
		/* SASL PLAIN */
		{ { "\0ann\0pass", 9 }, "AGFubgBwYXNz" },
		{ { "\0", 1 }, "AA==" },
		{ { "\0\0\0", 3 }, "AAAA" },
		{ { "\xff\xff\xff", 3 }, "////" },
		{ { "\xfb\xef\xbe", 3 }, "++++" },
		{ { "\xff", 1 }, "/w==" },
		{ { "\xff\xfe", 2 }, "//4=" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		base64_encode(&b, rows[i].bytes);
		assert_string_equal(buf_cstr(&b), rows[i].text);
		buf_clear(&b);
		buf_str(&b, ">");
		assert_true(base64_decode(&b, span_of(rows[i].text)));
		assert_int_equal(b.len, 1 + rows[i].bytes.len);
		assert_memory_equal(buf_span(&b).p + 1, rows[i].bytes.p,
		    rows[i].bytes.len);
		buf_free(&b);
	}
}

static void
refuses(void **state)
{
	static const char *const rows[] = {
		"Z", "Zg", "Zg=", "Zm8", "Zm9vY", "Zm9vYg", "Zm9vYg=",
		"=", "==", "===", "====", "Z===", "Zg==Zg==", "Zm8=Zm8=",
		"Zm9v====", "Zm9v=", "Zg==\n", "Zm9v\r\n\r\n", " Zm9", "Zm 9",
		"Zm-9", "Zm_9", "Zm,9", "Z=g=", "=Zm9", "Zm=v", "Zh==", "Zm9=",
		"Zv==", "\xc3\xbc\xc3\xbc", "****",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		buf_str(&b, "before");
		if (base64_decode(&b, span_of(rows[i])))
			fail_msg("'%s' taken", rows[i]);
		assert_string_equal(buf_cstr(&b), "before");
		assert_false(b.overflow);
		buf_free(&b);
	}
	for (i = 1; i <= 4; i++) {
		struct buf b;

		buf_init(&b, OUT_MAX);
		assert_false(base64_decode(&b, (struct span){ "\0\0\0\0", i }));
		buf_free(&b);
	}
}

/* what was decoded before the fault must not stay in the memory */
static void
leaves_nothing_behind(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, OUT_MAX);
	buf_str(&b, ">");
	assert_false(base64_decode(&b, span_of("c2VjcmV0c2Vjcm!!")));
	assert_memory_equal(b.data + 1, "\0\0\0\0\0\0\0\0\0", 9);
	buf_free(&b);
}

static void
every_byte_survives(void **state)
{
	char bytes[256];
	size_t len, i;

	(void)state;
	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(unsigned char)(255 - i);
	for (len = 0; len <= sizeof(bytes); len++) {
		struct buf text, back;

		buf_init(&text, OUT_MAX);
		buf_init(&back, OUT_MAX);
		base64_encode(&text, (struct span){ bytes, len });
		assert_int_equal(text.len, (len + 2) / 3 * 4);
		assert_true(base64_decode(&back, buf_span(&text)));
		assert_int_equal(back.len, len);
		assert_memory_equal(buf_span(&back).p, bytes, len);
		buf_free(&text);
		buf_free(&back);
	}
}

static void
keeps_to_the_cap(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 7);
	base64_encode(&b, span_of("foob"));
	assert_true(b.overflow);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_false(base64_decode(&b, span_of("Zm9vYmFyZm9v")));
	assert_true(b.overflow);
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_true(base64_decode(&b, span_of("Zm9vYmFyZg==")));
	assert_string_equal(buf_cstr(&b), "foobarf");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(goes_both_ways),
		cmocka_unit_test(refuses),
		cmocka_unit_test(leaves_nothing_behind),
		cmocka_unit_test(every_byte_survives),
		cmocka_unit_test(keeps_to_the_cap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
