/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sockets - addresses and sockets as the system has them
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/sockets.h"

#include <netinet/in.h>

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL	0	/* SO_NOSIGPIPE is there instead */
#endif

bool
sockets_flags(int fd)
{
	int flags = fcntl(fd, F_GETFL);

	return flags != -1 && fcntl(fd, F_SETFL, flags | O_NONBLOCK) != -1 &&
	    fcntl(fd, F_SETFD, FD_CLOEXEC) != -1;
}

#if defined(SOCK_NONBLOCK) && defined(SOCK_CLOEXEC)
static int
new_socket(int domain, int type, int protocol)
{
	return socket(domain, type | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol);
}
#else
static int
new_socket(int domain, int type, int protocol)
{
	int fd = socket(domain, type, protocol);

	if (fd != -1 && !sockets_flags(fd)) {
		close(fd);
		return -1;
	}
	return fd;
}
#endif

int
sockets_new(int family, int type)
{
	int fd = new_socket(family == 4 ? AF_INET : AF_INET6, type, 0);
#ifdef SO_NOSIGPIPE
	int on = 1;

	if (fd != -1)
		(void)setsockopt(fd, SOL_SOCKET, SO_NOSIGPIPE, &on,
		    sizeof(on));
#endif
	return fd;
}

int
sockets_new_echo(int family)
{
	return family == 4 ? new_socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) :
	    new_socket(AF_INET6, SOCK_DGRAM, IPPROTO_ICMPV6);
}

void
sockets_hops(int fd, int family, int hops)
{
	if (family == 4)
		(void)setsockopt(fd, IPPROTO_IP, IP_TTL, &hops, sizeof(hops));
	else
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, &hops,
		    sizeof(hops));
}

#if defined(IP_MINTTL) && defined(IPV6_MINHOPCOUNT)
bool
sockets_least(int fd, int family, int hops)
{
	return family == 4 ?
	    setsockopt(fd, IPPROTO_IP, IP_MINTTL, &hops, sizeof(hops)) == 0 :
	    setsockopt(fd, IPPROTO_IPV6, IPV6_MINHOPCOUNT, &hops,
	    sizeof(hops)) == 0;
}
#else
bool
sockets_least(int fd, int family, int hops)
{
	(void)fd;
	(void)family;
	(void)hops;
	errno = ENOPROTOOPT;
	return false;
}
#endif

#ifdef HAVE_PIPE2
bool
sockets_pipe(int fds[2])
{
	return pipe2(fds, O_CLOEXEC | O_NONBLOCK) == 0;
}
#else
bool
sockets_pipe(int fds[2])
{
	if (pipe(fds) == -1)
		return false;
	if (sockets_flags(fds[0]) && sockets_flags(fds[1]))
		return true;
	close(fds[0]);
	close(fds[1]);
	return false;
}
#endif

socklen_t
sockets_name(const struct address *a, uint16_t port,
    struct sockaddr_storage *name)
{
	struct sockaddr_in6 in6 = { 0 };
	struct sockaddr_in in4 = { 0 };

	memset(name, 0, sizeof(*name));
	if (a->family == 4) {
		in4.sin_family = AF_INET;
		in4.sin_port = htons(port);
		memcpy(&in4.sin_addr, a->ip, sizeof(in4.sin_addr));
		memcpy(name, &in4, sizeof(in4));
		return sizeof(in4);
	}
	in6.sin6_family = AF_INET6;
	in6.sin6_port = htons(port);
	in6.sin6_scope_id = a->scope;
	memcpy(&in6.sin6_addr, a->ip, sizeof(in6.sin6_addr));
	memcpy(name, &in6, sizeof(in6));
	return sizeof(in6);
}

bool
sockets_bind(int fd, const struct address *source)
{
	struct sockaddr_storage name;
	socklen_t len;
#ifdef IP_BIND_ADDRESS_NO_PORT
	int on = 1;

	/* ports are then used up for each server, not for all of them */
	(void)setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on,
	    sizeof(on));
#endif
	len = sockets_name(source, 0, &name);
	return bind(fd, (const struct sockaddr *)&name, len) == 0;
}

bool
sockets_address(const struct sockaddr *name, struct address *a)
{
	struct sockaddr_in6 in6;
	struct sockaddr_in in4;

	memset(a, 0, sizeof(*a));
	if (name->sa_family == AF_INET) {
		memcpy(&in4, name, sizeof(in4));
		a->family = 4;
		memcpy(a->ip, &in4.sin_addr, sizeof(in4.sin_addr));
		return true;
	}
	if (name->sa_family == AF_INET6) {
		memcpy(&in6, name, sizeof(in6));
		a->family = 6;
		memcpy(a->ip, &in6.sin6_addr, sizeof(in6.sin6_addr));
		a->scope = in6.sin6_scope_id;
		return true;
	}
	return false;
}

static void
endpoint(const struct sockaddr_storage *name, struct endpoint *end)
{
	const struct sockaddr_in *four = (const void *)name;
	const struct sockaddr_in6 *six = (const void *)name;

	if (!sockets_address((const void *)name, &end->address))
		return;
	end->port = ntohs(name->ss_family == AF_INET6 ? six->sin6_port :
	    four->sin_port);
}

void
sockets_ends(int fd, struct endpoint *ours, struct endpoint *theirs)
{
	struct sockaddr_storage name = { .ss_family = AF_UNSPEC };
	socklen_t len = sizeof(name);

	*ours = *theirs = (struct endpoint){ .port = 0 };
	if (getsockname(fd, (struct sockaddr *)&name, &len) == 0)
		endpoint(&name, ours);
	len = sizeof(name);
	if (getpeername(fd, (struct sockaddr *)&name, &len) == 0)
		endpoint(&name, theirs);
}

int
sockets_error(int fd)
{
	int error = 0;
	socklen_t len = sizeof(error);

	if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len) == -1)
		return errno;
	return error;
}

ssize_t
sockets_send(int fd, const void *bytes, size_t len)
{
	ssize_t n;

	do
		n = send(fd, bytes, len, MSG_NOSIGNAL | MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	return n;
}

ssize_t
sockets_recv(int fd, void *to, size_t len)
{
	ssize_t n;

	do
		n = recv(fd, to, len, MSG_DONTWAIT);
	while (n == -1 && errno == EINTR);
	return n;
}
