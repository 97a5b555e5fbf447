/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_bundle - files of certificates: what is found in them, and those that are
 * none, cut short or broken
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include "base/base64.h"
#include "world/bundle.h"

#define BEGIN	"-----BEGIN CERTIFICATE-----"
#define END	"-----END CERTIFICATE-----"

/* an attribute's type, the type of its string, and the string */
struct attribute {
	const char	*type;
	int		 string;
	const char	*value;
};

static EVP_PKEY *key;

static const struct {
	const char	*text;
	const char	*why;
} rows[] = {
	{ "", "it holds no PEM certificate" },
	{ "text\n", "it holds no PEM certificate" },
	{ "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n",
	    "it holds no PEM certificate" },
	{ BEGIN, "certificate 1 in it cannot be read" },
	{ BEGIN "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n-----END ", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n-----END CERT", "certificate 1 in it cannot be read" },
	{ BEGIN "\n\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\nAAAA\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN "\n!!\n" END "\n", "certificate 1 in it cannot be read" },
	{ BEGIN END "\n", "certificate 1 in it cannot be read" }
};

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

static X509_NAME *
make_name(const struct attribute *attributes, size_t n)
{
	X509_NAME *name = X509_NAME_new();
	size_t i;

	for (i = 0; i < n; i++)
		assert_int_equal(X509_NAME_add_entry_by_txt(name,
		    attributes[i].type, attributes[i].string,
		    (const unsigned char *)attributes[i].value, -1, -1, 0), 1);
	return name;
}

static X509_NAME *
common_name(int string, const char *value)
{
	struct attribute attribute = { "CN", string, value };

	return make_name(&attribute, 1);
}

/* add_der - the DER of a certificate of version 1 or 3, in base64 on one line; its issuer is long, for the subject not to be in the first lines */
static void
add_der(struct buf *base64, X509_NAME *subject, int version)
{
	X509_NAME *issuer = common_name(MBSTRING_UTF8, "An issuer whose name "
	    "is about as long as those of most are");
	X509 *cert = X509_new();
	unsigned char *der = NULL;
	int len;

	assert_int_equal(X509_set_version(cert, version - 1), 1);
	assert_int_equal(X509_set_issuer_name(cert, issuer), 1);
	assert_int_equal(X509_set_subject_name(cert, subject), 1);
	assert_int_equal(X509_set_pubkey(cert, key), 1);
	assert_non_null(X509_gmtime_adj(X509_getm_notBefore(cert), 0));
	assert_non_null(X509_gmtime_adj(X509_getm_notAfter(cert), 3600));
	assert_true(X509_sign(cert, key, EVP_sha256()) > 0);
	len = i2d_X509(cert, &der);
	assert_true(len > 0);
	base64_encode(base64, (struct span){ (char *)der, (size_t)len });
	OPENSSL_free(der);
	X509_free(cert);
	X509_NAME_free(issuer);
}

/* add_block - the base64 between marks, in lines of `width` */
static void
add_block(struct buf *text, const char *label, struct span base64, size_t width,
    const char *newline)
{
	size_t n;

	assert_true(buf_fmt(text, "-----BEGIN %s-----%s", label, newline));
	for (; base64.len > 0; base64.p += n, base64.len -= n) {
		n = base64.len < width ? base64.len : width;
		assert_true(buf_add(text, base64.p, n));
		assert_true(buf_str(text, newline));
	}
	assert_true(buf_fmt(text, "-----END %s-----%s", label, newline));
}

static void
add_cert(struct buf *text, X509_NAME *subject)
{
	struct buf base64;

	buf_init(&base64, 65536);
	add_der(&base64, subject, 3);
	add_block(text, "CERTIFICATE", buf_span(&base64), 64, "\n");
	buf_free(&base64);
}

static bool
open_text(struct bundle *bundle, const struct buf *text)
{
	char path[] = "bundle.XXXXXX";
	struct buf why;
	bool done;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, text->data, text->len), (ssize_t)text->len);
	buf_init(&why, 256);
	done = bundle_open(bundle, path, &why);
	buf_free(&why);
	close(fd);
	unlink(path);
	return done;
}

/* found - how many certificates with that subject, which OpenSSL agrees are such */
static int
found(const struct bundle *bundle, X509_NAME *name)
{
	X509 *cert;
	size_t at = 0;
	int n = 0;

	while ((cert = bundle_next(bundle, name, &at)) != NULL) {
		assert_int_equal(X509_NAME_cmp(X509_get_subject_name(cert),
		    name), 0);
		X509_free(cert);
		n++;
	}
	return n;
}

/* expect_found - in the text, by that name */
static void
expect_found(const struct buf *text, X509_NAME *name, int n)
{
	struct bundle bundle;

	assert_true(open_text(&bundle, text));
	assert_int_equal(found(&bundle, name), n);
	bundle_free(&bundle);
}

