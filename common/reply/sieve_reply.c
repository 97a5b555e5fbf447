/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sieve_reply - ManageSieve server bytes to replies; the grammar stands in the
 * header
 */
#include <string.h>

#include "reply/sieve_reply.h"

enum scan_result
sieve_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;
	struct span line;

	(void)bodies;
	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	for (;;) {
		if (scan->skip > 0 && !scan_literal(scan, bytes.len))
			return SCAN_MORE;
		if ((result = scan_line(scan, bytes, SIEVE_LINE_MAX,
		    SIEVE_REPLY_MAX)) != SCAN_REPLY)
			return result;
		line = (struct span){ bytes.p + scan->line,
		    scan->pos - scan->line };
		if (!scan_literal_size(line, &scan->skip))
			return SCAN_REPLY;
		if (scan->skip > SIEVE_REPLY_MAX - scan->pos)
			return SCAN_BAD;
		scan->line = scan->pos;
	}
}

static void
forward(struct span *s, size_t n)
{
	s->p += n;
	s->len -= n;
}

static void
blanks(struct span *s)
{
	while (s->len > 0 && (*s->p == ' ' || *s->p == '\t'))
		forward(s, 1);
}

/* end_of - where a quoted string that begins at the front is closed; its length if it is not */
static size_t
end_of(struct span quoted)
{
	size_t i;

	for (i = 1; i < quoted.len && quoted.p[i] != '"'; i++)
		if (quoted.p[i] == '\\')
			i++;
	return i < quoted.len ? i : quoted.len;
}

/* literal - take one off the front */
static bool
literal(struct span *s, struct span *string)
{
	const char *lf = memchr(s->p, '\n', s->len);
	uint64_t size;

	if (lf == NULL || !scan_literal_size((struct span){ s->p,
	    (size_t)(lf - s->p) }, &size))
		return false;
	forward(s, (size_t)(lf - s->p) + 1);
	if (size > s->len)
		return false;
	*string = (struct span){ s->p, (size_t)size };
	forward(s, (size_t)size);
	return true;
}

/* take_string - take a string off the front, with what is blank before it; false if there is none */
static bool
take_string(struct span *s, struct span *string)
{
	size_t end;

	blanks(s);
	if (s->len > 0 && *s->p == '{')
		return literal(s, string);
	if (s->len == 0 || *s->p != '"' || (end = end_of(*s)) == s->len)
		return false;
	*string = (struct span){ s->p + 1, end - 1 };
	forward(s, end + 1);
	return true;
}

/* take_code - "(NAME arguments)" off the front, if it begins so */
static void
take_code(struct span *s, struct reply *r)
{
	struct span inside;
	size_t i;

	blanks(s);
	if (s->len == 0 || *s->p != '(')
		return;
	for (i = 1; i < s->len && s->p[i] != ')'; i++)
		if (s->p[i] == '"')
			i += end_of((struct span){ s->p + i, s->len - i });
	if (i >= s->len)
		return;
	inside = (struct span){ s->p + 1, i - 1 };
	forward(s, i + 1);
	r->code = span_word(&inside);
	r->code_args = span_trim(inside);
}

static const struct {
	const char		*word;
	enum reply_kind		 kind;
	enum reply_status	 status;
} statuses[] = {
	{ "OK", REPLY_TAGGED, REPLY_OK }, { "NO", REPLY_TAGGED, REPLY_NO },
	{ "BYE", REPLY_UNTAGGED, REPLY_BYE }
};

/* is_status - then the rest is its code and its words */
static bool
is_status(struct span line, struct reply *r)
{
	struct span rest = line, word = span_word(&rest);
	size_t i;

	for (i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		if (!span_is(word, statuses[i].word))
			continue;
		r->kind = statuses[i].kind;
		r->status = statuses[i].status;
		take_code(&rest, r);
		if (!take_string(&rest, &r->text))
			r->text = span_trim(rest);
		if (r->text.len == 0 && r->status != REPLY_OK)
			r->text = r->line;
		return true;
	}
	return false;
}

/* without_end - blanks at the end may belong to a literal, and stay */
static struct span
without_end(struct span line)
{
	if (line.len > 0 && line.p[line.len - 1] == '\n')
		line.len--;
	if (line.len > 0 && line.p[line.len - 1] == '\r')
		line.len--;
	return line;
}

bool
sieve_reply(struct span bytes, struct reply *r)
{
	struct span rest;

	memset(r, 0, sizeof(*r));
	r->line = span_trim(bytes);
	rest = without_end(bytes);
	if (is_status(rest, r))
		return true;
	r->kind = REPLY_UNTAGGED;
	r->status = REPLY_DATA;
	if (!take_string(&rest, &r->word))
		return false;
	(void)take_string(&rest, &r->text);
	return span_trim(rest).len == 0;
}
