/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply - what the replies of all protocols have in common
 */
#include <string.h>

#include "reply/reply.h"

struct span
reply_words(const struct reply *r)
{
	const char *from;

	if (r->code.len == 0)
		return r->text;
	from = r->code.p > r->line.p ? r->code.p - 1 : r->code.p;
	return (struct span){ from,
	    (size_t)(r->line.p + r->line.len - from) };
}

void
reply_text(struct reply *r, struct span rest)
{
	const char *close;
	struct span code;

	rest = span_trim(rest);
	r->text = rest;
	if (rest.len < 2 || rest.p[0] != '[' ||
	    (close = memchr(rest.p, ']', rest.len)) == NULL)
		return;
	code = (struct span){ rest.p + 1, (size_t)(close - rest.p) - 1 };
	r->text = span_trim((struct span){ close + 1,
	    rest.len - (size_t)(close - rest.p) - 1 });
	r->code = span_word(&code);
	r->code_args = span_trim(code);
}

enum scan_result
reply_foreign(struct scan *scan, struct span bytes)
{
	size_t i;

	scan->pos = bytes.len;
	for (i = 0; i < bytes.len && i < FOREIGN_LINE_MAX; i++)
		if (bytes.p[i] == '\n' || reply_is_binary((struct span)
		    { bytes.p + i, 1 }))
			return SCAN_BAD;
	return i < FOREIGN_LINE_MAX ? SCAN_MORE : SCAN_BAD;
}

bool
reply_is_binary(struct span bytes)
{
	unsigned char first = bytes.len > 0 ? (unsigned char)bytes.p[0] : ' ';

	return first < ' ' && first != '\r' && first != '\n' && first != '\t';
}
