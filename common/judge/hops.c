/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hops - where packets to a port stop
 */
#include "judge/hops.h"

#include "judge/icmp.h"

enum {
	WITNESSES = 3
};

const struct hop_trace *
hops_witness(const struct hops_case *c, size_t i)
{
	const struct hop_trace *witness[WITNESSES] = { c->open, c->udp,
	    c->echo };

	return i < WITNESSES ? witness[i] : NULL;
}

/* parted - the first hop up to `hop` at which both answer, and no address is that of the other; 0 none */
static size_t
parted(const struct hop_trace *a, const struct hop_trace *b, size_t hop)
{
	size_t i;

	for (i = 1; i <= hop; i++) {
		const struct hop *x = trace_at(a, i), *y = trace_at(b, i);

		if (x != NULL && y != NULL && x->nvoices > 0 &&
		    y->nvoices > 0 && !hop_same(x, y))
			return i;
	}
	return 0;
}

/* together - do both show hop `hop`, and nothing that tells their ways apart? */
static bool
together(const struct hop_trace *a, const struct hop_trace *b, size_t hop)
{
	const struct hop *x = trace_at(a, hop), *y = trace_at(b, hop);

	if (parted(a, b, hop) != 0)
		return false;
	return hop == 0 || (x != NULL && y != NULL && hop_same(x, y));
}

enum hops_beside
hops_beside(const struct hop_trace *blocked, const struct hop_trace *other,
    size_t hop, size_t *next)
{
	size_t i;

	*next = parted(blocked, other, hop);
	if (*next != 0)
		return BESIDE_PARTED;
	if (other->n <= hop || !together(blocked, other, hop))
		return BESIDE_NOTHING;
	for (i = hop + 1; i <= other->n && other->hops[i - 1].nvoices == 0;
	    i++)
		;
	if (i > other->n)
		return other->hops[hop].sent > 0 ? BESIDE_STOPS :
		    BESIDE_NOTHING;
	/* a reset or a rejection does not say how far the packet came */
	if (trace_end(other) == i && trace_reach(other) == 0)
		return BESIDE_NOTHING;
	*next = i;
	return BESIDE_GOES_ON;
}

/* server_hop - the furthest hop at which a trace proves the server to be: who answers in its place is nearer */
static size_t
server_hop(const struct hops_case *c)
{
	size_t best = trace_reach(c->blocked);
	size_t i;

	for (i = 0; i < WITNESSES; i++) {
		const struct hop_trace *t = hops_witness(c, i);

		if (t != NULL && trace_reach(t) > best)
			best = trace_reach(t);
	}
	return best;
}

/* has a witness come to the server at hop `reach`, by the same way as far as `hop`? */
static bool
same_way_to_server(const struct hops_case *c, size_t hop, size_t reach)
{
	size_t i;

	for (i = 0; i < WITNESSES; i++) {
		const struct hop_trace *t = hops_witness(c, i);

		if (t != NULL && trace_reach(t) == reach &&
		    together(c->blocked, t, hop))
			return true;
	}
	return false;
}

/* router - put hop `hop` of the blocked trace into the verdict */
static void
router(struct hops_verdict *v, const struct hop_trace *t, size_t hop)
{
	v->hop = hop;
	if (hop > 0)
		v->at = hop_voice(&t->hops[hop - 1])->from;
}

/* is_hop - does the address answer at that hop that a probe has died there? */
static bool
is_hop(const struct hop *h, const struct address *a)
{
	size_t i;

	for (i = 0; h != NULL && i < h->nvoices; i++)
		if (h->voices[i].answer == HOP_EXPIRED &&
		    address_same(&h->voices[i].from, a))
			return true;
	return false;
}

