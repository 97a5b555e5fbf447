/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_snmp_walk - tables of SNMP agents, and the file systems in them
 *
 * An agent is a list of values in the order of their names; what it answers
 * to GETBULK follows from that, and from how many values fit.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/snmp_disks.h"

enum { HAS_MAX = 64 };

static const uint32_t storage[] = { 1, 3, 6, 1, 2, 1, 25, 2, 3, 1 };
static const uint32_t disks[] = { 1, 3, 6, 1, 4, 1, 2021, 9, 1 };
static const uint32_t mta[] = { 1, 3, 6, 1, 2, 1, 28, 1, 1 };
static const uint32_t groups[] = { 1, 3, 6, 1, 2, 1, 28, 2, 1 };

struct agent {
	struct snmp_value has[HAS_MAX];
	size_t n;
	size_t fits;		/* values in one answer; 0: as many as asked for */
};

#define PUT(agent, entry, column, row)	put(agent, entry, \
	    sizeof(entry) / sizeof(entry[0]), column, row)

static struct snmp_value *
put(struct agent *a, const uint32_t *entry, size_t n, uint32_t column,
    uint32_t row)
{
	struct snmp_value *v = &a->has[a->n++];

	assert_true(a->n <= HAS_MAX);
	memset(v, 0, sizeof(*v));
	memcpy(v->name.part, entry, n * sizeof(*entry));
	v->name.part[n] = column;
	v->name.part[n + 1] = row;
	v->name.n = n + 2;
	v->kind = SNMP_NUMBER;
	return v;
}

static void
words(struct snmp_value *v, const char *text)
{
	v->kind = SNMP_BYTES;
	v->len = strlen(text);
	memcpy(v->bytes, text, v->len);
}

static void
put_storage(struct agent *a, uint32_t row, const char *path, int64_t type,
    int64_t unit, int64_t size, int64_t used)
{
	struct snmp_value *v = PUT(a, storage, 2, row);

	v->kind = SNMP_NAME;
	v->number = type;
	words(PUT(a, storage, 3, row), path);
	PUT(a, storage, 4, row)->number = unit;
	PUT(a, storage, 5, row)->number = size;
	PUT(a, storage, 6, row)->number = used;
}

static int
order(const struct snmp_name *a, const struct snmp_name *b)
{
	size_t i;

	for (i = 0; i < a->n && i < b->n; i++)
		if (a->part[i] != b->part[i])
			return a->part[i] < b->part[i] ? -1 : 1;
	return a->n == b->n ? 0 : a->n < b->n ? -1 : 1;
}

/* after - what the agent has behind that name */
static struct snmp_value
after(const struct agent *a, const struct snmp_name *name)
{
	struct snmp_value end = { .name = *name, .kind = SNMP_NOTHING };
	const struct snmp_value *best = NULL;
	size_t i;

	for (i = 0; i < a->n; i++)
		if (order(&a->has[i].name, name) > 0 && (best == NULL ||
		    order(&a->has[i].name, &best->name) < 0))
			best = &a->has[i];
	return best == NULL ? end : *best;
}

static bool
walk(struct snmp_walk *w, enum snmp_tables table, const struct agent *a)
{
	static struct snmp_value out[SNMP_VALUES_MAX];
	struct snmp_name names[SNMP_COLUMNS_MAX];
	size_t n, i, m;
	unsigned rows;

	snmp_walk_start(w, &snmp_tables[table]);
	while ((n = snmp_walk_ask(w, names, &rows)) > 0) {
		m = a->fits > 0 && a->fits < n * rows ? a->fits : n * rows;
		for (i = 0; i < m; i++) {
			out[i] = after(a, &names[i % n]);
			names[i % n] = out[i].name;
		}
		if (!snmp_walk_hear(w, out, m))
			return false;
	}
	return true;
}

static void
walk_all(struct snmp_walk w[SNMP_TABLES], const struct agent *a)
{
	size_t i;

	for (i = 0; i < SNMP_TABLES; i++)
		assert_true(walk(&w[i], (enum snmp_tables)i, a));
}

