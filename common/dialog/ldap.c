/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ldap - the LDAP rung
 */
#include <inttypes.h>
#include <stdio.h>

#include "dialog/ldap.h"
#include "dialog/opening.h"
#include "dialog/refusal.h"
#include "reply/ldap_reply.h"

enum {
	MESSAGE = 1	/* the id of the only one that is answered */
};

/* message 1, [APPLICATION 23], [0] the name of the operation */
static const char starttls[] = "\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
    "1.3.6.1.4.1.1466.20037";
/* message 2, UnbindRequest: RFC 4511 section 4.3 */
static const char unbind[] = { 0x30, 5, 2, 1, 2, 0x42, 0 };

/* words - the result by its name and number, and what the server says to it */
static const char *
words(const struct session *s, const struct reply *r, char *text, size_t size)
{
	const char *name = ldap_result_name(r->number);
	char quote[TEXT_QUOTE_BUF];

	session_quote(s, r->text, quote);
	snprintf(text, size, "%s (%" PRIu64 ")%s%s%s",
	    name == NULL ? "result" : name, r->number,
	    quote[0] == '\0' ? "" : ", \"", quote,
	    quote[0] == '\0' ? "" : "\"");
	return text;
}

static bool
say_starttls(struct session *s, struct exchange *x)
{
	x->tag = MESSAGE;
	return opening_say(s, (struct span){ starttls, sizeof(starttls) - 1 },
	    "StartTLS");
}

/* dismissed - a notice of disconnection: RFC 4511 section 4.4.1 */
static enum heard
dismissed(struct session *s, const struct reply *r)
{
	enum cause cause = refusal_cause(s->config->protocol->refusals,
	    STAGE_GREETING, r);
	char text[TEXT_QUOTE_BUF + 64];

	if (cause == CAUSE_NONE)
		cause = r->status == REPLY_BYE &&
		    r->number == LDAP_PROTOCOL_ERROR ?
		    CAUSE_PROTOCOL_REJECTED : CAUSE_GREETING_UNAVAILABLE;
	session_find(s, cause, STAGE_GREETING, NULL,
	    "%s answers with a notice of disconnection: %s", s->whom,
	    words(s, r, text, sizeof(text)));
	return HEARD_FAIL;
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	char text[TEXT_QUOTE_BUF + 64];

	(void)x;
	if (r->status == REPLY_BYE)
		return dismissed(s, r);
	s->peer_greeted = true;
	if (r->status == REPLY_OK)
		return HEARD_TLS;
	session_find(s, r->status == REPLY_BAD ? CAUSE_TLS_STARTTLS_MISSING :
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS, NULL, "%s %s StartTLS: %s",
	    s->whom, r->status == REPLY_BAD ? "does not know" : "refuses",
	    words(s, r, text, sizeof(text)));
	return HEARD_FAIL;
}

static void
farewell(struct session *s)
{
	opening_say(s, (struct span){ unbind, sizeof(unbind) }, "Unbind");
}

static const struct refusal_code codes[] = {
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { server_limits }, codes };

const struct rung ldap_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls,
	    .silent = "did not answer StartTLS", .ended = "at StartTLS" },
	RUNG_END
};

const struct protocol ldap_protocol = {
	.name = "ldap", .title = "LDAP",
	.port_plain = 389, .port_tls = 636, OPENING,
	.scan = ldap_scan, .parse = ldap_reply,
	.refusals = &refusals, .farewell = farewell
};
