/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_hear - what servers say to a probe
 *
 * Line by line: a greeting, and then what is offered (RFC 3501 section 7.2.1,
 * RFC 2449 section 5, RFC 5321 section 4.1.1.1, RFC 5804 section 1.7).
 */
#include <string.h>

#include "base/text.h"
#include "dialog/hello.h"
#include "dialog/probe_hear.h"
#include "dialog/refusal.h"
#include "reply/imap_reply.h"
#include "reply/pop3_reply.h"
#include "reply/smtp_reply.h"
#include "report/cause.h"

static void
note(struct probe *p, const char *who, struct span line)
{
	if (p->log == NULL)
		return;
	buf_fmt(p->log, "%s ", who);
	text_clean(p->log, line, TEXT_QUOTE_MAX);
	buf_char(p->log, '\n');
}

static void
say(struct probe *p, const char *words)
{
	note(p, ">", span_of(words));
	buf_str(&p->out, words);
	buf_str(&p->out, "\r\n");
}

/* ask - what it offers: `words`, and our name where one belongs to them */
static void
ask(struct probe *p, const char *words, bool name)
{
	char text[ADDRESS_TEXT], line[ADDRESS_TEXT + 16];
	struct buf b;

	buf_init(&b, sizeof(line) - 1);
	buf_str(&b, words);
	if (name)
		buf_fmt(&b, " %s", address_literal(&p->local, text));
	span_copy(buf_span(&b), line, sizeof(line));
	buf_free(&b);
	say(p, line);
	p->state = PROBE_ASKED;
}

void
probe_hello(struct probe *p)
{
	note(p, "-", span_of("a TLS hello"));
	buf_span_add(&p->out, hello_bytes());
	p->hello = true;
}

void
probe_leave(struct probe *p)
{
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
		say(p, "z LOGOUT");
		break;
	case SPEECH_SIEVE:
		say(p, "LOGOUT");
		break;
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
		say(p, "QUIT");
		break;
	default:
		break;
	}
	p->state = PROBE_OVER;
}

/* offered - it has said what it offers: TLS where that is wanted, else goodbye */
static void
offered(struct probe *p)
{
	p->row->asked = true;
	if (p->depth != PROBE_TLS || !p->row->starttls || p->encrypted) {
		probe_leave(p);
		return;
	}
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
		say(p, "b STARTTLS");
		break;
	case SPEECH_POP3:
		say(p, "STLS");
		break;
	default:
		say(p, "STARTTLS");
		break;
	}
	p->state = PROBE_STARTS;
}

/* unwelcome - a greeting that sends us away, for the reason that the tables know */
static void
unwelcome(struct probe *p, const struct refusal_table *table,
    bool (*parse)(struct span, struct reply *), struct span line)
{
	enum cause cause = CAUSE_NONE;
	struct reply r;

	if (parse(line, &r))
		cause = refusal_cause(table, STAGE_GREETING, &r);
	p->row->trouble = cause != CAUSE_NONE ? (uint8_t)cause :
	    (uint8_t)CAUSE_GREETING_UNAVAILABLE;
	p->state = PROBE_OVER;
}

static bool
has_word(struct span s, const char *word)
{
	while (s.len > 0)
		if (span_is(span_word(&s), word))
			return true;
	return false;
}

static void
greeted_imap(struct probe *p, struct span line)
{
	const char *code = memchr(line.p, ']', line.len);

	if (span_begins(line, "* BYE")) {
		unwelcome(p, &imap_refusals, imap_reply, line);
		return;
	}
	p->row->greeted = true;
	if (span_has(line, "[CAPABILITY ") && code != NULL) {
		line.len = (size_t)(code - line.p);
		p->row->starttls = has_word(line, "STARTTLS");
		offered(p);
	} else {
		ask(p, "a CAPABILITY", false);
	}
}

static void
greeted_pop3(struct probe *p, struct span line)
{
	if (span_begins(line, "-ERR")) {
		unwelcome(p, &pop3_refusals, pop3_reply, line);
		return;
	}
	p->row->greeted = true;
	ask(p, "CAPA", false);
}

/* goes_on - "220-": another line of the same reply follows */
static bool
goes_on(struct span line)
{
	return line.len > 3 && line.p[3] == '-';
}

