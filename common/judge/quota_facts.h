/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_facts - what one source said about one account or file system, kept
 * with its result
 */
#ifndef JUDGE_QUOTA_FACTS_H
#define JUDGE_QUOTA_FACTS_H

#include "judge/quota_list.h"

/* one block from malloc, strings and all: result.facts */
struct quota_facts {
	const char	*backend;	/* "imap"; not owned */
	size_t		 n;
	size_t		 more;		/* rows that had no room */
	struct quota_row rows[];	/* the fullest first, then those without a limit, the largest first */
};

/* quota_facts_make - the rows of the list in order; NULL without memory */
struct quota_facts	*quota_facts_make(const struct quota_list *, const char *backend);
/* quota_facts_fullest - of that resource, NULL any, which is limited; NULL none */
struct quota_row	*quota_facts_fullest(struct quota_facts *, const char *resource);

#endif
