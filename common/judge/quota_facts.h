/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_facts - what one source said about one account or file system, kept
 * with its result
 */
#ifndef JUDGE_QUOTA_FACTS_H
#define JUDGE_QUOTA_FACTS_H

#include "base/text.h"
#include "judge/quota_list.h"

/* one of the largest folders of an account */
struct quota_folder {
	char		 name[TEXT_QUOTE_BUF];
	uint64_t	 messages;
	uint64_t	 bytes;
};

/* one block from malloc, strings and all: result.facts */
struct quota_facts {
	const char	*backend;	/* "imap"; not owned */
	char		*whom;		/* how sentences about it begin */
	size_t		 n;
	size_t		 more;		/* rows that had no room */
	bool		 has_folders, sized;	/* folders were asked for; the source tells their sizes */
	struct quota_folder *folders;	/* the largest first, with room for list.folders; NULL none */
	size_t		 nfolders;
	int64_t		 deleted_bytes, deleted_messages;	/* marked as deleted, an EXPUNGE away from being gone; below 0: not told */
	struct quota_row rows[];	/* the fullest first, then those without a limit, the largest first */
};

/* quota_facts_make - the rows of the list in order, and room for so many folders; NULL without memory */
struct quota_facts	*quota_facts_make(const struct quota_list *, const char *backend, const char *whom);
/* quota_facts_fullest - of that resource, NULL any, which is limited; NULL none */
struct quota_row	*quota_facts_fullest(struct quota_facts *, const char *resource);

#endif
