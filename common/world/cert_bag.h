/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_bag - the certificates of a file, and why there are none
 *
 * Readers fill it.  What one of them refuses is one sentence without the name
 * of the file, which ends with what to do, and never a string of OpenSSL.
 */
#ifndef WORLD_CERT_BAG_H
#define WORLD_CERT_BAG_H

#include <stdbool.h>
#include <stddef.h>

#include <openssl/x509.h>

#include "base/buf.h"
#include "base/span.h"
#include "report/cause.h"

enum {
	CERT_FILE_CERTS = 1000,		/* certificates of one file */
	CERT_DER_MAX = 1024 * 1024	/* bytes of a certificate or of a container in DER */
};

struct cert_bag {
	STACK_OF(X509)	*certs;		/* as they came */
	X509		*keyed;		/* borrowed; the one that a private key beside it belongs to, NULL unknown */
	struct span	 password;	/* for what is locked; p NULL: none was given */
	bool		 ordered;	/* the file says which stands before which */
	bool		 vacant;	/* refused for no other reason than that there is no certificate */
	enum cause	 cause;		/* of a refusal: cert.unreadable, usage.secret, internal.error */
	struct buf	*why;		/* borrowed */
};

/* cert_bag_add - a certificate, which is the bag's from then on; NULL is one without memory; false when it is refused */
bool	cert_bag_add(struct cert_bag *, X509 *);
/* cert_bag_refuse - always false */
bool	cert_bag_refuse(struct cert_bag *, enum cause, const char *fmt, ...)
	    __attribute__((format(printf, 3, 4)));
/* cert_bag_vacant - always false: there is none in it */
bool	cert_bag_vacant(struct cert_bag *, const char *sentence);
/* cert_bag_nomem - always false */
bool	cert_bag_nomem(struct cert_bag *);
/* cert_bag_leaf - bring the leaf to the front: the one that the key belongs to, else the one that issued none of the others (that is no CA, if there is such a one), else the first.  Where the file says nothing of the order, each one's issuer comes behind it.  Returns where the leaf stood. */
size_t	cert_bag_leaf(struct cert_bag *);
void	cert_bag_free(struct cert_bag *);

#endif
