/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm - a row of doveadm's quotaGet becomes one of the list
 */
#ifndef JUDGE_QUOTA_DOVEADM_H
#define JUDGE_QUOTA_DOVEADM_H

#include "judge/quota_list.h"

/* as Dovecot says it, all but the root without control characters; p NULL: it does not say */
struct quota_doveadm {
	struct span	root, type;	/* "User quota", "STORAGE" */
	struct span	value, limit;	/* of STORAGE in units of 1024 bytes; limit "-" or "0": none */
};

/* quota_doveadm_add - false when it is no such row; a list that is full or without memory remembers it and takes no more.  What was counted below 0 is nothing. */
bool	quota_doveadm_add(struct quota_list *, const struct quota_doveadm *);

#endif
