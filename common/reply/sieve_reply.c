/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sieve_reply - ManageSieve server bytes to replies; the grammar stands in the
 * header
 */
#include <string.h>

#include "reply/sieve_reply.h"

/* literal_size - of a literal that the line opens with its last word */
static bool
literal_size(struct span line, uint64_t *size)
{
	size_t open;

	line = span_trim(line);
	if (line.len < 3 || line.p[line.len - 1] != '}')
		return false;
	line.len--;
	if (line.p[line.len - 1] == '+')
		line.len--;
	for (open = line.len; open > 0 && line.p[open - 1] >= '0' &&
	    line.p[open - 1] <= '9'; open--)
		continue;
	if (open == 0 || line.p[open - 1] != '{' || open == line.len)
		return false;
	/* what no number holds is beyond the cap as well */
	if (!span_number((struct span){ line.p + open, line.len - open }, size))
		*size = UINT64_MAX;
	return true;
}

/* pass_literal - as much of it as is there; true at its end */
static bool
pass_literal(struct scan *scan, size_t len)
{
	uint64_t there = len - scan->pos;

	if (there > scan->skip)
		there = scan->skip;
	scan->pos += (size_t)there;
	scan->skip -= there;
	scan->line = scan->pos;
	return scan->skip == 0;
}

/* to_line_end - pass the line under way; SCAN_REPLY when all of it is there */
static enum scan_result
to_line_end(struct scan *scan, struct span bytes)
{
	const char *lf = scan->pos < bytes.len ? memchr(bytes.p + scan->pos,
	    '\n', bytes.len - scan->pos) : NULL;

	scan->pos = lf == NULL ? bytes.len : (size_t)(lf - bytes.p) + 1;
	if (scan->pos - scan->line > SIEVE_LINE_MAX ||
	    scan->pos > SIEVE_REPLY_MAX)
		return SCAN_BAD;
	return lf == NULL ? SCAN_MORE : SCAN_REPLY;
}

enum scan_result
sieve_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;
	struct span line;

	(void)bodies;
	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	for (;;) {
		if (scan->skip > 0 && !pass_literal(scan, bytes.len))
			return SCAN_MORE;
		if ((result = to_line_end(scan, bytes)) != SCAN_REPLY)
			return result;
		line = (struct span){ bytes.p + scan->line,
		    scan->pos - scan->line };
		if (!literal_size(line, &scan->skip))
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

	if (lf == NULL || !literal_size((struct span){ s->p,
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
