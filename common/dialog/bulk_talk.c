/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk_talk - much to say and much to hear, harmlessly
 */
#include <string.h>

#include "dialog/bulk_talk.h"
#include "dialog/padded_hello.h"

enum {
	NOOP_LEN = 500		/* bytes of a padded NOOP: a line has 512 at most (RFC 5321 section 4.5.3.1.4) */
};

bool
bulk_talk_can(enum speech speech)
{
	switch (speech) {
	case SPEECH_IMAP:
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
	case SPEECH_SIEVE:
	case SPEECH_TLS:
		return true;
	default:
		return false;
	}
}

static void
say_hello(const struct bulk_talk *t, struct buf *out)
{
	struct address plain = t->ours;
	char text[ADDRESS_TEXT];

	/* RFC 5321 section 4.1.3; the zone is nobody else's business */
	plain.scope = 0;
	(void)address_text(&plain, text);
	buf_fmt(out, "%s [%s%s]\r\n",
	    t->speech == SPEECH_LMTP ? "LHLO" : "EHLO",
	    t->ours.family == 6 ? "IPv6:" : "", text);
}

/* repeat - the line until it is enough */
static void
repeat(const struct bulk_talk *t, const char *line, const char *last,
    struct buf *out)
{
	size_t n = t->amount / strlen(line) + 1;

	while (n-- > 0)
		buf_str(out, line);
	buf_str(out, last);
}

/* say_capability - RFC 3501 section 2.2.1: each with a tag of its own */
static void
say_capability(const struct bulk_talk *t, struct buf *out)
{
	size_t end = out->len + t->amount;
	unsigned n = 0;

	while (out->len < end && buf_fmt(out, "b%u CAPABILITY\r\n", ++n))
		continue;
	buf_fmt(out, "b%u LOGOUT\r\n", ++n);
}

static void
say_noops(const struct bulk_talk *t, struct buf *out)
{
	size_t n = t->amount / NOOP_LEN + 1;

	while (n-- > 0) {
		size_t pad = NOOP_LEN - sizeof("NOOP \r\n") + 1;

		buf_str(out, "NOOP ");
		while (pad-- > 0)
			buf_char(out, '.');
		buf_str(out, "\r\n");
		say_hello(t, out);
	}
	buf_str(out, "QUIT\r\n");
}

static void
say_bulk(struct bulk_talk *t, struct buf *out)
{
	t->step = BULK_TALK_ON;
	buf_free(&t->heard);
	switch (t->speech) {
	case SPEECH_IMAP:
		say_capability(t, out);
		break;
	case SPEECH_POP3:
		repeat(t, "CAPA\r\n", "QUIT\r\n", out);
		break;
	case SPEECH_SIEVE:
		repeat(t, "CAPABILITY\r\n", "LOGOUT\r\n", out);
		break;
	case SPEECH_TLS:
		padded_hello_write(out, t->host, t->amount);
		break;
	default:
		say_noops(t, out);
		break;
	}
}

/* hear_smtp - the last line of a reply: code, then a space or nothing */
static void
hear_smtp(struct bulk_talk *t, struct span last, struct buf *out)
{
	struct span all = buf_span(&t->heard);

	if (last.len > 3 && last.p[3] == '-')
		return;
	if (!span_begins(last, "2")) {
		t->step = BULK_TALK_ODD;
		return;
	}
	if (t->step == BULK_TALK_GREETING) {
		t->step = BULK_TALK_HELLO;
		say_hello(t, out);
	} else if (t->step == BULK_TALK_HELLO && span_has(all, "STARTTLS")) {
		t->step = BULK_TALK_STARTTLS;
		buf_str(out, "STARTTLS\r\n");
	} else {
		if (t->step == BULK_TALK_STARTTLS)
			t->speech = SPEECH_TLS;
		say_bulk(t, out);
	}
	buf_clear(&t->heard);
}

/* hear_line - the last of the lines that have come */
static void
hear_line(struct bulk_talk *t, struct span last, struct buf *out)
{
	switch (t->speech) {
	case SPEECH_IMAP:
		if (span_begins(last, "* OK") ||
		    span_begins(last, "* PREAUTH"))
			say_bulk(t, out);
		else
			t->step = BULK_TALK_ODD;
		break;
	case SPEECH_POP3:
		if (span_begins(last, "+OK"))
			say_bulk(t, out);
		else
			t->step = BULK_TALK_ODD;
		break;
	case SPEECH_SIEVE:
		if (span_begins(last, "OK"))
			say_bulk(t, out);
		else if (span_begins(last, "NO") ||
		    span_begins(last, "BYE"))
			t->step = BULK_TALK_ODD;
		break;
	default:
		hear_smtp(t, last, out);
		break;
	}
}

void
bulk_talk_begin(struct bulk_talk *t, enum speech speech,
    const char *host, const struct address *ours, size_t amount,
    struct buf *out)
{
	memset(t, 0, sizeof(*t));
	t->speech = speech;
	t->step = BULK_TALK_GREETING;
	t->host = host;
	t->ours = *ours;
	t->amount = amount < BULK_TALK_MIN ? BULK_TALK_MIN : amount;
	if (t->amount > BULK_TALK_MAX)
		t->amount = BULK_TALK_MAX;
	buf_init(&t->heard, BULK_TALK_HEARD);
	if (speech == SPEECH_TLS)
		say_bulk(t, out);
}

void
bulk_talk_hear(struct bulk_talk *t, struct span bytes, struct buf *out)
{
	struct span all, line, last = { NULL, 0 };

	if (t->step == BULK_TALK_ON || t->step == BULK_TALK_ODD)
		return;
	if (!buf_span_add(&t->heard, bytes)) {
		t->step = BULK_TALK_ODD;
		return;
	}
	all = buf_span(&t->heard);
	/* a line that has no end yet is not one */
	if (all.len == 0 || all.p[all.len - 1] != '\n')
		return;
	while (all.len > 0) {
		line = span_trim(span_line(&all));
		if (line.len > 0)
			last = line;
	}
	hear_line(t, last, out);
}

void
bulk_talk_free(struct bulk_talk *t)
{
	buf_free(&t->heard);
}
