/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir - the quota of a Maildir++, and what is in it
 *
 * Nothing is ever written.  What lies in a Maildir belongs to its user, who may
 * put there what he likes: symbolic links are not followed, and only plain files
 * are read.
 */
#ifndef WORLD_MAILDIR_H
#define WORLD_MAILDIR_H

#include <signal.h>

#include "judge/quota_list.h"
#include "judge/recount.h"
#include "reply/maildirsize.h"

enum {
	MAILDIR_FOLDERS_MAX = 65536,	/* that a recount goes through */
	MAILDIR_PATH_MAX = 4096
};

struct maildir {
	/* in */
	const char	*path;		/* NULL: the folder Maildir in the home of `user`, or of who runs this */
	const char	*user;		/* NULL none */
	bool		 recount;
	unsigned	 tolerance;	/* of the recount, in percent */
	int64_t		 deadline;	/* clock_now() time; a recount ends then */
	const volatile sig_atomic_t *stop;
	/* out */
	char		 place[MAILDIR_PATH_MAX]; /* where it is */
	bool		 there;		/* it has a maildirsize */
	bool		 sums;		/* whose sums make sense */
	struct maildirsize said;
	size_t		 size;		/* bytes of that file */
	struct recount	 count;		/* with recount */
	bool		 unfinished;	/* the recount did not end in time: the refusal says so */
};

/* maildir_place - fill in `place` alone; false with the refusal */
bool	maildir_place(struct maildir *, struct quota_refusal *);
/*
 * maildir_ask - read maildirsize, and count with `recount`.  False with the
 * refusal: usage.option for what is no Maildir or may not be read,
 * quota.unsupported for one without quota or with a file that makes no sense,
 * internal.unfinished for a recount that takes too long.
 */
bool	maildir_ask(struct maildir *, struct quota_refusal *);

/* maildir_refuse - always false; for the files of this module */
bool	maildir_refuse(struct quota_refusal *, enum cause, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* maildir_refuse_errno - the same of a file or folder in it that cannot be opened: who might change that, and what to do */
bool	maildir_refuse_errno(struct quota_refusal *, int folder, const char *name, int error);
/* maildir_count - the recount alone, of an open Maildir */
bool	maildir_count(struct maildir *, int folder, struct quota_refusal *);

#endif
