/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * json - commas, brackets, escapes
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/json.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	OUT_MAX = 1000
};

static const struct {
	const char	*value;
	size_t		 len;		/* 0: all of it */
	const char	*want;
} string_rows[] = {
	{ "", 0, "\"\"" },
	{ "plain text", 0, "\"plain text\"" },
	{ "say \"no\"", 0, "\"say \\\"no\\\"\"" },
	{ "C:\\mail", 0, "\"C:\\\\mail\"" },
	{ "a/b", 0, "\"a/b\"" },
	{ "<b>&", 0, "\"\\u003cb\\u003e\\u0026\"" },
	{ "\n\t\x1f", 0, "\"\\u000a\\u0009\\u001f\"" },
	{ "a\0b", 3, "\"a\\u0000b\"" },
	{ "\x7f", 0, "\"\\u007f\"" },
	{ "\xc2\x80\xc2\x9f\xc2\xa0", 0,
	    "\"\\u0080\\u009f\xc2\xa0\"" },
	{ "\xe2\x80\xa8\xe2\x80\xa9\xe2\x80\xaa", 0,
	    "\"\\u2028\\u2029\xe2\x80\xaa\"" },
	{ "J\xc3\xbcrgen \xf0\x9f\x93\xa7", 0,
	    "\"J\xc3\xbcrgen \xf0\x9f\x93\xa7\"" },
	{ "a\xffz", 0, "\"a\xef\xbf\xbdz\"" },
	{ "\xc3", 0, "\"\xef\xbf\xbd\"" },
	{ "\xe2\x82", 0, "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xed\xa0\x80", 0,
	    "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
	{ "\xc0\xaf", 0, "\"\xef\xbf\xbd\xef\xbf\xbd\"" }
};

static void
strings_are_escaped(void **unused)
{
	struct span value;
	struct json j;
	struct buf out;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(string_rows); i++) {
		buf_init(&out, OUT_MAX);
		json_init(&j, &out);
		value = span_of(string_rows[i].value);
		if (string_rows[i].len > 0)
			value.len = string_rows[i].len;
		json_span(&j, NULL, value);
		assert_string_equal(buf_cstr(&out), string_rows[i].want);
		buf_free(&out);
	}
}

static const struct {
	double		 value;
	const char	*want;
} number_rows[] = {
	{ 0, "0" },
	{ -0.0, "0" },
	{ 1.5, "1.5" },
	{ 0.0012, "0.0012" },
	{ 9663676416.0, "9663676416" },
	{ -3, "-3" },
	{ NAN, "null" },
	{ INFINITY, "null" },
	{ -INFINITY, "null" }
};

static void
numbers_are_finite(void **unused)
{
	struct json j;
	struct buf out;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(number_rows); i++) {
		buf_init(&out, OUT_MAX);
		json_init(&j, &out);
		json_number(&j, NULL, number_rows[i].value);
		assert_string_equal(buf_cstr(&out), number_rows[i].want);
		buf_free(&out);
	}
}

static void
commas_stand_between(void **unused)
{
	struct json j;
	struct buf out;

	(void)unused;
	buf_init(&out, OUT_MAX);
	json_init(&j, &out);
	json_object(&j, NULL);
	json_object(&j, "empty");
	json_object_end(&j);
	json_array(&j, "none");
	json_array_end(&j);
	json_array(&j, "list");
	json_uint(&j, NULL, UINT64_MAX);
	json_object(&j, NULL);
	json_string(&j, "k\"", "v");
	json_object_end(&j);
	json_array(&j, NULL);
	json_null(&j, NULL);
	json_bool(&j, NULL, false);
	json_array_end(&j);
	json_array_end(&j);
	json_bool(&j, "yes", true);
	json_string(&j, "nothing", NULL);
	json_number(&j, "n", 2);
	json_object_end(&j);
	assert_string_equal(buf_cstr(&out), "{\"empty\":{},\"none\":[],"
	    "\"list\":[18446744073709551615,{\"k\\\"\":\"v\"},[null,false]],"
	    "\"yes\":true,\"nothing\":null,\"n\":2}");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(strings_are_escaped),
		cmocka_unit_test(numbers_are_finite),
		cmocka_unit_test(commas_stand_between)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
