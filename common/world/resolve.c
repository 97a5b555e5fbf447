/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * resolve - a name to addresses, within a deadline
 *
 * The system's lookup decides when it finds something.  When it fails, the
 * query decides why; when it dawdles, whichever finds something first.  A query
 * that heard nothing leaves the last word to a lookup that is still busy, and
 * that failing, to what it said before.  A lookup that has not found a thread by
 * then is not waited for.
 */
#define _GNU_SOURCE
#include "world/resolve.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "world/clock.h"
#include "world/dns_query.h"
#include "world/lookup.h"

struct resolve {
	struct loop	*loop;
	struct watch	 watch;
	struct timer	 timer;
	struct lookup	*lookup;	/* NULL once it is done */
	struct dns_query *query;	/* NULL before and after it */
	bool		 queried;	/* the query has begun */
	struct resolved	 looked;	/* what the lookup said, when it failed */
	struct resolved	 heard;		/* what the query said */
	char		 host[HOST_MAX];
	int		 family;
	void		(*done)(void *, const struct resolved *);
	void		*arg;
};

/* finish - tell it, then free */
static void
finish(struct resolve *r, const struct resolved *outcome)
{
	void (*done)(void *, const struct resolved *) = r->done;
	struct resolved copy = *outcome;
	void *arg = r->arg;

	resolve_cancel(r);
	done(arg, &copy);
}

/* decide - both have had their say, as far as they had one */
static void
decide(struct resolve *r)
{
	if (r->heard.outcome != DNS_NO_ANSWER)
		finish(r, &r->heard);
	else if (r->lookup == NULL && r->looked.outcome != DNS_NO_ANSWER)
		finish(r, &r->looked);
	else if (r->lookup == NULL || !lookup_begun(r->lookup))
		finish(r, &r->heard);
}

static void
query_done(void *arg, const struct resolved *heard)
{
	struct resolve *r = arg;

	r->query = NULL;
	r->heard = *heard;
	decide(r);
}

/* query - begin with our own question, if that is not so yet */
static void
query(struct resolve *r)
{
	struct dns_servers servers;

	if (r->queried)
		return;
	r->queried = true;
	loop_unset(r->loop, &r->timer);
	dns_servers_read(DNS_CONF_PATH, &servers);
	r->query = dns_query_start(r->loop, &servers, r->host, r->family,
	    query_done, r);
	if (r->query == NULL) {
		r->heard.outcome = DNS_OURS;
		finish(r, &r->heard);
	}
}

static void
ready(struct watch *w, short revents)
{
	struct resolve *r = (struct resolve *)(void *)
	    ((char *)w - offsetof(struct resolve, watch));

	(void)revents;
	if (!lookup_done(r->lookup, &r->looked))
		return;
	loop_unwatch(r->loop, &r->watch);
	lookup_drop(r->lookup);
	r->lookup = NULL;
	if (r->looked.outcome == DNS_FOUND || r->looked.outcome == DNS_OURS)
		finish(r, &r->looked);
	else if (!r->queried)
		query(r);
	else if (r->query == NULL)
		decide(r);
}

static void
due(struct timer *timer)
{
	query((struct resolve *)(void *)
	    ((char *)timer - offsetof(struct resolve, timer)));
}

struct resolve *
resolve_start(struct loop *loop, const char *host, int family,
    void (*done)(void *, const struct resolved *), void *arg)
{
	struct resolve *r = calloc(1, sizeof(*r));

	if (r == NULL)
		return NULL;
	r->loop = loop;
	r->watch = (struct watch){ .ready = ready, .fd = -1 };
	r->timer.due = due;
	r->family = family;
	r->done = done;
	r->arg = arg;
	r->heard.outcome = r->looked.outcome = DNS_NO_ANSWER;
	if (span_copy(span_of(host), r->host, sizeof(r->host)))
		r->lookup = lookup_start(host, family);
	if (r->lookup != NULL &&
	    loop_watch(loop, &r->watch, lookup_fd(r->lookup), POLLIN) &&
	    loop_set(loop, &r->timer, clock_now() + RESOLVE_PATIENCE))
		return r;
	resolve_cancel(r);
	return NULL;
}

void
resolve_so_far(const struct resolve *r, struct resolved *outcome)
{
	if (r->query != NULL)
		dns_query_so_far(r->query, outcome);
	else
		*outcome = r->heard;
	if (outcome->outcome == DNS_NO_ANSWER &&
	    r->looked.outcome != DNS_NO_ANSWER)
		*outcome = r->looked;
}

void
resolve_cancel(struct resolve *r)
{
	if (r == NULL)
		return;
	loop_unwatch(r->loop, &r->watch);
	loop_unset(r->loop, &r->timer);
	lookup_drop(r->lookup);
	dns_query_cancel(r->query);
	free(r);
}
