/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls - a byte engine: cipher bytes in, cipher bytes out, no socket
 */
#include <openssl/ec.h>
#include <openssl/err.h>

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "world/tls_parts.h"

enum {
	TLS_CHUNK = 4096,		/* bytes decrypted in one go */
	RECORD_FIRST = 0x14,		/* ContentType: RFC 8446 section 5.1 */
	RECORD_LAST = 0x17
};

/* start - the library's half of a connection */
static bool
start(struct tls *tls, const struct target *target)
{
	tls->ssl = SSL_new(tls->context->ssl);
	if (tls->ssl == NULL)
		return false;
	tls->from = BIO_new(BIO_s_mem());
	tls->to = BIO_new(BIO_s_mem());
	if (tls->from == NULL || tls->to == NULL) {
		(void)BIO_free(tls->from);
		(void)BIO_free(tls->to);
		return false;
	}
	SSL_set_bio(tls->ssl, tls->from, tls->to);
	SSL_set_connect_state(tls->ssl);
	SSL_set_msg_callback(tls->ssl, tls_watch);
	SSL_set_msg_callback_arg(tls->ssl, tls);
	return SSL_set_app_data(tls->ssl, tls) == 1 &&
	    tls_verify_expect(tls, target);
}

static struct tls_facts *
facts_new(void)
{
	struct tls_facts *facts = calloc(1, sizeof(*facts));

	if (facts != NULL)
		facts->alert = -1;
	return facts;
}

struct tls *
tls_new(struct tls_context *context, const struct target *target)
{
	struct tls *tls = calloc(1, sizeof(*tls));

	if (tls == NULL)
		return NULL;
	tls->context = context;
	tls->facts = facts_new();
	if (tls->facts != NULL) {
		tls->facts->oldest = context->oldest;
		tls->facts->keep_der = context->keep_der;
	}
	ERR_clear_error();
	if (tls->facts == NULL || !start(tls, target)) {
		tls_free(tls);
		return NULL;
	}
	return tls;
}

static enum tls_step
end(struct tls *tls, enum tls_step how)
{
	tls->ended = how;
	return how;
}

/*
 * listen_first - the server's first byte tells whether it speaks TLS at all.
 * If not, its words are gathered up to the end of the line, for they say what
 * it is instead.
 */
static enum tls_step
listen_first(struct tls *tls, struct span bytes)
{
	struct tls_facts *facts = tls->facts;
	unsigned char first = (unsigned char)bytes.p[0];
	size_t room = sizeof(facts->first) - facts->nfirst;
	size_t n = bytes.len < room ? bytes.len : room;

	if (facts->nfirst == 0 && first >= RECORD_FIRST &&
	    first <= RECORD_LAST) {
		facts->server_spoke = true;
		return TLS_MORE;
	}
	facts->outcome = TLS_NOT_TLS;
	(void)snprintf(facts->reason, sizeof(facts->reason),
	    "it does not speak TLS");
	memcpy(facts->first + facts->nfirst, bytes.p, n);
	facts->nfirst += n;
	if (facts->nfirst == sizeof(facts->first) ||
	    memchr(bytes.p, '\n', n) != NULL)
		return end(tls, TLS_FAILED);
	return TLS_MORE;
}

/* note_dh - the size of a group that the server made itself */
static void
note_dh(struct tls *tls)
{
	EVP_PKEY *key = NULL;

	if (SSL_get_peer_tmp_key(tls->ssl, &key) != 1)
		return;
	if (EVP_PKEY_base_id(key) == EVP_PKEY_DH && EVP_PKEY_bits(key) > 0)
		tls->facts->dh_bits = (unsigned)EVP_PKEY_bits(key);
	EVP_PKEY_free(key);
}

static void
note_group(struct tls *tls)
{
#ifdef SSL_get_negotiated_group
	int nid = (int)SSL_get_negotiated_group(tls->ssl);
	const char *name = EC_curve_nid2nist(nid);

	if (name == NULL)
		name = nid == NID_X25519 ? "X25519" : nid == NID_X448 ?
		    "X448" : SSL_group_to_name(tls->ssl, nid);
	(void)snprintf(tls->facts->group, sizeof(tls->facts->group), "%s",
	    name != NULL ? name : "");
#endif
}

/* note_signature - before TLS 1.2 there was no choice, and OpenSSL names none */
static void
note_signature(struct tls *tls)
{
	int nid = NID_undef;
	const char *name = NULL;

	if (SSL_get_peer_signature_nid(tls->ssl, &nid) == 1 &&
	    nid != NID_undef)
		name = OBJ_nid2sn(nid);
	(void)snprintf(tls->facts->signed_with,
	    sizeof(tls->facts->signed_with), "%s", name != NULL ? name : "");
}

static void
note_alpn(struct tls *tls)
{
	const unsigned char *name = NULL;
	struct buf clean;
	unsigned len = 0;

	SSL_get0_alpn_selected(tls->ssl, &name, &len);
	if (len == 0)
		return;
	buf_init(&clean, sizeof(tls->facts->alpn) - 1);
	text_clean(&clean, (struct span){ (const char *)name, len },
	    sizeof(tls->facts->alpn) - 1);
	(void)span_copy(buf_span(&clean), tls->facts->alpn,
	    sizeof(tls->facts->alpn));
	buf_free(&clean);
}

