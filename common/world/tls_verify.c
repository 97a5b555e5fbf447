/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_verify - build and verify the path, and write down all that is wrong
 *
 * The verifier goes on after each fault, for an expired certificate may name
 * the wrong host too, and the handshake goes on after verification: what the
 * facts mean is for judge/cert to say.
 */
#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <stdio.h>
#include <string.h>

#include "world/tls_parts.h"

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

static struct tls *
tls_of(X509_STORE_CTX *path)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(path,
	    SSL_get_ex_data_X509_STORE_CTX_idx());

	return SSL_get_app_data(ssl);
}

/* is_known - of that kind, for that certificate, for that reason */
static bool
is_known(const struct tls_facts *facts, const struct cert_trouble *new)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == new->kind &&
		    facts->troubles[i].depth == new->depth &&
		    strcmp(facts->troubles[i].rule, new->rule) == 0)
			return true;
	return false;
}

/* chain_told - why the path does not reach a root is said once */
static bool
chain_told(const struct tls_facts *facts, enum cert_problem kind)
{
	size_t i;

	if (kind != CERT_ISSUER_MISSING)
		return false;
	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == CERT_ISSUER_MISSING ||
		    facts->troubles[i].kind == CERT_SELF_SIGNED ||
		    facts->troubles[i].kind == CERT_UNTRUSTED_ROOT)
			return true;
	return false;
}

static void
note_trouble(struct tls_facts *facts, int error, int depth)
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
		    "a rule of RFC 5280 that has no name here (number %d)",
		    error);
	if (facts->ntroubles < PROBLEMS_MAX &&
	    !chain_told(facts, trouble.kind) && !is_known(facts, &trouble))
		facts->troubles[facts->ntroubles++] = trouble;
}

/* go_on - the verifier's callback */
static int
go_on(int ok, X509_STORE_CTX *path)
{
	struct tls *tls = tls_of(path);
	int error = X509_STORE_CTX_get_error(path);

	if (ok)
		return 1;
	if (error == X509_V_ERR_OUT_OF_MEM)
		tls->nomem = true;
	else
		note_trouble(tls->facts, error,
		    X509_STORE_CTX_get_error_depth(path));
	return 1;
}

static bool
issuer_missing(const struct tls_facts *facts)
{
	size_t i;

	for (i = 0; i < facts->ntroubles; i++)
		if (facts->troubles[i].kind == CERT_ISSUER_MISSING)
			return true;
	return false;
}

/* read_path - and whether what it lacks is akin to what is trusted */
static void
read_path(struct tls *tls, X509_STORE_CTX *path)
{
	struct tls_facts *facts = tls->facts;
	STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(path);

	tls_chain_path(tls, path);
	if (issuer_missing(facts) && sk_X509_num(chain) > 0)
		facts->issuer_kin = trust_is_kin(tls->context->trust,
		    X509_get_issuer_name(sk_X509_value(chain,
		    sk_X509_num(chain) - 1)));
}

/* ran_dry - memory that was lacking on the way looks like a fault of the path */
static bool
ran_dry(void)
{
	unsigned long error;
	bool dry = false;

	while ((error = ERR_get_error()) != 0)
		dry = dry || ERR_GET_REASON(error) == ERR_R_MALLOC_FAILURE;
	return dry;
}

/*
 * The handshake has set the security level of the connection, which old
 * versions need low; certificates are held to the one of the system.
 */
static void
verify(struct tls *tls, X509_STORE_CTX *path)
{
	X509_STORE *store = X509_STORE_CTX_get0_store(path);
	X509 *leaf = X509_STORE_CTX_get0_cert(path);
	int done;

	X509_VERIFY_PARAM_set_auth_level(X509_STORE_CTX_get0_param(path),
	    tls->context->strength);
	X509_STORE_CTX_set_verify_cb(path, go_on);
	if (leaf != NULL)
		trust_prime(store, X509_get_subject_name(leaf));
	ERR_clear_error();
	done = X509_verify_cert(path);
	tls->nomem = ran_dry() || tls->nomem;
	if (done <= 0 && tls->facts->ntroubles == 0)
		note_trouble(tls->facts, X509_STORE_CTX_get_error(path), 0);
	tls->facts->verified = true;
	read_path(tls, path);
}

int
tls_verify_chain(X509_STORE_CTX *path, void *unused)
{
	struct tls *tls = tls_of(path);

	(void)unused;
	tls_chain_sent(tls, path);
	if (tls->context->trust != NULL)
		verify(tls, path);
	X509_STORE_CTX_set_error(path, X509_V_OK);
	ERR_clear_error();
	return 1;
}

/* without_dot - the name as certificates and SNI have it: RFC 6066 section 3 */
static void
without_dot(const char *name, char expected[256])
{
	size_t len;

	(void)snprintf(expected, 256, "%s", name);
	len = strlen(expected);
	if (len > 1 && expected[len - 1] == '.')
		expected[len - 1] = '\0';
}

bool
tls_verify_expect(struct tls *tls, const struct target *target)
{
	char *expected = tls->facts->expected;
	X509_VERIFY_PARAM *param = SSL_get0_param(tls->ssl);
	struct address address;

	without_dot(*target->sni != '\0' ? target->sni : target->host,
	    expected);
	X509_VERIFY_PARAM_set_hostflags(param,
	    X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
	    X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
	/* an address is no name: RFC 6066 section 3 forbids it as SNI */
	if (address_parse(span_of(expected), &address))
		return X509_VERIFY_PARAM_set1_ip(param, address.ip,
		    address.family == 4 ? 4 : 16) == 1;
	return X509_VERIFY_PARAM_set1_host(param, expected, 0) == 1 &&
	    (*target->sni == '\0' ||
	    SSL_set_tlsext_host_name(tls->ssl, expected) == 1);
}
