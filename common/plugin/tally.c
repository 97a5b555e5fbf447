/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tally - measured values: gathered, bounded, held against their thresholds
 */
#include "plugin/frame.h"
#include "world/clock.h"

static bool
asked_for(const struct settings *set, enum metric_id id)
{
	size_t i;

	for (i = 0; i < set->thresholds.n; i++)
		if (set->thresholds.rows[i].id == id)
			return true;
	return false;
}

/* seconds - a duration; it never falls below 0 */
static struct metric *
seconds(struct sheet *sheet, enum metric_id id, int64_t usec)
{
	struct metric *m = sheet_measure(sheet, id, (double)usec / 1e6);

	if (m != NULL) {
		m->has_min = true;
		m->min = 0;
	}
	return m;
}

static void
stage_times(struct result *r)
{
	enum stage stage;
	enum metric_id id;

	for (stage = 0; stage < STAGE_COUNT; stage++) {
		id = metric_of_stage(stage);
		if (r->stages[stage].timed && id != METRIC_COUNT)
			seconds(&r->sheet, id, r->stages[stage].usec);
	}
}

void
tally_session(const struct frame *f, struct session *s)
{
	double days;

	stage_times(s->result);
	if (s->tls != NULL && asked_for(&f->settings, METRIC_CERT_DAYS) &&
	    cert_days(s->tls, f->session.moment.now, &days))
		sheet_measure(&s->result->sheet, METRIC_CERT_DAYS, days);
}

void
tally_run(struct frame *f)
{
	const struct threshold_list *t = &f->settings.thresholds;
	const struct result *only = run_only(&f->run);
	struct metric *time;
	struct buf name;
	size_t i;

	time = seconds(&f->run.sheet, METRIC_TIME, clock_now() - f->started);
	if (time != NULL) {
		time->has_max = true;
		time->max = (double)f->settings.timeout.usec / 1e6;
	}
	buf_init(&name, HOST_MAX + 16);
	for (i = 0; i < f->run.nresults; i++) {
		buf_clear(&name);
		target_write(&name, &f->run.results[i].target);
		threshold_apply(&f->run.results[i].sheet, t->rows, t->n,
		    f->run.results[i].stages, buf_cstr(&name));
	}
	threshold_apply(&f->run.sheet, t->rows, t->n,
	    only == NULL ? NULL : only->stages,
	    only == NULL ? "the run" : buf_cstr(&name));
	buf_free(&name);
}
