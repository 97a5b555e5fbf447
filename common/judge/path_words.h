/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path_words - why no connection came about, in one sentence
 */
#ifndef JUDGE_PATH_WORDS_H
#define JUDGE_PATH_WORDS_H

#include "judge/net_facts.h"
#include "report/result.h"

struct path_words {
	const char		*whom;		/* "host:port" */
	uint16_t		 port;
	const struct attempt	*attempt;	/* the one that says most */
	struct buf		 addresses;	/* all that it is true of, as text */
	struct buf		 text;		/* the sentence */
};

/* path_words - append the sentence for the cause to `text` */
void	path_words(struct path_words *, enum cause);

#endif
