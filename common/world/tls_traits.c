/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_traits - what rules of hygiene ask of a certificate, as facts
 *
 * Nothing here is decoded twice: OpenSSL keeps the extensions of every
 * certificate that it has verified, and an RSA exponent is read from the DER.
 */
#define _GNU_SOURCE
#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <string.h>

#include "world/der.h"
#include "world/tls_chain.h"

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

static void
read_serial(X509 *x, struct cert_facts *cert)
{
	const ASN1_INTEGER *serial = X509_get0_serialNumber(x);
	const unsigned char *bytes = ASN1_STRING_get0_data(serial);
	int n = ASN1_STRING_length(serial);

	cert->serial_negative = ASN1_STRING_type(serial) ==
	    V_ASN1_NEG_INTEGER;
	cert->serial_zero = n <= 0 || (n == 1 && bytes[0] == 0);
	/* what has its highest bit set needs an octet for the sign */
	if (n > 0 && (bytes[0] & 0x80) != 0)
		n++;
	cert->serial_octets = n >= UINT8_MAX ? UINT8_MAX : (uint8_t)n;
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

	cert->has_usage = (flags & EXFLAG_KUSAGE) != 0;
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
tls_traits_read(X509 *x, struct cert_facts *cert)
{
	long version = X509_get_version(x) + 1;

	cert->version = version > 0 && version < UINT8_MAX ?
	    (uint8_t)version : 0;
	read_serial(x, cert);
	read_key(x, cert);
	read_digest(x, cert);
	read_purposes(x, cert);
}
