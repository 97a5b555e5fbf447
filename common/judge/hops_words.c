/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hops_words - where packets to a port stop, in words
 */
#include "judge/hops_words.h"

#include "judge/icmp.h"

enum {
	WITNESSES = 3
};

/* place - "10.99.2.2 (hop 2)" */
static void
place(struct buf *out, const struct address *a, size_t hop)
{
	char text[ADDRESS_TEXT];

	buf_fmt(out, "%s (hop %zu)", a->family != 0 ? address_text(a, text) :
	    "an unknown router", hop);
}

/* what a trace sends, with `those` in place of packets that were named before */
static void
packets(struct buf *out, const struct hop_trace *t, const char *those)
{
	if (t->kind == TRACE_UDP)
		buf_str(out, "UDP packets");
	else if (t->kind == TRACE_ECHO)
		buf_str(out, "echo requests");
	else
		buf_fmt(out, "%s%sport %u", those, those[0] != '\0' ? " " :
		    "", (unsigned)t->port);
}

/* say_between - hops that are silent for both may have been passed by both */
static void
say_between(struct buf *out, const struct hop *h, size_t hop, size_t next)
{
	if (next > hop + 2)
		buf_fmt(out, ", with hops %zu to %zu as silent, so that all "
		    "may have come further", hop + 1, next - 1);
	else if (next > hop + 1)
		buf_fmt(out, ", with hop %zu as silent, so that all may have "
		    "come further", hop + 1);
	else if (h->answered < h->sent)
		buf_fmt(out, ", which left %d of %d unanswered and may have "
		    "been passed", h->sent - h->answered, h->sent);
}

static void
say_goes_on(struct buf *out, const struct hop_trace *t, size_t hop,
    size_t next)
{
	const struct hop *h = trace_at(t, next);
	bool there = trace_reach(t) == next;

	if (there) {
		buf_fmt(out, " reach the server (hop %zu)", next);
	} else {
		buf_str(out, " go on to ");
		place(out, &hop_voice(h)->from, next);
	}
	if (hop > 0)
		buf_str(out, " by the same path");
	if (!there || next > hop + 1)
		say_between(out, h, hop, next);
}

/* beside_kind - the first witness that compares so; NULL: none */
static const struct hop_trace *
beside_kind(const struct hops_case *c, const struct hops_verdict *v,
    enum hops_beside kind, size_t *next)
{
	size_t i;

	for (i = 0; i < WITNESSES; i++) {
		const struct hop_trace *t = hops_witness(c, i);

		if (t != NULL && hops_beside(c->blocked, t, v->hop, next) ==
		    kind)
			return t;
	}
	return NULL;
}

/* say_beside - what the others add */
static void
say_beside(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	const char *those = v->what == HOPS_VANISH ? "those to the open" :
	    "packets to the open";
	const struct hop_trace *t;
	size_t next;

	if ((t = beside_kind(c, v, BESIDE_GOES_ON, &next)) != NULL) {
		buf_str(out, "; ");
		packets(out, t, those);
		say_goes_on(out, t, v->hop, next);
	} else if ((t = beside_kind(c, v, BESIDE_PARTED, &next)) != NULL) {
		buf_str(out, "; ");
		packets(out, t, those);
		buf_fmt(out, " take another path from hop %zu on, by ", next);
		place(out, &hop_voice(trace_at(t, next))->from, next);
	} else if (v->what == HOPS_VANISH &&
	    (t = beside_kind(c, v, BESIDE_STOPS, &next)) != NULL) {
		buf_str(out, "; ");
		packets(out, t, those);
		buf_str(out, " vanish there, too");
	}
}

/* say_doubt - the last hop that answers does not always do so */
static void
say_doubt(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	const struct hop *h = trace_at(c->blocked, v->hop);

	if (h != NULL && !v->last_router && h->answered < h->sent)
		buf_fmt(out, "; hop %zu itself left %d of %d unanswered, so "
		    "that packets may have come further", v->hop,
		    h->sent - h->answered, h->sent);
}

static void
say_vanish(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	packets(out, c->blocked, "packets to");
	if (v->hop == 0 && v->last_router) {
		buf_str(out, " vanish, and no router lies in between: the "
		    "server, or a filter of this host, drops them");
	} else if (v->hop == 0) {
		buf_str(out, " vanish before any router answers");
	} else if (v->last_router) {
		buf_str(out, " vanish behind the last router, ");
		place(out, &v->at, v->hop);
		buf_str(out, ": the server, or a filter right before it, "
		    "drops them");
	} else {
		buf_str(out, " vanish behind ");
		place(out, &v->at, v->hop);
	}
	say_beside(out, c, v);
	say_doubt(out, c, v);
}

/* say_rejecter - who sent the ICMP error */
static void
say_rejecter(struct buf *out, const struct hops_verdict *v)
{
	char text[ADDRESS_TEXT];

	if (v->ours) {
		buf_str(out, "this host itself");
	} else if (v->server) {
		buf_str(out, "the server itself, ");
		place(out, &v->at, v->hop);
		buf_char(out, ',');
	} else if (v->hop > 0) {
		place(out, &v->at, v->hop);
	} else {
		buf_fmt(out, "%s (hop ", v->at.family != 0 ?
		    address_text(&v->at, text) : "an unknown router");
		if (v->end > 1)
			buf_fmt(out, "%zu or ", v->end - 1);
		buf_fmt(out, "%zu)", v->end);
	}
}

