/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_look - addresses become rows, and rows are looked at
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "plugin/ports_looking.h"
#include "world/clock.h"
#include "world/gateway.h"

enum {
	FILTERS_TIME = 10 * 1000,	/* microseconds; a neighbour is given up after 300,000 at least */
	GATES_MAX = 4096	/* addresses whose first step is looked at: each costs a word with the kernel */
};

/* is_for_us - an address of a family that this host and --source-address have */
static bool
is_for_us(struct looking *l, const struct address *a, bool both)
{
	const struct settings *set = l->work->settings;

	if (set->source.family != 0 && a->family != set->source.family)
		return false;
	return !both || interfaces_has(&l->interfaces, a->family) ||
	    !interfaces_has(&l->interfaces, a->family == 4 ? 6 : 4) ||
	    interfaces_ours(&l->interfaces, a);
}

/* choose - of the addresses of a name those that can be asked; what this host has no address for is left out where the name has others */
static size_t
choose(struct looking *l, const struct address *list, size_t n,
    const struct address *chosen[ADDRESSES_MAX])
{
	bool four = false, six = false;
	size_t i, kept = 0;

	for (i = 0; i < n; i++) {
		four |= list[i].family == 4;
		six |= list[i].family == 6;
	}
	for (i = 0; i < n; i++)
		if (is_for_us(l, &list[i], four && six))
			chosen[kept++] = &list[i];
	return kept;
}

static void
no_source(struct result *r)
{
	sheet_find(&r->sheet, CAUSE_USAGE_OPTION, STAGE_CONNECT, NULL,
	    "--source-address is of another family than all addresses of %s: "
	    "it was not tried", r->target.host);
	r->stages[STAGE_CONNECT].progress = PROGRESS_FAILED;
}

void
looking_rows(struct looking *l, size_t host, const struct address *list,
    size_t n)
{
	const struct address *chosen[ADDRESSES_MAX];
	struct result *r = &l->run->results[host];
	struct port_host *h = &l->batch->hosts[host];
	size_t a, i, nports = r->target.port != 0 ? 1 : l->batch->nports;

	n = choose(l, list, n, chosen);
	if (n == 0) {
		no_source(r);
		return;
	}
	h->rows = calloc(n * nports, sizeof(*h->rows));
	if (h->rows == NULL) {
		r->sheet.nomem = true;
		return;
	}
	h->naddresses = n;
	h->nports = nports;
	for (a = 0; a < n; a++)
		for (i = 0; i < nports; i++) {
			ports_row(h, a, i)->address = *chosen[a];
			ports_row(h, a, i)->host = (uint32_t)host;
			ports_row(h, a, i)->port = r->target.port != 0 ?
			    r->target.port : l->batch->ports[i];
		}
	l->ready[l->nready++] = host;
}

/* next_row - for the sweep */
static struct port_row *
next_row(void *arg)
{
	struct looking *l = arg;
	struct port_host *h;

	if (l->next_ready == l->nready)
		return NULL;
	h = &l->batch->hosts[l->ready[l->next_ready]];
	if (l->next_row + 1 < h->naddresses * h->nports)
		return &h->rows[l->next_row++];
	l->next_ready++;
	l->next_row = 0;
	return &h->rows[h->naddresses * h->nports - 1];
}

/* gate - the first step to the address of a row, looked at once; NULL where that is not known */
static const struct gateway *
gate(struct looking *l, const struct port_row *row)
{
	struct port_host *h = &l->batch->hosts[row->host];
	struct port_gate *g;

	if (h->gates == NULL)
		h->gates = calloc(h->naddresses, sizeof(*h->gates));
	if (h->gates == NULL)
		return NULL;
	g = &h->gates[ports_address(h, row)];
	if (!g->looked && l->ngates++ < GATES_MAX) {
		gateway_look(&row->address, &l->work->settings->source,
		    &g->gateway);
		g->looked = true;
	}
	return g->looked ? &g->gateway : NULL;
}

/*
 * is_filters_word - "host unreachable" of this host itself: its own stack says
 * so of a neighbour only when that is dead.  With IPv6 another router may have
 * stepped in by now (RFC 4191), but a filter needs no time.
 */
static bool
is_filters_word(const struct port_row *row, const struct gateway *g)
{
	return gateway_alive(g) && (row->address.family == 4 ||
	    row->connect_usec < FILTERS_TIME);
}

/*
 * row_done - for the sweep.  Silence may be that of a dead neighbour, which the
 * kernel has not given up yet; later it will have forgotten it.  And what our
 * own stack says of a neighbour may be a filter's word.
 */
