/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * threshold - measured values against -w and -c
 */
#include <string.h>

#include "base/when.h"
#include "judge/threshold.h"

/*
 * which cause a metric beyond its threshold stands for; all others: slow or
 * threshold
 */
static const struct {
	enum metric_id	id;
	enum cause	cause;
	enum stage	stage;
} meanings[] = {
	{ METRIC_CERT_DAYS,	CAUSE_CERT_EXPIRING,	STAGE_TLS },
	{ METRIC_DAYS,		CAUSE_CERT_EXPIRING,	STAGE_TLS },
	{ METRIC_LIFETIME,	CAUSE_CERT_EXPIRING,	STAGE_TLS },
	{ METRIC_PERCENT,	CAUSE_QUOTA_NEAR,	STAGE_QUOTA },
	{ METRIC_USED,		CAUSE_QUOTA_NEAR,	STAGE_QUOTA },
	{ METRIC_FREE,		CAUSE_QUOTA_NEAR,	STAGE_QUOTA },
	{ METRIC_INODES,	CAUSE_QUOTA_NEAR,	STAGE_QUOTA },
	{ METRIC_FULL_IN,	CAUSE_QUOTA_FORECAST,	STAGE_QUOTA },
	{ METRIC_NEWEST_AGE,	CAUSE_MAILBOX_STALE,	STAGE_MAILBOX },
	{ METRIC_UNSEEN_AGE,	CAUSE_THRESHOLD,	STAGE_MAILBOX },
	{ METRIC_FOUND,		CAUSE_THRESHOLD,	STAGE_MAILBOX }
};

static void
meaning_of(enum metric_id id, enum cause *cause, enum stage *stage)
{
	size_t i;

	*cause = metric_is_duration(id) ? CAUSE_SLOW : CAUSE_THRESHOLD;
	*stage = metric_stage(id);
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].id == id) {
			*cause = meanings[i].cause;
			*stage = meanings[i].stage;
		}
}

/*
 * to_base_unit - a share of the whole becomes what it is in bytes; false when
 * the whole is not known
 */
static bool
to_base_unit(const struct sheet *sheet, const struct metric *m,
    struct range *range)
{
	const struct metric *used = sheet_metric(sheet, METRIC_USED);

	if (!range->percent)
		return true;
	if (m->has_max)
		range_scale(range, m->max);
	else if (used != NULL && used->has_max &&
	    metric_unit(m->id) == UNIT_BYTES)
		range_scale(range, used->max);
	return !range->percent;
}

static void
attach(struct sheet *sheet, const struct threshold *t)
{
	struct range range = t->range;
	size_t i;

	for (i = 0; i < sheet->nmetrics; i++) {
		struct metric *m = &sheet->metrics[i];

		if (m->id != t->id || !to_base_unit(sheet, m, &range))
			continue;
		if (t->critical) {
			m->crit = range;
			m->has_crit = true;
		} else {
			m->warn = range;
			m->has_warn = true;
		}
	}
}

/* say_slowest - unless it is the stage that the sentence is about */
static void
say_slowest(struct buf *out, const struct stage_row *stages, enum stage about)
{
	enum stage slowest = STAGE_NONE;
	unsigned i;

	for (i = 0; stages != NULL && i < STAGE_COUNT; i++)
		if (stages[i].timed && (slowest == STAGE_NONE ||
		    stages[i].usec > stages[slowest].usec))
			slowest = (enum stage)i;
	if (slowest == STAGE_NONE || slowest == about)
		return;
	buf_fmt(out, ", the slowest stage is %s with ", stage_name(slowest));
	number_write(out, (double)stages[slowest].usec / 1e6);
	buf_str(out, " s");
}

static void
say_slow(struct buf *out, const struct metric *m)
{
	enum stage stage = metric_stage(m->id);

	buf_str(out, "took ");
	number_write(out, m->value);
	buf_fmt(out, " s for %s", stage == STAGE_NONE ? "the whole run" :
	    stage_name(stage));
}

