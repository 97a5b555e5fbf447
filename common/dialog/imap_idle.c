/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_idle - does the server keep a client that waits for mail (RFC 2177)
 *
 *	idle = "IDLE" CRLF, then "+" from the server, then "DONE" CRLF
 *
 * Two rungs: the first ends with the continuation, the second says nothing,
 * waits, and hears the answer to the first one's tag.
 */
#include <string.h>

#include "base/when.h"
#include "dialog/answer.h"
#include "dialog/imap.h"

enum {
	IDLE_RESERVE = 200 * 1000,	/* microseconds before the deadline: for DONE, its answer and the goodbye */
	PUSH_RESERVE = 800 * 1000	/* and so many more where the message has to be removed */
};

static bool
wanted(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->idle > 0 && imap_of(s)->box.opened;
}

/* IMAP4rev2 has it built in (RFC 9051 appendix E) */
static bool
offered(const struct session *s)
{
	return (imap_of(s)->caps & (CAP_IDLE | CAP_REV2)) != 0;
}

/* --- what was offered before the login need not be all --- */

static bool
in_doubt(const struct session *s)
{
	return wanted(s) && !offered(s);
}

/* --- IDLE --- */

static bool
say_idle(struct session *s, struct exchange *x)
{
	struct imap *m = imap_of(s);

	if (!offered(s)) {
		session_find(s, CAUSE_PROTOCOL_REJECTED, STAGE_MAILBOX, NULL,
		    "%s does not offer IDLE, so clients hear of new mail only when they ask",
		    s->whom);
		return false;
	}
	m->idle.warned = m->warned[0] != '\0';
	imap_begin(s, x, "IDLE");
	m->idle.tag = x->tag;
	return imap_end(s);
}

static enum heard
hear_idle(struct session *s, struct exchange *x, const struct reply *r)
{
	struct imap *m = imap_of(s);

	(void)x;
	if (r->kind == REPLY_CONTINUE) {
		m->idle.accepted = true;
		m->idle.since = s->climb.now;
		s->calls = imap_push_of(s) != NULL;
		return HEARD_OK;
	}
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (r->status != REPLY_OK)
		return answer_status(s, r, STAGE_MAILBOX,
		    CAUSE_PROTOCOL_REJECTED, "IDLE");
	session_find(s, CAUSE_PROTOCOL_VIOLATION, STAGE_MAILBOX, NULL,
	    "%s says OK to IDLE without a word that it waits", s->whom);
	return HEARD_FAIL;
}

/* --- the waiting --- */

/* wait_on - the exchange of a command that has been sent: its answer may be here already */
static bool
wait_on(struct session *s, struct exchange *x)
{
	x->tag = imap_of(s)->idle.tag;
	x->unsent = false;
	return true;
}

/* patience - so long as was asked for, and never so long that no time is left to end it in order */
static int64_t
patience(const struct session *s)
{
	const struct login *login = s->config->login;
	int64_t left = s->config->deadline - IDLE_RESERVE -
	    s->climb.queue[0].since, idle = login->idle;

	if (imap_of(s)->idle.over)
		return 0;
	if (login->push != NULL) {
		left -= PUSH_RESERVE;
		idle = imap_push_patience(s);
	}
	if (idle <= left)
		return idle;
	return left > 0 ? left : 1;
}

/* ended - from now on the server's time counts again */
static void
ended(struct session *s)
{
	struct imap *m = imap_of(s);

	m->idle.over = true;
	m->idle.lasted = s->climb.now - m->idle.since;
	s->climb.queue[0].since = s->climb.now;
}

/* cut_short - before the server had a chance to keep us for so long: that says nothing against it */
static void
cut_short(struct session *s)
{
	const struct login *login = s->config->login;
	struct finding *finding;
	struct buf all, some;

	if (imap_of(s)->idle.lasted >= login->idle)
		return;
	buf_init(&all, 64);
	buf_init(&some, 64);
	when_write_span(&all, (double)login->idle / 1e6);
	when_write_span(&some, (double)imap_of(s)->idle.lasted / 1e6);
	finding = session_find(s, CAUSE_INTERNAL_UNFINISHED, STAGE_MAILBOX,
	    NULL, "the time-out left %s for IDLE at %s, and %s were asked for",
	    buf_cstr(&some), s->whom, buf_cstr(&all));
	if (finding != NULL)
		finding->by_deadline = true;
	buf_free(&all);
	buf_free(&some);
}

static void
say_done(struct session *s)
{
	ended(s);
	if (imap_push_of(s) != NULL)
		imap_push_over(s);
	else
		cut_short(s);
	session_log(s, ">", span_of("DONE"));
	if (!buf_str(&s->out, "DONE\r\n"))
		s->result->sheet.nomem = true;
}

static enum heard
ended_by_server(struct session *s, const struct reply *r)
{
	char words[TEXT_QUOTE_BUF];
	struct buf span;

	ended(s);
	buf_init(&span, 64);
	when_write_span(&span, (double)imap_of(s)->idle.lasted / 1e6);
	session_find(s, CAUSE_MAILBOX_CLOSED, STAGE_MAILBOX, NULL,
	    "%s ended IDLE by itself after %s: \"%s\"", s->whom,
	    buf_cstr(&span), session_quote(s, reply_words(r), words));
	buf_free(&span);
	return HEARD_FAIL;
}

static enum heard
kept(struct session *s)
{
	struct imap *m = imap_of(s);
	char where[TEXT_QUOTE_BUF];
	struct buf span;

	span_copy(span_of(m->box.name), where, sizeof(where));
	if (imap_push_of(s) != NULL)
		session_quote(s, imap_push_of(s)->folder, where);
	buf_init(&span, 64);
	when_write_span(&span, (double)m->idle.lasted / 1e6);
	result_note_more(s->result, STAGE_MAILBOX, "; IDLE kept for %s",
	    buf_cstr(&span));
	buf_free(&span);
	if (imap_push_of(s) != NULL)
		imap_push_note(s);
	if (m->warned[0] != '\0' && !m->idle.warned)
		session_find(s, CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, NULL,
		    "%s warned during IDLE in %s: \"%s\"", s->whom, where,
		    m->warned);
	return HEARD_OK;
}

static enum heard
hear_waiting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (!imap_of(s)->idle.over && imap_push_hear(s))
		say_done(s);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (!imap_of(s)->idle.over)
		return ended_by_server(s, r);
	if (r->status == REPLY_OK)
		return kept(s);
	return answer_status(s, r, STAGE_MAILBOX, CAUSE_PROTOCOL_REJECTED,
	    "the end of IDLE");
}

int64_t
imap_idle_lasted(const struct session *s)
{
	const struct imap_idle *idle = &imap_of(s)->idle;

	return idle->over || !idle->accepted ? idle->lasted :
	    s->climb.now - idle->since;
}

const struct rung imap_idle_ladder[] = {
	RUNG_LADDER(imap_push_open_ladder),
	{ .stage = STAGE_MAILBOX, .when = in_doubt, .say = imap_say_capability,
	    .hear = imap_hear_capability, .silent = "did not answer CAPABILITY",
	    .ended = "at CAPABILITY" },
	{ .stage = STAGE_MAILBOX, .when = wanted, .say = say_idle,
	    .hear = hear_idle, .silent = "did not answer IDLE",
	    .ended = "at IDLE" },
	{ .stage = STAGE_MAILBOX, .when = wanted, .say = wait_on,
	    .hear = hear_waiting, .patience = patience, .wake = say_done,
	    .silent = "did not end IDLE",
	    .ended = "in the middle of IDLE" },
	RUNG_END
};