static void
free_all(struct snmp_walk w[SNMP_TABLES], struct quota_list *list)
{
	size_t i;

	for (i = 0; i < SNMP_TABLES; i++)
		snmp_walk_free(&w[i]);
	quota_list_free(list);
}

/* however little fits into an answer, the same comes out */
static void
every_size_of_answer(void **state)
{
	static struct agent a;
	struct snmp_walk w;
	size_t fits;

	(void)state;
	a.n = 0;
	put_storage(&a, 3, "/", 4, 4096, 100, 50);
	put_storage(&a, 7, "/srv", 4, 1024, 10, 9);
	/* a row of which one column is left out */
	words(PUT(&a, storage, 3, 9), "/odd");
	for (fits = 0; fits < 40; fits++) {
		a.fits = fits;
		assert_true(walk(&w, SNMP_STORAGE, &a));
		assert_int_equal(w.n, 3);
		assert_string_equal(w.rows[1].cells[1].text, "/srv");
		assert_int_equal(w.rows[1].cells[4].number, 9);
		assert_true(w.rows[2].cells[1].there);
		assert_false(w.rows[2].cells[4].there);
		snmp_walk_free(&w);
	}
}

/* hear - the answer to a first question, with one value */
static const char *
trouble(const struct snmp_value *v, size_t n)
{
	struct snmp_name names[SNMP_COLUMNS_MAX];
	const char *what;
	struct snmp_walk w;
	unsigned rows;

	snmp_walk_start(&w, &snmp_tables[SNMP_MTA_GROUPS]);
	assert_int_equal(snmp_walk_ask(&w, names, &rows), 1);
	what = snmp_walk_hear(&w, v, n) ? NULL : w.trouble;
	snmp_walk_free(&w);
	return what;
}

static void
lies(void **state)
{
	static struct agent a;
	size_t i;

	(void)state;
	a.n = 0;
	PUT(&a, groups, 12, 5);
	PUT(&a, groups, 12, 5);
	PUT(&a, groups, 12, 4);
	assert_null(trouble(a.has, 1));
	assert_string_equal(trouble(a.has, 2), "its names do not increase");
	assert_string_equal(trouble(a.has + 1, 2),
	    "its names do not increase");
	assert_string_equal(trouble(a.has, 0),
	    "it answers without a single value");
	a.has[0].name.n = SNMP_OID_MAX;
	for (i = 12; i < SNMP_OID_MAX; i++)
		a.has[0].name.part[i] = 1;
	assert_string_equal(trouble(a.has, 1),
	    "its rows have names of another table");
	/* of the entry itself, with no row: the end of the column */
	a.has[0].name.n = 10;
	assert_null(trouble(a.has, 1));
	a.has[0].name.n = 0;
	assert_null(trouble(a.has, 1));
}

static void
endless(void **state)
{
	struct snmp_name names[SNMP_COLUMNS_MAX];
	static struct snmp_value v[200];
	struct snmp_walk w;
	uint32_t row = 0;
	unsigned rows, i;

	(void)state;
	snmp_walk_start(&w, &snmp_tables[SNMP_MTA_GROUPS]);
	do {
		assert_int_equal(snmp_walk_ask(&w, names, &rows), 1);
		for (i = 0; i < rows; i++) {
			v[i].kind = SNMP_NUMBER;
			v[i].name = names[0];
			v[i].name.part[10] = ++row;
			v[i].name.n = 11;
		}
	} while (snmp_walk_hear(&w, v, rows));
	assert_int_equal(w.n, SNMP_ROWS_MAX);
	assert_non_null(strstr(w.trouble, "no end"));
	snmp_walk_free(&w);
}

