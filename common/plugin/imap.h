/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - what the checks that speak IMAP share above the dialogue: their
 * metrics and their facts
 */
#ifndef PLUGIN_IMAP_H
#define PLUGIN_IMAP_H

#include "dialog/imap.h"
#include "plugin/plugin.h"

struct imap_options {
	const char	*mailbox;
};

/* imap_conclude - metrics of the mailbox into the result, and the facts behind it */
void	imap_conclude(struct session *);
/* imap_count - " (4 messages, 2 unseen)" as far as it is known, else "" */
void	imap_count(const struct imap_box *, char *text, size_t size);
/* imap_facts - members of "facts": protocol, capabilities, mechanisms, mechanism, mailbox, messages, unseen, newest, uidvalidity, server_text */
void	imap_facts(const struct run *, struct json *);

#endif
