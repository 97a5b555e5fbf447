/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_traits - what one certificate is like, for judge/cert_rules
 */
#include <openssl/ec.h>
#include <openssl/x509v3.h>

#include <stdbool.h>

#include "judge/cert_rules.h"
#include "world/cert_traits.h"

#define TRAITS_KNOWN	((uint32_t)1 << 31)	/* apart from those that are kept */

static uint32_t
number_traits(const X509 *x)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
	uint32_t traits = 0;
	unsigned char *der = NULL;
	int len;

	if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER)
		traits |= TRAIT_SERIAL_NEGATIVE;
	if (ASN1_STRING_length(serial) < SERIAL_OCTETS_MAX)
		return traits;
	/* a leading zero, where the first bit is set, counts as an octet */
	len = i2d_ASN1_INTEGER((ASN1_INTEGER *)(uintptr_t)serial, &der);
	OPENSSL_free(der);
	return len - 2 > SERIAL_OCTETS_MAX ? traits | TRAIT_SERIAL_LONG :
	    traits;
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
