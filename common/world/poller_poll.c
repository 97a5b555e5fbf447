/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poller_poll - waiting with poll(2), where there is neither epoll nor kqueue
 *
 * With ppoll() signals are let in during the wait only, as with epoll_pwait().
 * Without, they are let in around a wait of at most QUARTER: one that comes
 * just before it is then noticed that much later.
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/poller.h"

#if !(defined(HAVE_SYS_EPOLL_H) && defined(HAVE_EPOLL_PWAIT)) && \
    !(defined(HAVE_SYS_EVENT_H) && defined(HAVE_KQUEUE))
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

enum {
	POLLER_FIRST = 16,	/* places of the first allocation */
	QUARTER = 250		/* milliseconds */
};

struct poller {
	struct pollfd	*fds;
	unsigned	 n;
	unsigned	 from;	/* whose turn it is to be looked at first */
};

struct poller *
poller_new(void)
{
	return calloc(1, sizeof(struct poller));
}

void
poller_free(struct poller *p)
{
	if (p == NULL)
		return;
	free(p->fds);
	free(p);
}

static bool
grow(struct poller *p, unsigned slot)
{
	unsigned n = p->n == 0 ? POLLER_FIRST : p->n;
	struct pollfd *fds;

	while (n <= slot)
		n *= 2;
	fds = realloc(p->fds, n * sizeof(*fds));
	if (fds == NULL)
		return false;
	p->fds = fds;
	for (; p->n < n; p->n++)
		p->fds[p->n] = (struct pollfd){ .fd = -1 };
	return true;
}

bool
poller_set(struct poller *p, unsigned slot, int fd, short events, bool fresh)
{
	(void)fresh;
	if (slot >= p->n && !grow(p, slot))
		return false;
	p->fds[slot] = (struct pollfd){ .fd = fd, .events = events };
	return true;
}

void
poller_unset(struct poller *p, unsigned slot, int fd, bool closing)
{
	(void)fd;
	(void)closing;
	p->fds[slot] = (struct pollfd){ .fd = -1 };
}

#ifdef HAVE_PPOLL
static int
wait_once(struct poller *p, int64_t usec, const sigset_t *mask)
{
	struct timespec ts = { .tv_sec = (time_t)(usec / 1000000),
	    .tv_nsec = (long)(usec % 1000000) * 1000 };

	return ppoll(p->fds, p->n, usec < 0 ? NULL : &ts, mask);
}
#else
static int
wait_once(struct poller *p, int64_t usec, const sigset_t *mask)
{
	int64_t ms = usec < 0 || usec > QUARTER * 1000 ? QUARTER :
	    (usec + 999) / 1000;
	sigset_t before;
	int n;

	pthread_sigmask(SIG_SETMASK, mask, &before);
	n = poll(p->fds, p->n, (int)ms);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return n;
}
#endif

unsigned
poller_wait(struct poller *p, int64_t usec, const sigset_t *mask,
    struct poller_event out[POLLER_BATCH])
{
	int left = wait_once(p, usec, mask);
	unsigned i, n = 0;

	for (i = 0; i < p->n && left > 0 && n < POLLER_BATCH; i++) {
		unsigned slot = (p->from + i) % p->n;

		if (p->fds[slot].fd < 0 || p->fds[slot].revents == 0)
			continue;
		out[n].slot = slot;
		out[n].revents = p->fds[slot].revents;
		n++;
		left--;
	}
	/* when the batch was too small, the others come first next time */
	p->from = n == POLLER_BATCH ? (out[n - 1].slot + 1) % p->n : 0;
	return n;
}
#endif
