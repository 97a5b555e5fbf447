/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_found - what is made of a source's answer
 */
#include <string.h>

#include "base/text.h"
#include "plugin/quota.h"

struct result *
quota_result(struct run *run, const char *name)
{
	struct target none;
	struct result *r;
	struct buf text;

	memset(&none, 0, sizeof(none));
	r = run_new_result(run, &none);
	if (r == NULL) {
		run->sheet.nomem = true;
		return NULL;
	}
	buf_init(&text, QUOTA_WHOM_MAX + 8);
	text_clean(&text, span_of(name), QUOTA_WHOM_MAX);
	r->name = sentence_make("%s", buf_cstr(&text));
	buf_free(&text);
	r->beyond = ~(1u << STAGE_QUOTA);
	r->sheet.nomem = r->name == NULL;
	return r->name == NULL ? NULL : r;
}

void
quota_found(struct result *r, const char *backend,
    const struct quota_list *list, const struct settings *settings,
    const char *whom, const char *known)
{
	struct quota_facts *facts = quota_facts_make(list, backend, whom);
	const struct threshold_list *t = &settings->thresholds;
	struct buf sum;

	if (facts == NULL || list->nomem)
		r->sheet.nomem = true;
	if (facts == NULL)
		return;
	r->facts = facts;
	r->stages[STAGE_QUOTA].progress = PROGRESS_OK;
	quota_measure(&r->sheet, facts);
	buf_init(&sum, SENTENCE_MAX);
	quota_sum(&sum, facts, known);
	result_note(r, STAGE_QUOTA, "%s", buf_cstr(&sum));
	result_summary(r, "%s %s", whom, buf_cstr(&sum));
	r->sheet.nomem = r->sheet.nomem || sum.nomem;
	buf_free(&sum);
	quota_judge(&r->sheet, facts, t->rows, t->n, whom, known);
}

void
quota_refused(struct result *r, struct quota_refusal *refusal,
    const char *whom)
{
	const char *why = refusal->why.len > 0 ? buf_cstr(&refusal->why) :
	    "no answer";

	r->stages[refusal->stage == STAGE_NONE ? STAGE_QUOTA :
	    refusal->stage].progress = PROGRESS_FAILED;
	(void)sheet_find(&r->sheet, refusal->cause, refusal->stage, why,
	    "%s gives no quota: %s", whom, why);
	r->sheet.nomem = r->sheet.nomem || refusal->why.nomem;
}
