/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports - what the ports of one host come to
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "judge/port_known.h"
#include "judge/ports.h"
#include "judge/ports_spread.h"
#include "judge/ports_words.h"

enum {
	LIKE_SHOWN = 12,	/* further ports that a sentence lists */
	LOST_MIN = 2		/* attempts lost before it is worth a word */
};

/* a port that is not as it should be */
struct failure {
	const struct port_row	*row;		/* the one of it that says most */
	enum cause		 cause;
	const char		*expected;	/* the word of the policy, where that is worth saying; NULL */
};

struct failures {
	struct ports_words	 words;
	struct result		*result;
	struct failure		*list;		/* the important ones first; room for each port */
	size_t			 n;
};

static enum stage
stage_of(enum cause cause)
{
	if (cause_matches(cause, span_of("tls.*")))
		return STAGE_TLS;
	if (cause_matches(cause, span_of("connect.*")) || cause_is_ours(cause))
		return STAGE_CONNECT;
	return STAGE_GREETING;
}

/* same - may they be told in one breath? */
static bool
same(const struct failure *a, const struct failure *b)
{
	if (a->cause != b->cause)
		return false;
	if (a->expected == NULL || b->expected == NULL)
		return a->expected == b->expected;
	return strcmp(a->expected, b->expected) == 0;
}

/* like - further ports that failed in the same way */
static void
like(struct failures *f, size_t first, struct buf *text)
{
	uint16_t *others = calloc(f->n, sizeof(*others));
	size_t i, n = 0;

	if (others == NULL) {
		f->result->sheet.nomem = true;
		return;
	}
	for (i = first + 1; i < f->n; i++)
		if (same(&f->list[first], &f->list[i]))
			others[n++] = f->list[i].row->port;
	if (n > 0) {
		buf_fmt(text, "; likewise port%s ", n == 1 ? "" : "s");
		ports_list(text, others, n, LIKE_SHOWN);
	}
	free(others);
}

static void
tell(struct failures *f, size_t first)
{
	const struct failure *failure = &f->list[first];
	enum stage stage = stage_of(failure->cause);
	struct finding *found;
	struct buf text;

	f->words.row = failure->row;
	f->words.address = ports_address(f->words.ports, failure->row);
	buf_init(&text, SENTENCE_MAX);
	ports_words(&text, &f->words, failure->cause);
	if (failure->expected != NULL)
		buf_fmt(&text, ", and %s was expected", failure->expected);
	like(f, first, &text);
	found = sheet_find(&f->result->sheet, failure->cause, stage, NULL,
	    "%s", buf_cstr(&text));
	if (found != NULL) {
		found->port = failure->row->port;
		found->tls = port_known(found->port)->tls_first ?
		    TLS_IMPLICIT : TLS_NONE;
		found->by_deadline = failure->row->late ||
		    failure->cause == CAUSE_INTERNAL_UNFINISHED;
	}
	f->result->stages[stage].progress = PROGRESS_FAILED;
	if (text.nomem)
		f->result->sheet.nomem = true;
	buf_free(&text);
}

static void
tell_all(struct failures *f)
{
	size_t i, k;

	for (i = 0; i < f->n; i++) {
		for (k = 0; k < i && !same(&f->list[k], &f->list[i]); k++)
			continue;
		if (k == i)
			tell(f, i);
	}
}

/* importance - who fetches mail asks 993 before 110 */
static size_t
importance(uint16_t port)
{
	static const uint16_t order[] = { 110, 143, 995, 993 };
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (order[i] == port)
			return i + 1;
	return 0;
}

static void
put(struct failures *f, const struct port_row *row, enum cause cause,
    const char *expected)
{
	size_t k;

	for (k = f->n++; k > 0 && importance(f->list[k - 1].row->port) <
	    importance(row->port); k--)
		f->list[k] = f->list[k - 1];
	f->list[k] = (struct failure){ row, cause, expected };
}

/* need - the port has to be good at one address at least; false when it is not */
static bool
need(struct failures *f, size_t port)
{
	const struct port_host *h = f->words.ports;
	const struct port_row *row = ports_nearest(h, port, f->words.wish);

	if (row == NULL)
		return true;
	put(f, row, ports_cause(h, row, f->words.wish), NULL);
	return false;
}

