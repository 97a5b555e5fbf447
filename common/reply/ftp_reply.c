/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ftp_reply - FTP server bytes to replies; the grammar stands in the header
 */
#include <string.h>

#include "reply/ftp_reply.h"

/* coded - does the line begin with a code, and nothing that makes another word of it? */
static bool
coded(struct span line)
{
	return scan_coded(line, '1', '6', " -\r\n");
}

/* is_last - of many lines: the code of the first one, and no hyphen */
static bool
is_last(struct span line, const char *code)
{
	return coded(line) && line.p[3] != '-' &&
	    memcmp(line.p, code, 3) == 0;
}

enum scan_result
ftp_scan(struct scan *scan, struct span bytes, bool bodies)
{
	enum scan_result result;
	struct span line;

	(void)bodies;
	if (scan->pos == 0 && reply_is_binary(bytes))
		return SCAN_BAD;
	while ((result = scan_line(scan, bytes, FTP_LINE_MAX,
	    FTP_REPLY_MAX)) == SCAN_REPLY) {
		line = (struct span){ bytes.p + scan->line,
		    scan->pos - scan->line };
		if (scan->lines == 0 ? !coded(line) || line.p[3] != '-' :
		    is_last(line, bytes.p))
			break;
		scan->lines++;
		scan->line = scan->pos;
	}
	return result;
}

static enum reply_status
status(struct span code)
{
	if (code.p[0] == '1' || code.p[0] == '3')
		return REPLY_DATA;
	if (code.p[0] == '2')
		return REPLY_OK;
	return code.p[0] == '5' && code.p[1] == '0' ? REPLY_BAD : REPLY_NO;
}

bool
ftp_reply(struct span bytes, struct reply *r)
{
	memset(r, 0, sizeof(*r));
	if (!coded(bytes))
		return false;
	r->line = span_trim(bytes);
	r->code = (struct span){ r->line.p, 3 };
	r->has_number = span_number(r->code, &r->number);
	r->text = (struct span){ r->line.p + 3, r->line.len - 3 };
	if (r->text.len > 0) {
		r->text.p++;
		r->text.len--;
	}
	r->text = span_trim(r->text);
	r->status = status(r->code);
	r->kind = r->code.p[0] == '1' ? REPLY_UNTAGGED :
	    r->code.p[0] == '3' ? REPLY_CONTINUE : REPLY_TAGGED;
	return true;
}
