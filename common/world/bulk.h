/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk - say much to a server and see whether it comes through
 *
 * Opens up to three connections, one after the other, for judge/bulk to judge:
 * the second with the segments kept small by TCP_MAXSEG in both directions.
 * Nothing is said that changes anything, or logs in (dialog/bulk_talk).  Loss
 * is made good by TCP from a fifth of a second on, so a patience of a second and
 * a half bears two losses of one packet.  At worst it takes thrice the patience
 * to connect, thrice to be greeted and twice to see the silence; a try that
 * keeps moving ends after BULK_LIMIT.
 */
#ifndef WORLD_BULK_H
#define WORLD_BULK_H

#include "judge/bulk.h"
#include "judge/port_facts.h"
#include "world/loop.h"

enum {
	BULK_PATIENCE = 1500 * 1000,	/* microseconds without any movement */
	BULK_LIMIT = 6 * 1000 * 1000,	/* microseconds of one try */
	BULK_SMALL_4 = 536,		/* bytes of a small segment: what every host takes (RFC 9293 section 3.7.1) */
	BULK_SMALL_6 = 1220,
	BULK_ENOUGH = 1024 * 1024	/* bytes after which nothing more has to come */
};

struct bulk_wish {
	struct address	 address;
	struct address	 source;	/* family 0: the system chooses */
	uint16_t	 port;
	enum speech speech;	/* what speaks there, as has been heard before */
	const char	*host;		/* the name to ask for in TLS, NULL none; it has to stay until the end */
	int64_t		 patience;	/* microseconds; 0: BULK_PATIENCE */
};

struct bulk;

/* bulk_start - `done` is called from the loop, once, unless bulk_cancel() comes first; NULL without memory, or when there is nothing to be said to what speaks there */
struct bulk	*bulk_start(struct loop *, const struct bulk_wish *, void (*done)(void *, const struct bulk_facts *), void *arg);
/* bulk_cancel - close and free; not after `done`, which ends it */
void		 bulk_cancel(struct bulk *);

#endif
