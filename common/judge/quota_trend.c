/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - how fast it fills
 */
#include <stdlib.h>

#include "judge/quota_trend.h"

enum { PAIRS_MAX = QUOTA_POINTS_MAX * (QUOTA_POINTS_MAX - 1) / 2 };

static int
compare(const void *one, const void *two)
{
	const double *a = one, *b = two;

	return (*a > *b) - (*a < *b);
}

static double
median(double *values, size_t n)
{
	qsort(values, n, sizeof(values[0]), compare);
	return n % 2 == 1 ? values[n / 2] :
	    (values[n / 2 - 1] + values[n / 2]) / 2;
}

/* levels - what is used at each point, the steepest steps taken down to the next steepest */
static void
levels(const struct quota_point *p, size_t n, double level[QUOTA_POINTS_MAX])
{
	double steps[QUOTA_POINTS_MAX], sorted[QUOTA_POINTS_MAX] = { 0 };
	double low, high;
	size_t i, cut = (n - 1) / 16 > 1 ? (n - 1) / 16 : 1;

	for (i = 0; i + 1 < n; i++) {
		steps[i] = ((double)p[i + 1].used - (double)p[i].used) /
		    (double)(p[i + 1].when - p[i].when);
		sorted[i] = steps[i];
	}
	qsort(sorted, n - 1, sizeof(sorted[0]), compare);
	low = sorted[cut];
	high = sorted[n - 2 - cut];
	level[0] = (double)p[0].used;
	for (i = 0; i + 1 < n; i++)
		level[i + 1] = level[i] + (double)(p[i + 1].when - p[i].when) *
		    (steps[i] < low ? low : steps[i] > high ? high : steps[i]);
}

/* slope - the median over all pairs, and the share of them that rise */
static void
slope(const struct quota_point *p, size_t n, struct quota_trend *trend)
{
	double level[QUOTA_POINTS_MAX], slopes[PAIRS_MAX] = { 0 };
	size_t i, k, pairs = 0, rise = 0;

	levels(p, n, level);
	for (i = 0; i < n; i++)
		for (k = i + 1; k < n; k++) {
			slopes[pairs] = (level[k] - level[i]) /
			    (double)(p[k].when - p[i].when);
			rise += slopes[pairs] > 0;
			pairs++;
		}
	trend->rate = median(slopes, pairs);
	trend->sure = (double)rise / (double)pairs;
}

void
quota_trend_fit(const struct quota_history *h, int64_t now, int64_t window,
    int64_t limit, struct quota_trend *trend)
{
	const struct quota_point *p = h->points, *last;
	size_t n = h->n > QUOTA_POINTS_MAX ? QUOTA_POINTS_MAX : h->n;

	*trend = (struct quota_trend){ .kind = TREND_FEW, .full_in = -1 };
	while (n > 0 && p[n - 1].when > now)
		n--;
	while (n > 0 && now - p->when > window) {
		p++;
		n--;
	}
	trend->n = n;
	if (n < TREND_POINTS_MIN)
		return;
	last = &p[n - 1];
	trend->span = last->when - p->when;
	trend->kind = TREND_SHORT;
	if (trend->span < TREND_SPAN_MIN)
		return;
	slope(p, n, trend);
	trend->kind = TREND_STILL;
	if (trend->rate <= 0)
		return;
	trend->full_in = limit <= last->used ? 0 :
	    ((double)limit - (double)last->used) / trend->rate;
	if (trend->full_in < TREND_NEVER)
		trend->kind = trend->sure < TREND_SURE ? TREND_UNSURE :
		    TREND_RISING;
	if (trend->kind != TREND_RISING)
		trend->full_in = -1;
}
