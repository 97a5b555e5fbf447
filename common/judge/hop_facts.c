/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hop_facts - what packets with a short life showed of the way to an address
 */
#include "judge/hop_facts.h"

static bool
same_voice(const struct hop_voice *a, const struct hop_voice *b)
{
	return a->answer == b->answer && a->icmp_type == b->icmp_type &&
	    a->icmp_code == b->icmp_code && address_same(&a->from, &b->from);
}

void
hop_hear(struct hop *h, const struct hop_voice *heard)
{
	struct hop_voice *v = h->voices;

	h->answered++;
	while (v < &h->voices[h->nvoices] && !same_voice(v, heard))
		v++;
	if (v == &h->voices[HOP_VOICES])
		return;
	if (v == &h->voices[h->nvoices]) {
		h->nvoices++;
		*v = *heard;
		v->times = 1;
		return;
	}
	v->times++;
	if (heard->best_usec < v->best_usec)
		v->best_usec = heard->best_usec;
}

const struct hop_voice *
hop_voice(const struct hop *h)
{
	const struct hop_voice *best = NULL;
	size_t i;

	for (i = 0; i < h->nvoices; i++)
		if (best == NULL || h->voices[i].answer > best->answer)
			best = &h->voices[i];
	return best;
}

bool
hop_same(const struct hop *a, const struct hop *b)
{
	size_t i, j;

	for (i = 0; i < a->nvoices; i++)
		for (j = 0; j < b->nvoices; j++)
			if (a->voices[i].from.family != 0 &&
			    address_same(&a->voices[i].from,
			    &b->voices[j].from))
				return true;
	return false;
}

size_t
trace_end(const struct hop_trace *t)
{
	size_t i;

	for (i = 0; i < t->n; i++) {
		const struct hop_voice *v = hop_voice(&t->hops[i]);

		if (v != NULL && v->answer > HOP_EXPIRED)
			return i + 1;
	}
	return 0;
}

size_t
trace_last(const struct hop_trace *t)
{
	size_t end = trace_end(t);
	size_t i = end > 0 ? end - 1 : t->n;

	while (i > 0 && t->hops[i - 1].nvoices == 0)
		i--;
	return i;
}

size_t
trace_reach(const struct hop_trace *t)
{
	size_t end = trace_end(t);
	const struct hop_voice *v = end > 0 ? hop_voice(&t->hops[end - 1]) :
	    NULL;

	if (v == NULL || v->answer == HOP_RESET || (v->answer == HOP_REJECTED &&
	    !address_same(&v->from, &t->to)))
		return 0;
	return end;
}

/* passed_again - how many hops, but the neighbours, have an address of hop i (0...); the first of them in *again (1...) */
static unsigned
passed_again(const struct hop_trace *t, size_t i, size_t *again)
{
	unsigned times = 0;
	size_t j;

	for (j = i + 2; j < t->n; j++)
		if (hop_same(&t->hops[i], &t->hops[j]) && times++ == 0)
			*again = j + 1;
	return times;
}

size_t
trace_circle(const struct hop_trace *t, size_t *again)
{
	size_t i;

	for (i = 0; i < t->n && trace_end(t) == 0; i++)
		if (passed_again(t, i, again) > 1)
			return i + 1;
	*again = 0;
	return 0;
}

const struct hop *
trace_at(const struct hop_trace *t, size_t hop)
{
	return hop > 0 && hop <= t->n ? &t->hops[hop - 1] : NULL;
}
