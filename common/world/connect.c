/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * connect - a TCP connection to one of several addresses
 */
#define _GNU_SOURCE
#include "world/connect.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "dialog/race.h"
#include "world/clock.h"
#include "world/sockets.h"
#include "world/try.h"

/* an attempt, whose facts stand at the same index of facts.attempts */
struct runner {
	struct try		 try;
	struct connecting	*c;
};

struct connecting {
	struct loop		*loop;
	struct timer		 timer;
	struct race		 race;
	struct interfaces	*interfaces;
	void			(*done)(void *, const struct connected *, int);
	void			*arg;
	struct address		 source;
	int64_t			 timeout;
	uint16_t		 port;
	int			 fd;		/* the winner's, else -1 */
	struct connected	 facts;
	struct address		 list[ADDRESSES_MAX];
	size_t			 n;
	struct runner		 runners[];
};

/* oldest - the first attempt still without an answer, facts.n if there is none */
static size_t
oldest(const struct connecting *c)
{
	size_t i;

	for (i = 0; i < c->facts.n; i++)
		if (c->runners[i].try.fd != -1)
			break;
	return i;
}

static void
heard(struct connecting *c, size_t i, enum trying trying)
{
	struct endpoint ours, theirs;

	if (trying == TRY_FAILED)
		race_failed(&c->race);
	if (trying != TRY_WON)
		return;
	c->facts.winner = (int)i;
	c->fd = try_take(&c->runners[i].try, c->loop);
	sockets_ends(c->fd, &ours, &theirs);
	c->facts.local = ours.address;
}

/* end_all - attempts without an answer end with the error; no further ones begin */
static void
end_all(struct connecting *c, int error)
{
	size_t i;

	for (i = 0; i < c->facts.n; i++)
		if (c->runners[i].try.fd != -1)
			try_fail(&c->runners[i].try, c->loop, error, 0);
	c->race.started = c->race.n;
}

static void
drop_all(struct connecting *c)
{
	size_t i;

	for (i = 0; i < c->facts.n; i++)
		try_drop(&c->runners[i].try, c->loop);
}

/* place - whose the offender is and where the address lies, as far as it matters */
static void
place(struct connecting *c)
{
	struct connected *f = &c->facts;
	bool four = false, six = false, bad = false;
	size_t i;

	for (i = 0; i < f->n; i++) {
		struct attempt *a = &f->attempts[i];

		four |= a->address.family == 4;
		six |= a->address.family == 6;
		if (a->error == 0)
			continue;
		bad = true;
		try_place(a, c->interfaces);
	}
	if (bad && four && six) {
		f->no_ipv4 = !interfaces_has(c->interfaces, 4);
		f->no_ipv6 = !interfaces_has(c->interfaces, 6);
	}
}

static void
finish(struct connecting *c)
{
	int fd = c->fd;

	drop_all(c);
	place(c);
	c->fd = -1;
	c->done(c->arg, &c->facts, fd);
	connect_cancel(c);
}

static bool
is_over(const struct connecting *c)
{
	return c->fd != -1 || (c->race.started == c->race.n &&
	    oldest(c) == c->facts.n);
}

static void	ready(struct watch *, short);

/* attempt - begin with the next address */
static void
attempt(struct connecting *c, const struct address *to)
{
	size_t i = c->facts.n++;
	struct runner *r = &c->runners[i];

	r->c = c;
	r->try.facts = &c->facts.attempts[i];
	heard(c, i, try_start(&r->try, c->loop, to, c->port, &c->source,
	    ready));
}

/* pump - start what is due and say when the next will be; false without memory */
static bool
pump(struct connecting *c)
{
	int64_t wake = 0, timeout = 0;
	size_t first;
	int i;

	while (c->fd == -1 &&
	    (i = race_next(&c->race, clock_now(), &wake)) != -1)
		attempt(c, &c->list[i]);
	/* done() is for the loop to call, never for connect_start() */
	if (is_over(c))
		return loop_set(c->loop, &c->timer, clock_now());
	first = oldest(c);
	if (c->timeout != 0 && first < c->facts.n)
		timeout = c->facts.attempts[first].started + c->timeout;
	if (timeout != 0 && (wake == 0 || timeout < wake))
		wake = timeout;
	if (wake != 0)
		return loop_set(c->loop, &c->timer, wake);
	loop_unset(c->loop, &c->timer);
	return true;
}

/* go_on - after something happened */
static void
go_on(struct connecting *c)
{
	if (!is_over(c) && !pump(c))
		end_all(c, ENOMEM);
	if (is_over(c))
		finish(c);
}

static void
ready(struct watch *w, short revents)
{
	struct runner *r = (struct runner *)(void *)w;
	struct connecting *c = r->c;

	heard(c, (size_t)(r - c->runners), try_ready(&r->try, c->loop,
	    revents));
	go_on(c);
}

static void
due(struct timer *timer)
{
	struct connecting *c = (struct connecting *)(void *)
	    ((char *)timer - offsetof(struct connecting, timer));
	int64_t before = clock_now() - c->timeout;
	size_t i;

	for (i = 0; c->timeout != 0 && i < c->facts.n; i++) {
		struct try *t = &c->runners[i].try;

		if (t->fd == -1 || t->facts->started > before)
			continue;
		try_fail(t, c->loop, ETIMEDOUT, 0);
		race_failed(&c->race);
	}
	go_on(c);
}

/* choose - the addresses that can be tried from the source address */
static void
choose(struct connecting *c, const struct connect_wish *wish)
{
	size_t i;

	for (i = 0; i < wish->n && c->n < ADDRESSES_MAX; i++)
		if (wish->source.family == 0 ||
		    wish->list[i].family == wish->source.family)
			c->list[c->n++] = wish->list[i];
	if (c->n > 0 || wish->n == 0)
		return;
	c->facts.n = 1;
	c->facts.attempts[0] = (struct attempt){ .address = wish->list[0],
	    .started = clock_now(), .ended = clock_now(), .local = true,
	    .source = true, .error = EAFNOSUPPORT };
	c->runners[0].try.fd = -1;
}

struct connecting *
connect_start(struct loop *loop, const struct connect_wish *wish,
    void (*done)(void *, const struct connected *, int), void *arg)
{
	size_t n = wish->n < 1 ? 1 : wish->n;
	struct connecting *c;

	if (n > ADDRESSES_MAX)
		n = ADDRESSES_MAX;
	c = calloc(1, sizeof(*c) + n * sizeof(struct runner));
	if (c == NULL)
		return NULL;
	c->loop = loop;
	c->timer.due = due;
	c->interfaces = wish->interfaces;
	c->done = done;
	c->arg = arg;
	c->source = wish->source;
	c->timeout = wish->timeout;
	c->port = wish->port;
	c->fd = -1;
	c->facts.winner = -1;
	choose(c, wish);
	race_begin(&c->race, c->list, c->n);
	if (!pump(c)) {
		connect_cancel(c);
		return NULL;
	}
	return c;
}

const struct connected *
connect_stop(struct connecting *c)
{
	end_all(c, ETIMEDOUT);
	place(c);
	return &c->facts;
}

void
connect_cancel(struct connecting *c)
{
	if (c == NULL)
		return;
	drop_all(c);
	if (c->fd != -1)
		close(c->fd);
	loop_unset(c->loop, &c->timer);
	free(c);
}
