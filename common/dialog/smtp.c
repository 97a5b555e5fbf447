/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp - what belongs to every SMTP session: extensions, our name, farewells
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/refusal.h"
#include "dialog/smtp.h"
#include "reply/smtp_reply.h"

enum {
	STRUCK_OUT = 4	/* X in a row that no extension's name has */
};

static const struct {
	const char	*name;
	unsigned	 bit;
} extensions[] = {
	{ "STARTTLS", SMTP_STARTTLS }, { "PIPELINING", SMTP_PIPELINING },
	{ "SMTPUTF8", SMTP_UTF8 }, { "AUTH", SMTP_AUTH }
};

struct smtp *
smtp_of(const struct session *s)
{
	return s->talk;
}

const struct smtp_wishes *
smtp_wishes_of(const struct session *s)
{
	static const struct smtp_wishes nothing;
	const struct login *login = s->config->login;

	return login != NULL && login->mail != NULL ? login->mail : &nothing;
}

bool
smtp_is_lmtp(const struct session *s)
{
	return smtp_wishes_of(s)->lmtp ||
	    s->config->protocol == &lmtp_protocol;
}

static bool
smtp_open(struct session *s)
{
	struct smtp *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return false;
	login_state_init(&m->login);
	s->talk = m;
	return true;
}

static void
smtp_close(struct session *s)
{
	struct smtp *m = smtp_of(s);

	login_state_free(&m->login);
	free(m);
	s->talk = NULL;
}

static void
forget(struct smtp *m)
{
	login_caps_forget(&m->login);
	m->caps = 0;
	m->hello = HELLO_NONE;
	m->no_ehlo = false;
	m->has_size = false;
	m->masked[0] = '\0';
}

/* secured - TLS is up: what was said in clear may be anybody's (RFC 3207 section 4.2) */
static void
secured(struct session *s)
{
	forget(smtp_of(s));
	smtp_of(s)->login.server_text[0] = '\0';
}

const char *
smtp_name(const struct session *s, char text[ADDRESS_TEXT])
{
	if (smtp_wishes_of(s)->helo != NULL)
		return smtp_wishes_of(s)->helo;
	return address_literal(&s->local, text);
}

static void
take_mechanisms(struct smtp *m, struct span names)
{
	while (names.len > 0)
		login_offers(&m->login.offer, span_word(&names));
}

/* note_struck_out - "XXXXXXXA": a firewall wrote over the name, and nothing else is as long as STARTTLS */
static void
note_struck_out(struct smtp *m, struct span name)
{
	size_t i;

	for (i = 0; i < name.len && name.p[i] == 'X'; i++)
		continue;
	if (i >= STRUCK_OUT)
		span_copy(name, m->masked, sizeof(m->masked));
}

static void
extension(struct smtp *m, struct span line)
{
	struct span rest = line, name = span_word(&rest);
	size_t i;

	if (!login_caps_add(&m->login, line))
		return;
	for (i = 0; i < sizeof(extensions) / sizeof(extensions[0]); i++)
		if (span_is(name, extensions[i].name))
			m->caps |= extensions[i].bit;
	if (span_is(name, "AUTH")) {
		take_mechanisms(m, rest);
	} else if (span_begins(name, "AUTH=")) {
		/* as servers wrote it before RFC 2554 */
		m->caps |= SMTP_AUTH;
		login_offers(&m->login.offer,
		    (struct span){ name.p + 5, name.len - 5 });
		take_mechanisms(m, rest);
	} else if (span_is(name, "SIZE")) {
		m->has_size = span_number(span_trim(rest), &m->size) &&
		    m->size > 0;
	}
	note_struck_out(m, name);
}

void
smtp_hello_taken(struct session *s, enum smtp_hello hello,
    const struct reply *r)
{
	struct smtp *m = smtp_of(s);
	struct span lines = r->text;

	forget(m);
	m->hello = hello;
	m->login.caps_known = hello != HELLO_HELO;
	/* the first line is a greeting (RFC 5321 section 4.1.1.1) */
	span_line(&lines);
	while (hello != HELLO_HELO && lines.len > 0)
		extension(m, span_trim(span_line(&lines)));
	if ((m->caps & SMTP_AUTH) == 0 && (m->caps & SMTP_STARTTLS) != 0)
		m->login.offer.disabled = "no AUTH before STARTTLS";
}

static enum heard
smtp_aside(struct session *s, const struct reply *r)
{
	if (r->kind == REPLY_TAGGED)
		session_quote(s, reply_words(r),
		    smtp_of(s)->login.server_text);
	return answer_unasked(s, r);
}

static void
smtp_farewell(struct session *s)
{
	command_say(s, "QUIT");
}

#define SPOKEN \
	.scan = smtp_scan, .parse = smtp_reply, \
	.open = smtp_open, .close = smtp_close, .secured = secured, \
	.refusals = &smtp_refusals, .babble = answer_babble, \
	.aside = smtp_aside, .farewell = smtp_farewell

const struct protocol smtp_protocol = {
	.name = "smtp", .title = "SMTP",
	.port_plain = 587, .port_tls = 465,
	.usual = DEFAULT_STARTTLS, SPOKEN
};

/* a port of its own it has none: 24 is what servers and /etc/services use */
const struct protocol lmtp_protocol = {
	.name = "lmtp", .title = "LMTP",
	.port_plain = 24, .port_tls = 24,
	.usual = DEFAULT_STARTTLS, SPOKEN
};
