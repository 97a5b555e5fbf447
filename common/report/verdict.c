/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verdict - from findings to one state, one cause, one sentence
 */
#include <stdlib.h>
#include <string.h>

#include "report/naming.h"
#include "report/summary.h"
#include "report/verdict.h"

bool
finding_counts(const struct finding *f)
{
	return f->consequence_of == CAUSE_NONE;
}

bool
finding_before(const struct finding *a, const struct finding *b)
{
	int diff = state_badness(a->state) - state_badness(b->state);

	if (diff != 0)
		return diff > 0;
	if (a->stage != b->stage)
		return a->stage < b->stage;
	return a->cause < b->cause;
}

/* --severity may name a cause that the deadline brought: it speaks last */
static enum state
policy_state(const struct policy *p, enum cause cause, bool critical,
    bool by_deadline)
{
	enum state s = critical ? STATE_CRITICAL : cause_info(cause)->state;
	size_t i;

	if (by_deadline && p->has_timeout_state)
		s = p->timeout_state;
	for (i = 0; i < p->nseverities; i++)
		if (cause_matches(cause, span_of(p->severities[i].pattern)))
			s = p->severities[i].state;
	return s;
}

static enum cause
explanation(const struct sheet *sh, enum cause cause)
{
	enum cause specific;
	unsigned nth;

	for (nth = 0;; nth++) {
		specific = cause_explained_by(cause, nth);
		if (specific == CAUSE_NONE || sheet_has(sh, specific))
			return specific;
	}
}

/* apply the policy; the first finding in rank is what the sheet comes to */
static const struct finding *
sheet_reach(struct sheet *sh, const struct policy *p)
{
	const struct finding *best = NULL;
	struct finding *f;
	size_t i;

	for (i = 0; i < sh->nfindings; i++) {
		f = &sh->findings[i];
		f->state = policy_state(p, f->cause, f->critical,
		    f->by_deadline);
		f->consequence_of = f->explained_by != CAUSE_NONE ?
		    f->explained_by : explanation(sh, f->cause);
		if (!finding_counts(f))
			continue;
		if (best == NULL || finding_before(f, best))
			best = f;
	}
	return best;
}

/* what a failed stage kept from happening was skipped, it did not fail */
static void
mark_skipped(struct result *r, unsigned expected)
{
	struct stage_row *row;
	bool failed = false;
	enum stage s;
	unsigned i;

	for (i = 0; i < STAGE_COUNT; i++) {
		s = stage_of_work(i, r->target.tls == TLS_IMPLICIT);
		row = &r->stages[s];
		if (row->progress == PROGRESS_FAILED)
			failed = true;
		else if (failed && row->progress == PROGRESS_NONE &&
		    (expected & ~r->beyond & 1u << s) != 0)
			row->progress = PROGRESS_SKIPPED;
	}
}

/* every stage that was timed is reported, whether somebody judged it or not */
static void
measure_stages(struct result *r)
{
	enum metric_id id;
	struct metric *m;
	unsigned i;

	for (i = 0; i < STAGE_COUNT; i++) {
		id = metric_of_stage((enum stage)i);
		if (!r->stages[i].timed || sheet_metric(&r->sheet, id) != NULL)
			continue;
		m = sheet_measure(&r->sheet, id,
		    (double)r->stages[i].usec / 1e6);
		if (m != NULL)
			m->has_min = true;
	}
}

/* explained - all that is wrong with it is the consequence of something found over the run */
static void
explained(struct result *r, const struct policy *p)
{
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++) {
		r->cause = r->sheet.findings[i].explained_by;
		if (r->cause == CAUSE_NONE)
			continue;
		r->state = policy_state(p, r->cause, false, false);
		if (r->state == STATE_OK)
			r->cause = CAUSE_NONE;
		return;
	}
}

