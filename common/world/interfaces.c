/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interfaces - what this host knows about its own addresses
 */
#define _GNU_SOURCE
#include "world/interfaces.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <ifaddrs.h>
#include <net/if.h>
#include <string.h>

#include "world/sockets.h"

static const struct ifaddrs *
list_of(struct interfaces *all)
{
	if (!all->asked) {
		all->asked = true;
		all->known = getifaddrs(&all->list) == 0;
	}
	return all->known ? all->list : NULL;
}

static bool
is_loopback(const struct address *a)
{
	static const uint8_t six[16] = { [15] = 1 };

	return a->family == 4 ? a->ip[0] == 127 :
	    memcmp(a->ip, six, sizeof(six)) == 0;
}

static bool
is_link_local(const struct address *a)
{
	return a->family == 4 ? a->ip[0] == 169 && a->ip[1] == 254 :
	    a->ip[0] == 0xfe && (a->ip[1] & 0xc0) == 0x80;
}

/* address_of - the address of an interface that is up; false for others */
static bool
address_of(const struct ifaddrs *i, struct address *a)
{
	return i->ifa_addr != NULL && (i->ifa_flags & IFF_UP) &&
	    sockets_address(i->ifa_addr, a);
}

static bool
same_ip(const struct address *a, const struct address *b)
{
	return a->family == b->family &&
	    memcmp(a->ip, b->ip, sizeof(a->ip)) == 0;
}

bool
interfaces_ours(struct interfaces *all, const struct address *wanted)
{
	const struct ifaddrs *i;
	struct address a;

	if (is_loopback(wanted))
		return true;
	for (i = list_of(all); i != NULL; i = i->ifa_next)
		if (address_of(i, &a) && same_ip(&a, wanted))
			return true;
	return false;
}

/* within - do both lie in the network that the mask makes? */
static bool
within(const struct address *a, const struct address *b,
    const struct sockaddr *netmask)
{
	struct address mask;
	size_t i;

	if (netmask == NULL || a->family != b->family ||
	    !sockets_address(netmask, &mask) || mask.family != a->family)
		return false;
	for (i = 0; i < sizeof(mask.ip); i++)
		if ((a->ip[i] ^ b->ip[i]) & mask.ip[i])
			return false;
	return true;
}

bool
interfaces_on_link(struct interfaces *all, const struct address *wanted)
{
	const struct ifaddrs *i;
	struct address a;

	if (is_link_local(wanted))
		return true;
	for (i = list_of(all); i != NULL; i = i->ifa_next)
		if (!(i->ifa_flags & (IFF_LOOPBACK | IFF_POINTOPOINT)) &&
		    address_of(i, &a) && within(&a, wanted, i->ifa_netmask))
			return true;
	return false;
}

bool
interfaces_has(struct interfaces *all, int family)
{
	const struct ifaddrs *i;
	struct address a;

	for (i = list_of(all); i != NULL; i = i->ifa_next)
		if (!(i->ifa_flags & IFF_LOOPBACK) && address_of(i, &a) &&
		    a.family == family && !is_loopback(&a) &&
		    !is_link_local(&a))
			return true;
	return !all->known;
}

void
interfaces_free(struct interfaces *all)
{
	if (all->known)
		freeifaddrs(all->list);
	*all = (struct interfaces){ 0 };
}
