/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel_quota - what the kernel says of one user, group or project on one file
 * system, by quotactl(2)
 *
 * Beyond the hard limit nothing is written.  Beyond the soft one things are,
 * until its time of grace is over; from then on it is as hard as the other.
 */
#ifndef JUDGE_KERNEL_QUOTA_H
#define JUDGE_KERNEL_QUOTA_H

#include "base/buf.h"
#include "judge/quota_list.h"
#include "report/result.h"

enum kernel_quota_kind { KERNEL_QUOTA_NONE, KERNEL_QUOTA_USER, KERNEL_QUOTA_GROUP, KERNEL_QUOTA_PROJECT };

/* of bytes, or of inodes */
struct kernel_limit {
	uint64_t used, soft, hard;	/* 0 of the limits: none */
	int64_t	 until;			/* seconds since 1970: grace ends; 0: it does not run */
};

struct kernel_quota {
	struct kernel_limit bytes, inodes;
};

/* kernel_quota_rows - STORAGE and INODES: the limit is the hard one, or the soft one where there is no other or its grace is over */
void	kernel_quota_rows(struct quota_list *, struct span root, const struct kernel_quota *, int64_t now);
/* kernel_quota_words - soft limits and grace, for a note; nothing where there is no soft limit */
void	kernel_quota_words(struct buf *, const struct kernel_quota *, int64_t now);
/* kernel_quota_judge - quota.near while grace runs, unless the sheet has quota.exceeded */
void	kernel_quota_judge(struct sheet *, const struct kernel_quota *, int64_t now, const char *whom);

#endif
