/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_tls - the engine, the verifier and the judges over both, end to end in
 * memory.  Needs PKI, the folder that tests/pki.sh made (or as an argument).
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "judge/cert.h"
#include "judge/handshake.h"
#include "judge/hygiene.h"
#include "tls_play.h"

#define WHOM "mail.example.test:993"

/* findings as "cause: detail\n", the sentence where there is no detail */
static void
tell(const struct play *play, bool *go, struct buf *told)
{
	struct sheet sheet = { 0 };
	struct cert_moment moment = {
		.now = play->now != 0 ? play->now : (int64_t)time(NULL),
		.given = play->now != 0
	};
	size_t i;

	handshake_judge(&sheet, play->facts, false, WHOM);
	*go = cert_judge(&sheet, play->facts, &moment, WHOM) &&
	    play->facts->outcome == TLS_DONE;
	for (i = 0; i < sheet.nfindings; i++)
		(void)buf_fmt(told, "%s: %s%s", cause_info(
		    sheet.findings[i].cause)->slug,
		    sheet.findings[i].detail != NULL ?
		    sheet.findings[i].detail : sheet.findings[i].sentence,
		    i + 1 < sheet.nfindings ? "\n" : "");
	assert_false(sheet.nomem);
	sheet_free(&sheet);
}

/* begins_each - every line of `told` begins with the line of `want` */
static bool
begins_each(const char *told, const char *want)
{
	size_t n;

	for (;;) {
		n = strcspn(want, "\n");
		if (strncmp(told, want, n) != 0)
			return false;
		if (want[n] == '\0')
			return n > 0 ? strchr(told, '\n') == NULL :
			    *told == '\0';
		told = strchr(told, '\n');
		if (told == NULL)
			return false;
		told++;
		want += n + 1;
	}
}

static void
play_and_check(const struct play *given, const char *want, bool want_go,
    size_t step)
{
	struct play play = *given;
	struct buf told;
	bool go = false;

	play.step = step;
	if (!play_run(&play)) {
		print_error("%s: cannot be played: %s\n", play.leaf, play.why);
		fail();
	}
	buf_init(&told, 8192);
	tell(&play, &go, &told);
	if (!begins_each(buf_cstr(&told), want) || go != want_go) {
		print_error("%s (step %zu): got \"%s\" go %d, want \"%s\"\n",
		    play.leaf, step, buf_cstr(&told), go, want);
		fail();
	}
	if (play.facts->outcome == TLS_DONE) {
		assert_true(play.up);
		assert_string_equal(play.heard, PLAY_GREETING);
		assert_string_equal(play.answered, PLAY_FAREWELL);
		assert_int_equal(play.last, TLS_END);
	} else {
		assert_int_equal(play.last, TLS_FAILED);
	}
	buf_free(&told);
	play_free(&play);
}

static void
play_both(const struct play *play, const char *want, bool go)
{
	play_and_check(play, want, go, 0);
	play_and_check(play, want, go, 1);
}

