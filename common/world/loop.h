/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop - wait for descriptors and times, once for all targets
 *
 * epoll or kqueue where there is such a thing, poll(2) elsewhere; timers in a heap.
 */
#ifndef WORLD_LOOP_H
#define WORLD_LOOP_H

#include <stdbool.h>
#include <stdint.h>

struct loop;

/* embedded in whatever waits; the loop never owns them */
struct watch {
	void	(*ready)(struct watch *, short revents);	/* POLLIN POLLOUT POLLERR POLLHUP */
	int	 fd;		/* -1: not watched */
	short	 events;	/* as last told to the loop */
	unsigned slot;		/* the loop's own */
};

struct timer {
	void	(*due)(struct timer *);
	int64_t	 at;		/* clock_now() time; 0: not set */
	unsigned slot;		/* place in the heap + 1; 0: not in it */
};

struct loop	*loop_new(void);
void		 loop_free(struct loop *);
/* loop_watch - watch fd for events (POLLIN, POLLOUT, one of them at least; errors and ends are told with it); again with other events to change them; false without memory or descriptors */
bool		 loop_watch(struct loop *, struct watch *, int fd, short events);
/* loop_unwatch - before the descriptor is closed */
void		 loop_unwatch(struct loop *, struct watch *);
/* loop_forget - the same, in one step less, of a descriptor that is closed right behind it and has no duplicate */
void		 loop_forget(struct loop *, struct watch *);
/* loop_set, loop_unset - (re)arm and disarm */
bool		 loop_set(struct loop *, struct timer *, int64_t at);
void		 loop_unset(struct loop *, struct timer *);
/* loop_once - wait for the next thing (not beyond `until`, 0: as long as it takes) and call who it concerns.  Signals interrupt the wait: it then returns. */
void		 loop_once(struct loop *, int64_t until);

#endif
