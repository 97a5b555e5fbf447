/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_plan - which hop is asked when, in several traces to one address
 */
#include "dialog/hop_plan.h"

enum {
	AHEAD = 2,			/* hops asked beyond the last that answered, */
	AHEAD_SILENT = 8,		/* and once it stays silent */
	HURRY = 150 * 1000,		/* microseconds of silence after which that is so, */
	ROUND_TRIPS = 2,		/* or so many round trips, if that is longer */
	AGAIN = 100 * 1000		/* microseconds after that, until a hop is asked again */
};

/* hurry - how long a trace may be without an answer before it is called silent */
static int64_t
hurry(const struct hop_plan *p)
{
	return p->rtt * ROUND_TRIPS > HURRY ? p->rtt * ROUND_TRIPS : HURRY;
}

/* horizon - the last hop that the trace has to look at, `ahead` of the last that answered */
static size_t
horizon(const struct hop_plan *p, size_t trace, size_t ahead)
{
	const struct hop_trace *t = &p->traces[trace];
	size_t end = trace_end(t);
	size_t far;

	if (end > 0)
		return end;
	far = trace_last(t) + (p->reach > 0 ? 1 : ahead);
	if (far < p->reach)
		far = p->reach;
	return far < HOPS_MAX ? far : HOPS_MAX;
}

/* wanted - how many probes to that hop make the trace complete */
static unsigned
wanted(const struct hop_plan *p, size_t trace, size_t hop)
{
	const struct hop_trace *t = &p->traces[trace];

	/* the first is the question, the others are for comparison */
	if (t == p->traces || t->hops[hop - 1].answered == 0)
		return p->tries;
	return 1;
}

/* complete - is there nothing more to be sent, now or later? */
static bool
complete(const struct hop_plan *p, size_t trace)
{
	const struct hop_lane *l = &p->lanes[trace];
	size_t far, hop;

	if (l->closed)
		return true;
	far = horizon(p, trace, AHEAD_SILENT);
	for (hop = 1; hop <= far; hop++)
		if (l->sent[hop - 1] < wanted(p, trace, hop))
			return false;
	return true;
}

bool
hop_plan_add(struct hop_plan *p, const struct address *to,
    enum trace_kind kind, uint16_t port, int64_t now)
{
	if (p->n == HOP_TRACES_MAX)
		return false;
	p->traces[p->n] = (struct hop_trace){ .to = *to,
	    .kind = (uint8_t)kind, .port = port, .n = HOPS_MAX };
	p->lanes[p->n] = (struct hop_lane){ .moved = now };
	p->n++;
	return true;
}

/* what a trace may do just now */
struct leave {
	size_t		far;
	unsigned	tries;
};

static struct leave
leave(struct hop_plan *p, size_t trace, int64_t now)
{
	struct hop_lane *l = &p->lanes[trace];
	struct leave leave = { 0 };

	if (l->closed)
		return leave;
	if (now - l->moved >= hurry(p))
		l->silent = true;
	leave.far = horizon(p, trace, l->silent ? AHEAD_SILENT : AHEAD);
	leave.tries = now - l->moved >= hurry(p) + AGAIN || (trace == 0 &&
	    (p->reach > 0 || trace_end(&p->traces[trace]) > 0)) ?
	    p->tries : 1;
	return leave;
}

bool
hop_plan_next(struct hop_plan *p, int64_t now, size_t *trace, size_t *hop)
{
	struct leave may[HOP_TRACES_MAX];
	size_t h, i;
	unsigned n;

	for (i = 0; i < p->n; i++)
		may[i] = leave(p, i, now);
	for (n = 0; n < p->tries; n++)
		for (h = 1; h <= HOPS_MAX; h++)
			for (i = 0; i < p->n; i++) {
				if (p->lanes[i].sent[h - 1] != n ||
				    h > may[i].far || n >= may[i].tries ||
				    n >= wanted(p, i, h))
					continue;
				*trace = i;
				*hop = h;
				return true;
			}
	return false;
}

void
hop_plan_sent(struct hop_plan *p, size_t trace, size_t hop)
{
	p->lanes[trace].sent[hop - 1]++;
}

void
hop_plan_unsent(struct hop_plan *p, size_t trace, size_t hop)
{
	p->lanes[trace].sent[hop - 1]--;
}

void
hop_plan_heard(struct hop_plan *p, size_t trace, size_t hop,
    const struct hop_voice *v, int64_t now)
{
	struct hop_trace *t = &p->traces[trace];
	size_t last = trace_last(t);
	size_t reach;

	t->hops[hop - 1].sent++;
	if (v == NULL)
		return;
	hop_hear(&t->hops[hop - 1], v);
	if (trace_last(t) > last)
		p->lanes[trace].moved = now;
	reach = trace_reach(t);
	if (reach > 0 && (p->reach == 0 || reach < p->reach))
		p->reach = reach;
}

bool
hop_plan_matters(const struct hop_plan *p, size_t trace, size_t hop)
{
	return hop <= horizon(p, trace, AHEAD_SILENT);
}

int64_t
hop_plan_wake(const struct hop_plan *p, int64_t now)
{
	int64_t wake = 0, at;
	size_t i;

	for (i = 0; i < p->n; i++) {
		if (complete(p, i))
			continue;
		at = p->lanes[i].moved + hurry(p);
		if (at <= now)
			at += AGAIN;
		if (at > now && (wake == 0 || at < wake))
			wake = at;
	}
	return wake;
}

void
hop_plan_close(struct hop_plan *p, size_t trace, enum trace_outcome outcome,
    int error)
{
	p->lanes[trace].closed = true;
	p->traces[trace].outcome = (uint8_t)outcome;
	p->traces[trace].error = error;
}

void
hop_plan_end(struct hop_plan *p)
{
	size_t i;

	for (i = 0; i < p->n; i++) {
		struct hop_trace *t = &p->traces[i];
		size_t far = horizon(p, i, AHEAD_SILENT);

		if (!complete(p, i))
			t->outcome = TRACE_CUT;
		t->n = p->lanes[i].closed ? 0 : far;
		while (t->n > 0 && t->hops[t->n - 1].sent == 0)
			t->n--;
	}
}
