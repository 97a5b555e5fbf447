/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_login - the rungs from the greeting to the login
 *
 * Of the ways in, USER and PASS come first: every server knows them, where SASL
 * is in half of the servers older than RFC 5034.  SASL's initial response goes
 * with AUTH only to servers with PIPELINING: Exchange, which has none, hangs up
 * on it ("-ERR Protocol error. Connection is closed. 10").
 */
#include <string.h>

#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/pop3.h"
#include "dialog/refusal.h"
#include "dialog/sasl_exchange.h"
#include "dialog/silence.h"
#include "reply/pop3_reply.h"

static const struct login *
login_of(const struct session *s)
{
	return s->config->login;
}

/* --- greeting: RFC 1939 section 4 --- */

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_unwelcome(s, r, "a refusal");
	if (!span_copy(pop3_stamp(r->text), pop3_of(s)->stamp, POP3_STAMP_MAX))
		pop3_of(s)->stamp[0] = '\0';
	return answer_welcome(s, r);
}

/* --- CAPA: RFC 2449 section 5 --- */

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
say_capa(struct session *s, struct exchange *x)
{
	(void)x;
	pop3_lines_begin(s);
	return command_say(s, "CAPA");
}

static bool
body_capa(struct session *s, struct exchange *x, struct span piece,
    uint64_t left)
{
	(void)x;
	(void)left;
	return pop3_lines(s, piece, pop3_capa);
}

/* no_capa - a server that does not know CAPA (RFC 1939 has none), unless its words mean something else */
static enum heard
no_capa(struct session *s, const struct reply *r)
{
	enum stage stage = ladder_stage(s);
	enum cause cause = refusal_cause(&pop3_refusals, stage, r);
	char words[TEXT_QUOTE_BUF];

	if (cause != CAUSE_NONE && cause != CAUSE_AUTH_REJECTED &&
	    cause != CAUSE_AUTH_REFUSED && cause != CAUSE_PROTOCOL_REJECTED) {
		session_find(s, cause, stage, NULL, "%s refuses CAPA: \"%s\"",
		    s->whom, session_quote(s, reply_words(r), words));
		return HEARD_FAIL;
	}
	pop3_of(s)->no_capa = true;
	return HEARD_OK;
}

static enum heard
hear_capa(struct session *s, struct exchange *x, const struct reply *r)
{
	struct pop3 *m = pop3_of(s);
	bool user;

	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK && no_capa(s, r) == HEARD_FAIL)
		return HEARD_FAIL;
	m->login.caps_known = !m->no_capa;
	/* a list without USER and without SASL says that TLS comes first, or nothing */
	user = m->no_capa || (m->caps & POP3_USER) != 0;
	m->login.offer.command = "USER";
	m->login.offer.disabled = user ? NULL : "no USER in CAPA";
	if (m->stamp[0] != '\0')
		login_offers(&m->login.offer, span_of("APOP"));
	return HEARD_OK;
}

/* --- STLS: RFC 2595 section 4 --- */

static bool
say_stls(struct session *s, struct exchange *x)
{
	const struct pop3 *m = pop3_of(s);

	(void)x;
	if ((m->caps & POP3_STLS) == 0 && !m->no_capa)
		return starttls_missing(s, "STLS");
	return command_say(s, "STLS");
}

static enum heard
hear_stls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status != REPLY_OK && pop3_of(s)->no_capa) {
		starttls_missing(s, "STLS");
		return HEARD_FAIL;
	}
	return answer_starttls(s, r, "STLS");
}

/* --- USER and PASS, APOP: RFC 1939 section 7; AUTH: RFC 5034 section 4 --- */

/* short_enough - do user and password fit into a command as they are? */
static bool
short_enough(const struct login *login)
{
	return login->user.len + 7 <= POP3_COMMAND_MAX &&
	    login->password.len + 7 <= POP3_COMMAND_MAX &&
	    memchr(login->user.p, ' ', login->user.len) == NULL;
}

static bool
say_apop(struct session *s)
{
	struct pop3 *m = pop3_of(s);
	const struct login *login = login_of(s);
	char digest[LOGIN_DIGEST_MAX];
	struct buf line;
	bool ok;

	if (login->md5 == NULL || !login->md5(span_of(m->stamp),
	    login->password, digest)) {
		session_find(s, CAUSE_INTERNAL_MODULE, STAGE_AUTH, NULL,
		    "the TLS library of this host computes no MD5, without which there is no APOP");
		return false;
	}
	buf_init(&line, SESSION_OUT_MAX);
	buf_str(&line, "APOP ");
	buf_span_add(&line, login->user);
	ok = command_say_with(s, buf_cstr(&line), span_of(digest), true);
	buf_free(&line);
	return ok;
}

static bool
say_login(struct session *s, struct exchange *x)
{
	struct pop3 *m = pop3_of(s);
	const struct login *login = login_of(s);

	(void)x;
	if (!login_begin(s, &m->login, !login_needs_sasl(login) &&
	    short_enough(login)))
		return false;
	switch (m->login.choice.how) {
	case LOGIN_COMMAND:
		return command_say_with(s, "USER", login->user, false);
	case LOGIN_APOP:
		return say_apop(s);
	default:
		return sasl_say_auth(s, &m->login,
		    (m->caps & POP3_PIPELINING) != 0 ? POP3_COMMAND_MAX : 0);
	}
}

/* logged_in - the last word is OK */
static enum heard
logged_in(struct session *s)
{
	struct pop3 *m = pop3_of(s);

	if (login_unproven(s, &m->login))
		return HEARD_FAIL;
	login_done(s, &m->login);
	return HEARD_OK;
}

static enum heard
hear_login(struct session *s, struct exchange *x, const struct reply *r)
{
	struct pop3 *m = pop3_of(s);

	(void)x;
	if (r->kind == REPLY_CONTINUE)
		return m->login.choice.how == LOGIN_SASL ?
		    sasl_step(s, &m->login, r->text) : answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_status(s, r, STAGE_AUTH, CAUSE_AUTH_REFUSED,
		    "the login");
	return m->login.choice.how == LOGIN_COMMAND ? HEARD_OK : logged_in(s);
}

/* in_one_write - may PASS go out before USER was answered? */
static bool
in_one_write(const struct session *s)
{
	return (pop3_of(s)->caps & POP3_PIPELINING) != 0;
}

static bool
wants_pass(const struct session *s)
{
	return pop3_of(s)->login.choice.how == LOGIN_COMMAND;
}

static bool
say_pass(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say_with(s, "PASS", login_of(s)->password, true);
}

static enum heard
hear_pass(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	if (r->status == REPLY_OK)
		return logged_in(s);
	return answer_status(s, r, STAGE_AUTH, CAUSE_AUTH_REFUSED,
	    "the login");
}

const struct rung pop3_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_GREETING, .when = in_clear,
	    .say = say_capa, .hear = hear_capa, .body = body_capa },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_stls, .hear = hear_stls },
	{ .stage = STAGE_AUTH, .when = within_tls,
	    .say = say_capa, .hear = hear_capa, .body = body_capa },
	RUNG_END
};

const struct rung pop3_login_ladder[] = {
	RUNG_LADDER(pop3_hello_ladder),
	{ .stage = STAGE_AUTH, .say = say_login, .hear = hear_login },
	{ .stage = STAGE_AUTH, .when = wants_pass, .early = in_one_write,
	    .say = say_pass, .hear = hear_pass },
	RUNG_END
};
