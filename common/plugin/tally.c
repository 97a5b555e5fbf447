/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tally - measured values: gathered, bounded, held against their thresholds
 */
#include "plugin/frame.h"
#include "plugin/tls_seen.h"
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
	/* answers that came at once leave nothing to be measured: less than the clock can tell, but done */
	struct metric *m = sheet_measure(sheet, id,
	    (double)(usec > 0 ? usec : 1) / 1e6);

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
	if (s->tls != NULL && s->tls->outcome == TLS_DONE)
		tls_seen_keep(s->result, s->tls, false,
		    f->session.moment.now);
	if (s->tls != NULL && asked_for(&f->settings, METRIC_CERT_DAYS) &&
	    cert_days(s->tls, f->session.moment.now, &days))
		sheet_measure(&s->result->sheet, METRIC_CERT_DAYS, days);
}

/* is_late - did the deadline end the work of that stage; STAGE_NONE: any work at all */
static bool
is_late(const struct sheet *sheet, enum stage stage)
{
	size_t i;

	for (i = 0; i < sheet->nfindings; i++)
		if (sheet->findings[i].by_deadline && (stage == STAGE_NONE ||
		    sheet->findings[i].stage == stage))
			return true;
	return false;
}

/* judge - the thresholds of a sheet; what the deadline ended is slow only because of that, and --timeout-result holds for it */
static void
judge(const struct frame *f, struct sheet *sheet,
    const struct stage_row *stages, const char *whom, bool late)
{
	const struct threshold_list *t = &f->settings.thresholds;
	size_t i = sheet->nfindings;
	struct finding *finding;

	threshold_apply(sheet, t->rows, t->n, stages, whom);
	for (; i < sheet->nfindings; i++) {
		finding = &sheet->findings[i];
		if (finding->cause == CAUSE_SLOW)
			finding->by_deadline = finding->stage == STAGE_NONE ?
			    late : is_late(sheet, finding->stage);
	}
}

static void
whole_time(struct frame *f)
{
	struct metric *time;

	time = seconds(&f->run.sheet, METRIC_TIME, clock_now() - f->started);
	if (time != NULL) {
		time->has_max = true;
		time->max = (double)f->settings.timeout.usec / 1e6;
	}
}

void
tally_run(struct frame *f)
{
	const struct result *only = run_only(&f->run);
	bool late = is_late(&f->run.sheet, STAGE_NONE);
	struct result *r;
	struct buf name;
	size_t i;

	/* a run that asked nobody has nothing to measure */
	if (f->run.nresults == 0)
		return;
	whole_time(f);
	buf_init(&name, HOST_MAX + 16);
	for (i = 0; i < f->run.nresults; i++) {
		r = &f->run.results[i];
		buf_clear(&name);
		target_write(&name, &r->target);
		late = late || is_late(&r->sheet, STAGE_NONE);
		judge(f, &r->sheet, r->stages, buf_cstr(&name), false);
	}
	judge(f, &f->run.sheet, only == NULL ? NULL : only->stages,
	    only == NULL ? "the check" : buf_cstr(&name), late);
	if (name.nomem)
		f->run.sheet.nomem = true;
	buf_free(&name);
}
