/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * answer - what every protocol makes of an answer
 */
#include <string.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/refusal.h"
#include "reply/speech.h"

/* stranger - whose first bytes these are, if not those of our own protocol */
static const char *
stranger(const struct protocol *own, struct span bytes)
{
	const char *name = speech_name(speech_of(bytes));
	const char *words = speech_words(bytes);

	if ((name != NULL && strcmp(name, own->name) == 0) ||
	    (words != NULL && span_has(span_of(words), own->title)))
		return NULL;
	return words;
}

void
answer_babble(struct session *s, struct span bytes, bool first)
{
	const struct protocol *protocol = s->config->protocol;
	enum stage stage = ladder_stage(s);
	char words[TEXT_QUOTE_BUF];
	const char *other = first ? stranger(protocol, bytes) : NULL;

	if (stage == STAGE_NONE)
		return;
	session_quote(s, bytes, words);
	if (other != NULL) {
		session_find(s, CAUSE_GREETING_WRONG_PROTOCOL, stage, NULL,
		    "%s speaks %s, not %s: \"%s\"", s->whom, other,
		    protocol->title, words);
		return;
	}
	if (first && bytes.len > 0 &&
	    (bytes.p[0] == 0x15 || bytes.p[0] == 0x16)) {
		session_find(s, CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, NULL,
		    "%s speaks TLS at once, and was asked in clear", s->whom);
		return;
	}
	session_find(s, CAUSE_PROTOCOL_VIOLATION, stage, NULL,
	    "%s sent what %s forbids: \"%s\"", s->whom, protocol->title,
	    words);
}

enum heard
answer_violation(struct session *s, const struct reply *r)
{
	s->config->protocol->babble(s, r->line, !s->peer_greeted);
	return HEARD_FAIL;
}

enum heard
answer_status(struct session *s, const struct reply *r, enum stage stage,
    enum cause otherwise, const char *what)
{
	enum cause cause;
	char words[TEXT_QUOTE_BUF];

	if (r->status == REPLY_OK)
		return HEARD_OK;
	cause = refusal_cause(s->config->protocol->refusals, stage, r);
	if (cause == CAUSE_NONE)
		cause = r->status == REPLY_BAD ? CAUSE_PROTOCOL_REJECTED :
		    otherwise;
	session_find(s, cause, stage, NULL, "%s refuses %s: \"%s\"", s->whom,
	    what, session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

enum heard
answer_unwelcome(struct session *s, const struct reply *r, const char *with)
{
	enum cause cause = refusal_cause(s->config->protocol->refusals,
	    STAGE_GREETING, r);
	char words[TEXT_QUOTE_BUF];

	if (cause == CAUSE_NONE)
		cause = CAUSE_GREETING_UNAVAILABLE;
	session_find(s, cause, STAGE_GREETING, NULL, "%s greets with %s: \"%s\"",
	    s->whom, with, session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

enum heard
answer_starttls(struct session *s, const struct reply *r, const char *command)
{
	char words[TEXT_QUOTE_BUF];

	if (r->status == REPLY_OK)
		return HEARD_TLS;
	session_find(s, CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS, NULL,
	    "%s offers %s and refuses it: \"%s\"", s->whom, command,
	    session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

enum heard
answer_starttls_no(struct session *s, const struct reply *r,
    const char *command, bool unknown)
{
	char words[TEXT_QUOTE_BUF];

	session_find(s, unknown ? CAUSE_TLS_STARTTLS_MISSING :
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS, NULL, "%s %s %s: \"%s\"",
	    s->whom, unknown ? "does not know" : "refuses", command,
	    session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

enum heard
answer_welcome(struct session *s, const struct reply *r)
{
	char words[TEXT_QUOTE_BUF];

	s->peer_greeted = true;
	result_note(s->result, STAGE_GREETING, "\"%s\"",
	    session_quote(s, r->text, words));
	return HEARD_OK;
}

/* sent_away - with no words that the tables know it is the end that it announces */
static enum heard
sent_away(struct session *s, const struct reply *r)
{
	enum stage stage = ladder_stage(s);
	enum cause cause = refusal_cause(s->config->protocol->refusals,
	    stage, r);
	char words[TEXT_QUOTE_BUF];

	if (stage == STAGE_NONE)
		return HEARD_STOP;
	if (cause == CAUSE_NONE)
		cause = stage == STAGE_MAILBOX ? CAUSE_MAILBOX_UNAVAILABLE :
		    stage == STAGE_TLS ? CAUSE_TLS_STARTTLS_REFUSED :
		    stage_closed(stage);
	session_find(s, cause, stage, NULL, "%s says, unasked: \"%s\"",
	    s->whom, session_quote(s, reply_words(r), words));
	return HEARD_FAIL;
}

enum heard
answer_unasked(struct session *s, const struct reply *r)
{
	const struct ladder *l = &s->climb;

	if (s->peer_greeted && (r->status == REPLY_NO ||
	    r->status == REPLY_BAD) &&
	    (l->nqueue == 0 || l->queue[0].unsent))
		return sent_away(s, r);
	return HEARD_MORE;
}

bool
starttls_wanted(const struct session *s)
{
	return s->result->target.tls == TLS_STARTTLS && !s->encrypted;
}

bool
starttls_missing(struct session *s, const char *command)
{
	session_find(s, CAUSE_TLS_STARTTLS_MISSING, STAGE_TLS, NULL,
	    "%s does not offer %s", s->whom, command);
	return false;
}
