/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - when will it be full
 */
#include "base/when.h"
#include "judge/quota_forecast.h"
#include "judge/quota_words.h"

void
quota_outlook_add(struct quota_outlook *outlook, struct quota_row *row,
    const struct quota_trend *trend)
{
	row->full_in = trend->full_in;
	outlook->rows++;
	if (outlook->rows == 1)
		outlook->trend = *trend;
	if (trend->kind != TREND_RISING || (outlook->first != NULL &&
	    outlook->trend.full_in <= trend->full_in))
		return;
	outlook->first = row;
	outlook->trend = *trend;
}

void
quota_outlook_say(struct buf *out, const struct quota_outlook *outlook)
{
	const struct quota_trend *t = &outlook->trend;

	if (outlook->first != NULL) {
		(void)buf_str(out, "full in ");
		when_write_span(out, t->full_in);
		(void)buf_str(out, " at the present rate");
	} else if (t->kind == TREND_STILL) {
		(void)buf_str(out, "it does not grow");
	} else if (t->kind == TREND_UNSURE) {
		(void)buf_str(out, "no forecast, for it goes up and down");
	} else {
		(void)buf_fmt(out, "no forecast yet: %zu measurement%s", t->n,
		    t->n == 1 ? "" : "s");
		if (t->kind == TREND_SHORT) {
			(void)buf_str(out, " over ");
			when_write_span(out, (double)t->span);
		}
		(void)buf_fmt(out, " so far, and it takes %d over a day",
		    TREND_POINTS_MIN);
	}
}

/* per_day - what comes in a day; small rates are told by the month */
static void
per_day(struct buf *out, const struct quota_row *row, double rate)
{
	bool slow = rate * 86400 < 1;
	double amount = rate * 86400 * (slow ? 30 : 1);

	quota_words_amount(out, row, amount >= 9e18 ? INT64_MAX :
	    amount < 1 ? 1 : (int64_t)amount);
	(void)buf_str(out, slow ? " a month" : " a day");
}

static void
find(struct sheet *sheet, const struct quota_outlook *outlook,
    const struct metric *m, bool critical, const char *whom, const char *known)
{
	const struct quota_trend *t = &outlook->trend;
	struct finding *finding;
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, "will be full in ");
	when_write_span(&text, t->full_in);
	(void)buf_str(&text, ": ");
	quota_words_use(&text, outlook->first);
	quota_words_root(&text, outlook->first, known);
	(void)buf_str(&text, " is used, and it grew by ");
	per_day(&text, outlook->first, t->rate);
	(void)buf_str(&text, " over the last ");
	when_write_span(&text, (double)t->span);
	(void)buf_fmt(&text, " (%s threshold ", critical ? "critical" :
	    "warning");
	range_write(&text, critical ? &m->crit : &m->warn);
	(void)buf_char(&text, ')');
	finding = sheet_find(sheet, CAUSE_QUOTA_FORECAST, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", whom, buf_cstr(&text));
	if (finding != NULL)
		finding->critical = critical;
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}

void
quota_forecast_judge(struct sheet *sheet, const struct quota_outlook *outlook,
    double within, const struct threshold *given, size_t n, const char *whom,
    const char *known)
{
	const struct threshold usual = { .id = METRIC_FULL_IN,
		.range = { .start = within, .no_end = true } };
	struct metric *m;
	bool critical;

	if (outlook->first == NULL)
		return;
	m = sheet_measure(sheet, METRIC_FULL_IN, outlook->trend.full_in);
	if (m == NULL)
		return;
	m->has_min = true;
	m->min = 0;
	threshold_attach(sheet, &usual, 1);
	threshold_attach(sheet, given, n);
	m->judged = true;
	critical = m->has_crit && range_alerts(&m->crit, m->value);
	if (!sheet_has(sheet, CAUSE_QUOTA_EXCEEDED) && (critical ||
	    (m->has_warn && range_alerts(&m->warn, m->value))))
		find(sheet, outlook, m, critical, whom, known);
}
