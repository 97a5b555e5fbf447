/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_outcome - what all that the servers said comes to
 */
#include "world/dns_state.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static void
say(struct resolved *r, const char *who, const char *what)
{
	size_t len = strlen(r->detail);

	(void)snprintf(r->detail + len, sizeof(r->detail) - len, "%s%s %s",
	    len > 0 ? ", " : "", who, what);
}

/* say_servers - what each server asked did, when none of them helped */
static void
say_servers(const struct dns_query *q, struct resolved *r)
{
	char who[ADDRESS_TEXT];
	size_t i;

	for (i = 0; i < q->servers.n; i++) {
		const struct server *s = &q->server[i];

		(void)address_text(&q->servers.list[i], who);
		if (s->state == FAILS)
			say(r, who, s->words);
		else if (s->state == DEAD)
			say(r, who, s->error == ECONNREFUSED ?
			    "runs no name server" : "cannot be reached");
		else if (s->state == SILENT)
			say(r, who, "is silent");
	}
}

bool
dns_any_server(const struct dns_query *q, int state)
{
	size_t i;

	for (i = 0; i < q->servers.n; i++)
		if ((int)q->server[i].state == state)
			return true;
	return false;
}

/* collect - the addresses found, IPv6 first as RFC 6724 would have it */
static void
collect(const struct dns_query *q, struct resolved *r)
{
	size_t i, j;

	for (i = q->nquestions; i-- > 0; ) {
		const struct question *question = &q->question[i];

		for (j = 0; j < question->n && r->n < ADDRESSES_MAX; j++)
			r->list[r->n++] = question->list[j];
	}
}

void
dns_outcome(const struct dns_query *q, struct resolved *r)
{
	const struct question *empty = NULL, *none = NULL;
	char who[ADDRESS_TEXT];
	size_t i;

	memset(r, 0, sizeof(*r));
	collect(q, r);
	r->outcome = DNS_FOUND;
	if (r->n > 0)
		return;
	for (i = 0; i < q->nquestions; i++) {
		if (q->question[i].state == EMPTY)
			empty = &q->question[i];
		if (q->question[i].state == NO_NAME)
			none = &q->question[i];
	}
	if (q->unnameable) {
		r->outcome = DNS_NXDOMAIN;
		say(r, "it", "is no name that DNS can hold");
	} else if (empty != NULL) {
		r->outcome = DNS_NO_ADDRESS;
		say(r, address_text(&q->servers.list[empty->server], who),
		    "says so");
	} else if (none != NULL) {
		r->outcome = DNS_NXDOMAIN;
		say(r, address_text(&q->servers.list[none->server], who),
		    "answers NXDOMAIN");
	} else {
		r->outcome = dns_any_server(q, FAILS) ? DNS_SERVER_FAILURE :
		    DNS_NO_ANSWER;
		say_servers(q, r);
	}
}

/* rank - the lower, the more it helps */
static int
rank(enum dns_outcome o)
{
	static const int ranks[] = {
		[DNS_FOUND] = 0, [DNS_NO_ADDRESS] = 1, [DNS_NXDOMAIN] = 2,
		[DNS_SERVER_FAILURE] = 3, [DNS_NO_ANSWER] = 4, [DNS_OURS] = 5
	};

	return ranks[o];
}

bool
dns_outcome_helps(const struct resolved *a, const struct resolved *b)
{
	return rank(a->outcome) < rank(b->outcome);
}
