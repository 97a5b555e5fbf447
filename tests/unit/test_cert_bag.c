/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert_bag - which certificate of a file is the leaf, and what readers of
 * files take and refuse
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include "world/cert_bag.h"
#include "world/cert_der.h"
#include "world/cert_pem.h"

enum { IN_FILE = 6, SAID = 512 };

/* subject, issuer, and a mark behind those that are a CA: "Sub<Top+" */
struct row {
	const char	*file[IN_FILE];
	bool		 ordered;
	int		 keyed;		/* -1 none */
	size_t		 leaf;		/* where it stood */
	const char	*want;		/* subjects in the order that comes of it */
};

static const struct row rows[] = {
	{ { "mail<Sub", "Sub<Top+" }, true, -1, 0, "mail Sub" },
	{ { "Sub<Top+", "mail<Sub" }, true, -1, 1, "mail Sub" },
	{ { "Top<Top+", "Sub<Top+", "mail<Sub" }, true, -1, 2,
	    "mail Top Sub" },
	{ { "Top<Top+", "Sub<Top+", "mail<Sub" }, false, -1, 2,
	    "mail Sub Top" },
	/* nothing to do with the others, but a CA */
	{ { "Else<Else+", "mail<Sub", "Sub<Top+" }, true, -1, 1,
	    "mail Else Sub" },
	{ { "Else<Else+", "More<More+" }, true, -1, 0, "Else More" },
	{ { "one<Sub", "two<Sub", "Sub<Top+" }, true, -1, 0, "one two Sub" },
	{ { "one<Sub", "two<Sub", "Sub<Top+" }, false, 1, 1, "two Sub one" },
	/* each has issued another */
	{ { "a<b+", "b<c+", "c<a+" }, true, -1, 0, "a b c" },
	{ { "a<b+", "b<c+", "c<a+" }, false, -1, 0, "a b c" },
	/* the same one twice has not issued itself */
	{ { "me<me", "me<me" }, true, -1, 0, "me me" },
	{ { "me<me" }, false, 0, 0, "me" }
};

static EVP_PKEY *key;

static int
make_key(void **state)
{
	(void)state;
	key = EVP_EC_gen("P-256");
	return key == NULL ? -1 : 0;
}

static int
free_key(void **state)
{
	(void)state;
	EVP_PKEY_free(key);
	return 0;
}

static void
set_name(X509_NAME *name, const char *from, size_t len)
{
	assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
	    (const unsigned char *)from, (int)len, -1, 0), 1);
}

static X509 *
cert_of(const char *text, EVP_PKEY *own)
{
	X509 *x = X509_new();
	const char *mark = strchr(text, '<');
	size_t len = strcspn(mark + 1, "+");
	X509_EXTENSION *ca;

	assert_int_equal(X509_set_version(x, X509_VERSION_3), 1);
	set_name(X509_get_subject_name(x), text, (size_t)(mark - text));
	set_name(X509_get_issuer_name(x), mark + 1, len);
	assert_non_null(ASN1_TIME_set(X509_getm_notBefore(x), 0));
	assert_non_null(ASN1_TIME_set(X509_getm_notAfter(x), 86400));
	assert_int_equal(X509_set_pubkey(x, own), 1);
	if (mark[1 + len] == '+') {
		ca = X509V3_EXT_conf_nid(NULL, NULL, NID_basic_constraints,
		    "critical,CA:TRUE");
		assert_int_equal(X509_add_ext(x, ca, -1), 1);
		X509_EXTENSION_free(ca);
	}
	assert_true(X509_sign(x, key, EVP_sha256()) > 0);
	return x;
}

static X509 *
cert(const char *text)
{
	return cert_of(text, key);
}

static void
order_is(const struct cert_bag *bag, const char *want)
{
	char told[SAID] = "", cn[64];
	size_t len = 0;
	int i;

	for (i = 0; i < sk_X509_num(bag->certs); i++) {
		X509_NAME_get_text_by_NID(X509_get_subject_name(
		    sk_X509_value(bag->certs, i)), NID_commonName, cn,
		    sizeof(cn));
		len += (size_t)snprintf(told + len, sizeof(told) - len,
		    "%s%s", i == 0 ? "" : " ", cn);
	}
	assert_string_equal(told, want);
}

static void
the_leaf_comes_first(void **state)
{
	struct cert_bag bag;
	struct buf why;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&why, SAID);
		bag = (struct cert_bag){ .ordered = rows[i].ordered,
		    .why = &why };
		for (n = 0; n < IN_FILE && rows[i].file[n] != NULL; n++)
			assert_true(cert_bag_add(&bag, cert(rows[i].file[n])));
		if (rows[i].keyed >= 0)
			bag.keyed = sk_X509_value(bag.certs, rows[i].keyed);
		assert_int_equal(cert_bag_leaf(&bag), rows[i].leaf);
		order_is(&bag, rows[i].want);
		cert_bag_free(&bag);
		buf_free(&why);
	}
}

