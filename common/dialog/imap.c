/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - what belongs to every IMAP session: capabilities, farewells, noise
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
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

/* what other servers say first */
static const struct {
	const char	*begins;
	const char	*speaks;
} strangers[] = {
	{ "220 ", "SMTP or FTP" }, { "220-", "SMTP or FTP" },
	{ "421 ", "SMTP or FTP" }, { "554 ", "SMTP" }, { "+OK", "POP3" },
	{ "-ERR", "POP3" }, { "HTTP/", "HTTP" }, { "SSH-", "SSH" },
	{ "\"IMPLEMENTATION\"", "ManageSieve" }, { "<", "HTTP or XML" },
	{ "200 ", "NNTP" }, { "201 ", "NNTP" }, { "RFB ", "VNC" },
	{ "HTTP ", "HTTP" }
};

struct imap *
imap_of(const struct session *s)
{
	return s->talk;
}

bool
imap_offers(const struct imap *m, const char *name)
{
	struct span words = buf_span(&m->caps_text);

	while (words.len > 0)
		if (span_is(span_word(&words), name))
			return true;
	return false;
}

static bool
imap_open(struct session *s)
{
	struct imap *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return false;
	buf_init(&m->caps_text, IMAP_CAPS_MAX);
	buf_init(&m->pending, IMAP_PENDING_MAX);
	buf_init(&m->line, SESSION_LOG_MAX);
	s->talk = m;
	return true;
}

static void
imap_close(struct session *s)
{
	struct imap *m = imap_of(s);

	if (m->exchange != NULL)
		m->choice.functions->end(m->exchange);
	buf_free(&m->caps_text);
	buf_free(&m->pending);
	buf_free(&m->line);
	free(m->id);
	free(m->nearest);
	free(m->download);
	free(m->offered);
	free(m);
	s->talk = NULL;
}

/* forget_caps - another list replaces them, and so does TLS */
static void
forget_caps(struct session *s)
{
	struct imap *m = imap_of(s);

	m->caps_known = false;
	m->caps = 0;
	memset(&m->offer, 0, sizeof(m->offer));
	buf_clear(&m->caps_text);
}

/* secured - TLS is up: what was said in clear may be anybody's */
static void
secured(struct session *s)
{
	struct imap *m = imap_of(s);

	forget_caps(s);
	m->warned[0] = '\0';
	m->server_text[0] = '\0';
	m->alerted = false;
}

static void
one_capability(struct imap *m, struct span name)
{
	size_t i;

	for (i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++)
		if (span_is(name, capabilities[i].name))
			m->caps |= capabilities[i].bit;
	if (span_begins(name, "AUTH="))
		login_offers(&m->offer,
		    (struct span){ name.p + 5, name.len - 5 });
	if (m->caps_text.len > 0)
		buf_char(&m->caps_text, ' ');
	text_clean(&m->caps_text, name, TEXT_QUOTE_MAX);
}

/* take_caps - a capability list, wherever it came */
static void
take_caps(struct session *s, struct span list)
{
	struct imap *m = imap_of(s);

	forget_caps(s);
	m->caps_known = true;
	while (list.len > 0) {
		struct span name = span_word(&list);

		if (name.len > 0 &&
		    m->caps_text.len + name.len + 8 < IMAP_CAPS_MAX)
			one_capability(m, name);
	}
	m->offer.command = true;
	m->offer.disabled = (m->caps & CAP_LOGINDISABLED) != 0;
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
	session_quote(s, reply_words(r), m->server_text);
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
imap_babble(struct session *s, struct span bytes, bool first)
{
	enum stage stage = ladder_stage(s);
	char words[TEXT_QUOTE_BUF];
	size_t i;

	if (stage == STAGE_NONE)
		return;
	session_quote(s, bytes, words);
	for (i = 0; first && i < sizeof(strangers) / sizeof(strangers[0]); i++)
		if (span_begins(bytes, strangers[i].begins)) {
			session_find(s, CAUSE_GREETING_WRONG_PROTOCOL, stage,
			    NULL, "%s speaks %s, not IMAP: \"%s\"", s->whom,
			    strangers[i].speaks, words);
			return;
		}
	if (first && bytes.len > 0 &&
	    (bytes.p[0] == 0x15 || bytes.p[0] == 0x16)) {
		session_find(s, CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, NULL,
		    "%s speaks TLS at once, and was asked in clear", s->whom);
		return;
	}
	session_find(s, CAUSE_PROTOCOL_VIOLATION, stage, NULL,
	    "%s sent what IMAP forbids: \"%s\"", s->whom, words);
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

enum heard
imap_status(struct session *s, const struct reply *r, enum stage stage,
    enum cause otherwise, const char *what)
{
	enum cause cause;
	char words[TEXT_QUOTE_BUF];

	if (r->status == REPLY_OK)
		return HEARD_OK;
	cause = refusal_cause(&imap_refusals, stage, r);
	if (cause == CAUSE_NONE)
		cause = r->status == REPLY_BAD ? CAUSE_PROTOCOL_REJECTED :
		    otherwise;
	session_find(s, cause, stage, NULL, "%s refuses %s: \"%s\"", s->whom,
	    what, session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

const struct protocol imap_protocol = {
	.name = "imap", .port_plain = 143, .port_tls = 993,
	.usual = DEFAULT_IMPLICIT,
	.scan = imap_scan, .parse = imap_reply,
	.open = imap_open, .close = imap_close, .secured = secured,
	.babble = imap_babble, .aside = imap_aside, .farewell = imap_farewell
};
