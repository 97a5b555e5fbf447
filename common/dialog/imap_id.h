/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_id - who the server says it is, and who we are (RFC 2971)
 *
 * Asked where it is offered; a refusal means nothing.  It goes before EXAMINE,
 * for some providers select no mailbox for a client that has not said who it is.
 * Where the mailbox is opened in the write of the login it goes with that, and
 * costs no round trip; but behind STATUS, for Dovecot keeps its warnings about a
 * mailbox to itself while the answer to another command waits to be sent.
 * Causes: none of its own.
 */
#ifndef DIALOG_IMAP_ID_H
#define DIALOG_IMAP_ID_H

#include "base/text.h"
#include "dialog/ladder.h"

enum {
	IMAP_ID_FIELDS_MAX = 10,	/* those beyond are left out */
	IMAP_ID_NAME_MAX = 40		/* RFC 2971 section 3.3: names of at most 30 bytes */
};

/* cleaned and masked; no name stands there twice, and none without a value */
struct imap_id {
	size_t	 n;
	struct imap_id_field {
		char	 name[IMAP_ID_NAME_MAX];
		char	 value[TEXT_QUOTE_BUF];
	} fields[IMAP_ID_FIELDS_MAX];
};

/* by itself, before the mailboxes */
extern const struct rung imap_id_ladder[];
/* in the write of the login, between STATUS and EXAMINE */
extern const struct rung imap_id_together_ladder[];
/* the same before and behind GETQUOTAROOT, where no mailbox is opened */
extern const struct rung imap_id_quota_ladder[], imap_id_quota_together_ladder[];

/* imap_id_unheard - the server has been told who we are, or will be, and has not answered yet */
bool	imap_id_unheard(const struct session *);

#endif
