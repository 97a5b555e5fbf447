/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * message - is it a message that streams by; the grammar stands in the header
 */
#include <inttypes.h>
#include <string.h>

#include "reply/content_type.h"
#include "reply/message.h"

static void
fault(struct message *m, enum message_fault what)
{
	if (m->fault != MESSAGE_WELL)
		return;
	m->fault = what;
	m->fault_line = m->lines + 1;
}

static void
begin_header(struct message *m, bool embedded)
{
	m->in_header = true;
	m->embedded = embedded;
	m->fields = 0;
	m->in_type = false;
	m->ntype = 0;
}

void
message_begin(struct message *m)
{
	memset(m, 0, sizeof(*m));
	begin_header(m, false);
}

/* open_part - a multipart begins; what stands too deep or has too long a boundary is passed over */
static void
open_part(struct message *m, const struct content_type *t)
{
	struct message_part *part = &m->parts[m->depth];
	size_t i;

	if (!t->has_boundary && !t->vague)
		fault(m, MESSAGE_NO_BOUNDARY);
	if (!t->has_boundary || t->vague || m->depth == MESSAGE_DEPTH ||
	    t->boundary.len > MESSAGE_BOUNDARY_MAX)
		return;
	part->len = 0;
	part->used = false;
	for (i = 0; i < t->boundary.len; i++) {
		if (t->quoted && t->boundary.p[i] == '\\' &&
		    i + 1 < t->boundary.len)
			i++;
		part->boundary[part->len++] = t->boundary.p[i];
	}
	m->depth++;
}

/* header_done - the empty line behind it: what its Content-Type says of the body */
static void
header_done(struct message *m)
{
	struct content_type t;

	m->in_header = false;
	if (m->fields == 0 && m->depth == 0 && !m->embedded)
		fault(m, MESSAGE_NO_HEADER);
	if (m->ntype == 0 || m->ntype > MESSAGE_TYPE_MAX ||
	    !content_type((struct span){ m->type, m->ntype }, &t))
		return;
	if (span_is(t.type, "multipart"))
		open_part(m, &t);
	else if (span_is(t.type, "message") && (span_is(t.subtype, "rfc822") ||
	    span_is(t.subtype, "global")))
		begin_header(m, true);
}

static void
add_type(struct message *m, struct span text)
{
	if (text.len > MESSAGE_TYPE_MAX - m->ntype) {
		m->in_type = false;
		m->ntype = MESSAGE_TYPE_MAX + 1;
		return;
	}
	memcpy(m->type + m->ntype, text.p, text.len);
	m->ntype += text.len;
}

/* field_name - without the spaces that old messages have before the colon; empty if it is none */
static struct span
field_name(struct span line)
{
	const char *colon = memchr(line.p, ':', line.len);
	struct span name = { line.p, 0 };
	size_t i;

	if (colon == NULL)
		return name;
	name.len = (size_t)(colon - line.p);
	while (name.len > 0 && (line.p[name.len - 1] == ' ' ||
	    line.p[name.len - 1] == '\t'))
		name.len--;
	for (i = 0; i < name.len; i++)
		if (name.p[i] <= ' ' || name.p[i] == 127)
			name.len = 0;
	return name;
}

static void
header_line(struct message *m, struct span line)
{
	struct span name;
	const char *colon;

	if (line.len == 0) {
		header_done(m);
		return;
	}
	if ((line.p[0] == ' ' || line.p[0] == '\t') && m->fields > 0) {
		if (m->in_type)
			add_type(m, line);
		return;
	}
	name = field_name(line);
	if (name.len == 0) {
		if (!m->embedded)
			fault(m, MESSAGE_BAD_FIELD);
		m->in_header = false;
		return;
	}
	m->fields++;
	m->in_type = span_is(name, "Content-Type") && m->ntype == 0;
	colon = memchr(line.p, ':', line.len);
	if (m->in_type && colon != NULL)
		add_type(m, (struct span){ colon + 1,
		    line.len - (size_t)(colon + 1 - line.p) });
}