/* by_default - one good port at which mail is fetched is enough; where none is looked at, all have to be good */
static void
by_default(struct failures *f)
{
	const struct port_host *h = f->words.ports;
	bool any = ports_retrieve(h);
	size_t i;

	for (i = 0; i < h->nports; i++) {
		if (any && !port_known(h->rows[i].port)->retrieves)
			continue;
		if (need(f, i) && any) {
			f->n = 0;
			return;
		}
	}
}

/* refrain - a port that is to be shut, or to fail in a certain way, may not do otherwise at any address */
static void
refrain(struct failures *f, size_t port, const char *word)
{
	const struct port_host *h = f->words.ports;
	const struct port_row *row;
	size_t a;

	for (a = 0; a < h->naddresses; a++) {
		row = ports_row(h, a, port);
		if (port_policy_fits(f->words.wish->policy, row->port,
		    (enum port_verdict)row->verdict))
			continue;
		if (row->verdict == PORT_OPEN)
			put(f, row, CAUSE_CONNECT_UNEXPECTED_OPEN, NULL);
		else
			put(f, row, ports_cause(h, row, f->words.wish), word);
		return;
	}
}

static void
by_policy(struct failures *f)
{
	const struct port_policy *policy = f->words.wish->policy;
	const struct port_host *h = f->words.ports;
	const char *word;
	size_t i;

	for (i = 0; i < h->nports; i++) {
		word = port_policy_word(policy, h->rows[i].port);
		if (word == NULL)
			continue;
		if (port_policy_fits(policy, h->rows[i].port, PORT_OPEN))
			(void)need(f, i);
		else
			refrain(f, i, word);
	}
}

/* tell_losses - of the port that lost most */
static void
tell_losses(struct result *r, const struct port_row *worst, const char *host,
    bool others)
{
	struct finding *f;
	struct buf took;

	buf_init(&took, SENTENCE_MAX);
	ports_took(&took, worst->slowest_usec);
	f = sheet_find(&r->sheet, CAUSE_CONNECT_LOSSY, STAGE_CONNECT, NULL,
	    "%s:%u answered, but %u of %u attempts were lost on the way or "
	    "had to be sent again, the slowest that came through took %s%s", host,
	    (unsigned)worst->port, (unsigned)worst->lost,
	    (unsigned)worst->attempts, buf_cstr(&took),
	    others ? "; other ports have losses too" : "");
	if (f != NULL)
		f->port = worst->port;
	if (took.nomem)
		r->sheet.nomem = true;
	buf_free(&took);
}

/* lossy - attempts that were lost on the way to open ports */
static void
lossy(struct result *r, const struct port_host *h, const char *host)
{
	const struct port_row *worst = NULL;
	size_t i, n = 0;

	for (i = 0; i < h->naddresses * h->nports; i++) {
		if (h->rows[i].verdict != PORT_OPEN ||
		    h->rows[i].lost < LOST_MIN)
			continue;
		n++;
		if (worst == NULL || h->rows[i].lost > worst->lost)
			worst = &h->rows[i];
	}
	if (worst != NULL)
		tell_losses(r, worst, host, n > 1);
}

void
ports_judge(struct result *r, const struct port_host *h,
    const struct ports_wish *wish)
{
	struct failures f = { .result = r };
	char host[HOST_MAX + 2];

	f.list = calloc(h->nports + 1, sizeof(*f.list));
	if (f.list == NULL) {
		r->sheet.nomem = true;
		return;
	}
	snprintf(host, sizeof(host), strchr(r->target.host, ':') != NULL ?
	    "[%s]" : "%s", r->target.host);
	f.words = (struct ports_words){ .host = host, .ports = h,
	    .wish = wish };
	r->stages[STAGE_CONNECT].progress = PROGRESS_OK;
	if (wish->policy->n == 0)
		by_default(&f);
	else
		by_policy(&f);
	tell_all(&f);
	ports_spread(r, h, wish, host);
	lossy(r, h, host);
	free(f.list);
}
