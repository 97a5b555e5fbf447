/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sockets - addresses and sockets as the system has them
 */
#ifndef WORLD_SOCKETS_H
#define WORLD_SOCKETS_H

#include <sys/types.h>
#include <sys/socket.h>

#include <stdbool.h>

#include "base/address.h"
#include "base/proxy_header.h"

/* sockets_new - non-blocking, closed on exec, no SIGPIPE; -1 with errno.  `type` is SOCK_STREAM or SOCK_DGRAM */
int		sockets_new(int family, int type);
/* sockets_new_echo - for echo requests without privilege, as above; EACCES or EPROTONOSUPPORT where the system does not let this user */
int		sockets_new_echo(int family);
/* sockets_hops - packets of the socket live for so many hops */
void		sockets_hops(int fd, int family, int hops);
/* sockets_least - hear packets only that have at least so many hops left to live; false where the system cannot */
bool		sockets_least(int fd, int family, int hops);
/* sockets_bind - --source-address, with a port that the system chooses */
bool		sockets_bind(int fd, const struct address *source);
/* sockets_flags - make a descriptor non-blocking and closed on exec */
bool		sockets_flags(int fd);
/* sockets_pipe - closed on exec, non-blocking */
bool		sockets_pipe(int [2]);
/* sockets_name - the address with a port, as connect() and bind() want it */
socklen_t	sockets_name(const struct address *, uint16_t port, struct sockaddr_storage *);
/* sockets_address - the other way round; false if it is neither IPv4 nor IPv6 */
bool		sockets_address(const struct sockaddr *, struct address *);
/* sockets_ends - our own end of a connection and the other; of no family where that cannot be told */
void		sockets_ends(int fd, struct endpoint *ours, struct endpoint *theirs);
/* sockets_error - the pending error of a socket, 0 none */
int		sockets_error(int fd);
/* sockets_send, sockets_recv - once, without waiting and without SIGPIPE, again when a signal came */
ssize_t		sockets_send(int fd, const void *, size_t);
ssize_t		sockets_recv(int fd, void *, size_t);

#endif
