/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_arrival - does a reset come from as far away as the server is?
 */
#include "world/trace_parts.h"

enum {
	ASKED = 2,			/* times, for what is lost is not heard */
	PROBES = 2 * ASKED * ARRIVALS,
	ROUND_TRIPS = 3,		/* that silence is waited for, */
	MORE = 100 * 1000		/* and microseconds more */
};

/* ended_by - is that how the trace ended, at that hop? */
static const struct hop_voice *
ended_by(const struct hop_trace *t, enum hop_answer answer, size_t hop)
{
	const struct hop_voice *v = hop > 0 && trace_end(t) == hop ?
	    hop_voice(trace_at(t, hop)) : NULL;

	return v != NULL && v->answer == answer ? v : NULL;
}

/* find_control - a port that connects where the reset comes from */
static bool
find_control(struct tracing *g, size_t hop)
{
	size_t i;

	for (i = 1; i < g->plan.n; i++)
		if (ended_by(&g->plan.traces[i], HOP_CONNECTED, hop) != NULL) {
			g->arrival.control = i;
			return true;
		}
	return false;
}

/* ask - one question of one trace */
static void
ask(struct tracing *g, size_t lane, size_t n, uint8_t least,
    void (*ready)(struct watch *, short))
{
	struct trace_probe *p = g->probes;

	while (p->try.fd != -1)
		p++;
	p->owner = g;
	p->lane = (uint8_t)lane;
	p->hop = 0;
	p->question = (uint8_t)n;
	p->least = least;
	if (trace_probe_send(p, g->loop, &g->plan.traces[lane], &g->source,
	    ready) == TRY_ON)
		g->live++;
	else
		arrival_heard(g, p);
}

bool
arrival_start(struct tracing *g, void (*ready)(struct watch *, short))
{
	const struct hop_trace *t = &g->plan.traces[0];
	size_t hop = trace_end(t);
	const struct hop_voice *v = ended_by(t, HOP_RESET, hop);
	size_t i, n;

	/* nobody is nearer than the first hop */
	if (g->arrival.asked || v == NULL || hop < 2 || g->room < PROBES ||
	    !find_control(g, hop))
		return false;
	g->arrival.asked = true;
	if ((int64_t)v->best_usec * ROUND_TRIPS + MORE < g->patience)
		g->patience = (int64_t)v->best_usec * ROUND_TRIPS + MORE;
	for (i = 0; i < ASKED; i++)
		for (n = 0; n < ARRIVALS; n++) {
			ask(g, 0, n, arrival_least(hop, n), ready);
			ask(g, g->arrival.control, n, arrival_least(hop, n),
			    ready);
		}
	return g->live > 0;
}

void
arrival_heard(struct tracing *g, const struct trace_probe *p)
{
	struct hop_voice v;

	if (p->facts.local)
		g->arrival.spoilt = true;
	else if (!trace_probe_voice(p, &v))
		return;
	else if (p->lane == 0)
		g->arrival.reset[p->question] |= v.answer == HOP_RESET;
	else
		g->arrival.connect[p->question] |= v.answer == HOP_CONNECTED;
}

void
arrival_end(struct tracing *g)
{
	struct arrival *a = &g->arrival;

	if (!a->asked || a->spoilt || g->live > 0)
		return;
	g->plan.traces[0].came = (uint8_t)arrival_came(a->reset);
	g->plan.traces[a->control].came = (uint8_t)arrival_came(a->connect);
}
