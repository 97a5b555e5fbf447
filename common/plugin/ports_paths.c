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
	const struct port_host	*host;
	uint16_t		 ports[BLOCKED_MAX + 1];	/* those in question first */
	size_t			 nblocked;
	size_t			 nports;	/* with an open one that is not in question */
	size_t			 open;		/* which of them is open; nports: none */
	int64_t			 rtt;		/* microseconds to that one; 0 not known */
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
	case CAUSE_CONNECT_IPV6_DOWN:
	case CAUSE_CONNECT_ADDRESS_DOWN:
		return f->explained_by == CAUSE_NONE;
	default:
		return false;
	}
}

/* opens - does the port of that row, at another address? */
static bool
opens(const struct port_host *h, const struct port_row *row)
{
	size_t a, port = (size_t)(row - h->rows) % h->nports;

	for (a = 0; a < h->naddresses; a++)
		if (ports_row(h, a, port)->verdict == PORT_OPEN)
			return true;
	return false;
}

/* shows - does the row show what the finding is about? */
static bool
shows(const struct port_host *h, const struct port_row *row,
    const struct finding *f)
{
	if (f->port != 0 && f->port != row->port)
		return false;
	if (f->cause == CAUSE_CONNECT_LOSSY)
		return row->verdict == PORT_OPEN && row->lost > 0;
	if (row->verdict == PORT_OPEN || row->verdict == PORT_UNTRIED)
		return false;
	if (f->cause == CAUSE_CONNECT_IPV6_DOWN && row->address.family != 6)
		return false;
	return f->port != 0 || opens(h, row);
}

/* suspect - the first row that shows it, or of losses the one with most; NULL: it has not to do with the way */
static const struct port_row *
suspect(const struct port_host *h, const struct finding *f)
{
	const struct port_row *row, *found = NULL;
	size_t i;

	if (!is_about_way(f))
		return NULL;
	for (i = 0; i < h->naddresses * h->nports; i++) {
		row = &h->rows[i];
		if (shows(h, row, f) && (found == NULL ||
		    (f->cause == CAUSE_CONNECT_LOSSY &&
		    row->lost > found->lost)))
			found = row;
	}
	return found;
}

/* begin_path - to that address, once, unless there are too many */
static void
begin_path(struct ports_batch *batch, size_t host, size_t address)
{
	size_t i;

	for (i = 0; i < batch->npaths; i++)
		if (batch->paths[i].host == host &&
		    batch->paths[i].address == address)
			return;
	if (batch->npaths < PATHS_MAX)
		batch->paths[batch->npaths++] = (struct ports_path){
			.host = host, .address = address
		};
}

/* choose - addresses that something is wrong with, or the first of all */
static void
choose(const struct run *run, struct ports_batch *batch)
{
	const struct port_row *row;
	const struct port_host *h;
	size_t i, k;

	for (i = 0; i < run->nresults; i++) {
		h = &batch->hosts[i];
		for (k = 0; h->rows != NULL &&
		    k < run->results[i].sheet.nfindings; k++) {
			row = suspect(h, &run->results[i].sheet.findings[k]);
			if (row != NULL)
				begin_path(batch, i, ports_address(h, row));
		}
	}
	for (i = 0; batch->npaths == 0 && i < run->nresults; i++)
		if (batch->hosts[i].rows != NULL)
			begin_path(batch, i, 0);
}

/* is_followed - to this address, because of that finding: its port is put in */
static bool
is_followed(const struct following *f, const struct finding *found,
    uint16_t *port)
{
	const struct port_row *row = suspect(f->host, found);

	if (row == NULL || ports_address(f->host, row) != f->path->address)
		return false;
	*port = row->port;
	return true;
}

/* nth - which of the ports it is; nports: none */
static size_t
nth(const struct following *f, uint16_t port)
{
	size_t i = 0;

	while (i < f->nports && f->ports[i] != port)
		i++;
	return i;
}

/* compare - with an open port, if there is one that is not in question itself */
static void
compare(struct following *f)
{
	const struct port_row *row, *best = NULL;
	size_t i;

	for (i = 0; i < f->host->nports; i++) {
		row = ports_row(f->host, f->path->address, i);
		if (row->verdict == PORT_OPEN && (best == NULL ||
		    (nth(f, best->port) < f->nports &&
		    nth(f, row->port) == f->nports)))
			best = row;
	}
	f->open = f->nports;
	if (best == NULL)
		return;
	f->open = nth(f, best->port);
	f->rtt = best->connect_usec;
	if (f->open == f->nports)
		f->ports[f->nports++] = best->port;
}

/* gather - the ports of the address that are followed */
static void
gather(struct following *f, const struct sheet *sh)
{
	uint16_t port;
	size_t i;

	for (i = 0; i < sh->nfindings && f->nports < BLOCKED_MAX; i++)
		if (is_followed(f, &sh->findings[i], &port) &&
		    nth(f, port) == f->nports)
			f->ports[f->nports++] = port;
	f->nblocked = f->nports;
	compare(f);
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
    struct interfaces *interfaces)
{
	struct trace_wish wish = {
		.to = ports_row(f->host, f->path->address, 0)->address,
		.source = work->settings->source, .ports = f->ports,
		.nports = f->nports, .udp = true, .echo = true,
		.rtt = f->rtt,
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

/* say - append to a finding what its port's way says */
static void
say(const struct hops_case *c, struct finding *found, struct sheet *sh)
{
	struct hops_verdict verdict = hops_judge(c);
	struct buf words;
	bool any;

	buf_init(&words, SENTENCE_MAX);
	buf_str(&words, "; ");
	if (found->cause == CAUSE_CONNECT_LOSSY) {
		any = hops_say_loss(&words, c->blocked);
	} else {
		any = verdict.what != HOPS_UNKNOWN;
		if (any)
			hops_say(&words, c, &verdict);
	}
	if (any && (words.nomem || !finding_say_more(found,
	    buf_cstr(&words))))
		sh->nomem = true;
	buf_free(&words);
}

/* explain - what the ways say about the findings of those ports */
static void
explain(const struct following *f, struct sheet *sh)
{
	const struct hop_trace *traces = f->path->traces;
	struct hops_case c;
	uint16_t port;
	size_t i, k;

	for (i = 0; i < sh->nfindings; i++) {
		if (!is_followed(f, &sh->findings[i], &port))
			continue;
		k = nth(f, port);
		if (k >= f->nblocked)
			continue;
		c = (struct hops_case){ .blocked = &traces[k],
		    .open = f->open < f->nports && f->open != k ?
		    &traces[f->open] : NULL,
		    .udp = &traces[f->nports],
		    .echo = &traces[f->nports + 1] };
		say(&c, &sh->findings[i], sh);
	}
}

void
ports_paths(const struct work *work, struct ports_batch *batch)
{
	struct interfaces interfaces = { 0 };
	struct run *run = work->run;
	struct sheet *sh;
	size_t i;

	choose(run, batch);
	for (i = 0; i < batch->npaths && !*work->stop &&
	    clock_now() < work->deadline; i++) {
		struct following f = { .path = &batch->paths[i],
		    .host = &batch->hosts[batch->paths[i].host] };

		sh = &run->results[f.path->host].sheet;
		gather(&f, sh);
		follow(&f, work, &interfaces);
		if (f.path->ntraces == f.nports + 2)
			explain(&f, sh);
		ports_bulk(work, batch, f.path);
		run->sheet.nomem |= f.nomem;
	}
	interfaces_free(&interfaces);
}
