/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_traits - what one certificate is like, for judge/cert_rules and
 * judge/hygiene
 *
 * Nothing here is decoded twice: OpenSSL keeps the extensions of every
 * certificate that it has verified, and an RSA exponent is read from the DER.
 */
#define _GNU_SOURCE
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <stdbool.h>

#include "judge/cert_rules.h"
#include "world/cert_traits.h"
#include "world/der.h"

#define TRAITS_KNOWN	((uint32_t)1 << 31)	/* apart from those that are kept */

static const struct {
	int		nid;
	enum cert_key	kind;
} keys[] = {
	{ NID_rsaEncryption, CERT_KEY_RSA },
	{ NID_rsassaPss, CERT_KEY_RSA_PSS },
	{ NID_dsa, CERT_KEY_DSA },
	{ NID_X9_62_id_ecPublicKey, CERT_KEY_EC },
	{ NID_ED25519, CERT_KEY_ED25519 },
	{ NID_ED448, CERT_KEY_ED448 }
};

static const struct {
	int			nid;
	enum cert_digest	digest;
} digests[] = {
	{ NID_sha256, CERT_DIGEST_SHA256 },
	{ NID_sha384, CERT_DIGEST_SHA384 },
	{ NID_sha512, CERT_DIGEST_SHA512 },
	{ NID_sha224, CERT_DIGEST_SHA224 },
	{ NID_sha1, CERT_DIGEST_SHA1 },
	{ NID_md5, CERT_DIGEST_MD5 },
	{ NID_md4, CERT_DIGEST_MD4 },
	{ NID_md2, CERT_DIGEST_MD2 }
};

static const struct {
	uint32_t	theirs;
	enum cert_usage	ours;
} usages[] = {
	{ KU_DIGITAL_SIGNATURE, CERT_USE_SIGN },
	{ KU_NON_REPUDIATION, CERT_USE_COMMIT },
	{ KU_KEY_ENCIPHERMENT, CERT_USE_WRAP },
	{ KU_DATA_ENCIPHERMENT, CERT_USE_ENCRYPT },
	{ KU_KEY_AGREEMENT, CERT_USE_AGREE },
	{ KU_KEY_CERT_SIGN, CERT_USE_CERT_SIGN },
	{ KU_CRL_SIGN, CERT_USE_CRL_SIGN }
};

/* serial_octets - of its value as DER has it: what has its highest bit set needs one more for the sign */
static int
serial_octets(const ASN1_INTEGER *serial)
{
	int n = ASN1_STRING_length(serial);

	return n > 0 && (ASN1_STRING_get0_data(serial)[0] & 0x80) != 0 ?
	    n + 1 : n;
}

static uint32_t
number_traits(const X509 *x)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
	uint32_t traits = 0;

	if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER)
		traits |= TRAIT_SERIAL_NEGATIVE;
	if (serial_octets(serial) > SERIAL_OCTETS_MAX)
		traits |= TRAIT_SERIAL_LONG;
	return traits;
}

static uint32_t
key_traits(const X509 *x)
{
	X509_ALGOR *algorithm = NULL;
	const ASN1_OBJECT *type = NULL;
	ASN1_OBJECT *object = NULL;
	int kind = 0;

	if (X509_PUBKEY_get0_param(&object, NULL, NULL, &algorithm,
	    X509_get_X509_PUBKEY(x)) != 1)
		return 0;
	X509_ALGOR_get0(&type, &kind, NULL, algorithm);
	switch (OBJ_obj2nid(type)) {
	case NID_dsa:
	case NID_dsa_2:
		return TRAIT_DSA;
	case NID_X9_62_id_ecPublicKey:
		return kind == V_ASN1_SEQUENCE ? TRAIT_CURVE_SPELT : 0;
	default:
		return 0;
	}
}

/* limits_nothing - neither permits nor excludes; also when it cannot be read, for then nothing is limited */
static bool
limits_nothing(X509_EXTENSION *extension)
{
	NAME_CONSTRAINTS *limits = X509V3_EXT_d2i(extension);
	bool none = limits == NULL || (sk_GENERAL_SUBTREE_num(
	    limits->permittedSubtrees) <= 0 && sk_GENERAL_SUBTREE_num(
	    limits->excludedSubtrees) <= 0);

	NAME_CONSTRAINTS_free(limits);
	return none;
}

