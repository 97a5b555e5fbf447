/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_cert - from OpenSSL's certificate to facts
 */
#define _GNU_SOURCE
#include <arpa/inet.h>

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/text.h"
#include "base/when.h"
#include "world/cert_traits.h"
#include "world/tls_chain.h"

enum {
	CERT_TEXT_MAX = 512,	/* bytes of one name, number or word kept */
	CERT_HOST_MAX = 256,	/* bytes of one alternative name kept */
	CERT_URL_MAX = 1024	/* bytes of an address; a longer one is not taken */
};

/* keep - a cleaned copy; NULL without memory */
static char *
keep(const void *bytes, size_t len, size_t max)
{
	struct buf clean;
	char *copy = NULL;

	buf_init(&clean, max);
	text_clean(&clean, (struct span){ bytes, len }, max);
	if (!clean.nomem)
		copy = strdup(buf_cstr(&clean));
	buf_free(&clean);
	return copy;
}

static char *
keep_text(const char *s)
{
	return keep(s != NULL ? s : "", s != NULL ? strlen(s) : 0,
	    CERT_TEXT_MAX);
}

/* name_text - RFC 4514, with UTF-8 as it is */
static char *
name_text(const X509_NAME *name)
{
	BIO *bio = BIO_new(BIO_s_mem());
	char *text = NULL, *bytes;
	long len;

	if (bio == NULL)
		return NULL;
	if (X509_NAME_print_ex(bio, name, 0,
	    XN_FLAG_RFC2253 & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >= 0) {
		len = BIO_get_mem_data(bio, &bytes);
		text = keep(bytes, len > 0 ? (size_t)len : 0, CERT_TEXT_MAX);
	} else {
		text = keep_text("");
	}
	(void)BIO_free(bio);
	return text;
}

/* name_again - the text of a name that is written as one whose text is known; printing is dear, and a chain has most names twice */
static char *
name_again(const X509_NAME *name, const X509_NAME *other, const char *text)
{
	const unsigned char *a, *b;
	size_t alen, blen;

	if (text != NULL && other != NULL &&
	    X509_NAME_get0_der((X509_NAME *)(uintptr_t)name, &a, &alen) == 1 &&
	    X509_NAME_get0_der((X509_NAME *)(uintptr_t)other, &b, &blen) == 1 &&
	    alen == blen && memcmp(a, b, alen) == 0)
		return strdup(text);
	return name_text(name);
}

/* name_part - the last one of that kind, "" when there is none */
static char *
name_part(const X509_NAME *name, int nid)
{
	unsigned char *utf8 = NULL;
	char *text;
	int at = -1, next, len;

	while ((next = X509_NAME_get_index_by_NID(name, nid, at)) >= 0)
		at = next;
	if (at < 0)
		return keep_text("");
	len = ASN1_STRING_to_UTF8(&utf8,
	    X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
	text = keep(utf8 != NULL ? (const char *)utf8 : "",
	    len > 0 ? (size_t)len : 0, CERT_TEXT_MAX);
	OPENSSL_free(utf8);
	return text;
}

/* issuer_cn - its CN, else its O, else the whole */
static char *
issuer_cn(const X509_NAME *name, const struct cert_facts *cert)
{
	char *cn = name_part(name, NID_commonName);

	if (cn == NULL || *cn != '\0' || cert->issuer_org == NULL ||
	    cert->issuer == NULL)
		return cn;
	free(cn);
	return strdup(*cert->issuer_org != '\0' ? cert->issuer_org :
	    cert->issuer);
}

static char *
serial_text(const X509 *x)
{
	BIGNUM *number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(x), NULL);
	char *hex = number != NULL ? BN_bn2hex(number) : NULL;
	char *text = hex != NULL ? keep_text(hex) : NULL;

	OPENSSL_free(hex);
	BN_free(number);
	return text;
}

static int64_t
moment(const ASN1_TIME *t)
{
	struct tm tm;
	int64_t seconds;

	memset(&tm, 0, sizeof(tm));
	if (ASN1_TIME_to_tm(t, &tm) != 1 || !when_from_civil(
	    tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour,
	    tm.tm_min, tm.tm_sec, &seconds))
		return 0;
	return seconds;
}

/* key_text - "RSA", "EC P-256", "Ed25519", by the algorithm that the certificate names */
static char *
key_text(X509_PUBKEY *key)
{
	ASN1_OBJECT *type = NULL;
	X509_ALGOR *algorithm = NULL;
	const void *parameter = NULL;
	const char *curve = NULL;
	struct buf text;
	char *copy;
	int kind = 0, nid;

	if (X509_PUBKEY_get0_param(&type, NULL, NULL, &algorithm, key) != 1)
		return keep_text("unknown");
	nid = OBJ_obj2nid(type);
	if (nid == NID_rsaEncryption || nid == NID_rsassaPss)
		return keep_text(nid == NID_rsassaPss ? "RSA-PSS" : "RSA");
	if (nid != NID_X9_62_id_ecPublicKey)
		return keep_text(nid == NID_ED25519 ? "Ed25519" :
		    nid == NID_ED448 ? "Ed448" : OBJ_nid2sn(nid));
	X509_ALGOR_get0(NULL, &kind, &parameter, algorithm);
	if (kind == V_ASN1_OBJECT) {
		nid = OBJ_obj2nid(parameter);
		curve = EC_curve_nid2nist(nid);
		if (curve == NULL)
			curve = OBJ_nid2sn(nid);
	}
	buf_init(&text, CERT_TEXT_MAX);
	(void)buf_fmt(&text, "EC %s", curve != NULL ? curve : "other");
	copy = keep_text(buf_cstr(&text));
	buf_free(&text);
	return copy;
}

/* name_of - one alternative name that says a host, an address or a mailbox; NULL: another kind, or no memory (then *ok is cleared) */
static char *
name_of(const GENERAL_NAME *general, bool *ok)
{
	char		 text[INET6_ADDRSTRLEN];
	const ASN1_STRING *s;
	char		*copy;
	int		 kind;

	s = GENERAL_NAME_get0_value(general, &kind);
	if (kind == GEN_DNS || kind == GEN_EMAIL || kind == GEN_URI) {
		copy = keep(ASN1_STRING_get0_data(s),
		    (size_t)ASN1_STRING_length(s), CERT_HOST_MAX);
	} else if (kind == GEN_IPADD && (ASN1_STRING_length(s) == 4 ||
	    ASN1_STRING_length(s) == 16)) {
		copy = keep_text(inet_ntop(ASN1_STRING_length(s) == 4 ?
		    AF_INET : AF_INET6, ASN1_STRING_get0_data(s), text,
		    sizeof(text)));
	} else {
		return NULL;
	}
	*ok = *ok && copy != NULL;
	return copy;
}

static bool
read_names(X509 *x, struct cert_facts *cert)
{
	GENERAL_NAMES *names = X509_get_ext_d2i(x, NID_subject_alt_name, NULL,
	    NULL);
	bool ok = true;
	char *name;
	int i, n = sk_GENERAL_NAME_num(names);

	for (i = 0; i < n && ok; i++) {
		if (cert->nnames == NAMES_MAX) {
			cert->more_names = (size_t)(n - i);
			break;
		}
		name = name_of(sk_GENERAL_NAME_value(names, i), &ok);
		if (name != NULL)
			cert->names[cert->nnames++] = name;
	}
	GENERAL_NAMES_free(names);
	return ok;
}

/* is_web - an address that may be asked for, and has nothing in it that is not shown as it is */
static bool
is_web(const ASN1_STRING *url, const char *text)
{
	struct span span = { (const char *)ASN1_STRING_get0_data(url),
	    (size_t)ASN1_STRING_length(url) };

	return (span_begins(span, "http://") ||
	    span_begins(span, "https://")) && span_is(span, text);
}

/* read_issuer_url - false without memory */
static bool
read_issuer_url(const GENERAL_NAME *name, struct cert_facts *cert)
{
	int kind;
	const ASN1_STRING *url = GENERAL_NAME_get0_value(name, &kind);

	if (kind != GEN_URI || ASN1_STRING_length(url) > CERT_URL_MAX)
		return true;
	cert->issuer_url = keep(ASN1_STRING_get0_data(url),
	    (size_t)ASN1_STRING_length(url), CERT_URL_MAX);
	if (cert->issuer_url == NULL)
		return false;
	if (!is_web(url, cert->issuer_url)) {
		free(cert->issuer_url);
		cert->issuer_url = NULL;
	}
	return true;
}

/* read_access - RFC 5280 section 4.2.2.1 */
static bool
read_access(X509 *x, struct cert_facts *cert)
{
	AUTHORITY_INFO_ACCESS *list = X509_get_ext_d2i(x, NID_info_access,
	    NULL, NULL);
	const ACCESS_DESCRIPTION *row;
	bool ok = true;
	int i;

	for (i = 0; i < sk_ACCESS_DESCRIPTION_num(list) && ok &&
	    cert->issuer_url == NULL; i++) {
		row = sk_ACCESS_DESCRIPTION_value(list, i);
		if (OBJ_obj2nid(row->method) != NID_ad_ca_issuers)
			continue;
		cert->has_aia_issuer = true;
		ok = read_issuer_url(row->location, cert);
	}
	AUTHORITY_INFO_ACCESS_free(list);
	return ok;
}

static void
hex(const unsigned char *digest, unsigned len, char text[65])
{
	static const char digits[] = "0123456789abcdef";
	unsigned i;

	for (i = 0; i < len && i < 32; i++) {
		text[2 * i] = digits[digest[i] >> 4];
		text[2 * i + 1] = digits[digest[i] & 15];
	}
	text[2 * i] = '\0';
}

static void
read_digests(X509 *x, struct cert_facts *cert)
{
	unsigned char digest[EVP_MAX_MD_SIZE], *der = NULL;
	unsigned len = 0;
	int n;

	if (X509_digest(x, EVP_sha256(), digest, &len) == 1)
		hex(digest, len, cert->sha256);
	n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &der);
	if (n > 0 && EVP_Digest(der, (size_t)n, digest, &len, EVP_sha256(),
	    NULL) == 1)
		hex(digest, len, cert->spki_sha256);
	OPENSSL_free(der);
}

