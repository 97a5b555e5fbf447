/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_history - how much was used when
 */
#include <inttypes.h>
#include <string.h>

#include "base/number.h"
#include "judge/quota_history.h"

#define HEAD "monitoring-plugins-mail quota 1\nof "

void
quota_history_write(struct buf *out, const char *name,
    const struct quota_history *h)
{
	size_t i;

	(void)buf_fmt(out, HEAD "%s\npoints %zu\n", name, h->n);
	for (i = 0; i < h->n; i++)
		(void)buf_fmt(out, "%" PRId64 " %" PRId64 "\n",
		    h->points[i].when, h->points[i].used);
}

/* taken - `text` begins with that; it is taken off the front */
static bool
taken(struct span *text, const char *word)
{
	size_t len = strlen(word);

	if (text->len < len || memcmp(text->p, word, len) != 0)
		return false;
	text->p += len;
	text->len -= len;
	return true;
}

/* number - digits up to `end`, all taken off the front */
static bool
number(struct span *text, char end, uint64_t max, uint64_t *value)
{
	const char *at = text->len == 0 ? NULL :
	    memchr(text->p, end, text->len);
	struct span digits;

	if (at == NULL)
		return false;
	digits = (struct span){ text->p, (size_t)(at - text->p) };
	text->len -= digits.len + 1;
	text->p = at + 1;
	return number_uint(digits, max, value);
}

bool
quota_history_parse(struct span text, const char *name,
    struct quota_history *h)
{
	uint64_t n, when, used;
	size_t i;

	h->n = 0;
	if (!taken(&text, HEAD) || !taken(&text, name) ||
	    !taken(&text, "\npoints ") ||
	    !number(&text, '\n', QUOTA_POINTS_MAX, &n))
		return false;
	for (i = 0; i < n; i++) {
		if (!number(&text, ' ', INT64_MAX, &when) ||
		    !number(&text, '\n', INT64_MAX, &used) ||
		    (i > 0 && (int64_t)when <= h->points[i - 1].when))
			return false;
		h->points[i].when = (int64_t)when;
		h->points[i].used = (int64_t)used;
	}
	h->n = i;
	return text.len == 0;
}

/* without - the point of that number is no more */
static void
without(struct quota_history *h, size_t i)
{
	memmove(&h->points[i], &h->points[i + 1],
	    (h->n - i - 1) * sizeof(h->points[0]));
	h->n--;
}

/* thin - of all but the ends, the one whose neighbours are closest goes; so the rest stays spread over the span */
static void
thin(struct quota_history *h)
{
	size_t i, least = 1;
	int64_t gap, smallest = INT64_MAX;

	for (i = 1; i + 1 < h->n; i++) {
		gap = h->points[i + 1].when - h->points[i - 1].when;
		if (gap < smallest) {
			smallest = gap;
			least = i;
		}
	}
	without(h, least);
}

size_t
quota_history_add(struct quota_history *h, struct quota_point now,
    int64_t keep)
{
	size_t future = 0;

	while (h->n > 0 && h->points[h->n - 1].when > now.when &&
	    h->points[h->n - 1].when - now.when > QUOTA_CLOCK_SLACK) {
		h->n--;
		future++;
	}
	/* another run has come before this one, and measured later */
	if (h->n > 0 && h->points[h->n - 1].when > now.when)
		return future;
	while (h->n > 1 && h->points[h->n - 1].when - h->points[0].when > keep)
		without(h, 0);
	if (h->n > 0 && h->points[h->n - 1].when == now.when)
		h->n--;
	h->points[h->n++] = now;
	if (h->n > QUOTA_POINTS_MAX)
		thin(h);
	return future;
}
