/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quota_trend - what grows, how fast, and what only seems to */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_trend.h"

#define GIB	INT64_C(1073741824)
#define MIB	INT64_C(1048576)

enum {
	HOUR = 3600,
	DAY = 24 * HOUR,
	SPAN = 28 * DAY
};

static const int64_t start = 1772323200;	/* 2026-03-01 */

/* how a series goes on: what is used after so many seconds */
typedef int64_t (*course)(int64_t);

static int64_t
steady(int64_t t)
{
	return GIB + t * (100 * MIB) / DAY;
}

static int64_t
big_mail(int64_t t)
{
	return steady(t) + (t > 5 * DAY ? 3 * GIB : 0);
}

static int64_t
clean_up(int64_t t)
{
	return 4 * GIB + steady(t) - (t > 4 * DAY ? 4 * GIB : 0);
}

static int64_t
both(int64_t t)
{
	return steady(t) + (t > 3 * DAY && t < 4 * DAY ? 5 * GIB : 0);
}

/* weekly - nothing at weekends, 140 MiB on other days: 100 a day in all */
static int64_t
weekly(int64_t t)
{
	int64_t week = t / (7 * DAY), rest = t % (7 * DAY);

	rest = rest < 5 * DAY ? rest : 5 * DAY;
	return GIB + (week * 5 * DAY + rest) * (140 * MIB) / DAY;
}

/* noisy - up and down by 200 MiB around a steady growth, the same each time */
static int64_t
noisy(int64_t t)
{
	uint64_t x = (uint64_t)t * UINT64_C(6364136223846793005) + 1442695;

	x ^= x >> 33;
	x *= UINT64_C(0xff51afd7ed558ccd);
	x ^= x >> 33;
	return steady(t) + (int64_t)(x % (uint64_t)(400 * MIB)) - 200 * MIB;
}

static int64_t
constant(int64_t t)
{
	(void)t;
	return 5 * GIB;
}

static int64_t
falling(int64_t t)
{
	return 9 * GIB - t * (100 * MIB) / DAY;
}

/* only_noise - no growth at all, but for noise */
static int64_t
only_noise(int64_t t)
{
	return noisy(t) - steady(t) + 5 * GIB;
}

/* faster - nothing for three weeks, then 500 MiB a day */
static int64_t
faster(int64_t t)
{
	return GIB + (t < 18 * DAY ? 0 : (t - 18 * DAY) * (500 * MIB) / DAY);
}

static void
play(struct trend *trend, course what, int64_t seconds, int64_t step)
{
	int64_t t;

	memset(trend, 0, sizeof(*trend));
	for (t = 0; t <= seconds; t += step) {
		assert_int_equal(trend_add(trend, start + t, what(t), SPAN),
		    0);
		assert_true(trend->n <= TREND_POINTS);
	}
}

struct row {
	const char	*name;
	course		 what;
	int64_t		 seconds, step;
	enum trend_verdict verdict;
	double		 low, high;	/* MiB a day */
};

static const struct row rows[] = {
	{ "steady", steady, 10 * DAY, HOUR, TREND_GROWS, 99, 101 },
	{ "steady, every 5 minutes, a day", steady, DAY, 300, TREND_GROWS,
	    99, 101 },
	{ "steady, once a day", steady, 10 * DAY, DAY, TREND_GROWS, 99, 101 },
	{ "steady, for a year", steady, 365 * DAY, 6 * HOUR, TREND_GROWS,
	    99, 101 },
	{ "one big mail", big_mail, 10 * DAY, HOUR, TREND_GROWS, 95, 105 },
	{ "one big mail, few points", big_mail, 10 * DAY, DAY, TREND_GROWS,
	    95, 105 },
	{ "one big mail, every 5 minutes", big_mail, 8 * DAY, 300,
	    TREND_GROWS, 95, 105 },
	{ "a clean-up", clean_up, 10 * DAY, HOUR, TREND_GROWS, 95, 105 },
	{ "a clean-up, few points", clean_up, 10 * DAY, DAY, TREND_GROWS,
	    95, 105 },
	{ "a big mail and its removal", both, 10 * DAY, HOUR, TREND_GROWS,
	    95, 105 },
	{ "weekends", weekly, 28 * DAY, HOUR, TREND_GROWS, 85, 115 },
	{ "weekends, to the Monday", weekly, 29 * DAY, HOUR, TREND_GROWS,
	    85, 115 },
	{ "weekends, three weeks", weekly, 21 * DAY, HOUR, TREND_GROWS,
	    80, 125 },
	{ "noise", noisy, 20 * DAY, HOUR, TREND_GROWS, 85, 115 },
	{ "faster by now", faster, 26 * DAY, HOUR, TREND_GROWS, 450, 550 },
	{ "constant", constant, 10 * DAY, HOUR, TREND_STILL, 0, 0 },
	{ "falling", falling, 10 * DAY, HOUR, TREND_STILL, 0, 0 },
	{ "nine points", steady, 8 * DAY, DAY, TREND_SHORT, 0, 0 },
	{ "not a day", steady, DAY - 300, 300, TREND_SHORT, 0, 0 },
	{ "one point", steady, 0, 300, TREND_SHORT, 0, 0 }
};

