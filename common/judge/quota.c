/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota - how full an account or a file system is
 */
#include <string.h>

#include "judge/quota.h"
#include "judge/quota_words.h"

/* one look at facts and their sheet */
struct view {
	struct sheet	*sheet;
	struct quota_facts *facts;
	const char	*whom;
	const char	*known;
};

/* row_of - which one a metric speaks of; NULL none */
static const struct quota_row *
row_of(struct quota_facts *facts, enum metric_id id)
{
	const struct quota_row *row = NULL;
	size_t i;

	switch (id) {
	case METRIC_PERCENT:
		return quota_facts_fullest(facts, NULL);
	case METRIC_INODES:
		return quota_facts_fullest(facts, "INODES");
	case METRIC_MESSAGES:
		for (i = 0; row == NULL && i < facts->n; i++)
			if (strcmp(facts->rows[i].resource, "MESSAGE") == 0)
				row = &facts->rows[i];
		return row;
	case METRIC_USED:
	case METRIC_FREE:
		for (i = 0; row == NULL && i < facts->n; i++)
			if (facts->rows[i].unit == QUOTA_BYTES)
				row = &facts->rows[i];
		return id == METRIC_USED || (row != NULL && row->limited) ?
		    row : NULL;
	default:
		return NULL;
	}
}

/* the metrics of this judge, in the order of their weight */
static const enum metric_id ours[] = {
	METRIC_PERCENT, METRIC_USED, METRIC_FREE, METRIC_INODES,
	METRIC_MESSAGES
};

enum { OURS = sizeof(ours) / sizeof(ours[0]) };

static double
value_of(const struct quota_row *row, enum metric_id id)
{
	if (id == METRIC_PERCENT || id == METRIC_INODES)
		return quota_percent(row);
	if (id == METRIC_FREE)
		return row->used >= row->limit ? 0 :
		    (double)(row->limit - row->used);
	return (double)row->used;
}

void
quota_measure(struct sheet *sheet, struct quota_facts *facts)
{
	const struct quota_row *row;
	struct metric *m;
	bool share;
	size_t i;

	for (i = 0; i < OURS; i++) {
		row = row_of(facts, ours[i]);
		if (row == NULL)
			continue;
		m = sheet_measure(sheet, ours[i], value_of(row, ours[i]));
		if (m == NULL)
			return;
		share = ours[i] == METRIC_PERCENT || ours[i] == METRIC_INODES;
		m->has_min = true;
		m->min = 0;
		m->has_max = row->limited;
		m->max = share ? 100 : (double)row->limit;
	}
}

void
quota_sum(struct buf *out, struct quota_facts *facts, const char *known)
{
	const struct quota_row *row = row_of(facts, METRIC_PERCENT);

	if (row == NULL)
		row = row_of(facts, METRIC_USED);
	if (row == NULL && facts->n > 0)
		row = &facts->rows[0];
	(void)buf_str(out, row == NULL ? "has no quota" : row->limited ?
	    "has used " : "has no limit and uses ");
	if (row == NULL)
		return;
	quota_words_use(out, row);
	quota_words_root(out, row, known);
}

/* say_others - how many more are as bad */
static void
say_others(struct buf *text, size_t more)
{
	if (more > 0)
		(void)buf_fmt(text, ", and %zu more %s too", more,
		    more == 1 ? "is" : "are");
}

/* exceeded - is anything used up? */
static bool
exceeded(const struct view *v)
{
	const struct quota_row *row, *first = NULL;
	struct buf text;
	size_t i, n = 0;

	for (i = 0; i < v->facts->n && v->facts->rows[i].limited; i++) {
		row = &v->facts->rows[i];
		if (row->used < row->limit)
			continue;
		first = first == NULL ? row : first;
		n++;
	}
	if (first == NULL)
		return false;
	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, "has used up its quota: ");
	quota_words_pair(&text, first);
	quota_words_root(&text, first, v->known);
	say_others(&text, n - 1);
	(void)sheet_find(v->sheet, CAUSE_QUOTA_EXCEEDED, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", v->whom, buf_cstr(&text));
	v->sheet->nomem = v->sheet->nomem || text.nomem;
	buf_free(&text);
	return true;
}

/* none - no limit anywhere */
static void
none(const struct view *v)
{
	struct buf text;

	if (quota_facts_fullest(v->facts, NULL) != NULL)
		return;
	buf_init(&text, SENTENCE_MAX);
	quota_sum(&text, v->facts, v->known);
	(void)sheet_find(v->sheet, CAUSE_QUOTA_NONE, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", v->whom, buf_cstr(&text));
	v->sheet->nomem = v->sheet->nomem || text.nomem;
	buf_free(&text);
}

/* beyond - how many rows, besides the fullest, break the same range of percent */
static size_t
beyond(const struct view *v, enum metric_id id, const struct range *range)
{
	size_t i, n = 0;

	if (id != METRIC_PERCENT)
		return 0;
	for (i = 1; i < v->facts->n && v->facts->rows[i].limited; i++)
		if (range_alerts(range, quota_percent(&v->facts->rows[i])))
			n++;
	return n;
}

static void
near(const struct view *v, const struct metric *m, bool critical)
{
	const struct range *range = critical ? &m->crit : &m->warn;
	const struct quota_row *row = row_of(v->facts, m->id);
	struct finding *finding;
	struct buf text;

	if (row == NULL)
		return;
	buf_init(&text, SENTENCE_MAX);
	if (m->id == METRIC_FREE) {
		(void)buf_str(&text, "has only ");
		quota_words_size(&text, (int64_t)m->value);
		(void)buf_str(&text, " left of ");
		quota_words_size(&text, row->limit);
	} else {
		(void)buf_str(&text, "has used ");
		quota_words_use(&text, row);
	}
	quota_words_root(&text, row, v->known);
	say_others(&text, beyond(v, m->id, range));
	(void)buf_fmt(&text, " (%s threshold ", critical ? "critical" :
	    "warning");
	range_write(&text, range);
	(void)buf_char(&text, ')');
	finding = sheet_find(v->sheet, CAUSE_QUOTA_NEAR, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", v->whom, buf_cstr(&text));
	if (finding != NULL)
		finding->critical = critical;
	v->sheet->nomem = v->sheet->nomem || text.nomem;
	buf_free(&text);
}

/* thresholds - the usual ones first, which those given replace */
static void
thresholds(struct sheet *sheet, const struct threshold *given, size_t n)
{
	static const struct threshold usual[] = {
		{ .id = METRIC_PERCENT, .range = { .end = QUOTA_WARN } },
		{ .id = METRIC_PERCENT, .critical = true,
		    .range = { .end = QUOTA_CRIT } }
	};

	threshold_attach(sheet, usual, sizeof(usual) / sizeof(usual[0]));
	threshold_attach(sheet, given, n);
}

void
quota_judge(struct sheet *sheet, struct quota_facts *facts,
    const struct threshold *given, size_t n, const char *whom,
    const char *known)
{
	struct view v = { sheet, facts, whom, known };
	bool over = exceeded(&v), critical;
	struct metric *m;
	size_t i, k;

	none(&v);
	thresholds(sheet, given, n);
	for (i = 0; i < OURS; i++)
		for (k = 0; k < sheet->nmetrics; k++) {
			m = &sheet->metrics[k];
			if (m->id != ours[i] || m->judged)
				continue;
			m->judged = true;
			critical = m->has_crit &&
			    range_alerts(&m->crit, m->value);
			if (!over && (critical || (m->has_warn &&
			    range_alerts(&m->warn, m->value))))
				near(&v, m, critical);
		}
}