static void
say_reject(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	int family = c->blocked->to.family;
	const char *meaning = icmp_meaning(family, v->icmp_type,
	    v->icmp_code);
	bool passes;
	size_t next;

	/* who lets another port pass knows a way, whatever it says */
	passes = v->hop > 0 && beside_kind(c, v, BESIDE_GOES_ON, &next) !=
	    NULL;
	say_rejecter(out, v);
	if (v->server || passes ||
	    !icmp_unreachable(family, v->icmp_type, v->icmp_code)) {
		buf_str(out, " rejects ");
		packets(out, c->blocked, "");
		buf_fmt(out, " (%s)", meaning);
	} else {
		buf_str(out, " says of ");
		packets(out, c->blocked, "packets to");
		buf_fmt(out, ": %s", meaning);
	}
	if (passes && !v->server)
		say_beside(out, c, v);
}

/* behind - what sits behind the last router that answers */
static void
behind(struct buf *out, const char *what, const struct hops_verdict *v)
{
	if (v->hop == 0) {
		buf_fmt(out, "%s on the way", what);
		return;
	}
	buf_fmt(out, "%s behind ", what);
	place(out, &v->at, v->hop);
}

static void
say_refuse(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	if (v->by_life) {
		buf_fmt(out, "a reset comes from hop %zu, from as far away as "
		    "the answers of the open port %u: the server refuses "
		    "port %u, or a filter right before it does", v->end,
		    (unsigned)c->open->port, (unsigned)c->blocked->port);
		return;
	}
	if (v->reach == v->end) {
		buf_fmt(out, "a reset comes from hop %zu, where the server "
		    "is: ", v->end);
		behind(out, "the server, or a filter", v);
		buf_fmt(out, ", refuses port %u", (unsigned)c->blocked->port);
		return;
	}
	buf_fmt(out, "a reset for port %u comes from hop %zu, from ",
	    (unsigned)c->blocked->port, v->end);
	behind(out, "somewhere", v);
	if (v->reach == 0)
		buf_str(out, ": how far away the server is is not known");
	else
		buf_fmt(out, ": by another path the server is at hop %zu",
		    v->reach);
}

/* forger - who answers in the server's name */
static void
forger(struct buf *out, const char *what, const struct hops_verdict *v)
{
	if (v->end == 1)
		buf_str(out, "this host or the first router");
	else
		behind(out, what, v);
}

/* say_nearer - at the hop of the server, but by its life from before it */
static void
say_nearer(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	buf_fmt(out, "a reset for port %u has not come as far as the answers "
	    "of the open port %u: ", (unsigned)c->blocked->port,
	    (unsigned)c->open->port);
	if (v->last_router)
		place(out, &v->at, v->hop);
	else
		behind(out, "a filter", v);
	buf_str(out, v->last_router ? ", the last router, forged it" :
	    " forged it");
}

static void
say_forged(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	if (v->by_life) {
		say_nearer(out, c, v);
		return;
	}
	if (hop_voice(trace_at(c->blocked, v->end))->answer == HOP_RESET) {
		buf_fmt(out, "a reset for port %u comes from hop %zu although "
		    "the server is at hop %zu: ", (unsigned)c->blocked->port,
		    v->end, v->reach);
		forger(out, "a filter", v);
		buf_str(out, " forged it");
		return;
	}
	packets(out, c->blocked, "");
	buf_fmt(out, " is answered from hop %zu although the server is at hop "
	    "%zu: ", v->end, v->reach);
	forger(out, "something", v);
	buf_str(out, " answers in its place");
}

static void
say_unknown(struct buf *out, const struct hop_trace *t)
{
	switch (t->outcome) {
	case TRACE_FORBIDDEN:
		buf_str(out, "this user may not send ");
		packets(out, t, "packets to");
		buf_str(out, " here");
		break;
	case TRACE_BLIND:
		buf_str(out, "this system does not tell where ");
		packets(out, t, "packets to");
		buf_str(out, " stop");
		break;
	case TRACE_STUCK:
		packets(out, t, "packets to");
		buf_fmt(out, " do not leave this host (error %d)", t->error);
		break;
	default:
		buf_str(out, "there was not the time to see where ");
		packets(out, t, "packets to");
		buf_str(out, " stop");
		break;
	}
}

static void
say_circle(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	packets(out, c->blocked, "packets to");
	buf_str(out, " go round in a circle: they come by ");
	place(out, &v->at, v->hop);
	buf_fmt(out, " again at hop %zu", v->end);
}

static void
say_far(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	packets(out, c->blocked, "packets to");
	buf_str(out, " have not arrived yet at ");
	place(out, &v->at, v->hop);
}

void
hops_say(struct buf *out, const struct hops_case *c,
    const struct hops_verdict *v)
{
	switch (v->what) {
	case HOPS_UNKNOWN:
		say_unknown(out, c->blocked);
		break;
	case HOPS_OPEN:
		packets(out, c->blocked, "packets to");
		buf_fmt(out, " are answered from hop %zu", v->end);
		break;
	case HOPS_VANISH:
		say_vanish(out, c, v);
		break;
	case HOPS_REJECT:
		say_reject(out, c, v);
		break;
	case HOPS_REFUSE:
		say_refuse(out, c, v);
		break;
	case HOPS_FORGED:
		say_forged(out, c, v);
		break;
	case HOPS_CIRCLE:
		say_circle(out, c, v);
		break;
	case HOPS_FAR:
		say_far(out, c, v);
		break;
	}
}
