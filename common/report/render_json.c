/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render_json - for programs; contrib/check-result.schema.json describes it
 */
#include <string.h>

#include "report/advice.h"
#include "report/json.h"
#include "report/render.h"
#include "report/verdict.h"

/* a text made by one of our writers, or null where it wrote nothing */
static void
written(struct json *j, const char *key, struct buf *text)
{
	if (text->len > 0)
		json_span(j, key, buf_span(text));
	else
		json_null(j, key);
	if (text->nomem)
		j->out->nomem = true;
	buf_free(text);
}

/* what stands in causes.tsv, or null where nothing is wrong */
static const char *
of_cause(enum cause cause, const char *word)
{
	return cause == CAUSE_NONE ? NULL : word;
}

static void
target(struct json *j, const struct result *r)
{
	const struct target *t;
	char text[ADDRESS_TEXT];

	if (r == NULL || r->target.host[0] == '\0') {
		json_null(j, "target");
		return;
	}
	t = &r->target;
	json_object(j, "target");
	json_string(j, "host", t->host);
	if (t->port != 0)
		json_uint(j, "port", t->port);
	else
		json_null(j, "port");
	json_string(j, "address", t->address.family == 0 ? NULL :
	    address_text(&t->address, text));
	json_string(j, "tls", tls_mode_name(t->tls));
	json_object_end(j);
}

/*
 * The word of a stage is that of its worst finding.  A failure that left no
 * finding was not recorded whole, and then nobody knows.
 */
static const char *
stage_word(const struct run *run, const struct result *r, enum stage stage)
{
	const struct sheet *sheets[] = { &r->sheet, &run->sheet };
	enum progress progress = r->stages[stage].progress;
	enum state worst = STATE_OK;
	bool any = false;
	size_t i, k, n = run_only(run) != NULL ? 2 : 1;

	for (k = 0; k < n; k++) {
		for (i = 0; i < sheets[k]->nfindings; i++) {
			const struct finding *f = &sheets[k]->findings[i];

			if (f->stage != stage || !finding_counts(f))
				continue;
			worst = state_worse(worst, f->state);
			any = true;
		}
	}
	if (!any && progress == PROGRESS_SKIPPED)
		return "skipped";
	if (!any && progress == PROGRESS_FAILED)
		return state_word(STATE_UNKNOWN);
	return state_word(worst);
}

static void
stage(struct json *j, const struct run *run, const struct result *r,
    enum stage s)
{
	const struct stage_row *row = &r->stages[s];

	if (row->progress == PROGRESS_NONE)
		return;
	json_object(j, NULL);
	json_string(j, "name", stage_name(s));
	json_string(j, "state", stage_word(run, r, s));
	if (row->timed)
		json_number(j, "seconds", (double)row->usec / 1e6);
	else
		json_null(j, "seconds");
	json_string(j, "target", r->name);
	json_object_end(j);
}

static void
stages(struct json *j, const struct run *run)
{
	const struct result *r;
	unsigned i;
	size_t k;

	json_array(j, "stages");
	for (k = 0; k < run->nresults; k++) {
		r = &run->results[k];
		for (i = 0; i < STAGE_COUNT; i++)
			stage(j, run, r, stage_of_work(i,
			    r->target.tls == TLS_IMPLICIT));
	}
	json_array_end(j);
}

/* whom - the member "target": null for the run as a whole */
static void
whom(struct json *j, const struct result *r, uint16_t port)
{
	struct buf name;

	buf_init(&name, SENTENCE_MAX);
	if (r != NULL && (r->name != NULL || port != 0))
		result_whom(r, port, &name);
	written(j, "target", &name);
}

static void
finding(struct json *j, const struct run *run, const struct finding *f,
    const struct result *r)
{
	const struct cause_info *info = cause_info(f->cause);
	struct buf by_hand;

	json_object(j, NULL);
	json_string(j, "cause", info->slug);
	json_string(j, "state", state_word(f->state));
	json_string(j, "party", info->party);
	json_string(j, "stage", stage_name(f->stage));
	whom(j, r, f->port);
	json_string(j, "detail", f->detail != NULL ? f->detail : f->sentence);
	json_string(j, "next", info->next);
	buf_init(&by_hand, TEXT_MAX);
	if (r == NULL)
		r = run_only(run);
	if (r != NULL)
		advice_shows(&by_hand, r, f, f->cause, f->stage);
	written(j, "by_hand", &by_hand);
	json_string(j, "consequence_of",
	    of_cause(f->consequence_of, cause_info(f->consequence_of)->slug));
	json_object_end(j);
}

