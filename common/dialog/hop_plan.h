/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_plan - which hop is asked when, in several traces to one address
 *
 * The first trace is the question: its hops are asked `tries` times.  The others
 * are there for comparison: their hops are asked once, and again only where
 * nobody answers.  For many routers answer few such probes in a second (Linux:
 * six to one host at once, and then one), and a port that is open should not
 * see more connections than it takes.  Therefore, too, hops are asked once
 * first, two ahead of the last that answered; eight ahead when nothing comes
 * back for a while.  What lies behind the server, or behind who rejects, does
 * not matter, and once one trace has found the server the others look no
 * further than that, unless hops answer beyond.
 */
#ifndef DIALOG_HOP_PLAN_H
#define DIALOG_HOP_PLAN_H

#include "judge/hop_facts.h"

enum {
	HOP_TRACES_MAX = 18
};

struct hop_lane {
	int64_t	moved;			/* when it last got further, microseconds */
	bool	silent;			/* it stayed silent for a while */
	bool	closed;			/* nothing can be sent */
	uint8_t	sent[HOPS_MAX];		/* probes, with those still under way */
};

struct hop_plan {
	unsigned		tries;		/* set by the caller, */
	int64_t			rtt;		/* and so is this: microseconds to the server and back, 0 unknown */
	size_t			reach;		/* hop of the server, 0 unknown */
	size_t			n;
	struct hop_trace	traces[HOP_TRACES_MAX];
	struct hop_lane		lanes[HOP_TRACES_MAX];
};

/* hop_plan_add - one more trace; false: there are too many */
bool	hop_plan_add(struct hop_plan *, const struct address *to, enum trace_kind, uint16_t port, int64_t now);
/* hop_plan_next - what may be sent now: by try, then by hop, then by trace; false: nothing */
bool	hop_plan_next(struct hop_plan *, int64_t now, size_t *trace, size_t *hop);
/* hop_plan_sent, hop_plan_unsent - it is under way; it is no more, and does not count */
void	hop_plan_sent(struct hop_plan *, size_t trace, size_t hop);
void	hop_plan_unsent(struct hop_plan *, size_t trace, size_t hop);
/* hop_plan_heard - what was sent has ended; NULL: nobody answered */
void	hop_plan_heard(struct hop_plan *, size_t trace, size_t hop, const struct hop_voice *, int64_t now);
/* hop_plan_matters - is that hop still worth waiting for? */
bool	hop_plan_matters(const struct hop_plan *, size_t trace, size_t hop);
/* hop_plan_wake - when more may be sent though nothing happens; 0: never */
int64_t	hop_plan_wake(const struct hop_plan *, int64_t now);
/* hop_plan_close - nothing of it can be sent */
void	hop_plan_close(struct hop_plan *, size_t trace, enum trace_outcome, int error);
/* hop_plan_end - with nothing under way any more: the facts get their outcome, and lose hops that do not matter */
void	hop_plan_end(struct hop_plan *);

#endif
