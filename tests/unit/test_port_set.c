/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_port_set - lists of ports: what is taken, what is not, and how a set is
 * written
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/port_set.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	TEXT_MAX = 512 * 1024
};

static uint16_t
by_name(struct span name)
{
	return span_is(name, "imap") ? 143 : span_is(name, "imaps") ? 993 :
	    span_is(name, "smtp") ? 25 : 0;
}

/* parse - into an empty set; `why` is empty exactly when it is taken */
static bool
parse(struct port_set *set, const char *list, struct buf *why)
{
	bool ok;

	memset(set, 0, sizeof(*set));
	buf_init(why, 512);
	ok = port_set_parse(set, span_of(list), by_name, why);
	assert_true(ok == (why->len == 0));
	assert_false(why->overflow);
	return ok;
}

static const struct {
	const char	*list;
	const char	*written;
	unsigned	 n;
} good[] = {
	{ "25", "25", 1 },
	{ "1,65535", "1,65535", 2 },
	{ "993,25,110", "25,110,993", 3 },
	{ PORTS_USUAL, PORTS_USUAL, 7 },
	{ "all", PORTS_USUAL ",4190", 8 },
	{ "ALL", PORTS_USUAL ",4190", 8 },
	{ "all,1,all", "1," PORTS_USUAL ",4190", 9 },
	{ "990-995", "990-995", 6 },
	{ "990-995,993-1000,992", "990-1000", 11 },
	{ "imap-imaps", "143-993", 851 },
	{ "IMAPS,smtp", "25,993", 2 },
	{ "smtp-30", "25-30", 6 },
	{ "7-7", "7", 1 },
	{ "7,8", "7,8", 2 },
	{ "7,8,9", "7-9", 3 },
	{ " 25 , 110,\t143 ", "25,110,143", 3 },
	{ "990 - 992", "990-992", 3 },
	{ "1-65535", "1-65535", 65535 },
	{ "31,32,33,63-64", "31-33,63,64", 5 },
	{ "025", "25", 1 },
	{ "25,25,25", "25", 1 }
};

static void
lists(void **state)
{
	struct port_set set;
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		if (!parse(&set, good[i].list, &text))
			fail_msg("%s: %s", good[i].list, buf_cstr(&text));
		port_set_write(&text, &set, 0);
		assert_string_equal(buf_cstr(&text), good[i].written);
		assert_int_equal(set.n, good[i].n);
		buf_free(&text);
	}
}

static const struct {
	const char	*list;
	const char	*said;
} bad[] = {
	{ "", "; an item is empty" },
	{ " ", "; an item is empty" },
	{ "25,", "; an item is empty" },
	{ ",25", "; an item is empty" },
	{ "25,,110", "; an item is empty" },
	{ "0", "; '0' is none of these" },
	{ "0-5", "; '0-5' is none of these" },
	{ "65536", "; '65536' is none of these" },
	{ "1-65536", "; '1-65536' is none of these" },
	{ "18446744073709551617", "' is none of these" },
	{ "995-990", "; '995-990' runs backwards" },
	{ "imaps-imap", "; 'imaps-imap' runs backwards" },
	{ "25,foo,110", "; 'foo' is none of these" },
	{ "imap2-993", "; 'imap2-993' is none of these" },
	{ "-25", "; '-25' is none of these" },
	{ "25-", "; '25-' is none of these" },
	{ "-", "; '-' is none of these" },
	{ "1-2-3", "; '1-2-3' is none of these" },
	{ "+25", "; '+25' is none of these" },
	{ "25 110", "; '25 110' is none of these" },
	{ "25;110", "; '25;110' is none of these" },
	{ "0x19", "; '0x19' is none of these" },
	{ "2.5", "; '2.5' is none of these" },
	{ "all-993", "; 'all-993' is none of these" },
	{ "25,a|b", "; 'a/b' is none of these" }
};