/*
 * note_unverified - a policy of this host may allow ciphers without certificate;
 * then nobody has looked at the server's identity, and that is a doubt
 */
static void
note_unverified(struct tls_facts *facts)
{
	struct cert_trouble *trouble = &facts->troubles[0];

	facts->verified = true;
	facts->ntroubles = 1;
	trouble->kind = CERT_BROKEN_RULE;
	trouble->depth = 0;
	(void)snprintf(trouble->rule, sizeof(trouble->rule),
	    "the server presents no certificate at all");
}

static void
note_up(struct tls *tls)
{
	struct tls_facts *facts = tls->facts;

	tls->up = true;
	facts->outcome = TLS_DONE;
	if (tls->context->trust != NULL && !facts->verified)
		note_unverified(facts);
	(void)snprintf(facts->version, sizeof(facts->version), "%s",
	    SSL_get_version(tls->ssl));
	(void)snprintf(facts->cipher, sizeof(facts->cipher), "%s",
	    SSL_get_cipher_name(tls->ssl));
	note_group(tls);
	note_dh(tls);
	note_signature(tls);
	note_alpn(tls);
}

/* fail - for good, with what the library left as its reason */
static enum tls_step
fail(struct tls *tls)
{
	if (tls->nomem)
		tls_failure_ours(tls, "out of memory");
	else
		tls_failure_note(tls);
	return end(tls, TLS_FAILED);
}

static enum tls_step
shake(struct tls *tls)
{
	int done = SSL_do_handshake(tls->ssl);

	if (tls->nomem)
		return fail(tls);
	if (done == 1) {
		note_up(tls);
		return TLS_UP;
	}
	switch (SSL_get_error(tls->ssl, done)) {
	case SSL_ERROR_WANT_READ:
	case SSL_ERROR_WANT_WRITE:
		return TLS_MORE;
	case SSL_ERROR_ZERO_RETURN:
		tls->facts->alert = 0;
		tls->facts->alert_sent = false;
		return fail(tls);
	default:
		return fail(tls);
	}
}

static enum tls_step
receive(struct tls *tls, struct buf *in)
{
	char chunk[TLS_CHUNK];
	int n;

	while ((n = SSL_read(tls->ssl, chunk, (int)sizeof(chunk))) > 0) {
		tls->talked = true;
		(void)buf_add(in, chunk, (size_t)n);
	}
	OPENSSL_cleanse(chunk, sizeof(chunk));
	switch (SSL_get_error(tls->ssl, n)) {
	case SSL_ERROR_WANT_READ:
	case SSL_ERROR_WANT_WRITE:
		return TLS_MORE;
	case SSL_ERROR_ZERO_RETURN:
		return end(tls, TLS_END);
	default:
		return fail(tls);
	}
}

/* flush - what the library wants sent */
static void
flush(struct tls *tls, struct buf *out)
{
	char *bytes;
	long n = BIO_get_mem_data(tls->to, &bytes);

	if (n > 0) {
		(void)buf_add(out, bytes, (size_t)n);
		(void)BIO_reset(tls->to);
	}
}

static bool
take_in(struct tls *tls, struct span bytes)
{
	return bytes.len == 0 || (bytes.len <= INT_MAX &&
	    BIO_write(tls->from, bytes.p, (int)bytes.len) == (int)bytes.len);
}

enum tls_step
tls_feed(struct tls *tls, struct span bytes, struct buf *out, struct buf *in)
{
	enum tls_step step;

	if (tls->ended != TLS_MORE)
		return tls->ended;
	if (!tls->facts->server_spoke && bytes.len > 0) {
		step = listen_first(tls, bytes);
		if (!tls->facts->server_spoke)
			return step;
	}
	ERR_clear_error();
	if (!take_in(tls, bytes)) {
		tls->nomem = true;
		return fail(tls);
	}
	step = tls->up ? receive(tls, in) : shake(tls);
	if (step == TLS_UP)
		/* what ends the connection at once is told by the next call */
		(void)receive(tls, in);
	flush(tls, out);
	return step;
}

bool
tls_write(struct tls *tls, struct span bytes, struct buf *out)
{
	size_t written = 0;

	if (!tls->up || tls->ended == TLS_FAILED)
		return false;
	if (bytes.len == 0)
		return true;
	ERR_clear_error();
	if (SSL_write_ex(tls->ssl, bytes.p, bytes.len, &written) != 1) {
		(void)fail(tls);
		return false;
	}
	flush(tls, out);
	return true;
}

void
tls_bye(struct tls *tls, struct buf *out)
{
	if (!tls->up || tls->ended == TLS_FAILED)
		return;
	ERR_clear_error();
	(void)SSL_shutdown(tls->ssl);
	ERR_clear_error();
	flush(tls, out);
}

const struct tls_facts *
tls_facts(const struct tls *tls)
{
	return tls->facts;
}

struct tls_facts *
tls_take_facts(struct tls *tls)
{
	struct tls_facts *facts = tls->facts;
	struct tls_facts *next = facts_new();

	/* the engine never is without; out of memory it keeps what it has */
	if (next == NULL)
		return NULL;
	tls->facts = next;
	return facts;
}

void
tls_free(struct tls *tls)
{
	if (tls == NULL)
		return;
	SSL_free(tls->ssl);
	if (tls->facts != NULL) {
		tls_facts_free(tls->facts);
		free(tls->facts);
	}
	free(tls);
}
