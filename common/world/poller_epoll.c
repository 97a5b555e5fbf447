/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poller_epoll - waiting with epoll(7)
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/poller.h"

#if defined(HAVE_SYS_EPOLL_H) && defined(HAVE_EPOLL_PWAIT)
#include <sys/epoll.h>

#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

struct poller {
	int	fd;
};

struct poller *
poller_new(void)
{
	struct poller *p = malloc(sizeof(*p));

	if (p == NULL)
		return NULL;
	p->fd = epoll_create1(EPOLL_CLOEXEC);
	if (p->fd == -1) {
		free(p);
		return NULL;
	}
	return p;
}

void
poller_free(struct poller *p)
{
	if (p == NULL)
		return;
	close(p->fd);
	free(p);
}

bool
poller_set(struct poller *p, unsigned slot, int fd, short events, bool fresh)
{
	struct epoll_event e = { .data.u32 = slot };

	if (events & POLLIN)
		e.events |= EPOLLIN;
	if (events & POLLOUT)
		e.events |= EPOLLOUT;
	return epoll_ctl(p->fd, fresh ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, fd,
	    &e) == 0;
}

void
poller_unset(struct poller *p, unsigned slot, int fd, bool closing)
{
	struct epoll_event unused = { 0 };

	(void)slot;
	/* the system does it by itself when the last descriptor is closed */
	if (!closing)
		(void)epoll_ctl(p->fd, EPOLL_CTL_DEL, fd, &unused);
}

static short
revents_of(uint32_t events)
{
	int r = 0;

	if (events & EPOLLIN)
		r |= POLLIN;
	if (events & EPOLLOUT)
		r |= POLLOUT;
	if (events & EPOLLERR)
		r |= POLLERR;
	if (events & EPOLLHUP)
		r |= POLLHUP;
	return (short)r;
}

unsigned
poller_wait(struct poller *p, int64_t usec, const sigset_t *mask,
    struct poller_event out[POLLER_BATCH])
{
	struct epoll_event got[POLLER_BATCH];
	int64_t ms = usec < 0 ? -1 : (usec + 999) / 1000;
	int i, n;

	if (ms > INT_MAX)
		ms = INT_MAX;
	n = epoll_pwait(p->fd, got, POLLER_BATCH, (int)ms, mask);
	for (i = 0; i < n; i++) {
		out[i].slot = got[i].data.u32;
		out[i].revents = revents_of(got[i].events);
	}
	return n > 0 ? (unsigned)n : 0;
}
#endif
