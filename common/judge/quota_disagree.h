/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - do several sources tell the same of one account, and is
 * there room on disk for what a quota leaves?
 *
 * Two things can be compared: one account by two doors, resource by resource;
 * and what a quota leaves with what the file system has left, which has to be
 * no less.  Who gave no answer disagrees with nobody.
 */
#ifndef JUDGE_QUOTA_DISAGREE_H
#define JUDGE_QUOTA_DISAGREE_H

#include "judge/quota_facts.h"
#include "report/result.h"

/* how far sources may be apart */
struct quota_tolerance {
	bool	given;
	bool	bytes;			/* `value` is in bytes; for what is counted otherwise the usual one holds */
	double	value;			/* else in points of percent */
};

#define QUOTA_TOLERANCE	5.0		/* points, where none is given */

enum {
	QUOTA_DISAGREE_MAX = 8		/* findings; how many more there are is said with the first */
};

/* an answer */
struct quota_source {
	const struct quota_facts *facts;
	const char	*whom;		/* how reports call it: "mail.example.org:993", "/var/mail" */
	const char	*account;	/* whose it is; NULL: nobody in particular's, or not known */
	bool		 disk;		/* whole file systems */
};

/*
 * quota_disagree_judge - all of them, in order: quota.disagree into the sheet.
 * Two answers are of one account when both name it, or, where one names none,
 * when neither back end has given another.  Disks are taken together: an
 * account is on one of them, and so the one with most room is held against it.
 */
void	quota_disagree_judge(struct sheet *, const struct quota_source *, size_t n, const struct quota_tolerance *);

#endif
