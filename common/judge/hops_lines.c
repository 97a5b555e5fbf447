/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hops_lines - the hops of a trace, one a line
 */
#include "judge/hops_words.h"

#include "judge/icmp.h"

enum {
	TENTH = 100		/* microseconds in a tenth of a millisecond */
};

void
hops_title(struct buf *out, const struct hop_trace *t)
{
	if (t->kind == TRACE_TCP)
		buf_fmt(out, "TCP port %u", (unsigned)t->port);
	else
		buf_str(out, t->kind == TRACE_UDP ? "UDP" : "ICMP echo");
	switch (t->outcome) {
	case TRACE_FORBIDDEN:
		buf_str(out, ": not allowed to this user here");
		break;
	case TRACE_BLIND:
		buf_str(out, ": this system does not tell who answers");
		break;
	case TRACE_STUCK:
		buf_fmt(out, ": nothing leaves this host (error %d)",
		    t->error);
		break;
	case TRACE_CUT:
		buf_str(out, ": the time ended before it was complete");
		break;
	}
}

size_t
hops_lines(const struct hop_trace *t)
{
	size_t end = trace_end(t);
	size_t shown = trace_last(t) + 1;
	size_t again;

	if (end > 0)
		return end;
	if (trace_circle(t, &again) > 0)
		return again;
	return shown < t->n ? shown : t->n;
}

/* said_before - has an earlier voice of the hop the same address? */
static bool
said_before(const struct hop *h, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (address_same(&h->voices[i].from, &h->voices[n].from))
			return true;
	return false;
}

static void
addresses(struct buf *out, const struct hop *h)
{
	char text[ADDRESS_TEXT];
	size_t i;

	for (i = 0; i < h->nvoices; i++) {
		const struct address *a = &h->voices[i].from;

		if (said_before(h, i))
			continue;
		buf_fmt(out, "%s%s", i > 0 ? ", " : "", a->family != 0 ?
		    address_text(a, text) : "unknown");
	}
}

/* time_of - the shortest of the round trips, in milliseconds */
static void
time_of(struct buf *out, const struct hop *h)
{
	unsigned best = h->voices[0].best_usec, tenths;
	size_t i;

	for (i = 1; i < h->nvoices; i++)
		if (h->voices[i].best_usec < best)
			best = h->voices[i].best_usec;
	tenths = best / TENTH + (best % TENTH * 2 >= TENTH);
	if (tenths == 0)
		tenths = 1;
	buf_fmt(out, "%u.%u ms", tenths / 10, tenths % 10);
}

/* ending - how it answers who comes no further */
static void
ending(struct buf *out, const struct hop_trace *t, const struct hop *h)
{
	const struct hop_voice *v = hop_voice(h);

	switch (v->answer) {
	case HOP_REJECTED:
		buf_fmt(out, "  rejects (%s)", icmp_meaning(t->to.family,
		    v->icmp_type, v->icmp_code));
		break;
	case HOP_RESET:
		buf_str(out, "  resets");
		break;
	case HOP_PORT_UNREACHABLE:
	case HOP_REPLY:
	case HOP_CONNECTED:
		buf_str(out, "  answers");
		break;
	}
}

void
hops_line(struct buf *out, const struct hop_trace *t, size_t hop)
{
	const struct hop *h = trace_at(t, hop);

	if (h == NULL)
		return;
	buf_fmt(out, "hop %zu  ", hop);
	if (h->sent == 0) {
		buf_str(out, "not waited for");
		return;
	}
	if (h->nvoices > 0) {
		addresses(out, h);
		buf_str(out, "  ");
		time_of(out, h);
	} else {
		buf_str(out, "no answer");
	}
	buf_fmt(out, "  %d of %d lost", h->sent - h->answered, h->sent);
	if (h->nvoices > 0)
		ending(out, t, h);
}

bool
hops_say_loss(struct buf *out, const struct hop_trace *t)
{
	size_t first = hops_lossy(t);
	size_t hop;

	if (first == 0)
		return false;
	if (t->kind == TRACE_TCP)
		buf_fmt(out, "packets to port %u", (unsigned)t->port);
	else
		buf_str(out, t->kind == TRACE_UDP ? "UDP packets" :
		    "echo requests");
	buf_fmt(out, " are lost from hop %zu on: ", first);
	for (hop = first; hop <= trace_end(t); hop++) {
		const struct hop *h = trace_at(t, hop);

		if (h->answered == 0)
			continue;
		buf_fmt(out, "%shop %zu ", hop > first ? ", " : "", hop);
		addresses(out, h);
		buf_fmt(out, " lost %d of %d", h->sent - h->answered,
		    h->sent);
	}
	return true;
}
