/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_refused - what is said of a server whose TLS was refused here
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/handshake.h"
#include "judge/refused.h"

#define WHOM "mail.example.org:993"
#define NOW 1800000000
#define DAY 86400

static char rsa[] = "RSA", ec[] = "EC P-256";
static char by_sha256[] = "sha256WithRSAEncryption";
static char by_sha1[] = "sha1WithRSAEncryption";
static char by_ecdsa[] = "ecdsa-with-SHA256";

static struct cert_facts rsa1024 = { .key = rsa, .bits = 1024,
	.key_kind = CERT_KEY_RSA, .digest = CERT_DIGEST_SHA256,
	.signature = by_sha256,
	.not_after = NOW + 12 * DAY };
static struct cert_facts sha1 = { .key = rsa, .bits = 2048,
	.key_kind = CERT_KEY_RSA, .digest = CERT_DIGEST_SHA1,
	.signature = by_sha1,
	.not_after = NOW - 3 * DAY };
static struct cert_facts good = { .key = ec, .bits = 256,
	.key_kind = CERT_KEY_EC, .digest = CERT_DIGEST_SHA256,
	.signature = by_ecdsa, .not_after = NOW + DAY };

static const struct {
	struct tls_facts first;
	struct tls_facts seen;
	const char	*sentence;
	const char	*detail;	/* NULL: as it was */
} rows[] = {
	{ { .outcome = TLS_VERSION, .alert = 70 },
	    { .outcome = TLS_DONE, .server_version = 10, .version = "TLSv1",
	    .cipher = "AES128-SHA", .sent = &rsa1024, .nsent = 1 },
	    WHOM " speaks no TLS version that is accepted here: it speaks "
	    "TLS 1.0 (AES128-SHA) and nothing newer",
	    "it speaks TLS 1.0 (AES128-SHA) and nothing newer; its "
	    "certificate, which was not verified, ends in 12 days" },
	{ { .outcome = TLS_VERSION, .alert = -1 },
	    { .outcome = TLS_DONE, .server_version = 12,
	    .version = "TLSv1.2", .cipher = "X", .sent = &sha1, .nsent = 1 },
	    WHOM " speaks no TLS version that is accepted here: it speaks "
	    "TLS 1.2 (X)",
	    "it speaks TLS 1.2 (X); its certificate ended 3 days ago" },
	{ { .outcome = TLS_VERSION, .alert = -1 },
	    { .outcome = TLS_ALERT, .alert = 40, .server_version = 11 },
	    WHOM " speaks no TLS version that is accepted here: it speaks "
	    "TLS 1.1 and nothing newer",
	    "it speaks TLS 1.1 and nothing newer" },
	/* facts of a handshake that was cut off before its first answer */
	{ { .outcome = TLS_VERSION, .alert = -1 },
	    { .outcome = TLS_DONE, .oldest = 10 },
	    WHOM " speaks no TLS version that is accepted here", NULL },
	{ { .outcome = TLS_VERSION, .alert = -1 },
	    { .outcome = TLS_VERSION, .oldest = 10 },
	    WHOM " speaks no TLS version that is accepted here", NULL },
	{ { .outcome = TLS_VERSION, .alert = -1 },
	    { .outcome = TLS_VERSION, .oldest = 12 },
	    WHOM " speaks no TLS version that is accepted here; what it "
	    "speaks cannot be told, for the TLS library of this host begins "
	    "with TLS 1.2", NULL },
	{ { .outcome = TLS_POLICY, .reason = "too small" },
	    { .outcome = TLS_DONE, .server_version = 12,
	    .version = "TLSv1.2", .cipher = "DHE-X", .dh_bits = 1024,
	    .sent = &rsa1024, .nsent = 1, .signed_with = "SHA256" },
	    WHOM " is refused by the security level of this host: too small, "
	    "its Diffie-Hellman group has 1024 bits, its RSA key has 1024 "
	    "bits", "where nothing is refused it agrees on TLS 1.2 (DHE-X), "
	    "its Diffie-Hellman group has 1024 bits, its RSA key has 1024 "
	    "bits; its certificate, which was not verified, ends in 12 days" },
	{ { .outcome = TLS_POLICY, .reason = "weak" },
	    { .outcome = TLS_DONE, .server_version = 12,
	    .version = "TLSv1.2", .cipher = "X", .signed_with = "SHA1",
	    .sent = &sha1, .nsent = 1 },
	    WHOM " is refused by the security level of this host: weak, its "
	    "certificate is signed with sha1WithRSAEncryption, it signs the "
	    "handshake with SHA1", "where nothing is refused it agrees on "
	    "TLS 1.2 (X), its certificate is signed with "
	    "sha1WithRSAEncryption, it signs the handshake with SHA1; its "
	    "certificate ended 3 days ago" },
	/* a stricter host than others */
	{ { .outcome = TLS_POLICY, .reason = "strict" },
	    { .outcome = TLS_DONE, .server_version = 13,
	    .version = "TLSv1.3", .cipher = "X", .group = "X25519",
	    .signed_with = "SHA256", .sent = &good, .nsent = 1 },
	    WHOM " is refused by the security level of this host: strict, "
	    "its group is X25519, its EC P-256 key has 256 bits and its "
	    "certificate is signed with ecdsa-with-SHA256, it signs the "
	    "handshake with SHA256", "where nothing is refused it agrees on "
	    "TLS 1.3 (X), its group is X25519, its EC P-256 key has 256 bits "
	    "and its certificate is signed with ecdsa-with-SHA256, it signs "
	    "the handshake with SHA256; its certificate, which was not "
	    "verified, ends in 1 day" },
	{ { .outcome = TLS_POLICY, .reason = "weak" },
	    { .outcome = TLS_ALERT, .alert = 40, .server_version = 12 },
	    WHOM " is refused by the security level of this host: weak",
	    "weak" }
};

