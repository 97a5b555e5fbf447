/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_idle - does the server keep a client that waits for mail (RFC 2177)
 *
 * With login.idle: IDLE after the mailbox was opened, silence of our own for so
 * long, then DONE.  The waiting counts for no stage's time.  With login.push it
 * waits in that folder, and until a new message was told of (imap_push.h).
 *
 * Causes: protocol.rejected when it is not offered or refused in unknown words,
 * else by the refusal tables; mailbox.closed when the server ends it,
 * mailbox.timeout when it does not answer, mailbox.degraded for a warning,
 * internal.unfinished when the run's time does not suffice.
 */
#ifndef DIALOG_IMAP_IDLE_H
#define DIALOG_IMAP_IDLE_H

#include "dialog/ladder.h"

struct imap_idle {
	bool	 accepted;
	bool	 over;		/* DONE was said, or the server ended it */
	bool	 warned;	/* before IDLE was said */
	unsigned tag;
	int64_t	 since;		/* accepted */
	int64_t	 lasted;	/* microseconds, once it is over */
	bool	 told;		/* of the new message of login.push, */
	int64_t	 told_after;	/* so many microseconds after it was sent */
};

extern const struct rung imap_idle_ladder[];

/* imap_idle_lasted - microseconds of IDLE up to its end or to the session's */
int64_t	imap_idle_lasted(const struct session *);

#endif
