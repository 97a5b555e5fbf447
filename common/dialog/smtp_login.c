/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp_login - the rungs from the greeting to the login
 */
#include <string.h>

#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/refusal.h"
#include "dialog/sasl_exchange.h"
#include "dialog/silence.h"
#include "dialog/smtp.h"

/* codes that are the only good answer to a command */
enum {
	CODE_READY = 220,	/* to the connection and to STARTTLS */
	CODE_LOGGED_IN = 235,	/* RFC 4954 section 4 */
	CODE_CHALLENGE = 334
};

/* --- greeting: RFC 5321 section 3.1 --- */

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != CODE_READY))
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_unwelcome(s, r, "a refusal");
	return answer_welcome(s, r);
}

/* --- EHLO, LHLO, HELO: RFC 5321 section 4.1.1.1, RFC 2033 section 4.1 --- */

static bool
in_clear(const struct session *s)
{
	return !s->encrypted;
}

static bool
within_tls(const struct session *s)
{
	return s->encrypted;
}

static bool
say_hello(struct session *s, struct exchange *x)
{
	char text[ADDRESS_TEXT];

	(void)x;
	return command_say(s, "%s %s", smtp_is_lmtp(s) ? "LHLO" : "EHLO",
	    smtp_name(s, text));
}

/* unknown - is that how a server refuses a command that it does not know? (RFC 5321 section 3.2) */
static bool
unknown(const struct reply *r)
{
	return r->number == 500 || r->number == 502 || r->number == 504;
}

static enum heard
hear_hello(struct session *s, struct exchange *x, const struct reply *r)
{
	bool lmtp = smtp_is_lmtp(s);

	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (!lmtp && unknown(r)) {
		smtp_of(s)->no_ehlo = true;
		return HEARD_OK;
	}
	if (r->status == REPLY_OK)
		smtp_hello_taken(s, lmtp ? HELLO_LHLO : HELLO_EHLO, r);
	return answer_status(s, r, ladder_stage(s), CAUSE_PROTOCOL_REJECTED,
	    lmtp ? "LHLO" : "EHLO");
}

static bool
wants_helo_clear(const struct session *s)
{
	return !s->encrypted && smtp_of(s)->no_ehlo;
}

static bool
wants_helo_secure(const struct session *s)
{
	return s->encrypted && smtp_of(s)->no_ehlo;
}

static bool
say_helo(struct session *s, struct exchange *x)
{
	char text[ADDRESS_TEXT];

	(void)x;
	return command_say(s, "HELO %s", smtp_name(s, text));
}

static enum heard
hear_helo(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status == REPLY_OK) {
		smtp_hello_taken(s, HELLO_HELO, r);
		result_note_more(s->result, ladder_stage(s),
		    "; EHLO is unknown there, HELO was taken");
	}
	return answer_status(s, r, ladder_stage(s), CAUSE_PROTOCOL_REJECTED,
	    "EHLO and HELO");
}

/* --- STARTTLS: RFC 3207 section 4 --- */

/* missing - and why, where that can be seen */
static bool
missing(struct session *s)
{
	const struct smtp *m = smtp_of(s);
	char words[TEXT_QUOTE_BUF];

	if (m->masked[0] == '\0')
		return starttls_missing(s, "STARTTLS");
	session_find(s, CAUSE_TLS_STARTTLS_MISSING, STAGE_TLS, NULL,
	    "%s does not offer STARTTLS: something on the way wrote \"%s\" over it, as firewalls do that inspect SMTP",
	    s->whom, session_quote(s, span_of(m->masked), words));
	return false;
}

static bool
say_starttls(struct session *s, struct exchange *x)
{
	(void)x;
	if ((smtp_of(s)->caps & SMTP_STARTTLS) == 0)
		return missing(s);
	return command_say(s, "STARTTLS");
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != CODE_READY))
		return answer_violation(s, r);
	return answer_starttls(s, r, "STARTTLS");
}

/* --- AUTH: RFC 4954 section 4 --- */

static bool
wants_login(const struct session *s)
{
	const struct login *login = s->config->login;

	return login->user.len > 0;
}

static bool
say_login(struct session *s, struct exchange *x)
{
	struct smtp *m = smtp_of(s);

	(void)x;
	return login_begin(s, &m->login, false) &&
	    sasl_say_auth(s, &m->login, SMTP_COMMAND_MAX);
}

static enum heard
hear_login(struct session *s, struct exchange *x, const struct reply *r)
{
	struct smtp *m = smtp_of(s);

	(void)x;
	if (r->number == CODE_CHALLENGE)
		return sasl_step(s, &m->login, r->text);
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != CODE_LOGGED_IN))
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_status(s, r, STAGE_AUTH, CAUSE_AUTH_REFUSED,
		    "the login");
	if (login_unproven(s, &m->login))
		return HEARD_FAIL;
	login_done(s, &m->login);
	return HEARD_OK;
}

const struct rung smtp_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_GREETING, .when = in_clear,
	    .say = say_hello, .hear = hear_hello,
	    .silent = "did not answer EHLO", .ended = "at EHLO" },
	{ .stage = STAGE_GREETING, .when = wants_helo_clear,
	    .say = say_helo, .hear = hear_helo,
	    .silent = "did not answer HELO", .ended = "at HELO" },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls },
	{ .stage = STAGE_AUTH, .when = within_tls,
	    .say = say_hello, .hear = hear_hello,
	    .silent = "did not answer EHLO", .ended = "at EHLO" },
	{ .stage = STAGE_AUTH, .when = wants_helo_secure,
	    .say = say_helo, .hear = hear_helo,
	    .silent = "did not answer HELO", .ended = "at HELO" },
	RUNG_END
};

const struct rung smtp_login_ladder[] = {
	RUNG_LADDER(smtp_hello_ladder),
	{ .stage = STAGE_AUTH, .when = wants_login,
	    .say = say_login, .hear = hear_login },
	RUNG_END
};
