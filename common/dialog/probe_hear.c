/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_hear - what servers say to a probe first: greetings
 *
 * What they offer then is heard in probe_offers.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/hello.h"
#include "dialog/probe_hear.h"
#include "dialog/refusal.h"
#include "reply/imap_reply.h"
#include "reply/pop3_reply.h"
#include "reply/smtp_reply.h"
#include "report/cause.h"
#include "report/sentence.h"

static void
note(struct probe *p, const char *who, struct span line)
{
	if (p->log == NULL)
		return;
	buf_fmt(p->log, "%u %s ", (unsigned)p->row->port, who);
	text_clean(p->log, line, TEXT_QUOTE_MAX);
	buf_char(p->log, '\n');
}

void
probe_say(struct probe *p, const char *words)
{
	note(p, ">", span_of(words));
	buf_str(&p->out, words);
	buf_str(&p->out, "\r\n");
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
		probe_say(p, "z LOGOUT");
		break;
	case SPEECH_SIEVE:
		probe_say(p, "LOGOUT");
		break;
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
		probe_say(p, "QUIT");
		break;
	default:
		break;
	}
	p->state = PROBE_OVER;
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
		p->row->starttls = span_has_word(line, "STARTTLS");
		probe_offered(p);
	} else {
		probe_ask(p, "a CAPABILITY", false);
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
	probe_ask(p, "CAPA", false);
}

static void
greeted_smtp(struct probe *p, struct span line)
{
	/* the codes are the same (RFC 959 section 5.4) */
	if (span_has(line, "FTP") && !span_has(line, "SMTP")) {
		probe_speaks(p, SPEECH_FTP);
		p->state = PROBE_OVER;
		return;
	}
	if (span_has(line, "LMTP"))
		p->lmtp = true;
	if (smtp_goes_on(line)) {
		p->state = PROBE_GREETED;
		return;
	}
	if (!span_begins(line, "220")) {
		unwelcome(p, &smtp_refusals, smtp_reply, line);
		return;
	}
	p->row->greeted = true;
	probe_ask(p, p->lmtp ? "LHLO" : "EHLO", true);
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
		probe_offered(p);
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

/* recognise - the first line tells who it is */
static void
recognise(struct probe *p, struct span line)
{
	enum speech s = speech_of(line);

	if (s == SPEECH_TLS && p->encrypted)
		s = SPEECH_OTHER;
	/* the codes are the same (RFC 959 section 5.4) */
	if (s == SPEECH_SMTP && span_has(line, "FTP") &&
	    !span_has(line, "SMTP"))
		s = SPEECH_FTP;
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
		probe_offer(p, line);
		break;
	case PROBE_STARTS:
		probe_answered(p, line);
		break;
	case PROBE_SHAKES:
		probe_behind(p, line);
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
