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
probe_quote(struct probe *p, struct span words)
{
	char text[TEXT_QUOTE_BUF];
	struct buf b;

	buf_init(&b, sizeof(text) - 1);
	text_clean(&b, span_trim(words), TEXT_QUOTE_MAX);
	free(p->row->words);
	p->row->words = b.nomem || b.len == 0 ? NULL :
	    sentence_make("%s", buf_cstr(&b));
	buf_free(&b);
}

enum speech
probe_speech(const struct probe *p)
{
	return (enum speech)(p->encrypted ? p->row->inside : p->row->speech);
}

bool
probe_is_mail(const struct probe *p)
{
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
	case SPEECH_SIEVE:
		return true;
	default:
		return false;
	}
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
	if (span_begins(line, "* BYE")) {
		unwelcome(p, &imap_refusals, imap_reply, line);
		return;
	}
	p->row->greeted = true;
	p->row->starttls = span_has(line, " STARTTLS");
	if (span_has(line, "[CAPABILITY "))
		probe_offered(p);
	else
		probe_ask(p, "a CAPABILITY", false);
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
	if (p->row->greeted)
		probe_offered(p);
	else
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

/* first - the first line tells who it is */
static void
first(struct probe *p, struct span line)
{
	enum speech s = speech_of(line);

	if (s == SPEECH_TLS && p->encrypted)
		s = SPEECH_OTHER;
	/* the codes are the same (RFC 959 section 5.4) */
	if (s == SPEECH_SMTP && span_has(line, "FTP") &&
	    !span_has(line, "SMTP"))
		s = SPEECH_FTP;
	if (p->encrypted)
		p->row->inside = (uint8_t)s;
	else
		p->row->speech = (uint8_t)s;
	if (s != SPEECH_TLS)
		probe_quote(p, line);
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
	default:
		break;
	}
}

/* babble - bytes without a line end that will never have one */
static bool
is_babble(const struct probe *p)
{
	struct span s = buf_span(&p->in);

	if (p->in.overflow || p->total > PROBE_BYTES_MAX)
		return true;
	return p->state == PROBE_WAITS && s.len > 0 &&
	    (reply_is_binary(s) || speech_of(s) == SPEECH_TLS);
}

/* take - whole lines out of what is held */
static void
take(struct probe *p)
{
	struct span rest = buf_span(&p->in);
	const char *end;

	while (rest.len > 0 && p->state != PROBE_OVER &&
	    (end = memchr(rest.p, '\n', rest.len)) != NULL) {
		struct span line = { rest.p, (size_t)(end - rest.p) };

		probe_line(p, line);
		rest.p = end + 1;
		rest.len -= line.len + 1;
		/* what stands behind the answer in clear is not believed, but for a farewell */
		if (p->state == PROBE_SHAKES) {
			probe_behind(p, rest);
			rest.len = 0;
		}
	}
	buf_drop(&p->in, p->in.len - rest.len);
}

/* babbled - it is what it seems, but no server of mail says so much */
static void
babbled(struct probe *p)
{
	probe_line(p, buf_span(&p->in));
	if (probe_is_mail(p) && p->row->trouble == CAUSE_NONE)
		p->row->trouble = CAUSE_PROTOCOL_VIOLATION;
	p->state = PROBE_OVER;
}

void
probe_bytes(struct probe *p, struct span bytes, int64_t now)
{
	size_t n;

	if (p->total == 0 && bytes.len > 0 && p->row->greeting_usec == 0)
		p->row->greeting_usec = now > p->opened ?
		    (uint32_t)(now - p->opened) : 1;
	p->total += bytes.len;
	while (bytes.len > 0 && p->state != PROBE_OVER) {
		n = bytes.len < PROBE_LINE_MAX / 2 ? bytes.len :
		    PROBE_LINE_MAX / 2;
		buf_add(&p->in, bytes.p, n);
		bytes.p += n;
		bytes.len -= n;
		if (is_babble(p)) {
			babbled(p);
			return;
		}
		take(p);
	}
}
