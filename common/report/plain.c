/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * plain - text that schedulers can be given, whatever it holds
 */
#include "report/plain.h"

/* what schedulers or their web pages would take for more than text */
static char
tame(char c)
{
	switch (c) {
	case '<':
		return '(';
	case '>':
		return ')';
	case '|':
		return '/';
	default:
		return (unsigned char)c < 0x20 || c == 0x7f ? ' ' : c;
	}
}

void
plain_text(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++)
		buf_char(out, tame(*s));
}

void
plain_span(struct buf *out, struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		buf_char(out, tame(s.p[i]));
}

void
plain_take(struct buf *out, struct buf *own)
{
	buf_span_add(out, buf_span(own));
	if (own->nomem)
		out->nomem = true;
	buf_free(own);
}
