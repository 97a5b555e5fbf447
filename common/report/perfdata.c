/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * perfdata - the numbers behind the bar, as the Monitoring Plugins guidelines
 * write them
 *
 *	perfdata = item *( " " item )
 *	item     = label "=" value [uom]
 *	           ";" [warn] ";" [crit] ";" [min] ";" [max]
 *
 * A label with a space in it stands in single quotes, and one of those in the
 * label is doubled.  Empty fields at the end are left out with theirs.
 */
#include <math.h>

#include "report/plain.h"
#include "report/render.h"

/* a name may be a path: "=" would end the label and "'" its quotes */
static void
quoted_label(struct buf *out, const char *name, const char *label)
{
	struct buf plain;
	const char *p;

	buf_init(&plain, SENTENCE_MAX);
	plain_text(&plain, name);
	buf_char(out, '\'');
	for (p = buf_cstr(&plain); *p != '\0'; p++) {
		if (*p == '\'')
			buf_char(out, '\'');
		buf_char(out, *p == '=' ? '_' : *p);
	}
	buf_fmt(out, " %s'", label);
	if (plain.nomem)
		out->nomem = true;
	buf_free(&plain);
}

/* the semicolons that are due before a field, when the field is there */
static bool
field(struct buf *out, bool is_there, unsigned *due)
{
	++*due;
	if (!is_there)
		return false;
	for (; *due > 0; --*due)
		buf_char(out, ';');
	return true;
}

static void
bounds(struct buf *out, const struct metric *m)
{
	unsigned due = 0;

	if (field(out, m->has_warn, &due))
		range_write(out, &m->warn);
	if (field(out, m->has_crit, &due))
		range_write(out, &m->crit);
	if (field(out, m->has_min, &due))
		number_write(out, m->min);
	if (field(out, m->has_max, &due))
		number_write(out, m->max);
}

/* a value that is no number is left out: there is no way to write it */
static void
item(struct buf *out, const char *name, const struct metric *m)
{
	const struct metric_info *info;

	if (m == NULL || !isfinite(m->value))
		return;
	info = metric_info(m->id);
	if (out->len > 0)
		buf_char(out, ' ');
	if (name != NULL)
		quoted_label(out, name, info->label);
	else
		buf_str(out, info->label);
	buf_char(out, '=');
	number_write(out, m->value);
	buf_str(out, info->uom);
	bounds(out, m);
}

static bool
is_count(enum metric_id id)
{
	return id == METRIC_TARGETS || id == METRIC_OK ||
	    id == METRIC_WARNING || id == METRIC_CRITICAL ||
	    id == METRIC_UNKNOWN;
}

/* ports - the same metric of each port of the target that it was measured of */
static void
ports(struct buf *out, const struct result *r, enum metric_id id)
{
	const struct metric *m;
	struct buf whom;
	size_t i;

	for (i = 0; i < r->sheet.nmetrics; i++) {
		m = &r->sheet.metrics[i];
		if (m->id != id || m->port == 0)
			continue;
		buf_init(&whom, SENTENCE_MAX);
		result_whom(r, m->port, &whom);
		item(out, buf_cstr(&whom), m);
		if (whom.nomem)
			out->nomem = true;
		buf_free(&whom);
	}
}

static void
one_target(struct buf *out, const struct run *run)
{
	const struct result *only = run_only(run);
	bool tls_first = only != NULL && only->target.tls == TLS_IMPLICIT;
	const struct metric *m;
	enum metric_id id;
	unsigned i;

	for (i = 0; i < METRIC_COUNT; i++) {
		id = metric_in_order(i, tls_first);
		m = sheet_metric(&run->sheet, id);
		if (m == NULL && only != NULL)
			m = sheet_metric(&only->sheet, id);
		item(out, NULL, m);
		if (only != NULL)
			ports(out, only, id);
	}
}

static void
each_target(struct buf *out, const struct run *run)
{
	const struct result *r;
	enum metric_id id;
	unsigned i;
	size_t k;

	for (i = 0; i < METRIC_COUNT; i++)
		if (!is_count((enum metric_id)i))
			item(out, NULL,
			    sheet_metric(&run->sheet, (enum metric_id)i));
	for (k = 0; k < run->nresults; k++) {
		r = &run->results[k];
		for (i = 0; i < METRIC_COUNT; i++) {
			id = metric_in_order(i, r->target.tls == TLS_IMPLICIT);
			item(out, r->name, sheet_metric(&r->sheet, id));
			ports(out, r, id);
		}
	}
}

static bool
is_worse(const struct metric *m, const struct metric *than)
{
	if (than == NULL)
		return true;
	return metric_info(m->id)->falling ? m->value < than->value :
	    m->value > than->value;
}

static void
worst_of_targets(struct buf *out, const struct run *run)
{
	const struct metric *m, *worst[METRIC_COUNT] = { NULL };
	const struct sheet *sh;
	size_t i, k;

	for (k = 0; k < run->nresults; k++) {
		sh = &run->results[k].sheet;
		for (i = 0; i < sh->nmetrics; i++) {
			m = &sh->metrics[i];
			if (m->port == 0 && isfinite(m->value) &&
			    is_worse(m, worst[m->id]))
				worst[m->id] = m;
		}
	}
	for (i = 0; i < METRIC_COUNT; i++) {
		m = sheet_metric(&run->sheet, (enum metric_id)i);
		item(out, NULL, m != NULL ? m : worst[i]);
	}
}

void
perfdata_write(const struct run *run, struct buf *out)
{
	struct buf items;

	buf_init(&items, run->nresults > 1 ? PERFDATA_MAX : SIZE_MAX);
	if (run->nresults < 2)
		one_target(&items, run);
	else if (run->nresults <= PERFDATA_TARGETS)
		each_target(&items, run);
	if (run->nresults > PERFDATA_TARGETS || items.overflow) {
		buf_free(&items);
		buf_init(&items, SIZE_MAX);
		worst_of_targets(&items, run);
	}
	if (items.len > 0)
		buf_str(out, " | ");
	plain_take(out, &items);
}
