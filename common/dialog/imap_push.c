/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push - the session that puts a message where another one waits
 *
 *	append         = "APPEND" SP mailbox SP "(\Seen)" SP literal
 *	resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
 */
#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/imap.h"

/* --- what was offered before the login need not be all --- */

static bool
in_doubt(const struct session *s)
{
	return !login_caps_has(&imap_of(s)->login, "UIDPLUS");
}

/* --- APPEND --- */

/* is_awaited - does the first session wait yet */
static bool
is_awaited(const struct session *s)
{
	return s->partner != NULL && !imap_push_of(s)->over;
}

/* sent - once nothing of the command waits for the server */
static void
sent(struct session *s)
{
	struct imap_push *push = imap_push_of(s);

	push->sent = imap_wire_is_free(s);
	push->sent_at = s->climb.now;
}

static bool
say_append(struct session *s, struct exchange *x)
{
	const struct imap_push *push = imap_push_of(s);

	imap_begin(s, x, "APPEND");
	imap_mailbox(s, push->folder);
	imap_word(s, "(\\Seen)");
	imap_message(s, push->message);
	if (!imap_end(s))
		return false;
	sent(s);
	return true;
}

/* take_uid - one UID of one message, or we do not know which it is */
static void
take_uid(struct imap_put *put, const struct reply *r)
{
	struct span args = r->code_args;

	put->named = span_is(r->code, "APPENDUID") &&
	    span_number(span_word(&args), &put->uidvalidity) &&
	    span_number(span_trim(args), &put->uid) &&
	    put->uidvalidity > 0 && put->uidvalidity <= UINT32_MAX &&
	    put->uid > 0 && put->uid <= UINT32_MAX;
}

/* too_late - nobody waited any more when the server took it: nothing can be said of the server */
static void
too_late(struct session *s)
{
	struct finding *finding;

	finding = session_find(s, CAUSE_INTERNAL_UNFINISHED, STAGE_MAILBOX,
	    NULL, "%s took the message when no time was left to tell of it",
	    s->whom);
	if (finding != NULL)
		finding->by_deadline = true;
}

static enum heard
taken(struct session *s, const struct reply *r)
{
	struct imap_push *push = imap_push_of(s);

	if (!push->sent) {
		session_find(s, CAUSE_PROTOCOL_VIOLATION, STAGE_MAILBOX, NULL,
		    "%s says OK to APPEND without having asked for the message",
		    s->whom);
		return HEARD_FAIL;
	}
	push->put = true;
	push->put_at = s->climb.now;
	s->rouses = true;
	if (push->over && !push->told)
		too_late(s);
	take_uid(&imap_of(s)->put, r);
	if (imap_push_removable(s))
		imap_push_stays(s, "");
	else if (imap_of(s)->put.named)
		imap_push_stays(s, ": the server offers no UIDPLUS to remove it alone");
	else
		imap_push_stays(s, ": the server did not say which it is (APPENDUID)");
	return HEARD_OK;
}

static enum heard
hear_append(struct session *s, struct exchange *x, const struct reply *r)
{
	char name[TEXT_QUOTE_BUF], what[TEXT_QUOTE_BUF + 32];
	struct buf b;

	(void)x;
	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		sent(s);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (r->status == REPLY_OK)
		return taken(s, r);
	session_quote(s, imap_push_of(s)->folder, name);
	buf_init(&b, sizeof(what) - 1);
	buf_fmt(&b, "a message of ours for %s", name);
	span_copy(buf_span(&b), what, sizeof(what));
	buf_free(&b);
	return answer_status(s, r, STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    what);
}

const struct rung imap_push_ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	{ .stage = STAGE_MAILBOX, .when = in_doubt, .say = imap_say_capability,
	    .hear = imap_hear_capability, .silent = "did not answer CAPABILITY",
	    .ended = "at CAPABILITY" },
	{ .stage = STAGE_MAILBOX, .when = is_awaited, .say = say_append,
	    .hear = hear_append, .silent = "did not answer APPEND",
	    .ended = "at APPEND" },
	RUNG_LADDER(imap_push_remove_ladder),
	RUNG_END
};
