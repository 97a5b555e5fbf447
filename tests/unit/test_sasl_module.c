/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl_module - the challenge mechanisms against a server played here
 *
 * SCRAM's server side is reckoned with OpenSSL (RFC 5802 section 3, RFC 7677),
 * because the client's nonce is not ours to choose.
 */
#define _GNU_SOURCE
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"
#include "dialog/sasl.h"
#include "module/module.h"
#include "module_files.h"

#define USER "b=o,b"
#define USER_SENT "b=3Do=2Cb"	/* RFC 5802 section 5.1, "n" */
#define PASSWORD "pencil"

enum {
	DIGEST_MAX = EVP_MAX_MD_SIZE
};

struct digest {
	unsigned char	bytes[DIGEST_MAX];
	unsigned	len;
};

/* the exchange as the server sees it */
struct scram {
	const char	*digest;
	void		*client;
	struct buf	 bare;		/* client-first-message-bare */
	struct buf	 first;		/* server-first-message */
	struct buf	 nonce;		/* client's and ours */
	struct buf	 final;		/* client-final-message */
	struct digest	 proof;		/* the client's, as sent */
};

static const struct sasl_functions	*sasl;	/* set once, before the tests */

static const unsigned char salt[16] = "0123456789abcde";

static struct digest
hmac(const struct scram *scram, const struct digest *key, struct span text)
{
	struct digest	out;

	assert_non_null(HMAC(EVP_get_digestbyname(scram->digest), key->bytes,
	    (int)key->len, (const unsigned char *)text.p, text.len, out.bytes,
	    &out.len));
	return out;
}

static struct digest
salted(const struct scram *scram, const char *password, int rounds)
{
	const EVP_MD	*md = EVP_get_digestbyname(scram->digest);
	struct digest	 out = { .len = (unsigned)EVP_MD_size(md) };

	assert_int_equal(PKCS5_PBKDF2_HMAC(password, (int)strlen(password),
	    salt, sizeof(salt), rounds, md, (int)out.len, out.bytes), 1);
	return out;
}

/* auth_message - RFC 5802 section 3, AuthMessage */
static void
auth_message(struct scram *scram, struct buf *out)
{
	const char	*final = buf_cstr(&scram->final);
	const char	*proof = strstr(final, ",p=");

	assert_non_null(proof);
	buf_span_add(out, buf_span(&scram->bare));
	buf_char(out, ',');
	buf_span_add(out, buf_span(&scram->first));
	buf_char(out, ',');
	buf_add(out, final, (size_t)(proof - final));
}

/* begin - the client's first message, and what must be in it */
static void
begin(struct scram *scram, const char *mechanism)
{
	struct buf	out;
	const char	*text;

	scram->digest = strstr(mechanism, "256") != NULL ? "SHA256" : "SHA1";
	buf_init(&scram->bare, 4096);
	buf_init(&scram->first, SASL_MESSAGE_MAX);
	buf_init(&scram->nonce, 4096);
	buf_init(&scram->final, 4096);
	buf_init(&out, 4096);
	scram->client = sasl->start(mechanism, "imap", "mail.example.org",
	    span_of(USER), span_of(PASSWORD));
	assert_non_null(scram->client);
	assert_int_equal(sasl->step(scram->client, span_of(""), &out),
	    SASL_GO_ON);
	text = buf_cstr(&out);
	/* neither channel binding nor a word that it could have been had */
	assert_int_equal(strncmp(text, "n,,n=" USER_SENT ",r=",
	    strlen("n,,n=" USER_SENT ",r=")), 0);
	buf_str(&scram->bare, text + 3);
	buf_str(&scram->nonce, strstr(text, ",r=") + 3);
	assert_true(buf_span(&scram->nonce).len >= 16);
	buf_free(&out);
}

static void
finish(struct scram *scram)
{
	sasl->end(scram->client);
	buf_free(&scram->bare);
	buf_free(&scram->first);
	buf_free(&scram->nonce);
	buf_free(&scram->final);
}

