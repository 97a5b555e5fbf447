/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_p12 - the certificates of a PKCS#12, and which of them its key belongs to
 */
#include <openssl/err.h>
#include <openssl/pkcs12.h>

#include "world/cert_p12.h"
#include "world/p12_lock.h"

struct p12 {
	PKCS12		*file;
	struct cert_bag	*bag;
	struct p12_lock	 lock;
	EVP_PKEY	*key;	/* the first one */
};

static bool
broken(struct p12 *p)
{
	return cert_bag_refuse(p->bag, CAUSE_CERT_UNREADABLE,
	    "it is PKCS#12 that cannot be decoded: copy or make it anew");
}

/* take_key - a key that cannot be had only leaves open whose it is */
static void
take_key(struct p12 *p, const PKCS12_SAFEBAG *bag, bool shrouded)
{
	PKCS8_PRIV_KEY_INFO *opened = NULL;
	const PKCS8_PRIV_KEY_INFO *info;

	if (p->key != NULL)
		return;
	if (shrouded)
		opened = p12_lock_key(&p->lock, PKCS12_SAFEBAG_get0_pkcs8(bag));
	info = shrouded ? opened : PKCS12_SAFEBAG_get0_p8inf(bag);
	if (info != NULL)
		p->key = EVP_PKCS82PKEY(info);
	PKCS8_PRIV_KEY_INFO_free(opened);
}

static bool
take_cert(struct p12 *p, const PKCS12_SAFEBAG *bag)
{
	X509 *cert;

	/* the other kind there is (SDSI) is no certificate of ours */
	if (PKCS12_SAFEBAG_get_bag_nid(bag) != NID_x509Certificate)
		return true;
	cert = PKCS12_SAFEBAG_get1_cert(bag);
	return cert != NULL ? cert_bag_add(p->bag, cert) : broken(p);
}

static bool
take_bags(struct p12 *p, const STACK_OF(PKCS12_SAFEBAG) *bags, int depth)
{
	const PKCS12_SAFEBAG *bag;
	bool done = true;
	int i, kind;

	if (depth > P12_DEEP_MAX)
		return cert_bag_refuse(p->bag, CAUSE_CERT_UNREADABLE,
		    "it has more than %d bags within each other: make it anew",
		    P12_DEEP_MAX);
	for (i = 0; i < sk_PKCS12_SAFEBAG_num(bags) && done; i++) {
		bag = sk_PKCS12_SAFEBAG_value(bags, i);
		kind = PKCS12_SAFEBAG_get_nid(bag);
		if (kind == NID_certBag)
			done = take_cert(p, bag);
		else if (kind == NID_keyBag ||
		    kind == NID_pkcs8ShroudedKeyBag)
			take_key(p, bag, kind == NID_pkcs8ShroudedKeyBag);
		else if (kind == NID_safeContentsBag)
			done = take_bags(p, PKCS12_SAFEBAG_get0_safes(bag),
			    depth + 1);
	}
	return done;
}

/* take_safe - one of the safes, whichever way it is kept */
static bool
take_safe(struct p12 *p, PKCS7 *safe)
{
	STACK_OF(PKCS12_SAFEBAG) *bags;
	int kind = OBJ_obj2nid(safe->type);
	bool done;

	/* one locked with the key of its reader is for somebody else */
	if (kind != NID_pkcs7_data && kind != NID_pkcs7_encrypted)
		return true;
	if (kind == NID_pkcs7_encrypted)
		bags = p12_lock_safe(&p->lock, safe);
	else
		bags = PKCS12_unpack_p7data(safe);
	if (bags == NULL)
		return p->lock.cause != CAUSE_NONE ? false : broken(p);
	done = take_bags(p, bags, 0);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	return done;
}

static bool
take_safes(struct p12 *p)
{
	STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(p->file);
	bool done = true;
	int i;

	if (safes == NULL)
		return broken(p);
	for (i = 0; i < sk_PKCS7_num(safes) && done; i++)
		done = take_safe(p, sk_PKCS7_value(safes, i));
	sk_PKCS7_pop_free(safes, PKCS7_free);
	return done;
}

/* note_keyed - the certificate of the key */
static void
note_keyed(struct p12 *p)
{
	X509 *cert;
	int i;

	for (i = 0; p->key != NULL && i < sk_X509_num(p->bag->certs); i++) {
		cert = sk_X509_value(p->bag->certs, i);
		if (X509_check_private_key(cert, p->key) != 1)
			continue;
		p->bag->keyed = cert;
		return;
	}
}

bool
cert_p12_read(struct cert_bag *bag, struct span der)
{
	const unsigned char *at = (const unsigned char *)der.p;
	struct p12 p = { .file = d2i_PKCS12(NULL, &at, (long)der.len),
	    .bag = bag };
	bool done;

	p12_lock_init(&p.lock, bag->password);
	if (p.file == NULL)
		done = broken(&p);
	else
		done = p12_lock_open(&p.lock, p.file) && take_safes(&p);
	if (p.lock.cause != CAUSE_NONE)
		done = cert_bag_refuse(bag, p.lock.cause, "%s", p.lock.why);
	if (done)
		note_keyed(&p);
	if (done && sk_X509_num(bag->certs) <= 0)
		done = cert_bag_vacant(bag, "it is PKCS#12 without a "
		    "certificate: name the file of the certificate");
	p12_lock_free(&p.lock);
	EVP_PKEY_free(p.key);
	PKCS12_free(p.file);
	ERR_clear_error();
	return done;
}
