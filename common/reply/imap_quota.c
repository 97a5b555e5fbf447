/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - QUOTA and QUOTAROOT responses; the grammar stands in the header
 */
#include <string.h>

#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

bool
imap_quota_root(struct span *text, struct buf *root)
{
	const char *close = NULL;
	bool named;
	size_t i;

	*text = span_trim(*text);
	named = text->len > 0 && text->p[0] != '(';
	if (named && !imap_string(text, root))
		return false;
	*text = span_trim(*text);
	if (text->len == 0)
		return named;
	if (text->p[0] != '(')
		return false;
	for (i = text->len; i > 1 && close == NULL; i--)
		if (text->p[i - 1] == ')')
			close = text->p + i - 1;
	if (close == NULL)
		return false;
	*text = (struct span){ text->p + 1, (size_t)(close - text->p) - 1 };
	return true;
}

/* number - all of the word; beyond 64 bits it is as large as it can be.  A negative one is told. */
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
	if (word.len == 0)
		return false;
	if (!span_number(word, value))
		*value = UINT64_MAX;
	return true;
}

enum imap_quota_found
imap_quota_next(struct span *list, struct imap_quota *quota)
{
	bool owing, boundless;

	*list = span_trim(*list);
	if (list->len == 0)
		return IMAP_QUOTA_END;
	quota->resource = span_word(list);
	*list = span_trim(*list);
	if (!number(span_word(list), &quota->used, &owing))
		return IMAP_QUOTA_NONSENSE;
	*list = span_trim(*list);
	if (!number(span_word(list), &quota->limit, &boundless))
		return IMAP_QUOTA_NONSENSE;
	if (owing)
		quota->used = 0;
	quota->limited = !boundless;
	return IMAP_QUOTA_ONE;
}

uint64_t
imap_quota_unit(struct span resource)
{
	/* the second one is as Cyrus 2.4 and 2.5 call it (imap/quota_db.c) */
	static const char *const stores[] = {
		"STORAGE", "X-ANNOTATION-STORAGE", "ANNOTATION-STORAGE"
	};
	size_t i;

	for (i = 0; i < sizeof(stores) / sizeof(stores[0]); i++)
		if (span_is(resource, stores[i]))
			return 1024;
	return 0;
}
