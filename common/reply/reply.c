/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply - the words of a reply, with the code that stands before them
 */
#include "reply/reply.h"

struct span
reply_words(const struct reply *r)
{
	const char *from;

	if (r->code.len == 0)
		return r->text;
	from = r->code.p - 1;
	return (struct span){ from,
	    (size_t)(r->line.p + r->line.len - from) };
}
