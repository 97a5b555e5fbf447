/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - what the checks that speak IMAP share above the dialogue: their
 * metrics and their facts
 */
#ifndef PLUGIN_IMAP_H
#define PLUGIN_IMAP_H

#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "plugin/login_check.h"

struct digests;

enum {
	IMAP_PUSH_MAX = 2048	/* bytes of the message for --idle-push: two addresses and less than 500 more */
};

struct imap_options {
	struct mailbox_list mailboxes;
	struct imap_wishes wishes;
	unsigned	 fetch;
	int64_t		 idle;		/* microseconds; 0 none */
	const char	*folder;	/* of --idle-push; NULL none */
	struct imap_push push;		/* what both sessions know then, */
	char		 message[IMAP_PUSH_MAX];	/* and what the second sends */
	bool		 remember;
	const char	*state_dir;	/* of the shared options */
	const struct digests *digests;	/* for --remember */
};

/* imap_asked - the stages that these options ask for besides those of every run */
unsigned imap_asked(const struct imap_options *);
/* imap_wish - what the options say about the login and what comes after it; for plugin.prepare */
void	imap_wish(struct imap_options *, struct login *);
/* imap_check - a threshold on newest_age or unseen_age asks for the date it needs, one on found needs a search: false with the error filled in; for plugin.check */
bool	imap_check(struct imap_options *, const struct settings *, struct opt_error *);
/* imap_conclude - metrics of the mailbox and the download into the result, and the facts behind it */
void	imap_conclude(struct session *, const struct imap_options *);
/* imap_measure - the metrics alone; session.talk is there */
void	imap_measure(struct session *, const struct imap_options *);
/* imap_sums - " (4 messages, 2 unseen) and downloaded 1 message (500 bytes)" as far as it is known and wanted, else "" */
void	imap_sums(const struct imap *, const struct imap_options *, char text[LOGIN_SUMS_MAX]);
/* imap_summary - the sentence of a session that went to its end */
void	imap_summary(struct session *, const struct imap_options *);
/* imap_facts - members of "facts": those of login_facts(), mailbox, messages, unseen, newest, oldest_unseen, uidvalidity, found where it was asked for, and those of imap_extras_facts() */
void	imap_facts(const struct run *, struct json *);

#endif
