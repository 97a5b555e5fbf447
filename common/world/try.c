/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * try - one attempt to connect, and all that can be known of how it ended
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/try.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/error_queue.h"
#include "world/sockets.h"

enum {
	WAKES_MAX = 8,		/* wakes without a reason that are borne */
	SLOW = 900 * 1000	/* microseconds after which a SYN may have been lost */
};

static unsigned
retransmits(int fd)
{
#ifdef HAVE_STRUCT_TCP_INFO_TCPI_TOTAL_RETRANS
	struct tcp_info info = { 0 };
	socklen_t len = sizeof(info);

	if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &len) == 0)
		return info.tcpi_total_retrans;
#else
	(void)fd;
#endif
	return 0;
}

void
try_drop(struct try *t, struct loop *loop)
{
	if (t->fd == -1)
		return;
	loop_forget(loop, &t->watch);
	close(t->fd);
	t->fd = -1;
}

void
try_fail(struct try *t, struct loop *loop, int error, short revents)
{
	t->facts->ended = clock_now();
	t->facts->error = error;
	t->facts->revents = revents;
	if (t->fd == -1)
		return;
	if (!t->facts->local)
		(void)error_queue_read(t->fd, t->facts);
	if (error == ETIMEDOUT)
		t->facts->retransmits = retransmits(t->fd);
	try_drop(t, loop);
}

void
try_place(struct attempt *a, struct interfaces *interfaces)
{
	if (a->icmp && a->offender.family != 0)
		a->offender_is_ours = interfaces_ours(interfaces,
		    &a->offender);
	if (a->error == EHOSTUNREACH || a->error == EHOSTDOWN)
		a->on_link = interfaces_on_link(interfaces, &a->address);
}

static enum trying
won(struct try *t)
{
	t->facts->ended = clock_now();
	if (t->facts->ended - t->facts->started >= SLOW)
		t->facts->retransmits = retransmits(t->fd);
	return TRY_WON;
}

/* stuck - it failed before a packet was sent */
static enum trying
stuck(struct try *t, struct loop *loop, bool source)
{
	int error = errno;

	t->facts->local = true;
	t->facts->source = source;
	try_fail(t, loop, error, 0);
	return TRY_FAILED;
}

enum trying
try_start(struct try *t, struct loop *loop, const struct address *to,
    uint16_t port, const struct address *source,
    void (*on_ready)(struct watch *, short))
{
	struct sockaddr_storage name;
	socklen_t len;

	t->watch = (struct watch){ .ready = on_ready, .fd = -1 };
	t->wakes = 0;
	t->facts->address = *to;
	t->facts->started = clock_now();
	t->fd = sockets_new(to->family, SOCK_STREAM);
	if (t->fd == -1)
		return stuck(t, loop, false);
	if (source->family != 0 && !sockets_bind(t->fd, source))
		return stuck(t, loop, true);
	error_queue_on(t->fd, to->family, true);
	if (t->hops != 0)
		sockets_hops(t->fd, to->family, t->hops);
	if (t->least != 0 && !sockets_least(t->fd, to->family, t->least))
		return stuck(t, loop, false);
	len = sockets_name(to, port, &name);
	if (connect(t->fd, (const struct sockaddr *)&name, len) == 0)
		return won(t);
	if (errno != EINPROGRESS && errno != EINTR)
		return stuck(t, loop, false);
	if (loop_watch(loop, &t->watch, t->fd, POLLOUT))
		return TRY_ON;
	try_fail(t, loop, ENOMEM, 0);
	return TRY_FAILED;
}

enum trying
try_ready(struct try *t, struct loop *loop, short revents)
{
	int error = sockets_error(t->fd);

	if (error == 0 && (revents & POLLOUT))
		return won(t);
	if (error == 0 && t->wakes++ < WAKES_MAX) {
		/* TCP goes on in spite of the error that stands in the queue */
		(void)error_queue_read(t->fd, t->facts);
		return TRY_ON;
	}
	try_fail(t, loop, error != 0 ? error : EHOSTUNREACH, revents);
	return TRY_FAILED;
}

int
try_take(struct try *t, struct loop *loop)
{
	int fd = t->fd, on = 1;

	loop_unwatch(loop, &t->watch);
	error_queue_on(fd, t->facts->address.family, false);
	(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
	t->fd = -1;
	return fd;
}
