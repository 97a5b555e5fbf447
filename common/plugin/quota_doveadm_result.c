/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_result - what becomes of a user, and of a server that gives no
 * answer
 */
#include "plugin/quota.h"
#include "plugin/quota_doveadm.h"
#include "report/advice.h"

struct result *
doveadm_result(struct doveadm *d, const char *name, enum stage stage)
{
	struct result *r = quota_result(d->look->work->run, name);
	struct buf command;

	if (r == NULL)
		return NULL;
	buf_init(&command, SENTENCE_MAX);
	if (stage == STAGE_DNS) {
		(void)buf_str(&command, "getent ahosts ");
		advice_word(&command, d->web.host);
	} else if (stage != STAGE_QUOTA && stage != STAGE_NONE) {
		(void)buf_str(&command, "curl -v ");
		advice_word(&command, buf_cstr(&d->web.url));
	} else {
		(void)buf_str(&command, "doveadm quota get ");
		(void)buf_str(&command, d->user == NULL ? "-A" : "-u ");
		if (d->user != NULL)
			advice_word(&command, d->user);
	}
	result_by_hand(r, &command);
	buf_free(&command);
	return r;
}

void
doveadm_user_refused(struct doveadm *d, const char *name,
    struct quota_refusal *refusal, bool late)
{
	struct result *r = doveadm_result(d, name, refusal->stage);
	size_t n;

	if (r == NULL)
		return;
	n = r->sheet.nfindings;
	quota_refused(r, refusal, r->name);
	if (late && r->sheet.nfindings > n)
		r->sheet.findings[n].by_deadline = true;
}
