/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - several sources, and what does not fit together
 *
 * Comparable are: the same account by two doors (of the same name, or the only
 * one of either: used and limit of the same
 * resource, of the same root where both name it, else where each has one alone),
 * and the room that a quota leaves against the room on the disk below
 * it.  Where several disks were asked, nobody knows which one an account lives
 * on, so that the roomiest counts.  A source without an answer, or without a
 * limit, disagrees with nobody.
 */
#ifndef JUDGE_QUOTA_DISAGREE_H
#define JUDGE_QUOTA_DISAGREE_H

#include "judge/quota_facts.h"
#include "report/result.h"

struct quota_tolerance {
	bool	 in_bytes;
	double	 value;		/* bytes, or points of percent of the larger limit */
};

/* an answer */
struct quota_source {
	struct quota_facts *facts;
	struct sheet	*sheet;		/* where a finding about it goes */
	const char	*whom;		/* "alice at mail.example.org:993" */
	const char	*account;	/* "alice"; NULL not known */
	bool		 alone;		/* its source told of no other */
	bool		 disk;		/* it is of a file system, not of an account */
};

/* quota_disagree - quota.disagree for each pair of answers that differ by more, at most one for each answer, on the sheet of the fuller one */
void	quota_disagree(const struct quota_source *, size_t n, const struct quota_tolerance *);

#endif
