/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace - hop by hop to one address, by TCP, UDP and echo requests at once
 *
 * Needs no privilege: connections and datagrams with a short time to live, and
 * the error queue of their sockets.  dialog/hop_plan says what is sent when.
 * What lies behind the server, or behind who rejects, is not waited for.
 * Without silence this takes a few round trips, with it a quarter of a second
 * and the patience.  A port that is open sees one to three connections, the
 * first port up to `tries` and two.
 *
 * Where the first port is answered by a reset from the hop of one that connects,
 * both are asked ten times how far their answers have come; most of these
 * connections never come about.
 */
#ifndef WORLD_TRACE_H
#define WORLD_TRACE_H

#include "judge/hop_facts.h"
#include "world/interfaces.h"
#include "world/loop.h"

enum {
	TRACE_PORTS_MAX = 16,		/* TCP ports of one trace_start(); further ones are left out */
	TRACE_TRIES = 3,		/* the usual ones */
	TRACE_TRIES_MAX = 10,
	TRACE_DESCRIPTORS = 256,	/* open at once, at most */
	TRACE_PATIENCE = 750 * 1000,	/* microseconds that a probe is waited for; and the most, since a SYN is sent again after 1 s */
	TRACE_PATIENCE_MAX = 950 * 1000
};

struct trace_wish {
	struct address		 to;
	struct address		 source;	/* family 0: the system chooses */
	const uint16_t		*ports;		/* used during trace_start() only */
	size_t			 nports;
	bool			 udp;
	bool			 echo;
	unsigned		 tries;		/* for each hop of the first trace; 0: TRACE_TRIES */
	unsigned		 descriptors;	/* 0: TRACE_DESCRIPTORS */
	int64_t			 patience;	/* 0: TRACE_PATIENCE */
	int64_t			 rtt;		/* microseconds that a connection took, 0 unknown: far servers are given more time before more hops are asked */
	int64_t			 deadline;	/* clock_now() time; 0: none */
	struct interfaces	*interfaces;	/* borrowed; NULL: no answer is known to be this host's own */
};

struct tracing;

/* trace_start - the traces are those of the ports in order, the one in question first, then UDP, then echo.  `done` is called from the loop, once, unless trace_cancel() comes first; what it is given is valid during the call.  NULL without memory. */
struct tracing	*trace_start(struct loop *, const struct trace_wish *, void (*done)(void *, const struct hop_trace *, size_t n), void *);
/* trace_stop - time is up: what is known, valid until trace_cancel() */
const struct hop_trace	*trace_stop(struct tracing *, size_t *n);
/* trace_cancel - close and free; not after `done`, which ends it */
void		 trace_cancel(struct tracing *);

#endif