static void
no_lists(void **state)
{
	struct port_set set;
	struct buf why;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(bad); i++) {
		if (parse(&set, bad[i].list, &why))
			fail_msg("'%s' is taken", bad[i].list);
		if (strstr(buf_cstr(&why), bad[i].said) == NULL)
			fail_msg("'%s' lacks '%s'", buf_cstr(&why),
			    bad[i].said);
		buf_free(&why);
	}
	/* a long item is not repeated whole */
	assert_false(parse(&set, "25,abcdefghijklmnopqrstuvwxyz-abcdefghijklmn"
	    "opqrstuvwxyz-abcdefghijklmnopqrstuvwxyz", &why));
	assert_true(why.len < 200);
	buf_free(&why);
}

static void
in_rising_order(void **state)
{
	static const uint16_t want[] = { 1, 31, 32, 64, 1000, 65535 };
	struct port_set set;
	uint16_t port;
	struct buf why;
	size_t i = 0;

	(void)state;
	assert_true(parse(&set, "65535,1000,64,32,31,1", &why));
	for (port = port_set_next(&set, 1); port != 0;
	    port = port_set_next(&set, port + 1U))
		assert_int_equal(port, want[i++]);
	assert_int_equal(i, ROWS(want));
	assert_true(port_set_has(&set, 64));
	assert_false(port_set_has(&set, 63));
	assert_false(port_set_has(&set, 0));
	memset(&set, 0, sizeof(set));
	assert_int_equal(port_set_next(&set, 1), 0);
	assert_int_equal(port_set_next(&set, PORT_MAX + 1U), 0);
	buf_free(&why);
}

/* every range that has its ends at or beside the ends of a word of the map */
static void
ranges_at_the_edges(void **state)
{
	static const uint16_t ends[] = {
		1, 2, 30, 31, 32, 33, 62, 63, 64, 65, 65503, 65504, 65534, 65535
	};
	struct port_set set;
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(ends); i++)
		for (j = i; j < ROWS(ends); j++) {
			memset(&set, 0, sizeof(set));
			port_set_add(&set, ends[i], ends[j]);
			assert_int_equal(set.n, ends[j] - ends[i] + 1);
			assert_int_equal(port_set_next(&set, 1), ends[i]);
			assert_true(port_set_has(&set, ends[j]));
			assert_int_equal(port_set_next(&set, ends[j] + 1U), 0);
			port_set_add(&set, ends[i], ends[j]);
			assert_int_equal(set.n, ends[j] - ends[i] + 1);
		}
}

/* the set that takes the longest text */
static void
every_second_port(void **state)
{
	static struct port_set set, again;
	struct buf text, why;
	unsigned port;

	(void)state;
	for (port = 1; port <= PORT_MAX; port += 2)
		port_set_add(&set, (uint16_t)port, (uint16_t)port);
	buf_init(&text, TEXT_MAX);
	buf_init(&why, 512);
	port_set_write(&text, &set, 0);
	assert_false(text.overflow);
	assert_true(port_set_parse(&again, buf_span(&text), by_name, &why));
	assert_memory_equal(&set, &again, sizeof(set));
	buf_clear(&text);
	port_set_write(&text, &set, 3);
	assert_string_equal(buf_cstr(&text), "1,3,5 and 32765 more");
	buf_free(&text);
	buf_free(&why);
}

static void
cut_for_a_sentence(void **state)
{
	struct port_set set;
	struct buf text;

	(void)state;
	assert_true(parse(&set, "25,100-199,993,995", &text));
	port_set_write(&text, &set, 2);
	assert_string_equal(buf_cstr(&text), "25,100-199 and 2 more");
	buf_clear(&text);
	port_set_write(&text, &set, 4);
	assert_string_equal(buf_cstr(&text), "25,100-199,993,995");
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists),
		cmocka_unit_test(no_lists),
		cmocka_unit_test(in_rising_order),
		cmocka_unit_test(ranges_at_the_edges),
		cmocka_unit_test(every_second_port),
		cmocka_unit_test(cut_for_a_sentence)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
