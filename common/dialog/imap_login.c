/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_login - the rungs from the greeting to the login
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/answer.h"
#include "dialog/imap.h"
#include "dialog/imap_together.h"
#include "dialog/sasl_exchange.h"
#include "dialog/silence.h"

static const struct login *
login_of(const struct session *s)
{
	return s->config->login;
}

/* --- greeting: RFC 3501 section 7.1 --- */

static enum heard
greeted_preauth(struct session *s)
{
	struct imap *m = imap_of(s);

	if (s->result->target.tls == TLS_STARTTLS) {
		session_find(s, CAUSE_TLS_PREAUTH, STAGE_TLS, NULL,
		    "%s greets with PREAUTH before TLS, which makes encryption impossible",
		    s->whom);
		return HEARD_FAIL;
	}
	m->preauth = true;
	m->login.logged_in = true;
	return HEARD_OK;
}

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	char words[TEXT_QUOTE_BUF];

	(void)x;
	if (r->kind != REPLY_UNTAGGED)
		return answer_violation(s, r);
	switch (r->status) {
	case REPLY_OK:
		break;
	case REPLY_BYE:
		return answer_unwelcome(s, r, "a goodbye");
	case REPLY_PREAUTH:
		if (greeted_preauth(s) == HEARD_FAIL)
			return HEARD_FAIL;
		break;
	default:
		return answer_violation(s, r);
	}
	s->peer_greeted = true;
	imap_of(s)->forgets = span_has(r->text, "Courier-IMAP ready");
	result_note(s->result, STAGE_GREETING, "\"%s\"",
	    session_quote(s, r->text, words));
	return HEARD_OK;
}

/* --- capability: RFC 3501 section 6.1.1 --- */

static bool
caps_missing_clear(const struct session *s)
{
	const struct imap *m = imap_of(s);

	return !s->encrypted && !m->login.caps_known && !m->preauth;
}

static bool
caps_missing_secure(const struct session *s)
{
	const struct imap *m = imap_of(s);

	return s->encrypted && !m->login.caps_known && !m->preauth;
}

bool
imap_say_capability(struct session *s, struct exchange *x)
{
	imap_begin(s, x, "CAPABILITY");
	return imap_end(s);
}

static enum heard
hear_capability(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_CONTINUE)
		return answer_violation(s, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (r->status == REPLY_OK && !imap_of(s)->login.caps_known) {
		session_find(s, CAUSE_PROTOCOL_VIOLATION, ladder_stage(s),
		    NULL, "%s says OK to CAPABILITY and lists none", s->whom);
		return HEARD_FAIL;
	}
	return answer_status(s, r, ladder_stage(s), CAUSE_PROTOCOL_REJECTED,
	    "CAPABILITY");
}

enum heard
imap_hear_capability(struct session *s, struct exchange *x,
    const struct reply *r)
{
	(void)s;
	(void)x;
	return r->kind == REPLY_TAGGED ? HEARD_OK : HEARD_MORE;
}

/* --- STARTTLS: RFC 3501 section 6.2.1, RFC 2595 --- */

static bool
say_starttls(struct session *s, struct exchange *x)
{
	if ((imap_of(s)->caps & CAP_STARTTLS) == 0)
		return starttls_missing(s, "STARTTLS");
	imap_begin(s, x, "STARTTLS");
	return imap_end(s);
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_CONTINUE)
		return answer_violation(s, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	return answer_starttls(s, r, "STARTTLS");
}

/* --- LOGIN and AUTHENTICATE: RFC 3501 section 6.2, RFC 4959 --- */

static bool
wants_login(const struct session *s)
{
	return !imap_of(s)->login.logged_in;
}

static bool
say_login_command(struct session *s, struct exchange *x)
{
	const struct login *login = login_of(s);

	imap_begin(s, x, "LOGIN");
	imap_astring(s, login->user, false);
	imap_astring(s, login->password, true);
	return imap_end(s);
}

static bool
say_authenticate(struct session *s, struct exchange *x)
{
	struct imap *m = imap_of(s);
	struct buf first;
	bool ok;

	buf_init(&first, SASL_INITIAL_ANY);
	ok = sasl_begin(s, &m->login,
	    (m->caps & CAP_SASL_IR) != 0 ? SASL_INITIAL_ANY : 0, &first);
	if (ok) {
		imap_begin(s, x, "AUTHENTICATE");
		imap_word(s, m->login.choice.mechanism);
		if (m->login.ir_sent)
			imap_initial(s, buf_span(&first));
		ok = imap_end(s);
	}
	buf_free(&first);
	return ok;
}

/* says_all - does the login need no further word of ours? */
static bool
says_all(const struct imap *m)
{
	if (m->login.choice.how == LOGIN_COMMAND)
		return m->nparts == 0;
	return sasl_says_all(&m->login);
}

static bool
say_login(struct session *s, struct exchange *x)
{
	struct imap *m = imap_of(s);
	const struct login *login = login_of(s);
	bool command_first = (m->caps & CAP_SASL_IR) == 0 &&
	    !login_needs_sasl(login);

	if (!login_begin(s, &m->login, command_first))
		return false;
	if (m->login.choice.how == LOGIN_COMMAND ? !say_login_command(s, x) :
	    !say_authenticate(s, x))
		return false;
	if (says_all(m))
		imap_together_begin(s);
	return true;
}

/* asked_for_more - a continuation in the login: the rest of a literal, or a SASL challenge */
static enum heard
asked_for_more(struct session *s, const struct reply *r)
{
	if (imap_continue(s))
		return HEARD_MORE;
	if (imap_of(s)->login.choice.how == LOGIN_SASL)
		return sasl_step(s, &imap_of(s)->login, r->text);
	return answer_violation(s, r);
}

/* logged_in - the server said OK: is it the login that was asked for? */
static enum heard
logged_in(struct session *s, const struct reply *r)
{
	struct imap *m = imap_of(s);
	char words[TEXT_QUOTE_BUF];

	if (login_unproven(s, &m->login))
		return HEARD_FAIL;
	if (span_is(r->code, "REFERRAL")) {
		session_find(s, CAUSE_AUTH_REFERRAL, STAGE_AUTH, NULL,
		    "%s refers this user to another server: \"%s\"", s->whom,
		    session_quote(s, reply_words(r), words));
		return HEARD_FAIL;
	}
	login_done(s, &m->login);
	return HEARD_OK;
}

static enum heard
hear_login(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_CONTINUE)
		return asked_for_more(s, r);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	imap_forget_command(s);
	if (r->status == REPLY_OK)
		return logged_in(s, r);
	return answer_status(s, r, STAGE_AUTH, CAUSE_AUTH_REFUSED, "the login");
}

const struct rung imap_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_GREETING, .when = caps_missing_clear,
	    .say = imap_say_capability, .hear = hear_capability },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls },
	{ .stage = STAGE_AUTH, .when = caps_missing_secure,
	    .say = imap_say_capability, .hear = hear_capability },
	RUNG_END
};

const struct rung imap_login_ladder[] = {
	RUNG_LADDER(imap_hello_ladder),
	{ .stage = STAGE_AUTH, .when = wants_login,
	    .say = say_login, .hear = hear_login },
	RUNG_END
};