static void
say_certificate(struct buf *out, const struct metric *m)
{
	bool past = m->value < 0;

	if (m->id == METRIC_LIFETIME) {
		buf_str(out, "presents a certificate with ");
		number_write(out, m->value);
		buf_str(out, "% of its lifetime left");
		return;
	}
	buf_fmt(out, "presents a certificate that %s ",
	    past ? "expired" : "expires in");
	when_write_span(out, (past ? -m->value : m->value) * 86400);
	if (past)
		buf_str(out, " ago");
}

static void
say_quota(struct buf *out, const struct metric *m)
{
	bool share = m->id == METRIC_PERCENT || m->id == METRIC_INODES;

	buf_str(out, m->id == METRIC_FREE ? "has " : "has used ");
	number_write(out, m->value);
	buf_str(out, share ? "%" : " bytes");
	buf_str(out, m->id == METRIC_FREE ? " left of the quota" :
	    m->id == METRIC_INODES ? " of the inodes" : " of the quota");
}

static void
say_other(struct buf *out, const struct metric *m)
{
	const struct metric_info *info = metric_info(m->id);

	if (m->id == METRIC_UNSEEN_AGE) {
		buf_str(out, "holds a message that is unseen for ");
		when_write_span(out, m->value < 0 ? 0 : m->value);
		return;
	}
	buf_fmt(out, "has %s at ", info->label);
	number_write(out, m->value);
	buf_str(out, info->uom);
}

static void
say(struct buf *out, enum cause cause, const struct metric *m,
    const struct stage_row *stages)
{
	switch (cause) {
	case CAUSE_SLOW:
		say_slow(out, m);
		say_slowest(out, stages, metric_stage(m->id));
		break;
	case CAUSE_CERT_EXPIRING:
		say_certificate(out, m);
		break;
	case CAUSE_QUOTA_NEAR:
		say_quota(out, m);
		break;
	case CAUSE_QUOTA_FORECAST:
		buf_str(out, "will be full in ");
		when_write_span(out, m->value < 0 ? 0 : m->value);
		break;
	case CAUSE_MAILBOX_STALE:
		buf_str(out, "holds no message newer than ");
		when_write_span(out, m->value < 0 ? 0 : m->value);
		break;
	default:
		say_other(out, m);
	}
}

/* report - one finding for one metric, the critical range first */
static void
report(struct sheet *sheet, const struct metric *m, bool critical,
    const struct stage_row *stages, const char *whom)
{
	struct finding *finding;
	struct buf text;
	enum cause cause;
	enum stage stage;

	meaning_of(m->id, &cause, &stage);
	buf_init(&text, SENTENCE_MAX);
	say(&text, cause, m, stages);
	buf_fmt(&text, " (%s threshold ", critical ? "critical" : "warning");
	range_write(&text, critical ? &m->crit : &m->warn);
	buf_char(&text, ')');
	if (text.nomem)
		sheet->nomem = true;
	finding = sheet_find(sheet, cause, stage, buf_cstr(&text), "%s %s",
	    whom, buf_cstr(&text));
	if (finding != NULL)
		finding->critical = critical;
	buf_free(&text);
}

/* is_said - an expired certificate has a finding of its own, which says more */
static bool
is_said(const struct sheet *sheet, enum metric_id id)
{
	return (id == METRIC_CERT_DAYS || id == METRIC_DAYS ||
	    id == METRIC_LIFETIME) && sheet_has(sheet, CAUSE_CERT_EXPIRED);
}

void
threshold_attach(struct sheet *sheet, const struct threshold *thresholds,
    size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		attach(sheet, &thresholds[i]);
}

void
threshold_apply(struct sheet *sheet, const struct threshold *thresholds,
    size_t n, const struct stage_row *stages, const char *whom)
{
	size_t i;

	threshold_attach(sheet, thresholds, n);
	for (i = 0; i < sheet->nmetrics; i++) {
		struct metric *m = &sheet->metrics[i];
		bool critical = m->has_crit && range_alerts(&m->crit, m->value);

		if (m->judged || is_said(sheet, m->id))
			continue;
		if (critical || (m->has_warn &&
		    range_alerts(&m->warn, m->value)))
			report(sheet, m, critical, stages, whom);
	}
}
