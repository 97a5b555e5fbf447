/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_try - one path, verified by OpenSSL and held to the rules beside it
 *
 * The verifier goes on after each fault, for an expired certificate may name
 * the wrong host too.
 */
#ifndef WORLD_CERT_TRY_H
#define WORLD_CERT_TRY_H

#include <openssl/x509_vfy.h>

#include "world/cert_trouble.h"

struct cert_try {
	X509		*const *only;	/* this path alone, leaf first; NULL: the one that OpenSSL builds */
	size_t		 nonly;
	/* what came of it */
	struct cert_troubles troubles;
	STACK_OF(X509)	*chain;		/* owned */
	int		 sent;		/* that many of the chain are not from our store */
	bool		 nomem;
};

/* cert_try_run - on a context that is ready for X509_verify_cert() */
void	cert_try_run(struct cert_try *, X509_STORE_CTX *);
/* cert_try_is_next - X509_STORE_set_check_issued() of a store for `only` */
int	cert_try_is_next(X509_STORE_CTX *, X509 *, X509 *issuer);
/* cert_try_better - does `a` explain more than `b`, see world/cert_path.h */
bool	cert_try_better(const struct cert_try *a, const struct cert_try *b);
void	cert_try_free(struct cert_try *);

#endif
