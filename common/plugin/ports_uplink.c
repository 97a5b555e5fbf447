/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_uplink - is it the servers that cannot be reached, or this host that
 * reaches nobody?
 */
#include <stdlib.h>
#include <string.h>

#include "judge/gateway.h"
#include "judge/uplink.h"
#include "plugin/ports.h"
#include "world/clock.h"
#include "world/dns_query.h"
#include "world/gateway.h"
#include "world/loop.h"

enum {
	RESOLVER_PATIENCE = 1000 * 1000	/* microseconds that a resolver is given to say anything */
};

/* a resolver while it is asked */
struct asking {
	bool			 done;
	enum dns_outcome	 outcome;
};

static bool
are_needed(const struct work *work)
{
	size_t i;

	for (i = 0; i < work->run->nresults; i++)
		if (uplink_doubtful(&work->run->results[i]))
			return work->settings->references.n > 0;
	return false;
}

/* list - the references as targets of a run of their own */
static bool
list(const struct settings *set, struct run *references)
{
	struct target t;
	size_t i;

	for (i = 0; i < set->references.n; i++) {
		memset(&t, 0, sizeof(t));
		span_copy(span_of(set->references.rows[i].host), t.host,
		    sizeof(t.host));
		t.port = set->references.rows[i].port;
		if (run_new_result(references, &t) == NULL)
			return false;
	}
	return true;
}

static void
ask(const struct work *work, struct run *references)
{
	static const struct port_policy none;
	struct ports_wish wish = { .policy = &none };
	static const struct ports_options options = { .attempts = 1 };
	struct ports_batch batch = { .nports = 0 };
	struct work w = *work;
	size_t i;

	w.run = references;
	ports_look(&w, &options, &batch, 0);
	for (i = 0; batch.hosts != NULL && i < references->nresults; i++)
		if (batch.hosts[i].rows != NULL)
			ports_judge(&references->results[i], &batch.hosts[i],
			    &wish);
	ports_free(&batch, references->nresults);
}

static void
heard(void *arg, const struct resolved *r)
{
	struct asking *a = arg;

	a->done = true;
	a->outcome = r->outcome;
}

/* resolver - does one of those in resolv.conf say anything at all? */
static void
resolver(const struct work *work, struct buf *out)
{
	struct asking a = { .outcome = DNS_NO_ANSWER };
	int64_t until = clock_now() + RESOLVER_PATIENCE;
	struct loop *loop = loop_new();
	struct dns_servers servers;
	struct dns_query *query;
	char text[ADDRESS_TEXT];

	if (loop == NULL)
		return;
	if (until > work->deadline)
		until = work->deadline;
	dns_servers_read(DNS_CONF_PATH, &servers);
	/* a name that every resolver knows by itself (RFC 6761 section 6.3) */
	query = dns_query_start(loop, &servers, "localhost", 4, heard, &a);
	while (query != NULL && !a.done && !*work->stop &&
	    clock_now() < until)
		loop_once(loop, until);
	if (query != NULL && !a.done)
		dns_query_cancel(query);
	loop_free(loop);
	if (query != NULL && servers.n > 0)
		buf_fmt(out, "; the resolver %s %s",
		    address_text(&servers.list[0], text), a.outcome ==
		    DNS_NO_ANSWER ? "is silent too" : "answers");
}

/* first_step - the gateway to an address that was not reached */
static void
first_step(const struct work *work, const struct ports_batch *batch,
    struct buf *out)
{
	struct gateway g;
	char text[ADDRESS_TEXT];
	size_t i = 0;

	/* where it was no silence it is known what is wrong */
	while (i < work->run->nresults && (batch->hosts[i].rows == NULL ||
	    batch->hosts[i].rows[0].verdict != PORT_FILTERED))
		i++;
	if (i == work->run->nresults)
		return;
	memset(&g, 0, sizeof(g));
	gateway_look(&batch->hosts[i].rows[0].address,
	    &work->settings->source, &g);
	if (!g.known || g.no_route || g.local || g.on_link)
		return;
	if (gateway_dead(&g) || gateway_alive(&g))
		buf_str(out, "; ");
	if (gateway_dead(&g))
		gateway_words(&g, out);
	else if (gateway_alive(&g))
		buf_fmt(out, "the gateway %s of this host is there",
		    address_text(&g.next_hop, text));
}

/* around - what else can be said of a network that is down */
static void
around(const struct work *work, const struct ports_batch *batch)
{
	struct run *run = work->run;
	struct buf words;
	bool any = false;
	size_t i;

	for (i = 0; i < run->nresults; i++)
		any |= sheet_has(&run->results[i].sheet,
		    CAUSE_CONNECT_NO_NETWORK);
	if (!any)
		return;
	buf_init(&words, SENTENCE_MAX);
	first_step(work, batch, &words);
	resolver(work, &words);
	for (i = 0; i < run->nresults; i++)
		sheet_say_more(&run->results[i].sheet,
		    CAUSE_CONNECT_NO_NETWORK, "%s", buf_cstr(&words));
	if (words.nomem)
		run->sheet.nomem = true;
	buf_free(&words);
}

void
ports_uplink(const struct work *work, const struct ports_batch *batch)
{
	struct run references = { .plugin = work->run->plugin };

	if (batch->hosts == NULL)
		return;
	if (are_needed(work) && list(work->settings, &references)) {
		ask(work, &references);
		uplink_judge(work->run, &references);
	}
	if (references.sheet.nomem)
		work->run->sheet.nomem = true;
	run_free(&references);
	around(work, batch);
}
