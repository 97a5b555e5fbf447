/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * accept PORT... - a server on all IPv4 addresses of this host that takes every
 * connection and closes it at once, as cheaply as can be
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
	WAITING_MAX = 65535,	/* connections that wait to be taken; the system has a say, too */
	BATCH = 16
};

static int
listen_at(int port)
{
	struct sockaddr_in name = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)port) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), on = 1;

	if (fd == -1 || setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on,
	    sizeof(on)) == -1 ||
	    bind(fd, (struct sockaddr *)&name, sizeof(name)) == -1 ||
	    listen(fd, WAITING_MAX) == -1) {
		perror("accept");
		exit(1);
	}
	return fd;
}

static void
take_all(int from)
{
	int fd;

	while ((fd = accept4(from, NULL, NULL, SOCK_CLOEXEC)) != -1)
		(void)close(fd);
}

int
main(int argc, char *argv[])
{
	struct epoll_event events[BATCH];
	int poller = epoll_create1(0), i, n;

	for (i = 1; i < argc; i++) {
		struct epoll_event e = { .events = EPOLLIN };

		e.data.fd = listen_at((int)strtol(argv[i], NULL, 10));
		(void)epoll_ctl(poller, EPOLL_CTL_ADD, e.data.fd, &e);
	}
	(void)puts("ready");
	(void)fflush(stdout);
	for (;;) {
		n = epoll_wait(poller, events, BATCH, -1);
		for (i = 0; i < n; i++)
			take_all(events[i].data.fd);
	}
}
