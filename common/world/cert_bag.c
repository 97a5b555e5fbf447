/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_bag - the certificates of a file, and why there are none
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <openssl/x509v3.h>

#include "world/cert_bag.h"

enum { REFUSAL_MAX = 512 };

bool
cert_bag_refuse(struct cert_bag *bag, enum cause cause, const char *fmt, ...)
{
	char sentence[REFUSAL_MAX];
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(sentence, sizeof(sentence), fmt, ap);
	va_end(ap);
	bag->cause = cause;
	buf_clear(bag->why);
	(void)buf_str(bag->why, sentence);
	return false;
}

bool
cert_bag_vacant(struct cert_bag *bag, const char *sentence)
{
	bag->vacant = true;
	return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE, "%s", sentence);
}

bool
cert_bag_nomem(struct cert_bag *bag)
{
	return cert_bag_refuse(bag, CAUSE_INTERNAL_ERROR, "%s",
	    strerror(ENOMEM));
}

bool
cert_bag_add(struct cert_bag *bag, X509 *cert)
{
	if (bag->certs == NULL)
		bag->certs = sk_X509_new_null();
	if (bag->certs == NULL || cert == NULL) {
		X509_free(cert);
		return cert_bag_nomem(bag);
	}
	if (sk_X509_num(bag->certs) == CERT_FILE_CERTS) {
		X509_free(cert);
		return cert_bag_refuse(bag, CAUSE_CERT_UNREADABLE,
		    "it holds more than %d certificates: split it",
		    CERT_FILE_CERTS);
	}
	if (sk_X509_push(bag->certs, cert) > 0)
		return true;
	X509_free(cert);
	return cert_bag_nomem(bag);
}

/* issued - by names, key identifiers and key usage; names alone tell most apart, and are cheap */
static bool
issued(X509 *issuer, X509 *of)
{
	return X509_NAME_cmp(X509_get_subject_name(issuer),
	    X509_get_issuer_name(of)) == 0 &&
	    X509_check_issued(issuer, of) == X509_V_OK;
}

static bool
issued_any(const STACK_OF(X509) *certs, int nth)
{
	X509 *cert = sk_X509_value(certs, nth);
	int i;

	for (i = 0; i < sk_X509_num(certs); i++)
		if (i != nth && X509_cmp(sk_X509_value(certs, i), cert) != 0 &&
		    issued(cert, sk_X509_value(certs, i)))
			return true;
	return false;
}

/* find_leaf - see the header */
static int
find_leaf(const struct cert_bag *bag)
{
	int n = sk_X509_num(bag->certs), first = -1, i;

	for (i = 0; i < n; i++)
		if (sk_X509_value(bag->certs, i) == bag->keyed)
			return i;
	for (i = 0; i < n; i++) {
		if (issued_any(bag->certs, i))
			continue;
		if (X509_check_ca(sk_X509_value(bag->certs, i)) == 0)
			return i;
		if (first == -1)
			first = i;
	}
	return first == -1 ? 0 : first;
}

/* bring - the certificate that stands at `from` to the place before it that is named */
static void
bring(STACK_OF(X509) *certs, int from, int to)
{
	X509 *cert = sk_X509_value(certs, from);
	int i;

	/* within the stack, where nothing can fail */
	for (i = from; i > to; i--)
		(void)sk_X509_set(certs, i, sk_X509_value(certs, i - 1));
	(void)sk_X509_set(certs, to, cert);
}

/* follow - put behind each certificate, from the leaf on, the one that issued it */
static void
follow(STACK_OF(X509) *certs)
{
	int n = sk_X509_num(certs), done, i;

	for (done = 1; done < n; done++) {
		for (i = done; i < n; i++)
			if (issued(sk_X509_value(certs, i),
			    sk_X509_value(certs, done - 1)))
				break;
		if (i == n)
			return;
		bring(certs, i, done);
	}
}

size_t
cert_bag_leaf(struct cert_bag *bag)
{
	int leaf = find_leaf(bag);

	bring(bag->certs, leaf, 0);
	if (!bag->ordered)
		follow(bag->certs);
	return (size_t)leaf;
}

void
cert_bag_free(struct cert_bag *bag)
{
	sk_X509_pop_free(bag->certs, X509_free);
	bag->certs = NULL;
	bag->keyed = NULL;
}
