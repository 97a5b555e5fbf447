/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_sasl - AUTHENTICATE: base64 lines there and back (RFC 3501 section
 * 6.2.2, RFC 4959 for the response that goes with the command)
 */
#include <string.h>

#include "base/base64.h"
#include "dialog/imap.h"

static const struct login *
login_of(const struct session *s)
{
	return s->config->login;
}

static bool
is(const struct imap *m, const char *mechanism)
{
	return span_is(span_of(m->choice.mechanism), mechanism);
}

/* module_begin - start the exchange in the module; client-first mechanisms speak at once */
static bool
module_begin(struct session *s)
{
	struct imap *m = imap_of(s);
	const struct login *login = login_of(s);

	m->exchange = m->choice.functions->start(m->choice.mechanism,
	    s->config->protocol->name, s->result->target.host, login->user,
	    login->password);
	if (m->exchange != NULL)
		return true;
	session_find(s, CAUSE_INTERNAL_ERROR, STAGE_AUTH, NULL,
	    "the SASL module cannot start %s", m->choice.mechanism);
	return false;
}

static bool
client_first(const struct imap *m)
{
	return is(m, "PLAIN") || is(m, "EXTERNAL") ||
	    span_begins(span_of(m->choice.mechanism), "SCRAM-");
}

/* builtin - the message of PLAIN, LOGIN or EXTERNAL for this step; false when there is none left */
static bool
builtin(struct session *s, struct buf *out)
{
	struct imap *m = imap_of(s);
	const struct login *login = login_of(s);

	if (is(m, "LOGIN") && m->steps < 2)
		return buf_span_add(out,
		    m->steps == 0 ? login->user : login->password);
	if (m->steps > 0)
		return false;
	if (is(m, "PLAIN"))
		sasl_plain(out, login->user, login->password);
	return is(m, "PLAIN") || is(m, "EXTERNAL");
}

/* first_message - what goes out with the command */
static bool
first_message(struct session *s, struct buf *first)
{
	struct imap *m = imap_of(s);
	enum sasl_result result = SASL_GO_ON;

	if (m->choice.functions == NULL)
		builtin(s, first);
	else
		result = m->choice.functions->step(m->exchange,
		    (struct span){ NULL, 0 }, first);
	m->sasl_done = result == SASL_COMPLETE;
	m->steps = 1;
	if (result == SASL_GO_ON || result == SASL_COMPLETE)
		return true;
	session_find(s, CAUSE_INTERNAL_ERROR, STAGE_AUTH, NULL,
	    "the SASL module cannot begin %s", m->choice.mechanism);
	return false;
}

bool
imap_sasl_begin(struct session *s, struct buf *first)
{
	struct imap *m = imap_of(s);

	m->steps = 0;
	m->sasl_done = false;
	if (m->choice.functions != NULL && !module_begin(s))
		return false;
	m->ir_sent = (m->caps & CAP_SASL_IR) != 0 && client_first(m);
	return !m->ir_sent || first_message(s, first);
}

/* cancel - end the exchange by "*" and say why */
static enum heard
cancel(struct session *s, enum cause cause, const char *why)
{
	buf_str(&s->out, "*\r\n");
	session_log(s, ">", span_of("*"));
	session_find(s, cause, STAGE_AUTH, NULL, "%s %s (%s)", s->whom, why,
	    imap_of(s)->choice.mechanism);
	return HEARD_FAIL;
}

static enum heard
answer(struct session *s, struct span message)
{
	struct imap *m = imap_of(s);

	base64_encode(&s->out, message);
	buf_str(&s->out, "\r\n");
	session_log(s, ">", span_of("(secret)"));
	m->steps++;
	if (s->out.nomem)
		s->result->sheet.nomem = true;
	return HEARD_MORE;
}

/* module_step - one challenge through the module */
static enum heard
module_step(struct session *s, struct span challenge, struct buf *message)
{
	struct imap *m = imap_of(s);

	switch (m->choice.functions->step(m->exchange, challenge, message)) {
	case SASL_COMPLETE:
		m->sasl_done = true;
		return answer(s, buf_span(message));
	case SASL_GO_ON:
		return answer(s, buf_span(message));
	case SASL_BAD_CHALLENGE:
		return cancel(s, CAUSE_PROTOCOL_VIOLATION,
		    "sent a challenge that makes no sense");
	case SASL_UNPROVEN:
		return cancel(s, CAUSE_AUTH_SERVER_UNPROVEN,
		    "cannot prove that it knows the password");
	case SASL_FAILED:
		break;
	}
	return cancel(s, CAUSE_INTERNAL_ERROR,
	    "cannot be answered: the SASL module failed");
}

/* challenge_of - the bytes of a challenge; one that only says "go on" carries none, whatever its text is */
static bool
challenge_of(const struct imap *m, const struct reply *r, struct buf *out)
{
	return (m->steps == 0 && client_first(m)) ||
	    base64_decode(out, r->text);
}

enum heard
imap_sasl_step(struct session *s, const struct reply *r)
{
	struct imap *m = imap_of(s);
	struct buf challenge, message;
	enum heard heard;

	if (m->steps > SASL_STEPS_MAX)
		return cancel(s, CAUSE_PROTOCOL_VIOLATION,
		    "asks for more than the mechanism has");
	buf_init(&challenge, SASL_MESSAGE_MAX);
	buf_init(&message, SASL_MESSAGE_MAX * 2);
	if (m->choice.functions != NULL && !challenge_of(m, r, &challenge))
		heard = cancel(s, CAUSE_PROTOCOL_VIOLATION,
		    "sent a challenge that is not base64");
	else if (m->choice.functions != NULL)
		heard = module_step(s, buf_span(&challenge), &message);
	else if (builtin(s, &message))
		heard = answer(s, buf_span(&message));
	else
		heard = cancel(s, CAUSE_PROTOCOL_VIOLATION,
		    "asks for more than the mechanism has");
	buf_free(&challenge);
	buf_free(&message);
	return heard;
}