static void
each_course_for_what_it_is(void **state)
{
	struct trend_outlook out;
	struct trend trend;
	const struct row *r;
	int64_t used;
	double rate;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		r = &rows[i];
		play(&trend, r->what, r->seconds, r->step);
		used = r->what(r->seconds);
		trend_look(&trend, start + r->seconds, used, used + 10 * GIB,
		    SPAN, &out);
		rate = out.rate * DAY / (double)MIB;
		if (out.verdict != r->verdict)
			fail_msg("%s: verdict %d", r->name, out.verdict);
		if (rate < r->low || rate > r->high)
			fail_msg("%s: %f MiB a day", r->name, rate);
		if (out.verdict != TREND_GROWS)
			continue;
		assert_true(out.full_in > 10240 / r->high * DAY - 2);
		assert_true(out.full_in < 10240 / r->low * DAY + 2);
		assert_true(out.soonest <= out.full_in + 1);
		assert_true(out.latest >= out.full_in);
	}
}

static void
noise_alone_is_no_growth(void **state)
{
	struct trend_outlook out;
	struct trend trend;

	(void)state;
	play(&trend, only_noise, 20 * DAY, HOUR);
	trend_look(&trend, start + 20 * DAY, 5 * GIB, 10 * GIB, SPAN, &out);
	assert_true(out.verdict == TREND_STILL ||
	    out.verdict == TREND_UNEVEN);
}

static void
the_limit_is_the_one_of_now(void **state)
{
	int64_t used = steady(10 * DAY);
	struct trend_outlook out, wider;
	struct trend trend;

	(void)state;
	play(&trend, steady, 10 * DAY, HOUR);
	trend_look(&trend, start + 10 * DAY, used, used + 100 * MIB, SPAN,
	    &out);
	trend_look(&trend, start + 10 * DAY, used, used + 1000 * MIB, SPAN,
	    &wider);
	assert_true(out.full_in > DAY - 60 && out.full_in < DAY + 60);
	assert_true(wider.full_in > 10 * (DAY - 60) &&
	    wider.full_in < 10 * (DAY + 60));
	/* full is full, without any history */
	trend.n = 0;
	trend_look(&trend, start, 7, 7, SPAN, &out);
	assert_int_equal(out.verdict, TREND_GROWS);
	assert_true(out.full_in <= 0);
	trend_look(&trend, start, 7, 0, SPAN, &out);
	assert_int_equal(out.verdict, TREND_GROWS);
	/* and a limit without end is never reached */
	play(&trend, steady, 10 * DAY, HOUR);
	trend_look(&trend, start + 10 * DAY, used, INT64_MAX, SPAN, &out);
	assert_int_equal(out.verdict, TREND_STILL);
}

static void
points_of_a_time_to_come_go(void **state)
{
	struct trend trend;
	size_t i;

	(void)state;
	play(&trend, steady, 50 * HOUR, HOUR);
	/* ten years ahead, once: it costs one point */
	assert_int_equal(trend_add(&trend, start + 3650 * (int64_t)DAY, 1,
	    SPAN), 0);
	assert_int_equal(trend.n, 52);
	assert_int_equal(trend_add(&trend, start + 51 * HOUR, 2, SPAN), 1);
	assert_int_equal(trend.n, 52);
	for (i = 0; i < trend.n; i++)
		assert_int_equal(trend.points[i].when,
		    start + (int64_t)i * HOUR);
	/* back by twenty hours and a half: what was later is no history */
	assert_int_equal(trend_add(&trend, start + 30 * HOUR + 1800, 3,
	    SPAN), 21);
	assert_int_equal(trend.n, 32);
	/* a full one loses but one to a jump, too */
	play(&trend, steady, 20 * DAY, HOUR);
	assert_int_equal(trend.n, TREND_POINTS);
	assert_int_equal(trend_add(&trend, start + 3650 * (int64_t)DAY, 1,
	    SPAN), 0);
	assert_int_equal(trend_add(&trend, start + 20 * DAY + HOUR, 1, SPAN),
	    1);
	assert_int_equal(trend.n, TREND_POINTS);
}

