/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push_remove - take our message out of the folder, and no other
 *
 *	uid-expunge = "UID EXPUNGE" SP sequence-set	; RFC 4315
 *
 * A plain EXPUNGE is never said: it would remove what others have marked.
 */
#include <inttypes.h>

#include "base/text.h"
#include "dialog/imap.h"

bool
imap_push_removable(const struct session *s)
{
	return imap_of(s)->put.named && login_caps_has(&imap_of(s)->login, "UIDPLUS");
}

void
imap_push_stays(struct session *s, const char *why)
{
	char name[TEXT_QUOTE_BUF];

	session_quote(s, imap_push_of(s)->folder, name);
	result_note(s->result, STAGE_MAILBOX, "our message stays in %s%s",
	    name, why);
}

/* is_settled - told, or nobody waits for that any more */
static bool
is_settled(const struct session *s)
{
	const struct imap_push *push = imap_push_of(s);

	return push->told || push->over || s->partner == NULL;
}

static bool
select_folder(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "SELECT");
	imap_mailbox(s, imap_push_of(s)->folder);
	return imap_end(s);
}

/* say_select - not before: who is told late might find nothing new */
static bool
say_select(struct session *s, struct exchange *x)
{
	x->tag = TAG_NONE;
	return !is_settled(s) || select_folder(s, x);
}

/* select_patience - the first session rouses us: then it is time */
static int64_t
select_patience(const struct session *s)
{
	return s->climb.queue[0].tag == TAG_NONE && is_settled(s) ? 1 : 0;
}

static void
select_wake(struct session *s)
{
	struct exchange *x = &s->climb.queue[0];

	x->since = s->climb.now;
	select_folder(s, x);
}

/* kept - the server does not let it be removed; some just say OK and keep it */
static enum heard
kept(struct session *s, const struct reply *r)
{
	char name[TEXT_QUOTE_BUF], words[TEXT_QUOTE_BUF];

	session_quote(s, imap_push_of(s)->folder, name);
	session_quote(s, reply_words(r), words);
	session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
	    "%s took our message into %s and does not remove it: \"%s\"",
	    s->whom, name, words);
	return HEARD_FAIL;
}

static enum heard
hear_select(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_put *put = &imap_of(s)->put;

	(void)x;
	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	if (r->status == REPLY_OK && span_is(r->code, "UIDVALIDITY") &&
	    !span_number(r->code_args, &put->folder))
		put->folder = 0;
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (r->status != REPLY_OK)
		return kept(s, r);
	if (put->folder == put->uidvalidity)
		return HEARD_OK;
	imap_push_stays(s, ": its UIDVALIDITY is not the one that was named");
	return HEARD_STOP;
}

static bool
say_uid(struct session *s, struct exchange *x, const char *verb,
    const char *rest)
{
	char uid[24];
	struct buf b;

	buf_init(&b, sizeof(uid) - 1);
	buf_fmt(&b, "%" PRIu64, imap_of(s)->put.uid);
	span_copy(buf_span(&b), uid, sizeof(uid));
	buf_free(&b);
	imap_begin(s, x, verb);
	imap_word(s, uid);
	if (rest != NULL)
		imap_word(s, rest);
	return imap_end(s);
}

static bool
say_store(struct session *s, struct exchange *x)
{
	return say_uid(s, x, "UID STORE", "+FLAGS.SILENT (\\Deleted)");
}

static bool
say_expunge(struct session *s, struct exchange *x)
{
	return say_uid(s, x, "UID EXPUNGE", NULL);
}

static enum heard
hear_store(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	return r->status == REPLY_OK ? HEARD_OK : kept(s, r);
}

static enum heard
hear_expunge(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap_put *put = &imap_of(s)->put;
	char name[TEXT_QUOTE_BUF];

	(void)x;
	/* VANISHED: RFC 7162 */
	if (span_is(r->word, "EXPUNGE") || span_is(r->word, "VANISHED"))
		put->gone = true;
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (r->status != REPLY_OK || !put->gone)
		return kept(s, r);
	session_quote(s, imap_push_of(s)->folder, name);
	result_note(s->result, STAGE_MAILBOX,
	    "our message was removed from %s", name);
	return HEARD_OK;
}

#define SILENT	"did not remove our message"
#define ENDED	"before our message was removed"

const struct rung imap_push_remove_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = imap_push_removable,
	    .say = say_select, .hear = hear_select,
	    .patience = select_patience, .wake = select_wake,
	    .silent = SILENT, .ended = ENDED },
	{ .stage = STAGE_MAILBOX, .when = imap_push_removable,
	    .say = say_store, .hear = hear_store,
	    .silent = SILENT, .ended = ENDED },
	{ .stage = STAGE_MAILBOX, .when = imap_push_removable,
	    .say = say_expunge, .hear = hear_expunge,
	    .silent = SILENT, .ended = ENDED },
	RUNG_END
};
