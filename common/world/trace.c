/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace - hop by hop to one address, by TCP, UDP and echo requests at once
 *
 * What is sent when is dialog/hop_plan's to say.  When all is heard,
 * trace_arrival.c may have a question more.
 */
#include "world/trace_parts.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>

#include "world/clock.h"
#include "world/error_queue.h"

/* forget - it is not waited for, and does not count */
static void
forget(struct tracing *g, struct trace_probe *p)
{
	try_drop(&p->try, g->loop);
	g->live--;
	if (p->least == 0)
		hop_plan_unsent(&g->plan, p->lane, p->hop);
}

/* prune - forget what is under way to hops that matter no more */
static void
prune(struct tracing *g)
{
	size_t i;

	for (i = 0; i < TRACE_DESCRIPTORS; i++) {
		struct trace_probe *p = &g->probes[i];

		if (p->try.fd != -1 &&
		    !hop_plan_matters(&g->plan, p->lane, p->hop))
			forget(g, p);
	}
}

/* heard - a probe has ended */
static void
heard(struct tracing *g, const struct trace_probe *p)
{
	struct hop_voice v;

	if (p->least != 0) {
		arrival_heard(g, p);
		return;
	}
	if (!trace_probe_voice(p, &v)) {
		hop_plan_heard(&g->plan, p->lane, p->hop, NULL, clock_now());
		return;
	}
	v.ours = g->interfaces != NULL &&
	    interfaces_ours(g->interfaces, &v.from);
	hop_plan_heard(&g->plan, p->lane, p->hop, &v, clock_now());
	if (v.answer != HOP_EXPIRED)
		prune(g);
}

/* is this one of the errors that pass when descriptors are closed? */
static bool
is_shortage(int error)
{
	return error == EMFILE || error == ENFILE || error == ENOBUFS ||
	    error == ENOMEM || error == EAGAIN;
}

/* is_first - has no probe of its trace ended so far? */
static bool
is_first(const struct tracing *g, const struct trace_probe *p)
{
	const struct hop_trace *t = &g->plan.traces[p->lane];
	size_t i;

	for (i = 0; i < HOPS_MAX; i++)
		if (t->hops[i].sent > 0)
			return false;
	return true;
}

/* stuck - a probe did not leave this host; false: no further one will just now */
static bool
stuck(struct tracing *g, const struct trace_probe *p)
{
	int error = p->facts.error;

	if (is_shortage(error) && g->live > 0) {
		g->room = g->live;
		hop_plan_unsent(&g->plan, p->lane, p->hop);
		return false;
	}
	/* a closed port of this host itself answers at once */
	if (error == ECONNREFUSED || error == ECONNRESET || !is_first(g, p))
		heard(g, p);
	else if (p->kind == TRACE_ECHO && (error == EACCES ||
	    error == EPERM || error == EPROTONOSUPPORT))
		hop_plan_close(&g->plan, p->lane, TRACE_FORBIDDEN, error);
	else
		hop_plan_close(&g->plan, p->lane, TRACE_STUCK, error);
	return true;
}

static void	ready(struct watch *, short);

/* launch - one more probe; false: no further one can be sent now */
static bool
launch(struct tracing *g, size_t lane, size_t hop)
{
	struct trace_probe *p = g->probes;
	enum trying trying;

	while (p->try.fd != -1)
		p++;
	p->owner = g;
	p->lane = (uint8_t)lane;
	p->hop = (uint8_t)hop;
	p->least = 0;
	hop_plan_sent(&g->plan, lane, hop);
	trying = trace_probe_send(p, g->loop, &g->plan.traces[lane],
	    &g->source, ready);
	if (trying == TRY_ON) {
		g->live++;
		return true;
	}
	if (trying == TRY_FAILED && p->facts.local)
		return stuck(g, p);
	heard(g, p);
	return true;
}

/* next_wake - when silence will mean something; 0: all is over */
static int64_t
next_wake(const struct tracing *g, int64_t now)
{
	int64_t wake = hop_plan_wake(&g->plan, now);
	size_t i;

	for (i = 0; i < TRACE_DESCRIPTORS; i++) {
		int64_t at = g->probes[i].facts.started + g->patience;

		if (g->probes[i].try.fd != -1 && (wake == 0 || at < wake))
			wake = at;
	}
	return g->deadline != 0 && wake > g->deadline ? g->deadline : wake;
}

/* conclude - what was not waited for in full does not count */
static void
conclude(struct tracing *g)
{
	size_t i;

	arrival_end(g);
	for (i = 0; i < TRACE_DESCRIPTORS; i++)
		if (g->probes[i].try.fd != -1)
			forget(g, &g->probes[i]);
	hop_plan_end(&g->plan);
}

