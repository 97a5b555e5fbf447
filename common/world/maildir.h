/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir - what lies in a Maildir++, without touching any of it
 *
 * Nothing is waited for (FIFOs), nothing but regular files counts, and no
 * symbolic link is followed inside the maildir.
 */
#ifndef WORLD_MAILDIR_H
#define WORLD_MAILDIR_H

#include <signal.h>

#include "base/buf.h"
#include "judge/quota_list.h"

enum {
	MAILDIRSIZE_MAX = 64 * 1024,	/* bytes of maildirsize; servers sum it up at 5 KiB */
	MAILDIR_FOLDERS_MAX = 65536
};

/* how long a count may take */
struct maildir_patience {
	int64_t			 deadline;	/* clock_now() time */
	const volatile sig_atomic_t *stop;
};

struct maildir_count {
	int64_t	 bytes, messages;	/* all of them */
	int64_t	 trash_bytes, trash_messages;	/* of those, what Courier does not count: the folder Trash, and what is marked as deleted */
	unsigned folders;		/* besides the maildir itself */
	unsigned unread;		/* folders that could not be read */
	bool	 cut;			/* the time did not suffice */
};

/* maildir_is_one - is there a maildir of that name? False with usage.option. */
bool	maildir_is_one(const char *path, struct quota_refusal *);
/* maildir_size - its maildirsize; false with quota.unsupported when there is none, usage.option when it cannot be read */
bool	maildir_size(const char *path, struct buf *, struct quota_refusal *);
/* maildir_count - look at the names of all messages, and at the sizes of those whose names do not tell (S=) */
void	maildir_count(const char *path, const struct maildir_patience *, struct maildir_count *);

#endif
