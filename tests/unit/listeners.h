/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * listeners - sockets on loopback that answer, refuse, or are silent
 *
 * The including file defines _GNU_SOURCE and includes cmocka.h before.
 */
#ifndef UNIT_LISTENERS_H
#define UNIT_LISTENERS_H

#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "world/sockets.h"

/* port_of - the port that a socket is bound to */
static inline uint16_t
port_of(int fd)
{
	struct sockaddr_storage name;
	socklen_t len = sizeof(name);
	uint16_t port;

	assert_int_equal(getsockname(fd, (struct sockaddr *)&name, &len), 0);
	/* at the same place in both families */
	memcpy(&port, (char *)&name + sizeof(name.ss_family), sizeof(port));
	return (uint16_t)(port >> 8 | port << 8);
}

/* listener - bound to the port (0: any), listening if backlog is not negative; -1 when the system has no such address */
static inline int
listener(const struct address *a, uint16_t port, int backlog)
{
	struct sockaddr_storage name;
	socklen_t len = sockets_name(a, port, &name);
	int fd = sockets_new(a->family, SOCK_STREAM);

	if (fd == -1)
		return -1;
	if (bind(fd, (struct sockaddr *)&name, len) == -1) {
		close(fd);
		return -1;
	}
	if (backlog >= 0)
		assert_int_equal(listen(fd, backlog), 0);
	return fd;
}

/* full_listener - one whose queue is full, so that a SYN gets no answer; `holds` are the connections that fill it */
static inline int
full_listener(const struct address *a, uint16_t port, int holds[4])
{
	struct sockaddr_storage name;
	int fd = listener(a, port, 0);
	socklen_t len;
	int i;

	if (fd == -1)
		return -1;
	len = sockets_name(a, port_of(fd), &name);
	for (i = 0; i < 4; i++) {
		struct pollfd p = { .events = POLLOUT };

		holds[i] = p.fd = sockets_new(a->family, SOCK_STREAM);
		assert_true(holds[i] >= 0);
		(void)connect(holds[i], (struct sockaddr *)&name, len);
		/* those that fit are connected at once on loopback */
		(void)poll(&p, 1, 50);
	}
	return fd;
}

static inline void
close_all(int fd, const int holds[4])
{
	int i;

	close(fd);
	for (i = 0; i < 4; i++)
		close(holds[i]);
}

#endif
