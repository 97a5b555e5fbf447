/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_name - the host's addresses, looked up as for every check, so
 * that it is known why there are none
 */
#include "judge/names.h"
#include "plugin/quota_doveadm.h"
#include "world/clock.h"
#include "world/resolve.h"

/* what a lookup found, once it is done */
struct found {
	struct resolved	 to;
	bool		 done;
};

static void
found(void *arg, const struct resolved *to)
{
	struct found *f = arg;

	f->to = *to;
	f->done = true;
}

/* look_up - until there is an answer, a signal, or no more time */
static void
look_up(const struct work *work, const char *host, struct found *f)
{
	struct loop *loop = loop_new();
	struct resolve *resolve;

	f->to.outcome = DNS_OURS;
	if (loop == NULL)
		return;
	resolve = resolve_start(loop, host, work->settings->family, found, f);
	while (resolve != NULL && !f->done && *work->stop == 0 &&
	    clock_now() < work->deadline)
		loop_once(loop, work->deadline);
	if (resolve != NULL && !f->done) {
		resolve_so_far(resolve, &f->to);
		resolve_cancel(resolve);
	}
	loop_free(loop);
}

/* keep - "HOST:PORT:ADDRESS,ADDRESS" */
static void
keep(struct doveadm *d, const struct target *t, const struct resolved *to)
{
	char text[ADDRESS_TEXT];
	size_t i;

	(void)buf_fmt(&d->known, "%s:%u:", t->host, (unsigned)t->port);
	for (i = 0; i < to->n; i++)
		(void)buf_fmt(&d->known, "%s%s", i > 0 ? "," : "",
		    address_text(&to->list[i], text));
}

bool
doveadm_name(struct doveadm *d, const struct target *t)
{
	const struct work *work = d->look->work;
	struct found f = { .done = false };
	struct address numeric;
	struct result *r;

	if (work->settings->address.family != 0 ||
	    address_parse(span_of(t->host), &numeric))
		return true;
	look_up(work, t->host, &f);
	if (f.to.outcome == DNS_FOUND) {
		keep(d, t, &f.to);
		return true;
	}
	r = quota_result(work->run, buf_cstr(&d->whom));
	if (r == NULL)
		return false;
	r->stages[STAGE_DNS].progress = PROGRESS_FAILED;
	names_judge(&r->sheet, &f.to, t->host, work->settings->family,
	    !f.done);
	return false;
}
