/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push - is a client that waits in IDLE told of a new message
 *
 * Two sessions with one server.  The first waits in IDLE in the folder, which
 * it opened read-only, and calls for the second as soon as IDLE was accepted
 * (session.calls).  The second logs in, puts a message of our own into the
 * folder (APPEND), and when the first was told or gave up, it removes that
 * message and no other: by the UID that the server named for it (RFC 4315:
 * APPENDUID, UID EXPUNGE).  Where that cannot be done the message stays, and a
 * note says so.
 *
 * Causes, first session: mailbox.degraded when it was not told, what opening a
 * mailbox has (imap_mailbox.h), internal.unfinished when time did not suffice.
 * Second session: those of the login; for a message that is not taken
 * mailbox.unavailable or what the refusal tables say; mailbox.degraded for one
 * that may not be removed; mailbox.timeout, mailbox.closed.
 */
#ifndef DIALOG_IMAP_PUSH_H
#define DIALOG_IMAP_PUSH_H

#include "base/buf.h"
#include "base/span.h"
#include "dialog/ladder.h"

/* what the two sessions know of each other; borrowed by struct login.  Times are those of events. */
struct imap_push {
	struct span	 folder;	/* UTF-8 */
	struct span	 message;	/* as it is sent, lines ended by CRLF */
	bool		 sent;		/* the last byte of the message is on its way, */
	int64_t		 sent_at;
	bool		 put;		/* and the server has taken it, */
	int64_t		 put_at;
	bool		 told;		/* and told the first session of a message more */
	int64_t		 told_at;
	bool		 over;		/* the first session waits no longer */
};

/* what the second session knows of its message alone */
struct imap_put {
	bool		 named;		/* by APPENDUID */
	uint64_t	 uidvalidity, uid;
	uint64_t	 folder;	/* UIDVALIDITY of the folder when it was opened again; 0 not said */
	bool		 gone;		/* by a word of the server that a message is */
};

/* the ladder of the second session */
extern const struct rung imap_push_ladder[];
/* its end: remove the message once the first is told or waits no longer */
extern const struct rung imap_push_remove_ladder[];
/* of the first: open the folder, where it is not the mailbox that is open */
extern const struct rung imap_push_open_ladder[];

/* imap_push_of - NULL: nothing of this is wanted */
struct imap_push *imap_push_of(const struct session *);
/* imap_push_compose - a message by which people know what it is; `to` is an address, or a user name without one */
void	imap_push_compose(struct buf *, struct span to, int64_t date, const char *id);

/* imap_push_removable - can the server remove our message alone, and do we know which it is */
bool	imap_push_removable(const struct session *);
/* imap_push_stays - note that our message is in the folder, which holds until it is known to be gone; `why` it stays, "" when it need not */
void	imap_push_stays(struct session *, const char *why);

/*
 * For the first session while it waits (imap_idle.c):
 * imap_push_hear - a reply came: was it told, and is the waiting over by that?
 * imap_push_patience - microseconds that it waits, from the beginning of the
 *	waiting: login.idle after the message was taken
 * imap_push_over - it is over: findings
 * imap_push_note - put what it came to behind the note of the stage
 */
bool	imap_push_hear(struct session *);
int64_t	imap_push_patience(const struct session *);
void	imap_push_over(struct session *);
void	imap_push_note(struct session *);

#endif
