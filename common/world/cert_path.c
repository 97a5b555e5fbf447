/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_path - the one place that verifies a chain
 */
#include "world/cert_path.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <string.h>

#include "base/address.h"
#include "world/cert_search.h"
#include "world/tls_chain.h"

/* without_dot - the name as certificates and SNI have it: RFC 6066 section 3 */
static void
without_dot(const char *name, char expected[256])
{
	size_t len;

	(void)snprintf(expected, 256, "%s", name);
	len = strlen(expected);
	if (len > 1 && expected[len - 1] == '.')
		expected[len - 1] = '\0';
}

bool
cert_path_expect(X509_VERIFY_PARAM *param, const char *name,
    char expected[256])
{
	struct address address;

	without_dot(name, expected);
	X509_VERIFY_PARAM_set_hostflags(param,
	    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
	    X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
	if (*expected == '\0')
		return true;
	if (address_parse(span_of(expected), &address))
		return X509_VERIFY_PARAM_set1_ip(param, address.ip,
		    address.family == 4 ? 4 : 16) == 1;
	return X509_VERIFY_PARAM_set1_host(param, expected, 0) == 1;
}

/* note - what the path came to; and whether what it lacks is akin to what is trusted */
static bool
note(struct tls_facts *facts, const struct cert_try *t, STACK_OF(X509) *sent,
    struct trust *trust)
{
	int n = sk_X509_num(t->chain);

	facts->verified = true;
	memcpy(facts->troubles, t->troubles.list, sizeof(facts->troubles));
	facts->ntroubles = t->troubles.n;
	if (n > 0 && cert_trouble_has(&t->troubles, CERT_ISSUER_MISSING))
		facts->issuer_kin = trust_is_kin(trust, X509_get_issuer_name(
		    sk_X509_value(t->chain, n - 1)));
	facts->anchor_local = facts->ntroubles == 0 && t->sent < n &&
	    trust_is_local(trust, sk_X509_value(t->chain, n - 1));
	return tls_chain_path(facts, sent, t->chain, t->sent);
}

bool
cert_path_verify(struct tls_facts *facts, X509_STORE_CTX *ctx,
    struct trust *trust, int strength)
{
	STACK_OF(X509) *sent = X509_STORE_CTX_get0_untrusted(ctx);
	X509 *leaf = X509_STORE_CTX_get0_cert(ctx);
	struct cert_try t = { .only = NULL };
	bool done;

	if (!tls_chain_sent(facts, sent))
		return false;
	if (trust == NULL)
		return true;
	X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(ctx),
	    strength);
	if (leaf != NULL)
		trust_prime(X509_STORE_CTX_get0_store(ctx),
		    X509_get_subject_name(leaf));
	cert_try_run(&t, ctx);
	if (leaf != NULL && t.troubles.elsewhere && !t.nomem)
		cert_search(&t, ctx, NULL);
	done = note(facts, &t, sent, trust) && !t.nomem;
	cert_try_free(&t);
	return done;
}

bool
cert_path_ask(struct tls_facts *facts, const struct cert_quest *quest)
{
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	X509_VERIFY_PARAM *param;
	bool done = false;

	if (ctx != NULL && X509_STORE_CTX_init(ctx, quest->store,
	    sk_X509_value(quest->sent, 0), quest->sent) == 1 &&
	    X509_STORE_CTX_set_default(ctx, "ssl_server") == 1) {
		param = X509_STORE_CTX_get0_param(ctx);
		X509_VERIFY_PARAM_set_time(param, (time_t)quest->now);
		done = cert_path_expect(param, quest->name,
		    facts->expected) && cert_path_verify(facts, ctx,
		    quest->trust, quest->strength);
	}
	X509_STORE_CTX_free(ctx);
	ERR_clear_error();
	return done;
}