static void
test_wrapped(void **state)
{
	static const char *const labels[] = {
		"CERTIFICATE", "X509 CERTIFICATE", "TRUSTED CERTIFICATE"
	};
	static const char *const newlines[] = { "\n", "\r\n", "  \n" };
	X509_NAME *name = common_name(MBSTRING_UTF8, "Some Root");
	struct buf base64, text;
	size_t width, i;
	int version;

	(void)state;
	buf_init(&text, 65536);
	buf_init(&base64, 65536);
	for (version = 1; version <= 3; version += 2) {
		buf_clear(&base64);
		add_der(&base64, name, version);
		for (width = 1; width <= base64.len; width += width < 140 ? 1 :
		    97) {
			for (i = 0; i < 3; i++) {
				buf_clear(&text);
				assert_true(buf_str(&text, "# of 2 - 3 -- or "
				    "--- or ----- dashes ----\n"));
				assert_true(buf_add(&text, "---------",
				    width % 10));
				/* each beside another label and newline */
				add_block(&text, labels[i], buf_span(&base64),
				    width, newlines[(width + i) % 3]);
				expect_found(&text, name, 1);
			}
		}
	}
	buf_free(&base64);
	buf_free(&text);
	X509_NAME_free(name);
}

/* the last line has any length that there is */
static void
test_lengths(void **state)
{
	char value[65] = "";
	X509_NAME *name;
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 65536);
	for (i = 0; i < sizeof(value) - 1; i++) {
		value[i] = 'x';
		name = common_name(MBSTRING_UTF8, value);
		buf_clear(&text);
		add_cert(&text, name);
		expect_found(&text, name, 1);
		X509_NAME_free(name);
	}
	buf_free(&text);
}

/* two spellings, and whether they are of one name */
static const struct {
	int		 string;
	const char	*value;
	int		 other_string;
	const char	*other;
	bool		 same;
} names[] = {
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_PRINTABLESTRING, "Some Root",
	    true },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_T61STRING, "Some Root", true },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_UTF8STRING, "sOME rOOT", true },
	{ V_ASN1_UTF8STRING, "Some Root R3", V_ASN1_UTF8STRING, "Some Root r3",
	    true },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_UTF8STRING, "Some    Root",
	    true },
	{ V_ASN1_UTF8STRING, "Some Root CA", V_ASN1_UTF8STRING,
	    "Some Root            CA", true },
	{ V_ASN1_UTF8STRING, "Some Root CA", V_ASN1_UTF8STRING,
	    "  Some Root CA  ", true },
	{ V_ASN1_UTF8STRING, "Some Root CA", V_ASN1_UTF8STRING,
	    "Some Root CA                                   ", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_PRINTABLESTRING, "ca", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_UTF8STRING, " CA", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_UTF8STRING, "             CA", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_UTF8STRING,
	    "                              CA", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_UTF8STRING,
	    "                                              CA", true },
	{ V_ASN1_UTF8STRING, "CA", V_ASN1_UTF8STRING,
	    "                                                              CA",
	    true },
	{ V_ASN1_UTF8STRING, "A", V_ASN1_PRINTABLESTRING, "a", true },
	{ V_ASN1_UTF8STRING, "Some (Root)", V_ASN1_UTF8STRING, "some (root)",
	    true },
	{ V_ASN1_UTF8STRING, "R\xc3\xb6te", V_ASN1_UTF8STRING, "R\xc3\xb6TE",
	    true },
	{ V_ASN1_UTF8STRING, "R\xc3\xb6", V_ASN1_UTF8STRING, "r\xc3\xb6",
	    true },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_UTF8STRING, "Some Root 2",
	    false },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_UTF8STRING, "SomeRoot",
	    false },
	{ V_ASN1_UTF8STRING, "Some Root", V_ASN1_UTF8STRING, "Other Root",
	    false },
	{ V_ASN1_UTF8STRING, "A Root Authority", V_ASN1_UTF8STRING,
	    "B Root Authority", false }
};

static void
test_spelled(void **state)
{
	X509_NAME *name, *other;
	struct buf text;
	size_t i;

	(void)state;
	buf_init(&text, 65536);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		name = common_name(names[i].string, names[i].value);
		other = common_name(names[i].other_string, names[i].other);
		assert_true((X509_NAME_cmp(name, other) == 0) ==
		    names[i].same);
		/* both are found by either when they are one */
		buf_clear(&text);
		add_cert(&text, name);
		add_cert(&text, other);
		expect_found(&text, name, names[i].same ? 2 : 1);
		expect_found(&text, other, names[i].same ? 2 : 1);
		X509_NAME_free(name);
		X509_NAME_free(other);
	}
	buf_free(&text);
}