static void
greeted_smtp(struct probe *p, struct span line)
{
	if (span_has(line, "FTP") && !span_has(line, "SMTP")) {
		probe_speaks(p, SPEECH_FTP);
		p->state = PROBE_OVER;
		return;
	}
	if (span_has(line, "LMTP"))
		p->lmtp = true;
	if (goes_on(line)) {
		p->state = PROBE_GREETED;
		return;
	}
	if (!span_begins(line, "220")) {
		unwelcome(p, &smtp_refusals, smtp_reply, line);
		return;
	}
	p->row->greeted = true;
	ask(p, p->lmtp ? "LHLO" : "EHLO", true);
}

/* greeted_sieve - a greeting is a list of what is offered, and OK */
static void
greeted_sieve(struct probe *p, struct span line)
{
	p->state = PROBE_GREETED;
	if (span_begins(line, "\"STARTTLS\""))
		p->row->starttls = true;
	if (line.len > 0 && line.p[0] == '"')
		return;
	p->row->greeted = span_begins(line, "OK");
	if (p->row->greeted) {
		offered(p);
		return;
	}
	p->row->trouble = CAUSE_GREETING_UNAVAILABLE;
	probe_quote(p, line);
	p->state = PROBE_OVER;
}

static void
greeting(struct probe *p, struct span line)
{
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
		greeted_imap(p, line);
		break;
	case SPEECH_POP3:
		greeted_pop3(p, line);
		break;
	case SPEECH_SMTP:
		greeted_smtp(p, line);
		break;
	case SPEECH_SIEVE:
		greeted_sieve(p, line);
		break;
	default:
		p->state = PROBE_OVER;
		break;
	}
}

/* recognise - who it is, by the first line or what there is of it */
static void
recognise(struct probe *p, struct span line)
{
	enum speech s = speech_of(line);

	if (s == SPEECH_TLS && p->encrypted)
		s = SPEECH_OTHER;
	probe_speaks(p, s);
	if (s != SPEECH_TLS)
		probe_quote(p, line);
}

static void
first(struct probe *p, struct span line)
{
	recognise(p, line);
	/* a hello came before it: what it says of that is not to be believed */
	if (p->hello)
		p->state = PROBE_OVER;
	else
		greeting(p, line);
}

static void
capable_imap(struct probe *p, struct span line)
{
	if (span_begins(line, "* CAPABILITY ") && has_word(line, "STARTTLS"))
		p->row->starttls = true;
	if (span_begins(line, "a "))
		offered(p);
}

static void
capable_pop3(struct probe *p, struct span line)
{
	struct span rest = line;

	if (span_is(span_word(&rest), "STLS"))
		p->row->starttls = true;
	if (span_is(line, ".") || span_begins(line, "-ERR"))
		offered(p);
}

static void
capable_smtp(struct probe *p, struct span line)
{
	struct span rest = line;

	if (span_begins(line, "5") && !p->lmtp && !goes_on(line)) {
		p->lmtp = true;
		ask(p, "LHLO", true);
		return;
	}
	if (span_begins(line, "250") && p->lmtp)
		probe_speaks(p, SPEECH_LMTP);
	if (rest.len > 4) {
		rest.p += 4;
		rest.len -= 4;
		if (span_is(span_word(&rest), "STARTTLS"))
			p->row->starttls = true;
	}
	if (!goes_on(line))
		offered(p);
}

static void
capable(struct probe *p, struct span line)
{
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
		capable_imap(p, line);
		break;
	case SPEECH_POP3:
		capable_pop3(p, line);
		break;
	default:
		capable_smtp(p, line);
		break;
	}
}

/* answered - the word on STARTTLS */
static void
answered(struct probe *p, struct span line)
{
	if (span_begins(line, "* ") && !span_begins(line, "* BYE"))
		return;
	if (span_begins(line, "b OK") || span_begins(line, "+OK") ||
	    span_begins(line, "2") || span_begins(line, "OK")) {
		p->state = PROBE_SHAKES;
		return;
	}
	p->row->trouble = CAUSE_TLS_STARTTLS_REFUSED;
	probe_quote(p, line);
	p->state = PROBE_OVER;
}

void
probe_line(struct probe *p, struct span line)
{
	line = span_trim(line);
	note(p, "<", line);
	switch (p->state) {
	case PROBE_WAITS:
		first(p, line);
		break;
	case PROBE_GREETED:
		greeting(p, line);
		break;
	case PROBE_ASKED:
		capable(p, line);
		break;
	case PROBE_STARTS:
		answered(p, line);
		break;
	default:
		break;
	}
}

void
probe_half(struct probe *p)
{
	struct span line = span_trim(buf_span(&p->in));

	note(p, "<", line);
	recognise(p, line);
}
