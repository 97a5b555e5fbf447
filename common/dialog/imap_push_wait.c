/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_push_wait - the session that waits in IDLE to be told of a new message
 *
 * EXISTS counts once the message is on its way: it may come before the other
 * session hears that the message was taken, and whatever came sooner was
 * another message.
 */
#include "base/text.h"
#include "base/when.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"

struct imap_push *
imap_push_of(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->push;
}

/* --- open the folder --- */

static bool
is_same(struct span a, struct span b)
{
	size_t i;

	if (span_is(a, "INBOX") && span_is(b, "INBOX"))
		return true;
	for (i = 0; i < a.len && i < b.len; i++)
		if (a.p[i] != b.p[i])
			return false;
	return a.len == b.len;
}

/* elsewhere - the folder is not the mailbox that is open */
static bool
elsewhere(const struct session *s)
{
	const struct login *login = s->config->login;
	struct span open = login->mailbox;

	if (login->push == NULL || !imap_of(s)->box.opened)
		return false;
	if (login->wishes != NULL && login->wishes->nmailboxes > 0)
		open = login->wishes->mailboxes[0];
	return !is_same(open, login->push->folder);
}

static bool
say_open(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "EXAMINE");
	imap_mailbox(s, imap_push_of(s)->folder);
	return imap_end(s);
}

static enum heard
hear_open(struct session *s, struct exchange *x, const struct reply *r)
{
	char name[TEXT_QUOTE_BUF], what[TEXT_QUOTE_BUF + 32];
	struct buf b;

	(void)x;
	if (r->kind == REPLY_CONTINUE && imap_continue(s))
		return HEARD_MORE;
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	session_quote(s, imap_push_of(s)->folder, name);
	if (r->status == REPLY_OK) {
		result_note_more(s->result, STAGE_MAILBOX,
		    "; %s opened read-only to wait in it", name);
		imap_mailbox_doubt(s, name);
		return HEARD_OK;
	}
	buf_init(&b, sizeof(what) - 1);
	buf_fmt(&b, "to open %s", name);
	span_copy(buf_span(&b), what, sizeof(what));
	buf_free(&b);
	return answer_status(s, r, STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    what);
}

const struct rung imap_push_open_ladder[] = {
	{ .stage = STAGE_MAILBOX, .when = elsewhere, .say = say_open,
	    .hear = hear_open },
	RUNG_END
};

/* --- wait --- */

bool
imap_push_hear(struct session *s)
{
	struct imap_push *push = imap_push_of(s);

	if (push == NULL || !push->sent || push->told || !imap_of(s)->grew)
		return false;
	push->told = true;
	push->told_at = s->climb.now;
	return push->put;
}

/* is_alone - the other session was there and is gone, or could not be made */
static bool
is_alone(const struct session *s)
{
	return !s->calls && s->partner == NULL;
}

int64_t
imap_push_patience(const struct session *s)
{
	const struct login *login = s->config->login;
	const struct imap_push *push = login->push;

	if (push->put && push->told)
		return 1;
	if (push->put)
		return push->put_at - s->climb.queue[0].since + login->idle;
	return is_alone(s) ? 1 : INT64_MAX;
}

static void
not_told(struct session *s, int64_t waited)
{
	const struct login *login = s->config->login;
	char name[TEXT_QUOTE_BUF];
	struct finding *finding;
	struct buf span;

	session_quote(s, login->push->folder, name);
	buf_init(&span, 64);
	when_write_span(&span, (double)waited / 1e6);
	if (waited >= login->idle) {
		session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s did not tell a waiting client within %s of the message that was put into %s",
		    s->whom, buf_cstr(&span), name);
	} else {
		finding = session_find(s, CAUSE_INTERNAL_UNFINISHED,
		    STAGE_MAILBOX, NULL,
		    "the time-out left %s %s to tell a waiting client of the message that was put into %s",
		    s->whom, buf_cstr(&span), name);
		if (finding != NULL)
			finding->by_deadline = true;
	}
	buf_free(&span);
}

/* the second session says by itself why there was no message, unless there never was one */
void
imap_push_over(struct session *s)
{
	struct imap_push *push = imap_push_of(s);

	push->over = true;
	s->rouses = true;
	if (push->put && !push->told)
		not_told(s, s->climb.now - push->put_at);
	else if (!push->put && s->calls)
		session_find(s, CAUSE_INTERNAL_UNFINISHED, STAGE_MAILBOX, NULL,
		    "no second session with %s could be begun to put a message into the mailbox",
		    s->whom);
}

void
imap_push_note(struct session *s)
{
	const struct imap_push *push = imap_push_of(s);
	struct imap_idle *idle = &imap_of(s)->idle;
	struct buf span;

	if (!push->put || !push->told)
		return;
	idle->told = true;
	idle->told_after = push->told_at - push->sent_at;
	buf_init(&span, 64);
	when_write_span(&span, (double)idle->told_after / 1e6);
	result_note_more(s->result, STAGE_MAILBOX,
	    "; told of a new message after %s", buf_cstr(&span));
	buf_free(&span);
}