/* next_finding - the first in rank that is not done yet, NULL no more; there are few, so picking it beats sorting a copy */
static const struct finding *
next_finding(const struct sheet *sh, const bool done[FINDINGS_MAX])
{
	const struct finding *next = NULL;
	size_t i;

	for (i = 0; i < sh->nfindings; i++)
		if (!done[i] && (next == NULL ||
		    finding_before(&sh->findings[i], next)))
			next = &sh->findings[i];
	return next;
}

static void
findings(struct json *j, const struct run *run, const struct sheet *sh,
    const struct result *r)
{
	const struct finding *next;
	bool done[FINDINGS_MAX] = { false };

	while ((next = next_finding(sh, done)) != NULL) {
		finding(j, run, next, r);
		done[next - sh->findings] = true;
	}
}

static void
range(struct json *j, const char *key, bool is_there, const struct range *r)
{
	struct buf text;

	buf_init(&text, SIZE_MAX);
	if (is_there)
		range_write(&text, r);
	written(j, key, &text);
}

static void
bound(struct json *j, const char *key, bool is_there, double value)
{
	if (is_there)
		json_number(j, key, value);
	else
		json_null(j, key);
}

static void
metric(struct json *j, const struct metric *m, const struct result *r)
{
	json_object(j, NULL);
	json_string(j, "label", metric_info(m->id)->label);
	json_number(j, "value", m->value);
	json_string(j, "uom", metric_info(m->id)->uom);
	range(j, "warn", m->has_warn, &m->warn);
	range(j, "crit", m->has_crit, &m->crit);
	bound(j, "min", m->has_min, m->min);
	bound(j, "max", m->has_max, m->max);
	whom(j, r, m->port);
	json_object_end(j);
}

static void
metrics(struct json *j, const struct sheet *sh, const struct result *r)
{
	bool tls_first = r != NULL && r->target.tls == TLS_IMPLICIT;
	enum metric_id id;
	unsigned i;
	size_t k;

	for (i = 0; i < METRIC_COUNT; i++) {
		id = metric_in_order(i, tls_first);
		for (k = 0; k < sh->nmetrics; k++)
			if (sh->metrics[k].id == id)
				metric(j, &sh->metrics[k], r);
	}
}

static void
verdict(struct json *j, const struct run *run)
{
	const char *party = cause_info(run->cause)->party;

	json_string(j, "plugin", run->plugin);
	json_string(j, "version", run->version);
	json_string(j, "state", state_word(run->state));
	json_string(j, "cause",
	    of_cause(run->cause, cause_info(run->cause)->slug));
	json_string(j, "party", of_cause(run->cause, party));
	json_string(j, "stage", stage_name(run->stage));
	json_string(j, "summary", run->summary != NULL ? run->summary :
	    "out of memory");
	target(j, run_only(run));
}

void
render_json(const struct run *run, struct buf *out)
{
	struct json j;
	size_t i;

	json_init(&j, out);
	json_object(&j, NULL);
	verdict(&j, run);
	stages(&j, run);
	json_array(&j, "findings");
	findings(&j, run, &run->sheet, NULL);
	for (i = 0; i < run->nresults; i++)
		findings(&j, run, &run->results[i].sheet, &run->results[i]);
	json_array_end(&j);
	json_array(&j, "metrics");
	metrics(&j, &run->sheet, NULL);
	for (i = 0; i < run->nresults; i++)
		metrics(&j, &run->results[i].sheet, &run->results[i]);
	json_array_end(&j);
	json_object(&j, "facts");
	if (run->facts != NULL)
		run->facts(run, &j);
	json_object_end(&j);
	json_object_end(&j);
	buf_char(out, '\n');
}
