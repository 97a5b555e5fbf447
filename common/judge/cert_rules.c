/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_rules - rules that mail clients enforce and OpenSSL does not
 */
#include <string.h>
#include <strings.h>

#include "judge/cert_rules.h"

#define AT_LEAF		(1u << CERT_AT_LEAF)
#define AT_CA		(1u << CERT_AT_CA)
#define AT_ANCHOR	(1u << CERT_AT_ANCHOR)
#define AT_ALL		(AT_LEAF | AT_CA | AT_ANCHOR)
#define AT_TRUSTED	(1u << CERT_AT_TRUSTED_LEAF)

static const struct {
	uint32_t	 all;	/* traits that it has */
	uint32_t	 none;	/* and those that it does not have */
	unsigned	 places;
	const char	*rule;
} rules[] = {
	/* RFC 5280 section 4.1.2.1; old roots of version 1 are still in use */
	{ TRAIT_OLD, 0, AT_LEAF | AT_CA,
	    "it is of an X.509 version before 3" },
	/* section 4.1.2.2 */
	{ TRAIT_SERIAL_NEGATIVE, 0, AT_ALL | AT_TRUSTED,
	    "its serial number is negative" },
	{ TRAIT_SERIAL_LONG, 0, AT_LEAF | AT_CA,
	    "its serial number is longer than 20 octets" },
	/* sections 4.1.2.4 and 4.1.2.6 */
	{ TRAIT_NO_ISSUER, 0, AT_ALL, "it names no issuer" },
	{ TRAIT_NO_SUBJECT, 0, AT_CA | AT_ANCHOR,
	    "it certifies others and has no name" },
	/* no client takes part in a handshake with one */
	{ TRAIT_DSA, 0, AT_ALL, "its key is of the kind DSA" },
	/* RFC 5480 section 2.1.1 */
	{ TRAIT_CURVE_SPELT, 0, AT_ALL,
	    "the curve of its key has no name" },
	/* Mozilla's verifier takes no CA for a server */
	{ TRAIT_CA, 0, AT_LEAF,
	    "it is a CA certificate and stands for a server" },
	/* section 4.2.1.9 */
	{ TRAIT_NO_CONSTRAINTS, TRAIT_OLD, AT_CA | AT_ANCHOR,
	    "it certifies others and is no CA certificate" },
	/* section 4.2.1.3 */
	{ TRAIT_CA | TRAIT_MAY_NOT_SIGN, 0, AT_CA | AT_ANCHOR,
	    "its key usage does not allow it to certify others" },
	{ TRAIT_MAY_SIGN, TRAIT_CA | TRAIT_OLD, AT_LEAF,
	    "it is no CA certificate, and its key usage is one of a CA" },
	/* section 4.2.1.6 */
	{ TRAIT_NO_SUBJECT | TRAIT_NAMES_LAX, 0, AT_LEAF,
	    "it has no subject, and its alternative names are not critical" },
	/* section 4.2.1.10 */
	{ TRAIT_LIMITS_NAMES, TRAIT_CA, AT_LEAF,
	    "it is no CA certificate and has name constraints" },
	{ TRAIT_LIMITS_NOTHING, 0, AT_ALL, "its name constraints are empty" },
	/* sections 4.2.1.1 and 4.2.1.2 */
	{ TRAIT_KEY_ID_CRITICAL, 0, AT_ALL,
	    "its key identifier is marked as critical" },
	/* section 4.2 */
	{ TRAIT_TWICE, 0, AT_ALL, "one of its extensions stands twice" },
	{ TRAIT_MALFORMED, 0, AT_ALL, "one of its extensions is malformed "
	    "or does not agree with another" }
};

const char *
cert_rules_next(uint32_t traits, enum cert_place place, size_t *at)
{
	size_t i;

	for (i = *at; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if ((rules[i].places & 1u << place) == 0 ||
		    (traits & rules[i].all) != rules[i].all ||
		    (traits & rules[i].none) != 0)
			continue;
		*at = i + 1;
		return rules[i].rule;
	}
	*at = i;
	return NULL;
}

bool
cert_rules_star_hits(struct span name, struct span excluded)
{
	size_t label = 0;

	if (name.len < 3 || memcmp(name.p, "*.", 2) != 0)
		return false;
	/* it stands for one label: the excluded host has one in its place */
	while (label < excluded.len && excluded.p[label] != '.')
		label++;
	return label > 0 && excluded.len - label == name.len - 1 &&
	    strncasecmp(name.p + 1, excluded.p + label, name.len - 1) == 0;
}

bool
cert_rules_no_host(struct span name)
{
	size_t i;

	for (i = 0; i < name.len; i++) {
		if ((unsigned char)name.p[i] <= ' ' ||
		    (unsigned char)name.p[i] >= 0x7f)
			return true;
		if (name.p[i] == '.' && (i == 0 || name.p[i - 1] == '.'))
			return true;
	}
	return name.len == 0;
}