static const struct {
	struct play	 play;
	const char	*want;	/* a line each finding: how it begins */
	bool		 go;
} certificates[] = {
	{ { .leaf = "good" }, "", true },
	{ { .leaf = "good.rsa" }, "", true },
	{ { .leaf = "root-sent" }, "", true },
	{ { .leaf = "expiring" }, "", true },
	{ { .leaf = "wildcard" }, "", true },
	{ { .leaf = "many-names" }, "", true },
	{ { .leaf = "good", .sni = "mail.example.test." }, "", true },
	{ { .leaf = "good", .sni = "LOCALHOST" }, "", true },
	{ { .leaf = "good", .sni = "", .host = "127.0.0.1" }, "",
	    true },
	{ { .leaf = "good", .sni = "", .host = "::1" }, "", true },
	{ { .leaf = "good", .sni = "::1" }, "", true },
	{ { .leaf = "good", .sni = "", .host = "127.0.0.2" },
	    "cert.wrong-host: it names mail.example.test, localhost, "
	    "127.0.0.1, ::1", false },
	{ { .leaf = "wildcard", .sni = "a.b.example.test" },
	    "cert.wrong-host: it names *.example.test", false },
	{ { .leaf = "expired" },
	    "cert.expired: CN=mail.example.test ended 2", false },
	{ { .leaf = "expired", .no_verify = true }, "", true },
	{ { .leaf = "not-yet-valid" },
	    "cert.not-yet-valid: CN=mail.example.test begins 2",
	    false },
	{ { .leaf = "wrong-host" },
	    "cert.wrong-host: it names other.example.test, "
	    "www.example.test", false },
	{ { .leaf = "mixed" },
	    "cert.wrong-host: it names other.example.test\n"
	    "cert.expired: CN=other.example.test ended 2", false },
	{ { .leaf = "no-san" },
	    "cert.wrong-host: it has no alternative names, and "
	    "CN=mail.example.test alone is not looked at", false },
	{ { .leaf = "self-signed" },
	    "cert.self-signed: CN=mail.example.test signed itself",
	    false },
	{ { .leaf = "untrusted" },
	    "cert.untrusted: CN=mail.example.test is issued by "
	    "CN=Other Root CA,O=Nobody Ltd, which is neither sent nor "
	    "trusted; if", false },
	{ { .leaf = "untrusted-root" },
	    "cert.untrusted: the root is CN=Other Root CA", false },
	{ { .leaf = "good", .ca = "other-root.pem" },
	    "cert.untrusted: CN=Test Issuing CA 1 is issued by "
	    "CN=Test Root CA,O=Example Trust", false },
	{ { .leaf = "incomplete" },
	    "cert.incomplete-chain: CN=mail.example.test is issued by "
	    "CN=Test Issuing CA 1,O=Example Trust, which is neither "
	    "sent nor trusted", false },
	{ { .leaf = "incomplete-aia" },
	    "cert.incomplete-chain: CN=mail.example.test is issued by "
	    "CN=Elsewhere R7,O=Elsewhere Ltd", false },
	{ { .leaf = "wrong-purpose" },
	    "cert.invalid: CN=mail.example.test: its purpose", false },
	{ { .leaf = "weak-key" },
	    "cert.invalid: CN=mail.example.test: its key is too small "
	    "(RSA, 1024 bits", false },
	{ { .leaf = "sha1" },
	    "cert.invalid: CN=mail.example.test: it is signed with a "
	    "digest that is too weak (EC P-256, 256 bits, "
	    "ecdsa-with-SHA1)", false },
	{ { .leaf = "path-length" },
	    "cert.invalid: CN=Test Short CA: more", false },
	{ { .leaf = "name-constraint" },
	    "cert.invalid: CN=mail.example.test: a CA above it may "
	    "not certify that name", false },
	{ { .leaf = "expired-intermediate" },
	    "cert.expired: CN=Test Issuing CA 0 ended 2", false },
	{ { .leaf = "not-a-ca" },
	    "cert.invalid: CN=mail.example.test: it certifies others "
	    "and is no CA\ncert.invalid: CN=mail.example.test: its "
	    "purpose does not allow it to certify", false },
	{ { .leaf = "disorder" },
	    "cert.untidy: out of order: CN=Test Upper CA", true },
	{ { .leaf = "duplicate" },
	    "cert.untidy: sent twice: CN=Test Issuing CA 1", true },
	{ { .leaf = "extra" },
	    "cert.untidy: does not belong to the chain: "
	    "CN=Other Root CA", true },
	{ { .leaf = "extra-expired" },
	    "cert.untidy: not needed and expired: "
	    "CN=Test Issuing CA 1 ended 2", true },
	{ { .leaf = "all-expired", .ca = "root-expired.pem" },
	    "cert.clock: this host's clock says\n"
	    "cert.expired: CN=Test Root CA 0\n"
	    "cert.expired: CN=Test Issuing CA 00\n"
	    "cert.expired: CN=mail.example.test", false }
};

static void
test_certificates(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(certificates) / sizeof(certificates[0]); i++)
		play_both(&certificates[i].play, certificates[i].want,
		    certificates[i].go);
}

