/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * paths - other ways than the one that was gone: all addresses of a host, and
 * the references that clear or blame this host's own uplink
 */
#include <stdlib.h>
#include <string.h>

#include "judge/spread.h"
#include "judge/uplink.h"
#include "plugin/frame.h"
#include "world/interfaces.h"

/* the references while they are asked */
struct asking {
	struct frame	*f;
	struct session_config config;
	struct run	 run;
	size_t		 next;
};

static void
choose(const struct frame *f, struct session *s)
{
	struct interfaces all = { 0 };
	struct spread_host host = {
		.source_family = f->settings.source.family
	};

	host.no_ipv4 = !interfaces_has(&all, 4);
	host.no_ipv6 = !interfaces_has(&all, 6);
	interfaces_free(&all);
	s->naddresses = spread_choose(s->addresses, s->naddresses,
	    &s->result->target.address, &host);
}

void
paths_note(struct frame *f, struct session *s)
{
	struct target *t = &s->result->target;
	struct target *others;
	size_t i;

	/* what stands behind the first results came from here */
	if (!f->settings.all_addresses || t->address.family == 0 ||
	    (size_t)(s->result - f->run.results) >= f->logins)
		return;
	choose(f, s);
	if (s->naddresses == 0)
		return;
	/* it has others beside it now, and its name tells them apart */
	t->fixed = t->address;
	others = realloc(f->others,
	    (f->nothers + s->naddresses) * sizeof(*others));
	if (others == NULL) {
		f->run.sheet.nomem = true;
		return;
	}
	f->others = others;
	for (i = 0; i < s->naddresses; i++) {
		others[f->nothers] = *t;
		others[f->nothers].address = (struct address){ 0 };
		others[f->nothers++].fixed = s->addresses[i];
	}
}

void
paths_expand(struct frame *f)
{
	size_t i;

	for (i = 0; i < f->nothers; i++)
		if (run_new_result(&f->run, &f->others[i]) == NULL)
			f->run.sheet.nomem = true;
	free(f->others);
	f->others = NULL;
	f->nothers = 0;
}

static struct session *
next_reference(void *arg)
{
	struct asking *a = arg;
	struct session *s;

	if (a->next == a->run.nresults)
		return NULL;
	s = malloc(sizeof(*s));
	if (s == NULL) {
		a->f->run.sheet.nomem = true;
		return NULL;
	}
	session_init(s, &a->config, &a->run.results[a->next++]);
	return s;
}

static void
reference_done(void *arg, struct session *s)
{
	(void)arg;
	session_free(s);
	free(s);
}

static bool
are_needed(const struct frame *f)
{
	size_t i;

	for (i = 0; i < f->run.nresults; i++)
		if (uplink_doubtful(&f->run.results[i]))
			return f->settings.references.n > 0;
	return false;
}

/* ask - all of them at once, in the time that is left */
static void
ask(struct asking *a, const struct drive_config *config)
{
	const struct reference_list *list = &a->f->settings.references;
	struct drive_config c = *config;
	struct target t;
	size_t i;

	for (i = 0; i < list->n; i++) {
		memset(&t, 0, sizeof(t));
		span_copy(span_of(list->rows[i].host), t.host, sizeof(t.host));
		t.port = list->rows[i].port;
		t.tls = TLS_NONE;
		if (run_new_result(&a->run, &t) == NULL) {
			a->f->run.sheet.nomem = true;
			return;
		}
	}
	c.arg = a;
	c.next = next_reference;
	c.done = reference_done;
	c.reach = 0;
	c.header = PROXY_HEADER_NONE;
	if (!drive(&c))
		a->f->run.sheet.nomem = true;
}

void
paths_judge(struct frame *f, const struct drive_config *config)
{
	struct asking a = { .f = f, .config = f->session };

	if (f->settings.all_addresses)
		spread_judge(&f->run);
	if (!are_needed(f))
		return;
	a.config.protocol = NULL;
	a.config.ladder = NULL;
	a.config.all_addresses = false;
	ask(&a, config);
	uplink_judge(&f->run, &a.run);
	run_free(&a.run);
}
