/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_spread - the addresses of one host, held against each other
 */
#include <stdlib.h>

#include "judge/names.h"
#include "judge/port_known.h"
#include "judge/ports_spread.h"

enum {
	SPREAD_SHOWN = 6	/* addresses that a sentence lists */
};

struct spreading {
	struct result		*result;
	const struct port_host	*ports;
	const struct ports_wish	*wish;
	const char		*host;
	bool			*up;		/* of each address: it serves */
	bool			*out;		/* of each address: it does not count */
	struct address		*list;		/* room for each address */
};

/* counts - is this a port by which an address is judged? those that have to be good, or of which one has to */
static bool
counts(const struct spreading *s, uint16_t port, bool any)
{
	const struct port_policy *policy = s->wish->policy;

	if (policy->n > 0)
		return port_policy_word(policy, port) != NULL &&
		    port_policy_fits(policy, port, PORT_OPEN);
	return !any || port_known(port)->retrieves;
}

/* look - which addresses serve, and which ones nobody can say anything about */
static void
look(struct spreading *s)
{
	bool any = ports_retrieve(s->ports);
	const struct port_row *row;
	size_t a, i;

	for (a = 0; a < s->ports->naddresses; a++) {
		s->out[a] = true;
		for (i = 0; i < s->ports->nports; i++) {
			row = ports_row(s->ports, a, i);
			if (row->verdict != PORT_UNTRIED && !row->local)
				s->out[a] = false;
			if (counts(s, row->port, any) && ports_cause(s->ports,
			    row, s->wish) == CAUSE_NONE)
				s->up[a] = true;
		}
	}
}

/* gather - addresses of a family (0: both) that serve, or do not */
static size_t
gather(struct spreading *s, bool up, int family)
{
	const struct address *address;
	size_t a, n = 0;

	for (a = 0; a < s->ports->naddresses; a++) {
		address = &ports_row(s->ports, a, 0)->address;
		if (s->up[a] == up && !s->out[a] &&
		    (family == 0 || address->family == family))
			s->list[n++] = *address;
	}
	return n;
}

/* report - those of that family that do not serve; they have been told of then */
static void
report(struct spreading *s, int family, enum cause cause, const char *words)
{
	struct buf up, down;
	size_t a, n;

	buf_init(&up, SENTENCE_MAX);
	buf_init(&down, SENTENCE_MAX);
	n = gather(s, true, 0);
	names_list(&up, s->list, n, SPREAD_SHOWN);
	n = gather(s, false, family);
	names_list(&down, s->list, n, SPREAD_SHOWN);
	if (n > 0)
		sheet_find(&s->result->sheet, cause, STAGE_CONNECT, NULL,
		    "%s serves at %s but %s %s", s->host, buf_cstr(&up),
		    words, buf_cstr(&down));
	for (a = 0; a < s->ports->naddresses; a++)
		if (family == 0 || ports_row(s->ports, a, 0)->address.family ==
		    family)
			s->out[a] = true;
	if (up.nomem || down.nomem)
		s->result->sheet.nomem = true;
	buf_free(&up);
	buf_free(&down);
}

/* apart - a port that has to be good, and is at some address but not at another one that serves */
static void
apart(struct spreading *s, size_t port)
{
	const struct port_row *row, *bad = NULL, *good = NULL;
	char where[ADDRESS_TEXT], other[ADDRESS_TEXT];
	struct finding *f;
	size_t a;

	for (a = 0; a < s->ports->naddresses; a++) {
		row = ports_row(s->ports, a, port);
		if (!s->up[a])
			continue;
		if (ports_cause(s->ports, row, s->wish) == CAUSE_NONE)
			good = row;
		else if (bad == NULL)
			bad = row;
	}
	if (good == NULL || bad == NULL)
		return;
	f = sheet_find(&s->result->sheet, CAUSE_CONNECT_ADDRESS_DOWN,
	    STAGE_CONNECT, NULL, "%s:%u serves at %s but not at %s, where it "
	    "is %s", s->host, (unsigned)good->port,
	    address_text(&good->address, where),
	    address_text(&bad->address, other),
	    bad->verdict == PORT_OPEN ? "open and says nothing of use" :
	    port_verdict_name((enum port_verdict)bad->verdict));
	if (f != NULL)
		f->port = good->port;
}

static void
judge(struct spreading *s)
{
	bool any = ports_retrieve(s->ports);
	size_t i;

	look(s);
	if (gather(s, true, 0) == 0)
		return;
	/* one good port of many is enough where nobody asked for more */
	for (i = 0; i < s->ports->nports; i++)
		if ((s->wish->policy->n > 0 || !any) &&
		    counts(s, s->ports->rows[i].port, any))
			apart(s, i);
	if (gather(s, true, 6) == 0 && gather(s, true, 4) > 0)
		report(s, 6, CAUSE_CONNECT_IPV6_DOWN,
		    "at none of its IPv6 addresses:");
	report(s, 0, CAUSE_CONNECT_ADDRESS_DOWN, "not at");
}

void
ports_spread(struct result *r, const struct port_host *h,
    const struct ports_wish *wish, const char *host)
{
	struct spreading s = { .result = r, .ports = h, .wish = wish,
	    .host = host };

	if (h->naddresses < 2)
		return;
	s.up = calloc(h->naddresses, sizeof(*s.up));
	s.out = calloc(h->naddresses, sizeof(*s.out));
	s.list = calloc(h->naddresses, sizeof(*s.list));
	if (s.up != NULL && s.out != NULL && s.list != NULL)
		judge(&s);
	else
		r->sheet.nomem = true;
	free(s.up);
	free(s.out);
	free(s.list);
}
