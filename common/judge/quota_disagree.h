/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_disagree - do two sources that should agree do so?
 *
 * Two that speak of one account: how much is used, resource by resource.  One
 * that speaks of an account and one that speaks of the disk it lies on: the
 * quota may have more room than the disk.
 */
#ifndef JUDGE_QUOTA_DISAGREE_H
#define JUDGE_QUOTA_DISAGREE_H

#include "judge/quota_facts.h"
#include "report/result.h"

/* quota_disagree - quota.disagree into the sheet when they are more than `points` percent apart, and the disk would be full first; each may be of an account or, with `disk`, of a file system */
void	quota_disagree(struct sheet *, struct quota_facts *a, bool a_disk, struct quota_facts *b, bool b_disk, double points);

#endif