/* challenge - say the server-first-message with these words in its places */
static enum sasl_result
challenge(struct scram *scram, const char *nonce, const char *rounds)
{
	buf_str(&scram->nonce, nonce);
	buf_fmt(&scram->first, "r=%s,s=", buf_cstr(&scram->nonce));
	base64_encode(&scram->first, (struct span){ (const char *)salt,
	    sizeof(salt) });
	buf_fmt(&scram->first, ",i=%s", rounds);
	return sasl->step(scram->client, buf_span(&scram->first),
	    &scram->final);
}

/* check_proof - ClientProof XOR ClientSignature hashes to StoredKey */
static void
check_proof(struct scram *scram)
{
	struct digest	key, stored, signature;
	struct buf	message, proof;
	const char	*text = buf_cstr(&scram->final);
	unsigned	i;

	buf_init(&message, SASL_MESSAGE_MAX);
	buf_init(&proof, 4096);
	/* "biws" is "n,," */
	assert_int_equal(strncmp(text, "c=biws,r=", 9), 0);
	assert_int_equal(strncmp(text + 9, buf_cstr(&scram->nonce),
	    buf_span(&scram->nonce).len), 0);
	assert_true(base64_decode(&proof, span_of(strstr(text, ",p=") + 3)));
	key = salted(scram, PASSWORD, 4096);
	key = hmac(scram, &key, span_of("Client Key"));
	assert_int_equal(EVP_Digest(key.bytes, key.len, stored.bytes,
	    &stored.len, EVP_get_digestbyname(scram->digest), NULL), 1);
	auth_message(scram, &message);
	signature = hmac(scram, &stored, buf_span(&message));
	assert_int_equal(buf_span(&proof).len, signature.len);
	for (i = 0; i < key.len; i++)
		assert_int_equal((unsigned char)buf_span(&proof).p[i],
		    key.bytes[i] ^ signature.bytes[i]);
	buf_free(&message);
	buf_free(&proof);
}

/* verify - say the server-final-message of one who has this password */
static enum sasl_result
verify(struct scram *scram, const char *password, struct buf *out)
{
	struct digest		key;
	struct buf		message, final;
	enum sasl_result	result;

	buf_init(&message, SASL_MESSAGE_MAX);
	buf_init(&final, 4096);
	auth_message(scram, &message);
	key = salted(scram, password, 4096);
	key = hmac(scram, &key, span_of("Server Key"));
	key = hmac(scram, &key, buf_span(&message));
	buf_str(&final, "v=");
	base64_encode(&final, (struct span){ (const char *)key.bytes,
	    key.len });
	result = sasl->step(scram->client, buf_span(&final), out);
	buf_free(&message);
	buf_free(&final);
	return result;
}

static const char *const scrams[] = { "SCRAM-SHA-256", "SCRAM-SHA-1",
	"scram-sha-256" };

static void
scram_with_an_honest_server(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(scrams) / sizeof(scrams[0]); i++) {
		struct scram	scram = { .client = NULL };
		struct buf	out;

		buf_init(&out, 4096);
		begin(&scram, scrams[i]);
		assert_int_equal(challenge(&scram, "%hvYDpWUa2", "4096"),
		    SASL_GO_ON);
		check_proof(&scram);
		assert_int_equal(verify(&scram, PASSWORD, &out),
		    SASL_COMPLETE);
		assert_int_equal(buf_span(&out).len, 0);
		/* nothing comes after the end */
		assert_int_equal(sasl->step(scram.client, span_of("v=x"), &out),
		    SASL_BAD_CHALLENGE);
		buf_free(&out);
		finish(&scram);
	}
}

