/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * p12_lock - what keeps a PKCS#12 shut
 *
 * RFC 7292 section 5 and its appendix B; RFC 8018 for what newer files use.
 */
#include <limits.h>
#include <stdio.h>

#include <openssl/asn1t.h>
#include <openssl/x509.h>

#include "world/cert_p12.h"
#include "world/p12_lock.h"

static bool
refuse(struct p12_lock *lock, enum cause cause, const char *sentence)
{
	lock->cause = cause;
	(void)snprintf(lock->why, sizeof(lock->why), "%s", sentence);
	return false;
}

static bool
shut(struct p12_lock *lock)
{
	return refuse(lock, CAUSE_USAGE_SECRET, lock->given ?
	    "it is locked with another password than the one given: correct "
	    "what --password-file, --password-env or --password-fd names" :
	    "it is locked: name its password with --password-file");
}

void
p12_lock_init(struct p12_lock *lock, struct span password)
{
	*lock = (struct p12_lock){ .rounds = P12_ROUNDS_MAX, .ntries = 2,
	    .cause = CAUSE_NONE };
	lock->tries[0].text = "";
	if (password.p == NULL || password.len > INT_MAX)
		return;
	lock->tries[2].text = password.p;
	lock->tries[2].len = (int)password.len;
	lock->ntries = 3;
	lock->given = true;
}

/* spend - that many rounds, for each password that is still to be tried */
static bool
spend(struct p12_lock *lock, const ASN1_INTEGER *rounds)
{
	uint64_t n = 1;

	if (rounds != NULL && ASN1_INTEGER_get_uint64(&n, rounds) == 1 &&
	    n <= lock->rounds) {
		lock->rounds -= n;
		return true;
	}
	if (rounds == NULL)
		return true;
	return refuse(lock, CAUSE_CERT_UNREADABLE, "it wants its password "
	    "hashed millions of times: make it anew with openssl pkcs12 "
	    "-export");
}

/* chosen - the others are not tried any more */
static void
chosen(struct p12_lock *lock, int nth)
{
	lock->tries[0] = lock->tries[nth];
	lock->ntries = 1;
	lock->fits = true;
}

bool
p12_lock_open(struct p12_lock *lock, PKCS12 *file)
{
	const ASN1_INTEGER *rounds = NULL;
	const X509_ALGOR *digest = NULL;
	const ASN1_OBJECT *name = NULL;
	int i;

	if (PKCS12_mac_present(file) != 1)
		return true;
	PKCS12_get0_mac(NULL, &digest, NULL, &rounds, file);
	X509_ALGOR_get0(&name, NULL, NULL, digest);
	/* a checksum of another kind (RFC 9579): decryption has to tell */
	if (EVP_get_digestbyobj(name) == NULL)
		return true;
	for (i = 0; i < lock->ntries; i++) {
		if (!spend(lock, rounds))
			return false;
		if (PKCS12_verify_mac(file, lock->tries[i].text,
		    lock->tries[i].len) != 1)
			continue;
		chosen(lock, i);
		return true;
	}
	return shut(lock);
}

/* is_old - a cipher that OpenSSL keeps in a part of its own */
static bool
is_old(int kind)
{
	return kind == NID_pbe_WithSHA1And40BitRC2_CBC ||
	    kind == NID_pbe_WithSHA1And128BitRC2_CBC ||
	    kind == NID_pbe_WithSHA1And128BitRC4 ||
	    kind == NID_pbe_WithSHA1And40BitRC4;
}

/* spend_pbes2 - its key may be derived in several ways, of which one is in use */
static bool
spend_pbes2(struct p12_lock *lock, const ASN1_TYPE *parameter)
{
	PBE2PARAM *scheme = ASN1_TYPE_unpack_sequence(
	    ASN1_ITEM_rptr(PBE2PARAM), parameter);
	PBKDF2PARAM *kdf = NULL;
	bool done;

	if (scheme != NULL &&
	    OBJ_obj2nid(scheme->keyfunc->algorithm) == NID_id_pbkdf2)
		kdf = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM),
		    scheme->keyfunc->parameter);
	if (kdf != NULL)
		done = spend(lock, kdf->iter);
	else
		done = refuse(lock, CAUSE_CERT_UNREADABLE, "it is locked in a "
		    "way that is not known here: make it anew with openssl "
		    "pkcs12 -export");
	PBKDF2PARAM_free(kdf);
	PBE2PARAM_free(scheme);
	return done;
}

/* ready - may this be decrypted, and can it */
static bool
ready(struct p12_lock *lock, const X509_ALGOR *algorithm)
{
	int kind = OBJ_obj2nid(algorithm->algorithm);
	PBEPARAM *scheme;
	bool done;

	if (kind == NID_pbes2)
		return spend_pbes2(lock, algorithm->parameter);
	if (is_old(kind) && lock->old == NULL)
		lock->old = OSSL_PROVIDER_try_load(NULL, "legacy", 1);
	scheme = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM),
	    algorithm->parameter);
	if (scheme == NULL || (is_old(kind) && lock->old == NULL))
		done = refuse(lock, CAUSE_CERT_UNREADABLE, "it is locked with "
		    "a cipher that OpenSSL does not have here: make it anew "
		    "with openssl pkcs12 -export");
	else
		done = spend(lock, scheme->iter);
	PBEPARAM_free(scheme);
	return done;
}

/* item - decrypt and decode with each password; NULL with or without `why` */
static void *
item(struct p12_lock *lock, const X509_ALGOR *algorithm, const ASN1_ITEM *kind,
    const ASN1_OCTET_STRING *bytes)
{
	void *found;
	int i;

	for (i = 0; i < lock->ntries; i++) {
		if (!ready(lock, algorithm))
			return NULL;
		found = PKCS12_item_decrypt_d2i(algorithm, kind,
		    lock->tries[i].text, lock->tries[i].len, bytes, 1);
		if (found == NULL)
			continue;
		if (!lock->fits)
			chosen(lock, i);
		return found;
	}
	/* what fits and does not decrypt it shows that it is broken */
	if (!lock->fits)
		(void)shut(lock);
	return NULL;
}

STACK_OF(PKCS12_SAFEBAG) *
p12_lock_safe(struct p12_lock *lock, PKCS7 *safe)
{
	const PKCS7_ENC_CONTENT *content;

	if (safe->d.encrypted == NULL ||
	    (content = safe->d.encrypted->enc_data) == NULL ||
	    content->algorithm == NULL || content->enc_data == NULL)
		return NULL;
	return item(lock, content->algorithm,
	    ASN1_ITEM_rptr(PKCS12_SAFEBAGS), content->enc_data);
}

PKCS8_PRIV_KEY_INFO *
p12_lock_key(struct p12_lock *lock, const X509_SIG *shroud)
{
	const X509_ALGOR *algorithm = NULL;
	const ASN1_OCTET_STRING *bytes = NULL;
	PKCS8_PRIV_KEY_INFO *key;

	if (shroud == NULL)
		return NULL;
	X509_SIG_get0(shroud, &algorithm, &bytes);
	key = item(lock, algorithm, ASN1_ITEM_rptr(PKCS8_PRIV_KEY_INFO),
	    bytes);
	if (key == NULL)
		lock->cause = CAUSE_NONE;
	return key;
}

void
p12_lock_free(struct p12_lock *lock)
{
	if (lock->old != NULL)
		(void)OSSL_PROVIDER_unload(lock->old);
	lock->old = NULL;
}
