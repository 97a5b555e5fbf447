/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_json_module - JSON from outside: what is read of it, and what is refused
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "module/json.h"
#include "module/module.h"
#include "module_files.h"

static const struct json_functions	*json;	/* set once, before the tests */

static struct json_text *
read_text(const char *text)
{
	const char *why;

	return json->read(span_of(text), &why);
}

static void
refused(struct span text, const char *words)
{
	const char *why = NULL;

	assert_null(json->read(text, &why));
	assert_string_equal(why, words);
}

static void
what_is_there_is_found(void **state)
{
	struct json_text *text = read_text("[\"a\", {\"b\": \"\\u00fc\", "
	    "\"n\": 42, \"f\": 1.5, \"z\": null}, []]");
	const struct json_value *top = json->top(text), *object;
	struct span got;
	int64_t n;

	(void)state;
	assert_non_null(text);
	assert_int_equal(json->kind(top), JSON_KIND_ARRAY);
	assert_int_equal(json->count(top), 3);
	object = json->at(top, 1);
	assert_int_equal(json->kind(object), JSON_KIND_OBJECT);
	got = json->string(json->member(object, "b"));
	assert_int_equal(got.len, 2);
	assert_memory_equal(got.p, "\xc3\xbc", 2);
	assert_true(json->integer(json->member(object, "n"), &n));
	assert_int_equal(n, 42);
	assert_int_equal(json->kind(json->member(object, "f")),
	    JSON_KIND_OTHER);
	assert_int_equal(json->kind(json->member(object, "z")),
	    JSON_KIND_OTHER);
	json->free(text);
}

static void
what_is_not_there_is_nothing(void **state)
{
	struct json_text *text = read_text("[1]");
	const struct json_value *top = json->top(text), *none;
	int64_t n;

	(void)state;
	none = json->member(top, "a");
	assert_null(none);
	assert_int_equal(json->kind(none), JSON_KIND_NONE);
	assert_null(json->at(top, 1));
	assert_null(json->at(none, 0));
	assert_null(json->member(none, "a"));
	assert_int_equal(json->count(none), 0);
	assert_null(json->string(none).p);
	assert_null(json->string(json->at(top, 0)).p);
	assert_false(json->integer(none, &n));
	assert_false(json->integer(top, &n));
	json->free(text);
	json->free(NULL);
}

static void
what_is_no_json_is_refused(void **state)
{
	static const struct span no[] = {
		{ "x", 1 }, { "[1,]", 4 }, { "{\"a\":1,\"a\":2}", 13 },
		{ "[\"\\u0000\"]", 10 }, { "[\"a\0b\"]", 7 },
		{ "[\"\xff\"]", 5 }, { "[] []", 5 }, { "[NaN]", 5 },
		{ "'a'", 3 }, { "]", 1 }, { "[1}", 3 },
		{ "[9999999999999999999999]", 24 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		refused(no[i], "it is no JSON");
	refused(span_of("[1"), "it is cut short");
	refused(span_of("\"a"), "it is cut short");
}

/* nested - so many arrays within each other; freed by the caller */
static char *
nested(size_t depth)
{
	char *text = malloc(2 * depth + 1);

	assert_non_null(text);
	memset(text, '[', depth);
	memset(text + depth, ']', depth);
	text[2 * depth] = '\0';
	return text;
}

static void
caps_hold(void **state)
{
	char *text = nested(JSON_DEPTH_MAX);
	struct json_text *good = read_text(text);
	size_t i;

	(void)state;
	assert_non_null(good);
	json->free(good);
	free(text);
	text = nested(JSON_DEPTH_MAX + 1);
	refused(span_of(text), "it is nested deeper than is taken");
	free(text);
	text = malloc(JSON_TEXT_MAX + 1);
	assert_non_null(text);
	memset(text, ' ', JSON_TEXT_MAX + 1);
	refused((struct span){ text, JSON_TEXT_MAX + 1 },
	    "it is longer than is taken");
	for (i = 0; i < 2 * JSON_VALUES_MAX; i += 2)
		memcpy(text + i, "1,", 2);
	text[0] = '[';
	refused((struct span){ text, 2 * JSON_VALUES_MAX },
	    "it holds more values than are taken");
	free(text);
}

static int
load(void **state)
{
	const struct module *module;
	char dir[SCRATCH_MAX];
	struct buf why;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "json", "json", 0644);
	buf_init(&why, 4096);
	module = module_load_from(dir, "json", &why);
	if (module == NULL)
		print_error("%s\n", buf_cstr(&why));
	else
		json = module->functions;
	buf_free(&why);
	scratch_free(dir);
	return module == NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_there_is_found),
		cmocka_unit_test(what_is_not_there_is_nothing),
		cmocka_unit_test(what_is_no_json_is_refused),
		cmocka_unit_test(caps_hold)
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
