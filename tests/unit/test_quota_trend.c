/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quota_trend - the history of a quota, and when it will be full
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_forecast.h"
#include "judge/quota_history.h"
#include "judge/quota_trend.h"

#define DAY	INT64_C(86400)
#define START	INT64_C(1700000000)
#define MIB	INT64_C(1048576)
#define NAME	"quota-0123"

/* what is used at the hour of that number */
typedef int64_t growth(int64_t hour);

static int64_t
steady(int64_t hour)
{
	return 100 * MIB + hour * MIB;
}

static int64_t
constant(int64_t hour)
{
	(void)hour;
	return 100 * MIB;
}

static int64_t
falling(int64_t hour)
{
	return 900 * MIB - hour * MIB;
}

static int64_t
one_big_mail(int64_t hour)
{
	return hour < 150 ? 100 * MIB : 600 * MIB;
}

static int64_t
clean_up(int64_t hour)
{
	return steady(hour) - (hour < 150 ? 0 : 120 * MIB);
}

static int64_t
big_mail_on_top(int64_t hour)
{
	return steady(hour) + (hour < 150 ? 0 : 200 * MIB);
}

/* seasonal - mail comes from eight to six, and not on two days of seven */
static int64_t
seasonal(int64_t hour)
{
	int64_t h, used = 100 * MIB;

	for (h = 0; h < hour; h++)
		if (h / 24 % 7 < 5 && h % 24 >= 8 && h % 24 < 18)
			used += 3 * MIB;
	return used;
}

/* noisy - the same every hour, give or take what is not known before */
static int64_t
noisy(int64_t hour)
{
	return steady(hour) + hour * 7919 % 23 * MIB;
}

/* tidied - what comes in a day is gone the next */
static int64_t
tidied(int64_t hour)
{
	return 100 * MIB + hour % 24 * MIB;
}

static int64_t
slow(int64_t hour)
{
	return 100 * MIB + hour / 100;
}

/* looked at each hour for so many hours: what is made of it, and in which range the days are until 1000 MiB */
static const struct {
	const char	*what;
	growth		*used;
	int		 hours;
	enum quota_trend_kind kind;
	double		 least, most;
} fits[] = {
	{ "steady", steady, 300, TREND_RISING, 25, 25.1 },
	{ "steady, a day", steady, 25, TREND_RISING, 36, 37 },
	{ "constant", constant, 300, TREND_STILL, -1, 0 },
	{ "falling", falling, 300, TREND_STILL, -1, 0 },
	{ "one big mail and no more", one_big_mail, 300, TREND_STILL, -1, 0 },
	{ "a clean-up", clean_up, 300, TREND_RISING, 29, 32 },
	{ "one big mail on top", big_mail_on_top, 300, TREND_RISING, 16, 18 },
	{ "seasons", seasonal, 28 * 24, TREND_RISING, 13, 19 },
	{ "noise", noisy, 300, TREND_RISING, 23, 27 },
	{ "tidied up each day", tidied, 24 * 20, TREND_UNSURE, -1, 0 },
	{ "slower than a hundred years", slow, 300, TREND_STILL, -1, 0 },
	{ "too few", steady, 5, TREND_FEW, -1, 0 },
	{ "too short", steady, 20, TREND_SHORT, -1, 0 },
	{ "nothing", steady, 0, TREND_FEW, -1, 0 }
};

static void
fill(struct quota_history *h, growth *used, int hours)
{
	int i;

	h->n = 0;
	for (i = 0; i < hours; i++)
		assert_int_equal(quota_history_add(h, (struct quota_point){
		    START + i * 3600, used(i) }, 28 * DAY), 0);
}

static void
growth_is_fitted(void **state)
{
	struct quota_history h;
	struct quota_trend t;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(fits) / sizeof(fits[0]); i++) {
		fill(&h, fits[i].used, fits[i].hours);
		quota_trend_fit(&h, START + fits[i].hours * 3600, 28 * DAY,
		    1000 * MIB, &t);
		if (t.kind != fits[i].kind ||
		    (t.kind == TREND_RISING ? t.full_in / DAY < fits[i].least ||
		    t.full_in / DAY > fits[i].most : t.full_in >= 0))
			fail_msg("%s: kind %d, %f days, %f sure",
			    fits[i].what, (int)t.kind, t.full_in / DAY,
			    t.sure);
	}
}

/* the limit of now counts, whatever it was */
static void
limits_change(void **state)
{
	struct quota_history h;
	struct quota_trend t;

	(void)state;
	fill(&h, steady, 100);
	quota_trend_fit(&h, START + 100 * 3600, 28 * DAY, 1000 * MIB, &t);
	assert_true(t.full_in > 33 * DAY && t.full_in < 34 * DAY);
	quota_trend_fit(&h, START + 100 * 3600, 28 * DAY, 247 * MIB, &t);
	assert_true(t.full_in > 47 * 3600 && t.full_in < 49 * 3600);
	quota_trend_fit(&h, START + 100 * 3600, 28 * DAY, 10, &t);
	assert_true(t.kind == TREND_RISING && t.full_in <= 0);
	quota_trend_fit(&h, START + 100 * 3600, 28 * DAY, INT64_MAX, &t);
	assert_int_equal(t.kind, TREND_STILL);
}