/* delimits - is the line a boundary of that part, and the last one? */
static bool
delimits(const struct message_part *part, struct span line, bool *last)
{
	if (line.len < part->len + 2 || line.p[0] != '-' ||
	    line.p[1] != '-' ||
	    memcmp(line.p + 2, part->boundary, part->len) != 0)
		return false;
	line = span_trim((struct span){ line.p + 2 + part->len,
	    line.len - 2 - part->len });
	*last = span_is(line, "--");
	return line.len == 0 || *last;
}

/* boundary - does the line end a part? those within it had to be closed by then */
static bool
boundary(struct message *m, struct span line)
{
	size_t i;
	bool last;

	for (i = m->depth; i > 0; i--)
		if (delimits(&m->parts[i - 1], line, &last))
			break;
	if (i == 0)
		return false;
	if (i < m->depth)
		fault(m, m->parts[m->depth - 1].used ? MESSAGE_UNCLOSED :
		    MESSAGE_UNUSED);
	m->parts[i - 1].used = true;
	m->depth = last ? i - 1 : i;
	m->in_header = false;
	if (!last)
		begin_header(m, false);
	return true;
}

static void
line_done(struct message *m)
{
	struct span line = { m->line, MESSAGE_LINE_KEPT };

	if (m->length > 0 && m->last == '\r')
		m->length--;
	if (m->length < line.len)
		line.len = (size_t)m->length;
	if (m->length > MESSAGE_LINE_MAX)
		fault(m, MESSAGE_LONG_LINE);
	if (!boundary(m, line) && m->in_header)
		header_line(m, line);
	m->lines++;
	m->length = 0;
}

/* keep - a piece of a line without its LF */
static void
keep(struct message *m, struct span piece)
{
	size_t n = piece.len;

	if (n == 0)
		return;
	if (memchr(piece.p, '\0', n) != NULL)
		fault(m, MESSAGE_NUL);
	if (m->length < MESSAGE_LINE_KEPT) {
		if (n > MESSAGE_LINE_KEPT - m->length)
			n = (size_t)(MESSAGE_LINE_KEPT - m->length);
		memcpy(m->line + m->length, piece.p, n);
	}
	m->length += piece.len;
	m->last = piece.p[piece.len - 1];
}

void
message_bytes(struct message *m, struct span bytes)
{
	const char *lf;
	struct span piece;

	while (bytes.len > 0) {
		lf = memchr(bytes.p, '\n', bytes.len);
		piece = bytes;
		if (lf != NULL)
			piece.len = (size_t)(lf - bytes.p);
		keep(m, piece);
		if (lf == NULL)
			return;
		line_done(m);
		bytes.p += piece.len + 1;
		bytes.len -= piece.len + 1;
	}
}

enum message_fault
message_end(struct message *m)
{
	if (m->lines == 0 && m->length == 0)
		fault(m, MESSAGE_EMPTY);
	if (m->length > 0)
		line_done(m);
	if (m->in_header && m->depth == 0 && !m->embedded)
		fault(m, MESSAGE_OPEN_HEADER);
	if (m->depth > 0)
		fault(m, m->parts[m->depth - 1].used ? MESSAGE_UNCLOSED :
		    MESSAGE_UNUSED);
	return m->fault;
}

void
message_words(const struct message *m, struct buf *out)
{
	static const char *const rules[] = {
		[MESSAGE_WELL] = "nothing is wrong with it",
		[MESSAGE_EMPTY] = "it is empty",
		[MESSAGE_NO_HEADER] = "it has no header",
		[MESSAGE_BAD_FIELD] = "stands in a header and is no field",
		[MESSAGE_OPEN_HEADER] = "it ends within its header",
		[MESSAGE_NUL] = "holds a NUL byte",
		[MESSAGE_LONG_LINE] = "is longer than 998 bytes",
		[MESSAGE_NO_BOUNDARY] = "it is multipart and names no boundary",
		[MESSAGE_UNUSED] = "the boundary that it names never comes",
		[MESSAGE_UNCLOSED] = "the closing boundary of a multipart is missing"
	};

	if (m->fault == MESSAGE_BAD_FIELD || m->fault == MESSAGE_NUL ||
	    m->fault == MESSAGE_LONG_LINE)
		buf_fmt(out, "line %" PRIu64 " ", m->fault_line);
	buf_str(out, rules[m->fault]);
}
