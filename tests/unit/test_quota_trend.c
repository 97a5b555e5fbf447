/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quota_trend - how fast something fills, and whether two sources agree
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_disagree.h"
#include "judge/quota_trend.h"

#define DAY	86400
#define NOW	INT64_C(1795600000)

/* what is used on day n, of ten a day from 1000 on */
static int64_t
steady(int day)
{
	return 1000 + 10 * day;
}

static int64_t
one_big_mail(int day)
{
	return steady(day) + (day >= 11 ? 5000 : 0);
}

static int64_t
clean_up(int day)
{
	return steady(day) - (day >= 9 ? 900 : 0);
}

/* by day much comes, by night nothing: twice a day */
static int64_t
noisy(int day)
{
	return steady(day) + (day % 2 == 0 ? 4 : -4);
}

static int64_t
constant(int day)
{
	(void)day;
	return 1000;
}

static int64_t
falling(int day)
{
	return 1000 - 10 * day;
}

static const struct {
	const char	*what;
	int64_t		(*used)(int day);
	double		 low, high;	/* a day */
} shapes[] = {
	{ "steady", steady, 9.99, 10.01 },
	{ "one big mail", one_big_mail, 9.99, 10.01 },
	{ "a clean-up", clean_up, 9.99, 10.01 },
	{ "noise", noisy, 7, 13 },
	{ "constant", constant, 0, 0 },
	{ "falling", falling, -10.01, -9.99 }
};

static void
growth_is_seen_through(void **state)
{
	struct quota_trend t;
	double rate;
	size_t i;
	int day;

	(void)state;
	for (i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		t.n = 0;
		for (day = 0; day < 20; day++)
			quota_trend_add(&t, NOW + day * DAY,
			    shapes[i].used(day));
		assert_true(quota_trend_rate(&t, &rate));
		if (rate * DAY < shapes[i].low || rate * DAY > shapes[i].high)
			fail_msg("%s: %d thousandths a day", shapes[i].what,
			    (int)(rate * DAY * 1000));
	}
}

static void
little_tells_nothing(void **state)
{
	struct quota_trend t = { .n = 0 };
	double rate;
	int i;

	(void)state;
	assert_false(quota_trend_rate(&t, &rate));
	for (i = 0; i < 4; i++)
		quota_trend_add(&t, NOW + i * DAY, i);
	assert_false(quota_trend_rate(&t, &rate));
	for (t.n = 0, i = 0; i < 60; i++)
		quota_trend_add(&t, NOW + i * 60, i);
	assert_false(quota_trend_rate(&t, &rate));
}

/* a check each minute for a month: what stays is spread over all of it */
static void
points_are_thinned(void **state)
{
	struct quota_trend t = { .n = 0 };
	int64_t gap;
	double rate;
	size_t i;
	int m;

	(void)state;
	for (m = 0; m < 30 * 24 * 60; m++)
		quota_trend_add(&t, NOW + m * 60, m);
	assert_int_equal(t.n, TREND_POINTS);
	assert_int_equal(t.points[0].when, NOW);
	assert_int_equal(t.points[t.n - 1].used, 30 * 24 * 60 - 1);
	for (i = 1; i < t.n; i++) {
		gap = t.points[i].when - t.points[i - 1].when;
		assert_true(gap > 0 && gap < 3 * DAY);
	}
	assert_true(quota_trend_rate(&t, &rate));
	assert_true(rate * 60 > 0.99 && rate * 60 < 1.01);
}

static void
clocks_may_jump(void **state)
{
	struct quota_trend t = { .n = 0 };

	(void)state;
	quota_trend_add(&t, NOW, 1);
	quota_trend_add(&t, NOW + 1000 * (int64_t)DAY, 2);
	/* the clock was wrong: what it left goes, and old points too */
	quota_trend_add(&t, NOW + 10, 3);
	assert_int_equal(t.n, 1);
	assert_int_equal(t.points[0].used, 3);
	quota_trend_add(&t, NOW + 10, 4);
	assert_int_equal(t.n, 1);
	assert_int_equal(t.points[0].used, 4);
	quota_trend_add(&t, 0, 5);
	assert_int_equal(t.n, 1);
	quota_trend_add(&t, INT64_MAX, INT64_MAX);
	assert_int_equal(t.n, 1);
}

