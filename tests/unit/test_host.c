/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_host - hosts as they are written, lines of a file of them, and lists
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/host.h"
#include "base/host_list.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	MANY = 5000,
	NAME_MAX_LEN = 32
};

static void
kinds(void **state)
{
	static const struct {
		const char	*text;
		enum host_kind	 kind;
		const char	*host;		/* NULL: as the text */
	} rows[] = {
		{ "mail.example.org", HOST_PLAIN, NULL },
		{ "192.0.2.7", HOST_PLAIN, NULL },
		{ "2001:db8::7", HOST_PLAIN, NULL },
		{ "[2001:db8::7]", HOST_PLAIN, "2001:db8::7" },
		{ "b\xc3\xbc" "cher.example", HOST_IDN, NULL },
		{ "", HOST_WRONG, NULL },
		{ "[192.0.2.7]", HOST_WRONG, NULL },
		{ "[mail.example.org]", HOST_WRONG, NULL },
		{ "[2001:db8::7", HOST_WRONG, NULL },
		{ "a b", HOST_WRONG, NULL },
		{ "a\tb", HOST_WRONG, NULL },
		{ "-H", HOST_WRONG, NULL },
		{ "a/b", HOST_WRONG, NULL },
		{ "a#b", HOST_WRONG, NULL },
		{ "b\xc3\xbc" "cher example", HOST_WRONG, NULL },
		{ "b\xc3\xbc" "cher\x01", HOST_WRONG, NULL },
		{ "b\xfc" "cher.example", HOST_WRONG, NULL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct span s = span_of(rows[i].text);

		if (host_kind(&s) != rows[i].kind)
			fail_msg("'%s'", rows[i].text);
		if (rows[i].kind != HOST_WRONG)
			assert_true(span_is(s, rows[i].host != NULL ?
			    rows[i].host : rows[i].text));
	}
}

static void
lines(void **state)
{
	static const struct {
		const char	*line;
		const char	*host;		/* NULL: none */
	} rows[] = {
		{ "a.example", "a.example" },
		{ "a.example\r", "a.example" },
		{ "\t a.example  \t\r", "a.example" },
		{ "a.example # the first", "a.example" },
		{ "a.example\t#", "a.example" },
		{ "a.example#b", "a.example#b" },
		{ "a b", "a b" },
		{ "\xef\xbb\xbf" "a.example", "a.example" },
		{ "\xef\xbb\xbf# a.example", NULL },
		{ "\xef\xbb\xbf", NULL },
		{ "#", NULL },
		{ "# a.example", NULL },
		{ " \t# a.example", NULL },
		{ "##", NULL },
		{ "", NULL },
		{ "\r", NULL },
		{ "  \t ", NULL }
	};
	struct span host;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		bool any = host_line(span_of(rows[i].line), &host);

		if (any != (rows[i].host != NULL) ||
		    (any && !span_is(host, rows[i].host)))
			fail_msg("line '%s'", rows[i].line);
	}
}

static void
a_list_keeps_what_it_is_given(void **state)
{
	char name[NAME_MAX_LEN];
	struct host_list list;
	size_t i;

	(void)state;
	memset(&list, 0, sizeof(list));
	for (i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "host%zu.example", i);
		assert_true(host_list_add(&list, span_of(name)));
	}
	assert_true(host_list_add(&list, (struct span){ "abc", 2 }));
	assert_int_equal(list.n, MANY + 1);
	for (i = 0; i < MANY; i++) {
		(void)snprintf(name, sizeof(name), "host%zu.example", i);
		assert_string_equal(host_list_at(&list, i), name);
	}
	assert_string_equal(host_list_at(&list, MANY), "ab");
	host_list_clear(&list);
	assert_int_equal(list.n, 0);
	assert_true(host_list_add(&list, span_of("x")));
	assert_string_equal(host_list_at(&list, 0), "x");
	host_list_free(&list);
	assert_int_equal(list.n, 0);
	host_list_free(&list);
}

static void
an_index_knows_each(void **state)
{
	char name[NAME_MAX_LEN];
	struct host_index index;
	struct host_list list;
	size_t i, round;

	(void)state;
	memset(&list, 0, sizeof(list));
	assert_true(host_list_add(&list, span_of("Host7.Example")));
	assert_true(host_list_add(&list, span_of("host7.example")));
	assert_true(host_index_open(&index, &list));
	for (round = 0; round < 2; round++)
		for (i = 0; i < MANY; i++) {
			(void)snprintf(name, sizeof(name), "%s%zu.example",
			    round == 0 ? "host" : "HOST", i);
			assert_int_equal(host_index_add(&index, span_of(name),
			    MANY + 1), round == 0 && i != 7 ? HOST_ADDED :
			    HOST_KNOWN);
		}
	assert_int_equal(list.n, MANY + 1);
	assert_int_equal(host_index_add(&index, span_of("new"), MANY + 1),
	    HOST_NO_ROOM);
	assert_int_equal(host_index_add(&index, span_of("new"), MANY + 2),
	    HOST_ADDED);
	/* what begins like another is another */
	assert_int_equal(host_index_add(&index, span_of("ne"), MANY + 3),
	    HOST_ADDED);
	assert_string_equal(host_list_at(&list, MANY + 1), "new");
	host_index_free(&index);
	assert_string_equal(host_list_at(&list, 2), "host0.example");
	host_list_free(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(kinds),
		cmocka_unit_test(lines),
		cmocka_unit_test(a_list_keeps_what_it_is_given),
		cmocka_unit_test(an_index_knows_each)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
