/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gateway - which way packets to an address leave this host
 *
 * Linux is asked by rtnetlink(7), which needs no right: the route to the
 * address, then the row of the neighbour table for its next hop.  To be asked
 * right after an attempt has failed: rows of neighbours that do not answer are
 * forgotten after a while.  Elsewhere nothing is known.
 */
#ifndef WORLD_GATEWAY_H
#define WORLD_GATEWAY_H

#include "judge/gateway.h"

/* gateway_look - to that address, from that one (family 0: as the system chooses); it takes no longer than a tenth of a second */
void	gateway_look(const struct address *to, const struct address *source, struct gateway *);

#endif
