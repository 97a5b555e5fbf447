/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - what belongs to every IMAP session: capabilities, farewells, noise
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/refusal.h"
#include "reply/imap_reply.h"

static const struct {
	const char	*name;
	unsigned	 bit;
} capabilities[] = {
	{ "IMAP4rev1", CAP_REV1 }, { "IMAP4rev2", CAP_REV2 },
	{ "STARTTLS", CAP_STARTTLS }, { "LOGINDISABLED", CAP_LOGINDISABLED },
	{ "SASL-IR", CAP_SASL_IR }, { "LITERAL+", CAP_LITERAL_PLUS },
	{ "LITERAL-", CAP_LITERAL_MINUS }, { "ID", CAP_ID },
	{ "IDLE", CAP_IDLE }
};

struct imap *
imap_of(const struct session *s)
{
	return s->talk;
}

static bool
imap_open(struct session *s)
{
	struct imap *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return false;
	login_state_init(&m->login);
	buf_init(&m->pending, IMAP_PENDING_MAX);
	buf_init(&m->line, SESSION_LOG_MAX);
	s->talk = m;
	return true;
}

static void
imap_close(struct session *s)
{
	struct imap *m = imap_of(s);

	login_state_free(&m->login);
	buf_free(&m->pending);
	buf_free(&m->line);
	free(m->id);
	free(m->nearest);
	imap_quota_free(m->quota);
	free(m);
	s->talk = NULL;
}

static void
forget_caps(struct imap *m)
{
	m->caps = 0;
	login_caps_forget(&m->login);
}

/* secured - TLS is up: what was said in clear may be anybody's */
static void
secured(struct session *s)
{
	struct imap *m = imap_of(s);

	forget_caps(m);
	m->warned[0] = '\0';
	m->login.server_text[0] = '\0';
	m->alerted = false;
}

static void
one_capability(struct imap *m, struct span name)
{
	size_t i;

	if (!login_caps_add(&m->login, name))
		return;
	for (i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++)
		if (span_is(name, capabilities[i].name))
			m->caps |= capabilities[i].bit;
	if (span_begins(name, "AUTH="))
		login_offers(&m->login.offer,
		    (struct span){ name.p + 5, name.len - 5 });
}

/* take_caps - a capability list, wherever it came */
static void
take_caps(struct session *s, struct span list)
{
	struct imap *m = imap_of(s);

	forget_caps(m);
	m->login.caps_known = true;
	while (list.len > 0)
		one_capability(m, span_word(&list));
	m->login.offer.command = "LOGIN";
	if ((m->caps & CAP_LOGINDISABLED) != 0)
		m->login.offer.disabled = "LOGINDISABLED";
}

/* bye - a BYE in the middle of things: by its words, else the end that it announces */
static enum heard
bye(struct session *s, const struct reply *r)
{
	enum stage stage = ladder_stage(s);
	enum cause cause = refusal_cause(&imap_refusals, stage, r);
	char words[TEXT_QUOTE_BUF];

	if (stage == STAGE_NONE)
		return HEARD_STOP;
	if (cause == CAUSE_NONE)
		cause = stage == STAGE_TLS ? CAUSE_TLS_STARTTLS_REFUSED :
		    stage_closed(stage);
	session_find(s, cause, stage, NULL, "%s says goodbye: \"%s\"",
	    s->whom, session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

/* note_words - what the server said last; an ALERT must be shown to the user (RFC 3501 section 7.1) and stays */
static void
note_words(struct session *s, const struct reply *r)
{
	struct imap *m = imap_of(s);
	bool alert = span_is(r->code, "ALERT");

	if (r->status == REPLY_DATA || (m->alerted && !alert))
		return;
	m->alerted = alert;
	session_quote(s, reply_words(r), m->login.server_text);
}

/* note_size - how many messages the open mailbox has (RFC 3501 sections 7.3.1 and 7.4.1) */
static void
note_size(struct imap *m, const struct reply *r)
{
	m->grew = false;
	if (!r->has_number)
		return;
	if (span_is(r->word, "EXISTS")) {
		m->grew = r->number > m->size;
		m->size = r->number;
	} else if (span_is(r->word, "EXPUNGE") && m->size > 0) {
		m->size--;
	}
}

static enum heard
imap_aside(struct session *s, const struct reply *r)
{
	struct imap *m = imap_of(s);

	if (span_is(r->code, "CAPABILITY") &&
	    (r->status == REPLY_OK || r->status == REPLY_PREAUTH))
		take_caps(s, r->code_args);
	note_words(s, r);
	note_size(m, r);
	if (r->kind != REPLY_UNTAGGED)
		return HEARD_MORE;
	if (r->status == REPLY_BYE && s->peer_greeted)
		return bye(s, r);
	if ((r->status == REPLY_NO || r->status == REPLY_BAD) &&
	    s->peer_greeted && m->warned[0] == '\0')
		session_quote(s, reply_words(r), m->warned);
	if (r->status == REPLY_DATA && span_is(r->word, "CAPABILITY"))
		take_caps(s, r->text);
	return HEARD_MORE;
}

static void
imap_farewell(struct session *s)
{
	struct imap *m = imap_of(s);
	struct buf line;

	/* in the middle of a literal it would be taken for a part of that */
	if (m->nparts > 0)
		return;
	buf_init(&line, 32);
	buf_fmt(&line, "a%u LOGOUT", ++m->tags);
	session_log(s, ">", buf_span(&line));
	buf_span_add(&s->out, buf_span(&line));
	buf_str(&s->out, "\r\n");
	buf_free(&line);
}

const struct protocol imap_protocol = {
	.name = "imap", .title = "IMAP",
	.port_plain = 143, .port_tls = 993,
	.usual = DEFAULT_IMPLICIT,
	.scan = imap_scan, .parse = imap_reply,
	.open = imap_open, .close = imap_close, .secured = secured,
	.refusals = &imap_refusals, .babble = answer_babble,
	.aside = imap_aside, .farewell = imap_farewell
};
