/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - how full the account is: GETQUOTAROOT, and GETQUOTA for roots
 * that it names without telling of them (RFC 9208, RFC 2087)
 *
 * GETQUOTAROOT goes out in the write of the login where that bears it
 * (imap_together.h).  What is learnt stands in imap.quota; only what comes as
 * an answer to these commands counts, so nothing from before TLS or the login.
 *
 * A limit of 0 allows nothing by the RFC, and Cyrus keeps to that (limits below
 * 0 are none there, imapd.c).  WildDuck (imap-core getquotaroot.js) writes 0
 * where no limit is set, Stalwart (crates/imap/src/op/quota.rs) the setting as
 * it is, and Dovecot nothing: it is taken for a limit from Cyrus alone.
 *
 * Causes: quota.unsupported, mailbox.* and quota.exceeded by the refusal tables,
 * protocol.rejected, protocol.violation.  Silence and an end are ladder.h's.
 */
#ifndef DIALOG_IMAP_QUOTA_H
#define DIALOG_IMAP_QUOTA_H

#include "dialog/imap_folders.h"
#include "dialog/ladder.h"
#include "judge/quota_list.h"

enum {
	IMAP_QUOTA_ROWS_MAX = 4096,	/* resources that are kept; more are counted */
	IMAP_QUOTA_ITEMS_MAX = 16384,	/* that are looked at, those told again included */
	IMAP_QUOTA_ROOTS_MAX = 1024,	/* roots whose names are kept */
	IMAP_QUOTA_NAMES_MAX = 64 * 1024, /* bytes of those names */
	IMAP_QUOTA_ASKED_MAX = 64	/* roots that are asked for one by one */
};

struct imap;

/* made by the first question */
struct imap_quota {
	struct quota_list list;
	bool		 answered;	/* GETQUOTAROOT came to a good end */
	size_t		 items;
	struct buf	 names;		/* of roots as they came, one behind the other */
	struct imap_quota_root_name {
		size_t	 at, len;
		bool	 told;		/* there was a QUOTA response for it */
	} roots[IMAP_QUOTA_ROOTS_MAX];
	size_t		 nroots;
	size_t		 asked[IMAP_QUOTA_ASKED_MAX];	/* those that GETQUOTA is for */
	unsigned	 nasked;
	unsigned	 refused;	/* by GETQUOTA */
	struct imap_folders folders;
};

/* the quota, and after it the folders where they are wanted */
extern const struct rung imap_quota_ladder[];

/* imap_quota_free - for imap.c: what a session learnt; NULL is none */
void	imap_quota_free(struct imap_quota *);

#endif
