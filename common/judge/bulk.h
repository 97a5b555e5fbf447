/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk - do full-sized packets vanish where small ones pass?
 *
 * A router that must not cut a packet in pieces and cannot pass it on says so
 * by ICMP (RFC 1191, RFC 8201).  Where that word is lost, a connection opens,
 * greets, and hangs as soon as a packet is full (RFC 2923 section 2.1).  So
 * the same is said three times: with full-sized segments, with small ones, and
 * with full-sized ones again, lest a server that was slow once be taken for it.
 * Only where both of the full-sized stop and the small one does not, it is
 * connect.mtu; whatever else happened, nothing is concluded.
 *
 * One exception: ICMP may get through to this host and not to the server.  What
 * was said then teaches this host how narrow the way is, the third try asks for
 * segments that fit, and passes.  That there is a narrow link is proven so.  A
 * host that had learnt it before sees no fault at all, in mail clients neither.
 */
#ifndef JUDGE_BULK_H
#define JUDGE_BULK_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "report/cause.h"

enum bulk_end {
	BULK_UNTRIED,
	BULK_UNCONNECTED,	/* no connection, or none in time */
	BULK_EARLY,		/* it went wrong before much was said */
	BULK_STALLED,		/* much was said, and then nothing moved for the whole of the patience */
	BULK_CUT,		/* much was said, and the connection was reset */
	BULK_LONG,		/* it moved until the time of one try was up */
	BULK_PASSED		/* all went out, all came in, up to the orderly end */
};

struct bulk_try {
	enum bulk_end	end;
	uint32_t	sent;		/* bytes of the bulk alone, here and below */
	uint32_t	received;
	uint32_t	full;		/* bytes of a full segment, when it was connected; 0 not known */
	bool		counted;	/* the system told these: */
	uint32_t	unacked;	/* bytes that the other end has not confirmed */
	uint32_t	retransmits;	/* packets sent again since the connection was tried */
	uint32_t	mss;		/* bytes of the segments that we send */
	uint32_t	largest;	/* bytes of the largest segment that came, about */
	uint32_t	pmtu;		/* bytes of a packet that this host thinks will pass */
};

enum bulk_trial { BULK_FULL, BULK_SMALL, BULK_AGAIN, BULK_TRIALS };

struct bulk_facts {
	int		family;		/* 4, 6 */
	struct bulk_try	tries[BULK_TRIALS]; /* in this order, as far as there was a reason to go on */
};

enum bulk_way { BULK_EITHER, BULK_TO, BULK_FROM };

/* bulk_goes_on - is the next try worth while? */
bool		bulk_goes_on(const struct bulk_facts *, enum bulk_trial next);
/* bulk_cause - CAUSE_CONNECT_MTU, or CAUSE_NONE: nothing is concluded */
enum cause	bulk_cause(const struct bulk_facts *);
/* bulk_way - the way on which packets vanish, as seen from this host; for when there is a cause */
enum bulk_way	bulk_way(const struct bulk_facts *);
/* bulk_words - append the sentence for when there is a cause; `whom`: "host:port" */
void		bulk_words(const struct bulk_facts *, const char *whom, struct buf *);

#endif
