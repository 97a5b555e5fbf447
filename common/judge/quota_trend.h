/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - how fast something fills, by what it held before
 *
 * A history is a short list of points.  When it is full, the point goes whose
 * neighbours are nearest to each other, so that those that stay are spread over
 * the whole time.  The rate is the median of many: each between a point and one
 * about a quarter of the time later, so that one large mail or one clean-up,
 * which only some of them see, moves it little, and the hours of a day are no
 * trend where there are several days.
 */
#ifndef JUDGE_QUOTA_TREND_H
#define JUDGE_QUOTA_TREND_H

#include "base/buf.h"
#include "judge/quota_facts.h"
#include "judge/threshold.h"

enum {
	TREND_POINTS = 64,		/* that are kept */
	TREND_POINTS_MIN = 5,		/* fewer tell nothing, */
	TREND_SPAN_MIN = 86400,		/* and so do those of less than so many seconds */
	TREND_SPAN_MAX = 90 * 86400,	/* older ones are forgotten */
	TREND_TEXT_MAX = 8192		/* bytes of a history that is written down */
};

struct quota_point {
	int64_t	 when;			/* seconds since 1970 */
	int64_t	 used;
};

struct quota_trend {
	struct quota_point points[TREND_POINTS];	/* the oldest first, no two at the same second */
	size_t		 n;
};

/* quota_trend_read - false for what quota_trend_write() does not write; the trend then is empty */
bool	quota_trend_read(struct span text, struct quota_trend *);
void	quota_trend_write(struct buf *, const struct quota_trend *);
/* quota_trend_add - a new point; those of the same second or later, which a clock that was wrong has left, go */
void	quota_trend_add(struct quota_trend *, int64_t when, int64_t used);
/* quota_trend_rate - bytes or counts a second; false when there is too little to go by */
bool	quota_trend_rate(const struct quota_trend *, double *rate);
/* quota_trend_full - seconds until the row is full at that rate; below 0 never */
double	quota_trend_full(const struct quota_row *, double rate);
/* quota_forecast - full_in of what is full first, and quota.forecast when that is within `within` seconds, or as the thresholds given for full_in say */
void	quota_forecast(struct sheet *, struct quota_facts *, double within, const struct threshold *given, size_t n, const char *known);

#endif
