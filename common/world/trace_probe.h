/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_probe - one packet with a short life, and what came of it
 *
 * A connection, a datagram or an echo request, each on a socket of its own: an
 * attempt like those of world/try, whose error queue tells who ended it.
 */
#ifndef WORLD_TRACE_PROBE_H
#define WORLD_TRACE_PROBE_H

#include "judge/hop_facts.h"
#include "world/try.h"

struct tracing;

struct trace_probe {
	struct try	 try;		/* first: its watch finds the probe; fd -1: free */
	struct attempt	 facts;
	struct tracing	*owner;
	uint8_t		 lane;		/* whose it is */
	uint8_t		 hop;		/* 1...; 0: it lives as long as any packet */
	uint8_t		 least;		/* TCP: answers with less life left are not heard; 0: all are */
	uint8_t		 question;	/* of what trace_arrival.c asks, when `least` is set */
	uint8_t		 kind;		/* enum trace_kind */
};

/* trace_probe_send - with owner, lane, hop, least set; `ready` is called when trace_probe_ready() is to be.  Of what ends at once the descriptor is closed. */
enum trying	trace_probe_send(struct trace_probe *, struct loop *, const struct hop_trace *, const struct address *source, void (*ready)(struct watch *, short));
/* trace_probe_ready - something happened to it; closed unless TRY_ON */
enum trying	trace_probe_ready(struct trace_probe *, struct loop *, short revents);
/* trace_probe_voice - what it heard once it has ended; false: silence */
bool		trace_probe_voice(const struct trace_probe *, struct hop_voice *);

#endif
