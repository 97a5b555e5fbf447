/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_spread - the addresses of one host, held against each other
 */
#ifndef JUDGE_PORTS_SPREAD_H
#define JUDGE_PORTS_SPREAD_H

#include "judge/ports.h"

/* ports_spread - connect.ipv6-down and connect.address-down: where an address serves and another one does not.  What this host has no route for says nothing. */
void	ports_spread(struct result *, const struct port_host *, const struct ports_wish *, const char *host);

#endif
