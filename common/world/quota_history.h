/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_history - the state file of what one resource of one root has used, for
 * --forecast
 *
 * One file for each source, server, port, user, root and resource; see
 * state_dir.h for the folder and how it is replaced.  Between reading and
 * writing no other run can add a point, so none is lost.
 */
#ifndef WORLD_QUOTA_HISTORY_H
#define WORLD_QUOTA_HISTORY_H

#include "judge/quota_facts.h"
#include "judge/quota_trend.h"
#include "report/result.h"
#include "world/digest.h"

struct quota_history {
	const char	*state_dir;	/* --state-dir or NULL */
	const struct digests *digests;
	int64_t		 now;		/* seconds since 1970 */
	int64_t		 span;		/* seconds that the history has to cover */
};

/*
 * quota_history_add - what this row of that result uses now, and all that is
 * remembered of it.  False with a sentence in `why` when it cannot be kept;
 * true with a sentence when there was something that is of no use any more: a
 * damaged or foreign file, points of a time to come.
 */
bool	quota_history_add(const struct quota_history *, const struct result *, const struct quota_row *, struct trend *, struct buf *why);

#endif
