/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_mailbox - the rungs that open a mailbox read-only and count in it:
 * STATUS and EXAMINE (RFC 3501 sections 6.3.10 and 6.3.2)
 *
 * What they learn stands in imap.box.  Causes: mailbox.* by the refusal tables,
 * mailbox.unavailable for words that stand in none, mailbox.degraded for a
 * mailbox that opens with a warning, quota.exceeded or quota.near when that warning says so.
 */
#ifndef DIALOG_IMAP_MAILBOX_H
#define DIALOG_IMAP_MAILBOX_H

#include "base/span.h"
#include "dialog/ladder.h"
#include "report/cause.h"

struct imap;

enum {
	MAILBOXES_MAX = 16	/* of one run */
};

/* what is wanted of a mailbox besides that it opens; borrowed by struct login */
struct imap_wishes {
	struct span	 mailboxes[MAILBOXES_MAX];	/* several, instead of login.mailbox; the first is opened last, and stays open for what comes then */
	unsigned	 nmailboxes;
	const char	*search;	/* criteria, checked: printable ASCII without literals; NULL none */
	bool		 newest;	/* ask when the newest message arrived */
	bool		 oldest;	/* ask when the oldest unseen message arrived */
	bool		 folders;	/* ask how large the folders are (dialog/imap_folders.h) */
};

extern const struct rung imap_mailbox_ladder[];

/* imap_mailbox_doubt - a finding when the server warned while it opened the mailbox of that name; the warning is used up */
void	imap_mailbox_doubt(struct session *, const char *name);
/* imap_warning_cause - of the warning in imap.warned: it may speak of the quota; any other makes the mailbox doubtful (mailbox.degraded) */
enum cause	imap_warning_cause(const struct imap *, enum stage);

#endif
