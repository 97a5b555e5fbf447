/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_query - our own question for the addresses of a name
 *
 * Small, and made for one purpose: to tell apart what getaddrinfo() cannot.
 * Servers are asked one after another, DNS_ASK_EVERY apart or as soon as one
 * failed, DNS_ROUNDS times each; a late answer still counts.  Of what the
 * servers and the names on the search list say the best is taken: found, no
 * address, no such name, failure, silence.
 */
#ifndef WORLD_DNS_QUERY_H
#define WORLD_DNS_QUERY_H

#include "judge/net_facts.h"
#include "world/dns_servers.h"
#include "world/loop.h"

enum {
	DNS_ASK_EVERY = 1000 * 1000,	/* microseconds */
	DNS_ROUNDS = 2
};

struct dns_query;

/* dns_query_start - family 0, 4 or 6.  `done` is called from the loop, once, and the query ends with it, unless dns_query_cancel() comes first.  NULL without memory. */
struct dns_query	*dns_query_start(struct loop *, const struct dns_servers *, const char *host, int family, void (*done)(void *, const struct resolved *), void *);
/* dns_query_so_far - what is known by now */
void			 dns_query_so_far(const struct dns_query *, struct resolved *);
void			 dns_query_cancel(struct dns_query *);

#endif