static void
what_is_said(void **state)
{
	struct sheet sheet;
	char *before;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		handshake_judge(&sheet, &rows[i].first, false, WHOM);
		assert_int_equal(sheet.nfindings, 1);
		assert_true(refused_unclear(&sheet, &rows[i].first));
		before = sheet.findings[0].detail;
		refused_judge(&sheet, &rows[i].seen, NOW);
		assert_false(sheet.nomem);
		assert_int_equal(sheet.nfindings, 1);
		assert_string_equal(sheet.findings[0].sentence,
		    rows[i].sentence);
		if (rows[i].detail == NULL)
			assert_ptr_equal(sheet.findings[0].detail, before);
		else
			assert_string_equal(sheet.findings[0].detail,
			    rows[i].detail);
		sheet_free(&sheet);
	}
}

/* what is clear already needs no second connection */
static void
what_is_clear(void **state)
{
	static const struct tls_facts clear[] = {
		{ .outcome = TLS_DONE },
		{ .outcome = TLS_VERSION, .server_version = 10 },
		{ .outcome = TLS_ALERT, .alert = 40 },
		{ .outcome = TLS_BROKEN }, { .outcome = TLS_CLIENT_CERT },
		{ .outcome = TLS_NOT_TLS, .nfirst = 1, .first = "x" }
	};
	static const struct tls_facts late = { .outcome = TLS_VERSION };
	struct sheet sheet = { .nfindings = 0 };
	size_t i;

	(void)state;
	/* no finding of it: the connection broke when it was up */
	assert_false(refused_unclear(&sheet, &late));
	for (i = 0; i < sizeof(clear) / sizeof(clear[0]); i++) {
		handshake_judge(&sheet, &clear[i], false, WHOM);
		assert_false(refused_unclear(&sheet, &clear[i]));
		sheet_free(&sheet);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_said),
		cmocka_unit_test(what_is_clear)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
