/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * loop - wait for descriptors and times, once for all targets
 *
 * SIGTERM and SIGINT are blocked from loop_new() to loop_free() and let in
 * during the wait only (epoll_pwait, ppoll): a flag that their handlers set
 * cannot be missed between its test and the wait.  A wait that finds something
 * ready at once may let no signal in, so a busy loop opens the door now and
 * then, after which it returns and the flag is seen.
 *
 * A callback may take away whatever is watched.  Of the events that were
 * fetched together only those are delivered whose watch is still the one that
 * it was: `born` tells.
 */
#define _GNU_SOURCE
#include "world/loop.h"

#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>

#include "world/clock.h"
#include "world/poller.h"
#include "world/timers.h"

enum {
	PLACES_FIRST = 16,
	SIGNALS_EVERY = 32,		/* rounds without a pause after which signals are let in */
	NO_PLACE = 0xffffffff
};

struct place {
	struct watch	*watch;		/* NULL: free */
	unsigned	 next;		/* of the free ones */
	unsigned	 born;		/* round in which it was watched */
};

struct loop {
	struct poller	*poller;
	struct timers	 timers;
	struct place	*places;
	unsigned	 nplaces;
	unsigned	 free;		/* first free place */
	unsigned	 round;
	sigset_t	 mask;		/* of before, and of the wait */
	sigset_t	 blocked;
};

struct loop *
loop_new(void)
{
	struct loop *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	l->free = (unsigned)NO_PLACE;
	l->poller = poller_new();
	if (l->poller == NULL) {
		free(l);
		return NULL;
	}
	sigemptyset(&l->blocked);
	sigaddset(&l->blocked, SIGTERM);
	sigaddset(&l->blocked, SIGINT);
	pthread_sigmask(SIG_BLOCK, &l->blocked, &l->mask);
	return l;
}

void
loop_free(struct loop *l)
{
	if (l == NULL)
		return;
	pthread_sigmask(SIG_SETMASK, &l->mask, NULL);
	poller_free(l->poller);
	timers_free(&l->timers);
	free(l->places);
	free(l);
}

/* grow - more places, all of them free */
static bool
grow(struct loop *l)
{
	unsigned n = l->nplaces == 0 ? PLACES_FIRST : l->nplaces * 2;
	struct place *places = realloc(l->places, n * sizeof(*places));
	unsigned i;

	if (places == NULL)
		return false;
	l->places = places;
	for (i = n; i-- > l->nplaces; ) {
		places[i].watch = NULL;
		places[i].next = l->free;
		l->free = i;
	}
	l->nplaces = n;
	return true;
}

/* add - watch a descriptor that was not */
static bool
add(struct loop *l, struct watch *w, int fd, short events)
{
	unsigned slot;

	if (l->free == (unsigned)NO_PLACE && !grow(l))
		return false;
	slot = l->free;
	if (!poller_set(l->poller, slot, fd, events, true))
		return false;
	l->free = l->places[slot].next;
	l->places[slot].watch = w;
	l->places[slot].born = l->round;
	w->slot = slot;
	w->fd = fd;
	w->events = events;
	return true;
}

bool
loop_watch(struct loop *l, struct watch *w, int fd, short events)
{
	if (w->fd != fd)
		loop_unwatch(l, w);
	if (w->fd == -1)
		return add(l, w, fd, events);
	if (w->events == events)
		return true;
	if (!poller_set(l->poller, w->slot, fd, events, false))
		return false;
	w->events = events;
	return true;
}

static void
let_go(struct loop *l, struct watch *w, bool closing)
{
	if (w->fd == -1)
		return;
	poller_unset(l->poller, w->slot, w->fd, closing);
	l->places[w->slot].watch = NULL;
	l->places[w->slot].next = l->free;
	l->free = w->slot;
	w->fd = -1;
}

void
loop_unwatch(struct loop *l, struct watch *w)
{
	let_go(l, w, false);
}

void
loop_forget(struct loop *l, struct watch *w)
{
	let_go(l, w, true);
}

bool
loop_set(struct loop *l, struct timer *t, int64_t at)
{
	return timers_set(&l->timers, t, at);
}

void
loop_unset(struct loop *l, struct timer *t)
{
	timers_unset(&l->timers, t);
}

/* patience - how long the next wait may be, negative: for ever */
static int64_t
patience(const struct loop *l, int64_t until)
{
	const struct timer *first = timers_first(&l->timers);
	int64_t now;

	if (first != NULL && (until == 0 || first->at < until))
		until = first->at;
	if (until == 0)
		return -1;
	now = clock_now();
	return until > now ? until - now : 0;
}

/* run_timers - those that are due; one that is set again meanwhile waits for the next round, however early it is */
static void
run_timers(struct loop *l)
{
	size_t left = l->timers.n;
	int64_t now;

	if (left == 0)
		return;
	now = clock_now();
	while (left-- > 0) {
		struct timer *t = timers_first(&l->timers);

		if (t == NULL || t->at > now)
			return;
		timers_unset(&l->timers, t);
		t->due(t);
	}
}

static void
let_signals_in(struct loop *l)
{
	pthread_sigmask(SIG_SETMASK, &l->mask, NULL);
	pthread_sigmask(SIG_BLOCK, &l->blocked, NULL);
}

void
loop_once(struct loop *l, int64_t until)
{
	struct poller_event events[POLLER_BATCH];
	unsigned i, n;

	l->round++;
	n = poller_wait(l->poller, patience(l, until), &l->mask, events);
	for (i = 0; i < n; i++) {
		struct place *p = &l->places[events[i].slot];

		if (p->watch != NULL && p->born != l->round)
			p->watch->ready(p->watch, events[i].revents);
	}
	run_timers(l);
	if (l->round % SIGNALS_EVERY == 0)
		let_signals_in(l);
}