static void
values_at_the_ends(void **state)
{
	struct quota_history h = { .n = 0 };
	struct quota_trend t;
	int i;

	(void)state;
	for (i = 0; i < 100; i++)
		quota_history_add(&h, (struct quota_point){ i * INT64_C(
		    92233720368547758), i % 2 == 0 ? 0 : INT64_MAX },
		    INT64_MAX);
	quota_trend_fit(&h, INT64_MAX, INT64_MAX, INT64_MAX, &t);
	assert_int_equal(t.n, QUOTA_POINTS_MAX);
	h.points[h.n - 1].used = 0;
	quota_trend_fit(&h, INT64_MAX, 0, 0, &t);
	assert_int_equal(t.kind, TREND_FEW);
}

static void
clocks_jump(void **state)
{
	struct quota_history h;
	struct quota_trend t;
	int64_t first, now = START + 200 * 3600;
	size_t n;

	(void)state;
	fill(&h, steady, 200);
	n = h.n;
	first = h.points[0].when;
	/* ten years ahead, once */
	assert_int_equal(quota_history_add(&h, (struct quota_point){
	    now + 3650 * DAY, 1 }, 28 * DAY), 0);
	assert_int_equal(quota_history_add(&h, (struct quota_point){ now,
	    steady(200) }, 28 * DAY), 1);
	assert_true(h.n >= n - 1 && h.points[0].when == first);
	quota_trend_fit(&h, now, 28 * DAY, 1000 * MIB, &t);
	assert_true(t.kind == TREND_RISING && t.full_in > 29 * DAY &&
	    t.full_in < 30 * DAY);
	/* ten years ahead, for good */
	now += 3650 * DAY;
	quota_history_add(&h, (struct quota_point){ now, 1 }, 28 * DAY);
	quota_history_add(&h, (struct quota_point){ now + 60, 1 }, 28 * DAY);
	assert_int_equal(h.n, 2);
	/* back to before all of it */
	assert_int_equal(quota_history_add(&h, (struct quota_point){ START, 5 },
	    28 * DAY), 2);
	assert_true(h.n == 1 && h.points[0].when == START);
}

static void
runs_overtake_each_other(void **state)
{
	struct quota_history h = { .n = 0 };

	(void)state;
	quota_history_add(&h, (struct quota_point){ START, 5 }, DAY);
	quota_history_add(&h, (struct quota_point){ START + 9, 6 }, DAY);
	assert_int_equal(quota_history_add(&h, (struct quota_point){ START + 8,
	    7 }, DAY), 0);
	assert_true(h.n == 2 && h.points[1].used == 6);
	/* in the same second the last one counts */
	quota_history_add(&h, (struct quota_point){ START + 9, 8 }, DAY);
	assert_true(h.n == 2 && h.points[1].used == 8);
}

/* thinned, the points stay spread: no gap is more than four times the usual one */
static void
thinning_keeps_the_span(void **state)
{
	struct quota_history h = { .n = 0 };
	int64_t i, gap, span;
	size_t k;

	(void)state;
	for (i = 0; i < 5000; i++) {
		quota_history_add(&h, (struct quota_point){ START + i * 300,
		    i }, 28 * DAY);
		assert_true(h.n <= QUOTA_POINTS_MAX);
		assert_int_equal(h.points[0].when, START);
		assert_int_equal(h.points[h.n - 1].when, START + i * 300);
	}
	span = h.points[h.n - 1].when - START;
	for (k = 1; k < h.n; k++) {
		gap = h.points[k].when - h.points[k - 1].when;
		assert_true(gap > 0 && gap <= span / (int64_t)h.n * 4);
	}
}

static void
what_is_written_is_read(void **state)
{
	struct quota_history h, again;
	struct buf text;
	struct span part;
	size_t len;

	(void)state;
	fill(&h, noisy, 300);
	h.points[3].used = INT64_MAX;
	buf_init(&text, QUOTA_HISTORY_MAX);
	quota_history_write(&text, NAME, &h);
	assert_false(text.overflow);
	assert_true(quota_history_parse(buf_span(&text), NAME, &again));
	assert_int_equal(again.n, h.n);
	assert_memory_equal(again.points, h.points,
	    h.n * sizeof(h.points[0]));
	assert_false(quota_history_parse(buf_span(&text), "quota-0124",
	    &again));
	part = buf_span(&text);
	for (len = 0; len < text.len; len++) {
		part.len = len;
		assert_false(quota_history_parse(part, NAME, &again));
	}
	buf_free(&text);
}

#define HEAD "monitoring-plugins-mail quota 1\nof " NAME "\n"

