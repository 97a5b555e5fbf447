/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3 - what belongs to every POP3 session: lines, capabilities, farewells
 */
#include <stdlib.h>
#include <string.h>

#include "dialog/answer.h"
#include "dialog/command.h"
#include "dialog/pop3.h"
#include "dialog/refusal.h"
#include "dialog/unique.h"
#include "reply/pop3_reply.h"

static const struct {
	const char	*name;
	unsigned	 bit;
} capabilities[] = {
	{ "STLS", POP3_STLS }, { "USER", POP3_USER },
	{ "PIPELINING", POP3_PIPELINING }, { "UIDL", POP3_UIDL }
};

struct pop3 *
pop3_of(const struct session *s)
{
	return s->talk;
}

static bool
pop3_open(struct session *s)
{
	struct pop3 *m = calloc(1, sizeof(*m));

	if (m == NULL)
		return false;
	login_state_init(&m->login);
	s->talk = m;
	return true;
}

static void
pop3_close(struct session *s)
{
	struct pop3 *m = pop3_of(s);

	login_state_free(&m->login);
	unique_free(m->drop.unique);
	free(m->drop.sizes);
	free(m);
	s->talk = NULL;
}

/* secured - TLS is up: what was said in clear may be anybody's, the timestamp for APOP above all */
static void
secured(struct session *s)
{
	struct pop3 *m = pop3_of(s);

	login_caps_forget(&m->login);
	m->caps = 0;
	m->no_capa = false;
	m->stamp[0] = '\0';
	m->login.server_text[0] = '\0';
}

void
pop3_lines_begin(struct session *s)
{
	memset(&pop3_of(s)->line, 0, sizeof(pop3_of(s)->line));
}

/* add - what fits of a piece without line end */
static void
add(struct pop3_line *line, struct span piece)
{
	size_t n = piece.len;

	if (n > sizeof(line->text) - line->len) {
		n = sizeof(line->text) - line->len;
		line->cut = true;
	}
	memcpy(line->text + line->len, piece.p, n);
	line->len += n;
}

bool
pop3_lines(struct session *s, struct span piece,
    bool (*take)(struct session *, struct span))
{
	struct pop3_line *line = &pop3_of(s)->line;
	struct span part;
	bool whole;

	while (piece.len > 0) {
		whole = memchr(piece.p, '\n', piece.len) != NULL;
		part = span_line(&piece);
		add(line, part);
		if (!whole)
			break;
		line->lines++;
		part = (struct span){ line->text, line->len };
		if (!take(s, span_trim(part)))
			return false;
		line->len = 0;
		line->cut = false;
	}
	return true;
}

/* SASL names the mechanisms, in one line or in several (RFC 5034 section 3) */
static void
take_mechanisms(struct pop3 *m, struct span names)
{
	while (names.len > 0)
		login_offers(&m->login.offer, span_word(&names));
}

bool
pop3_capa(struct session *s, struct span line)
{
	struct pop3 *m = pop3_of(s);
	struct span rest = line, name = span_word(&rest);
	size_t i;

	if (m->line.lines > POP3_CAPA_LINES) {
		session_find(s, CAUSE_PROTOCOL_VIOLATION, ladder_stage(s),
		    NULL, "%s lists capabilities without end", s->whom);
		return false;
	}
	if (!login_caps_add(&m->login, line))
		return true;
	for (i = 0; i < sizeof(capabilities) / sizeof(capabilities[0]); i++)
		if (span_is(name, capabilities[i].name))
			m->caps |= capabilities[i].bit;
	if (span_is(name, "SASL"))
		take_mechanisms(m, rest);
	return true;
}

static enum heard
pop3_aside(struct session *s, const struct reply *r)
{
	if (r->kind == REPLY_TAGGED)
		session_quote(s, reply_words(r),
		    pop3_of(s)->login.server_text);
	return answer_unasked(s, r);
}

static void
pop3_farewell(struct session *s)
{
	command_say(s, "QUIT");
}

const struct protocol pop3_protocol = {
	.name = "pop3", .title = "POP3", .service = "pop",
	.port_plain = 110, .port_tls = 995,
	.usual = DEFAULT_IMPLICIT,
	.scan = pop3_scan, .parse = pop3_reply,
	.open = pop3_open, .close = pop3_close, .secured = secured,
	.refusals = &pop3_refusals, .babble = answer_babble,
	.aside = pop3_aside, .farewell = pop3_farewell
};
