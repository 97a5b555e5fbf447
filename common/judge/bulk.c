/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk - do full-sized packets vanish where small ones pass?
 */
#include "judge/bulk.h"

/* passed - a reset behind an answer is a server that has had enough: the answer came all the same */
static bool
passed(const struct bulk_try *t)
{
	return t->end == BULK_PASSED ||
	    (t->end == BULK_CUT && t->received > 0);
}

/* learnt - did this host get to know of a narrow link after the first try? */
static bool
learnt(const struct bulk_facts *f)
{
	return f->tries[BULK_AGAIN].full != 0 &&
	    f->tries[BULK_AGAIN].full < f->tries[BULK_FULL].full;
}

bool
bulk_goes_on(const struct bulk_facts *f, enum bulk_trial next)
{
	switch (next) {
	case BULK_FULL:
		return true;
	case BULK_SMALL:
		return f->tries[BULK_FULL].end == BULK_STALLED;
	default:
		return next == BULK_AGAIN && passed(&f->tries[BULK_SMALL]);
	}
}

enum cause
bulk_cause(const struct bulk_facts *f)
{
	const struct bulk_try *full = &f->tries[BULK_FULL];
	const struct bulk_try *small = &f->tries[BULK_SMALL];
	const struct bulk_try *again = &f->tries[BULK_AGAIN];

	if (full->end != BULK_STALLED || !passed(small))
		return CAUSE_NONE;
	/* all came, but the orderly end: it is the server that does not close */
	if (bulk_way(f) != BULK_TO && full->received >= small->received)
		return CAUSE_NONE;
	if (again->end == BULK_STALLED ||
	    (bulk_way(f) == BULK_FROM && learnt(f) && passed(again)))
		return CAUSE_CONNECT_MTU;
	return CAUSE_NONE;
}

enum bulk_way
bulk_way(const struct bulk_facts *f)
{
	const struct bulk_try *full = &f->tries[BULK_FULL];

	if (!full->counted)
		return BULK_EITHER;
	return full->unacked > 0 && full->retransmits > 0 ? BULK_TO :
	    BULK_FROM;
}

void
bulk_words(const struct bulk_facts *f, const char *whom, struct buf *out)
{
	static const char *const ways[] = { [BULK_EITHER] = "to or from",
	    [BULK_TO] = "to", [BULK_FROM] = "from" };
	const struct bulk_try *full = &f->tries[BULK_FULL];
	enum bulk_way way = bulk_way(f);

	buf_fmt(out, "full-sized packets vanish on the way %s %s while small "
	    "ones pass: ICMP %s does not get through", ways[way], whom,
	    f->family == 4 ? "fragmentation-needed" : "packet-too-big");
	if (way == BULK_TO)
		buf_fmt(out, " (%lu of %lu bytes were never confirmed)",
		    (unsigned long)full->unacked, (unsigned long)full->sent);
	else
		buf_fmt(out, " (%lu of at least %lu bytes came)",
		    (unsigned long)full->received,
		    (unsigned long)f->tries[BULK_SMALL].received);
}
