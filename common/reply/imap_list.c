/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_list - LIST responses; the grammar stands in the header
 */
#include <string.h>

#include "reply/imap_list.h"
#include "reply/imap_reply.h"

/* flags - off the front; false when the name cannot be opened, or there are none */
static bool
flags(struct span *text)
{
	const char *close = memchr(text->p, ')', text->len);
	struct span list = *text;

	if (text->len == 0 || text->p[0] != '(' || close == NULL)
		return false;
	list.len = (size_t)(close - list.p);
	text->p += list.len + 1;
	text->len -= list.len + 1;
	return !span_has(list, "\\Noselect") && !span_has(list, "\\NonExistent");
}

bool
imap_list(struct span text, bool *usable, struct buf *separator,
    struct buf *name)
{
	*usable = flags(&text);
	text = span_trim(text);
	return imap_string(&text, separator) && imap_string(&text, name);
}
