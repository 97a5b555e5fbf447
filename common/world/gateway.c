/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gateway - which way packets to an address leave this host
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/gateway.h"

#include <string.h>

#ifdef HAVE_LINUX_RTNETLINK_H
#include <sys/socket.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>

#include <errno.h>
#include <unistd.h>

#include "world/rtnetlink.h"

/* a next hop, and what the kernel says of it */
struct looking {
	struct gateway	*g;
	unsigned	 interface;	/* 0 none */
};

static size_t
ip_len(const struct address *a)
{
	return a->family == 4 ? 4 : 16;
}

static unsigned char
system_family(const struct address *a)
{
	return a->family == 4 ? AF_INET : AF_INET6;
}

/* address_of - from the bytes of an attribute; false if they are not of that family */
static bool
address_of(struct span value, int family, struct address *a)
{
	struct address whole = { .family = family == AF_INET ? 4 : 6 };

	if ((family != AF_INET && family != AF_INET6) ||
	    value.len != ip_len(&whole))
		return false;
	memcpy(whole.ip, value.p, value.len);
	*a = whole;
	return true;
}

/* by_gateway - is there one? an IPv4 route may have an IPv6 gateway (RTA_VIA) */
static bool
by_gateway(struct span attributes, int family, struct address *a)
{
	struct span value = rtnetlink_attribute(attributes, RTA_GATEWAY);
	uint16_t theirs;

	if (value.p != NULL)
		return address_of(value, family, a);
	value = rtnetlink_attribute(attributes, RTA_VIA);
	if (value.len < sizeof(theirs))
		return false;
	memcpy(&theirs, value.p, sizeof(theirs));
	value.p += sizeof(theirs);
	value.len -= sizeof(theirs);
	return address_of(value, theirs, a);
}

static void
take_interface(struct looking *l, struct span value)
{
	char name[IF_NAMESIZE];
	uint32_t index;

	if (value.len != sizeof(index))
		return;
	memcpy(&index, value.p, sizeof(index));
	l->interface = index;
	if (if_indextoname(index, name) != NULL)
		(void)span_copy(span_of(name), l->g->interface,
		    sizeof(l->g->interface));
}

static bool
take_route(void *arg, uint16_t type, struct span body)
{
	struct looking *l = arg;
	struct address hop;
	struct rtmsg route;

	if (type != RTM_NEWROUTE ||
	    !rtnetlink_header(&body, &route, sizeof(route)))
		return false;
	l->g->known = true;
	l->g->local = route.rtm_type == RTN_LOCAL;
	/* IPv6 lists also those that forbid, IPv4 answers with an error */
	l->g->no_route = !l->g->local && route.rtm_type != RTN_UNICAST &&
	    route.rtm_type != RTN_BROADCAST &&
	    route.rtm_type != RTN_MULTICAST &&
	    route.rtm_type != RTN_ANYCAST;
	if (l->g->no_route)
		return false;
	take_interface(l, rtnetlink_attribute(body, RTA_OIF));
	if (l->g->local)
		return false;
	l->g->on_link = !by_gateway(body, route.rtm_family, &hop);
	if (!l->g->on_link)
		l->g->next_hop = hop;
	return false;
}

/* find_route - false when nothing more is to be asked */
static bool
find_route(int fd, const struct address *to, const struct address *source,
    struct looking *l)
{
	struct rtmsg header = { .rtm_family = system_family(to),
	    .rtm_dst_len = (unsigned char)(8 * ip_len(to)) };
	struct rtnetlink_question q;
	int error;

	if (source->family == to->family)
		header.rtm_src_len = header.rtm_dst_len;
	rtnetlink_begin(&q, RTM_GETROUTE, &header, sizeof(header));
	rtnetlink_add(&q, RTA_DST, to->ip, ip_len(to));
	if (source->family == to->family)
		rtnetlink_add(&q, RTA_SRC, source->ip, ip_len(source));
	if (to->scope != 0)
		rtnetlink_add(&q, RTA_OIF, &to->scope, sizeof(to->scope));
	l->g->next_hop = *to;
	error = rtnetlink_ask(fd, &q, take_route, l);
	if (error == ENETUNREACH || error == EHOSTUNREACH || error == EACCES ||
	    (error == EINVAL && source->family == 0))
		l->g->known = l->g->no_route = true;
	if (!l->g->known || l->g->no_route || l->g->local) {
		l->g->next_hop = (struct address){ .family = 0 };
		return false;
	}
	return true;
}

static enum neighbour
state_of(unsigned state)
{
	if (state & (NUD_PERMANENT | NUD_NOARP))
		return NEIGHBOUR_PERMANENT;
	if (state & NUD_FAILED)
		return NEIGHBOUR_FAILED;
	if (state & NUD_INCOMPLETE)
		return NEIGHBOUR_INCOMPLETE;
	if (state & NUD_REACHABLE)
		return NEIGHBOUR_REACHABLE;
	if (state & (NUD_STALE | NUD_DELAY | NUD_PROBE))
		return NEIGHBOUR_STALE;
	return NEIGHBOUR_NONE;
}

static bool
take_neighbour(void *arg, uint16_t type, struct span body)
{
	struct looking *l = arg;
	struct address who;
	struct ndmsg row;

	if (type != RTM_NEWNEIGH ||
	    !rtnetlink_header(&body, &row, sizeof(row)) ||
	    row.ndm_ifindex != (int)l->interface ||
	    !address_of(rtnetlink_attribute(body, NDA_DST), row.ndm_family,
		&who))
		return true;
	if (who.family != l->g->next_hop.family ||
	    memcmp(who.ip, l->g->next_hop.ip, ip_len(&who)) != 0)
		return true;
	l->g->state = state_of(row.ndm_state);
	return false;
}

/* find_neighbour - the row alone, or in the whole table where an old kernel cannot do that (before 5.0) */
static void
find_neighbour(int fd, struct looking *l, bool all)
{
	struct ndmsg header = { .ndm_family = system_family(&l->g->next_hop) };
	struct rtnetlink_question q;
	int error;

	if (!all)
		header.ndm_ifindex = (int)l->interface;
	rtnetlink_begin(&q, RTM_GETNEIGH, &header, sizeof(header));
	q.all = all;
	if (!all)
		rtnetlink_add(&q, NDA_DST, l->g->next_hop.ip,
		    ip_len(&l->g->next_hop));
	error = rtnetlink_ask(fd, &q, take_neighbour, l);
	if (!all && (error == EOPNOTSUPP || error == EINVAL))
		find_neighbour(fd, l, true);
}

void
gateway_look(const struct address *to, const struct address *source,
    struct gateway *g)
{
	struct looking l = { .g = g };
	int fd = rtnetlink_open();

	memset(g, 0, sizeof(*g));
	if (fd == -1)
		return;
	if (find_route(fd, to, source, &l) && l.interface != 0)
		find_neighbour(fd, &l, false);
	close(fd);
	if (g->next_hop.family == 6 && g->next_hop.ip[0] == 0xfe &&
	    (g->next_hop.ip[1] & 0xc0) == 0x80)
		g->next_hop.scope = l.interface;
}
#else
void
gateway_look(const struct address *to, const struct address *source,
    struct gateway *g)
{
	(void)to;
	(void)source;
	memset(g, 0, sizeof(*g));
}
#endif
