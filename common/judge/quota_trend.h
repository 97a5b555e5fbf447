/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - how something filled up over time, and when it will be full
 *
 *	file  = "monitoring-plugins-mail growth 1" LF
 *		"of " NAME LF "points " number LF *point
 *	point = seconds " " used LF		; in order of time
 *
 * NAME is that of the file, so that a copy under another name is none.
 */
#ifndef JUDGE_QUOTA_TREND_H
#define JUDGE_QUOTA_TREND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	TREND_POINTS = 64,		/* kept */
	TREND_POINTS_LEAST = 10,	/* that a conclusion needs */
	TREND_TIME_LEAST = 86400,	/* seconds from the first to the last of them */
	TREND_SLACK = 300,		/* seconds by which the points of two runs may be out of order */
	TREND_FILE_MAX = 4096		/* bytes of the file; a larger one is none of ours */
};

struct trend_point {
	int64_t	when;			/* seconds since 1970 */
	int64_t	used;			/* bytes or counts, 0 to 2^63-1 */
};

/* one resource of one root; each point later than the one before */
struct trend {
	struct trend_point points[TREND_POINTS + 1];
	size_t	n;			/* at most TREND_POINTS but inside trend_add() */
};

enum trend_verdict {
	TREND_SHORT,			/* too few points, or too short a time */
	TREND_STILL,			/* it does not grow, or not within a century */
	TREND_UNEVEN,			/* it has grown, but one cannot tell how fast */
	TREND_GROWS
};

struct trend_outlook {
	enum trend_verdict verdict;
	size_t	n;			/* points that were looked at */
	double	covered;		/* seconds from the first to the last of them */
	/* these where it grows */
	double	rate;			/* per second */
	double	full_in;		/* seconds from now on; 0 when it is full */
	double	soonest, latest;	/* what the middle half of all looks at the rate would have it */
};

/* trend_write - the whole text of the file of that name */
void	trend_write(struct buf *, const struct trend *, const char *name);
/* trend_parse - false, with none, when it is not what trend_write() writes for that name */
bool	trend_parse(struct span, struct trend *, const char *name);
/*
 * trend_add - one more point, now.  Points later than TREND_SLACK from now came
 * of a clock that was wrong, and go; returns how many.  When there are too many,
 * the oldest goes if it is older than twice the span (seconds), else the one
 * whose neighbours are closest to each other: what is left covers the span
 * evenly, and a clock that is wrong once takes no more than one point along.
 */
size_t	trend_add(struct trend *, int64_t now, int64_t used, int64_t span);
/*
 * trend_look - what the points of the last `span` seconds say: when will
 * `limit` be reached?  The rate is the median over pairs of points that lie far
 * apart; single leaps, up or down, are taken out before: a large mail or a
 * clean-up is no growth.  When the last week clearly differs from what was
 * before, it alone counts.
 */
void	trend_look(const struct trend *, int64_t now, int64_t used, int64_t limit, int64_t span, struct trend_outlook *);

#endif
