/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_chain - facts of the certificates that were sent, and of a path
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "world/tls_chain.h"

/* copy_text - false without memory; a text that could not be had stays so */
static bool
copy_text(char **to, const char *from)
{
	*to = from != NULL ? strdup(from) : NULL;
	return *to != NULL;
}

/* copy - false without memory; what there is can be freed all the same */
static bool
copy(const struct cert_facts *from, struct cert_facts *to)
{
	bool ok;
	size_t i;

	*to = *from;
	to->nnames = 0;
	to->der = NULL;
	to->nder = 0;
	/* all of them, so that none is left that belongs to `from` */
	ok = copy_text(&to->subject, from->subject);
	ok = copy_text(&to->subject_cn, from->subject_cn) && ok;
	ok = copy_text(&to->issuer, from->issuer) && ok;
	ok = copy_text(&to->issuer_cn, from->issuer_cn) && ok;
	ok = copy_text(&to->issuer_org, from->issuer_org) && ok;
	ok = copy_text(&to->serial, from->serial) && ok;
	ok = copy_text(&to->key, from->key) && ok;
	ok = copy_text(&to->signature, from->signature) && ok;
	ok = (copy_text(&to->issuer_url, from->issuer_url) ||
	    from->issuer_url == NULL) && ok;
	for (i = 0; i < from->nnames && ok; i++) {
		ok = copy_text(&to->names[i], from->names[i]);
		to->nnames += ok;
	}
	return ok;
}

/* at_most - the number of certificates that are looked at */
static size_t
at_most(const STACK_OF(X509) *chain)
{
	int n = sk_X509_num(chain);

	return n <= 0 ? 0 : n < CERTS_MAX ? (size_t)n : CERTS_MAX;
}

/* keep_der - in memory of ours */
static bool
keep_der(X509 *x, struct cert_facts *cert)
{
	unsigned char *der = NULL;
	int n = i2d_X509(x, &der);

	if (n > 0)
		cert->der = malloc((size_t)n);
	if (cert->der != NULL) {
		memcpy(cert->der, der, (size_t)n);
		cert->nder = (size_t)n;
	}
	OPENSSL_free(der);
	return cert->der != NULL;
}

bool
tls_chain_sent(struct tls_facts *facts, const STACK_OF(X509) *sent)
{
	size_t n = at_most(sent), i;
	bool done = true;

	if (n == 0 || facts->sent != NULL)
		return true;
	facts->sent = calloc(n, sizeof(*facts->sent));
	if (facts->sent == NULL)
		return false;
	facts->more_sent = (size_t)sk_X509_num(sent) - n;
	for (i = 0; i < n && done; i++) {
		facts->nsent++;
		done = tls_cert_read(sk_X509_value(sent, (int)i),
		    &facts->sent[i], i > 0 ? sk_X509_value(sent,
		    (int)i - 1) : NULL, i > 0 ? &facts->sent[i - 1] : NULL);
		if (done && facts->keep_der)
			done = keep_der(sk_X509_value(sent, (int)i),
			    &facts->sent[i]);
	}
	return done;
}

/* read_one - the certificate at that place of the path */
static bool
read_one(struct tls_facts *facts, const STACK_OF(X509) *sent, X509 *cert,
    X509 *below)
{
	size_t nth = facts->npath++, i;
	struct cert_facts *to = &facts->path[nth];

	for (i = 0; i < facts->nsent; i++)
		if (sk_X509_value(sent, (int)i) == cert)
			return copy(&facts->sent[i], to);
	return tls_cert_read(cert, to, below,
	    below != NULL ? &facts->path[nth - 1] : NULL);
}

bool
tls_chain_path(struct tls_facts *facts, const STACK_OF(X509) *sent,
    const STACK_OF(X509) *path, int from_store)
{
	size_t n = at_most(path), i;
	bool done = true;

	if (n == 0 || facts->path != NULL)
		return true;
	facts->path = calloc(n, sizeof(*facts->path));
	if (facts->path == NULL)
		return false;
	for (i = 0; i < n && done; i++) {
		done = read_one(facts, sent, sk_X509_value(path, (int)i),
		    i > 0 ? sk_X509_value(path, (int)i - 1) : NULL);
		facts->path[i].anchor = (int)i >= from_store;
	}
	return done;
}
