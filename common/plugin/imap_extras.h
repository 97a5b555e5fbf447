/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_extras - what the IMAP checks can learn beyond the mailbox: who the
 * server is, how long it keeps a waiting client, what changed since last time
 */
#ifndef PLUGIN_IMAP_EXTRAS_H
#define PLUGIN_IMAP_EXTRAS_H

#include "dialog/imap.h"
#include "plugin/plugin.h"

struct json;

/* imap_extras_facts - members of "facts": server_id (an object, null when nothing was said), idle_seconds (null without IDLE) */
void	imap_extras_facts(struct json *, const struct imap_id *, const struct imap_idle *);
/* imap_idle_fits - can so much time be spent in IDLE within -t?  False with the error filled in. */
bool	imap_idle_fits(int64_t idle, const struct settings *, struct opt_error *);
/*
 * imap_remember - hold a mailbox that was opened against what is remembered of
 * it, and remember it as it is now.  Findings: mailbox.reset, mailbox.degraded,
 * internal.error when it cannot be remembered.  What cannot be read or makes no
 * sense is left out, with a note.  A mailbox that something is wrong with is
 * compared and not remembered.
 */
void	imap_remember(struct session *, const struct imap_box *, struct span mailbox, const char *state_dir);

#endif
