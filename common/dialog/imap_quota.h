/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - the rungs that ask how full a mailbox may be and is:
 * GETQUOTAROOT and, for roots whose quota it did not tell, GETQUOTA (RFC 9208
 * section 4.1, RFC 2087)
 *
 * A limit of 0 lets nothing in at Cyrus, where what has no limit is left out
 * (imap/imapd.c, print_quota_used()).  Others write it for none (WildDuck
 * imap-core/lib/commands/getquotaroot.js), so that it is none there.
 *
 * GETQUOTAROOT goes out with the login where that bears it (imap_together.h).
 * Causes: quota.unsupported, protocol.violation, what the refusal tables say,
 * and what a warning on the way says (quota.exceeded, quota.near,
 * mailbox.degraded).
 */
#ifndef DIALOG_IMAP_QUOTA_H
#define DIALOG_IMAP_QUOTA_H

#include "dialog/imap_deleted.h"
#include "dialog/ladder.h"
#include "judge/quota_list.h"

enum {
	IMAP_ROOTS_MAX = 1024,	/* roots of a mailbox that are kept */
	IMAP_ASKED_MAX = 64	/* of those, how many are asked for one by one */
};

struct imap_root;

/* what was told: imap.quotas */
struct imap_quotas {
	struct quota_list list;
	struct imap_root *roots;	/* names as they came, owned */
	size_t		 nroots;
	size_t		 nasked;	/* roots without a quota, when GETQUOTAROOT was answered: they stand first */
	bool		 told;		/* a QUOTAROOT or QUOTA response came */
	struct imap_deleted deleted;
};

extern const struct rung imap_quota_ladder[];

void	imap_quotas_free(struct imap_quotas *);

#endif
