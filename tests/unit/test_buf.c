/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * buf - growth, caps, flags, and that nothing is given back unwiped
 *
 * The unit is compiled into this file with its malloc() and free() replaced,
 * so that memory can run out and what is freed can be looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"

static void	*spy_malloc(size_t);
static void	 spy_free(void *);

#define malloc spy_malloc
#define free spy_free
#include "base/buf.c"
#undef malloc
#undef free

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

enum {
	HEADER = 16		/* room for the size before each piece */
};

/* what the unit did with memory in this test */
static struct {
	size_t	allowed;	/* allocations that still succeed */
	size_t	allocated;
	size_t	freed;
	size_t	moved;		/* bytes of all allocations */
	size_t	dirty;		/* bytes freed that were not zero */
} spy;

static void *
spy_malloc(size_t n)
{
	char *p;

	if (spy.allowed == 0)
		return NULL;
	spy.allowed--;
	p = malloc(n + HEADER);
	assert_non_null(p);
	memcpy(p, &n, sizeof(n));
	memset(p + HEADER, 0, n);
	spy.allocated++;
	spy.moved += n;
	return p + HEADER;
}

static void
spy_free(void *memory)
{
	char *p = memory;
	size_t n, i;

	if (p == NULL)
		return;
	memcpy(&n, p - HEADER, sizeof(n));
	for (i = 0; i < n; i++)
		spy.dirty += p[i] != 0;
	spy.freed++;
	free(p - HEADER);
}

static int
start(void **state)
{
	(void)state;
	memset(&spy, 0, sizeof(spy));
	spy.allowed = 10000;
	return 0;
}

static int
stop(void **state)
{
	(void)state;
	return spy.allocated == spy.freed && spy.dirty == 0 ? 0 : -1;
}

static void
wipes(void **state)
{
	char text[] = "password";

	(void)state;
	wipe(text + 1, 3);
	assert_memory_equal(text, "p\0\0\0word", 9);
	wipe(text, sizeof(text));
	assert_memory_equal(text, "\0\0\0\0\0\0\0\0", 9);
	wipe(NULL, 0);
}

static void
starts_empty(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 10);
	assert_null(b.data);
	assert_int_equal(spy.allocated, 0);
	assert_int_equal(b.cap, 10);
	assert_int_equal(buf_span(&b).len, 0);
	assert_non_null(buf_span(&b).p);
	assert_string_equal(buf_cstr(&b), "");
	buf_clear(&b);
	buf_drop(&b, 0);
	buf_grew(&b, 5);
	assert_int_equal(b.len, 0);
	buf_free(&b);
}

static void
appends(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_true(buf_add(&b, "a\0b", 3));
	assert_true(buf_str(&b, "cd"));
	assert_true(buf_str(&b, ""));
	assert_true(buf_span_add(&b, (struct span){ "efg", 2 }));
	assert_true(buf_span_add(&b, (struct span){ NULL, 0 }));
	assert_true(buf_char(&b, '\0'));
	assert_true(buf_fmt(&b, "%d-%s", 42, "x"));
	assert_true(buf_fmt(&b, "%s", ""));
	assert_int_equal(buf_span(&b).len, 12);
	assert_memory_equal(buf_span(&b).p, "a\0bcdef\0" "42-x", 12);
	assert_memory_equal(buf_cstr(&b), "a\0bcdef\0" "42-x", 13);
	assert_int_equal(b.len, 12);
	buf_free(&b);
	assert_null(b.data);
	assert_int_equal(b.len, 0);
	assert_int_equal(b.cap, 1000);
	assert_true(buf_str(&b, "again"));
	assert_string_equal(buf_cstr(&b), "again");
	buf_free(&b);
}

static const struct {
	size_t	cap;
	size_t	first;
	size_t	second;
	bool	fits;
} fills[] = {
	{ 0, 0, 0, true },
	{ 0, 0, 1, false },
	{ 1, 0, 1, true },
	{ 1, 1, 0, true },
	{ 1, 1, 1, false },
	{ 63, 60, 3, true },
	{ 64, 60, 4, true },
	{ 64, 60, 5, false },
	{ 64, 0, 65, false },
	{ 65, 64, 1, true },
	{ 200, 100, 100, true },
	{ 200, 100, 101, false },
	{ 200, 100, 10000, false },
};

static void
holds_its_cap_and_no_more(void **state)
{
	char text[10000];
	size_t i;

	(void)state;
	memset(text, 'x', sizeof(text));
	for (i = 0; i < ROWS(fills); i++) {
		struct buf b;

		buf_init(&b, fills[i].cap);
		assert_true(buf_add(&b, text, fills[i].first));
		if (buf_add(&b, text, fills[i].second) != fills[i].fits)
			fail_msg("row %zu", i);
		assert_int_equal(b.overflow, !fills[i].fits);
		assert_false(b.nomem);
		assert_int_equal(b.len, fills[i].first +
		    (fills[i].fits ? fills[i].second : 0));
		assert_int_equal(strlen(buf_cstr(&b)), b.len);
		assert_true(b.size <= b.cap + 1);
		buf_free(&b);
	}
}