static void
scram_with_a_lying_server(void **state)
{
	static const char *const finals[] = { "v=",
		"v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", "v=!!!!", "v", "", "x=y" };
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(scrams) / sizeof(scrams[0]); i++) {
		struct scram	scram = { .client = NULL };
		struct buf	out;

		buf_init(&out, 4096);
		begin(&scram, scrams[i]);
		assert_int_equal(challenge(&scram, "abc", "4096"), SASL_GO_ON);
		assert_int_equal(verify(&scram, "another", &out),
		    SASL_UNPROVEN);
		assert_int_equal(buf_span(&out).len, 0);
		buf_free(&out);
		finish(&scram);
	}
	for (i = 0; i < sizeof(finals) / sizeof(finals[0]); i++) {
		struct scram		scram = { .client = NULL };
		enum sasl_result	result;
		struct buf		out;

		buf_init(&out, 4096);
		begin(&scram, "SCRAM-SHA-256");
		assert_int_equal(challenge(&scram, "abc", "4096"), SASL_GO_ON);
		result = sasl->step(scram.client, span_of(finals[i]), &out);
		assert_true(result == SASL_UNPROVEN ||
		    result == SASL_BAD_CHALLENGE);
		buf_free(&out);
		finish(&scram);
	}
}

static void
scram_refused_in_its_own_words(void **state)
{
	struct scram	scram = { .client = NULL };
	struct buf	out;

	(void)state;
	buf_init(&out, 4096);
	begin(&scram, "SCRAM-SHA-256");
	assert_int_equal(challenge(&scram, "abc", "4096"), SASL_GO_ON);
	/* not proven, not over: the protocol says what it means */
	assert_int_equal(sasl->step(scram.client,
	    span_of("e=invalid-proof"), &out), SASL_GO_ON);
	assert_int_equal(buf_span(&out).len, 0);
	assert_int_equal(verify(&scram, "another", &out), SASL_UNPROVEN);
	buf_free(&out);
	finish(&scram);
}

struct row {
	const char		*nonce;		/* behind the client's */
	const char		*rounds;
	enum sasl_result	 result;
};

static const struct row rows[] = {
	{ "abc", "4096", SASL_GO_ON },
	{ "abc", "4096,x=later", SASL_GO_ON },
	{ "abc", "600001", SASL_BAD_CHALLENGE },
	{ "abc", "4294967296", SASL_BAD_CHALLENGE },
	{ "abc", "99999999999999999999999999", SASL_BAD_CHALLENGE },
	{ "abc", "0", SASL_BAD_CHALLENGE },
	{ "abc", "-1", SASL_BAD_CHALLENGE },
	{ "abc", "", SASL_BAD_CHALLENGE },
	{ "abc", "many", SASL_BAD_CHALLENGE },
	{ "abc", "4096,i=2000000000", SASL_BAD_CHALLENGE },
	{ "abc,s=AAAA,i=2000000000", "4096", SASL_BAD_CHALLENGE }
};

static void
scram_challenges_are_judged(void **state)
{
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct scram	scram = { .client = NULL };

		begin(&scram, "SCRAM-SHA-256");
		assert_int_equal(challenge(&scram, rows[i].nonce,
		    rows[i].rounds), rows[i].result);
		assert_int_equal(buf_span(&scram.final).len > 0,
		    rows[i].result == SASL_GO_ON);
		finish(&scram);
	}
}

static void
scram_needs_our_nonce_back(void **state)
{
	static const char *const firsts[] = {
		"r=notours,s=QSXCR+Q6sek8bf92,i=4096", "",
		"s=QSXCR+Q6sek8bf92,i=4096", "m=x,r=y,s=QSXCR+Q6sek8bf92,i=1",
		",,,,", "i=", "r=" };
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(firsts) / sizeof(firsts[0]); i++) {
		struct scram	scram = { .client = NULL };

		begin(&scram, "SCRAM-SHA-1");
		assert_int_equal(sasl->step(scram.client, span_of(firsts[i]),
		    &scram.final), SASL_BAD_CHALLENGE);
		assert_int_equal(buf_span(&scram.final).len, 0);
		finish(&scram);
	}
}