static void
what_is_written_is_read(void **state)
{
	static const char *const broken[] = {
		"", "monitoring-plugins-mail quota 2\n1 1\n",
		"monitoring-plugins-mail quota 1\n1 1",
		"monitoring-plugins-mail quota 1\n1 1\n1 2\n",
		"monitoring-plugins-mail quota 1\n2 1\n1 2\n",
		"monitoring-plugins-mail quota 1\n1\n",
		"monitoring-plugins-mail quota 1\n-1 1\n",
		"monitoring-plugins-mail quota 1\n1 99999999999999999999\n"
	};
	struct quota_trend t = { .n = 0 }, again;
	struct buf text;
	size_t i, n;

	(void)state;
	for (i = 0; i < TREND_POINTS; i++)
		quota_trend_add(&t, NOW + (int64_t)i, INT64_MAX - (int64_t)i);
	buf_init(&text, TREND_TEXT_MAX);
	quota_trend_write(&text, &t);
	assert_true(quota_trend_read(buf_span(&text), &again));
	assert_int_equal(again.n, t.n);
	assert_memory_equal(again.points, t.points, sizeof(t.points));
	/* cut anywhere but between lines it is nothing */
	for (n = 0; n < text.len; n++)
		if (n < 32 || buf_span(&text).p[n - 1] != '\n')
			assert_false(quota_trend_read((struct span){
			    buf_span(&text).p, n }, &again));
	buf_free(&text);
	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		assert_false(quota_trend_read(span_of(broken[i]), &again));
}

static struct quota_facts *
facts_of(const char *backend, const char *whom, int64_t used, int64_t limit)
{
	struct quota_list list = { .n = 0 };
	struct quota_row *row = quota_list_add(&list, span_of("r"),
	    span_of("STORAGE"), QUOTA_BYTES);
	struct quota_facts *facts;

	assert_non_null(row);
	row->used = used;
	row->limited = true;
	row->limit = limit;
	facts = quota_facts_make(&list, backend, whom);
	assert_non_null(facts);
	quota_list_free(&list);
	return facts;
}

static void
a_forecast_is_judged(void **state)
{
	static const struct {
		double		 full_in, within;
		enum cause	 cause;
	} rows[] = {
		{ 5 * DAY, 7 * DAY, CAUSE_QUOTA_FORECAST },
		{ 8 * DAY, 7 * DAY, CAUSE_NONE }, { 0, 7 * DAY, CAUSE_NONE },
		{ -1, 7 * DAY, CAUSE_NONE }
	};
	struct quota_facts *facts;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		facts = facts_of("imap", "alice", 10, 100);
		facts->rows[0].full_in = rows[i].full_in;
		quota_forecast(&sheet, facts, rows[i].within, NULL, 0, NULL);
		assert_int_equal(sheet_has(&sheet, CAUSE_QUOTA_FORECAST),
		    rows[i].cause == CAUSE_QUOTA_FORECAST);
		assert_int_equal(sheet_metric(&sheet, METRIC_FULL_IN) != NULL,
		    rows[i].full_in >= 0);
		sheet_free(&sheet);
		free(facts);
	}
	{
		struct quota_row row = { .limited = true, .used = 90,
			.limit = 100 };

		assert_true(quota_trend_full(&row, 1) > 9.99);
		assert_true(quota_trend_full(&row, 0) < 0);
		assert_true(quota_trend_full(&row, -1) < 0);
		assert_true(quota_trend_full(&row, 1e-12) < 0);
		row.used = 200;
		assert_true(quota_trend_full(&row, 1) >= 0);
	}
}

static void
sources_are_compared(void **state)
{
	static const struct {
		int64_t	 used, limit;
		bool	 disk;
		int64_t	 other_used, other_limit;
		bool	 other_disk;
		bool	 found;
	} rows[] = {
		{ 60, 100, false, 62, 100, false, false },
		{ 60, 100, false, 70, 100, false, true },
		{ 70, 100, false, 60, 100, false, true },
		/* the quota says 60 %, the disk is full */
		{ 60, 100, false, 5000, 5000, true, true },
		{ 5000, 5000, true, 60, 100, false, true },
		/* fuller in percent, but with room for all of it */
		{ 60, 100, false, 45000, 50000, true, false },
		/* emptier than the account */
		{ 60, 100, false, 10, 5000, true, false },
		{ 60, 100, true, 100, 100, true, false }
	};
	struct quota_facts *a, *b;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		a = facts_of("imap", "alice", rows[i].used, rows[i].limit);
		b = facts_of("filesystem", "/mail", rows[i].other_used,
		    rows[i].other_limit);
		quota_disagree(&sheet, a, rows[i].disk, b, rows[i].other_disk,
		    5);
		if (sheet_has(&sheet, CAUSE_QUOTA_DISAGREE) != rows[i].found)
			fail_msg("row %zu", i);
		sheet_free(&sheet);
		free(a);
		free(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_is_seen_through),
		cmocka_unit_test(little_tells_nothing),
		cmocka_unit_test(points_are_thinned),
		cmocka_unit_test(clocks_may_jump),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(a_forecast_is_judged),
		cmocka_unit_test(sources_are_compared)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
