/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * rtnetlink - questions to the kernel about its routes and neighbours
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/rtnetlink.h"

#ifdef HAVE_LINUX_RTNETLINK_H
#include <sys/types.h>
#include <sys/socket.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/sockets.h"

enum {
	SEQUENCE = 1		/* of every question: there is one at a time, on a socket of its own */
};

/* a question under way */
struct asking {
	bool	(*take)(void *, uint16_t, struct span);
	void	*arg;
	bool	 all;
	bool	 over;
	int	 error;
};

int
rtnetlink_open(void)
{
	return socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
	    NETLINK_ROUTE);
}

void
rtnetlink_begin(struct rtnetlink_question *q, uint16_t type,
    const void *header, size_t len)
{
	memset(q, 0, sizeof(*q));
	q->type = type;
	memcpy(q->body, header, len);
	q->len = NLMSG_ALIGN(len);
}

void
rtnetlink_add(struct rtnetlink_question *q, uint16_t type, const void *value,
    size_t len)
{
	struct rtattr a = { .rta_type = type };

	if (q->len + RTA_SPACE(len) > sizeof(q->body))
		return;
	a.rta_len = (unsigned short)RTA_LENGTH(len);
	memcpy(q->body + q->len, &a, sizeof(a));
	memcpy(q->body + q->len + RTA_LENGTH(0), value, len);
	q->len += RTA_SPACE(len);
}

/* skip - go past `len` bytes and what fills them up to the next place */
static void
skip(struct span *s, size_t len, size_t align)
{
	size_t n = (len + align - 1) & ~(align - 1);

	if (n > s->len)
		n = s->len;
	s->p += n;
	s->len -= n;
}

bool
rtnetlink_header(struct span *body, void *header, size_t len)
{
	if (body->len < len)
		return false;
	memcpy(header, body->p, len);
	skip(body, len, NLMSG_ALIGNTO);
	return true;
}

struct span
rtnetlink_attribute(struct span attributes, uint16_t type)
{
	struct rtattr a;

	while (attributes.len >= sizeof(a)) {
		memcpy(&a, attributes.p, sizeof(a));
		if (a.rta_len < RTA_LENGTH(0) || a.rta_len > attributes.len)
			break;
		if ((a.rta_type & NLA_TYPE_MASK) == type)
			return (struct span){ attributes.p + RTA_LENGTH(0),
			    a.rta_len - RTA_LENGTH(0) };
		skip(&attributes, a.rta_len, RTA_ALIGNTO);
	}
	return (struct span){ NULL, 0 };
}

static bool
send_question(int fd, const struct rtnetlink_question *q)
{
	struct sockaddr_nl kernel = { .nl_family = AF_NETLINK };
	struct nlmsghdr head = { .nlmsg_type = q->type,
	    .nlmsg_flags = NLM_F_REQUEST, .nlmsg_seq = SEQUENCE };
	char message[NLMSG_HDRLEN + RTNETLINK_BODY_MAX];
	ssize_t n;

	if (q->all)
		head.nlmsg_flags |= NLM_F_DUMP;
	head.nlmsg_len = (unsigned)(NLMSG_HDRLEN + q->len);
	memcpy(message, &head, sizeof(head));
	memcpy(message + NLMSG_HDRLEN, q->body, q->len);
	do
		n = sendto(fd, message, head.nlmsg_len, 0,
		    (const struct sockaddr *)&kernel, sizeof(kernel));
	while (n == -1 && errno == EINTR);
	return n == (ssize_t)head.nlmsg_len;
}

/* hear_error - the kernel refuses; or has done what was asked, which is 0 */
static void
hear_error(struct asking *a, struct span body)
{
	int error;

	a->over = true;
	a->error = EBADMSG;
	if (rtnetlink_header(&body, &error, sizeof(error)))
		a->error = abs(error);
}

/* hear - one message */
static void
hear(struct asking *a, const struct nlmsghdr *head, struct span body)
{
	if (head->nlmsg_seq != SEQUENCE || head->nlmsg_type == NLMSG_NOOP)
		return;
	if (head->nlmsg_type == NLMSG_ERROR)
		hear_error(a, body);
	else if (head->nlmsg_type == NLMSG_DONE)
		a->over = true;
	else if (!a->take(a->arg, head->nlmsg_type, body) || !a->all)
		a->over = true;
}

/* hear_all - the messages of one datagram */
static void
hear_all(struct asking *a, struct span s)
{
	struct nlmsghdr head;
	struct span body;

	while (!a->over && s.len > 0) {
		if (s.len < sizeof(head))
			memset(&head, 0, sizeof(head));
		else
			memcpy(&head, s.p, sizeof(head));
		if (head.nlmsg_len < NLMSG_HDRLEN || head.nlmsg_len > s.len) {
			a->over = true;
			a->error = EBADMSG;
			return;
		}
		body = (struct span){ s.p + NLMSG_HDRLEN,
		    head.nlmsg_len - NLMSG_HDRLEN };
		hear(a, &head, body);
		skip(&s, head.nlmsg_len, NLMSG_ALIGNTO);
	}
}

/* receive - the next datagram of the kernel; 0 when none came by then, -1 with errno */
static ssize_t
receive(int fd, char *to, int64_t until)
{
	struct sockaddr_nl from = { 0 };
	struct pollfd p = { .fd = fd, .events = POLLIN };
	socklen_t len;
	int64_t left;
	ssize_t n;

	for (;;) {
		len = sizeof(from);
		n = recvfrom(fd, to, RTNETLINK_READ, MSG_DONTWAIT | MSG_TRUNC,
		    (struct sockaddr *)&from, &len);
		/* another process may write to this socket, too */
		if (n >= 0 && from.nl_pid == 0)
			return n;
		if (n == -1 && errno != EINTR && errno != EAGAIN)
			return -1;
		left = until - clock_now();
		if (left <= 0)
			return 0;
		if (n == -1)
			(void)poll(&p, 1, (int)(left / 1000) + 1);
	}
}

/* listen_to - the whole answer */
static void
listen_to(int fd, struct asking *a, char *room)
{
	int64_t until = clock_now() + RTNETLINK_PATIENCE;
	unsigned i;
	ssize_t n;

	for (i = 0; i < RTNETLINK_READS_MAX && !a->over; i++) {
		n = receive(fd, room, until);
		if (n <= 0 || n > RTNETLINK_READ) {
			a->error = n == 0 ? ETIMEDOUT : n == -1 ? errno :
			    EBADMSG;
			return;
		}
		hear_all(a, (struct span){ room, (size_t)n });
	}
	if (!a->over)
		a->error = EBADMSG;
}

int
rtnetlink_ask(int fd, const struct rtnetlink_question *q,
    bool (*take)(void *, uint16_t, struct span), void *arg)
{
	struct asking a = { .take = take, .arg = arg, .all = q->all };
	char *room;

	if (!send_question(fd, q))
		return errno;
	room = malloc(RTNETLINK_READ);
	if (room == NULL)
		return ENOMEM;
	listen_to(fd, &a, room);
	free(room);
	return a.error;
}
#endif
