/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_limits - name constraints, where OpenSSL's verifier lets them pass
 */
#include <openssl/x509v3.h>

#include <stdbool.h>

#include "judge/cert_rules.h"
#include "world/cert_limits.h"
#include "world/cert_traits.h"

struct look {
	const NAME_CONSTRAINTS	*limits;
	long			 left;	/* comparisons */
	const char		*rule;	/* that is broken; NULL none */
};

static bool
is_dns(const GENERAL_NAME *name, struct span *text)
{
	int kind;
	const ASN1_STRING *s = GENERAL_NAME_get0_value(name, &kind);

	if (kind != GEN_DNS)
		return false;
	*text = (struct span){ (const char *)ASN1_STRING_get0_data(s),
	    (size_t)ASN1_STRING_length(s) };
	return true;
}

static bool
has_dns(const STACK_OF(GENERAL_SUBTREE) *subtrees)
{
	struct span text;
	int i;

	for (i = 0; i < sk_GENERAL_SUBTREE_num(subtrees); i++)
		if (is_dns(sk_GENERAL_SUBTREE_value(subtrees, i)->base, &text))
			return true;
	return false;
}

/* hits - does the name stand for what is excluded; also when there are too many to look */
static bool
hits(struct look *look, struct span name)
{
	const STACK_OF(GENERAL_SUBTREE) *excluded =
	    look->limits->excludedSubtrees;
	struct span text;
	int i;

	for (i = 0; i < sk_GENERAL_SUBTREE_num(excluded); i++)
		if (--look->left < 0 || (is_dns(sk_GENERAL_SUBTREE_value(
		    excluded, i)->base, &text) &&
		    cert_rules_star_hits(name, text)))
			return true;
	return false;
}

static void
look_at(struct look *look, X509 *x)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL,
	    NULL);
	struct span name;
	int i;

	for (i = 0; i < sk_GENERAL_NAME_num(names) && look->rule == NULL;
	    i++) {
		if (!is_dns(sk_GENERAL_NAME_value(names, i), &name))
			continue;
		if (cert_rules_no_host(name))
			look->rule = "one of its names is malformed";
		else if (*name.p == '*' && hits(look, name))
			look->rule = "a CA above it must not certify that name "
			    "(name constraints)";
	}
	GENERAL_NAMES_free(names);
}

/* look_below - at all that this CA stands above; -1 when nothing is found */
static int
look_below(struct look *look, const STACK_OF(X509) *chain, int ca)
{
	NAME_CONSTRAINTS *limits = X509_get_ext_d2i(sk_X509_value(chain, ca),
	    NID_name_constraints, NULL, NULL);
	int i;

	look->limits = limits;
	for (i = 0; limits != NULL && i < ca && look->rule == NULL; i++)
		if (has_dns(limits->permittedSubtrees) ||
		    has_dns(limits->excludedSubtrees))
			look_at(look, sk_X509_value(chain, i));
	NAME_CONSTRAINTS_free(limits);
	return look->rule != NULL ? i - 1 : -1;
}

int
cert_limits_broken(const STACK_OF(X509) *chain, const char **rule)
{
	struct look look = { .left = LIMITS_COMPARED_MAX };
	int i, at = -1;

	for (i = 1; i < sk_X509_num(chain) && at < 0; i++)
		if ((cert_traits(sk_X509_value(chain, i)) &
		    TRAIT_LIMITS_NAMES) != 0)
			at = look_below(&look, chain, i);
	*rule = look.rule;
	return at;
}
