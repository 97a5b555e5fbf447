/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_trouble - what is wrong with one path, gathered
 */
#include <openssl/x509_vfy.h>

#include <stdio.h>
#include <string.h>

#include "world/cert_trouble.h"

/* what OpenSSL's verifier calls it, what it is to us, and the rule in plain words */
static const struct {
	int			 error;
	enum cert_problem	 kind;
	const char		*rule;
} problems[] = {
	{ X509_V_ERR_CERT_HAS_EXPIRED, CERT_EXPIRED, "" },
	{ X509_V_ERR_CERT_NOT_YET_VALID, CERT_NOT_YET_VALID, "" },
	{ X509_V_ERR_HOSTNAME_MISMATCH, CERT_WRONG_HOST, "" },
	{ X509_V_ERR_IP_ADDRESS_MISMATCH, CERT_WRONG_HOST, "" },
	{ X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT, CERT_SELF_SIGNED, "" },
	{ X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, CERT_UNTRUSTED_ROOT, "" },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, CERT_ISSUER_MISSING, "" },
	{ X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, CERT_ISSUER_MISSING,
	    "" },
	/* says once more that there is no issuer */
	{ X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, CERT_ISSUER_MISSING,
	    "" },
	{ X509_V_ERR_CERT_UNTRUSTED, CERT_ISSUER_MISSING, "" },
	{ X509_V_ERR_EE_KEY_TOO_SMALL, CERT_WEAK, "its key is too small" },
	{ X509_V_ERR_CA_KEY_TOO_SMALL, CERT_WEAK, "the CA's key is too small" },
	{ X509_V_ERR_CA_MD_TOO_WEAK, CERT_WEAK,
	    "it is signed with a digest that is too weak" },
	{ X509_V_ERR_INVALID_PURPOSE, CERT_BROKEN_RULE,
	    "its purpose does not allow a server" },
	{ X509_V_ERR_INVALID_CA, CERT_BROKEN_RULE,
	    "it certifies others and is no CA certificate" },
	{ X509_V_ERR_PATH_LENGTH_EXCEEDED, CERT_BROKEN_RULE,
	    "more certificates stand below it than its path length allows" },
	{ X509_V_ERR_CERT_CHAIN_TOO_LONG, CERT_BROKEN_RULE,
	    "the chain is too long" },
	{ X509_V_ERR_CERT_SIGNATURE_FAILURE, CERT_BROKEN_RULE,
	    "its signature does not fit" },
	{ X509_V_ERR_UNABLE_TO_DECRYPT_CERT_SIGNATURE, CERT_BROKEN_RULE,
	    "its signature cannot be read" },
	{ X509_V_ERR_UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY, CERT_BROKEN_RULE,
	    "its issuer's key cannot be used" },
	{ X509_V_ERR_KEYUSAGE_NO_CERTSIGN, CERT_BROKEN_RULE,
	    "its key usage does not allow it to certify others" },
	{ X509_V_ERR_CERT_REJECTED, CERT_BROKEN_RULE,
	    "the trust store of this host rejects it for this purpose" },
	{ X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION, CERT_BROKEN_RULE,
	    "it holds a critical extension that nobody here understands" },
	{ X509_V_ERR_INVALID_EXTENSION, CERT_BROKEN_RULE,
	    "one of its extensions is malformed or does not agree with another"
	    },
	{ X509_V_ERR_INVALID_POLICY_EXTENSION, CERT_BROKEN_RULE,
	    "its policies are malformed" },
	{ X509_V_ERR_NO_EXPLICIT_POLICY, CERT_BROKEN_RULE,
	    "it has no policy where one is required" },
	{ X509_V_ERR_PERMITTED_VIOLATION, CERT_BROKEN_RULE,
	    "a CA above it may not certify that name (name constraints)" },
	{ X509_V_ERR_EXCLUDED_VIOLATION, CERT_BROKEN_RULE,
	    "a CA above it must not certify that name (name constraints)" },
	{ X509_V_ERR_SUBTREE_MINMAX, CERT_BROKEN_RULE,
	    "the name constraints above it are of a kind that nobody uses" },
	{ X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE, CERT_BROKEN_RULE,
	    "the name constraints above it are of an unknown kind" },
	{ X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX, CERT_BROKEN_RULE,
	    "the name constraints above it are malformed" },
	{ X509_V_ERR_UNSUPPORTED_NAME_SYNTAX, CERT_BROKEN_RULE,
	    "one of its names is malformed" },
	{ X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD, CERT_BROKEN_RULE,
	    "the begin of its validity is malformed" },
	{ X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD, CERT_BROKEN_RULE,
	    "the end of its validity is malformed" },
	{ X509_V_ERR_UNNESTED_RESOURCE, CERT_BROKEN_RULE,
	    "it claims addresses that its issuer does not have" },
	{ X509_V_ERR_SUBJECT_ISSUER_MISMATCH, CERT_BROKEN_RULE,
	    "its issuer is not the certificate above it" },
	{ X509_V_ERR_AKID_SKID_MISMATCH, CERT_BROKEN_RULE,
	    "its issuer has another key than it says" },
	{ X509_V_ERR_AKID_ISSUER_SERIAL_MISMATCH, CERT_BROKEN_RULE,
	    "its issuer has another serial number than it says" }
};

