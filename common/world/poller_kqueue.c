/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poller_kqueue - waiting with kqueue(2), where there is no epoll
 *
 * kevent() takes no mask: signals are let in around a wait of at most QUARTER,
 * so that one that comes just before it is noticed that much later.
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/poller.h"

#if defined(HAVE_SYS_EVENT_H) && defined(HAVE_KQUEUE) && \
    !(defined(HAVE_SYS_EPOLL_H) && defined(HAVE_EPOLL_PWAIT))
#include <sys/types.h>
#include <sys/event.h>
#include <sys/time.h>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

enum {
	QUARTER = 250 * 1000	/* microseconds */
};

struct poller {
	int	fd;
};

struct poller *
poller_new(void)
{
	struct poller *p = malloc(sizeof(*p));

	if (p == NULL)
		return NULL;
	p->fd = kqueue();
	if (p->fd == -1) {
		free(p);
		return NULL;
	}
	(void)fcntl(p->fd, F_SETFD, FD_CLOEXEC);
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

/* filter - wait for it, or not any more: what was not waited for is no loss */
static bool
filter(struct poller *p, unsigned slot, int fd, short which, bool on)
{
	struct kevent e;

	EV_SET(&e, (uintptr_t)fd, which, on ? EV_ADD : EV_DELETE, 0, 0,
	    (void *)(uintptr_t)slot);
	return kevent(p->fd, &e, 1, NULL, 0, NULL) == 0 || !on;
}

bool
poller_set(struct poller *p, unsigned slot, int fd, short events, bool fresh)
{
	bool in = (events & POLLIN) != 0, out = (events & POLLOUT) != 0;

	return ((fresh && !in) || filter(p, slot, fd, EVFILT_READ, in)) &&
	    ((fresh && !out) || filter(p, slot, fd, EVFILT_WRITE, out));
}

void
poller_unset(struct poller *p, unsigned slot, int fd)
{
	(void)filter(p, slot, fd, EVFILT_READ, false);
	(void)filter(p, slot, fd, EVFILT_WRITE, false);
}

static short
revents_of(const struct kevent *e)
{
	int r = e->filter == EVFILT_READ ? POLLIN : POLLOUT;

	/* an end with an error in `fflags` is a connection that failed */
	if (e->flags & EV_EOF)
		r |= e->fflags != 0 ? POLLERR | POLLHUP : POLLHUP;
	if (e->flags & EV_ERROR)
		r |= POLLERR;
	return (short)r;
}

/* merge - reading and writing of one descriptor come apart, and are one event here */
static unsigned
merge(struct poller_event out[POLLER_BATCH], unsigned n,
    const struct kevent *e)
{
	unsigned i = 0, slot = (unsigned)(uintptr_t)e->udata;

	while (i < n && out[i].slot != slot)
		i++;
	if (i < n) {
		out[i].revents = (short)(out[i].revents | revents_of(e));
		return n;
	}
	out[n].slot = slot;
	out[n].revents = revents_of(e);
	return n + 1;
}

unsigned
poller_wait(struct poller *p, int64_t usec, const sigset_t *mask,
    struct poller_event out[POLLER_BATCH])
{
	struct kevent got[POLLER_BATCH];
	struct timespec wait;
	sigset_t before;
	unsigned len = 0;
	int i, n;

	if (usec < 0 || usec > QUARTER)
		usec = QUARTER;
	wait.tv_sec = 0;
	wait.tv_nsec = (long)usec * 1000;
	(void)pthread_sigmask(SIG_SETMASK, mask, &before);
	n = kevent(p->fd, NULL, 0, got, POLLER_BATCH, &wait);
	(void)pthread_sigmask(SIG_SETMASK, &before, NULL);
	for (i = 0; i < n; i++)
		len = merge(out, len, &got[i]);
	return len;
}
#endif
