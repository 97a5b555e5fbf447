/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_loop - timers in order, descriptors, and what happens in between
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "world/clock.h"
#include "world/loop.h"

enum {
	TIMERS = 100,
	WATCHES = 100,
	FAR = 3600 * 1000 * 1000LL
};

struct alarm {
	struct timer	 timer;
	struct record	*record;
	unsigned	 number;
};

struct record {
	struct loop	*loop;
	unsigned	 seen[TIMERS];
	size_t		 n;
	struct alarm	*unset;		/* taken away by whoever comes first */
};

static void
ring(struct timer *t)
{
	struct alarm *a = (struct alarm *)(void *)t;
	struct record *r = a->record;

	assert_int_equal(t->slot, 0);
	assert_true(r->n < TIMERS);
	r->seen[r->n++] = a->number;
	if (r->unset != NULL)
		loop_unset(r->loop, &r->unset->timer);
}

static void
test_timers_in_order(void **state)
{
	struct alarm alarms[TIMERS];
	struct record r = { .loop = loop_new() };
	int64_t start = clock_now();
	size_t i;

	(void)state;
	assert_non_null(r.loop);
	for (i = 0; i < TIMERS; i++) {
		/* 37 and TIMERS have no factor in common */
		unsigned number = (unsigned)(i * 37 % TIMERS);

		alarms[i] = (struct alarm){ { .due = ring }, &r, number };
		assert_true(loop_set(r.loop, &alarms[i].timer,
		    start - TIMERS + number));
	}
	loop_once(r.loop, 0);
	assert_int_equal(r.n, TIMERS);
	for (i = 0; i < TIMERS; i++)
		assert_int_equal(r.seen[i], i);
	loop_free(r.loop);
}

static void
test_timers_moved(void **state)
{
	struct alarm a[4];
	struct record r = { .loop = loop_new() };
	int64_t now = clock_now();
	unsigned i;

	(void)state;
	for (i = 0; i < 4; i++) {
		a[i] = (struct alarm){ { .due = ring }, &r, i };
		assert_true(loop_set(r.loop, &a[i].timer, now + FAR + i));
	}
	loop_unset(r.loop, &a[1].timer);
	loop_unset(r.loop, &a[1].timer);
	assert_true(loop_set(r.loop, &a[3].timer, now));
	assert_true(loop_set(r.loop, &a[0].timer, now + 1));
	r.unset = &a[0];
	loop_once(r.loop, 0);
	assert_int_equal(r.n, 1);
	assert_int_equal(r.seen[0], 3);
	assert_int_equal(a[0].timer.at, 0);
	/* only a[2] is left, and it is far away */
	loop_once(r.loop, clock_now());
	assert_int_equal(r.n, 1);
	loop_free(r.loop);
}

static void
again(struct timer *t)
{
	struct alarm *a = (struct alarm *)(void *)t;

	a->number++;
	assert_true(loop_set(a->record->loop, t, 1));
}

/* a timer that is always due must not keep the rest of the world waiting */
static void
test_timer_of_the_past(void **state)
{
	struct record r = { .loop = loop_new() };
	struct alarm a = { { .due = again }, &r, 0 };

	(void)state;
	assert_true(loop_set(r.loop, &a.timer, 1));
	loop_once(r.loop, 0);
	assert_int_equal(a.number, 1);
	loop_once(r.loop, 0);
	assert_int_equal(a.number, 2);
	loop_free(r.loop);
}

struct pipes {
	struct watch	 watch;
	struct loop	*loop;
	int		 fds[2];
	short		 revents;
	unsigned	 calls;
	struct pipes	*unwatch;	/* taken away when this one is ready */
	struct pipes	*watch_again;
};

static void
arrived(struct watch *w, short revents)
{
	struct pipes *p = (struct pipes *)(void *)w;

	p->calls++;
	p->revents = revents;
	if (p->unwatch != NULL)
		loop_unwatch(p->loop, &p->unwatch->watch);
	if (p->watch_again != NULL)
		assert_true(loop_watch(p->loop, &p->watch_again->watch,
		    p->watch_again->fds[0], POLLIN));
}

static void
pipes_open(struct pipes *p, struct loop *loop)
{
	memset(p, 0, sizeof(*p));
	p->watch = (struct watch){ .ready = arrived, .fd = -1 };
	p->loop = loop;
	assert_int_equal(pipe(p->fds), 0);
}

static void
pipes_close(struct pipes *p)
{
	loop_unwatch(p->loop, &p->watch);
	close(p->fds[0]);
	close(p->fds[1]);
}

static void
test_watch(void **state)
{
	struct loop *loop = loop_new();
	struct pipes p;

	(void)state;
	pipes_open(&p, loop);
	assert_true(loop_watch(loop, &p.watch, p.fds[0], POLLIN));
	loop_once(loop, clock_now());
	assert_int_equal(p.calls, 0);
	assert_int_equal(write(p.fds[1], "x", 1), 1);
	loop_once(loop, 0);
	assert_int_equal(p.calls, 1);
	assert_true(p.revents & POLLIN);
	/* an end is told, too */
	close(p.fds[1]);
	loop_once(loop, 0);
	assert_int_equal(p.calls, 2);
	assert_true(p.revents & POLLHUP);
	p.fds[1] = -1;
	pipes_close(&p);
	loop_free(loop);
}

