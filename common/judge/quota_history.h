/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_history - how much was used when, as a state file keeps it
 *
 *	file = "monitoring-plugins-mail quota 1" LF "of " name LF
 *	       "points " number LF *( when SP used LF )
 *
 * Moments are seconds since 1970 and rise from line to line.  The name is that
 * of the file itself, so that one that was copied to another name is known.
 */
#ifndef JUDGE_QUOTA_HISTORY_H
#define JUDGE_QUOTA_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	QUOTA_POINTS_MAX = 64,
	QUOTA_HISTORY_MAX = 4096,	/* bytes of the file; a larger one is none of ours */
	QUOTA_CLOCK_SLACK = 300		/* seconds by which the last point may be later: runs overtake each other */
};

struct quota_point {
	int64_t	when;		/* seconds since 1970 */
	int64_t	used;		/* bytes or counts */
};

struct quota_history {
	struct quota_point points[QUOTA_POINTS_MAX + 1];	/* the oldest first; one more while it is thinned */
	size_t	n;
};

/* quota_history_write - the whole text */
void	quota_history_write(struct buf *, const char *name, const struct quota_history *);
/* quota_history_parse - false when it is not what quota_history_write() writes */
bool	quota_history_parse(struct span, const char *name, struct quota_history *);
/*
 * quota_history_add - put the point behind the others, and make room.  Points
 * that are later than it, beyond the slack, are forgotten, for the clock was
 * wrong then; within the slack the last one stands for it.  Those that are
 * `keep` seconds older than the one before it go too (not than itself: one
 * look at a wrong clock must not cost a history).  Returns how many were of a
 * time to come.
 */
size_t	quota_history_add(struct quota_history *, struct quota_point, int64_t keep);

#endif
