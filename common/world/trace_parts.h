/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_parts - what trace.c and trace_arrival.c share
 */
#ifndef WORLD_TRACE_PARTS_H
#define WORLD_TRACE_PARTS_H

#include "dialog/hop_plan.h"
#include "judge/hop_arrival.h"
#include "world/trace.h"
#include "world/trace_probe.h"

/* where a reset came from, when the traces are complete */
struct arrival {
	bool	asked;			/* the questions are under way, or answered */
	bool	spoilt;			/* not all of them could be asked */
	size_t	control;		/* trace of a port that connects */
	bool	reset[ARRIVALS];	/* what was heard: of the first trace, */
	bool	connect[ARRIVALS];	/* and of that */
};

struct tracing {
	struct loop		*loop;
	struct timer		 timer;
	struct interfaces	*interfaces;
	void			(*done)(void *, const struct hop_trace *,
				    size_t);
	void			*arg;
	struct address		 source;
	int64_t			 patience;
	int64_t			 deadline;
	unsigned		 room;		/* probes that may be under way */
	unsigned		 live;		/* that are */
	struct hop_plan		 plan;
	struct arrival		 arrival;
	struct trace_probe	 probes[TRACE_DESCRIPTORS];
};

/* arrival_start - ask, once, if there is a reset to ask about and a port to compare it with; `ready` is told of the probes.  False: nothing is under way. */
bool	arrival_start(struct tracing *, void (*ready)(struct watch *, short));
/* arrival_heard - one of those probes has ended */
void	arrival_heard(struct tracing *, const struct trace_probe *);
/* arrival_end - put what was found into the facts; not while probes are under way */
void	arrival_end(struct tracing *);

#endif
