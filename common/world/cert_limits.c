/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_limits - name constraints, where OpenSSL's verifier lets them pass
 */
#include <openssl/x509v3.h>

#include <stdbool.h>

#include "judge/cert_rules.h"
#include "world/cert_limits.h"
#include "world/cert_traits.h"

static struct span
text_of(const GENERAL_NAME *name)
{
	int kind;
	const ASN1_STRING *s = GENERAL_NAME_get0_value(name, &kind);

	if (kind != GEN_DNS || ASN1_STRING_length(s) <= 0)
		return (struct span){ "", 0 };
	return (struct span){ (const char *)ASN1_STRING_get0_data(s),
	    (size_t)ASN1_STRING_length(s) };
}

/* hits - does a name stand for what one of the subtrees excludes; also when there are too many to look */
static bool
hits(const GENERAL_NAMES *names, const STACK_OF(GENERAL_SUBTREE) *excluded,
    long *left)
{
	int i, j;

	for (i = 0; i < sk_GENERAL_NAME_num(names); i++) {
		struct span name = text_of(sk_GENERAL_NAME_value(names, i));

		if (name.len == 0 || *name.p != '*')
			continue;
		for (j = 0; j < sk_GENERAL_SUBTREE_num(excluded); j++)
			if (--*left < 0 || cert_rules_star_hits(name, text_of(
			    sk_GENERAL_SUBTREE_value(excluded, j)->base)))
				return true;
	}
	return false;
}

/* below - the first certificate below that CA that it must not certify; -1 none */
static int
below(const STACK_OF(X509) *chain, int ca, long *left)
{
	NAME_CONSTRAINTS *limits = X509_get_ext_d2i(sk_X509_value(chain, ca),
	    NID_name_constraints, NULL, NULL);
	GENERAL_NAMES *names;
	int i, found = -1;

	for (i = 0; i < ca && limits != NULL && found < 0 &&
	    sk_GENERAL_SUBTREE_num(limits->excludedSubtrees) > 0; i++) {
		names = X509_get_ext_d2i(sk_X509_value(chain, i),
		    NID_subject_alt_name, NULL, NULL);
		if (hits(names, limits->excludedSubtrees, left))
			found = i;
		GENERAL_NAMES_free(names);
	}
	NAME_CONSTRAINTS_free(limits);
	return found;
}

int
cert_limits_broken(const STACK_OF(X509) *chain, const char **rule)
{
	long left = LIMITS_COMPARED_MAX;
	int i, at = -1;

	*rule = "a CA above it must not certify that name (name constraints)";
	for (i = 1; i < sk_X509_num(chain) && at < 0; i++)
		if ((cert_traits(sk_X509_value(chain, i)) &
		    TRAIT_LIMITS_NAMES) != 0)
			at = below(chain, i, &left);
	return at;
}
