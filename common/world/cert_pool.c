/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_pool - every certificate that a path could be made of
 */
#include "world/cert_pool.h"

#include <stdlib.h>

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "judge/cert_rules.h"
#include "world/cert_traits.h"
#include "world/trust.h"

/* add - once each; the first that is equal stands for all */
static void
add(struct cert_pool *pool, X509 *x, bool anchor)
{
	size_t i;

	for (i = 0; i < pool->n; i++)
		if (X509_cmp(pool->certs[i].x, x) == 0) {
			pool->certs[i].anchor |= anchor;
			return;
		}
	if (pool->n == POOL_MAX || X509_up_ref(x) != 1)
		return;
	pool->certs[pool->n].x = x;
	pool->certs[pool->n].anchor = anchor;
	pool->n++;
}

static bool
is_self_issued(const X509 *x)
{
	return X509_NAME_cmp(X509_get_subject_name(x),
	    X509_get_issuer_name(x)) == 0;
}

/* add_trusted - what our store has under that name */
static void
add_trusted(struct cert_pool *pool, X509_STORE_CTX *ctx, X509_NAME *name)
{
	unsigned long flags = X509_VERIFY_PARAM_get_flags(
	    X509_STORE_CTX_get0_param(ctx));
	STACK_OF(X509) *found;
	X509 *x;
	int i;

	trust_prime(X509_STORE_CTX_get0_store(ctx), name);
	found = X509_STORE_CTX_get1_certs(ctx, name);
	for (i = 0; i < sk_X509_num(found); i++) {
		x = sk_X509_value(found, i);
		add(pool, x, (flags & X509_V_FLAG_PARTIAL_CHAIN) != 0 ||
		    is_self_issued(x));
	}
	sk_X509_pop_free(found, X509_free);
}

/* asked_before - has an earlier certificate the same issuer */
static bool
asked_before(const struct cert_pool *pool, size_t nth)
{
	size_t i;

	for (i = 0; i < nth; i++)
		if (X509_NAME_cmp(X509_get_issuer_name(pool->certs[i].x),
		    X509_get_issuer_name(pool->certs[nth].x)) == 0)
			return true;
	return false;
}

static bool
is_sound(const struct pool_cert *cert, time_t now)
{
	uint32_t traits = cert_traits(cert->x);
	time_t before = now - 1;
	size_t at = 0;

	return X509_cmp_time(X509_get0_notBefore(cert->x), &now) <= 0 &&
	    X509_cmp_time(X509_get0_notAfter(cert->x), &before) > 0 &&
	    cert_rules_next(traits, cert->anchor ? CERT_AT_ANCHOR : CERT_AT_CA,
	    &at) == NULL && ((traits & TRAIT_CA) != 0 || cert->anchor);
}

static void
note_names(struct cert_pool *pool)
{
	size_t i, j;

	for (i = 0; i < pool->n; i++)
		for (j = 0; j < pool->n; j++) {
			X509 *of = pool->certs[i].x, *by = pool->certs[j].x;

			if (i == j || X509_NAME_cmp(X509_get_issuer_name(of),
			    X509_get_subject_name(by)) != 0)
				continue;
			pool->names[i][j] =
			    X509_check_issued(by, of) == X509_V_OK ? 2 : 1;
		}
}

bool
cert_pool_issued(struct cert_pool *pool, size_t of, size_t issuer)
{
	uint8_t *known = &pool->signatures[of][issuer];
	EVP_PKEY *key;

	if (pool->names[of][issuer] == 0)
		return false;
	if (*known == 0 && pool->checked < POOL_SIGNATURES_MAX) {
		pool->checked++;
		key = X509_get0_pubkey(pool->certs[issuer].x);
		*known = key != NULL &&
		    X509_verify(pool->certs[of].x, key) == 1 ? 1 : 2;
		ERR_clear_error();
	}
	return *known == 1;
}

/* note_below - those that one at that distance has issued, which have none nearer */
static bool
note_below(struct cert_pool *pool, size_t issuer, bool any)
{
	uint8_t far = pool->certs[issuer].far[any];
	bool new = false;
	size_t i;

	for (i = 0; i < pool->n; i++) {
		struct pool_cert *cert = &pool->certs[i];

		if (cert->far[any] != POOL_LOST ||
		    (i != 0 && !any && !cert->sound) ||
		    !cert_pool_issued(pool, i, issuer))
			continue;
		cert->far[any] = (uint8_t)(far + 1);
		new = true;
	}
	return new;
}

/* note_far - from the anchors down, a step at a time */
static void
note_far(struct cert_pool *pool, bool any)
{
	bool new = true;
	unsigned far;
	size_t i;

	for (i = 0; i < pool->n; i++)
		pool->certs[i].far[any] = pool->certs[i].anchor && (any ||
		    pool->certs[i].sound) ? 0 : POOL_LOST;
	for (far = 0; new && far + 1 < POOL_LOST; far++) {
		new = false;
		for (i = 0; i < pool->n; i++)
			if (pool->certs[i].far[any] == far)
				new = note_below(pool, i, any) || new;
	}
}

struct cert_pool *
cert_pool_new(X509_STORE_CTX *ctx)
{
	struct cert_pool *pool = calloc(1, sizeof(*pool));
	STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(ctx);
	time_t now = X509_VERIFY_PARAM_get_time(X509_STORE_CTX_get0_param(ctx));
	size_t i;

	if (pool == NULL)
		return NULL;
	add(pool, X509_STORE_CTX_get0_cert(ctx), false);
	for (i = 0; i < (size_t)sk_X509_num(sent) && sent != NULL; i++)
		add(pool, sk_X509_value(sent, (int)i), false);
	/* it grows by what is found, and that has issuers too */
	for (i = 0; i < pool->n; i++)
		if (!asked_before(pool, i))
			add_trusted(pool, ctx,
			    X509_get_issuer_name(pool->certs[i].x));
	for (i = 0; i < pool->n; i++)
		pool->certs[i].sound = is_sound(&pool->certs[i], now);
	note_names(pool);
	note_far(pool, false);
	note_far(pool, true);
	ERR_clear_error();
	return pool;
}

void
cert_pool_free(struct cert_pool *pool)
{
	size_t i;

	if (pool == NULL)
		return;
	for (i = 0; i < pool->n; i++)
		X509_free(pool->certs[i].x);
	free(pool);
}
