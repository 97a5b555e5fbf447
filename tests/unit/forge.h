/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * forge - certificates of any shape, made in memory
 *
 * For tests of the path search.  Every key is on P-256; key number n belongs to
 * the CA "CA n" unless a test mixes them.  CAs are counted from 1.  The including
 * file defines _GNU_SOURCE.
 */
#ifndef FORGE_H
#define FORGE_H

#include <sys/mman.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <openssl/asn1.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "judge/tls_facts.h"
#include "world/cert_path.h"

enum {
	FORGE_KEYS = 48,
	FORGE_NOW = 1772366400,	/* 2026-03-01 12:00:00 UTC */
	FORGE_DAY = 86400,
	FORGE_LEAF = -1		/* as subject: the server's own */
};

/* one certificate; what is left out is good */
struct forge {
	int		 subject;	/* CA of that number, or FORGE_LEAF */
	int		 key;		/* 0: the subject's */
	int		 issuer;	/* CA that is named */
	int		 signer;	/* key that signs; 0: the issuer's */
	int		 begins, ends;	/* days from FORGE_NOW; both 0: -10 to 90 */
	bool		 no_ca;
	const char	*limits;	/* name constraints */
	const char	*path_length;	/* "0" */
	const char	*names;		/* instead of DNS:mail.example.test */
	const char	*uses;		/* key usage */
};

static EVP_PKEY *
forge_key(int number)
{
	static EVP_PKEY *keys[FORGE_KEYS];
	EVP_PKEY_CTX *ctx;

	number += 1;
	if (number < 0 || number >= FORGE_KEYS)
		abort();
	if (keys[number] != NULL)
		return keys[number];
	ctx = EVP_PKEY_CTX_new_id(EVP_PKEY_EC, NULL);
	if (ctx == NULL || EVP_PKEY_keygen_init(ctx) != 1 ||
	    EVP_PKEY_CTX_set_ec_paramgen_curve_nid(ctx,
	    NID_X9_62_prime256v1) != 1 ||
	    EVP_PKEY_keygen(ctx, &keys[number]) != 1)
		abort();
	EVP_PKEY_CTX_free(ctx);
	return keys[number];
}

static void
forge_name(X509_NAME *name, int number)
{
	char text[32];

	if (number == FORGE_LEAF)
		(void)snprintf(text, sizeof(text), "mail.example.test");
	else
		(void)snprintf(text, sizeof(text), "CA %d", number);
	if (X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
	    (const unsigned char *)text, -1, -1, 0) != 1)
		abort();
}

static void
forge_extension(X509 *x, int nid, const char *value)
{
	X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid,
	    value);

	if (extension == NULL || X509_add_ext(x, extension, -1) != 1)
		abort();
	X509_EXTENSION_free(extension);
}

static void
forge_extensions(X509 *x, const struct forge *f)
{
	char text[64];

	if (f->subject == FORGE_LEAF) {
		forge_extension(x, NID_subject_alt_name, f->names != NULL ?
		    f->names : "DNS:mail.example.test");
	} else if (!f->no_ca) {
		(void)snprintf(text, sizeof(text), "critical,CA:TRUE%s%s",
		    f->path_length != NULL ? ",pathlen:" : "",
		    f->path_length != NULL ? f->path_length : "");
		forge_extension(x, NID_basic_constraints, text);
	}
	if (f->limits != NULL)
		forge_extension(x, NID_name_constraints, f->limits);
	if (f->uses != NULL)
		forge_extension(x, NID_key_usage, f->uses);
}

/* forge - the caller frees it */
static X509 *
forge(const struct forge *f)
{
	static long serial;
	X509 *x = X509_new();
	bool usual = f->begins == 0 && f->ends == 0;

	if (x == NULL || X509_set_version(x, 2) != 1 ||
	    ASN1_INTEGER_set(X509_get_serialNumber(x), ++serial) != 1 ||
	    ASN1_TIME_set(X509_getm_notBefore(x), FORGE_NOW + FORGE_DAY *
	    (usual ? -10 : f->begins)) == NULL ||
	    ASN1_TIME_set(X509_getm_notAfter(x), FORGE_NOW + FORGE_DAY *
	    (usual ? 90 : f->ends)) == NULL)
		abort();
	forge_name(X509_get_subject_name(x), f->subject);
	forge_name(X509_get_issuer_name(x), f->issuer);
	forge_extensions(x, f);
	if (X509_set_pubkey(x, forge_key(f->key != 0 ? f->key :
	    f->subject)) != 1 ||
	    X509_sign(x, forge_key(f->signer != 0 ? f->signer : f->issuer),
	    EVP_sha256()) == 0)
		abort();
	return x;
}

/* a chain, and who is trusted; the certificates belong to the caller */
struct forge_case {
	X509		*const *sent;	/* leaf first */
	size_t		 nsent;
	X509		*const *roots;
	size_t		 nroots;
	const char	*name;		/* NULL: mail.example.test */
	int64_t		 now;		/* 0: FORGE_NOW */
};

/* forge_store - a store that trusts the roots, by way of a file without a name */
static struct trust *
forge_store(X509_STORE *store, const struct forge_case *c)
{
	int fd = memfd_create("roots", MFD_CLOEXEC);
	struct trust *trust;
	char path[64];
	enum cause cause;
	struct buf why;
	BIO *bio;
	size_t i;

	bio = fd < 0 ? NULL : BIO_new_fd(fd, BIO_NOCLOSE);
	if (bio == NULL)
		abort();
	for (i = 0; i < c->nroots; i++)
		if (PEM_write_bio_X509(bio, c->roots[i]) != 1)
			abort();
	BIO_free(bio);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	buf_init(&why, 512);
	trust = trust_new(store, path, NULL, &cause, &why);
	buf_free(&why);
	close(fd);
	if (trust == NULL)
		abort();
	return trust;
}

/* forge_judge - the facts, for tls_facts_free() */
static void
forge_judge(const struct forge_case *c, struct tls_facts *facts)
{
	struct cert_quest quest = {
		.sent = sk_X509_new_null(), .store = X509_STORE_new(),
		.name = c->name != NULL ? c->name : "mail.example.test",
		.now = c->now != 0 ? c->now : FORGE_NOW, .strength = 2
	};
	size_t i;

	if (quest.sent == NULL || quest.store == NULL)
		abort();
	for (i = 0; i < c->nsent; i++)
		if (sk_X509_push(quest.sent, c->sent[i]) <= 0)
			abort();
	quest.trust = forge_store(quest.store, c);
	memset(facts, 0, sizeof(*facts));
	if (!cert_path_ask(facts, &quest))
		abort();
	sk_X509_free(quest.sent);
	X509_STORE_free(quest.store);
	trust_free(quest.trust);
}

#endif
