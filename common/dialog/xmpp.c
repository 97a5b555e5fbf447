/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xmpp - the XMPP rungs
 */
#include <stdio.h>

#include "dialog/command.h"
#include "dialog/opening.h"
#include "dialog/refusal.h"
#include "dialog/xmpp.h"
#include "reply/xmpp_reply.h"

/* dismissed - a stream error, or the end of the stream */
static enum heard
dismissed(struct session *s, const struct reply *r, enum stage stage)
{
	enum cause cause = refusal_cause(s->config->protocol->refusals,
	    STAGE_GREETING, r);
	char words[TEXT_QUOTE_BUF], code[TEXT_QUOTE_BUF];

	if (stage == STAGE_TLS)
		cause = CAUSE_TLS_STARTTLS_REFUSED;
	else if (cause == CAUSE_NONE)
		cause = CAUSE_GREETING_UNAVAILABLE;
	session_quote(s, r->code, code);
	session_find(s, cause, stage, NULL, "%s ends the stream: \"%s%s%s\"",
	    s->whom, code[0] == '\0' ? "no reason given" : code,
	    r->text.len > 0 ? ": " : "", session_quote(s, r->text, words));
	return HEARD_FAIL;
}

/* --- opening a stream: RFC 6120 section 4.2 --- */

static bool
say_stream(struct session *s, struct exchange *x)
{
	const struct target *t = &s->result->target;
	char header[COMMAND_MAX];

	(void)x;
	snprintf(header, sizeof(header), "<?xml version='1.0'?>"
	    "<stream:stream to='%s' version='1.0' xmlns='%s' "
	    "xmlns:stream='http://etherx.jabber.org/streams'>",
	    t->sni[0] != '\0' ? t->sni : t->host,
	    s->config->protocol == &xmpp_server_protocol ? "jabber:server" :
	    "jabber:client");
	return opening_say(s, span_of(header), header);
}

/* opened - the answering stream; one without a version has no features to wait for (RFC 6120 section 4.7.5) */
static enum heard
opened(struct session *s, const struct reply *r)
{
	s->peer_greeted = true;
	return span_has(r->text, "version=") ? HEARD_MORE : HEARD_OK;
}

static enum heard
hear_stream(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->status == REPLY_BYE)
		return dismissed(s, r, STAGE_GREETING);
	if (!s->peer_greeted && r->status == REPLY_OK)
		return opened(s, r);
	if (!s->peer_greeted || !span_is(r->word, "features"))
		return answer_violation(s, r);
	opening_of(s)->offered = xmpp_holds(r->text, "starttls");
	return HEARD_OK;
}

/* --- STARTTLS: RFC 6120 section 5.4.2 --- */

/* no white space may follow it, so it is no line */
static bool
say_starttls(struct session *s, struct exchange *x)
{
	static const char starttls[] =
	    "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";

	(void)x;
	if (!opening_of(s)->offered)
		return starttls_missing(s, "STARTTLS");
	return opening_say(s, span_of(starttls), starttls);
}

static enum heard
hear_starttls(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)x;
	if (r->status == REPLY_BYE)
		return dismissed(s, r, STAGE_TLS);
	if (r->kind != REPLY_TAGGED)
		return answer_violation(s, r);
	return answer_starttls(s, r, "STARTTLS");
}

/* inside TLS a stream of its own would have to be opened before it could be closed */
static void
farewell(struct session *s)
{
	static const char end[] = "</stream:stream>";

	if (!s->encrypted)
		opening_say(s, span_of(end), end);
}

static const struct refusal_code codes[] = {
	{ "host-unknown", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 6120 section 4.9.3.6: not served here" },
	{ "host-gone", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 6120 section 4.9.3.5" },
	{ "improper-addressing", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 6120 section 4.9.3.7" },
	{ "not-authorized", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 6120 section 4.9.3.12" },
	{ "policy-violation", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 6120 section 4.9.3.14" },
	{ "see-other-host", AT_GREETING, CAUSE_AUTH_REFERRAL, "RFC 6120 section 4.9.3.19" },
	{ "bad-format", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "RFC 6120 section 4.9.3.1" },
	{ "invalid-namespace", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "RFC 6120 section 4.9.3.10" },
	{ "invalid-xml", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "RFC 6120 section 4.9.3.11" },
	{ "not-well-formed", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "RFC 6120 section 4.9.3.13" },
	{ "unsupported-version", AT_GREETING, CAUSE_PROTOCOL_REJECTED, "RFC 6120 section 4.9.3.25" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_table refusals = { { NULL }, codes };

const struct rung xmpp_hello_ladder[] = {
	{ .stage = STAGE_GREETING, .when = starttls_wanted,
	    .say = say_stream, .hear = hear_stream,
	    .silent = "did not answer the opening of a stream",
	    .ended = "when a stream was opened" },
	{ .stage = STAGE_TLS, .when = starttls_wanted,
	    .say = say_starttls, .hear = hear_starttls },
	RUNG_END
};

#define SPOKEN OPENING, .scan = xmpp_scan, .parse = xmpp_reply, \
	.refusals = &refusals, .farewell = farewell

const struct protocol xmpp_protocol = {
	.name = "xmpp", .title = "XMPP",
	.port_plain = 5222, .port_tls = 5223, SPOKEN
};

const struct protocol xmpp_server_protocol = {
	.name = "xmpp-server", .title = "XMPP between servers",
	.port_plain = 5269, .port_tls = 5270, SPOKEN
};
