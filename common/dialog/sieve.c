/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sieve - the ManageSieve rungs
 */
#include "dialog/command.h"
#include "dialog/opening.h"
#include "dialog/refusal.h"
#include "dialog/sieve.h"
#include "dialog/silence.h"
#include "reply/sieve_reply.h"

/* --- greeting: RFC 5804 section 1.7 --- */

static enum heard
hear_offer(struct session *s, const struct reply *r)
{
	if (r->status != REPLY_DATA)
		return answer_violation(s, r);
	if (span_is(r->word, "STARTTLS"))
		opening_of(s)->offered = true;
	return HEARD_MORE;
}

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	switch (r->status) {
	case REPLY_OK:
		return answer_welcome(s, r);
	case REPLY_NO:
		return answer_unwelcome(s, r, "a refusal");
	case REPLY_BYE:
		return answer_unwelcome(s, r, "a goodbye");
	default:
		return hear_offer(s, r);
	}
}

/* --- STARTTLS: RFC 5804 section 2.2 --- */

static bool
say_starttls(struct session *s, struct exchange *x)
{
	(void)x;
	if (!opening_of(s)->offered)
		return starttls_missing(s, "STARTTLS");
	return command_say(s, "STARTTLS");
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->status == REPLY_DATA)
		return answer_violation(s, r);
	return answer_starttls(s, r, "STARTTLS");
}

static bool
within_tls(const struct session *s)
{
	return s->encrypted && s->result->target.tls == TLS_STARTTLS;
}

static enum heard
hear_again(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->status == REPLY_DATA)
		return hear_offer(s, r);
	return answer_status(s, r, STAGE_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "to go on inside TLS");
}

static void
farewell(struct session *s)
{
	command_say(s, "LOGOUT");
}

static const struct refusal_code codes[] = {
	{ "TRYLATER", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 5804 section 1.3" },
	{ "REFERRAL", AT_GREETING, CAUSE_AUTH_REFERRAL, "RFC 5804 section 1.3" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { server_limits }, codes };

const struct rung sieve_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls },
	{ .stage = STAGE_AUTH, .when = within_tls, .hear = hear_again,
	    .silent = "did not say what it offers inside TLS",
	    .ended = "before it said what it offers inside TLS" },
	RUNG_END
};

/* there is no port for implicit TLS */
const struct protocol sieve_protocol = {
	.name = "sieve", .title = "ManageSieve",
	.port_plain = 4190, .port_tls = 4190, OPENING,
	.scan = sieve_scan, .parse = sieve_reply,
	.refusals = &refusals, .farewell = farewell
};