static void
file_systems(void **state)
{
	const char *srv = "/srv/";
	struct snmp_walk w[SNMP_TABLES];
	struct quota_list list = { .n = 0 };
	static struct agent a;
	struct buf why;

	(void)state;
	a.n = a.fits = 0;
	buf_init(&why, 1000);
	put_storage(&a, 1, "Swap space", 3, 1024, 5, 5);
	put_storage(&a, 2, "/", 4, 4096, -(INT64_C(1) << 30),
	    INT64_C(1) << 30);
	put_storage(&a, 3, "/srv, type: ufs, dev: /dev/da0", 4, 1024, 100, 7);
	put_storage(&a, 4, "/proc", 4, 4096, 0, 0);
	put_storage(&a, 5, "/vast", 4, INT32_MAX, INT64_MAX, 1);
	walk_all(w, &a);
	assert_true(snmp_disks_list(w, NULL, 0, &list, &why));
	assert_int_equal(list.n, 3);
	assert_int_equal(list.rows[0].limit, INT64_C(3) << 42);
	assert_int_equal(list.rows[0].used, INT64_C(1) << 42);
	assert_string_equal(list.rows[1].root, "/srv");
	assert_int_equal(list.rows[2].limit, INT64_MAX);
	quota_list_free(&list);
	assert_true(snmp_disks_list(w, &srv, 1, &list, &why));
	assert_int_equal(list.n, 1);
	assert_int_equal(list.rows[0].used, 7 * 1024);
	quota_list_free(&list);
	srv = "/sr";
	assert_false(snmp_disks_list(w, &srv, 1, &list, &why));
	assert_non_null(strstr(buf_cstr(&why), "it has /, /srv"));
	free_all(w, &list);
	buf_free(&why);
}

/* put_wide - 8 TiB used less 1 KiB, 4 TiB left, 31% of the inodes */
static void
put_wide(struct agent *a, const char *path)
{
	words(PUT(a, disks, 2, 1), path);
	PUT(a, disks, 7, 1)->number = INT32_MAX;
	PUT(a, disks, 8, 1)->number = INT32_MAX;
	PUT(a, disks, 10, 1)->number = 31;
	PUT(a, disks, 13, 1)->number = 0;
	PUT(a, disks, 14, 1)->number = 1;
	PUT(a, disks, 15, 1)->number = UINT32_MAX;
	PUT(a, disks, 16, 1)->number = 1;
}

static void
pairs_and_queues(void **state)
{
	struct snmp_walk w[SNMP_TABLES];
	struct quota_list list = { .n = 0 };
	static struct agent a;
	struct snmp_queue q;
	struct snmp_value *oldest;
	struct buf why;

	(void)state;
	a.n = a.fits = 0;
	buf_init(&why, 1000);
	put_storage(&a, 1, "/", 4, 4096, 100, 50);
	put_wide(&a, "/");
	PUT(&a, mta, 2, 1)->number = 7;
	PUT(&a, mta, 2, 2)->number = 5;
	PUT(&a, mta, 5, 1)->number = 3;
	oldest = PUT(&a, groups, 12, 1);
	oldest->name.part[oldest->name.n++] = 4;
	oldest->number = 9050;
	walk_all(w, &a);
	assert_true(snmp_disks_list(w, NULL, 0, &list, &why));
	assert_int_equal(list.n, 2);
	assert_int_equal(list.rows[0].used,
	    ((INT64_C(1) << 32) + UINT32_MAX) << 10);
	assert_int_equal(list.rows[0].limit,
	    ((INT64_C(2) << 32) + UINT32_MAX) << 10);
	assert_string_equal(list.rows[1].resource, "INODES");
	assert_int_equal(list.rows[1].used, 31);
	snmp_queue_of(w, &list, &q);
	assert_int_equal(q.messages, 12);
	assert_int_equal(q.bytes, 3 * 1024);
	assert_int_equal(q.oldest, 90);
	assert_int_equal(list.n, 4);
	free_all(w, &list);
	buf_free(&why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_size_of_answer),
		cmocka_unit_test(lies),
		cmocka_unit_test(endless),
		cmocka_unit_test(file_systems),
		cmocka_unit_test(pairs_and_queues)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