/* where_malformed - RFC 5280 section 4.2.2.1: at least one description */
static bool
where_malformed(X509_EXTENSION *extension)
{
	AUTHORITY_INFO_ACCESS *list = X509V3_EXT_d2i(extension);
	bool bad = sk_ACCESS_DESCRIPTION_num(list) <= 0;

	AUTHORITY_INFO_ACCESS_free(list);
	return bad;
}

static uint32_t
extension_traits(X509_EXTENSION *extension)
{
	bool critical = X509_EXTENSION_get_critical(extension) != 0;

	switch (OBJ_obj2nid(X509_EXTENSION_get_object(extension))) {
	case NID_subject_key_identifier:
	case NID_authority_key_identifier:
		return critical ? TRAIT_KEY_ID_CRITICAL : 0;
	case NID_subject_alt_name:
		return critical ? 0 : TRAIT_NAMES_LAX;
	case NID_name_constraints:
		return TRAIT_LIMITS_NAMES | (limits_nothing(extension) ?
		    TRAIT_LIMITS_NOTHING : 0);
	case NID_info_access:
		return where_malformed(extension) ? TRAIT_MALFORMED : 0;
	default:
		return 0;
	}
}

/* stands_before - RFC 5280 section 4.2: each extension at most once */
static bool
stands_before(const X509 *x, int nth)
{
	const ASN1_OBJECT *kind =
	    X509_EXTENSION_get_object(X509_get_ext(x, nth));
	int i;

	for (i = 0; i < nth; i++)
		if (OBJ_cmp(X509_EXTENSION_get_object(X509_get_ext(x, i)),
		    kind) == 0)
			return true;
	return false;
}

static uint32_t
read_traits(X509 *x)
{
	uint32_t flags = X509_get_extension_flags(x);
	uint32_t traits = number_traits(x) | key_traits(x);
	int i, n = X509_get_ext_count(x);

	if (X509_get_version(x) < 2)
		traits |= TRAIT_OLD;
	if (X509_NAME_entry_count(X509_get_subject_name(x)) == 0)
		traits |= TRAIT_NO_SUBJECT;
	if (X509_NAME_entry_count(X509_get_issuer_name(x)) == 0)
		traits |= TRAIT_NO_ISSUER;
	if ((flags & EXFLAG_CA) != 0)
		traits |= TRAIT_CA;
	if ((flags & EXFLAG_BCONS) == 0)
		traits |= TRAIT_NO_CONSTRAINTS;
	if ((flags & EXFLAG_KUSAGE) != 0)
		traits |= (X509_get_key_usage(x) & KU_KEY_CERT_SIGN) != 0 ?
		    TRAIT_MAY_SIGN : TRAIT_MAY_NOT_SIGN;
	if ((flags & EXFLAG_INVALID) != 0 || n > EXTENSIONS_MAX)
		traits |= TRAIT_MALFORMED;
	for (i = 0; i < n && i < EXTENSIONS_MAX; i++) {
		traits |= extension_traits(X509_get_ext(x, i));
		if (stands_before(x, i))
			traits |= TRAIT_TWICE;
	}
	return traits;
}

uint32_t
cert_traits(X509 *x)
{
	/* ex_data 0 is the application's own in every OpenSSL structure */
	uintptr_t kept = (uintptr_t)X509_get_ex_data(x, 0);

	if (kept == 0) {
		kept = read_traits(x) | (uintptr_t)TRAITS_KNOWN;
		/* without memory it is just read again */
		(void)X509_set_ex_data(x, 0, (void *)kept);
	}
	return (uint32_t)kept & ~TRAITS_KNOWN;
}

static void
read_serial(const X509 *x, struct cert_facts *cert)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
	int n = ASN1_STRING_length(serial), octets = serial_octets(serial);

	cert->serial_negative = (cert->traits & TRAIT_SERIAL_NEGATIVE) != 0;
	cert->serial_zero = n <= 0 || (n == 1 &&
	    ASN1_STRING_get0_data(serial)[0] == 0);
	cert->serial_octets = octets >= UINT8_MAX ? UINT8_MAX :
	    (uint8_t)octets;
}

