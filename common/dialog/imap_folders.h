/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_folders - the rungs that ask which folders are the largest: LIST, and
 * STATUS of each (RFC 3501 sections 6.3.8 and 6.3.10) with its SIZE where that
 * is offered (STATUS=SIZE, RFC 8438), all at once where LIST can return it
 * (LIST-STATUS, RFC 5819)
 *
 * What a server refuses here is no finding: the quota has been told.
 */
#ifndef DIALOG_IMAP_FOLDERS_H
#define DIALOG_IMAP_FOLDERS_H

#include <stdint.h>

#include "base/text.h"
#include "dialog/ladder.h"

enum {
	FOLDERS_SHOWN = 5,	/* the largest */
	FOLDERS_ASKED = 1000,	/* by a STATUS each */
	FOLDERS_LISTED = 20000	/* responses that are looked at */
};

struct imap_folder {
	char		 name[TEXT_QUOTE_BUF];
	uint64_t	 messages;
	uint64_t	 bytes;		/* where sizes are told */
};

/* what was told: imap.folders */
struct imap_folders {
	struct imap_folder largest[FOLDERS_SHOWN];	/* the largest first */
	size_t		 n;
	size_t		 seen;		/* folders whose STATUS came */
	size_t		 listed;
	bool		 sized;		/* the server tells sizes: otherwise by the number of messages */
	char		**names;	/* to be asked one by one, as they came, owned */
	size_t		 nnames;
};

extern const struct rung imap_folders_ladder[];

void	imap_folders_free(struct imap_folders *);

#endif