static void
finish(struct tracing *g)
{
	conclude(g);
	g->done(g->arg, g->plan.traces, g->plan.n);
	trace_cancel(g);
}

/* in_time - has the deadline not come yet? */
static bool
in_time(const struct tracing *g, int64_t now)
{
	return g->deadline == 0 || now < g->deadline;
}

/* send_all - what may be sent now; returns when to look again, 0: all is over */
static int64_t
send_all(struct tracing *g, int64_t now)
{
	size_t lane, hop;

	while (in_time(g, now) && g->live < g->room &&
	    hop_plan_next(&g->plan, now, &lane, &hop) &&
	    launch(g, lane, hop))
		;
	return next_wake(g, now);
}

/* pump - go on; done() is for the timer to call.  False without memory. */
static bool
pump(struct tracing *g)
{
	int64_t now = clock_now();
	int64_t wake = send_all(g, now);

	return loop_set(g->loop, &g->timer, wake != 0 ? wake : now);
}

static void
ready(struct watch *w, short revents)
{
	struct trace_probe *p = (struct trace_probe *)(void *)w;
	struct tracing *g = p->owner;

	if (trace_probe_ready(p, g->loop, revents) == TRY_ON)
		return;
	g->live--;
	heard(g, p);
	if (!pump(g))
		finish(g);
}

static void
due(struct timer *timer)
{
	struct tracing *g = (struct tracing *)(void *)
	    ((char *)timer - offsetof(struct tracing, timer));
	int64_t now = clock_now();
	int64_t wake;
	size_t i;

	for (i = 0; i < TRACE_DESCRIPTORS; i++) {
		struct trace_probe *p = &g->probes[i];

		if (p->try.fd == -1 || p->facts.started + g->patience > now)
			continue;
		try_fail(&p->try, g->loop, ETIMEDOUT, 0);
		g->live--;
		heard(g, p);
	}
	wake = send_all(g, now);
	if (wake == 0 && in_time(g, now) && arrival_start(g, ready))
		wake = next_wake(g, clock_now());
	if (wake == 0 || !in_time(g, now) ||
	    !loop_set(g->loop, &g->timer, wake))
		finish(g);
}

/* plan - the traces; all is over before it begins where nothing can be told */
static void
plan(struct tracing *g, const struct trace_wish *wish)
{
	struct hop_plan *p = &g->plan;
	int64_t now = clock_now();
	size_t i;

	for (i = 0; i < wish->nports && i < TRACE_PORTS_MAX; i++)
		hop_plan_add(p, &wish->to, TRACE_TCP, wish->ports[i], now);
	if (wish->udp)
		hop_plan_add(p, &wish->to, TRACE_UDP, 0, now);
	if (wish->echo)
		hop_plan_add(p, &wish->to, TRACE_ECHO, 0, now);
	for (i = 0; i < p->n && !error_queue_exists(); i++)
		hop_plan_close(p, i, TRACE_BLIND, 0);
}

/* at_most - what was wished for, 0 being the usual, within its limit */
static int64_t
at_most(int64_t wish, int64_t usual, int64_t most)
{
	if (wish == 0)
		return usual;
	return wish < most ? wish : most;
}

struct tracing *
trace_start(struct loop *loop, const struct trace_wish *wish,
    void (*done)(void *, const struct hop_trace *, size_t), void *arg)
{
	struct tracing *g = calloc(1, sizeof(*g));
	size_t i;

	if (g == NULL)
		return NULL;
	g->loop = loop;
	g->timer.due = due;
	g->interfaces = wish->interfaces;
	g->done = done;
	g->arg = arg;
	g->source = wish->source;
	g->deadline = wish->deadline;
	g->patience = at_most(wish->patience, TRACE_PATIENCE,
	    TRACE_PATIENCE_MAX);
	g->plan.tries = (unsigned)at_most(wish->tries, TRACE_TRIES,
	    TRACE_TRIES_MAX);
	g->plan.rtt = wish->rtt;
	g->room = (unsigned)at_most(wish->descriptors, TRACE_DESCRIPTORS,
	    TRACE_DESCRIPTORS);
	for (i = 0; i < TRACE_DESCRIPTORS; i++)
		g->probes[i].try.fd = -1;
	plan(g, wish);
	if (!pump(g)) {
		trace_cancel(g);
		return NULL;
	}
	return g;
}

const struct hop_trace *
trace_stop(struct tracing *g, size_t *n)
{
	conclude(g);
	*n = g->plan.n;
	return g->plan.traces;
}

void
trace_cancel(struct tracing *g)
{
	size_t i;

	if (g == NULL)
		return;
	for (i = 0; i < TRACE_DESCRIPTORS; i++)
		try_drop(&g->probes[i].try, g->loop);
	loop_unset(g->loop, &g->timer);
	free(g);
}
