/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3 - what the checks that speak POP3 share above the dialogue
 */
#ifndef PLUGIN_POP3_H
#define PLUGIN_POP3_H

#include "dialog/pop3.h"
#include "plugin/login_check.h"

struct pop3_options {
	unsigned	 fetch;
};

/* pop3_conclude - metrics of the maildrop and the download into the result, and the facts behind it */
void	pop3_conclude(struct session *, const struct pop3_options *);
/* pop3_sums - "4 messages (5000 bytes) and downloaded 1 message (500 bytes)", of a session that is finished */
void	pop3_sums(const struct pop3 *, const struct pop3_options *, char text[LOGIN_SUMS_MAX]);
/* pop3_facts - members of "facts": those of login_facts(), messages, mailbox_bytes, and listed, uids and uid_duplicates where LIST and UIDL were answered */
void	pop3_facts(const struct run *, struct json *);

#endif
