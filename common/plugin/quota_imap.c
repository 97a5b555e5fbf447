/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_imap - what the mail server itself says of an account
 */
#include <inttypes.h>

#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"
#include "judge/quota_words.h"
#include "plugin/quota_imap.h"
#include "report/json.h"

const struct quota_backend quota_imap = {
	.name = "imap", .sessions = true
};

void
quota_imap_wish(const struct quota_options *options, struct login *login)
{
	static struct imap_wishes wishes;

	if (!quota_sessions(options))
		return;
	wishes.folders = options->folders;
	login->wishes = &wishes;
	login->mailbox = span_of(options->mailbox != NULL ?
	    options->mailbox : "INBOX");
}

/* doubt - it answered, and warned on the way; what it says of the quota in words may stand there in numbers already */
static void
doubt(struct session *s, const struct imap *m)
{
	enum cause cause;

	if (m->warned[0] == '\0')
		return;
	cause = imap_warning_cause(m, STAGE_QUOTA);
	if (!sheet_has(&s->result->sheet, cause))
		(void)session_find(s, cause, STAGE_QUOTA, NULL,
		    "%s told the quota and warned: \"%s\"", s->whom,
		    m->warned);
}

/* note - what else there is to be said of the answer */
static void
note(struct session *s, const struct imap_quota *q)
{
	if (q->refused > 0)
		result_note_more(s->result, STAGE_QUOTA,
		    "; %u more root%s told to nobody like us", q->refused,
		    q->refused == 1 ? " is" : "s are");
	if (q->folders.sizeless)
		result_note_more(s->result, STAGE_QUOTA, "; the server does "
		    "not tell how large folders are (STATUS=SIZE, RFC 8438)");
	else if (q->folders.cut)
		result_note_more(s->result, STAGE_QUOTA, "; there are more "
		    "folders than the %u whose size was told",
		    q->folders.nsized);
}

/* found - the list, with the stage as it is when something broke behind it */
static void
found(struct session *s, const struct imap_quota *q,
    const struct quota_options *options)
{
	enum progress *progress = &s->result->stages[STAGE_QUOTA].progress;
	enum progress before = *progress;
	struct buf whom;

	buf_init(&whom, QUOTA_WHOM_MAX + HOST_MAX + 32);
	(void)buf_fmt(&whom, "%s says that %s", s->whom,
	    s->result->target.user);
	quota_found(s->result, quota_imap.name, &q->list, options->settings,
	    buf_cstr(&whom), NULL);
	s->result->sheet.nomem = s->result->sheet.nomem || whom.nomem;
	buf_free(&whom);
	if (before == PROGRESS_FAILED)
		*progress = before;
}

void
quota_imap_conclude(struct session *s, struct quota_options *options)
{
	const struct imap *m = s->talk;
	const struct imap_quota *q = m == NULL ? NULL : m->quota;

	if (q == NULL || !q->answered)
		return;
	options->largest = q->folders;
	options->largest.names = (struct buf){ .data = NULL };
	/* all of it refused: that has been found; none of it counted, and a warning: no limit is not what that means */
	if (q->list.n == 0 && q->refused > 0)
		return;
	if (q->list.n == 0 && m->warned[0] != '\0') {
		(void)session_find(s, CAUSE_QUOTA_UNSUPPORTED, STAGE_QUOTA,
		    NULL, "%s tells no quota, but warns: \"%s\"", s->whom,
		    m->warned);
		s->result->stages[STAGE_QUOTA].progress = PROGRESS_FAILED;
		return;
	}
	found(s, q, options);
	note(s, q);
	doubt(s, m);
}

void
quota_imap_table(const struct quota_options *options, struct buf *out)
{
	const struct imap_folder *f = options->largest.top;
	unsigned i;

	for (i = 0; i < options->largest.ntop; i++, f++) {
		(void)buf_str(out, "folder    ");
		quota_words_size(out, f->bytes > INT64_MAX ? INT64_MAX :
		    (int64_t)f->bytes);
		if (f->has_messages)
			(void)buf_fmt(out, " in %" PRIu64 " message%s",
			    f->messages, f->messages == 1 ? "" : "s");
		(void)buf_fmt(out, ": %s\n", f->name);
	}
}

void
quota_imap_json(const struct quota_options *options, struct json *j)
{
	const struct imap_folder *f = options->largest.top;
	unsigned i;

	if (!options->folders)
		return;
	json_array(j, "folders");
	for (i = 0; i < options->largest.ntop; i++, f++) {
		json_object(j, NULL);
		json_string(j, "name", f->name);
		if (f->has_messages)
			json_uint(j, "messages", f->messages);
		else
			json_null(j, "messages");
		json_uint(j, "bytes", f->bytes);
		json_object_end(j);
	}
	json_array_end(j);
}
