/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_again - a chain that was judged already, judged once more: with further
 * certificates, or by other roots
 */
#ifndef WORLD_CERT_AGAIN_H
#define WORLD_CERT_AGAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"
#include "judge/tls_facts.h"

struct tls_context;

enum {
	AGAIN_MORE_MAX = 8	/* files of further certificates */
};

struct cert_again {
	const struct tls_facts *facts;	/* with DER kept (tls_config.keep_der) */
	const struct span *more;	/* each a file: a certificate in DER, PEM, or PKCS#7 without a signature (RFC 5280 section 4.2.2.1) */
	size_t		 nmore;
	int64_t		 now;		/* seconds since 1970 */
};

/* cert_again_judge - facts of the same leaf by the roots of that context, facts.expected included; what came from `more` stands behind what was sent.  The caller frees them with tls_facts_free() and free().  NULL without DER or memory. */
struct tls_facts	*cert_again_judge(struct tls_context *, const struct cert_again *);
/* cert_again_holds - does a file hold a certificate */
bool			 cert_again_holds(struct span);

#endif
