/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hops - where packets to a port stop
 *
 * A Linux router looks at the time to live before it forwards, and filters
 * after that: one that drops or rejects what it forwards still answers the
 * probe that dies there, and is thus the last that answers; one that drops
 * whatever comes in does not.  Hence "behind": either the router named on its
 * way out, or the next one on its way in.  Two probes may take two ways; a trace
 * is compared with another only as far as their hops have an address in common.
 */
#ifndef JUDGE_HOPS_H
#define JUDGE_HOPS_H

#include "judge/hop_facts.h"

/* what is known of one address; NULL where there is none */
struct hops_case {
	const struct hop_trace	*blocked;	/* the port in question; never NULL */
	const struct hop_trace	*open;		/* a port of the same address that connects; of several the first */
	const struct hop_trace	*udp;
	const struct hop_trace	*echo;
};

enum hops_what {
	HOPS_UNKNOWN,		/* nothing is proven */
	HOPS_OPEN,		/* the port connects */
	HOPS_VANISH,		/* no answer from behind `at`, the last that answers */
	HOPS_REJECT,		/* `at` sent an ICMP error */
	HOPS_REFUSE,		/* a reset, from as far as the server may be */
	HOPS_FORGED,		/* a reset or a connection from before the server */
	HOPS_CIRCLE,		/* the way comes back to `at` */
	HOPS_FAR		/* it goes on beyond HOPS_MAX */
};

struct hops_verdict {
	enum hops_what	what;
	struct address	at;		/* the router concerned; family 0: none, or not known */
	size_t		hop;		/* its hop; 0: before the first that answers, or unknown */
	size_t		end;		/* hop where the answer came from that ends the way, 0 none; HOPS_CIRCLE: where `at` is passed again */
	size_t		reach;		/* hop of the server by the best evidence, 0 unknown */
	bool		server;		/* HOPS_REJECT: `at` is the server itself */
	bool		ours;		/* HOPS_REJECT: `at` is this host */
	bool		by_life;	/* HOPS_FORGED, HOPS_REFUSE: what was left of the answer's life proves it */
	bool		last_router;	/* HOPS_VANISH, HOPS_REFUSE: behind `at` comes the server */
	uint8_t		icmp_type;	/* HOPS_REJECT */
	uint8_t		icmp_code;
};

/* how another trace compares with the blocked one at the place where that stops */
enum hops_beside {
	BESIDE_NOTHING,		/* nothing is proven */
	BESIDE_GOES_ON,		/* the same way as far as there, and further */
	BESIDE_STOPS,		/* the same way, and silence from the same hop on */
	BESIDE_PARTED		/* another way from hop `parted` on */
};

/* hops_judge - what the traces prove */
struct hops_verdict	hops_judge(const struct hops_case *);
/* hops_beside - the blocked trace stops behind hop `hop`: and the other?  Its next answering hop is put in *next, or the hop where they part. */
enum hops_beside	hops_beside(const struct hop_trace *blocked, const struct hop_trace *other, size_t hop, size_t *next);
/* hops_witness - of the other traces in order (0 open, 1 UDP, 2 echo); NULL: none */
const struct hop_trace	*hops_witness(const struct hops_case *, size_t i);
/* hops_lossy - the first hop from which on every hop that answers has lost probes, up to the end of the way: 0 none.  A hop that answers sparingly, but lets all pass, is no loss. */
size_t			hops_lossy(const struct hop_trace *);

#endif
