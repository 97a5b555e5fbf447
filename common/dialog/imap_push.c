/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push - the session that puts a message where another one waits
 *
 *	append         = "APPEND" SP mailbox SP "(\Seen)" SP literal
 *	resp-code-apnd = "APPENDUID" SP nz-number SP append-uid
 *	uid-expunge    = "UID EXPUNGE" SP sequence-set
 *
 * A plain EXPUNGE is never said: it would remove what others have marked.
 */
#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "base/when.h"
#include "dialog/imap.h"

#define NOBODY	"idle-push@monitoring-plugins-mail.invalid"

enum {
	ADDRESS_MAX = 254	/* RFC 5321 section 4.5.3.1.3, without the angle brackets */
};

/* --- the message --- */

/* is_dot_atom - what needs no quoting in an address (RFC 5322 section 3.2.3) */
static bool
is_dot_atom(struct span s)
{
	static const char others[] = "!#$%&'*+-/=?^_`{|}~";
	char c, before = '.';
	size_t i;

	for (i = 0; i < s.len; i++, before = c) {
		c = s.p[i];
		if (c == '.' ? before == '.' : !((c >= '0' && c <= '9') ||
		    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
		    (c != '\0' && strchr(others, c) != NULL)))
			return false;
	}
	return before != '.';
}

static bool
is_address(struct span s)
{
	const char *at = s.len == 0 || s.len > ADDRESS_MAX ? NULL :
	    memchr(s.p, '@', s.len);
	size_t local;

	if (at == NULL)
		return false;
	local = (size_t)(at - s.p);
	return is_dot_atom((struct span){ s.p, local }) &&
	    is_dot_atom((struct span){ at + 1, s.len - local - 1 });
}

void
imap_push_compose(struct buf *out, struct span to, int64_t date,
    const char *id)
{
	if (!is_address(to))
		to = span_of(NOBODY);
	buf_str(out, "From: <");
	buf_span_add(out, to);
	buf_str(out, ">\r\nTo: <");
	buf_span_add(out, to);
	buf_str(out, ">\r\nDate: ");
	when_write_mail(out, date);
	buf_fmt(out, "\r\nMessage-ID: <%s@monitoring-plugins-mail.invalid>\r\n"
	    "Subject: monitoring-plugins-mail: IDLE push test\r\n"
	    "Auto-Submitted: auto-generated\r\n\r\n"
	    "A check put this message here to see whether the server tells\r\n"
	    "waiting clients of new mail. It removes it again.\r\n", id);
}

/* --- what was offered before the login need not be all --- */

static bool
in_doubt(const struct session *s)
{
	return !imap_offers(imap_of(s), "UIDPLUS");
}

static bool
say_capability(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "CAPABILITY");
	return imap_end(s);
}

static enum heard
hear_capability(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)s;
	(void)x;
	return r->kind == REPLY_TAGGED ? HEARD_OK : HEARD_MORE;
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

static bool
is_removable(const struct session *s)
{
	return imap_of(s)->put.named && imap_offers(imap_of(s), "UIDPLUS");
}

/* stays - until it is known to be gone */
static void
stays(struct session *s, const char *why)
{
	char name[TEXT_QUOTE_BUF];

	session_quote(s, imap_push_of(s)->folder, name);
	result_note(s->result, STAGE_MAILBOX, "our message stays in %s%s",
	    name, why);
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
	if (is_removable(s))
		stays(s, "");
	else if (imap_of(s)->put.named)
		stays(s, ": the server offers no UIDPLUS to remove it alone");
	else
		stays(s, ": the server did not say which it is (APPENDUID)");
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
	return imap_status(s, r, STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    what);
}

/* --- remove it --- */

/* is_settled - told, or nobody waits for that any more */
static bool
is_settled(const struct session *s)
{
	return imap_push_of(s)->told || !is_awaited(s);
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

/* kept - the server will not let it be removed */
static enum heard
kept(struct session *s, const struct reply *r)
{
	char name[TEXT_QUOTE_BUF], words[TEXT_QUOTE_BUF];

	session_quote(s, imap_push_of(s)->folder, name);
	session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
	    "%s took our message into %s and does not let it be removed: \"%s\"",
	    s->whom, name, session_quote(s, reply_words(r), words));
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
	stays(s, ": its UIDVALIDITY is not the one that was named");
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
	char name[TEXT_QUOTE_BUF];
	enum heard heard = hear_store(s, x, r);

	if (heard == HEARD_OK) {
		session_quote(s, imap_push_of(s)->folder, name);
		result_note(s->result, STAGE_MAILBOX,
		    "our message was removed from %s", name);
	}
	return heard;
}

const struct rung imap_push_ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	{ .stage = STAGE_MAILBOX, .when = in_doubt, .say = say_capability,
	    .hear = hear_capability, .silent = "did not answer CAPABILITY",
	    .ended = "at CAPABILITY" },
	{ .stage = STAGE_MAILBOX, .when = is_awaited, .say = say_append,
	    .hear = hear_append, .silent = "did not answer APPEND",
	    .ended = "at APPEND" },
	{ .stage = STAGE_MAILBOX, .when = is_removable, .say = say_select,
	    .hear = hear_select, .patience = select_patience,
	    .wake = select_wake, .silent = "did not let our message be removed",
	    .ended = "before our message was removed" },
	{ .stage = STAGE_MAILBOX, .when = is_removable, .say = say_store,
	    .hear = hear_store, .silent = "did not let our message be removed",
	    .ended = "before our message was removed" },
	{ .stage = STAGE_MAILBOX, .when = is_removable, .say = say_expunge,
	    .hear = hear_expunge,
	    .silent = "did not let our message be removed",
	    .ended = "before our message was removed" },
	RUNG_END
};