static const char *const damaged[] = {
	"", "\n", HEAD, HEAD "points 1\n", HEAD "points 1\n5 6",
	HEAD "points 1\n5 6\n7 8\n", HEAD "points 0\n5 6\n",
	HEAD "points 2\n5 6\n5 7\n", HEAD "points 2\n5 6\n4 7\n",
	HEAD "points 1\n-5 6\n", HEAD "points 1\n5 -6\n",
	HEAD "points 1\n5  6\n", HEAD "points 1\n5 6 \n",
	HEAD "points 1\n9223372036854775808 6\n",
	HEAD "points 1\n5 9223372036854775808\n", HEAD "points 65\n5 6\n",
	HEAD "points -1\n", HEAD "points\n", HEAD "points 1\r\n5 6\r\n",
	"monitoring-plugins-mail quota 2\nof " NAME "\npoints 0\n"
};

static void
what_is_damaged_is_not_read(void **state)
{
	struct quota_history h;
	size_t i;

	(void)state;
	assert_true(quota_history_parse(span_of(HEAD "points 0\n"), NAME, &h));
	assert_true(quota_history_parse(span_of(HEAD "points 1\n5 6\n"), NAME,
	    &h));
	for (i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++)
		if (quota_history_parse(span_of(damaged[i]), NAME, &h))
			fail_msg("'%s'", damaged[i]);
}

/* full in so many days; which threshold; what comes of it */
static const struct {
	double		 days;
	bool		 has_given, critical;
	double		 given;		/* days */
	enum cause	 cause;
	bool		 is_critical;
	const char	*said;
} judged[] = {
	{ 8, false, false, 0, CAUSE_NONE, false, NULL },
	{ 6, false, false, 0, CAUSE_QUOTA_FORECAST, false,
	    "alice will be full in 6 days: 40% of 100 MiB is used, and it "
	    "grew by 10 MiB a day over the last 14 days (warning threshold "
	    "604800:)" },
	{ 6, true, false, 5, CAUSE_NONE, false, NULL },
	{ 20, true, false, 30, CAUSE_QUOTA_FORECAST, false, "2592000:" },
	{ 6, true, true, 7, CAUSE_QUOTA_FORECAST, true,
	    "critical threshold" }
};

static void
forecasts_are_judged(void **state)
{
	char root[] = "/x", resource[] = "STORAGE";
	struct quota_row row = { .root = root, .resource = resource,
		.used = 40 * MIB, .limit = 100 * MIB, .limited = true };
	struct quota_trend t = { .kind = TREND_RISING, .span = 14 * DAY,
		.rate = 10.0 * (double)MIB / DAY };
	struct quota_outlook o;
	struct threshold given;
	struct sheet sheet;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(judged) / sizeof(judged[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		memset(&o, 0, sizeof(o));
		t.full_in = judged[i].days * DAY;
		quota_outlook_add(&o, &row, &t);
		assert_true(row.full_in > 0);
		given = (struct threshold){ .id = METRIC_FULL_IN,
			.critical = judged[i].critical, .range = {
			.start = judged[i].given * DAY, .no_end = true } };
		quota_forecast_judge(&sheet, &o, 7 * DAY, &given,
		    judged[i].has_given, "alice", "/x");
		assert_int_equal(sheet.nmetrics, 1);
		assert_int_equal(sheet.nfindings,
		    judged[i].cause == CAUSE_NONE ? 0 : 1);
		if (sheet.nfindings == 1) {
			assert_int_equal(sheet.findings[0].cause,
			    judged[i].cause);
			assert_int_equal(sheet.findings[0].critical,
			    judged[i].is_critical);
			if (strstr(sheet.findings[0].sentence,
			    judged[i].said) == NULL)
				fail_msg("%s", sheet.findings[0].sentence);
		}
		sheet_free(&sheet);
	}
}

/* the first to be full counts, whatever order they come in; what is used up needs no forecast */
static void
the_soonest_counts(void **state)
{
	struct quota_row rows[3] = { { .used = 1 }, { .used = 2 },
		{ .used = 3 } };
	struct quota_trend t[3] = { { .kind = TREND_STILL, .full_in = -1 },
		{ .kind = TREND_RISING, .full_in = 50 },
		{ .kind = TREND_RISING, .full_in = 40 } };
	struct quota_outlook o = { .first = NULL };
	struct sheet sheet = { .nfindings = 0 };
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++)
		quota_outlook_add(&o, &rows[i], &t[i]);
	quota_outlook_add(&o, &rows[0], &t[0]);
	assert_ptr_equal(o.first, &rows[2]);
	assert_true(rows[0].full_in < 0 && rows[1].full_in > 49);
	buf_init(&text, 256);
	quota_outlook_say(&text, &o);
	assert_string_equal(buf_cstr(&text),
	    "full in 40 seconds at the present rate");
	buf_free(&text);
	sheet_find(&sheet, CAUSE_QUOTA_EXCEEDED, STAGE_QUOTA, NULL, "full");
	quota_forecast_judge(&sheet, &o, 100, NULL, 0, "alice", NULL);
	assert_int_equal(sheet.nfindings, 1);
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(growth_is_fitted),
		cmocka_unit_test(limits_change),
		cmocka_unit_test(values_at_the_ends),
		cmocka_unit_test(clocks_jump),
		cmocka_unit_test(runs_overtake_each_other),
		cmocka_unit_test(thinning_keeps_the_span),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_is_damaged_is_not_read),
		cmocka_unit_test(forecasts_are_judged),
		cmocka_unit_test(the_soonest_counts)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