static void
two_runs_in_the_wrong_order(void **state)
{
	struct trend trend = { .n = 0 };

	(void)state;
	assert_int_equal(trend_add(&trend, start, 1, SPAN), 0);
	assert_int_equal(trend_add(&trend, start + 5, 3, SPAN), 0);
	assert_int_equal(trend_add(&trend, start + 3, 2, SPAN), 0);
	assert_int_equal(trend.n, 3);
	assert_int_equal(trend.points[1].used, 2);
	assert_int_equal(trend.points[2].used, 3);
	/* the same second: the one that came last counts */
	assert_int_equal(trend_add(&trend, start + 3, 9, SPAN), 0);
	assert_int_equal(trend.n, 3);
	assert_int_equal(trend.points[1].used, 9);
}

static void
what_is_left_covers_the_span(void **state)
{
	int64_t gap, most = 0, now = start + 300 * (int64_t)DAY;
	struct trend trend;
	size_t i;

	(void)state;
	play(&trend, steady, 300 * (int64_t)DAY, 1800);
	assert_int_equal(trend.n, TREND_POINTS);
	assert_int_equal(trend.points[trend.n - 1].when, now);
	assert_true(now - trend.points[0].when >= SPAN);
	for (i = 1; i < trend.n; i++) {
		gap = trend.points[i].when - trend.points[i - 1].when;
		most = gap > most ? gap : most;
	}
	assert_true(most <= 2 * SPAN * 4 / TREND_POINTS);
}

static void
what_is_written_is_read(void **state)
{
	static const int64_t sizes[] = { 0, 1, INT64_MAX };
	struct trend trend, again;
	struct buf text;
	size_t i, len;

	(void)state;
	play(&trend, steady, 100 * DAY, HOUR);
	for (i = 0; i < 3; i++)
		trend.points[i].used = sizes[i];
	buf_init(&text, TREND_FILE_MAX);
	trend_write(&text, &trend, "growth-0123");
	assert_false(text.overflow);
	assert_true(trend_parse(buf_span(&text), &again, "growth-0123"));
	assert_int_equal(again.n, trend.n);
	assert_memory_equal(again.points, trend.points,
	    trend.n * sizeof(trend.points[0]));
	/* another's, and all that was cut short */
	assert_false(trend_parse(buf_span(&text), &again, "growth-0124"));
	for (len = 0; len < text.len; len++) {
		assert_false(trend_parse((struct span){ buf_span(&text).p,
		    len }, &again, "growth-0123"));
		assert_int_equal(again.n, 0);
	}
	buf_free(&text);
}

static void
what_is_not_written_is_not_read(void **state)
{
	static const char *const texts[] = {
		"points 1\n5 5", "points 1\n5 5\n\n", "points 2\n5 5\n5 6\n",
		"points 2\n6 5\n5 6\n", "points 1\n-5 5\n",
		"points 1\n5 -5\n", "points 1\n05 5\n", "points 1\n5 05\n",
		"points 1\n5  5\n", "points 1\n5 9223372036854775808\n",
		"points 1\n5 5\r\n", "points 2\n5 5\n", "points 0\n5 5\n",
		"points 65\n", "points 99999999999999999999\n", "points \n",
		"points 1\n 5\n", "points 1\n5 \n", "points 1\n5 nan\n"
	};
	struct trend trend;
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		buf_init(&text, 512);
		buf_fmt(&text, "monitoring-plugins-mail growth 1\nof x\n%s",
		    texts[i]);
		if (trend_parse(buf_span(&text), &trend, "x"))
			fail_msg("taken: %s", texts[i]);
		assert_int_equal(trend.n, 0);
		buf_free(&text);
	}
	assert_true(trend_parse(span_of("monitoring-plugins-mail growth 1\n"
	    "of x\npoints 1\n5 0\n"), &trend, "x"));
	assert_int_equal(trend.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_course_for_what_it_is),
		cmocka_unit_test(noise_alone_is_no_growth),
		cmocka_unit_test(the_limit_is_the_one_of_now),
		cmocka_unit_test(points_of_a_time_to_come_go),
		cmocka_unit_test(two_runs_in_the_wrong_order),
		cmocka_unit_test(what_is_left_covers_the_span),
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_is_not_written_is_not_read)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
