/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - QUOTA and QUOTAROOT responses; the grammar stands in the header
 */
#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

static void
skip_spaces(struct span *s)
{
	while (s->len > 0 && s->p[0] == ' ') {
		s->p++;
		s->len--;
	}
}

/* bare_root - one that is neither quoted nor a literal: whatever stands before the last parenthesis, for no resource holds one */
static bool
bare_root(struct span *s, struct buf *root)
{
	size_t open = s->len;

	while (open > 0 && s->p[open - 1] != '(')
		open--;
	if (open == 0)
		return false;
	(void)buf_span_add(root, span_trim((struct span){ s->p, open - 1 }));
	s->p += open;
	s->len -= open;
	return true;
}

bool
imap_quota_root(struct span *s, struct buf *root)
{
	skip_spaces(s);
	if (s->len == 0 || (s->p[0] != '"' && s->p[0] != '{'))
		return bare_root(s, root);
	if (!imap_string(s, root))
		return false;
	skip_spaces(s);
	if (s->len == 0) {
		/* no list is an empty one */
		*s = span_of(")");
		return true;
	}
	if (s->p[0] != '(')
		return false;
	s->p++;
	s->len--;
	return true;
}

/* atom - up to a space or the end of the list */
static struct span
atom(struct span *s)
{
	struct span word = { s->p, 0 };

	skip_spaces(s);
	word.p = s->p;
	while (word.len < s->len && word.p[word.len] != ' ' &&
	    word.p[word.len] != ')')
		word.len++;
	s->p += word.len;
	s->len -= word.len;
	return word;
}

/* number - false for what is none; *negative for those below 0 */
static bool
number(struct span word, uint64_t *value, bool *negative)
{
	size_t i;

	*negative = word.len > 1 && word.p[0] == '-';
	if (*negative) {
		word.p++;
		word.len--;
	}
	for (i = 0; i < word.len; i++)
		if (word.p[i] < '0' || word.p[i] > '9')
			return false;
	if (word.len > 0 && !span_number(word, value))
		*value = UINT64_MAX;
	return word.len > 0;
}

enum imap_quota_got
imap_quota_item(struct span *s, struct imap_quota_item *item)
{
	struct span limit;
	bool negative;

	skip_spaces(s);
	if (s->len > 0 && s->p[0] == ')')
		return IMAP_QUOTA_END;
	item->resource = atom(s);
	if (item->resource.len == 0 ||
	    !number(atom(s), &item->used, &negative))
		return IMAP_QUOTA_BAD;
	if (negative)
		item->used = 0;
	limit = atom(s);
	if (limit.len == 0)
		return IMAP_QUOTA_BAD;
	item->limit = 0;
	item->limited = number(limit, &item->limit, &negative) && !negative;
	return IMAP_QUOTA_ITEM;
}

enum imap_quota_got
imap_quota_name(struct span *s, struct buf *name)
{
	skip_spaces(s);
	if (s->len == 0)
		return IMAP_QUOTA_END;
	return imap_string(s, name) ? IMAP_QUOTA_ITEM : IMAP_QUOTA_BAD;
}

uint64_t
imap_quota_unit(struct span resource)
{
	static const char *const storage[] = {
		"STORAGE", "ANNOTATION-STORAGE", "X-ANNOTATION-STORAGE"
	};
	size_t i;

	for (i = 0; i < sizeof(storage) / sizeof(storage[0]); i++)
		if (span_is(resource, storage[i]))
			return 1024;
	return 0;
}
