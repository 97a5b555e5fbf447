/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp_reply - SMTP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/smtp_reply.h"

/* where a scan is */
enum place {
	IN_FIRST,	/* the first line, with its code */
	AT_CODE,	/* a later line, whose code is still there */
	IN_TEXT,	/* a later line without its code */
	IN_LAST		/* the same, and no other follows */
};

/* coded - does the line begin with a code, and nothing that makes another word of it? */
static bool
coded(struct span line)
{
	return scan_coded(line, '2', '5', " -\r\n");
}

/* next_line - another one follows */
static enum scan_result
next_line(struct scan *scan)
{
	scan->place = AT_CODE;
	scan->line = scan->pos;
	return ++scan->lines >= SMTP_LINES_MAX ? SCAN_BAD : SCAN_MORE;
}

/* drop_code - the code of a later line, once the whole line is there: the same as in the first, or no reply */
static enum scan_result
drop_code(struct scan *scan, struct span bytes)
{
	struct span line = { bytes.p + scan->line, scan->pos - scan->line };

	scan->pos = scan->line;
	if (!coded(line) || memcmp(line.p, bytes.p, 3) != 0)
		return SCAN_BAD;
	scan->place = line.p[3] == '-' ? IN_TEXT : IN_LAST;
	scan->body = line.p[3] == '-' || line.p[3] == ' ' ? 4 : 3;
	return SCAN_DROP;
}

enum scan_result
smtp_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;

	(void)bodies;
	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	for (;;) {
		result = scan_line(scan, bytes, SMTP_LINE_MAX, SMTP_REPLY_MAX);
		if (result != SCAN_REPLY)
			return result;
		switch ((enum place)scan->place) {
		case IN_FIRST:
			if (!coded((struct span){ bytes.p, scan->pos }) ||
			    bytes.p[3] != '-')
				return SCAN_REPLY;
			break;
		case AT_CODE:
			return drop_code(scan, bytes);
		case IN_TEXT:
			break;
		case IN_LAST:
			return SCAN_REPLY;
		}
		if (next_line(scan) == SCAN_BAD)
			return SCAN_BAD;
	}
}

/* part - cut a number of at most three digits off the front */
static bool
part(struct span *s)
{
	size_t n = 0;

	while (n < s->len && n < 3 && s->p[n] >= '0' &&
	    s->p[n] <= '9')
		n++;
	s->p += n;
	s->len -= n;
	return n > 0;
}

static bool
dot(struct span *s)
{
	if (s->len == 0 || s->p[0] != '.')
		return false;
	s->p++;
	s->len--;
	return true;
}

/* enhanced - the enhanced status code that the text begins with; of the same class as the code, else empty */
static struct span
enhanced(struct span text, char class)
{
	struct span rest = text, none = { NULL, 0 };

	if (text.len < 5 || text.p[0] != class || text.p[1] != '.')
		return none;
	if (!part(&rest) || !dot(&rest) || !part(&rest) || !dot(&rest) ||
	    !part(&rest) || (rest.len > 0 && strchr(" \t\r\n", rest.p[0]) == NULL))
		return none;
	return (struct span){ text.p, (size_t)(rest.p - text.p) };
}

static enum reply_status
status(struct span code)
{
	if (code.p[0] == '2')
		return REPLY_OK;
	if (code.p[0] == '5' && code.p[1] == '0')
		return REPLY_BAD;
	return REPLY_NO;
}

bool
smtp_reply(struct span bytes, struct reply *r)
{
	memset(r, 0, sizeof(*r));
	if (!coded(bytes))
		return false;
	r->line = span_trim(bytes);
	r->code = (struct span){ r->line.p, 3 };
	r->has_number = span_number(r->code, &r->number);
	r->text = r->line;
	r->text.p += r->line.len > 3 ? 4 : 3;
	r->text.len -= r->line.len > 3 ? 4 : 3;
	r->text = span_trim(r->text);
	r->kind = r->code.p[0] == '3' ? REPLY_CONTINUE : REPLY_TAGGED;
	if (r->kind == REPLY_CONTINUE)
		return true;
	r->status = status(r->code);
	r->code_args = enhanced(r->text, r->code.p[0]);
	return true;
}
