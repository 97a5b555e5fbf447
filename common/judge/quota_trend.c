/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_trend - how fast something fills
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/when.h"
#include "judge/quota_trend.h"
#include "judge/quota_words.h"

#define HEAD	"monitoring-plugins-mail quota 1\n"

/* cut_number - up to that byte, which goes too */
static bool
cut_number(struct span *text, char end, int64_t *value)
{
	const char *at = memchr(text->p, end, text->len);
	uint64_t number;
	size_t len;

	if (at == NULL)
		return false;
	len = (size_t)(at - text->p);
	if (!span_number((struct span){ text->p, len }, &number) ||
	    number > INT64_MAX)
		return false;
	*value = (int64_t)number;
	text->p += len + 1;
	text->len -= len + 1;
	return true;
}

static bool
read_points(struct span text, struct quota_trend *t)
{
	struct quota_point *p;

	while (text.len > 0) {
		if (t->n == TREND_POINTS)
			return false;
		p = &t->points[t->n];
		if (!cut_number(&text, ' ', &p->when) ||
		    !cut_number(&text, '\n', &p->used) ||
		    (t->n > 0 && p->when <= p[-1].when))
			return false;
		t->n++;
	}
	return true;
}

bool
quota_trend_read(struct span text, struct quota_trend *t)
{
	const size_t head = sizeof(HEAD) - 1;

	t->n = 0;
	if (text.len >= head && memcmp(text.p, HEAD, head) == 0 &&
	    read_points((struct span){ text.p + head, text.len - head }, t))
		return true;
	t->n = 0;
	return false;
}

void
quota_trend_write(struct buf *out, const struct quota_trend *t)
{
	size_t i;

	(void)buf_str(out, HEAD);
	for (i = 0; i < t->n; i++)
		(void)buf_fmt(out, "%" PRId64 " %" PRId64 "\n",
		    t->points[i].when, t->points[i].used);
}

static void
drop(struct quota_trend *t, size_t at)
{
	memmove(&t->points[at], &t->points[at + 1],
	    (t->n - at - 1) * sizeof(t->points[0]));
	t->n--;
}

/* thin - the first and the last one stay */
static void
thin(struct quota_trend *t)
{
	int64_t gap, least = INT64_MAX;
	size_t i, at = 1;

	for (i = 1; i + 1 < t->n; i++) {
		gap = t->points[i + 1].when - t->points[i - 1].when;
		if (gap < least) {
			least = gap;
			at = i;
		}
	}
	drop(t, at);
}

void
quota_trend_add(struct quota_trend *t, int64_t when, int64_t used)
{
	while (t->n > 0 && t->points[t->n - 1].when >= when)
		t->n--;
	while (t->n > 0 && t->points[0].when < when - TREND_SPAN_MAX)
		drop(t, 0);
	if (t->n == TREND_POINTS)
		thin(t);
	t->points[t->n++] = (struct quota_point){ when, used };
}

static int
compare(const void *one, const void *two)
{
	double a = *(const double *)one, b = *(const double *)two;

	return a < b ? -1 : a > b;
}

/* lag - how far apart the two points of a rate are at least: whole days where there are several */
static int64_t
lag(int64_t span)
{
	int64_t quarter = span / 4, days = quarter / 86400;

	return days > 0 ? days * 86400 : quarter;
}

bool
quota_trend_rate(const struct quota_trend *t, double *rate)
{
	double rates[TREND_POINTS];
	int64_t span, apart;
	size_t i, k = 0, n = 0;

	span = t->n < TREND_POINTS_MIN ? 0 :
	    t->points[t->n - 1].when - t->points[0].when;
	if (span < TREND_SPAN_MIN)
		return false;
	apart = lag(span);
	for (i = 0; i < t->n; i++) {
		while (k < t->n &&
		    t->points[k].when - t->points[i].when < apart)
			k++;
		if (k == t->n)
			break;
		rates[n++] = ((double)t->points[k].used -
		    (double)t->points[i].used) /
		    (double)(t->points[k].when - t->points[i].when);
	}
	if (n == 0)
		return false;
	qsort(rates, n, sizeof(rates[0]), compare);
	*rate = n % 2 == 1 ? rates[n / 2] :
	    (rates[n / 2 - 1] + rates[n / 2]) / 2;
	return true;
}

double
quota_trend_full(const struct quota_row *row, double rate)
{
	double left;

	if (!row->limited || rate <= 0)
		return -1;
	left = row->used >= row->limit ? 0 : (double)(row->limit - row->used);
	/* a hundred years are never */
	return left / rate > 100 * 365.25 * 86400 ? -1 : left / rate;
}

/* soonest - what is full first; NULL nothing */
static const struct quota_row *
soonest(const struct quota_facts *facts)
{
	const struct quota_row *first = NULL;
	size_t i;

	for (i = 0; i < facts->n; i++)
		if (facts->rows[i].full_in >= 0 && (first == NULL ||
		    facts->rows[i].full_in < first->full_in))
			first = &facts->rows[i];
	return first;
}

static void
say(struct sheet *sheet, const struct quota_facts *facts,
    const struct quota_row *row, const struct metric *m, bool critical,
    const char *known)
{
	struct finding *finding;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, "has used ");
	quota_words_use(&text, row);
	quota_words_root(&text, row, known);
	(void)buf_str(&text, ", and at the present rate all of it in ");
	when_write_span(&text, row->full_in);
	(void)buf_fmt(&text, " (%s threshold ", critical ? "critical" :
	    "warning");
	range_write(&text, critical ? &m->crit : &m->warn);
	(void)buf_char(&text, ')');
	finding = sheet_find(sheet, CAUSE_QUOTA_FORECAST, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", facts->whom, buf_cstr(&text));
	if (finding != NULL)
		finding->critical = critical;
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}

void
quota_forecast(struct sheet *sheet, struct quota_facts *facts, double within,
    const struct threshold *given, size_t n, const char *known)
{
	const struct threshold usual = { .id = METRIC_FULL_IN,
		.range = { .start = within, .no_end = true } };
	const struct quota_row *row = soonest(facts);
	struct metric *m;
	bool critical;

	if (row == NULL)
		return;
	m = sheet_measure(sheet, METRIC_FULL_IN, row->full_in);
	if (m == NULL)
		return;
	threshold_attach(sheet, &usual, 1);
	threshold_attach(sheet, given, n);
	m->judged = true;
	critical = m->has_crit && range_alerts(&m->crit, m->value);
	/* what is full already needs no forecast */
	if (row->full_in > 0 && (critical ||
	    range_alerts(&m->warn, m->value)))
		say(sheet, facts, row, m, critical, known);
}
