/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_reply - IMAP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "base/text.h"
#include "reply/imap_reply.h"

static enum scan_result
line_ended(struct scan *scan, struct span bytes, bool bodies)
{
	struct span line = { bytes.p + scan->line, scan->pos - scan->line };
	uint64_t size;

	if (!scan_literal_size(line, &size))
		return SCAN_REPLY;
	scan->line = scan->pos;
	if (bodies) {
		scan->body = size;
		return SCAN_BODY;
	}
	if (size > IMAP_REPLY_MAX - scan->pos)
		return SCAN_BAD;
	scan->skip = size;
	return SCAN_MORE;
}

enum scan_result
imap_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;

	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	for (;;) {
		if (scan->skip > 0 && !scan_literal(scan, bytes.len))
			return SCAN_MORE;
		result = scan_line(scan, bytes, IMAP_LINE_MAX, IMAP_REPLY_MAX);
		if (result != SCAN_REPLY)
			return result;
		result = line_ended(scan, bytes, bodies);
		if (result != SCAN_MORE)
			return result;
	}
}

static const struct {
	const char		*word;
	enum reply_status	 status;
} statuses[] = {
	{ "OK", REPLY_OK }, { "NO", REPLY_NO }, { "BAD", REPLY_BAD },
	{ "BYE", REPLY_BYE }, { "PREAUTH", REPLY_PREAUTH }
};

static enum reply_status
status_of(struct span word)
{
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (span_is(word, statuses[i].word))
			return statuses[i].status;
	return REPLY_DATA;
}

/* what follows "* ": a status, or data with or without a number in front */
static bool
untagged(struct span rest, struct reply *r)
{
	struct span whole = rest, word = span_word(&rest);

	r->kind = REPLY_UNTAGGED;
	r->status = status_of(word);
	if (r->status != REPLY_DATA) {
		reply_text(r, rest);
		return true;
	}
	if (span_number(word, &r->number)) {
		r->has_number = true;
		word = span_word(&rest);
	}
	r->word = word;
	r->text = span_trim(rest);
	return whole.len > 0 && word.len > 0;
}

/* our tags are "a" and a number; another one answers nobody */
static bool
tagged(struct span tag, struct span rest, struct reply *r)
{
	uint64_t number;

	if (tag.len < 2 || (tag.p[0] != 'a' && tag.p[0] != 'A') ||
	    !span_number((struct span){ tag.p + 1, tag.len - 1 }, &number) ||
	    number > UINT32_MAX)
		return false;
	r->kind = REPLY_TAGGED;
	r->tag = (unsigned)number;
	r->status = status_of(span_word(&rest));
	reply_text(r, rest);
	return (r->status == REPLY_OK || r->status == REPLY_NO ||
	    r->status == REPLY_BAD);
}

bool
imap_reply(struct span bytes, struct reply *r)
{
	struct span rest, first;

	memset(r, 0, sizeof(*r));
	rest = span_trim(bytes);
	r->line = rest;
	if (rest.len > 0 && rest.p[0] == '+') {
		r->kind = REPLY_CONTINUE;
		r->text = span_trim((struct span){ rest.p + 1, rest.len - 1 });
		return true;
	}
	first = span_word(&rest);
	if (first.len == 1 && first.p[0] == '*')
		return untagged(rest, r);
	return tagged(first, rest, r);
}

bool
imap_number_after(struct span list, const char *word, uint64_t *value)
{
	struct span item;
	bool found = false;

	while (list.len > 0) {
		item = span_word(&list);
		while (item.len > 0 && item.p[0] == '(') {
			item.p++;
			item.len--;
		}
		while (item.len > 0 && item.p[item.len - 1] == ')')
			item.len--;
		if (found)
			return span_number(item, value);
		found = span_is(item, word);
	}
	return false;
}

/* quoted = DQUOTE *QUOTED-CHAR DQUOTE */
static bool
quoted(struct span *s, struct buf *out)
{
	size_t i;

	for (i = 1; i < s->len && s->p[i] != '"'; i++) {
		if (s->p[i] == '\\' && i + 1 < s->len)
			i++;
		buf_char(out, s->p[i]);
	}
	if (i >= s->len)
		return false;
	s->p += i + 1;
	s->len -= i + 1;
	return true;
}

static bool
literal(struct span *s, struct buf *out)
{
	const char *lf = memchr(s->p, '\n', s->len);
	uint64_t size;
	size_t head;

	if (lf == NULL)
		return false;
	head = (size_t)(lf - s->p) + 1;
	if (!scan_literal_size((struct span){ s->p, head }, &size) ||
	    size > s->len - head)
		return false;
	buf_add(out, lf + 1, (size_t)size);
	s->p += head + (size_t)size;
	s->len -= head + (size_t)size;
	return true;
}

bool
imap_string(struct span *s, struct buf *out)
{
	struct span word;

	while (s->len > 0 && s->p[0] == ' ') {
		s->p++;
		s->len--;
	}
	if (s->len == 0)
		return false;
	if (s->p[0] == '"')
		return quoted(s, out);
	if (s->p[0] == '{')
		return literal(s, out);
	word = span_word(s);
	return word.len > 0 && buf_span_add(out, word);
}
