/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * recount - what the messages of a Maildir take, beside what its maildirsize
 * says
 *
 * Courier leaves out what lies in .Trash or is marked as deleted (T), unless it
 * was built with --with-trashquota; Dovecot counts it.  Either sum is right, so
 * the one that is nearer to the file is held against it.
 */
#ifndef JUDGE_RECOUNT_H
#define JUDGE_RECOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "report/result.h"

struct recount {
	int64_t	bytes, messages;		/* of all that is there, trash too */
	int64_t	trash_bytes, trash_messages;	/* of what is in .Trash or marked T */
	int64_t	passed;				/* what was passed by: symbolic links and what is no file */
	int64_t	folders;
};

/* what the file says */
struct recount_said {
	bool	there;
	int64_t	bytes, messages;
	int64_t	bytes_limit, messages_limit;	/* 0: none */
	unsigned tolerance;			/* percent of the limit, or of the larger sum where there is none */
};

/* recount_with_trash - does the sum with the trash fit the file better? also where there is no file */
bool	recount_with_trash(const struct recount *, const struct recount_said *);
/* recount_judge - quota.disagree when file and messages are further apart than the tolerance */
void	recount_judge(struct sheet *, const struct recount *, const struct recount_said *, const char *whom);
/* recount_words - "counted: 12 messages in 3 folders": for a note */
void	recount_words(struct buf *, const struct recount *, bool with_trash);

#endif
