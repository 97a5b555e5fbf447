/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_servers - whom to ask, as resolv.conf(5) says
 *
 * Of that file the lines `nameserver`, `search`, `domain` and the option
 * `ndots` count; time-outs are our own.
 */
#ifndef WORLD_DNS_SERVERS_H
#define WORLD_DNS_SERVERS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/address.h"
#include "base/span.h"
#include "base/target.h"

#define DNS_CONF_PATH	"/etc/resolv.conf"

enum {
	DNS_SERVERS_MAX = 3,
	DNS_SEARCH_MAX = 6,
	DNS_CONF_MAX = 16 * 1024,	/* bytes of the file that are read */
	DNS_PORT = 53
};

struct dns_servers {
	struct address	list[DNS_SERVERS_MAX];
	size_t		n;
	uint16_t	port;
	char		search[DNS_SEARCH_MAX][HOST_MAX];
	size_t		nsearch;
	unsigned	ndots;		/* a name with so many dots is first tried as it is */
};

/* dns_servers_parse - the text of such a file; without a server in it, 127.0.0.1 */
void	dns_servers_parse(struct span, struct dns_servers *);
/* dns_servers_read - the file; one that cannot be read is empty */
void	dns_servers_read(const char *path, struct dns_servers *);
/* dns_servers_name - the nth name to be asked for in place of the host, without a dot at its end, into the array; false when there is none further */
bool	dns_servers_name(const struct dns_servers *, const char *host, unsigned nth, char [HOST_MAX]);

#endif