static void
cram_md5_as_in_its_rfc(void **state)
{
	/* RFC 2195 section 2 */
	static const char	said[] =
	    "<1896.697170952@postoffice.reston.mci.net>";
	void			*client;
	struct buf		 out;

	(void)state;
	buf_init(&out, 4096);
	client = sasl->start("CRAM-MD5", "imap", "postoffice.reston.mci.net",
	    span_of("tim"), span_of("tanstaaftanstaaf"));
	assert_non_null(client);
	assert_int_equal(sasl->step(client, span_of(said), &out),
	    SASL_COMPLETE);
	assert_string_equal(buf_cstr(&out),
	    "tim b913a602c7eda7a495b4e6e7334d3890");
	sasl->end(client);
	buf_free(&out);
}

/* md5_hex - of the text, as 32 digits */
static void
md5_hex(struct span text, char hex[33])
{
	unsigned char	md[DIGEST_MAX];
	unsigned	i;

	assert_int_equal(EVP_Digest(text.p, text.len, md, NULL, EVP_md5(),
	    NULL), 1);
	for (i = 0; i < 16; i++)
		assert_int_equal(snprintf(hex + 2 * i, 3, "%02x", md[i]), 2);
}

/* digest_hex - RFC 2831 section 2.1.2.1: the response over this A2 */
static void
digest_hex(const char *cnonce, const char *a2_text, char hex[33])
{
	unsigned char	md[DIGEST_MAX];
	char		a1[33], a2[33];
	struct buf	text;

	buf_init(&text, 4096);
	assert_int_equal(EVP_Digest("chris:elwood.innosoft.com:secret", 32, md,
	    NULL, EVP_md5(), NULL), 1);
	buf_add(&text, md, 16);
	buf_fmt(&text, ":OA6MG9tEQGm2hh:%s", cnonce);
	md5_hex(buf_span(&text), a1);
	md5_hex(span_of(a2_text), a2);
	buf_clear(&text);
	buf_fmt(&text, "%s:OA6MG9tEQGm2hh:00000001:%s:auth:%s", a1, cnonce,
	    a2);
	md5_hex(buf_span(&text), hex);
	buf_free(&text);
}

static void
digest_md5(const char *rspauth, enum sasl_result want)
{
	/* RFC 2831 section 4 */
	static const char	said[] = "realm=\"elwood.innosoft.com\","
	    "nonce=\"OA6MG9tEQGm2hh\",qop=\"auth\",algorithm=md5-sess,"
	    "charset=utf-8";
	char			cnonce[128], hex[33], final[64];
	void			*client;
	const char		*at;
	struct buf		 out;

	buf_init(&out, 4096);
	client = sasl->start("DIGEST-MD5", "imap", "elwood.innosoft.com",
	    span_of("chris"), span_of("secret"));
	assert_non_null(client);
	assert_int_equal(sasl->step(client, span_of(said), &out), SASL_GO_ON);
	at = strstr(buf_cstr(&out), "cnonce=\"");
	assert_non_null(at);
	assert_true(span_copy((struct span){ at + 8, strcspn(at + 8, "\"") },
	    cnonce, sizeof(cnonce)));
	assert_non_null(strstr(buf_cstr(&out),
	    "digest-uri=\"imap/elwood.innosoft.com\""));
	digest_hex(cnonce, "AUTHENTICATE:imap/elwood.innosoft.com", hex);
	assert_non_null(strstr(buf_cstr(&out), hex));
	digest_hex(cnonce, ":imap/elwood.innosoft.com", hex);
	(void)snprintf(final, sizeof(final), "rspauth=%s",
	    rspauth == NULL ? hex : rspauth);
	buf_clear(&out);
	assert_int_equal(sasl->step(client, span_of(final), &out), want);
	assert_int_equal(buf_span(&out).len, 0);
	sasl->end(client);
	buf_free(&out);
}

