/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * poller - the one thing that loop needs of the system: waiting
 *
 * poller_epoll.c where there is epoll_pwait(2), poller_kqueue.c where there is
 * kqueue(2), poller_poll.c elsewhere.
 */
#ifndef WORLD_POLLER_H
#define WORLD_POLLER_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	POLLER_BATCH = 64	/* events of one wait */
};

struct poller;

struct poller_event {
	unsigned	slot;
	short		revents;	/* poll(2) bits */
};

struct poller	*poller_new(void);
void		 poller_free(struct poller *);
/* poller_set - wait for events of fd from now on; `fresh` if that slot was not in use */
bool		 poller_set(struct poller *, unsigned slot, int fd, short events, bool fresh);
/* poller_unset - no longer; `closing` if fd is closed right behind it and has no duplicate */
void		 poller_unset(struct poller *, unsigned slot, int fd, bool closing);
/* poller_wait - at most `usec` (negative: for ever) with that signal mask; how many events there are, 0 also when a signal came */
unsigned	 poller_wait(struct poller *, int64_t usec, const sigset_t *, struct poller_event [POLLER_BATCH]);

#endif