static void
test_many_attributes(void **state)
{
	static const struct attribute attributes[] = {
		{ "C", V_ASN1_PRINTABLESTRING, "DE" },
		{ "O", V_ASN1_UTF8STRING, "Some  Trust GmbH" },
		{ "CN", V_ASN1_UTF8STRING, "Some Root" },
		{ "emailAddress", V_ASN1_IA5STRING, "Root@example.test" }
	};
	struct attribute kin = { "O", V_ASN1_UTF8STRING, "Some Trust GMBH" };
	struct attribute stranger = { "O", V_ASN1_UTF8STRING, "Other GmbH" };
	X509_NAME *name = make_name(attributes, 4), *part = make_name(attributes,
	    3), *org = make_name(&kin, 1), *other = make_name(&stranger, 1);
	struct bundle bundle;
	struct buf text;

	(void)state;
	buf_init(&text, 65536);
	add_cert(&text, other);
	add_cert(&text, name);
	assert_true(open_text(&bundle, &text));
	assert_int_equal(found(&bundle, name), 1);
	assert_int_equal(found(&bundle, part), 0);
	assert_int_equal(found(&bundle, org), 0);
	assert_true(bundle_has_org(&bundle, org));
	assert_true(bundle_has_org(&bundle, other));
	assert_true(bundle_has_org(&bundle, part));
	bundle_free(&bundle);
	buf_clear(&text);
	add_cert(&text, name);
	assert_true(open_text(&bundle, &text));
	assert_false(bundle_has_org(&bundle, other));
	bundle_free(&bundle);
	buf_free(&text);
	X509_NAME_free(name);
	X509_NAME_free(part);
	X509_NAME_free(org);
	X509_NAME_free(other);
}

static bool
is_base64(int c)
{
	return c != '\0' && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/", c) != NULL;
}

/* a foreign byte anywhere, also behind the subject, where nothing is decoded */
static void
test_foreign(void **state)
{
	X509_NAME *name = common_name(MBSTRING_UTF8, "Some Root");
	struct bundle bundle;
	struct buf base64, text;
	size_t first, at;
	int c;

	(void)state;
	buf_init(&base64, 65536);
	buf_init(&text, 65536);
	add_der(&base64, name, 3);
	add_block(&text, "CERTIFICATE", buf_span(&base64), 64, "\n");
	first = strlen(BEGIN "\n");
	/* in a whole line behind the subject any digit is as good as another */
	assert_true(base64.len > 6 * 64);
	for (at = first + 5 * 65; at < first + 5 * 65 + 64; at++) {
		for (c = 0; c < 256; c++) {
			/* a pad stands for a digit, as in EVP_DecodeBlock() */
			if (c == '=')
				continue;
			text.data[at] = (char)c;
			assert_true(open_text(&bundle, &text) ==
			    is_base64(c));
			bundle_free(&bundle);
		}
		text.data[at] = 'A';
	}
	for (at = first; at + strlen(END "\n") < text.len; at++) {
		c = text.data[at];
		text.data[at] = '!';
		assert_false(open_text(&bundle, &text));
		text.data[at] = (char)c;
	}
	buf_free(&base64);
	buf_free(&text);
	X509_NAME_free(name);
}

/* a certificate that ends before it says, or with more that is no byte */
static void
test_cut(void **state)
{
	X509_NAME *name = common_name(MBSTRING_UTF8, "Some Root");
	struct bundle bundle;
	struct buf base64, text;
	size_t n;

	(void)state;
	buf_init(&base64, 65536);
	buf_init(&text, 65536);
	add_der(&base64, name, 3);
	for (n = 0; n < base64.len; n += 4) {
		buf_clear(&text);
		add_block(&text, "CERTIFICATE", (struct span){ base64.data, n },
		    64, "\n");
		assert_false(open_text(&bundle, &text));
	}
	buf_free(&base64);
	buf_free(&text);
	X509_NAME_free(name);
}

static void
test_refused(void **state)
{
	char path[] = "bundle.XXXXXX";
	struct bundle bundle;
	struct buf why;
	size_t i;
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(ftruncate(fd, 0), 0);
		assert_int_equal(pwrite(fd, rows[i].text,
		    strlen(rows[i].text), 0), strlen(rows[i].text));
		buf_init(&why, 256);
		assert_false(bundle_open(&bundle, path, &why));
		assert_string_equal(buf_cstr(&why), rows[i].why);
		assert_false(bundle.nomem);
		buf_free(&why);
	}
	close(fd);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_wrapped),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_spelled),
		cmocka_unit_test(test_many_attributes),
		cmocka_unit_test(test_foreign),
		cmocka_unit_test(test_cut)
	};

	return cmocka_run_group_tests(tests, make_key, free_key);
}
