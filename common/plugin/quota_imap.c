/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_imap - what an IMAP server says of the account that logs in
 */
#include <inttypes.h>

#include "dialog/imap.h"
#include "dialog/imap_folders.h"
#include "dialog/imap_quota.h"
#include "dialog/login.h"
#include "dialog/session.h"
#include "judge/quota_words.h"
#include "plugin/quota.h"

void
quota_imap_prepare(struct quota_options *options, struct login *login)
{
	login->mailbox = span_of(options->mailbox);
	options->wishes.folders = options->folders;
	login->wishes = &options->wishes;
}

/* keep_folders - behind what was found */
static void
keep_folders(struct session *s, const struct imap_folders *from)
{
	struct quota_facts *facts = s->result->facts;
	size_t i;

	if (facts == NULL || facts->folders == NULL || from == NULL)
		return;
	facts->has_folders = true;
	facts->sized = from->sized;
	for (i = 0; i < from->n; i++) {
		facts->folders[i].messages = from->largest[i].messages;
		facts->folders[i].bytes = from->largest[i].bytes;
		(void)span_copy(span_of(from->largest[i].name),
		    facts->folders[i].name, TEXT_QUOTE_BUF);
	}
	facts->nfolders = i;
	if (!from->sized)
		result_note_more(s->result, STAGE_QUOTA, "; the server does "
		    "not tell sizes of folders");
}

/* keep_deleted - what an EXPUNGE would give back */
static void
keep_deleted(struct session *s, const struct imap_deleted *d)
{
	struct quota_facts *facts = s->result->facts;
	struct buf text;

	if (facts != NULL && d->has_bytes)
		facts->deleted_bytes = quota_scale(d->bytes, 1);
	if (facts != NULL && d->has_messages)
		facts->deleted_messages = quota_scale(d->messages, 1);
	if ((!d->has_messages || d->messages == 0) &&
	    (!d->has_bytes || d->bytes == 0))
		return;
	buf_init(&text, SENTENCE_MAX);
	if (d->has_bytes)
		quota_words_size(&text, quota_scale(d->bytes, 1));
	if (d->has_messages)
		(void)buf_fmt(&text, "%s%" PRIu64 " message%s", d->has_bytes ?
		    " in " : "", d->messages, d->messages == 1 ? "" : "s");
	result_note_more(s->result, STAGE_QUOTA, "; %s of it may go, being "
	    "marked as deleted", buf_cstr(&text));
	s->result->sheet.nomem |= text.nomem;
	buf_free(&text);
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
	if (m->folders != NULL)
		m->quotas->list.folders = FOLDERS_SHOWN;
	quota_found(s->result, quota_imap.name, &m->quotas->list, settings,
	    buf_cstr(&whom), NULL);
	keep_deleted(s, &m->quotas->deleted);
	keep_folders(s, m->folders);
	s->result->sheet.nomem = s->result->sheet.nomem || whom.nomem;
	buf_free(&whom);
}

const struct quota_backend quota_imap = { .name = "imap", .sessions = true };
