/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bundle - a PEM file with many certificates, hardly parsed at all
 *
 * Making an X509 of one certificate costs OpenSSL 3 as much as a whole check
 * otherwise needs, and a system's bundle holds 150.  So only the end of each
 * subject is looked at first, in the DER (RFC 5280 section 4.1).  When one is
 * asked for, those that end like it are hashed, and parsed is what has the same
 * hash.  A hash may hit a stranger: whoever uses what is found compares the
 * names.
 */
#ifndef WORLD_BUNDLE_H
#define WORLD_BUNDLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <openssl/x509.h>

#include "base/buf.h"

enum {
	BUNDLE_CERTS_MAX = 512,
	BUNDLE_BYTES_MAX = 8 * 1024 * 1024
};

struct bundle_entry {
	size_t		at, len;	/* of the PEM block in the text */
	size_t		body, end;	/* where its base64 begins and ends */
	uint64_t	tail;		/* of the subject, see world/name_hash.h */
};

struct bundle {
	char			*text;
	size_t			 len;
	char			*scratch;
	struct bundle_entry	*entries;
	size_t			 n;
	bool			 nomem;	/* why bundle_open() failed */
};

/* bundle_open - false with a reason in `why` (without the path): cannot be read, too large, no certificate, a broken one (base64, or the DER as far as the subject; what is inside that is not looked at) */
bool	bundle_open(struct bundle *, const char *path, struct buf *why);
/* bundle_next - the next certificate from *at on with that subject, NULL no more; the caller frees it */
X509	*bundle_next(const struct bundle *, const X509_NAME *subject, size_t *at);
/* bundle_has_org - does a certificate's subject have the same organisation */
bool	bundle_has_org(const struct bundle *, const X509_NAME *);
void	bundle_free(struct bundle *);

#endif