static void
overflow_sticks(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 4);
	assert_true(buf_str(&b, "abc"));
	assert_false(buf_fmt(&b, "%d", 12));
	assert_string_equal(buf_cstr(&b), "abc");
	assert_false(buf_char(&b, 'd'));
	assert_false(buf_add(&b, "", 0));
	assert_null(buf_room(&b, 0));
	buf_clear(&b);
	assert_true(b.overflow);
	assert_false(buf_char(&b, 'd'));
	assert_int_equal(b.len, 0);
	buf_free(&b);
	assert_false(b.overflow);
	assert_true(buf_str(&b, "abcd"));
	assert_null(buf_room(&b, SIZE_MAX));
	buf_free(&b);
}

static void
keeps_no_memory_apart(void **state)
{
	struct buf b;
	char text[100];

	(void)state;
	memset(text, 'x', sizeof(text));
	buf_init(&b, SIZE_MAX);
	spy.allowed = 0;
	assert_false(buf_char(&b, 'a'));
	assert_true(b.nomem);
	assert_false(b.overflow);
	assert_string_equal(buf_cstr(&b), "");
	buf_free(&b);
	assert_false(b.nomem);

	spy.allowed = 1;
	assert_true(buf_str(&b, "abc"));
	assert_false(buf_add(&b, text, sizeof(text)));
	assert_true(b.nomem);
	assert_false(b.overflow);
	assert_true(span_is(buf_span(&b), "abc"));
	assert_string_equal(buf_cstr(&b), "");
	assert_false(buf_char(&b, 'd'));
	buf_free(&b);
}

static void
drops_and_wipes(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 100);
	buf_str(&b, "secret rest");
	buf_drop(&b, 7);
	assert_string_equal(buf_cstr(&b), "rest");
	assert_memory_equal(b.data, "\0\0\0\0\0\0\0rest", 11);
	buf_drop(&b, 100);
	assert_int_equal(b.len, 0);
	assert_int_equal(b.start, 0);
	assert_memory_equal(b.data, "\0\0\0\0\0\0\0\0\0\0\0", 11);
	buf_str(&b, "more");
	buf_clear(&b);
	assert_memory_equal(b.data, "\0\0\0\0", 4);
	buf_free(&b);
}

static void
hands_out_room(void **state)
{
	struct buf b;
	char *to;

	(void)state;
	buf_init(&b, 100);
	to = buf_room(&b, 3);
	assert_non_null(to);
	memcpy(to, "abc", 3);
	assert_int_equal(b.len, 0);
	buf_grew(&b, 2);
	assert_string_equal(buf_cstr(&b), "ab");
	assert_non_null(buf_room(&b, 98));
	assert_ptr_equal(buf_room(&b, 0), b.data + 2);
	buf_grew(&b, SIZE_MAX);
	assert_int_equal(b.len, 100);
	assert_null(buf_room(&b, 1));
	assert_true(b.overflow);
	buf_free(&b);
}

/* a queue of lines: what goes in comes out, with little moving about */
static void
queues(void **state)
{
	static const size_t caps[] = { 10, 64, 100, 1000, 1 << 20 };
	size_t c, i;

	(void)state;
	for (c = 0; c < ROWS(caps); c++) {
		unsigned char in = 0, out = 0;
		struct buf b;

		buf_init(&b, caps[c]);
		for (i = 0; i < 5000; i++) {
			size_t put = i * 7 % 11, take = i * 5 % 13;

			while (put-- > 0 && b.len < b.cap)
				assert_true(buf_char(&b, (char)in++));
			for (; take > 0 && b.len > 0; take--) {
				assert_int_equal(
				    (unsigned char)*buf_span(&b).p, out++);
				buf_drop(&b, 1);
			}
		}
		assert_true(b.size <= b.cap + 1);
		buf_free(&b);
	}
}

static void
grows_by_doubling(void **state)
{
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1 << 20);
	for (i = 0; i < 1 << 20; i++)
		assert_true(buf_char(&b, 'x'));
	assert_in_range(spy.allocated, 10, 20);
	assert_in_range(spy.moved, 1 << 20, 3 << 20);
	buf_free(&b);
}

/* a line of eight bytes goes in and out again: memory must not grow */
static void
compacts(void **state)
{
	struct buf b;
	size_t i;

	(void)state;
	buf_init(&b, 1 << 20);
	buf_str(&b, "unfinished");
	for (i = 0; i < 10000; i++) {
		assert_true(buf_str(&b, "12345678"));
		buf_drop(&b, 8);
	}
	assert_int_equal(b.len, 10);
	assert_int_equal(spy.allocated, 1);
	buf_free(&b);
}

static void
wipes_what_compaction_leaves(void **state)
{
	struct buf b;

	(void)state;
	buf_init(&b, 11);
	buf_str(&b, "12345secret");
	buf_drop(&b, 5);
	assert_true(buf_str(&b, "x"));
	assert_int_equal(b.start, 0);
	assert_memory_equal(b.data, "secretx\0\0\0\0\0", 12);
	buf_free(&b);
}

int
main(void)
{
#define WATCHED(t)	cmocka_unit_test_setup_teardown(t, start, stop)
	const struct CMUnitTest tests[] = {
		WATCHED(wipes),
		WATCHED(starts_empty),
		WATCHED(appends),
		WATCHED(holds_its_cap_and_no_more),
		WATCHED(overflow_sticks),
		WATCHED(keeps_no_memory_apart),
		WATCHED(drops_and_wipes),
		WATCHED(hands_out_room),
		WATCHED(queues),
		WATCHED(grows_by_doubling),
		WATCHED(compacts),
		WATCHED(wipes_what_compaction_leaves),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
