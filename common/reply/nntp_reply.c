/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nntp_reply - NNTP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/nntp_reply.h"

/* coded - does the line begin with a code, and nothing that makes another word of it? */
static bool
coded(struct span line)
{
	return scan_coded(line, '1', '5', " \r\n");
}

static bool
is_list(struct span line)
{
	return coded(line) && memcmp(line.p, "101", 3) == 0;
}

enum scan_result
nntp_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;
	struct span line;

	(void)bodies;
	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	while ((result = scan_line(scan, bytes, NNTP_LINE_MAX,
	    NNTP_REPLY_MAX)) == SCAN_REPLY) {
		line = (struct span){ bytes.p + scan->line,
		    scan->pos - scan->line };
		if (scan->lines == 0 ? !is_list(line) :
		    span_is(span_trim(line), "."))
			break;
		scan->lines++;
		scan->line = scan->pos;
	}
	return result;
}

static enum reply_status
status(struct span code)
{
	if (code.p[0] == '3')
		return REPLY_DATA;
	if (code.p[0] == '1' || code.p[0] == '2')
		return REPLY_OK;
	return code.p[0] == '5' && code.p[1] == '0' ? REPLY_BAD : REPLY_NO;
}

bool
nntp_reply(struct span bytes, struct reply *r)
{
	memset(r, 0, sizeof(*r));
	if (!coded(bytes))
		return false;
	r->line = span_trim(bytes);
	r->code = (struct span){ r->line.p, 3 };
	r->has_number = span_number(r->code, &r->number);
	r->text = span_trim((struct span){ r->line.p + 3, r->line.len - 3 });
	r->status = status(r->code);
	r->kind = r->code.p[0] == '3' ? REPLY_CONTINUE : REPLY_TAGGED;
	return true;
}
