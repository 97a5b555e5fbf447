/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gateway - what a dead next hop explains
 */
#include "judge/gateway.h"

bool
gateway_dead(const struct gateway *g)
{
	return g->known && !g->no_route && !g->local &&
	    (g->state == NEIGHBOUR_INCOMPLETE ||
	    g->state == NEIGHBOUR_FAILED);
}

bool
gateway_alive(const struct gateway *g)
{
	return g->known && !g->no_route && (g->local ||
	    g->state == NEIGHBOUR_REACHABLE || g->state == NEIGHBOUR_STALE ||
	    g->state == NEIGHBOUR_PERMANENT);
}

enum cause
gateway_cause(const struct gateway *g, enum cause before)
{
	/* whatever else came back came by way of the next hop */
	if (before != CAUSE_CONNECT_FILTERED &&
	    before != CAUSE_CONNECT_UNREACHABLE &&
	    before != CAUSE_CONNECT_NO_NETWORK)
		return CAUSE_NONE;
	if (!gateway_dead(g))
		return CAUSE_NONE;
	return g->on_link ? CAUSE_CONNECT_UNREACHABLE :
	    CAUSE_CONNECT_NO_NETWORK;
}

void
gateway_words(const struct gateway *g, struct buf *out)
{
	char text[ADDRESS_TEXT];

	(void)address_text(&g->next_hop, text);
	if (g->on_link)
		buf_fmt(out, "%s does not answer on the local network", text);
	else
		buf_fmt(out, "the gateway %s of this host does not answer",
		    text);
	buf_fmt(out, " (no %s", g->next_hop.family == 4 ? "ARP reply" :
	    "answer to neighbour discovery");
	if (g->interface[0] != '\0')
		buf_fmt(out, " on %s", g->interface);
	buf_char(out, ')');
}
