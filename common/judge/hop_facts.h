/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_facts - what packets with a short life showed of the way to an address
 *
 * A probe with time to live N dies at hop N, whose answer names it; the server
 * is the hop that answers in another way.  One trace is the probes of one kind
 * to one port, `tries` for each hop.  Only probes that were given their full
 * patience, or that were answered, are counted.
 */
#ifndef JUDGE_HOP_FACTS_H
#define JUDGE_HOP_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"

enum {
	HOPS_MAX = 30,		/* the longest life of a probe */
	HOP_VOICES = 3		/* different answers of one hop that are kept */
};

enum trace_kind { TRACE_TCP, TRACE_UDP, TRACE_ECHO };

enum trace_outcome {
	TRACE_DONE,
	TRACE_CUT,		/* the deadline came before the patience ended */
	TRACE_FORBIDDEN,	/* this user may not send such packets here */
	TRACE_BLIND,		/* this system tells no program who sent an ICMP error */
	TRACE_STUCK		/* nothing left this host: `error` */
};

/* how far the answer has come that ended a trace, by what was left of its life: see hop_arrival.h */
enum trace_came { CAME_UNKNOWN, CAME_NEARER, CAME_FAR };

/* in order of weight */
enum hop_answer {
	HOP_SILENT,
	HOP_EXPIRED,		/* ICMP: time exceeded, from a router */
	HOP_REJECTED,		/* another ICMP error; type and code say which */
	HOP_RESET,		/* TCP; whoever sent it, it bears the server's address */
	HOP_PORT_UNREACHABLE,	/* UDP's way to reach: ICMP from the address itself */
	HOP_REPLY,		/* of an echo, or a datagram that came back */
	HOP_CONNECTED
};

struct hop_voice {
	struct address	from;		/* family 0: not known */
	uint32_t	best_usec;	/* the shortest round trip */
	uint8_t		answer;		/* enum hop_answer */
	uint8_t		icmp_type;	/* of HOP_REJECTED */
	uint8_t		icmp_code;
	uint8_t		times;
	bool		ours;		/* `from` is an address of this host */
};

struct hop {
	struct hop_voice voices[HOP_VOICES];	/* as they came; who answers otherwise after that is counted only */
	uint8_t		 nvoices;
	uint8_t		 sent;		/* probes that count */
	uint8_t		 answered;
};

struct hop_trace {
	struct address	 to;
	uint8_t		 kind;		/* enum trace_kind */
	uint8_t		 outcome;	/* enum trace_outcome */
	uint8_t		 came;		/* enum trace_came: known of a reset from the server's hop, and of the connection it was compared with */
	uint16_t	 port;		/* TCP */
	int		 error;		/* errno of TRACE_STUCK */
	size_t		 n;		/* hops that were looked at: none behind the first that ends the way */
	struct hop	 hops[HOPS_MAX];	/* [0] is hop 1 */
};

/* hop_hear - count one answer, `from` whom and what as in the voice */
void	hop_hear(struct hop *, const struct hop_voice *);
/* hop_voice - the one of most weight; NULL: silence */
const struct hop_voice	*hop_voice(const struct hop *);
/* hop_same - has a hop of one the same answering address as that of the other? */
bool	hop_same(const struct hop *, const struct hop *);
/* trace_end - the first hop (1...) whose answer ends the way: reached, reset or rejected; 0 none */
size_t	trace_end(const struct hop_trace *);
/* trace_last - the last hop (1...) before that end that says a probe has died there; 0 none */
size_t	trace_last(const struct hop_trace *);
/* trace_reach - the hop of the server, where the answer proves it: all but a reset, which anybody can forge; 0 unknown */
size_t	trace_reach(const struct hop_trace *);
/* trace_circle - the first hop (1...) that is passed again and again, where the way has no end; *again is where it is passed the second time.  0, and 0: there is none.  Twice is not enough: ways of unequal length may cross. */
size_t	trace_circle(const struct hop_trace *, size_t *again);
/* trace_at - hop N (1...), NULL beyond what was looked at */
const struct hop	*trace_at(const struct hop_trace *, size_t hop);

#endif
