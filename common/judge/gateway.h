/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gateway - the first step on the way to an address, and whether anybody is there
 *
 * A neighbour that answers no ARP (RFC 826) or neighbour discovery (RFC 4861)
 * is given up by the kernel after about three seconds only.  Who waits less
 * for a connection sees silence, and the neighbour table is the only witness.
 * Causes: connect.no-network (the gateway of this host is dead),
 * connect.unreachable (the address itself is, on a network of ours).
 */
#ifndef JUDGE_GATEWAY_H
#define JUDGE_GATEWAY_H

#include <stdbool.h>

#include "base/address.h"
#include "base/buf.h"
#include "report/cause.h"

enum {
	GATEWAY_INTERFACE = 16	/* bytes of an interface's name, NUL included */
};

enum neighbour {
	NEIGHBOUR_NONE,		/* the table does not know it */
	NEIGHBOUR_REACHABLE,	/* it answered a moment ago */
	NEIGHBOUR_STALE,	/* it answered once and is to be asked again, or is being asked */
	NEIGHBOUR_INCOMPLETE,	/* it is being asked and has not answered yet */
	NEIGHBOUR_FAILED,	/* it was asked in vain */
	NEIGHBOUR_PERMANENT	/* entered by hand, or a link where nobody is asked */
};

struct gateway {
	bool		 known;		/* the system was asked, and told: */
	bool		 no_route;	/* there is no way, or one that forbids: connect(2) tells which */
	bool		 local;		/* the address is this host's own */
	bool		 on_link;	/* the next hop is the address itself */
	struct address	 next_hop;	/* family 0 with no_route and local */
	char		 interface[GATEWAY_INTERFACE]; /* "" where it has no name */
	enum neighbour	 state;		/* of the next hop */
};

/* gateway_dead - was the next hop asked for its address on the link, and did not answer? */
bool		gateway_dead(const struct gateway *);
/* gateway_alive - has the next hop answered on the link? */
bool		gateway_alive(const struct gateway *);
/* gateway_cause - what an attempt that ended for `before` really ended for; CAUSE_NONE: the next hop explains nothing */
enum cause	gateway_cause(const struct gateway *, enum cause before);
/* gateway_words - append who does not answer, and how that is known: "the gateway 10.0.0.1 of this host does not answer (no ARP reply on eth0)" */
void		gateway_words(const struct gateway *, struct buf *);

#endif
