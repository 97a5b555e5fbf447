/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * error_queue - the ICMP error that a failed connection left behind
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/error_queue.h"

#ifdef HAVE_LINUX_ERRQUEUE_H
#include <sys/types.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <netinet/in.h>
#include <linux/errqueue.h>

#include <string.h>

#include "world/sockets.h"

enum {
	QUEUE_MAX = 16		/* errors read of one socket at once */
};

/* an error with the address of its sender right behind it */
struct sent_error {
	struct sock_extended_err error;
	struct sockaddr_in6	 offender;
};

static void
take(const struct sent_error *e, struct attempt *a)
{
	struct sockaddr_storage name = { 0 };

	if (e->error.ee_origin != SO_EE_ORIGIN_ICMP &&
	    e->error.ee_origin != SO_EE_ORIGIN_ICMP6)
		return;
	a->icmp = true;
	a->icmp_type = e->error.ee_type;
	a->icmp_code = e->error.ee_code;
	memcpy(&name, &e->offender, sizeof(e->offender));
	sockets_address((const struct sockaddr *)&name, &a->offender);
}

static bool
is_error(const struct cmsghdr *c)
{
	return (c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) ||
	    (c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR);
}

static bool
read_one(int fd, struct attempt *a)
{
	union {
		struct cmsghdr	align;
		char		bytes[512];
	} control;
	struct msghdr m = { .msg_control = control.bytes,
	    .msg_controllen = sizeof(control.bytes) };
	struct sent_error e;
	struct cmsghdr *c;
	size_t len;

	if (recvmsg(fd, &m, MSG_ERRQUEUE | MSG_DONTWAIT) == -1)
		return false;
	for (c = CMSG_FIRSTHDR(&m); c != NULL; c = CMSG_NXTHDR(&m, c)) {
		if (!is_error(c) ||
		    c->cmsg_len < CMSG_LEN(sizeof(e.error)))
			continue;
		memset(&e, 0, sizeof(e));
		len = c->cmsg_len - CMSG_LEN(0);
		memcpy(&e, CMSG_DATA(c), len < sizeof(e) ? len : sizeof(e));
		take(&e, a);
	}
	return true;
}

void
error_queue_on(int fd, int family, bool on)
{
	int value = on;

	if (family == 4)
		(void)setsockopt(fd, IPPROTO_IP, IP_RECVERR, &value,
		    sizeof(value));
	else
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &value,
		    sizeof(value));
}

bool
error_queue_exists(void)
{
	return true;
}

unsigned
error_queue_read(int fd, struct attempt *a)
{
	unsigned n = 0;

	while (n < QUEUE_MAX && read_one(fd, a))
		n++;
	return n;
}
#else
void
error_queue_on(int fd, int family, bool on)
{
	(void)fd;
	(void)family;
	(void)on;
}

bool
error_queue_exists(void)
{
	return false;
}

unsigned
error_queue_read(int fd, struct attempt *a)
{
	(void)fd;
	(void)a;
	return 0;
}
#endif