static void
digest_md5_both_ways(void **state)
{
	(void)state;
	digest_md5(NULL, SASL_COMPLETE);
	digest_md5("00000000000000000000000000000000", SASL_UNPROVEN);
	digest_md5("short", SASL_BAD_CHALLENGE);
}

static void
nothing_else_is_started(void **state)
{
	static const char *const names[] = { "SCRAM-SHA-256-PLUS",
		"SCRAM-SHA-1-PLUS", "PLAIN", "LOGIN", "NTLM", "ANONYMOUS",
		"EXTERNAL", "GSSAPI", "" };
	size_t	i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_null(sasl->start(names[i], "imap", "h", span_of("u"),
		    span_of("p")));
	assert_null(sasl->start("CRAM-MD5", "imap", "h",
	    (struct span){ "u\0v", 3 }, span_of("p")));
	assert_null(sasl->start("CRAM-MD5", "imap", "h", span_of("u"),
	    (struct span){ "p\0q", 3 }));
	sasl->end(NULL);
}

static void
an_endless_exchange_ends(void **state)
{
	static char	big[SASL_MESSAGE_MAX + 1];
	struct scram	scram = { .client = NULL };
	struct buf	out;
	void		*client;
	int		i;

	(void)state;
	buf_init(&out, 4096);
	begin(&scram, "SCRAM-SHA-256");
	assert_int_equal(sasl->step(scram.client,
	    (struct span){ big, sizeof(big) }, &out), SASL_BAD_CHALLENGE);
	assert_int_equal(challenge(&scram, "abc", "4096"), SASL_GO_ON);
	assert_int_equal(sasl->step(scram.client, span_of("e=other-error"),
	    &out), SASL_GO_ON);
	assert_int_equal(sasl->step(scram.client, span_of("e=other-error"),
	    &out), SASL_BAD_CHALLENGE);
	finish(&scram);
	client = sasl->start("CRAM-MD5", "imap", "h", span_of("u"),
	    span_of("p"));
	assert_non_null(client);
	for (i = 0; i < SASL_STEPS_MAX; i++)
		assert_int_equal(sasl->step(client, span_of(""), &out),
		    SASL_GO_ON);
	assert_int_equal(sasl->step(client, span_of(""), &out),
	    SASL_BAD_CHALLENGE);
	sasl->end(client);
	buf_free(&out);
}

static void
an_answer_that_does_not_fit_is_our_failure(void **state)
{
	void		*client;
	struct buf	 out;

	(void)state;
	buf_init(&out, 4);
	client = sasl->start("SCRAM-SHA-256", "imap", "h", span_of("u"),
	    span_of("p"));
	assert_non_null(client);
	assert_int_equal(sasl->step(client, span_of(""), &out), SASL_FAILED);
	sasl->end(client);
	buf_free(&out);
}

static int
load(void **state)
{
	char			dir[SCRATCH_MAX];
	const struct module	*module;
	struct buf		why;

	(void)state;
	scratch_new(dir);
	module_copy(dir, "sasl", "sasl", 0644);
	buf_init(&why, 4096);
	module = module_load_from(dir, "sasl", &why);
	if (module == NULL)
		print_error("%s\n", buf_cstr(&why));
	else
		sasl = module->functions;
	buf_free(&why);
	scratch_free(dir);
	return module == NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scram_with_an_honest_server),
		cmocka_unit_test(scram_with_a_lying_server),
		cmocka_unit_test(scram_refused_in_its_own_words),
		cmocka_unit_test(scram_challenges_are_judged),
		cmocka_unit_test(scram_needs_our_nonce_back),
		cmocka_unit_test(cram_md5_as_in_its_rfc),
		cmocka_unit_test(digest_md5_both_ways),
		cmocka_unit_test(nothing_else_is_started),
		cmocka_unit_test(an_endless_exchange_ends),
		cmocka_unit_test(an_answer_that_does_not_fit_is_our_failure)
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