static const char nameless[] =
    "a rule of RFC 5280 that has no name here";

/* is_known - of that kind, for that certificate, for that reason */
static bool
is_known(const struct cert_troubles *troubles, const struct cert_trouble *new)
{
	size_t i;

	for (i = 0; i < troubles->n; i++)
		if (troubles->list[i].kind == new->kind &&
		    troubles->list[i].depth == new->depth &&
		    strcmp(troubles->list[i].rule, new->rule) == 0)
			return true;
	return false;
}

/* is_nameless - nothing is known but a number of OpenSSL's */
static bool
is_nameless(const struct cert_trouble *trouble)
{
	return strncmp(trouble->rule, nameless, sizeof(nameless) - 1) == 0;
}

static bool
told_better(const struct cert_troubles *troubles, size_t nth)
{
	size_t i;

	for (i = 0; i < troubles->n; i++)
		if (troubles->list[i].depth == troubles->list[nth].depth &&
		    troubles->list[i].kind == CERT_BROKEN_RULE &&
		    !is_nameless(&troubles->list[i]))
			return true;
	return false;
}

void
cert_trouble_settle(struct cert_troubles *troubles)
{
	size_t i, kept = 0;

	for (i = 0; i < troubles->n; i++)
		if (!is_nameless(&troubles->list[i]) ||
		    !told_better(troubles, i))
			troubles->list[kept++] = troubles->list[i];
	troubles->n = kept;
}

bool
cert_trouble_has(const struct cert_troubles *troubles, enum cert_problem kind)
{
	size_t i;

	for (i = 0; i < troubles->n; i++)
		if (troubles->list[i].kind == kind)
			return true;
	return false;
}

bool
cert_trouble_lost(const struct cert_troubles *troubles)
{
	return cert_trouble_has(troubles, CERT_ISSUER_MISSING) ||
	    cert_trouble_has(troubles, CERT_SELF_SIGNED) ||
	    cert_trouble_has(troubles, CERT_UNTRUSTED_ROOT);
}

/* is_own - of the leaf itself, wherever it leads */
static bool
is_own(const struct cert_trouble *trouble, int error)
{
	if (trouble->depth > 0)
		return false;
	return trouble->kind == CERT_EXPIRED ||
	    trouble->kind == CERT_NOT_YET_VALID ||
	    trouble->kind == CERT_WRONG_HOST || trouble->kind == CERT_WEAK ||
	    error == X509_V_ERR_INVALID_PURPOSE ||
	    error == X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION ||
	    error == X509_V_ERR_INVALID_EXTENSION;
}

static void
add(struct cert_troubles *troubles, const struct cert_trouble *new, bool own)
{
	troubles->elsewhere = troubles->elsewhere || !own;
	if (troubles->n < PROBLEMS_MAX && !is_known(troubles, new))
		troubles->list[troubles->n++] = *new;
}

void
cert_trouble_error(struct cert_troubles *troubles, int error, int depth)
{
	struct cert_trouble	 trouble = { CERT_BROKEN_RULE, depth, "" };
	const char		*rule = NULL;
	size_t			 i;

	for (i = 0; i < sizeof(problems) / sizeof(problems[0]); i++) {
		if (problems[i].error != error)
			continue;
		trouble.kind = problems[i].kind;
		rule = problems[i].rule;
	}
	if (error == X509_V_ERR_INVALID_PURPOSE && depth > 0)
		rule = "its purpose does not allow it to certify a server";
	if (rule != NULL)
		(void)snprintf(trouble.rule, sizeof(trouble.rule), "%s", rule);
	else
		(void)snprintf(trouble.rule, sizeof(trouble.rule),
		    "%s (number %d)", nameless, error);
	if (trouble.kind == CERT_ISSUER_MISSING && cert_trouble_lost(troubles))
		return;
	add(troubles, &trouble, is_own(&trouble, error));
}

void
cert_trouble_rule(struct cert_troubles *troubles, const char *rule, int depth,
    bool own)
{
	struct cert_trouble trouble = { CERT_BROKEN_RULE, depth, "" };

	(void)snprintf(trouble.rule, sizeof(trouble.rule), "%s", rule);
	add(troubles, &trouble, own && depth == 0);
}