static void
test_trust(void **state)
{
	static const struct {
		struct play	 play;
		const char	*want;
		bool		 go;
	} cases[] = {
		{ { .leaf = "good", .ca_path = "hash" }, "", true },
		{ { .leaf = "good", .ca = "bundle.pem" }, "", true },
		{ { .leaf = "untrusted", .ca = "bundle.pem" }, "", true },
		{ { .leaf = "good", .ca_path = "hash",
		    .ca = "other-root.pem" }, "", true },
		{ { .leaf = "untrusted", .ca_path = "hash",
		    .ca = "other-root.pem" }, "", true },
		/* what is given is an anchor, root or not */
		{ { .leaf = "self-signed", .ca = "self-signed.pem" }, "",
		    true },
		{ { .leaf = "incomplete", .ca = "good.pem" }, "", true },
		{ { .leaf = "incomplete", .ca = "incomplete.pem" }, "", true },
		/* the system knows none of ours */
		{ { .leaf = "untrusted-root", .ca = "" },
		    "cert.untrusted: the root is CN=Other Root CA", false },
		{ { .leaf = "good", .ca = "" },
		    "cert.untrusted: CN=Test Issuing CA 1 is issued by",
		    false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		play_and_check(&cases[i].play, cases[i].want, cases[i].go, 0);
}

/* the environment that OpenSSL has for the system's roots */
static void
test_environment(void **state)
{
	static const struct play good = { .leaf = "good", .ca = "" };
	struct play none = good;
	char path[PLAY_PATH];

	(void)state;
	(void)setenv("SSL_CERT_FILE", play_path(path, "bundle.pem", ""), 1);
	play_and_check(&good, "", true, 0);
	(void)setenv("SSL_CERT_DIR", "/nonexistent", 1);
	play_and_check(&good, "", true, 0);
	(void)setenv("SSL_CERT_FILE", "/nonexistent", 1);
	assert_false(play_run(&none));
	assert_int_equal(none.cause, CAUSE_USAGE_OPTION);
	assert_non_null(strstr(none.why, "/nonexistent"));
	(void)setenv("SSL_CERT_DIR", play_path(path, "hash", ""), 1);
	(void)unsetenv("SSL_CERT_FILE");
	play_and_check(&good, "", true, 0);
	(void)unsetenv("SSL_CERT_DIR");
}

static const struct {
	struct play	 play;
	const char	*want;
	bool		 go;
	enum tls_outcome outcome;
	int		 version;
} handshakes[] = {
	{ { .leaf = "good", .server_max = 12 }, "", true, TLS_DONE,
	    12 },
	{ { .leaf = "good", .max = 12 }, "", true, TLS_DONE, 12 },
	{ { .leaf = "good" }, "", true, TLS_DONE, 13 },
	{ { .leaf = "good.rsa", .server_max = 12,
	    .ciphers = "AES128-GCM-SHA256" }, "", true, TLS_DONE, 12 },
	{ { .leaf = "good.rsa", .server_max = 10, .min = 10 }, "",
	    true, TLS_DONE, 10 },
	{ { .leaf = "good", .server_max = 11, .min = 10 }, "", true,
	    TLS_DONE, 11 },
	/* old versions want level 0, certificates do not get it */
	{ { .leaf = "weak-key", .server_max = 11, .min = 11 },
	    "cert.invalid: CN=mail.example.test: its key is too small",
	    false, TLS_DONE, 11 },
	{ { .leaf = "good", .server_max = 10 },
	    "tls.version: the server answers with alert "
	    "protocol_version (70)", false, TLS_VERSION, 0 },
	{ { .leaf = "good", .server_min = 13, .max = 12 },
	    "tls.version: the server answers with alert "
	    "protocol_version (70)", false, TLS_VERSION, 0 },
	{ { .leaf = "good", .server_max = 12,
	    .ciphers = "ECDHE-RSA-AES128-GCM-SHA256" },
	    "tls.handshake: alert handshake_failure (40) from the "
	    "server: no cipher", false, TLS_ALERT, 0 },
	{ { .leaf = "good", .demand = true, .server_max = 12 },
	    "tls.client-certificate: " WHOM " demands a client "
	    "certificate: none was given, alert handshake_failure",
	    false, TLS_CLIENT_CERT, 12 },
	{ { .leaf = "good", .demand = true },
	    "tls.client-certificate: " WHOM " demands a client "
	    "certificate: none was given, alert certificate_required",
	    false, TLS_CLIENT_CERT, 13 },
	{ { .leaf = "good", .demand = true,
	    .client_cert = "untrusted.pem",
	    .client_key = "untrusted.key" },
	    "tls.client-certificate: " WHOM " demands a client "
	    "certificate: it rejects ours, alert ",
	    false, TLS_CLIENT_CERT, 13 },
	{ { .leaf = "good", .demand = true,
	    .client_cert = "client.pem", .client_key = "client.key" },
	    "", true, TLS_DONE, 13 },
	{ { .leaf = "good", .demand = true, .server_max = 12,
	    .client_cert = "client-both.pem" }, "", true, TLS_DONE,
	    12 }
};

static void
test_handshakes(void **state)
{
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(handshakes) / sizeof(handshakes[0]); i++) {
		play_both(&handshakes[i].play, handshakes[i].want,
		    handshakes[i].go);
		play = handshakes[i].play;
		assert_true(play_run(&play));
		assert_int_equal(play.facts->outcome, handshakes[i].outcome);
		if (handshakes[i].version != 0)
			assert_int_equal(play.facts->server_version,
			    handshakes[i].version);
		assert_int_equal(play.facts->client_cert_asked, play.demand);
		play_free(&play);
	}
}

/* what rules of hygiene are judged by */
static void
check_traits(const struct tls_facts *facts)
{
	const struct cert_facts *leaf = &facts->path[0];
	const struct cert_facts *sub = &facts->path[1];

	assert_int_equal(leaf->version, 3);
	assert_true(leaf->serial_octets > 0 && leaf->serial_octets <= 20);
	assert_false(leaf->serial_negative || leaf->serial_zero);
	assert_int_equal(leaf->key_kind, CERT_KEY_RSA);
	assert_true(leaf->exponent == 65537 && !leaf->exponent_even);
	assert_int_equal(leaf->digest, CERT_DIGEST_SHA256);
	assert_true(leaf->has_purposes && leaf->for_servers);
	assert_false(leaf->for_all);
	assert_int_equal(leaf->path_length, -1);
	assert_int_equal(sub->key_kind, CERT_KEY_EC);
	assert_true(sub->usual_curve && sub->exponent == 0);
	assert_true(sub->has_usage);
	assert_true((sub->usage & CERT_USE_CERT_SIGN) != 0);
	assert_int_equal(facts->dh_bits, 0);
}

static void
test_facts(void **state)
{
	struct play play = { .leaf = "good.rsa" };
	const struct cert_facts *leaf;

	(void)state;
	assert_true(play_run(&play));
	assert_string_equal(play.facts->version, "TLSv1.3");
	assert_string_equal(play.facts->group, "X25519");
	assert_string_equal(play.facts->expected, "mail.example.test");
	assert_true(play.facts->verified);
	assert_int_equal(play.facts->nsent, 2);
	assert_int_equal(play.facts->npath, 3);
	assert_false(play.facts->path[1].anchor);
	assert_true(play.facts->path[2].anchor);
	assert_true(play.facts->path[2].self_issued);
	assert_true(play.facts->path[1].is_ca);
	leaf = &play.facts->sent[0];
	assert_string_equal(leaf->subject, "CN=mail.example.test");
	assert_string_equal(leaf->subject_cn, "mail.example.test");
	assert_string_equal(leaf->issuer,
	    "CN=Test Issuing CA 1,O=Example Trust");
	assert_string_equal(leaf->issuer_cn, "Test Issuing CA 1");
	assert_string_equal(leaf->issuer_org, "Example Trust");
	assert_string_equal(leaf->key, "RSA");
	assert_int_equal(leaf->bits, 2048);
	assert_string_equal(leaf->signature, "ecdsa-with-SHA256");
	assert_int_equal(leaf->nnames, 4);
	assert_string_equal(leaf->names[0], "mail.example.test");
	assert_string_equal(leaf->names[3], "::1");
	assert_int_equal(strlen(leaf->sha256), 64);
	assert_int_equal(strlen(leaf->spki_sha256), 64);
	assert_string_not_equal(leaf->sha256, leaf->spki_sha256);
	assert_int_equal(leaf->not_after - leaf->not_before, 45 * 86400);
	assert_string_equal(play.facts->path[0].sha256, leaf->sha256);
	play_free(&play);

	play = (struct play){ .leaf = "many-names" };
	assert_true(play_run(&play));
	assert_int_equal(play.facts->sent[0].nnames, NAMES_MAX);
	assert_int_equal(play.facts->sent[0].more_names, 500 - NAMES_MAX);
	play_free(&play);
}

/* from the wire to the finding; what depends on the date is test_hygiene's */
static void
test_hygiene(void **state)
{
	static const struct { const char *leaf, *want; } rows[] = {
		{ "good", NULL },
		{ "good.rsa", NULL },
		{ "weak-key", "CN=mail.example.test: RSA key of 1024 bits" },
		{ "sha1", "CN=mail.example.test: signed with SHA-1" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct play play = { .leaf = rows[i].leaf };
		struct sheet sheet = { 0 };

		assert_true(play_run(&play));
		hygiene_judge(&sheet, play.facts, CERT_POLICY_PRIVATE, WHOM);
		assert_int_equal(sheet.nfindings, rows[i].want != NULL);
		if (rows[i].want != NULL)
			assert_non_null(strstr(sheet.findings[0].detail,
			    rows[i].want));
		sheet_free(&sheet);
		play_free(&play);
	}
}

static void
test_traits(void **state)
{
	struct play play = { .leaf = "good.rsa" };

	(void)state;
	assert_true(play_run(&play));
	check_traits(play.facts);
	play_free(&play);
	play = (struct play){ .leaf = "sha1" };
	assert_true(play_run(&play));
	assert_int_equal(play.facts->sent[0].digest, CERT_DIGEST_SHA1);
	play_free(&play);
	play = (struct play){ .leaf = "good.rsa", .server_max = 12,
	    .ciphers = "DHE-RSA-AES128-GCM-SHA256" };
	assert_true(play_run(&play));
	assert_true(play.up);
	assert_int_equal(play.facts->dh_bits, 2048);
	play_free(&play);
	play = (struct play){ .leaf = "wrong-purpose" };
	assert_true(play_run(&play));
	assert_true(play.facts->sent[0].has_purposes);
	assert_false(play.facts->sent[0].for_servers);
	play_free(&play);
	play = (struct play){ .leaf = "path-length" };
	assert_true(play_run(&play));
	assert_int_equal(play.facts->sent[2].path_length, 0);
	play_free(&play);
}

/* a moment in the past or future, as --at gives it */
static void
test_moment(void **state)
{
	struct play play = { .leaf = "good" };
	int64_t now = (int64_t)time(NULL);

	(void)state;
	play.now = now + (int64_t)200 * 86400;
	play_and_check(&play, "cert.expired: CN=mail.example.test", false, 0);
	play.leaf = "expired";
	play.now = now - (int64_t)10 * 86400;
	play_and_check(&play, "", true, 0);
	/* nothing on the path is valid, but nobody asked the clock */
	play = (struct play){ .leaf = "all-expired", .ca = "root-expired.pem",
		.now = now };
	play_and_check(&play, "cert.expired: CN=Test Root CA 0\n"
	    "cert.expired: CN=Test Issuing CA 00\n"
	    "cert.expired: CN=mail.example.test", false, 0);
}

static const struct {
	struct play	 play;
	const char	*want;
} refused_files[] = {
	{ { .ca = "nothing.pem" }, "nothing.pem: No such file" },
	{ { .ca = "good.key" }, "good.key: it holds no PEM" },
	{ { .ca = "hash" }, "hash: Is a directory" },
	{ { .ca_path = "nothing" }, "nothing: No such file" },
	{ { .ca_path = "." }, "it holds no hash links" },
	{ { .ca_path = "root.pem" }, "root.pem: Not a directory" },
	{ { .client_cert = "nothing.pem" },
	    "--client-cert=" },
	{ { .client_cert = "client.key" }, "it holds none in PEM" },
	{ { .client_cert = "client.pem" },
	    "the key in --client-cert=" },
	{ { .client_cert = "client.pem", .client_key = "good.key" },
	    "it does not belong to the certificate" },
	{ { .client_cert = "client.pem",
	    .client_key = "client-locked.key" }, "it is encrypted" },
	{ { .client_cert = "weak-key.pem",
	    .client_key = "weak-key.key" }, "it is too weak" }
};

/* what cannot be a context says why, and names the file */
static void
test_refused_files(void **state)
{
	struct play play;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(refused_files) / sizeof(refused_files[0]); i++) {
		play = refused_files[i].play;
		play.leaf = "good";
		assert_false(play_run(&play));
		if (strstr(play.why, refused_files[i].want) == NULL) {
			print_error("got \"%s\", want \"%s\"\n", play.why,
			    refused_files[i].want);
			fail();
		}
		assert_int_equal(play.cause, CAUSE_USAGE_OPTION);
	}
}

/* bytes that a server without any TLS library says, and what comes of them */
static const struct raw {
	const char	*said;
	size_t		 len;
	enum tls_step	 last;
	enum tls_outcome outcome;
	int		 version;
} raws[] = {
	{ "* OK hello\r\n", 12, TLS_FAILED, TLS_NOT_TLS, 0 },
	{ "220 mail", 8, TLS_MORE, TLS_NOT_TLS, 0 },
	{ "\x80\x2e\x01", 3, TLS_MORE, TLS_NOT_TLS, 0 },
	{ "\x15\x03\x01\0\x02\x02\x46", 7, TLS_FAILED, TLS_VERSION, 0 },
	{ "\x15\x03\x03\0\x02\x02\x28", 7, TLS_FAILED, TLS_ALERT, 0 },
	{ "\x15\x03\x03\0\x02\x01\0", 7, TLS_FAILED, TLS_ALERT, 0 },
	{ "\x16\x03\x03\0\x04\x0e\0\0\0", 9, TLS_FAILED, TLS_BROKEN, 0 },
	{ "\x17\x03\x03\0\x01x", 6, TLS_FAILED, TLS_BROKEN, 0 },
	{ "\x16\x03", 2, TLS_MORE, TLS_DONE, 0 },
	/* a ServerHello of TLS 1.0 */
	{ "\x16\x03\x01\0\x2a\x02\0\0\x26\x03\x01"
	    "0123456789abcdef0123456789abcdef\0\0\x2f\0", 47, TLS_FAILED,
	    TLS_VERSION, 10 },
	/* one of TLS 1.3 without a key share: broken, but the version is told */
	{ "\x16\x03\x03\0\x34\x02\0\0\x30\x03\x03"
	    "0123456789abcdef0123456789abcdef\0\x13\x01\0\0\x08"
	    "\0\x2b\0\x02\x03\x04", 55, TLS_MORE, TLS_DONE, 0 },
	{ "\x16\x03\x03\0\x32\x02\0\0\x2e\x03\x03"
	    "0123456789abcdef0123456789abcdef\0\x13\x01\0\0\x06"
	    "\0\x2b\0\x02\x03\x04", 55, TLS_FAILED, TLS_BROKEN, 13 }
};

static void
hear_raw(struct tls *tls, const struct raw *raw, size_t step)
{
	struct buf	 out, in;
	enum tls_step	 last;
	size_t		 at;

	buf_init(&out, 4096);
	buf_init(&in, 4096);
	last = tls_feed(tls, (struct span){ NULL, 0 }, &out, &in);
	assert_int_equal(last, TLS_MORE);
	assert_true(out.len > 100);
	for (at = 0; at < raw->len; at += step)
		last = tls_feed(tls, (struct span){ raw->said + at, step },
		    &out, &in);
	if (last != raw->last || tls_facts(tls)->outcome != raw->outcome ||
	    tls_facts(tls)->server_version != raw->version) {
		print_error("%.20s: step %d outcome %d (%s)\n", raw->said,
		    last, tls_facts(tls)->outcome, tls_facts(tls)->reason);
		fail();
	}
	if (raw->outcome == TLS_NOT_TLS)
		assert_memory_equal(tls_facts(tls)->first, raw->said,
		    raw->len);
	assert_int_equal(tls_facts(tls)->server_spoke,
	    raw->outcome != TLS_NOT_TLS);
	assert_int_equal(in.len, 0);
	assert_false(tls_write(tls, span_of("x"), &out));
	buf_free(&out);
	buf_free(&in);
}

static void
test_raw(void **state)
{
	struct play play = { .leaf = "good" };
	struct tls_context *context = play_context(&play);
	struct target target;
	struct tls *tls;
	size_t i, whole;

	(void)state;
	assert_non_null(context);
	play_target(&play, &target);
	for (i = 0; i < sizeof(raws) / sizeof(raws[0]); i++)
		for (whole = 0; whole < 2; whole++) {
			tls = tls_new(context, &target);
			assert_non_null(tls);
			hear_raw(tls, &raws[i], whole ? raws[i].len : 1);
			tls_free(tls);
		}
	tls_context_free(context);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_certificates),
		cmocka_unit_test(test_trust),
		cmocka_unit_test(test_environment),
		cmocka_unit_test(test_handshakes),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_hygiene),
		cmocka_unit_test(test_traits),
		cmocka_unit_test(test_moment),
		cmocka_unit_test(test_refused_files),
		cmocka_unit_test(test_raw)
	};

	if (argc > 1)
		(void)setenv("PKI", argv[1], 1);
	if (getenv("PKI") == NULL) {
		(void)fprintf(stderr, "test_tls: PKI is not set: "
		    "the folder that tests/pki.sh made\n");
		return 2;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
