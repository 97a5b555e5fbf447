/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nntp - the NNTP rungs
 */
#include "dialog/command.h"
#include "dialog/nntp.h"
#include "dialog/opening.h"
#include "dialog/refusal.h"
#include "dialog/silence.h"
#include "reply/nntp_reply.h"

enum {
	CODE_POSTING = 200,	/* RFC 3977 section 5.1.1 */
	CODE_NO_POSTING = 201,
	CODE_GO_ON = 382	/* RFC 4642 section 2.2.1 */
};

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != CODE_POSTING && r->number != CODE_NO_POSTING))
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_unwelcome(s, r, "a refusal");
	return answer_welcome(s, r);
}

static bool
say_capabilities(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say(s, "CAPABILITIES");
}

static enum heard
hear_capabilities(struct session *s, struct exchange *x, const struct reply *r)
{
	struct span lines = r->text;

	(void)x;
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != NNTP_LIST_FOLLOWS))
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return HEARD_OK;
	opening_of(s)->listed = true;
	span_line(&lines);
	while (lines.len > 0)
		if (span_is(span_trim(span_line(&lines)), "STARTTLS"))
			opening_of(s)->offered = true;
	return HEARD_OK;
}

static bool
say_starttls(struct session *s, struct exchange *x)
{
	(void)x;
	if (opening_of(s)->listed && !opening_of(s)->offered)
		return starttls_missing(s, "STARTTLS");
	return command_say(s, "STARTTLS");
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->number == CODE_GO_ON)
		return HEARD_TLS;
	if (r->kind != REPLY_TAGGED || r->status == REPLY_OK)
		return answer_violation(s, r);
	return answer_starttls_no(s, r, "STARTTLS",
	    r->number == 500 && !opening_of(s)->offered);
}

static void
farewell(struct session *s)
{
	command_say(s, "QUIT");
}

static const struct refusal_code codes[] = {
	{ "4xx", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 3977 section 5.1.1: 400" },
	{ "5xx", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 3977 section 5.1.1: 502" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { server_limits }, codes };

const struct rung nntp_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_GREETING, .when = starttls_wanted,
	    .say = say_capabilities, .hear = hear_capabilities,
	    .silent = "did not answer CAPABILITIES",
	    .ended = "at CAPABILITIES" },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls },
	RUNG_END
};

const struct protocol nntp_protocol = {
	.name = "nntp", .title = "NNTP",
	.port_plain = 119, .port_tls = 563, OPENING,
	.scan = nntp_scan, .parse = nntp_reply,
	.refusals = &refusals, .farewell = farewell
};