static void
row_done(void *arg, struct port_row *row)
{
	struct looking *l = arg;
	bool ours = row->icmp && row->offender_is_ours;
	const struct gateway *g;
	enum cause cause;

	if (row->verdict != PORT_FILTERED &&
	    (row->verdict != PORT_UNREACHABLE || !ours))
		return;
	g = gate(l, row);
	if (g == NULL)
		return;
	cause = gateway_cause(g, (enum cause)row->cause);
	if (cause == CAUSE_NONE && ours && is_filters_word(row, g)) {
		row->verdict = PORT_REJECTED;
		row->cause = CAUSE_CONNECT_LOCAL_POLICY;
	}
	if (cause == CAUSE_NONE)
		return;
	row->verdict = PORT_UNREACHABLE;
	row->cause = (uint8_t)cause;
	row->on_link = g->on_link;
}

/* tls - for the sweep: whom to shake hands with, and by what */
static const struct tls_setup *
tls(void *arg, const struct port_row *row, struct target *t)
{
	struct looking *l = arg;
	const struct tls_setup *setup = l->work->tls(l->work->arg,
	    &l->run->sheet);

	*t = l->run->results[row->host].target;
	t->port = row->port;
	return setup;
}

static bool
is_up(const struct looking *l, int64_t deadline)
{
	return *l->work->stop || clock_now() >= deadline;
}

static void
look(struct looking *l, int64_t deadline)
{
	int64_t again;

	while (!is_up(l, deadline)) {
		looking_names(l);
		again = sweep_more(l->sweep, NAME_COST * l->nnames);
		if (l->nnames == 0 && l->next_name == l->run->nresults &&
		    sweep_busy(l->sweep) == 0 && l->next_ready == l->nready)
			return;
		if (again == 0 || again > deadline)
			again = deadline;
		loop_once(l->loop, again);
	}
}

/* ports_patience - four fifths of the look, so that silence is known for what it is before time is up */
int64_t
ports_patience(const struct work *work, int64_t kept)
{
	return (work->settings->timeout.usec - kept) / 5 * 4;
}

static struct sweep_config
config(struct looking *l, int64_t kept)
{
	const struct settings *set = l->work->settings;

	return (struct sweep_config){
		.connect_timeout = set->connect_timeout,
		.patience = ports_patience(l->work, kept),
		.source = set->source, .slots = set->parallel,
		.rate = set->rate, .attempts = l->options->attempts,
		.depth = l->options->depth, .interfaces = &l->interfaces,
		.log_fd = set->verbose >= 3 ? STDERR_FILENO : -1,
		.arg = l, .next = next_row, .done = row_done, .tls = tls
	};
}

static void
close_down(struct looking *l)
{
	if (l->sweep != NULL) {
		sweep_stop(l->sweep);
		if (sweep_nomem(l->sweep))
			l->run->sheet.nomem = true;
	}
	looking_names_end(l);
	sweep_free(l->sweep);
	interfaces_free(&l->interfaces);
	if (l->loop != NULL)
		loop_free(l->loop);
	free(l->ready);
}

void
ports_look(const struct work *work, const struct ports_options *options,
    struct ports_batch *batch, int64_t kept)
{
	struct looking l = { .work = work, .options = options, .batch = batch,
	    .run = work->run };
	struct sweep_config c = config(&l, kept);

	batch->hosts = calloc(work->run->nresults, sizeof(*batch->hosts));
	l.ready = calloc(work->run->nresults, sizeof(*l.ready));
	l.loop = loop_new();
	if (l.loop != NULL)
		l.sweep = sweep_new(l.loop, &c);
	if (batch->hosts != NULL && l.ready != NULL && l.sweep != NULL)
		look(&l, work->deadline - kept);
	else
		sheet_find(&work->run->sheet, CAUSE_INTERNAL_ERROR, STAGE_NONE,
		    NULL, "this host gives no memory or no descriptors for "
		    "the check");
	close_down(&l);
}

void
ports_free(struct ports_batch *batch, size_t nhosts)
{
	size_t i, k;

	for (i = 0; batch->hosts != NULL && i < nhosts; i++) {
		struct port_host *h = &batch->hosts[i];

		for (k = 0; k < h->naddresses * h->nports; k++)
			free(h->rows[k].words);
		free(h->rows);
		free(h->gates);
	}
	free(batch->hosts);
	batch->hosts = NULL;
}
