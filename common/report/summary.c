/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary - the sentence of the first line
 */
#include <stdlib.h>

#include "report/summary.h"

static void
count(struct run *run, enum metric_id id, size_t n)
{
	struct metric *m = sheet_measure(&run->sheet, id, (double)n);

	if (m != NULL)
		m->has_min = true;
}

/* how many targets are in each state; returns how many are not OK */
static size_t
count_targets(struct run *run)
{
	size_t i, in[] = { 0, 0, 0, 0 };

	for (i = 0; i < run->nresults; i++)
		in[run->results[i].state]++;
	count(run, METRIC_TARGETS, run->nresults);
	count(run, METRIC_OK, in[STATE_OK]);
	count(run, METRIC_WARNING, in[STATE_WARNING]);
	count(run, METRIC_CRITICAL, in[STATE_CRITICAL]);
	count(run, METRIC_UNKNOWN, in[STATE_UNKNOWN]);
	return run->nresults - in[STATE_OK];
}

static char *
of_one(const struct run *run, const struct finding *best)
{
	const struct result *only = run_only(run);

	if (run->state == STATE_OK && only != NULL && only->ok_summary != NULL)
		return sentence_make("%s", only->ok_summary);
	if (best != NULL)
		return sentence_make("%s", best->sentence);
	return sentence_make(only != NULL ? "all is well" :
	    "nothing was checked");
}

/* of_worst - how many fail, and what is wrong with the one that is worst */
static char *
of_worst(const struct run *run, const struct finding *best, size_t failed)
{
	struct buf whom;
	char *s;

	buf_init(&whom, SENTENCE_MAX);
	result_whom(run->worst, best->port, &whom);
	s = sentence_make("%zu of %zu targets fail; worst %s %s", failed,
	    run->nresults, buf_cstr(&whom),
	    result_words(run->worst, best->port, best->sentence));
	buf_free(&whom);
	return s;
}

static char *
of_many(const struct run *run, const struct finding *best, size_t failed)
{
	const struct result *w = run->worst;

	if (run->state == STATE_OK)
		return sentence_make("%zu targets, all ok", run->nresults);
	if (w != NULL && w->name != NULL)
		return of_worst(run, best, failed);
	if (failed > 0)
		return sentence_make("%zu of %zu targets fail; %s%s", failed,
		    run->nresults, w != NULL ? "worst " : "", best->sentence);
	return sentence_make("%s", best->sentence);
}

/* with --expect-cause: what was expected, before what there is */
static char *
turned_round(enum cause want, const struct finding *best, char *plain)
{
	const char *slug = cause_info(want)->slug;
	char *s;

	if (plain == NULL)
		return NULL;
	if (best == NULL)
		s = sentence_make("%s was expected and nothing is wrong: %s",
		    slug, plain);
	else if (best->cause == want)
		s = sentence_make("%s as expected: %s", slug, plain);
	else
		s = sentence_make("%s was expected: %s", slug, plain);
	free(plain);
	return s;
}

char *
summary_make(struct run *run, const struct finding *best)
{
	enum cause want = run->policy.expect;
	char *s;

	if (run->nresults > 1)
		s = of_many(run, best, count_targets(run));
	else
		s = of_one(run, best);
	if (want == CAUSE_NONE || (best != NULL && best->cause != want &&
	    cause_is_ours(best->cause)))
		return s;
	return turned_round(want, best, s);
}
