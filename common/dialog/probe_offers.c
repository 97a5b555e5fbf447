/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe_offers - what a server that has greeted offers (RFC 3501 section 7.2.1,
 * RFC 2449 section 5, RFC 5321 section 4.1.1.1, RFC 5804 section 1.7), and its
 * word on STARTTLS
 */
#include "dialog/probe_hear.h"
#include "judge/handshake.h"
#include "report/cause.h"

void
probe_ask(struct probe *p, const char *words, bool name)
{
	char text[ADDRESS_TEXT], line[ADDRESS_TEXT + 16];
	struct buf b;

	buf_init(&b, sizeof(line) - 1);
	buf_str(&b, words);
	if (name)
		buf_fmt(&b, " %s", address_literal(&p->local, text));
	span_copy(buf_span(&b), line, sizeof(line));
	buf_free(&b);
	probe_say(p, line);
	p->state = PROBE_ASKED;
}

void
probe_offered(struct probe *p)
{
	p->row->asked = true;
	if (p->depth != PROBE_TLS || !p->row->starttls || p->encrypted) {
		probe_leave(p);
		return;
	}
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
		probe_say(p, "b STARTTLS");
		break;
	case SPEECH_POP3:
		probe_say(p, "STLS");
		break;
	default:
		probe_say(p, "STARTTLS");
		break;
	}
	p->state = PROBE_STARTS;
}

static void
capable_imap(struct probe *p, struct span line)
{
	if (span_begins(line, "* CAPABILITY ") &&
	    span_has_word(line, "STARTTLS"))
		p->row->starttls = true;
	if (span_begins(line, "a "))
		probe_offered(p);
}

static void
capable_pop3(struct probe *p, struct span line)
{
	struct span rest = line;

	if (span_is(span_word(&rest), "STLS"))
		p->row->starttls = true;
	if (span_is(line, ".") || span_begins(line, "-ERR"))
		probe_offered(p);
}

static void
capable_smtp(struct probe *p, struct span line)
{
	struct span rest = line;

	if (span_begins(line, "5") && !p->lmtp && !smtp_goes_on(line)) {
		p->lmtp = true;
		probe_ask(p, "LHLO", true);
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
	if (!smtp_goes_on(line))
		probe_offered(p);
}

void
probe_offer(struct probe *p, struct span line)
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

/* refused - STARTTLS, in these words */
static void
refused(struct probe *p, struct span line)
{
	p->row->trouble = CAUSE_TLS_STARTTLS_REFUSED;
	probe_quote(p, line);
	p->state = PROBE_OVER;
}

void
probe_answered(struct probe *p, struct span line)
{
	if (span_begins(line, "* ") && !span_begins(line, "* BYE"))
		return;
	if (span_begins(line, "b OK") || span_begins(line, "+OK") ||
	    span_begins(line, "2") || span_begins(line, "OK")) {
		p->state = PROBE_SHAKES;
		return;
	}
	refused(p, line);
}

void
probe_behind(struct probe *p, struct span rest)
{
	p->row->trouble = (uint8_t)handshake_clear(rest);
	probe_quote(p, span_line(&rest));
	p->state = PROBE_OVER;
}