/* read_exponent - RSAPublicKey: modulus and exponent (RFC 8017 section A.1.1) */
static void
read_exponent(struct span key, struct cert_facts *cert)
{
	struct span numbers, modulus, e;
	size_t i;

	if (!der_take(&key, DER_SEQUENCE, &numbers) ||
	    !der_take(&numbers, DER_INTEGER, &modulus) ||
	    !der_take(&numbers, DER_INTEGER, &e) || e.len == 0)
		return;
	cert->exponent_even = (e.p[e.len - 1] & 1) == 0;
	while (e.len > 1 && e.p[0] == '\0') {
		e.p++;
		e.len--;
	}
	if (e.len > sizeof(cert->exponent)) {
		cert->exponent = UINT64_MAX;
		return;
	}
	for (i = 0; i < e.len; i++)
		cert->exponent = cert->exponent << 8 | (unsigned char)e.p[i];
}

static bool
is_usual_curve(const X509_ALGOR *algorithm)
{
	const void *parameter = NULL;
	int kind = 0, nid;

	X509_ALGOR_get0(NULL, &kind, &parameter, algorithm);
	if (kind != V_ASN1_OBJECT)
		return false;
	nid = OBJ_obj2nid(parameter);
	return nid == NID_X9_62_prime256v1 || nid == NID_secp384r1 ||
	    nid == NID_secp521r1;
}

static void
read_key(X509 *x, struct cert_facts *cert)
{
	ASN1_OBJECT *type = NULL;
	X509_ALGOR *algorithm = NULL;
	const unsigned char *bytes = NULL;
	size_t i;
	int len = 0;

	if (X509_PUBKEY_get0_param(&type, &bytes, &len, &algorithm,
	    X509_get_X509_PUBKEY(x)) != 1)
		return;
	for (i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (keys[i].nid == OBJ_obj2nid(type))
			cert->key_kind = (uint8_t)keys[i].kind;
	if (cert->key_kind == CERT_KEY_EC)
		cert->usual_curve = is_usual_curve(algorithm);
	if ((cert->key_kind == CERT_KEY_RSA ||
	    cert->key_kind == CERT_KEY_RSA_PSS) && len > 0)
		read_exponent((struct span){ (const char *)bytes,
		    (size_t)len }, cert);
}

static void
read_digest(X509 *x, struct cert_facts *cert)
{
	int digest = NID_undef, key = NID_undef;
	size_t i;

	cert->digest = CERT_DIGEST_OTHER;
	if (X509_get_signature_info(x, &digest, &key, NULL, NULL) != 1)
		return;
	for (i = 0; i < sizeof(digests) / sizeof(digests[0]); i++)
		if (digests[i].nid == digest)
			cert->digest = (uint8_t)digests[i].digest;
	if (key == NID_ED25519 || key == NID_ED448)
		cert->digest = CERT_DIGEST_NONE;
}

/* read_purposes - extensions that are not there have all bits set, says OpenSSL */
static void
read_purposes(X509 *x, struct cert_facts *cert)
{
	uint32_t flags = X509_get_extension_flags(x);
	uint32_t usage = X509_get_key_usage(x);
	uint32_t purposes = X509_get_extended_key_usage(x);
	size_t i;

	cert->has_usage = (cert->traits &
	    (TRAIT_MAY_SIGN | TRAIT_MAY_NOT_SIGN)) != 0;
	for (i = 0; cert->has_usage &&
	    i < sizeof(usages) / sizeof(usages[0]); i++)
		if ((usage & usages[i].theirs) != 0)
			cert->usage |= (uint8_t)usages[i].ours;
	cert->has_purposes = (flags & EXFLAG_XKUSAGE) != 0;
	cert->for_servers = cert->has_purposes &&
	    (purposes & XKU_SSL_SERVER) != 0;
	cert->for_all = cert->has_purposes && (purposes & XKU_ANYEKU) != 0;
	cert->path_length = (int)X509_get_pathlen(x);
}

void
cert_traits_read(X509 *x, struct cert_facts *cert)
{
	long version = X509_get_version(x) + 1;

	cert->traits = cert_traits(x);
	cert->version = version > 0 && version < UINT8_MAX ?
	    (uint8_t)version : 0;
	read_serial(x, cert);
	read_key(x, cert);
	read_digest(x, cert);
	read_purposes(x, cert);
}
