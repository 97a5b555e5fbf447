/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl_exchange - base64 lines there and back, the same in every protocol
 */
#include <string.h>

#include "base/base64.h"
#include "dialog/command.h"
#include "dialog/sasl_exchange.h"

static bool
is(const struct login_state *l, const char *mechanism)
{
	return span_is(span_of(l->choice.mechanism), mechanism);
}

/* service - the name that mechanisms know the protocol by */
static const char *
service(const struct session *s)
{
	const struct protocol *protocol = s->config->protocol;

	return protocol->service != NULL ? protocol->service : protocol->name;
}

/* module_begin - start the exchange in the module */
static bool
module_begin(struct session *s, struct login_state *l)
{
	const struct login *login = s->config->login;

	l->exchange = l->choice.functions->start(l->choice.mechanism,
	    service(s), s->result->target.host, login->user, login->password);
	if (l->exchange != NULL)
		return true;
	session_find(s, CAUSE_INTERNAL_ERROR, STAGE_AUTH, NULL,
	    "the SASL module cannot start %s", l->choice.mechanism);
	return false;
}

static bool
client_first(const struct login_state *l)
{
	return is(l, "PLAIN") || is(l, "EXTERNAL") ||
	    span_begins(span_of(l->choice.mechanism), "SCRAM-");
}

/* builtin - the message of PLAIN, LOGIN or EXTERNAL for this step; false when there is none left */
static bool
builtin(const struct session *s, const struct login_state *l, struct buf *out)
{
	const struct login *login = s->config->login;

	if (is(l, "LOGIN") && l->steps < 2)
		return buf_span_add(out,
		    l->steps == 0 ? login->user : login->password);
	if (l->steps > 0)
		return false;
	if (is(l, "PLAIN"))
		sasl_plain(out, login->user, login->password);
	return is(l, "PLAIN") || is(l, "EXTERNAL");
}

/* first_message - what a client that speaks first has to say, into `held` */
static bool
first_message(struct session *s, struct login_state *l)
{
	enum sasl_result result = SASL_GO_ON;

	if (l->choice.functions == NULL)
		builtin(s, l, &l->held);
	else
		result = l->choice.functions->step(l->exchange,
		    (struct span){ NULL, 0 }, &l->held);
	l->sasl_done = result == SASL_COMPLETE;
	l->steps = 1;
	l->holding = true;
	if (result == SASL_GO_ON || result == SASL_COMPLETE)
		return true;
	session_find(s, CAUSE_INTERNAL_ERROR, STAGE_AUTH, NULL,
	    "the SASL module cannot begin %s", l->choice.mechanism);
	return false;
}

static void
let_go(struct login_state *l)
{
	buf_free(&l->held);
	l->holding = false;
}

bool
sasl_begin(struct session *s, struct login_state *l, size_t initial_max,
    struct buf *out)
{
	l->steps = 0;
	l->sasl_done = l->ir_sent = false;
	let_go(l);
	if (l->choice.functions != NULL && !module_begin(s, l))
		return false;
	if (!client_first(l))
		return true;
	if (!first_message(s, l))
		return false;
	if (initial_max == 0 || (l->held.len + 2) / 3 * 4 > initial_max)
		return true;
	base64_encode(out, buf_span(&l->held));
	if (out->len == 0)
		buf_char(out, '=');
	l->ir_sent = true;
	let_go(l);
	return true;
}

bool
sasl_say_auth(struct session *s, struct login_state *l, size_t line_max)
{
	struct buf verb, first;
	size_t taken;
	bool ok;

	buf_init(&first, SASL_INITIAL_ANY);
	buf_init(&verb, COMMAND_MAX);
	buf_fmt(&verb, "AUTH %s", l->choice.mechanism);
	taken = verb.len + sizeof(" \r\n") - 1;
	ok = sasl_begin(s, l, line_max > taken ? line_max - taken : 0, &first);
	if (ok && l->ir_sent)
		ok = command_say_with(s, buf_cstr(&verb), buf_span(&first),
		    true);
	else if (ok)
		ok = command_say(s, "%s", buf_cstr(&verb));
	buf_free(&first);
	buf_free(&verb);
	return ok;
}

bool
sasl_says_all(const struct login_state *l)
{
	return l->ir_sent && l->choice.functions == NULL;
}

/* cancel - end the exchange by "*" and say why */
static enum heard
cancel(struct session *s, const struct login_state *l, enum cause cause,
    const char *why)
{
	buf_str(&s->out, "*\r\n");
	session_log(s, ">", span_of("*"));
	session_find(s, cause, STAGE_AUTH, NULL, "%s %s (%s)", s->whom, why,
	    l->choice.mechanism);
	return HEARD_FAIL;
}

static enum heard
answer(struct session *s, struct span message)
{
	base64_encode(&s->out, message);
	buf_str(&s->out, "\r\n");
	session_log(s, ">", span_of("(secret)"));
	if (s->out.nomem)
		s->result->sheet.nomem = true;
	return HEARD_MORE;
}

/* module_step - one challenge through the module */
static enum heard
module_step(struct session *s, struct login_state *l, struct span challenge,
    struct buf *message)
{
	l->steps++;
	switch (l->choice.functions->step(l->exchange, challenge, message)) {
	case SASL_COMPLETE:
		l->sasl_done = true;
		return answer(s, buf_span(message));
	case SASL_GO_ON:
		return answer(s, buf_span(message));
	case SASL_BAD_CHALLENGE:
		return cancel(s, l, CAUSE_PROTOCOL_VIOLATION,
		    "sent a challenge that makes no sense");
	case SASL_UNPROVEN:
		return cancel(s, l, CAUSE_AUTH_SERVER_UNPROVEN,
		    "cannot prove that it knows the password");
	case SASL_FAILED:
		break;
	}
	return cancel(s, l, CAUSE_INTERNAL_ERROR,
	    "cannot be answered: the SASL module failed");
}

/* held_back - the first challenge only says "go on", whatever its text is */
static enum heard
held_back(struct session *s, struct login_state *l)
{
	enum heard heard = answer(s, buf_span(&l->held));

	let_go(l);
	return heard;
}

static enum heard
by_module(struct session *s, struct login_state *l, struct span text,
    struct buf *message)
{
	struct buf challenge;
	enum heard heard;

	buf_init(&challenge, SASL_MESSAGE_MAX);
	if (base64_decode(&challenge, text))
		heard = module_step(s, l, buf_span(&challenge), message);
	else
		heard = cancel(s, l, CAUSE_PROTOCOL_VIOLATION,
		    "sent a challenge that is not base64");
	buf_free(&challenge);
	return heard;
}

enum heard
sasl_step(struct session *s, struct login_state *l, struct span challenge)
{
	struct buf message;
	enum heard heard;

	if (l->holding)
		return held_back(s, l);
	if (l->steps > SASL_STEPS_MAX)
		return cancel(s, l, CAUSE_PROTOCOL_VIOLATION,
		    "asks for more than the mechanism has");
	buf_init(&message, SASL_MESSAGE_MAX * 2);
	if (l->choice.functions != NULL) {
		heard = by_module(s, l, challenge, &message);
	} else if (builtin(s, l, &message)) {
		l->steps++;
		heard = answer(s, buf_span(&message));
	} else {
		heard = cancel(s, l, CAUSE_PROTOCOL_VIOLATION,
		    "asks for more than the mechanism has");
	}
	buf_free(&message);
	return heard;
}
