/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * spread - several addresses of one host, judged together
 */
#include <string.h>

#include "judge/names.h"
#include "judge/spread.h"

enum {
	SPREAD_SHOWN = 6	/* addresses that a sentence lists */
};

/* addresses of one host by what became of them */
struct spread {
	struct run	*run;
	size_t		 first;		/* the result of the host that stands first */
	struct address	 up[ADDRESSES_MAX + 1];
	size_t		 nup;
	size_t		 up_of[2];	/* IPv4, IPv6 */
};

static bool
has_address(const struct address *list, size_t n, const struct address *a)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (address_same(&list[i], a))
			return true;
	return false;
}

static bool
is_for_us(const struct address *a, const struct address *winner,
    const struct spread_host *host)
{
	if (host->source_family != 0 && a->family != host->source_family)
		return false;
	/* a family that has just worked is there, if only on loopback */
	return a->family == winner->family ||
	    !(a->family == 4 ? host->no_ipv4 : host->no_ipv6);
}

size_t
spread_choose(struct address *list, size_t n, const struct address *winner,
    const struct spread_host *host)
{
	size_t i, kept = 0;

	for (i = 0; i < n; i++)
		if (!address_same(&list[i], winner) &&
		    is_for_us(&list[i], winner, host) &&
		    !has_address(list, kept, &list[i]))
			list[kept++] = list[i];
	return kept;
}

/* is_silence - would another address of the host have served instead? */
static bool
is_silence(const struct finding *f)
{
	switch (f->cause) {
	case CAUSE_CONNECT_UNREACHABLE:
	case CAUSE_CONNECT_REJECTED:
	case CAUSE_CONNECT_FILTERED:
	case CAUSE_CONNECT_REFUSED:
	case CAUSE_CONNECT_RESET:
		return true;
	default:
		return false;
	}
}

/* silent - the finding that says that nobody answers at this address, NULL if somebody does */
static struct finding *
silent(const struct result *r)
{
	size_t i;

	for (i = 0; i < r->sheet.nfindings; i++)
		if (is_silence(&r->sheet.findings[i]))
			return &r->sheet.findings[i];
	return NULL;
}

static bool
same_host(const struct result *a, const struct result *b)
{
	return a->target.port == b->target.port &&
	    strcmp(a->target.host, b->target.host) == 0;
}

/* member - the results of the host, one after the other from *i on; NULL at the end */
static struct result *
member(const struct spread *s, size_t *i)
{
	struct result *r;

	while (*i < s->run->nresults) {
		r = &s->run->results[(*i)++];
		if (r->target.fixed.family != 0 &&
		    same_host(r, &s->run->results[s->first]))
			return r;
	}
	return NULL;
}

static void
look(struct spread *s)
{
	size_t i = s->first;
	struct result *r;

	while ((r = member(s, &i)) != NULL) {
		if (r->stages[STAGE_CONNECT].progress != PROGRESS_OK)
			continue;
		s->up_of[r->target.fixed.family == 6]++;
		if (s->nup < sizeof(s->up) / sizeof(s->up[0]))
			s->up[s->nup++] = r->target.fixed;
	}
}

/* down - the addresses that do not answer, all or one family's; those are explained by the cause then.  `late`: the deadline is why */
static size_t
down(struct spread *s, int family, enum cause cause,
    struct address list[ADDRESSES_MAX], bool *late)
{
	size_t i = s->first, n = 0;
	struct finding *f;
	struct result *r;

	*late = true;
	while ((r = member(s, &i)) != NULL) {
		f = silent(r);
		if (f == NULL || f->explained_by != CAUSE_NONE ||
		    (family != 0 && r->target.fixed.family != family) ||
		    n == ADDRESSES_MAX)
			continue;
		list[n++] = r->target.fixed;
		f->explained_by = cause;
		*late = *late && f->by_deadline;
	}
	return n;
}

static void
report(struct spread *s, int family, enum cause cause, const char *words)
{
	struct address list[ADDRESSES_MAX];
	struct buf whom, up, bad;
	struct finding *f;
	bool late;
	size_t n = down(s, family, cause, list, &late);

	if (n == 0)
		return;
	buf_init(&whom, SENTENCE_MAX);
	buf_init(&up, SENTENCE_MAX);
	buf_init(&bad, SENTENCE_MAX);
	target_write(&whom, &s->run->results[s->first].target);
	names_list(&up, s->up, s->nup, SPREAD_SHOWN);
	names_list(&bad, list, n, SPREAD_SHOWN);
	f = sheet_find(&s->run->sheet, cause, STAGE_CONNECT, NULL,
	    "%s answers at %s but %s %s", buf_cstr(&whom), buf_cstr(&up),
	    words, buf_cstr(&bad));
	if (f != NULL)
		f->by_deadline = late;
	if (whom.nomem || up.nomem || bad.nomem)
		s->run->sheet.nomem = true;
	buf_free(&whom);
	buf_free(&up);
	buf_free(&bad);
}

static bool
is_first(const struct run *run, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (same_host(&run->results[k], &run->results[i]))
			return false;
	return true;
}

void
spread_judge(struct run *run)
{
	struct spread s;
	size_t i;

	for (i = 0; i < run->nresults; i++) {
		if (!is_first(run, i))
			continue;
		memset(&s, 0, sizeof(s));
		s.run = run;
		s.first = i;
		look(&s);
		if (s.nup == 0)
			continue;
		if (s.up_of[1] == 0 && s.up_of[0] > 0)
			report(&s, 6, CAUSE_CONNECT_IPV6_DOWN,
			    "at none of its IPv6 addresses:");
		report(&s, 0, CAUSE_CONNECT_ADDRESS_DOWN, "not at");
	}
}