/* hop_of - at which hop the address is, by any trace; 0 unknown */
static size_t
hop_of(const struct hops_case *c, const struct address *a)
{
	size_t hop, i;

	for (hop = HOPS_MAX; hop > 0; hop--) {
		if (is_hop(trace_at(c->blocked, hop), a))
			return hop;
		for (i = 0; i < WITNESSES; i++)
			if (hops_witness(c, i) != NULL &&
			    is_hop(trace_at(hops_witness(c, i), hop), a))
				return hop;
	}
	return 0;
}

static void
reject(struct hops_verdict *v, const struct hops_case *c,
    const struct hop_voice *voice)
{
	v->what = HOPS_REJECT;
	v->at = voice->from;
	v->icmp_type = voice->icmp_type;
	v->icmp_code = voice->icmp_code;
	v->ours = voice->ours;
	v->server = v->at.family != 0 &&
	    address_same(&v->at, &c->blocked->to);
	if (v->server)
		v->hop = v->end;
	else if (v->at.family != 0 && !v->ours)
		v->hop = hop_of(c, &v->at);
}

/* nearer - something answered at `end` in the server's name, which may be further away */
static void
nearer(struct hops_verdict *v, const struct hops_case *c, enum hops_what what)
{
	size_t last = trace_last(c->blocked);

	router(v, c->blocked, last);
	v->what = what;
	if (v->end < v->reach && same_way_to_server(c, last, v->reach))
		v->what = HOPS_FORGED;
	v->last_router = v->reach == v->end && last + 1 == v->end;
	if (v->reach != v->end || c->open == NULL ||
	    c->open->came != CAME_FAR || c->blocked->came == CAME_UNKNOWN ||
	    !together(c->blocked, c->open, last))
		return;
	v->by_life = true;
	if (c->blocked->came == CAME_NEARER)
		v->what = HOPS_FORGED;
}

/* stops - no answer ends the way */
static void
stops(struct hops_verdict *v, const struct hops_case *c)
{
	const struct hop_trace *t = c->blocked;
	size_t last = trace_last(t);
	size_t again, round = trace_circle(t, &again);

	if (last == HOPS_MAX || round > 0) {
		router(v, t, round > 0 ? round : last);
		v->what = round > 0 ? HOPS_CIRCLE : HOPS_FAR;
		v->end = again;
		return;
	}
	/* the silence behind it was waited for? */
	if (last + 1 > t->n || t->hops[last].sent == 0)
		return;
	v->what = HOPS_VANISH;
	router(v, t, last);
	v->last_router = v->reach == last + 1 &&
	    same_way_to_server(c, last, v->reach);
}

struct hops_verdict
hops_judge(const struct hops_case *c)
{
	struct hops_verdict v = { .end = trace_end(c->blocked),
	    .reach = server_hop(c) };
	const struct hop_voice *voice;

	if (c->blocked->n == 0)
		return v;
	if (v.end == 0) {
		stops(&v, c);
		return v;
	}
	voice = hop_voice(&c->blocked->hops[v.end - 1]);
	if (voice->answer == HOP_REJECTED)
		reject(&v, c, voice);
	else if (voice->answer == HOP_RESET)
		nearer(&v, c, HOPS_REFUSE);
	else
		nearer(&v, c, HOPS_OPEN);
	return v;
}

/* counts - is silence of that hop loss?  ICMP errors are sent sparingly. */
static bool
counts(const struct hop *h)
{
	const struct hop_voice *v = hop_voice(h);

	return v->answer == HOP_CONNECTED || v->answer == HOP_REPLY ||
	    v->answer == HOP_RESET;
}

size_t
hops_lossy(const struct hop_trace *t)
{
	size_t hop = trace_end(t);
	size_t first = 0;

	if (hop == 0 || !counts(&t->hops[hop - 1]))
		return 0;
	for (; hop > 0; hop--) {
		const struct hop *h = &t->hops[hop - 1];

		if (h->answered == 0)
			continue;	/* it says nothing of what passes */
		if (h->answered >= h->sent)
			break;
		first = hop;
	}
	return first;
}
