/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_query - our own question for the addresses of a name
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/dns_query.h"

#ifdef HAVE_SYS_RANDOM_H
#include <sys/random.h>
#endif
#include <stdlib.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/dns_state.h"

static void	ready(struct watch *, short);

/* begin_name - turn to the nth name, or the next one that there is; false if there is none */
static bool
begin_name(struct dns_query *q, unsigned nth)
{
	size_t i;

	while (!dns_servers_name(&q->servers, q->host, nth, q->name))
		if (nth++ >= q->servers.nsearch)
			return false;
	q->nth = nth;
	q->steps = 0;
	for (i = 0; i < q->servers.n; i++)
		q->server[i].state = UNASKED;
	for (i = 0; i < q->nquestions; i++) {
		struct question *question = &q->question[i];

		question->state = OPEN;
		question->n = 0;
		/* an answer is also known by its port and its server */
		if (getentropy(&question->id, sizeof(question->id)) == -1)
			question->id = (uint16_t)clock_now();
	}
	return true;
}

/* finish - tell it; the query ends */
static void
finish(struct dns_query *q)
{
	void (*done)(void *, const struct resolved *) = q->done;
	struct resolved best = q->best;
	void *arg = q->arg;

	dns_query_cancel(q);
	done(arg, &best);
}

static void	step(struct dns_query *, bool waited);

/* end_name - no more will be heard of this name; the query may be gone after it */
static void
end_name(struct dns_query *q)
{
	struct resolved now;

	dns_outcome(q, &now);
	if (!q->any || dns_outcome_helps(&now, &q->best))
		q->best = now;
	q->any = true;
	if ((now.outcome == DNS_NXDOMAIN || now.outcome == DNS_NO_ADDRESS) &&
	    begin_name(q, q->nth + 1))
		step(q, false);
	else
		finish(q);
}

/* step - ask the next server; the query may be gone after it */
static void
step(struct dns_query *q, bool waited)
{
	while (q->steps < q->servers.n * DNS_ROUNDS) {
		unsigned i = q->steps++ % (unsigned)q->servers.n;

		if (q->server[i].state == FAILS || q->server[i].state == DEAD ||
		    !dns_server_ask(q, i))
			continue;
		if (q->unnameable || !loop_set(q->loop, &q->timer,
		    clock_now() + DNS_ASK_EVERY))
			end_name(q);
		return;
	}
	/* the last one asked is still to be waited for */
	if (waited || q->timer.slot == 0 || !(dns_any_server(q, SILENT) ||
	    dns_any_server(q, ANSWERS)))
		end_name(q);
}

static void
due(struct timer *timer)
{
	struct dns_query *q = (struct dns_query *)(void *)
	    ((char *)timer - offsetof(struct dns_query, timer));
	size_t i;

	/* one family may be silent where the other has answered */
	for (i = 0; i < q->nquestions; i++) {
		if (q->question[i].state == SOME) {
			end_name(q);
			return;
		}
	}
	step(q, true);
}

static bool
all_answered(const struct dns_query *q)
{
	size_t i;

	for (i = 0; i < q->nquestions; i++)
		if (q->question[i].state == OPEN)
			return false;
	return true;
}

static void
ready(struct watch *w, short revents)
{
	struct server *s = (struct server *)(void *)w;
	struct dns_query *q = s->query;
	int before = s->state;

	(void)revents;
	dns_server_hear(s);
	if (all_answered(q))
		end_name(q);
	else if ((int)s->state != before &&
	    (s->state == FAILS || s->state == DEAD))
		step(q, false);
}

struct dns_query *
dns_query_start(struct loop *loop, const struct dns_servers *servers,
    const char *host, int family,
    void (*done)(void *, const struct resolved *), void *arg)
{
	struct dns_query *q = calloc(1, sizeof(*q));
	size_t i;

	if (q == NULL)
		return NULL;
	q->loop = loop;
	q->timer.due = due;
	q->servers = *servers;
	q->done = done;
	q->arg = arg;
	for (i = 0; i < DNS_SERVERS_MAX; i++) {
		q->server[i].watch = (struct watch){ .ready = ready,
		    .fd = -1 };
		q->server[i].query = q;
		q->server[i].fd = -1;
	}
	if (family != 6)
		q->question[q->nquestions++].type = DNS_TYPE_A;
	if (family != 4)
		q->question[q->nquestions++].type = DNS_TYPE_AAAA;
	/* the loop asks first: whoever starts a query is never called back meanwhile */
	if (!span_copy(span_of(host), q->host, sizeof(q->host)) ||
	    !begin_name(q, 0) || !loop_set(loop, &q->timer, clock_now())) {
		dns_query_cancel(q);
		return NULL;
	}
	return q;
}

void
dns_query_so_far(const struct dns_query *q, struct resolved *r)
{
	dns_outcome(q, r);
	if (q->any && !dns_outcome_helps(r, &q->best))
		*r = q->best;
}

void
dns_query_cancel(struct dns_query *q)
{
	size_t i;

	if (q == NULL)
		return;
	for (i = 0; i < DNS_SERVERS_MAX; i++) {
		loop_unwatch(q->loop, &q->server[i].watch);
		if (q->server[i].fd != -1)
			close(q->server[i].fd);
	}
	loop_unset(q->loop, &q->timer);
	free(q);
}
