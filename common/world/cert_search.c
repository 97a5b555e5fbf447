/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_search - other paths than the one that OpenSSL builds
 */
#include "world/cert_search.h"

#include <string.h>

#include "world/cert_pool.h"
#include "world/clock.h"

struct search {
	struct cert_pool	*pool;
	struct cert_try		*best;
	X509_STORE_CTX		*asked;		/* what the search is for */
	X509_STORE		*store;		/* empty: trust is given path by path */
	size_t			 path[SEARCH_DEPTH_MAX];
	size_t			 depth;
	size_t			 unsound;	/* of the issuers on the path */
	bool			 all;		/* the second round */
	bool			 over;
	unsigned		 steps;
	int64_t			 until;
	struct search_sums	 sums;
};

/* keep_better - the winner is kept, the other is freed */
static void
keep_better(struct search *s, struct cert_try *t)
{
	s->best->nomem = s->best->nomem || t->nomem;
	if (!t->nomem && t->chain != NULL && cert_try_better(t, s->best)) {
		struct cert_try worse = *s->best;

		*s->best = *t;
		s->best->only = NULL;
		*t = worse;
	}
	cert_try_free(t);
	s->over = s->over || s->best->nomem || s->best->troubles.n == 0;
}

/* prepare - a context that finds nothing but the path; false without memory */
static bool
prepare(struct search *s, X509_STORE_CTX *ctx, STACK_OF(X509) *between,
    STACK_OF(X509) *anchor, X509 *const *path)
{
	size_t i;

	for (i = 1; i < s->depth; i++)
		if (sk_X509_push(i + 1 < s->depth ? between : anchor,
		    path[i]) <= 0)
			return false;
	if (X509_STORE_CTX_init(ctx, s->store, path[0], between) != 1 ||
	    X509_VERIFY_PARAM_set1(X509_STORE_CTX_get0_param(ctx),
	    X509_STORE_CTX_get0_param(s->asked)) != 1)
		return false;
	X509_STORE_CTX_set0_trusted_stack(ctx, anchor);
	return true;
}

static void
try_path(struct search *s)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *between = sk_X509_new_null();
	STACK_OF(X509) *anchor = sk_X509_new_null();
	X509 *path[SEARCH_DEPTH_MAX];
	struct cert_try t = { .only = path, .nonly = s->depth };
	size_t i;

	for (i = 0; i < s->depth; i++)
		path[i] = s->pool->certs[s->path[i]].x;
	if (ctx != NULL && between != NULL && anchor != NULL &&
	    prepare(s, ctx, between, anchor, path))
		cert_try_run(&t, ctx);
	else
		t.nomem = true;
	X509_STORE_CTX_free(ctx);
	/* what they hold belongs to the pool */
	sk_X509_free(between);
	sk_X509_free(anchor);
	s->sums.paths++;
	keep_better(s, &t);
}

static bool
on_path(const struct search *s, size_t cert)
{
	size_t i;

	for (i = 0; i < s->depth; i++)
		if (s->path[i] == cert)
			return true;
	return false;
}

/* may_follow - does it lead on to an anchor, in this round */
static bool
may_follow(struct search *s, size_t of, size_t issuer)
{
	const struct pool_cert *cert = &s->pool->certs[issuer];

	return s->pool->names[of][issuer] != 0 &&
	    s->depth + cert->far[s->all] < SEARCH_DEPTH_MAX &&
	    (s->all || cert->sound) && !on_path(s, issuer) &&
	    cert_pool_issued(s->pool, of, issuer);
}

/* rank - the smallest is followed first */
static unsigned
rank(const struct search *s, size_t of, size_t issuer)
{
	return 2u * s->pool->certs[issuer].far[s->all] +
	    (s->pool->names[of][issuer] == 2 ? 0 : 1);
}

/* issuers - who may follow, the nearest first; how many */
static size_t
issuers(struct search *s, size_t of, uint8_t found[POOL_MAX])
{
	size_t i, at, n = 0;

	for (i = 0; i < s->pool->n; i++) {
		if (!may_follow(s, of, i))
			continue;
		for (at = n++; at > 0 && rank(s, of, found[at - 1]) >
		    rank(s, of, i); at--)
			found[at] = found[at - 1];
		found[at] = (uint8_t)i;
	}
	return n;
}

static bool
is_over(struct search *s)
{
	s->over = s->over || ++s->steps > SEARCH_STEPS_MAX ||
	    s->sums.paths >= SEARCH_PATHS_MAX || clock_now() > s->until;
	return s->over;
}

static void	walk(struct search *);

static void
follow(struct search *s, size_t issuer)
{
	bool unsound = !s->pool->certs[issuer].sound;

	s->path[s->depth++] = issuer;
	s->unsound += unsound;
	/* in the second round, paths of the first are known */
	if (!s->pool->certs[issuer].anchor)
		walk(s);
	else if (!s->all || s->unsound > 0)
		try_path(s);
	s->unsound -= unsound;
	s->depth--;
}

/* walk - every path that goes on from the end of this one */
static void
walk(struct search *s)
{
	uint8_t found[POOL_MAX];
	size_t i, n;

	n = issuers(s, s->path[s->depth - 1], found);
	for (i = 0; i < n && !is_over(s); i++)
		follow(s, found[i]);
}

static void
search_round(struct search *s, bool all)
{
	s->all = all;
	s->steps = 0;
	s->over = s->best->nomem || s->best->troubles.n == 0;
	s->path[0] = 0;
	s->depth = 1;
	walk(s);
	s->sums.steps += s->steps;
}

void
cert_search(struct cert_try *best, X509_STORE_CTX *asked,
    struct search_sums *sums)
{
	struct search s = {
		.best = best, .asked = asked,
		.pool = cert_pool_new(asked), .store = X509_STORE_new(),
		.until = clock_now() + SEARCH_TIME_MAX
	};

	if (s.pool == NULL || s.store == NULL) {
		best->nomem = true;
	} else {
		X509_STORE_set_check_issued(s.store, cert_try_is_next);
		search_round(&s, false);
		search_round(&s, true);
		s.sums.signatures = s.pool->checked;
	}
	if (sums != NULL)
		*sums = s.sums;
	X509_STORE_free(s.store);
	cert_pool_free(s.pool);
}
