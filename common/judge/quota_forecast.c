/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - what is said of how something fills up
 */
#include "base/when.h"
#include "judge/quota_forecast.h"
#include "judge/quota_words.h"

#define DAY	86400.0

/* say_rate - "1.2 GiB a day"; slower than one a day it is told by the week */
static void
say_rate(struct buf *out, const struct quota_row *row, double rate)
{
	bool slow = rate * DAY < 1;
	double much = rate * DAY * (slow ? 7 : 1);

	if (much < 1)
		(void)buf_str(out, "less than one");
	else
		quota_words_amount(out, row, much > 9e18 ? INT64_MAX :
		    (int64_t)much);
	(void)buf_str(out, slow ? " a week" : " a day");
}

static void
say_short(struct buf *out, const struct trend_outlook *outlook)
{
	(void)buf_fmt(out, "no forecast yet, with %zu point%s", outlook->n,
	    outlook->n == 1 ? "" : "s");
	if (outlook->n > 1) {
		(void)buf_str(out, " over ");
		when_write_span(out, outlook->covered);
	}
	(void)buf_fmt(out, ": it takes %d over a day", TREND_POINTS_LEAST);
}

void
quota_forecast_note(struct buf *out, const struct quota_row *row,
    const struct trend_outlook *outlook)
{
	switch (outlook->verdict) {
	case TREND_SHORT:
		say_short(out, outlook);
		break;
	case TREND_STILL:
		(void)buf_str(out, "it does not grow");
		break;
	case TREND_UNEVEN:
		(void)buf_str(out, "it grows too unevenly for a forecast");
		break;
	case TREND_GROWS:
		if (!(outlook->full_in > 0))
			break;
		(void)buf_str(out, "full in about ");
		when_write_span(out, outlook->full_in);
		(void)buf_str(out, " at ");
		say_rate(out, row, outlook->rate);
		break;
	}
}

/* say_when - "in about 3 days (2 days to 5 days)": both ends only where they do not read the same */
static void
say_when(struct buf *out, const struct trend_outlook *outlook)
{
	(void)buf_str(out, "in about ");
	when_write_span(out, outlook->full_in);
	if (outlook->latest < outlook->soonest * 1.5)
		return;
	(void)buf_str(out, " (");
	when_write_span(out, outlook->soonest);
	(void)buf_str(out, " to ");
	when_write_span(out, outlook->latest);
	(void)buf_char(out, ')');
}

static void
say(struct buf *out, const struct quota_row *row,
    const struct trend_outlook *outlook, const struct metric *m,
    bool critical, const char *known)
{
	say_when(out, outlook);
	(void)buf_str(out, ": it grows by ");
	say_rate(out, row, outlook->rate);
	(void)buf_str(out, ", and ");
	quota_words_use(out, row);
	quota_words_root(out, row, known);
	(void)buf_fmt(out, " is used (%s threshold ", critical ? "critical" :
	    "warning");
	range_write(out, critical ? &m->crit : &m->warn);
	(void)buf_char(out, ')');
}

/* breaks - is its range broken, and which? */
static bool
breaks(const struct metric *m, bool *critical)
{
	*critical = m->has_crit && range_alerts(&m->crit, m->value);
	return *critical || (m->has_warn && range_alerts(&m->warn, m->value));
}

/* attach - the horizon, and what replaces it; NULL without memory */
static struct metric *
attach(struct sheet *sheet, double value, double horizon,
    const struct threshold *given, size_t n)
{
	const struct threshold usual = { .id = METRIC_FULL_IN,
	    .range = { .start = horizon, .no_end = true } };
	struct metric *m = sheet_measure(sheet, METRIC_FULL_IN, value);

	if (m == NULL)
		return NULL;
	m->has_min = true;
	m->min = 0;
	threshold_attach(sheet, &usual, 1);
	threshold_attach(sheet, given, n);
	m->judged = true;
	return m;
}

void
quota_forecast_judge(struct sheet *sheet, const struct quota_row *row,
    const struct trend_outlook *outlook, double horizon,
    const struct threshold *given, size_t n, const char *whom,
    const char *account, const char *known)
{
	struct metric *m = attach(sheet, outlook->full_in, horizon, given, n);
	struct finding *finding;
	struct buf text;
	bool critical;

	if (m == NULL || row->used >= row->limit || !breaks(m, &critical))
		return;
	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, account == NULL ? "will be full " :
	    "will have no room for ");
	if (account != NULL)
		(void)buf_fmt(&text, "%s ", account);
	say(&text, row, outlook, m, critical, known);
	finding = sheet_find(sheet, CAUSE_QUOTA_FORECAST, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", whom, buf_cstr(&text));
	if (finding != NULL)
		finding->critical = critical;
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}
