/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resolve - a name to addresses, within a deadline
 *
 * getaddrinfo() runs in a thread that is abandoned when time is up.  It cannot
 * tell SERVFAIL, REFUSED and silence apart, so after it failed, or after
 * RESOLVE_PATIENCE, our own DNS query (world/dns_query) to the servers of
 * resolv.conf runs beside it and decides; its answer is used.  Numeric hosts
 * never come here.
 */
#ifndef WORLD_RESOLVE_H
#define WORLD_RESOLVE_H

#include "judge/net_facts.h"
#include "world/loop.h"

enum {
	RESOLVE_PATIENCE = 2 * 1000 * 1000	/* microseconds */
};

struct resolve;

/* resolve_start - `done` is called from the loop, once, unless resolve_cancel() comes first; NULL without memory or threads */
struct resolve	*resolve_start(struct loop *, const char *host, int family, void (*done)(void *, const struct resolved *), void *);
/* resolve_so_far - what is known when the deadline came: usually DNS_NO_ANSWER with who was asked */
void		 resolve_so_far(const struct resolve *, struct resolved *);
/* resolve_cancel - stop and free; the thread, if still busy, frees its own part when it returns */
void		 resolve_cancel(struct resolve *);

#endif
