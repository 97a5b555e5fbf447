/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_paths - the way to addresses, hop by hop
 *
 * Where something is wrong with the connection to a port, its way is followed,
 * and beside it that to an open port of the same address, UDP's and that of echo
 * requests.
 */
#include <stdlib.h>
#include <string.h>

#include "judge/hops_words.h"
#include "plugin/ports.h"
#include "world/clock.h"
#include "world/interfaces.h"
#include "world/loop.h"
#include "world/trace.h"

enum {
	BLOCKED_MAX = 3		/* ports of one address that are followed */
};

/* one address while its ways are followed */
struct following {
	struct ports_path	*path;
	uint16_t		 ports[BLOCKED_MAX + 1];	/* those in question, then the open one */
	size_t			 nblocked;
	bool			 open;
	bool			 done;
	bool			 nomem;
};

/* is_about_way - may the way have to do with it? */
static bool
is_about_way(const struct finding *f)
{
	switch (f->cause) {
	case CAUSE_CONNECT_UNREACHABLE:
	case CAUSE_CONNECT_REJECTED:
	case CAUSE_CONNECT_PORT_BLOCKED:
	case CAUSE_CONNECT_FILTERED:
	case CAUSE_CONNECT_REFUSED:
	case CAUSE_CONNECT_RESET:
	case CAUSE_CONNECT_LOSSY:
		return f->port != 0 && f->explained_by == CAUSE_NONE;
	default:
		return false;
	}
}

/* column - of a port in the rows; nports when it is not there */
static size_t
column(const struct port_host *h, uint16_t port)
{
	size_t i = 0;

	while (i < h->nports && h->rows[i].port != port)
		i++;
	return i;
}

/* suspect - the address whose row of that port is the worst */
static size_t
suspect(const struct port_host *h, uint16_t port)
{
	size_t a, i = column(h, port);

	for (a = 0; i < h->nports && a < h->naddresses; a++)
		if (ports_row(h, a, i)->verdict != PORT_OPEN)
			return a;
	return 0;
}

/* begin_path - to that address, once; false when it is there already, or there are too many */
static bool
begin_path(struct ports_batch *batch, size_t host, size_t address)
{
	size_t i;

	for (i = 0; i < batch->npaths; i++)
		if (batch->paths[i].host == host &&
		    batch->paths[i].address == address)
			return false;
	if (batch->npaths == PATHS_MAX)
		return false;
	batch->paths[batch->npaths++] = (struct ports_path){
		.host = host, .address = address
	};
	return true;
}

/* choose - addresses that something is wrong with, or the first of all */
static void
choose(const struct run *run, struct ports_batch *batch)
{
	const struct finding *f;
	size_t i, k;

	for (i = 0; i < run->nresults; i++)
		for (k = 0; k < run->results[i].sheet.nfindings; k++) {
			f = &run->results[i].sheet.findings[k];
			if (is_about_way(f) && batch->hosts[i].rows != NULL)
				(void)begin_path(batch, i,
				    suspect(&batch->hosts[i], f->port));
		}
	for (i = 0; batch->npaths == 0 && i < run->nresults; i++)
		if (batch->hosts[i].rows != NULL)
			(void)begin_path(batch, i, 0);
}

/* gather - the ports of the address that are followed */
static void
gather(struct following *f, const struct run *run,
    const struct ports_batch *batch)
{
	const struct port_host *h = &batch->hosts[f->path->host];
	const struct sheet *sh = &run->results[f->path->host].sheet;
	const struct port_row *row;
	size_t i;

	for (i = 0; i < sh->nfindings && f->nblocked < BLOCKED_MAX; i++)
		if (is_about_way(&sh->findings[i]))
			f->ports[f->nblocked++] = sh->findings[i].port;
	for (i = 0; i < h->nports && !f->open; i++) {
		row = ports_row(h, f->path->address, i);
		if (row->verdict != PORT_OPEN)
			continue;
		f->open = true;
		f->ports[f->nblocked] = row->port;
	}
}

static void
traced(void *arg, const struct hop_trace *traces, size_t n)
{
	struct following *f = arg;

	f->done = true;
	f->path->traces = calloc(n, sizeof(*traces));
	if (f->path->traces == NULL) {
		f->nomem = true;
		return;
	}
	memcpy(f->path->traces, traces, n * sizeof(*traces));
	f->path->ntraces = n;
}

/* follow - until all is known or time is up */
static void
follow(struct following *f, const struct work *work,
    const struct port_host *h, struct interfaces *interfaces)
{
	struct trace_wish wish = {
		.to = ports_row(h, f->path->address, 0)->address,
		.source = work->settings->source, .ports = f->ports,
		.nports = f->nblocked + f->open, .udp = true, .echo = true,
		.deadline = work->deadline, .interfaces = interfaces
	};
	const struct hop_trace *known;
	struct loop *loop = loop_new();
	struct tracing *t = NULL;
	size_t n;

	if (loop != NULL)
		t = trace_start(loop, &wish, traced, f);
	while (t != NULL && !f->done && !*work->stop &&
	    clock_now() < work->deadline)
		loop_once(loop, work->deadline);
	if (t != NULL && !f->done) {
		known = trace_stop(t, &n);
		traced(f, known, n);
		trace_cancel(t);
	}
	f->nomem |= t == NULL;
	if (loop != NULL)
		loop_free(loop);
}

/* explain - what the ways say about the findings of those ports */
static void
explain(const struct following *f, struct sheet *sh)
{
	const struct hop_trace *traces = f->path->traces;
	struct hops_verdict verdict;
	struct hops_case c;
	struct finding *found;
	struct buf words;
	size_t i, k;

	for (i = 0, k = 0; i < sh->nfindings && k < f->nblocked; i++) {
		found = &sh->findings[i];
		if (!is_about_way(found))
			continue;
		c = (struct hops_case){ .blocked = &traces[k++],
		    .open = f->open ? &traces[f->nblocked] : NULL,
		    .udp = &traces[f->nblocked + f->open],
		    .echo = &traces[f->nblocked + f->open + 1] };
		verdict = hops_judge(&c);
		buf_init(&words, SENTENCE_MAX);
		buf_str(&words, "; ");
		if (found->cause == CAUSE_CONNECT_LOSSY ?
		    hops_say_loss(&words, c.blocked) :
		    verdict.what != HOPS_UNKNOWN) {
			if (found->cause != CAUSE_CONNECT_LOSSY)
				hops_say(&words, &c, &verdict);
			if (words.nomem ||
			    !finding_say_more(found, buf_cstr(&words)))
				sh->nomem = true;
		}
		buf_free(&words);
	}
}

void
ports_paths(const struct work *work, struct ports_batch *batch)
{
	struct interfaces interfaces = { 0 };
	struct run *run = work->run;
	size_t i;

	choose(run, batch);
	for (i = 0; i < batch->npaths && !*work->stop &&
	    clock_now() < work->deadline; i++) {
		struct following f = { .path = &batch->paths[i] };

		gather(&f, run, batch);
		follow(&f, work, &batch->hosts[f.path->host], &interfaces);
		if (f.path->ntraces == f.nblocked + f.open + 2)
			explain(&f, &run->results[f.path->host].sheet);
		ports_bulk(work, batch, f.path);
		run->sheet.nomem |= f.nomem;
	}
	interfaces_free(&interfaces);
}
