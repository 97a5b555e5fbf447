/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * connect - a TCP connection to one of several addresses
 *
 * Attempts go as dialog/race says.  Of each it is noted how it ended, with the
 * ICMP error that ended it, so that judge/path can tell who is to blame.  The
 * losers are closed.
 */
#ifndef WORLD_CONNECT_H
#define WORLD_CONNECT_H

#include "judge/net_facts.h"
#include "world/interfaces.h"
#include "world/loop.h"

struct connect_wish {
	const struct address	*list;		/* used during connect_start() only */
	size_t			 n;
	uint16_t		 port;
	struct address		 source;	/* family 0: the system chooses; addresses of the other family are then not tried */
	int64_t			 timeout;	/* of each attempt, microseconds; 0: none */
	struct interfaces	*interfaces;	/* borrowed; asked only when an attempt failed */
};

struct connecting;

/* connect_start - `done` is called from the loop, once, unless connect_cancel() comes first: with the descriptor of the winner, which is the callee's, or -1.  NULL without memory. */
struct connecting	*connect_start(struct loop *, const struct connect_wish *, void (*done)(void *, const struct connected *, int fd), void *);
/* connect_stop - time is up: attempts without an answer end with ETIMEDOUT.  What is known, valid until connect_cancel(). */
const struct connected	*connect_stop(struct connecting *);
/* connect_cancel - close and free; not after `done`, which ends it */
void			 connect_cancel(struct connecting *);

#endif