#define BEGIN	"-----BEGIN CERTIFICATE-----"
#define END	"-----END CERTIFICATE-----"

static const struct {
	const char	*text;
	const char	*why;
	bool		 vacant;
} texts[] = {
	{ "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
	    "it holds no certificate", true },
	{ "-----BEGIN X509 CRL-----\nAA==\n-----END X509 CRL-----\n",
	    "it holds no certificate", true },
	{ "-----BEGIN ", "it holds no certificate", true },
	{ BEGIN, "certificate 1 in it is cut short", false },
	{ BEGIN "\nAAAA\n", "certificate 1 in it is cut short", false },
	{ BEGIN "\nAAAA\n" BEGIN "\nAAAA\n" END "\n",
	    "certificate 1 in it is cut short", false },
	{ BEGIN "\n" END "\n", "certificate 1 in it is no base64", false },
	{ BEGIN "\n!!\n" END "\n", "certificate 1 in it is no base64", false },
	{ BEGIN "\nX: y\n\nMAMCAQE=\n" END "\n",
	    "certificate 1 in it cannot be decoded", false },
	{ BEGIN "\r\n MAMC \r\nAQE=\r\n" END "\r\n",
	    "certificate 1 in it cannot be decoded", false },
	{ "-----BEGIN PKCS7-----\nMAMCAQE=\n-----END PKCS7-----\n",
	    "it is PKCS#7 that cannot be decoded", false }
};

static void
texts_are_refused(void **state)
{
	struct cert_bag bag;
	struct buf why;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		buf_init(&why, SAID);
		bag = (struct cert_bag){ .why = &why };
		assert_true(cert_pem_is(span_of(texts[i].text)));
		assert_false(cert_pem_read(&bag, span_of(texts[i].text)));
		assert_non_null(strstr(buf_cstr(&why), texts[i].why));
		assert_int_equal(bag.vacant, texts[i].vacant);
		assert_int_equal(bag.cause, CAUSE_CERT_UNREADABLE);
		cert_bag_free(&bag);
		buf_free(&why);
	}
}

/* every front of a certificate is known for one as soon as its version shows, and refused */
static void
fronts_are_refused(void **state)
{
	enum { VERSION_SHOWS = 10 };
	struct cert_bag bag;
	unsigned char *der = NULL;
	struct buf why;
	X509 *x = cert("mail<Sub");
	int len = i2d_X509(x, &der), i;

	(void)state;
	assert_true(len > VERSION_SHOWS);
	for (i = 0; i <= len; i++) {
		buf_init(&why, SAID);
		bag = (struct cert_bag){ .why = &why };
		assert_int_equal(cert_der_read(&bag, (struct span){
		    (const char *)der, (size_t)i }), i == len);
		if (i >= VERSION_SHOWS && i < len)
			assert_non_null(strstr(buf_cstr(&why), "cut short"));
		cert_bag_free(&bag);
		buf_free(&why);
	}
	OPENSSL_free(der);
	X509_free(x);
}

/* container - two certificates and the key of the second in PKCS#12 that is not locked */
static int
container(EVP_PKEY *second, unsigned char **der)
{
	STACK_OF(PKCS12_SAFEBAG) *bags = NULL;
	STACK_OF(PKCS7) *safes = NULL;
	X509 *certs[] = { cert("one<Sub"), cert_of("two<Sub", second) };
	PKCS12 *file;
	int len;

	assert_non_null(PKCS12_add_cert(&bags, certs[0]));
	assert_non_null(PKCS12_add_cert(&bags, certs[1]));
	assert_non_null(PKCS12_add_key(&bags, second, 0, 0, -1, NULL));
	assert_int_equal(PKCS12_add_safe(&safes, bags, -1, 0, NULL), 1);
	file = PKCS12_add_safes(safes, NID_pkcs7_data);
	len = i2d_PKCS12(file, der);
	PKCS12_free(file);
	sk_PKCS7_pop_free(safes, PKCS7_free);
	sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
	X509_free(certs[0]);
	X509_free(certs[1]);
	return len;
}

static void
a_key_tells_the_leaf(void **state)
{
	EVP_PKEY *second = EVP_EC_gen("P-256");
	unsigned char *der = NULL;
	int len = container(second, &der);
	struct cert_bag bag;
	struct buf why;

	(void)state;
	assert_true(len > 0);
	buf_init(&why, SAID);
	bag = (struct cert_bag){ .why = &why };
	assert_true(cert_der_read(&bag, (struct span){
	    (const char *)der, (size_t)len }));
	assert_int_equal(cert_bag_leaf(&bag), 1);
	order_is(&bag, "two one");
	cert_bag_free(&bag);
	buf_free(&why);
	OPENSSL_free(der);
	EVP_PKEY_free(second);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_leaf_comes_first),
		cmocka_unit_test(a_key_tells_the_leaf),
		cmocka_unit_test(texts_are_refused),
		cmocka_unit_test(fronts_are_refused)
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
