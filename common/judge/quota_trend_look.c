/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend_look - the rate at which something grows, whatever happened once
 *
 * The median of the slopes of many pairs of points (Theil, 1950; Sen, 1968)
 * does not care for single points that are off, but for a leap after which all
 * is higher it does.  So leaps come first: a change between two neighbours that
 * is more than a third of all that differs from an even growth.
 */
#include <stdlib.h>
#include <string.h>

#include "judge/quota_trend.h"

#define CENTURY	(100 * 365.0 * 86400)

enum {
	SAMPLES = TREND_POINTS + 1,
	PAIRS = SAMPLES * (SAMPLES - 1) / 2,
	LEAPS = 3,		/* taken out at most */
	LEAP_EACH = 8,		/* and one in so many steps */
	ROUNDS = 4,		/* until the size of a leap is known well enough */
	FAR_APART = 4,		/* at least that part of the whole time lies between the points of a pair */
	WEEK = 7 * 86400
};

struct sample {
	double	when, used;
};

struct fit {
	double	rate, low, high;	/* the median, and between what the middle half is */
};

static int
ascending(const void *one, const void *two)
{
	double a = *(const double *)one, b = *(const double *)two;

	return a < b ? -1 : a > b;
}

/* slopes - of all pairs at least that far apart */
static struct fit
slopes(const struct sample *s, size_t n, double apart)
{
	double found[PAIRS], time;
	size_t i, k, m = 0;

	for (i = 0; i < n; i++)
		for (k = i + 1; k < n; k++) {
			time = s[k].when - s[i].when;
			if (time > 0 && time >= apart)
				found[m++] = (s[k].used - s[i].used) / time;
		}
	if (m == 0)
		return (struct fit){ 0, 0, 0 };
	qsort(found, m, sizeof(found[0]), ascending);
	return (struct fit){ found[m / 2], found[m / 4], found[m * 3 / 4] };
}

static double
size_of(double value)
{
	return value < 0 ? -value : value;
}

/* beyond - how far the change up to that point goes beyond an even growth */
static double
beyond(const struct sample *s, size_t at, double rate)
{
	return s[at].used - s[at - 1].used -
	    rate * (s[at].when - s[at - 1].when);
}

/* leap - where the largest one is: the number of the point behind it; 0 none outweighs the rest */
static size_t
leap(const struct sample *s, size_t n, double rate)
{
	double all = 0, most = 0, size;
	size_t i, at = 0;

	for (i = 1; i < n; i++) {
		size = size_of(beyond(s, i, rate));
		all += size;
		if (size > most) {
			most = size;
			at = i;
		}
	}
	return most * 3 > all ? at : 0;
}

/* flatten - take out that leap; while it was in, the rate was not right, and with the rate its size */
static void
flatten(struct sample *s, size_t n, size_t at)
{
	unsigned round;
	double by;
	size_t i;

	for (round = 0; round < ROUNDS; round++) {
		by = beyond(s, at, slopes(s, n, 0).rate);
		for (i = at; i < n; i++)
			s[i].used -= by;
	}
}

/* level - take out the few leaps that outweigh the rest */
static void
level(struct sample *s, size_t n)
{
	size_t left = (n - 1) / LEAP_EACH, at;

	for (left = left < LEAPS ? left : LEAPS; left > 0; left--) {
		at = leap(s, n, slopes(s, n, 0).rate);
		if (at == 0)
			return;
		flatten(s, n, at);
	}
}

static struct fit
fit(const struct trend_point *points, size_t n)
{
	struct sample s[SAMPLES] = { { 0, 0 } };
	size_t i;

	for (i = 0; i < n; i++)
		s[i] = (struct sample){
			(double)(points[i].when - points[0].when),
			(double)points[i].used - (double)points[0].used
		};
	level(s, n);
	return slopes(s, n, s[n - 1].when / FAR_APART);
}

/* is_enough - to conclude anything from */
static bool
is_enough(const struct trend_point *points, size_t n, int64_t time)
{
	return n >= TREND_POINTS_LEAST &&
	    points[n - 1].when - points[0].when >= time;
}

/* since - how many of the points, which end at `end`, are not older than that */
static size_t
since(const struct trend_point *end, size_t n, int64_t when)
{
	size_t k = 0;

	while (k < n && end[-1 - (ptrdiff_t)k].when >= when)
		k++;
	return k;
}

/* present - of the whole time, or of the last week if that tells another story */
static struct fit
present(const struct trend_point *end, size_t n)
{
	struct fit all = fit(end - n, n), week;
	int64_t last = end[-1].when;
	size_t k = since(end, n, last - WEEK);

	if (last - end[-(ptrdiff_t)n].when < 2 * WEEK ||
	    !is_enough(end - k, k, WEEK * 3 / 4))
		return all;
	week = fit(end - k, k);
	return week.low > all.high || week.high < all.low ? week : all;
}

static void
conclude(struct trend_outlook *out, const struct fit *f, double left)
{
	if (!(f->rate > 0) || left / f->rate > CENTURY) {
		out->verdict = TREND_STILL;
		return;
	}
	out->verdict = TREND_UNEVEN;
	if (!(f->low > 0))
		return;
	out->verdict = TREND_GROWS;
	out->rate = f->rate;
	/* whole seconds: it is an estimate */
	out->full_in = (double)(int64_t)(left / f->rate);
	out->soonest = left / f->high;
	out->latest = left / f->low;
}

void
trend_look(const struct trend *trend, int64_t now, int64_t used, int64_t limit,
    int64_t span, struct trend_outlook *out)
{
	const struct trend_point *end = trend->points + trend->n;
	size_t n = since(end, trend->n, now - span);
	struct fit f;

	memset(out, 0, sizeof(*out));
	out->n = n;
	if (n > 0)
		out->covered = (double)(end[-1].when -
		    end[-(ptrdiff_t)n].when);
	if (used >= limit) {
		out->verdict = TREND_GROWS;
		return;
	}
	if (!is_enough(end - n, n, TREND_TIME_LEAST))
		return;
	f = present(end, n);
	conclude(out, &f, (double)limit - (double)used);
}
