/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_command - put a command together (RFC 3501 section 9: command, astring)
 *
 *	quoted       = DQUOTE *QUOTED-CHAR DQUOTE	; 7 bit, no CR, LF, NUL
 *	literal      = "{" number "}" CRLF *CHAR8	; the server must agree first
 *	literal+     = "{" number "+" "}" CRLF *CHAR8	; RFC 7888: it need not
 *
 * What goes out at once is appended to session.out; behind a synchronising
 * literal the rest stands in `pending`, cut into the parts that each
 * continuation lets go.
 */
#include <string.h>

#include "base/text.h"
#include "base/utf7.h"
#include "dialog/imap.h"

enum {
	LITERAL_MINUS_MAX = 4096	/* RFC 7888 section 5: no larger one without waiting */
};

/* put - bytes of the command, wherever they have to wait */
static void
put(struct session *s, const void *bytes, size_t n)
{
	struct imap *m = imap_of(s);

	if (m->nparts == 0) {
		buf_add(&s->out, bytes, n);
		return;
	}
	buf_add(&m->pending, bytes, n);
	m->parts[m->nparts - 1] += n;
}

static void
put_str(struct session *s, const char *text)
{
	put(s, text, strlen(text));
}

void
imap_begin(struct session *s, struct exchange *x, const char *verb)
{
	struct imap *m = imap_of(s);
	struct buf tag;

	buf_init(&tag, 32);
	buf_fmt(&tag, "a%u ", ++m->tags);
	x->tag = m->tags;
	put(s, buf_span(&tag).p, tag.len);
	put_str(s, verb);
	buf_clear(&m->line);
	buf_fmt(&m->line, "%s%s", buf_cstr(&tag), verb);
	buf_free(&tag);
}

void
imap_word(struct session *s, const char *word)
{
	put_str(s, " ");
	put_str(s, word);
	buf_fmt(&imap_of(s)->line, " %s", word);
}

/* literal - announce the size; unless the server waives it, what follows waits */
static void
literal(struct session *s, struct span text)
{
	struct imap *m = imap_of(s);
	bool waived = (m->caps & CAP_LITERAL_PLUS) != 0 ||
	    ((m->caps & CAP_LITERAL_MINUS) != 0 &&
	    text.len <= LITERAL_MINUS_MAX);
	struct buf head;

	buf_init(&head, 64);
	buf_fmt(&head, "{%zu%s}\r\n", text.len, waived ? "+" : "");
	put(s, buf_span(&head).p, head.len);
	buf_free(&head);
	if (!waived && m->nparts < IMAP_PARTS_MAX)
		m->parts[m->nparts++] = 0;
	put(s, text.p, text.len);
}

/* quotable - a quoted string may hold it */
static bool
quotable(struct span text)
{
	return text_is_ascii(text) && !text_has_control(text) &&
	    text.len < 1024;
}

static void
quoted(struct session *s, struct span text)
{
	size_t i;

	put_str(s, "\"");
	for (i = 0; i < text.len; i++) {
		if (text.p[i] == '"' || text.p[i] == '\\')
			put_str(s, "\\");
		put(s, text.p + i, 1);
	}
	put_str(s, "\"");
}

void
imap_astring(struct session *s, struct span text, bool secret)
{
	struct imap *m = imap_of(s);

	put_str(s, " ");
	if (quotable(text))
		quoted(s, text);
	else
		literal(s, text);
	buf_str(&m->line, " ");
	if (secret)
		buf_str(&m->line, "(secret)");
	else
		text_clean(&m->line, text, TEXT_QUOTE_MAX);
}

void
imap_message(struct session *s, struct span message)
{
	put_str(s, " ");
	literal(s, message);
	buf_fmt(&imap_of(s)->line, " (%zu bytes)", message.len);
}

void
imap_mailbox(struct session *s, struct span name)
{
	struct buf wire;

	if ((imap_of(s)->caps & (CAP_REV1 | CAP_REV2)) == CAP_REV2) {
		imap_astring(s, name, false);
		return;
	}
	buf_init(&wire, IMAP_PENDING_MAX);
	utf7_encode(&wire, name);
	imap_astring(s, buf_span(&wire), false);
	buf_free(&wire);
}

void
imap_decoded(const struct session *s, struct span wire, struct buf *name)
{
	size_t len = name->len;

	if ((imap_of(s)->caps & (CAP_REV1 | CAP_REV2)) != CAP_REV2 &&
	    utf7_decode(name, wire))
		return;
	buf_cut(name, len, name->len - len);
	buf_span_add(name, wire);
}

void
imap_initial(struct session *s, struct span text)
{
	put_str(s, " ");
	put(s, text.p, text.len);
	buf_str(&imap_of(s)->line, " (secret)");
}

bool
imap_wire_is_free(const struct session *s)
{
	return imap_of(s)->nparts == 0;
}

void
imap_forget_command(struct session *s)
{
	struct imap *m = imap_of(s);

	buf_clear(&m->pending);
	m->nparts = 0;
}

bool
imap_end(struct session *s)
{
	struct imap *m = imap_of(s);

	put_str(s, "\r\n");
	session_log(s, ">", buf_span(&m->line));
	if (s->out.nomem || m->pending.nomem)
		s->result->sheet.nomem = true;
	if (!s->out.overflow && !m->pending.overflow)
		return !s->result->sheet.nomem;
	session_find(s, CAUSE_INTERNAL_ERROR, ladder_stage(s), NULL,
	    "a command for %s is longer than this program can send", s->whom);
	return false;
}

bool
imap_continue(struct session *s)
{
	struct imap *m = imap_of(s);
	size_t n;

	if (m->nparts == 0)
		return false;
	n = m->parts[0];
	buf_add(&s->out, buf_span(&m->pending).p, n);
	buf_drop(&m->pending, n);
	m->nparts--;
	memmove(m->parts, m->parts + 1, m->nparts * sizeof(m->parts[0]));
	return true;
}