static const struct finding *
result_reach(struct result *r, const struct policy *p, unsigned expected)
{
	const struct finding *best;

	mark_skipped(r, expected);
	measure_stages(r);
	best = sheet_reach(&r->sheet, p);
	r->state = STATE_OK;
	r->cause = CAUSE_NONE;
	if (r->sheet.nomem) {
		r->cause = CAUSE_INTERNAL_ERROR;
		r->state = policy_state(p, r->cause, false, false);
	} else if (best != NULL && best->state != STATE_OK) {
		r->state = best->state;
		r->cause = best->cause;
	} else if (best == NULL) {
		explained(r, p);
	}
	return best;
}

/* does the run's own finding come before that of a target */
static bool
own_first(const struct run *run, const struct finding *own,
    const struct finding *other)
{
	if (own == NULL || other == NULL)
		return own != NULL;
	if (run->nresults == 1)	/* one piece of work: one order */
		return !finding_before(other, own);
	return state_badness(own->state) >= state_badness(other->state);
}

/* the finding that is the verdict; NULL when there are none at all */
static const struct finding *
pick(struct run *run, unsigned expected)
{
	const struct finding *f, *own, *best = NULL;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		f = result_reach(&run->results[i], &run->policy, expected);
		if (f == NULL || (best != NULL &&
		    state_badness(f->state) <= state_badness(best->state)))
			continue;
		best = f;
		run->worst = &run->results[i];
	}
	own = sheet_reach(&run->sheet, &run->policy);
	if (own_first(run, own, best)) {
		best = own;
		run->worst = NULL;
	}
	return best;
}

static void
conclude(struct run *run, const struct finding *best)
{
	if (best == NULL || best->state == STATE_OK) {
		run->worst = NULL;
		return;
	}
	run->state = best->state;
	run->cause = best->cause;
	run->stage = best->stage;
	run->telling = best;
}

/*
 * --expect-cause.  A run that could not be made proves nothing about what was
 * expected of it: usage and internal faults stay what they are.
 */
static void
turn_round(struct run *run, const struct finding *best)
{
	enum cause want = run->policy.expect;
	struct finding *f;

	if (want == CAUSE_NONE)
		return;
	if (best != NULL && best->cause == want) {
		run->state = STATE_OK;
		run->cause = CAUSE_NONE;
		run->stage = STAGE_NONE;
		run->worst = NULL;
		run->telling = NULL;
		return;
	}
	if (best != NULL && cause_is_ours(best->cause))
		return;
	run->state = STATE_CRITICAL;
	run->cause = best != NULL ? best->cause : CAUSE_THRESHOLD;
	run->stage = best != NULL ? best->stage : STAGE_NONE;
	if (best != NULL)
		return;
	f = sheet_find(&run->sheet, CAUSE_THRESHOLD, STAGE_NONE, NULL,
	    "%s was expected and nothing is wrong", cause_info(want)->slug);
	if (f == NULL)
		return;
	f->critical = true;
	f->state = STATE_CRITICAL;
}

/* what could not be kept cannot be judged: our fault comes before all else */
static bool
short_of_memory(const struct run *run)
{
	size_t i;

	for (i = 0; i < run->nresults; i++)
		if (run->results[i].sheet.nomem)
			return true;
	return run->sheet.nomem || run->summary == NULL;
}

static void
give_up(struct run *run)
{
	run->cause = CAUSE_INTERNAL_ERROR;
	run->state = policy_state(&run->policy, run->cause, false, false);
	if (run->state == STATE_OK)
		run->cause = CAUSE_NONE;
	run->stage = STAGE_NONE;
	run->worst = NULL;
	run->telling = NULL;
	free(run->summary);
	run->summary = sentence_make("out of memory");
}

void
verdict_reach(struct run *run, unsigned expected)
{
	const struct finding *best;

	run->state = STATE_OK;
	run->cause = CAUSE_NONE;
	run->stage = STAGE_NONE;
	run->worst = NULL;
	run->telling = NULL;
	if (!names_give(run))
		run->sheet.nomem = true;
	best = pick(run, expected);
	conclude(run, best);
	free(run->summary);
	run->summary = summary_make(run, best);
	turn_round(run, best);
	if (short_of_memory(run))
		give_up(run);
}
