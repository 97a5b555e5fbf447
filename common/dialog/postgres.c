/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * postgres - the PostgreSQL rung
 */
#include "dialog/opening.h"
#include "dialog/postgres.h"
#include "dialog/refusal.h"
#include "reply/postgres_reply.h"

/* length, and 1234 * 65536 + 5679 */
static const char request[] = { 0, 0, 0, 8, 0x04, (char)0xd2, 0x16, 0x2f };

static bool
say_request(struct session *s, struct exchange *x)
{
	(void)x;
	return opening_say(s, (struct span){ request, sizeof(request) },
	    "SSLRequest");
}

/* failed - the server cannot even say yes or no */
static enum heard
failed(struct session *s, const struct reply *r)
{
	struct reply coded = *r;
	char words[TEXT_QUOTE_BUF], state[TEXT_QUOTE_BUF];
	enum cause cause;

	coded.code = r->word;
	cause = refusal_cause(s->config->protocol->refusals, STAGE_GREETING,
	    &coded);
	if (cause == CAUSE_NONE)
		cause = CAUSE_GREETING_UNAVAILABLE;
	session_quote(s, r->word, state);
	session_find(s, cause, cause == CAUSE_TLS_STARTTLS_MISSING ?
	    STAGE_TLS : STAGE_GREETING, NULL,
	    "%s answers SSLRequest with an error: \"%s%s%s\"", s->whom, state,
	    state[0] == '\0' ? "" : " ", session_quote(s, r->text, words));
	return HEARD_FAIL;
}

static enum heard
hear_answer(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	s->peer_greeted = true;
	if (r->status == REPLY_OK)
		return HEARD_TLS;
	if (r->status == REPLY_BAD)
		return failed(s, r);
	session_find(s, CAUSE_TLS_STARTTLS_MISSING, STAGE_TLS, NULL,
	    "%s answers SSLRequest with \"N\": TLS is not switched on there",
	    s->whom);
	return HEARD_FAIL;
}

static const struct refusal_code codes[] = {
	{ "0A000", AT_GREETING, CAUSE_TLS_STARTTLS_MISSING, "PostgreSQL errcodes.txt: feature_not_supported" },
	{ "08P01", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "PostgreSQL errcodes.txt: protocol_violation" },
	{ "53300", AT_GREETING, CAUSE_AUTH_CONNECTION_LIMIT, "PostgreSQL errcodes.txt: too_many_connections" },
	{ "28000", AT_GREETING, CAUSE_GREETING_REFUSED,
	    "PostgreSQL errcodes.txt: invalid_authorization_specification" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { NULL }, codes };

const struct rung postgres_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .when = starttls_wanted,
	    .say = say_request, .hear = hear_answer,
	    .silent = "did not answer SSLRequest", .ended = "at SSLRequest" },
	RUNG_END
};

/* TLS from the first byte is spoken on the same port, since version 17 */
const struct protocol postgres_protocol = {
	.name = "postgres", .title = "PostgreSQL",
	.port_plain = 5432, .port_tls = 5432, OPENING,
	.scan = postgres_scan, .parse = postgres_reply,
	.refusals = &refusals, .farewell = opening_silent
};
