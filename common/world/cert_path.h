/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_path - the one place that verifies a chain, out of a handshake or a file
 *
 * OpenSSL builds its path first; the usual good chain costs no more than that.
 * Where that path is in trouble that another one could be without (so not when
 * the leaf itself has ended, or names another host), other paths are searched:
 * see world/cert_search.h.  Each path is held to judge/cert_rules too.
 *
 * Which path the facts show, when none is without trouble:
 *
 *	1. one that leads to something trusted before one that does not: the
 *	   first kind says what has to be repaired, the second only that there
 *	   is somebody unknown
 *	2. of these, the one with the fewest troubles: there is least to repair
 *	3. of these, OpenSSL's own, and then the first that was found: that is
 *	   what other clients see
 */
#ifndef WORLD_CERT_PATH_H
#define WORLD_CERT_PATH_H

#include <stdbool.h>
#include <stdint.h>

#include <openssl/x509_vfy.h>

#include "judge/tls_facts.h"
#include "world/trust.h"

/* cert_path_expect - verify for that name or address and as a server's; `name` loses a dot at its end (RFC 6066 section 3) and goes to `expected`; "" is any; false without memory */
bool	cert_path_expect(X509_VERIFY_PARAM *, const char *name, char expected[256]);

/* cert_path_verify - fill facts.sent, path, troubles, verified and issuer_kin, on a context that is ready for X509_verify_cert(); a trust of NULL verifies nothing; `strength` is a security level of OpenSSL; false without memory */
bool	cert_path_verify(struct tls_facts *, X509_STORE_CTX *, struct trust *, int strength);

/* a chain that comes from elsewhere than a handshake */
struct cert_quest {
	STACK_OF(X509)	*sent;		/* the leaf first; borrowed */
	X509_STORE	*store;		/* of that trust; borrowed */
	struct trust	*trust;
	const char	*name;		/* that it should have, "" any */
	int64_t		 now;
	int		 strength;
};

/* cert_path_ask - the same for such a chain of one or more; sets facts.expected too */
bool	cert_path_ask(struct tls_facts *, const struct cert_quest *);

#endif
