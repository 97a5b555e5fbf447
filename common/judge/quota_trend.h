/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - how fast it fills, from what was used when
 *
 * The slope is the median over all pairs of points (Theil and Sen), so that
 * no single point bends it.  A level that jumps once, by one large mail or a
 * clean-up, bends half of the pairs: therefore the steepest of the steps from
 * point to point, one of sixteen and at least one either way, first count no
 * more than the next steepest.  Limits are no part of it: only the present one
 * says how much is left.
 */
#ifndef JUDGE_QUOTA_TREND_H
#define JUDGE_QUOTA_TREND_H

#include "judge/quota_history.h"

enum {
	TREND_POINTS_MIN = 6,
	TREND_SPAN_MIN = 86400		/* seconds from the first point to the last */
};

#define TREND_SURE	0.8		/* share of pairs that rise, from which on something is concluded */
#define TREND_NEVER	3.15e9		/* seconds, a hundred years: what fills no sooner is not filling */

enum quota_trend_kind {
	TREND_FEW,			/* too few points */
	TREND_SHORT,			/* too short a time */
	TREND_STILL,			/* it does not grow */
	TREND_UNSURE,			/* up and down */
	TREND_RISING
};

struct quota_trend {
	enum quota_trend_kind kind;
	size_t	 n;			/* points, and */
	int64_t	 span;			/* the seconds that they cover */
	double	 rate;			/* a second; of rising ones above 0 */
	double	 sure;			/* share of pairs that rise, 0 to 1 */
	double	 full_in;		/* seconds; below 0: not known, or never */
};

/* quota_trend_fit - points not older than `window` seconds before `now`, against the limit */
void	quota_trend_fit(const struct quota_history *, int64_t now, int64_t window, int64_t limit, struct quota_trend *);

#endif
