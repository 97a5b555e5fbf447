/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - points in time: written, read, added, thinned
 */
#include <inttypes.h>
#include <string.h>

#include "judge/quota_trend.h"

#define HEAD "monitoring-plugins-mail growth 1\nof "

void
trend_write(struct buf *out, const struct trend *trend, const char *name)
{
	size_t i;

	(void)buf_fmt(out, HEAD "%s\npoints %zu\n", name, trend->n);
	for (i = 0; i < trend->n; i++)
		(void)buf_fmt(out, "%" PRId64 " %" PRId64 "\n",
		    trend->points[i].when, trend->points[i].used);
}

/* cut_text - exactly that, off the front */
static bool
cut_text(struct span *text, const char *what)
{
	size_t len = strlen(what);

	if (text->len < len || memcmp(text->p, what, len) != 0)
		return false;
	text->p += len;
	text->len -= len;
	return true;
}

/* cut_number - a number and what ends it, off the front */
static bool
cut_number(struct span *text, char end, int64_t *value)
{
	const char *at = memchr(text->p, end, text->len);
	struct span digits = *text;
	uint64_t number;

	if (at == NULL)
		return false;
	digits.len = (size_t)(at - text->p);
	/* as it was written: without zeros in front */
	if (!span_number(digits, &number) || number > INT64_MAX ||
	    (digits.len > 1 && digits.p[0] == '0'))
		return false;
	*value = (int64_t)number;
	text->p += digits.len + 1;
	text->len -= digits.len + 1;
	return true;
}

static bool
parse(struct span text, struct trend *trend, const char *name)
{
	struct trend_point point;
	int64_t count, last = -1;

	if (text.len == 0 || !cut_text(&text, HEAD) ||
	    !cut_text(&text, name) || !cut_text(&text, "\npoints ") ||
	    !cut_number(&text, '\n', &count) || count > TREND_POINTS)
		return false;
	for (; count > 0; count--) {
		if (text.len == 0 || !cut_number(&text, ' ', &point.when) ||
		    text.len == 0 || !cut_number(&text, '\n', &point.used) ||
		    point.when <= last)
			return false;
		last = point.when;
		trend->points[trend->n++] = point;
	}
	return text.len == 0;
}

bool
trend_parse(struct span text, struct trend *trend, const char *name)
{
	trend->n = 0;
	if (parse(text, trend, name))
		return true;
	trend->n = 0;
	return false;
}

static void
take_out(struct trend *trend, size_t i)
{
	trend->n--;
	memmove(&trend->points[i], &trend->points[i + 1],
	    (trend->n - i) * sizeof(trend->points[0]));
}

/* closest - the point between the ends whose neighbours are closest; the later of two, since it is the one that will soon have others near it */
static size_t
closest(const struct trend *trend)
{
	int64_t gap, least = INT64_MAX;
	size_t i, at = 1;

	for (i = 1; i + 1 < trend->n; i++) {
		gap = trend->points[i + 1].when - trend->points[i - 1].when;
		if (gap <= least) {
			least = gap;
			at = i;
		}
	}
	return at;
}

static void
thin(struct trend *trend, int64_t now, int64_t span)
{
	if (trend->n <= TREND_POINTS)
		return;
	if (now - trend->points[0].when > 2 * span)
		take_out(trend, 0);
	else
		take_out(trend, closest(trend));
}

size_t
trend_add(struct trend *trend, int64_t now, int64_t used, int64_t span)
{
	size_t dropped = 0, i = trend->n;

	while (i > 0 && trend->points[i - 1].when > now + TREND_SLACK) {
		dropped++;
		i = --trend->n;
	}
	/* another run may have been quicker with a later one */
	while (i > 0 && trend->points[i - 1].when >= now)
		i--;
	if (i == trend->n || trend->points[i].when != now) {
		memmove(&trend->points[i + 1], &trend->points[i],
		    (trend->n - i) * sizeof(trend->points[0]));
		trend->n++;
	}
	trend->points[i] = (struct trend_point){ now, used };
	thin(trend, now, span);
	return dropped;
}