static void
test_writable(void **state)
{
	struct loop *loop = loop_new();
	struct pipes p;

	(void)state;
	pipes_open(&p, loop);
	assert_true(loop_watch(loop, &p.watch, p.fds[1], POLLOUT));
	loop_once(loop, 0);
	assert_int_equal(p.calls, 1);
	assert_int_equal(p.revents, POLLOUT);
	loop_unwatch(loop, &p.watch);
	assert_int_equal(p.watch.fd, -1);
	loop_once(loop, clock_now());
	assert_int_equal(p.calls, 1);
	pipes_close(&p);
	loop_free(loop);
}

/* its descriptor is closed, and the next one that is watched has its number */
static void
test_forget(void **state)
{
	struct loop *loop = loop_new();
	struct pipes old, fresh;
	int fd;

	(void)state;
	pipes_open(&old, loop);
	assert_true(loop_watch(loop, &old.watch, old.fds[0], POLLIN));
	fd = old.fds[0];
	loop_forget(loop, &old.watch);
	close(fd);
	assert_int_equal(old.watch.fd, -1);
	pipes_open(&fresh, loop);
	assert_int_equal(fresh.fds[0], fd);
	assert_true(loop_watch(loop, &fresh.watch, fd, POLLIN));
	assert_int_equal(write(fresh.fds[1], "x", 1), 1);
	loop_once(loop, 0);
	assert_int_equal(fresh.calls, 1);
	assert_int_equal(old.calls, 0);
	close(old.fds[1]);
	pipes_close(&fresh);
	loop_free(loop);
}

/* both are ready at once; whoever is heard first takes the other one away */
static void
test_taken_away(void **state)
{
	struct loop *loop = loop_new();
	struct pipes a, b, c;

	(void)state;
	pipes_open(&a, loop);
	pipes_open(&b, loop);
	pipes_open(&c, loop);
	a.unwatch = &b;
	b.unwatch = &a;
	/* the place of the one taken away goes to c, which nothing came for */
	a.watch_again = &c;
	b.watch_again = &c;
	assert_true(loop_watch(loop, &a.watch, a.fds[0], POLLIN));
	assert_true(loop_watch(loop, &b.watch, b.fds[0], POLLIN));
	assert_int_equal(write(a.fds[1], "x", 1), 1);
	assert_int_equal(write(b.fds[1], "x", 1), 1);
	loop_once(loop, 0);
	assert_int_equal(a.calls + b.calls, 1);
	assert_int_equal(c.calls, 0);
	pipes_close(&a);
	pipes_close(&b);
	pipes_close(&c);
	loop_free(loop);
}

/* more than fit one wait: each gets its turn */
static void
test_many(void **state)
{
	struct pipes *p = calloc(WATCHES, sizeof(*p));
	struct loop *loop = loop_new();
	size_t i;

	(void)state;
	assert_non_null(p);
	for (i = 0; i < WATCHES; i++) {
		pipes_open(&p[i], loop);
		assert_true(loop_watch(loop, &p[i].watch, p[i].fds[0],
		    POLLIN));
		assert_int_equal(write(p[i].fds[1], "x", 1), 1);
	}
	for (i = 0; i < 4; i++)
		loop_once(loop, 0);
	for (i = 0; i < WATCHES; i++) {
		assert_true(p[i].calls > 0);
		pipes_close(&p[i]);
	}
	free(p);
	loop_free(loop);
}

static volatile sig_atomic_t caught;

static void
catch_signal(int number)
{
	caught = number;
}

/* a signal that came before the wait ends it */
static void
test_signal(void **state)
{
	struct sigaction action = { .sa_handler = catch_signal }, before;
	struct loop *loop = loop_new();

	(void)state;
	caught = 0;
	assert_int_equal(sigaction(SIGTERM, &action, &before), 0);
	assert_int_equal(raise(SIGTERM), 0);
	assert_int_equal(caught, 0);
	loop_once(loop, 0);
	assert_int_equal(caught, SIGTERM);
	loop_free(loop);
	sigaction(SIGTERM, &before, NULL);
}

/* nor can a flood keep it away */
static void
test_signal_in_flood(void **state)
{
	struct sigaction action = { .sa_handler = catch_signal }, before;
	struct loop *loop = loop_new();
	struct pipes p;
	unsigned i;

	(void)state;
	caught = 0;
	pipes_open(&p, loop);
	assert_int_equal(write(p.fds[1], "x", 1), 1);
	assert_true(loop_watch(loop, &p.watch, p.fds[0], POLLIN));
	assert_int_equal(sigaction(SIGINT, &action, &before), 0);
	assert_int_equal(raise(SIGINT), 0);
	for (i = 0; i < 100 && caught == 0; i++)
		loop_once(loop, 0);
	assert_int_equal(caught, SIGINT);
	pipes_close(&p);
	loop_free(loop);
	sigaction(SIGINT, &before, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_timers_in_order),
		cmocka_unit_test(test_timers_moved),
		cmocka_unit_test(test_timer_of_the_past),
		cmocka_unit_test(test_watch),
		cmocka_unit_test(test_writable),
		cmocka_unit_test(test_forget),
		cmocka_unit_test(test_taken_away),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_signal),
		cmocka_unit_test(test_signal_in_flood)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
