/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ftp - the FTP rungs
 */
#include "dialog/command.h"
#include "dialog/ftp.h"
#include "dialog/opening.h"
#include "dialog/refusal.h"
#include "dialog/silence.h"
#include "reply/ftp_reply.h"

enum {
	CODE_READY = 220,
	CODE_GO_ON = 234,	/* RFC 4217 section 4 */
	CODE_GO_ON_OLD = 334,	/* what some say instead, though they wait for no words */
	CODE_NO_COMMAND = 502,
	CODE_NO_MECHANISM = 504	/* RFC 2228 section 3 */
};

static enum heard
hear_greeting(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	/* "ready in nnn minutes", and then it is */
	if (r->kind == REPLY_UNTAGGED)
		return HEARD_MORE;
	if (r->kind != REPLY_TAGGED || (r->status == REPLY_OK &&
	    r->number != CODE_READY))
		return answer_violation(s, r);
	if (r->status != REPLY_OK)
		return answer_unwelcome(s, r, "a refusal");
	return answer_welcome(s, r);
}

static bool
say_auth(struct session *s, struct exchange *x)
{
	(void)x;
	return command_say(s, "AUTH TLS");
}

static enum heard
hear_auth(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->kind == REPLY_UNTAGGED)
		return HEARD_MORE;
	if (r->number == CODE_GO_ON || r->number == CODE_GO_ON_OLD)
		return HEARD_TLS;
	if (r->kind != REPLY_TAGGED || r->status == REPLY_OK)
		return answer_violation(s, r);
	return answer_starttls_no(s, r, "AUTH TLS", r->number == 500 ||
	    r->number == CODE_NO_COMMAND || r->number == CODE_NO_MECHANISM);
}

static void
farewell(struct session *s)
{
	command_say(s, "QUIT");
}

static const struct refusal_code codes[] = {
	{ "4xx", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 959 section 5.4: 421" },
	{ "5xx", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 959 section 4.2.1: it will not pass" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { server_limits }, codes };

const struct rung ftp_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .hear = hear_greeting,
	    .patience = silence_patience, .wake = silence_probe },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_auth, .hear = hear_auth,
	    .silent = "did not answer AUTH TLS", .ended = "at AUTH TLS" },
	RUNG_END
};

const struct protocol ftp_protocol = {
	.name = "ftp", .title = "FTP",
	.port_plain = 21, .port_tls = 990, OPENING,
	.scan = ftp_scan, .parse = ftp_reply,
	.refusals = &refusals, .farewell = farewell
};
