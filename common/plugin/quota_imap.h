/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_imap - the source that is the mail server itself: GETQUOTAROOT over
 * IMAP, by the sessions of the run (dialog/imap_quota.h)
 */
#ifndef PLUGIN_QUOTA_IMAP_H
#define PLUGIN_QUOTA_IMAP_H

#include "plugin/quota.h"

struct session;

/* quota_imap_wish - for plugin.prepare: the mailbox, and whether its folders are wanted; nothing where no session is */
void	quota_imap_wish(const struct quota_options *, struct login *);
/*
 * quota_imap_conclude - for plugin.conclude: the answer to quota_found(), and the
 * folders kept for the next two.  Causes besides those of quota_found():
 * quota.exceeded and quota.near of a server that warns so in words,
 * mailbox.degraded of one that warns of something else, quota.unsupported of
 * one that warns and tells nothing.
 */
void	quota_imap_conclude(struct session *, struct quota_options *);
/* quota_imap_table - for plugin.table: "folder    1.2 GiB in 812 messages: Archive", the largest first */
void	quota_imap_table(const struct quota_options *, struct buf *);
/* quota_imap_json - for plugin.facts: the member "folders" where they were asked for */
void	quota_imap_json(const struct quota_options *, struct json *);

#endif
