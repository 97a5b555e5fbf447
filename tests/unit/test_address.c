/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address - numeric addresses, and what only looks like one
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/address.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

#define ZEROS	"0000000000000000"

static void
parses(void **state)
{
	static const struct {
		const char	*text;
		uint8_t		 family;
		const char	*written;
	} rows[] = {
		{ "127.0.0.1", 4, "127.0.0.1" },
		{ "0.0.0.0", 4, "0.0.0.0" },
		{ "255.255.255.255", 4, "255.255.255.255" },
		{ "::", 6, "::" },
		{ "::1", 6, "::1" },
		{ "[::1]", 6, "::1" },
		{ "2001:DB8::7", 6, "2001:db8::7" },
		{ "2001:db8:0:0:0:0:0:7", 6, "2001:db8::7" },
		{ "[2001:db8::7]", 6, "2001:db8::7" },
		{ "::ffff:192.0.2.1", 6, "::ffff:192.0.2.1" },
		{ "fe80::1", 6, "fe80::1" },
		{ "1:2:3:4:5:6:7:8", 6, "1:2:3:4:5:6:7:8" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		char text[ADDRESS_TEXT];
		struct address a;

		memset(&a, 0xff, sizeof(a));
		if (!address_parse(span_of(rows[i].text), &a))
			fail_msg("'%s' refused", rows[i].text);
		assert_int_equal(a.family, rows[i].family);
		assert_int_equal(a.scope, 0);
		assert_ptr_equal(address_text(&a, text), text);
		assert_string_equal(text, rows[i].written);
	}
}

static void
refuses(void **state)
{
	static const char *const rows[] = {
		"", "[", "]", "[]", "1", "127.1", "1.2.3", "1.2.3.4.5",
		"1.2.3.256", "1.2.3.-4", "1.2.3.", ".1.2.3", "1..2.3",
		"01.2.3.4", "1.2.3.010", "0x7f.0.0.1", "2130706433",
		" 1.2.3.4", "1.2.3.4 ", "1.2.3.4/32", "1.2.3.4:25",
		"[1.2.3.4]", ":", ":::", "1::2::3", "1:2:3:4:5:6:7",
		"1:2:3:4:5:6:7:8:9", "12345::", "g::1", "[::1", "::1]",
		"[[::1]]", "[::1]:993", "fe80::1%eth0", "fe80::1%2", "::1/128",
		"localhost", "mail.example.org",
		ZEROS ZEROS ZEROS ZEROS "::1",
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct address a = { .family = 47 };

		if (address_parse(span_of(rows[i]), &a))
			fail_msg("'%s' taken", rows[i]);
		assert_int_equal(a.family, 47);
	}
	assert_false(address_parse((struct span){ "1.2.3.4\0", 8 },
	    &(struct address){ 0 }));
	assert_false(address_parse((struct span){ NULL, 0 },
	    &(struct address){ 0 }));
	assert_true(address_parse((struct span){ "1.2.3.45", 7 },
	    &(struct address){ 0 }));
}

static void
stores_network_order(void **state)
{
	struct address a;

	(void)state;
	assert_true(address_parse(span_of("1.2.3.4"), &a));
	assert_memory_equal(a.ip, "\1\2\3\4", 4);
	assert_true(address_parse(span_of("102:304::ff"), &a));
	assert_memory_equal(a.ip, "\1\2\3\4\0\0\0\0\0\0\0\0\0\0\0\xff", 16);
}

static void
writes_zone_and_none(void **state)
{
	struct address a = { 0 };
	char text[ADDRESS_TEXT] = "x";

	(void)state;
	assert_string_equal(address_text(&a, text), "");
	assert_true(address_parse(span_of("fe80::1"), &a));
	a.scope = 3;
	assert_string_equal(address_text(&a, text), "fe80::1%3");
	memset(a.ip, 0xff, sizeof(a.ip));
	a.scope = UINT32_MAX;
	assert_string_equal(address_text(&a, text),
	    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%4294967295");
}

static void
compares(void **state)
{
	static const struct {
		const char	*a;
		const char	*b;
		bool		 same;
	} rows[] = {
		{ "1.2.3.4", "1.2.3.4", true },
		{ "1.2.3.4", "1.2.3.5", false },
		{ "::1", "0:0::1", true },
		{ "::1", "[::1]", true },
		{ "::1", "::2", false },
		{ "1::", "2::", false },
		{ "1.2.3.4", "102:304::", false },
		{ "1.2.3.4", "::ffff:1.2.3.4", false },
	};
	struct address a = { 0 }, b = { 0 };
	size_t i;

	(void)state;
	assert_true(address_same(&a, &b));
	for (i = 0; i < ROWS(rows); i++) {
		assert_true(address_parse(span_of(rows[i].a), &a));
		assert_true(address_parse(span_of(rows[i].b), &b));
		if (address_same(&a, &b) != rows[i].same)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
	}
	assert_false(address_same(&a, &(struct address){ 0 }));
	assert_true(address_parse(span_of("1.2.3.4"), &a));
	b = a;
	b.ip[4] = 1;		/* behind an IPv4 address nothing counts */
	assert_true(address_same(&a, &b));
	assert_true(address_parse(span_of("fe80::1"), &a));
	b = a;
	b.scope = 2;
	assert_false(address_same(&a, &b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parses),
		cmocka_unit_test(refuses),
		cmocka_unit_test(stores_network_order),
		cmocka_unit_test(writes_zone_and_none),
		cmocka_unit_test(compares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
