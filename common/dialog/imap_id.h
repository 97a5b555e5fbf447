/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_id - who the server says it is, and who we are (RFC 2971)
 *
 * Asked after the login where it is offered, in one breath with what follows,
 * so that it costs no round trip; a refusal means nothing.  Some providers
 * select no mailbox for a client that has not said who it is, so it goes first.
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

extern const struct rung imap_id_ladder[];

#endif
