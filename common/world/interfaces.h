/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interfaces - what this host knows about its own addresses
 *
 * Read at the first question and kept: a check that connects never asks.
 * Without an answer from the system nothing is ours, nothing on a local
 * network, and no family missing.
 */
#ifndef WORLD_INTERFACES_H
#define WORLD_INTERFACES_H

#include <stdbool.h>

#include "base/address.h"

struct ifaddrs;

struct interfaces {
	struct ifaddrs	*list;
	bool		 known;		/* it was asked, and there was an answer */
	bool		 asked;
};

/* interfaces_ours - an address of this host, loopback included */
bool	interfaces_ours(struct interfaces *, const struct address *);
/* interfaces_on_link - in the network of one of our interfaces, or link-local; not behind loopback */
bool	interfaces_on_link(struct interfaces *, const struct address *);
/* interfaces_has - has this host an address of the family (4, 6), loopback and link-local apart? */
bool	interfaces_has(struct interfaces *, int family);
void	interfaces_free(struct interfaces *);

#endif
