/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * floor_ports HOSTS PORT... - the least that a program can do who wants to know
 * of very many ports whether they are open
 *
 * Hosts are 127.1.0.0 and on.  It asks why a connection failed and looks no
 * closer, keeps nothing but a count, and has one time-out for all, so that it
 * is of no use where ports are silent: the system gives them up after minutes.
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
	FIRST_HOST = 0x7f010000,
	AT_ONCE = 960,
	BEGIN = 32,		/* connections begun before answers are looked at */
	BATCH = 64
};

static void
begin(int poller, unsigned host, const char *port)
{
	struct sockaddr_in name = { .sin_family = AF_INET,
	    .sin_port = htons((uint16_t)strtoul(port, NULL, 10)),
	    .sin_addr.s_addr = htonl(FIRST_HOST + host) };
	struct epoll_event e = { .events = EPOLLOUT };

	e.data.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC,
	    0);
	(void)connect(e.data.fd, (struct sockaddr *)&name, sizeof(name));
	(void)epoll_ctl(poller, EPOLL_CTL_ADD, e.data.fd, &e);
}

static int
is_open(int fd)
{
	socklen_t len = sizeof(int);
	int error = 0;

	(void)getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
	(void)close(fd);
	return error == 0;
}

int
main(int argc, char *argv[])
{
	int nports = argc - 2;
	int total = argc < 3 ? 0 : (int)strtol(argv[1], NULL, 10) * nports;
	int poller = epoll_create1(EPOLL_CLOEXEC), i, n, next = 0, busy = 0;
	struct epoll_event events[BATCH];
	int open = 0;

	while (next < total || busy > 0) {
		for (i = 0; i < BEGIN && next < total && busy < AT_ONCE; i++) {
			begin(poller, (unsigned)(next / nports),
			    argv[2 + next % nports]);
			next++;
			busy++;
		}
		n = epoll_wait(poller, events, BATCH, next < total &&
		    busy < AT_ONCE ? 0 : -1);
		for (i = 0; i < n; i++)
			open += is_open(events[i].data.fd);
		busy -= n > 0 ? n : 0;
	}
	(void)printf("open=%d refused=%d\n", open, total - open);
	return 0;
}
