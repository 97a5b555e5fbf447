/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_rules - rules of RFC 5280 and of the CA/Browser Forum that mail clients
 * enforce and OpenSSL does not
 *
 * Only what some client in use refuses stands here: Thunderbird's NSS, Go's
 * crypto/x509 (many command line clients), GnuTLS, or the platforms of Apple and
 * Microsoft.  What is merely untidy, as a CA without key identifiers or with
 * basic constraints that are not critical, breaks nothing, and is no rule.
 *
 * A certificate that was itself made an anchor is believed for what it is: whoever
 * gives a self-signed server certificate by --ca-file has looked at it.  An
 * anchor above others keeps fewer rules than a CA that was sent.
 */
#ifndef JUDGE_CERT_RULES_H
#define JUDGE_CERT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* what one certificate is like, as bits of cert_facts.traits */
enum cert_trait {
	TRAIT_OLD = 1 << 0,		/* X.509 version 1 or 2 */
	TRAIT_SERIAL_NEGATIVE = 1 << 1,
	TRAIT_SERIAL_LONG = 1 << 2,	/* over 20 octets */
	TRAIT_NO_SUBJECT = 1 << 3,
	TRAIT_NO_ISSUER = 1 << 4,
	TRAIT_DSA = 1 << 5,		/* its key */
	TRAIT_CURVE_SPELT = 1 << 6,	/* the key's curve by its parameters, not by name */
	TRAIT_CA = 1 << 7,		/* basic constraints say so */
	TRAIT_NO_CONSTRAINTS = 1 << 8,	/* no basic constraints at all */
	TRAIT_MAY_NOT_SIGN = 1 << 9,	/* key usage without keyCertSign */
	TRAIT_NAMES_LAX = 1 << 10,	/* alternative names, and they are not critical */
	TRAIT_LIMITS_NAMES = 1 << 11,	/* name constraints */
	TRAIT_LIMITS_NOTHING = 1 << 12,	/* those permit and exclude nothing */
	TRAIT_KEY_ID_CRITICAL = 1 << 13, /* subject or authority key identifier */
	TRAIT_TWICE = 1 << 14,		/* an extension stands twice */
	TRAIT_MALFORMED = 1 << 15,	/* an extension that is needed cannot be read */
	TRAIT_MAY_SIGN = 1 << 16	/* key usage with keyCertSign */
};

enum cert_place {
	CERT_AT_LEAF,
	CERT_AT_CA,		/* was sent, and certifies others */
	CERT_AT_ANCHOR,		/* ours, above others */
	CERT_AT_TRUSTED_LEAF	/* the server's own, and ours */
};

/* cert_rules_next - the next rule from *at on that a certificate with those traits breaks at that place, as "its ..." in plain words; NULL no more */
const char	*cert_rules_next(uint32_t traits, enum cert_place, size_t *at);
/* cert_rules_star_hits - may a wildcard name ("*.example.org") stand for a host that an excluded subtree ("mail.example.org") holds; false for a name without a wildcard */
bool		 cert_rules_star_hits(struct span name, struct span excluded);
/* cert_rules_no_host - a name that no host can have and no constraint can place: an empty label, a blank, a control byte, anything but ASCII */
bool		 cert_rules_no_host(struct span name);

#endif
