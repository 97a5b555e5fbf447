/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_extras - what the IMAP checks can learn beyond the mailbox: who the
 * server is, how long it keeps a waiting client, what changed since last time
 */
#ifndef PLUGIN_IMAP_EXTRAS_H
#define PLUGIN_IMAP_EXTRAS_H

#include "dialog/imap.h"
#include "plugin/imap.h"
#include "plugin/plugin.h"

struct json;

/* imap_extras_facts - members of "facts": server_id (an object, null when nothing was said), idle_seconds (null without IDLE), push_seconds (null when no new message was told of) */
void	imap_extras_facts(struct json *, const struct imap_id *, const struct imap_idle *);
/* imap_idle_fits - can so much time be spent in IDLE within -t, and is there an IDLE for --idle-push?  False with the error filled in. */
bool	imap_idle_fits(const struct imap_options *, const struct settings *, struct opt_error *);
/* imap_idle_wish - what the options say about IDLE, with a message made for --idle-push; for plugin.prepare, once the login knows its user */
void	imap_idle_wish(struct imap_options *, struct login *);
/*
 * imap_remember - hold the mailbox that was opened, the first of the options,
 * against what is remembered of it, and remember it as it is now.  Findings: mailbox.reset, mailbox.degraded,
 * internal.error when it cannot be remembered.  What cannot be read or makes no
 * sense is left out, with a note.  A mailbox that something is wrong with is
 * compared and not remembered.
 */
void	imap_remember(struct session *, const struct imap_box *, const struct imap_options *);

#endif
