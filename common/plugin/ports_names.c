/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_names - names become addresses
 */
#include <stdlib.h>
#include <string.h>

#include "judge/names.h"
#include "plugin/ports_looking.h"
#include "world/clock.h"
#include "world/gate.h"

/* named - a name is resolved, or cannot be */
static void
named(struct looking *l, size_t host, int64_t since, const struct resolved *to,
    bool late)
{
	struct result *r = &l->run->results[host];
	struct buf note;

	result_spent(r, STAGE_DNS, clock_now() - since);
	if (to->outcome != DNS_FOUND) {
		r->stages[STAGE_DNS].progress = PROGRESS_FAILED;
		names_judge(&r->sheet, to, r->target.host,
		    l->work->settings->family, late);
		return;
	}
	r->stages[STAGE_DNS].progress = PROGRESS_OK;
	buf_init(&note, SENTENCE_MAX);
	names_note(&note, to, r->target.host);
	result_note(r, STAGE_DNS, "%s", buf_cstr(&note));
	buf_free(&note);
	looking_rows(l, host, to->list, to->n);
}

static void
forget(struct naming *n)
{
	struct looking *l = n->l;

	if (n->prev != NULL)
		n->prev->next = n->next;
	else
		l->names = n->next;
	if (n->next != NULL)
		n->next->prev = n->prev;
	l->nnames--;
	free(n);
}

static void
resolved(void *arg, const struct resolved *to)
{
	struct naming *n = arg;

	named(n->l, n->host, n->since, to, false);
	forget(n);
}

/* resolve - begin with a name; false without memory */
static bool
resolve(struct looking *l, size_t host)
{
	struct naming *n = calloc(1, sizeof(*n));

	if (n == NULL)
		return false;
	n->l = l;
	n->host = host;
	n->since = clock_now();
	n->resolve = resolve_start(l->loop, l->run->results[host].target.host,
	    l->work->settings->family, resolved, n);
	if (n->resolve == NULL) {
		free(n);
		return false;
	}
	n->next = l->names;
	if (l->names != NULL)
		l->names->prev = n;
	l->names = n;
	l->nnames++;
	return true;
}

/* names_at_once - as many as there are threads and as many again, whose turn our own questions may come first; half of the descriptors at most */
static unsigned
names_at_once(void)
{
	struct gate gate;
	unsigned most;

	gate_init(&gate, 0, 0);
	most = gate.descriptors / 2 / NAME_COST;
	return most < 1 ? 1 : most < 2 * LOOKUP_THREADS ? most :
	    2 * LOOKUP_THREADS;
}

void
looking_names(struct looking *l)
{
	struct target *t;

	if (l->most_names == 0)
		l->most_names = names_at_once();
	for (; l->next_name < l->run->nresults && l->nnames < l->most_names;
	    l->next_name++) {
		t = &l->run->results[l->next_name].target;
		if (t->fixed.family == 0)
			address_parse(span_of(t->host), &t->fixed);
		if (t->fixed.family != 0)
			looking_rows(l, l->next_name, &t->fixed, 1);
		else if (!resolve(l, l->next_name))
			l->run->results[l->next_name].sheet.nomem = true;
	}
}

void
looking_names_end(struct looking *l)
{
	struct resolved known;
	struct naming *n, *next;

	for (n = l->names; n != NULL; n = next) {
		next = n->next;
		resolve_so_far(n->resolve, &known);
		resolve_cancel(n->resolve);
		if (known.outcome != DNS_FOUND)
			named(l, n->host, n->since, &known, true);
		forget(n);
	}
}
