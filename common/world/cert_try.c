/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_try - one path, verified by OpenSSL and held to the rules beside it
 */
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <string.h>

#include "judge/cert_rules.h"
#include "world/cert_limits.h"
#include "world/cert_traits.h"
#include "world/cert_try.h"

/* still_valid - OpenSSL holds the last second for the first one after: RFC 5280 section 4.1.2.5 */
static bool
still_valid(X509_STORE_CTX *ctx)
{
	const X509 *x = X509_STORE_CTX_get_current_cert(ctx);
	time_t before = X509_VERIFY_PARAM_get_time(
	    X509_STORE_CTX_get0_param(ctx)) - 1;

	return x != NULL &&
	    X509_cmp_time(X509_get0_notAfter(x), &before) > 0;
}

/* go_on - the verifier's callback */
static int
go_on(int ok, X509_STORE_CTX *ctx)
{
	struct cert_try *t = X509_STORE_CTX_get_app_data(ctx);
	int error = X509_STORE_CTX_get_error(ctx);

	if (ok)
		return 1;
	if (error == X509_V_ERR_OUT_OF_MEM)
		t->nomem = true;
	else if (error != X509_V_ERR_CERT_HAS_EXPIRED || !still_valid(ctx))
		cert_trouble_error(&t->troubles, error,
		    X509_STORE_CTX_get_error_depth(ctx));
	return 1;
}

/* ran_dry - memory that was lacking on the way looks like a fault of the path */
static bool
ran_dry(void)
{
	unsigned long error;
	bool dry = false;

	while ((error = ERR_get_error()) != 0)
		dry = dry || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
	return dry;
}

static enum cert_place
place_of(const struct cert_try *t, int nth)
{
	X509 *x = sk_X509_value(t->chain, nth);

	if (nth > 0)
		return nth < t->sent ? CERT_AT_CA : CERT_AT_ANCHOR;
	/* one that signed itself is trusted as it is, or not at all */
	return t->sent == 0 || X509_NAME_cmp(X509_get_subject_name(x),
	    X509_get_issuer_name(x)) == 0 ? CERT_AT_TRUSTED_LEAF :
	    CERT_AT_LEAF;
}

static void
hold_to_rules(struct cert_try *t)
{
	const char *rule;
	size_t at;
	int i;

	for (i = 0; i < sk_X509_num(t->chain); i++) {
		at = 0;
		while ((rule = cert_rules_next(cert_traits(sk_X509_value(
		    t->chain, i)), place_of(t, i), &at)) != NULL)
			cert_trouble_rule(&t->troubles, rule, i, true);
	}
	i = cert_limits_broken(t->chain, &rule);
	if (i >= 0)
		cert_trouble_rule(&t->troubles, rule, i, false);
	cert_trouble_settle(&t->troubles);
}

void
cert_try_run(struct cert_try *t, X509_STORE_CTX *ctx)
{
	int done;

	(void)X509_STORE_CTX_set_app_data(ctx, t);
	X509_STORE_CTX_set_verify_cb(ctx, go_on);
	ERR_clear_error();
	done = X509_verify_cert(ctx);
	t->nomem = ran_dry() || t->nomem;
	if (done <= 0 && t->troubles.n == 0)
		cert_trouble_error(&t->troubles, X509_STORE_CTX_get_error(ctx),
		    0);
	t->chain = X509_STORE_CTX_get1_chain(ctx);
	t->sent = X509_STORE_CTX_get_num_untrusted(ctx);
	(void)X509_STORE_CTX_set_app_data(ctx, NULL);
	X509_STORE_CTX_set_verify_cb(ctx, NULL);
	if (t->chain == NULL)
		t->nomem = t->nomem || done > 0;
	else
		hold_to_rules(t);
}

int
cert_try_is_next(X509_STORE_CTX *ctx, X509 *x, X509 *issuer)
{
	const struct cert_try *t = X509_STORE_CTX_get_app_data(ctx);
	size_t i;

	if (x == issuer)
		return X509_check_issued(x, x) == X509_V_OK;
	for (i = 0; i + 1 < t->nonly; i++)
		if (t->only[i] == x)
			return t->only[i + 1] == issuer;
	return 0;
}

bool
cert_try_better(const struct cert_try *a, const struct cert_try *b)
{
	bool lost_a = cert_trouble_lost(&a->troubles);
	bool lost_b = cert_trouble_lost(&b->troubles);

	if (lost_a != lost_b)
		return lost_b;
	return a->troubles.n < b->troubles.n;
}

void
cert_try_free(struct cert_try *t)
{
	sk_X509_pop_free(t->chain, X509_free);
	t->chain = NULL;
}