bool
tls_cert_read(X509 *x, struct cert_facts *cert, X509 *below,
    const struct cert_facts *known)
{
	const X509_NAME *subject = X509_get_subject_name(x);
	const X509_NAME *issuer = X509_get_issuer_name(x);
	EVP_PKEY *key = X509_get0_pubkey(x);

	cert->subject = below == NULL ? name_text(subject) : name_again(
	    subject, X509_get_issuer_name(below), known->issuer);
	cert->subject_cn = name_part(subject, NID_commonName);
	cert->issuer = name_again(issuer, subject, cert->subject);
	cert->issuer_org = name_part(issuer, NID_organizationName);
	cert->issuer_cn = issuer_cn(issuer, cert);
	cert->serial = serial_text(x);
	cert->not_before = moment(X509_get0_notBefore(x));
	cert->not_after = moment(X509_get0_notAfter(x));
	cert->key = key_text(X509_get_X509_PUBKEY(x));
	cert->bits = key != NULL && EVP_PKEY_bits(key) > 0 ?
	    (unsigned)EVP_PKEY_bits(key) : 0;
	cert->signature = keep_text(OBJ_nid2ln(X509_get_signature_nid(x)));
	cert->self_issued = X509_NAME_cmp(subject, issuer) == 0;
	cert->is_ca = (X509_get_extension_flags(x) & EXFLAG_CA) != 0;
	read_digests(x, cert);
	cert_traits_read(x, cert);
	return read_names(x, cert) && read_access(x, cert) &&
	    cert->subject != NULL &&
	    cert->subject_cn != NULL && cert->issuer != NULL &&
	    cert->issuer_org != NULL && cert->issuer_cn != NULL &&
	    cert->serial != NULL && cert->key != NULL &&
	    cert->signature != NULL;
}
