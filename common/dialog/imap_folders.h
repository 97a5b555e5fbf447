/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_folders - which folders are the largest: STATUS with SIZE (RFC 8438) of
 * all of them, in one go where LIST can do that (LIST-STATUS, RFC 5819)
 *
 * Bounded in number, in bytes, and by three quarters of the time of the run;
 * folders beyond that are not looked at, and `cut` says so.  A folder that
 * refuses its STATUS is left out.  A LIST that is refused means nothing.
 */
#ifndef DIALOG_IMAP_FOLDERS_H
#define DIALOG_IMAP_FOLDERS_H

#include "base/buf.h"
#include "base/text.h"
#include "dialog/ladder.h"

enum {
	IMAP_FOLDERS_SHOWN = 5,
	IMAP_FOLDERS_ASKED_MAX = 512,	/* one by one */
	IMAP_FOLDERS_LISTED_MAX = 10000, /* in one go, and names that are looked at */
	IMAP_FOLDERS_NAMES_MAX = 128 * 1024, /* bytes of names that are kept, to be asked for */
	IMAP_FOLDERS_BYTES_MAX = 4 * 1024 * 1024 /* of all that is told of them */
};

struct imap_folder {
	char		 name[TEXT_QUOTE_BUF];	/* as it may be shown */
	bool		 has_messages;
	uint64_t	 messages, bytes;
};

struct imap_folders {
	bool		 sizeless;	/* wanted, and the server does not tell sizes */
	bool		 cut;		/* not all were looked at */
	struct imap_folder top[IMAP_FOLDERS_SHOWN];	/* the largest first */
	unsigned	 ntop;
	unsigned	 nsized;	/* those whose size was told */
	unsigned	 replies;
	size_t		 bytes;
	struct buf	 names;		/* to be asked for, each with its NUL */
	unsigned	 nnames;
	size_t		 next;		/* where the name of the next turn begins */
};

extern const struct rung imap_folders_ladder[];

#endif
