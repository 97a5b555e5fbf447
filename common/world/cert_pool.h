/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_pool - every certificate that a path could be made of, and who may have
 * issued whom
 *
 * In it are the leaf (number 0), what was sent, and what our store has under the
 * name of an issuer.  One is the issuer of another by subject name and by
 * signature, which is checked once and remembered; the key identifiers are a
 * hint about the order, no more (RFC 5280 section 4.2.1.1).
 */
#ifndef WORLD_CERT_POOL_H
#define WORLD_CERT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/x509_vfy.h>

enum {
	POOL_MAX = 128,			/* certificates; what is beyond is not looked at */
	POOL_SIGNATURES_MAX = 256,	/* checked; beyond, nobody has issued anything */
	POOL_LOST = 255
};

struct pool_cert {
	X509	*x;
	bool	 anchor;	/* a path may end here */
	bool	 sound;		/* valid, and a CA that breaks no rule of its own */
	uint8_t	 far[2];	/* issuers up to the nearest anchor, over sound ones [0] or any [1]; POOL_LOST none */
};

struct cert_pool {
	struct pool_cert certs[POOL_MAX];
	size_t		 n;
	uint8_t		 names[POOL_MAX][POOL_MAX];	/* [a][b]: b has the name of a's issuer; 2: and its key identifier fits */
	uint8_t		 signatures[POOL_MAX][POOL_MAX];/* [a][b]: 0 not checked, 1 b has signed a, 2 it has not */
	unsigned	 checked;
};

/* cert_pool_new - for the leaf and the untrusted certificates of that context, which has been verified; NULL without memory */
struct cert_pool *cert_pool_new(X509_STORE_CTX *);
/* cert_pool_issued - has the certificate `issuer` signed `of` */
bool		 cert_pool_issued(struct cert_pool *, size_t of, size_t issuer);
void		 cert_pool_free(struct cert_pool *);

#endif
