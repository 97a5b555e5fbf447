/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota - how full an account or a file system is, against its limits and -w
 * and -c
 *
 * Metrics: percent of whatever is fullest, used and free of the fullest in
 * bytes, messages and inodes of the fullest of theirs.  Causes: quota.exceeded
 * when all is used that may be, whatever the thresholds are; quota.near beyond
 * a threshold; quota.none when nothing has a limit.
 */
#ifndef JUDGE_QUOTA_H
#define JUDGE_QUOTA_H

#include "judge/quota_facts.h"
#include "judge/threshold.h"
#include "report/result.h"

#define QUOTA_WARN	80.0	/* percent, where none is given */
#define QUOTA_CRIT	95.0

/* quota_measure - the metrics alone */
void	quota_measure(struct sheet *, struct quota_facts *);
/* quota_judge - hold them against limits and thresholds; `whom` begins the sentences: "mail.example.org:993 says that alice"; a root named `known` is not named again */
void	quota_judge(struct sheet *, struct quota_facts *, const struct threshold *given, size_t n, const char *whom, const char *known);
/* quota_sum - "94.2% of 10 GiB of "User quota"": the fullest, or what is used without a limit */
void	quota_sum(struct buf *, struct quota_facts *, const char *known);

#endif
