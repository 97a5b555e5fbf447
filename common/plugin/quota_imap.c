/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_imap - what an IMAP server says of the account that logs in
 */
#include "dialog/imap.h"
#include "dialog/imap_quota.h"
#include "dialog/login.h"
#include "dialog/session.h"
#include "plugin/quota.h"

void
quota_imap_prepare(const struct quota_options *options, struct login *login)
{
	login->mailbox = span_of(options->mailbox);
}

void
quota_imap_conclude(struct session *s, const struct settings *settings)
{
	const struct imap *m = s->talk;
	struct buf whom;

	if (m == NULL || m->quotas == NULL || !s->finished)
		return;
	buf_init(&whom, SENTENCE_MAX);
	(void)buf_fmt(&whom, "%s says that %s", s->whom,
	    settings->user != NULL ? settings->user : "this account");
	quota_found(s->result, quota_imap.name, &m->quotas->list, settings,
	    buf_cstr(&whom), NULL);
	s->result->sheet.nomem = s->result->sheet.nomem || whom.nomem;
	buf_free(&whom);
}

const struct quota_backend quota_imap = { .name = "imap", .sessions = true };
