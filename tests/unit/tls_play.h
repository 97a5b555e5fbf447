/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_play - the engine of world/tls against a server of OpenSSL, in memory
 *
 * The server greets, the client answers, the server says goodbye; bytes go to
 * and fro whole or one by one.  Certificates are those of tests/pki.sh, in the
 * folder that the variable PKI names.
 */
#ifndef TLS_PLAY_H
#define TLS_PLAY_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <openssl/ssl.h>

#include "world/tls.h"

enum { PLAY_PATH = 512, PLAY_ROUNDS = 100000, PLAY_CAP = 1 << 20 };

#define PLAY_GREETING	"* OK at your service\r\n"
#define PLAY_FAREWELL	"a1 LOGOUT\r\n"

/* one conversation: both sides' settings, then what came of it */
struct play {
	const char	*leaf;		/* what the server presents */
	const char	*sni;		/* NULL: mail.example.test; "": host alone */
	const char	*host;		/* NULL: as sni */
	const char	*ca;		/* NULL: root.pem; "": the system's */
	const char	*ca_path;
	const char	*client_cert;
	const char	*client_key;
	int		 min, max;	/* 0: 12 and none */
	int		 server_min, server_max; /* 0: its own */
	bool		 no_verify;
	bool		 demand;	/* a client certificate, of client-ca.pem */
	const char	*ciphers;	/* the server's, NULL its own */
	int64_t		 now;		/* 0: the clock's */
	size_t		 step;		/* bytes at a time, 0: whole */
	/* what came of it */
	enum tls_step	 last;
	bool		 up;
	struct tls_facts *facts;
	char		 heard[64];	/* by the client */
	char		 answered[64];	/* what the server heard */
	enum cause	 cause;		/* of a context that could not be */
	char		 why[512];
};

static const char *
play_path(char path[PLAY_PATH], const char *name, const char *end)
{
	const char *pki = getenv("PKI");

	(void)snprintf(path, PLAY_PATH, "%s/%s%s", pki != NULL ? pki : ".",
	    name, end);
	return path;
}

static const char *
play_given(char path[PLAY_PATH], const char *name)
{
	return name != NULL ? play_path(path, name, "") : NULL;
}

static int
play_wire(int version)
{
	return version == 0 ? 0 : TLS1_VERSION + version - 10;
}

static SSL_CTX *
play_server(const struct play *play)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	char path[PLAY_PATH];
	bool ok;

	if (ctx == NULL)
		return NULL;
	SSL_CTX_set_security_level(ctx, 0);
	ok = SSL_CTX_use_certificate_chain_file(ctx,
	    play_path(path, play->leaf, ".pem")) == 1 &&
	    SSL_CTX_use_PrivateKey_file(ctx,
	    play_path(path, play->leaf, ".key"), SSL_FILETYPE_PEM) == 1 &&
	    SSL_CTX_set_min_proto_version(ctx,
	    play_wire(play->server_min)) == 1 &&
	    SSL_CTX_set_max_proto_version(ctx,
	    play_wire(play->server_max)) == 1 &&
	    (play->ciphers == NULL ||
	    SSL_CTX_set_cipher_list(ctx, play->ciphers) == 1) &&
	    SSL_CTX_set_dh_auto(ctx, 1) == 1;
	if (ok && play->demand) {
		SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER |
		    SSL_VERIFY_FAIL_IF_NO_PEER_CERT, NULL);
		ok = SSL_CTX_load_verify_file(ctx,
		    play_path(path, "client-ca.pem", "")) == 1;
	}
	if (ok)
		return ctx;
	SSL_CTX_free(ctx);
	return NULL;
}

static struct tls_context *
play_context(struct play *play)
{
	char ca[PLAY_PATH], folder[PLAY_PATH], cert[PLAY_PATH], key[PLAY_PATH];
	struct tls_config config = {
		.ca_path = play_given(folder, play->ca_path),
		.verify = !play->no_verify,
		.min = play->min == 0 ? 12 : play->min,
		.max = play->max,
		.client_cert = play_given(cert, play->client_cert),
		.client_key = play_given(key, play->client_key),
		.now = play->now != 0 ? play->now : (int64_t)time(NULL)
	};
	struct tls_context *context;
	struct buf why;

	if (play->ca == NULL || *play->ca != '\0')
		config.ca_file = play_path(ca,
		    play->ca == NULL ? "root.pem" : play->ca, "");
	if (config.ca_path != NULL && play->ca == NULL)
		config.ca_file = NULL;
	buf_init(&why, sizeof(play->why));
	context = tls_context_new(&config, &play->cause, &why);
	(void)snprintf(play->why, sizeof(play->why), "%s", buf_cstr(&why));
	buf_free(&why);
	return context;
}

/* play_serve - let the server do what it can; false when it gave up */
static bool
play_serve(SSL *server, struct play *play)
{
	char bytes[sizeof(play->answered)];
	int n;

	if (!SSL_is_init_finished(server)) {
		n = SSL_do_handshake(server);
		if (n != 1)
			return SSL_get_error(server, n) == SSL_ERROR_WANT_READ;
		(void)SSL_write(server, PLAY_GREETING,
		    (int)strlen(PLAY_GREETING));
	}
	n = SSL_read(server, bytes, (int)sizeof(bytes) - 1);
	if (n <= 0)
		return SSL_get_error(server, n) == SSL_ERROR_WANT_READ;
	bytes[n] = '\0';
	(void)snprintf(play->answered, sizeof(play->answered), "%s", bytes);
	(void)SSL_shutdown(server);
	return true;
}

/* play_hear - the server's bytes to the client */
static void
play_hear(struct tls *tls, SSL *server, struct play *play, struct buf *out,
    struct buf *in)
{
	char	*bytes;
	long	 n = BIO_get_mem_data(SSL_get_wbio(server), &bytes);
	size_t	 at = 0, len, all = n > 0 ? (size_t)n : 0;

	while (at < all && play->last != TLS_FAILED && play->last != TLS_END) {
		len = play->step != 0 ? play->step : all;
		if (len > all - at)
			len = all - at;
		play->last = tls_feed(tls, (struct span){ bytes + at, len },
		    out, in);
		play->up = play->up || play->last == TLS_UP;
		at += len;
	}
	(void)BIO_reset(SSL_get_wbio(server));
}

/* play_send - the client's bytes to the server, as much as it gets at a time */
static void
play_send(SSL *server, struct play *play, struct buf *out)
{
	size_t len;

	while (out->len > 0) {
		len = play->step != 0 && play->step < out->len ? play->step :
		    out->len;
		(void)BIO_write(SSL_get_rbio(server), buf_span(out).p,
		    (int)len);
		buf_drop(out, len);
		(void)play_serve(server, play);
	}
}

static void
play_talk(struct tls *tls, SSL *server, struct play *play)
{
	struct buf out, in;
	bool said = false;
	int round;

	buf_init(&out, PLAY_CAP);
	buf_init(&in, PLAY_CAP);
	play->last = tls_feed(tls, (struct span){ NULL, 0 }, &out, &in);
	for (round = 0; round < PLAY_ROUNDS; round++) {
		play_send(server, play, &out);
		play_hear(tls, server, play, &out, &in);
		if (!said && in.len == strlen(PLAY_GREETING) &&
		    play->last != TLS_FAILED)
			said = tls_write(tls, span_of(PLAY_FAREWELL), &out);
		if (out.len == 0 &&
		    BIO_ctrl_pending(SSL_get_wbio(server)) == 0)
			break;
	}
	/* what ended the connection together with TLS_UP */
	if (play->last != TLS_FAILED && play->last != TLS_END)
		play->last = tls_feed(tls, (struct span){ NULL, 0 }, &out, &in);
	(void)snprintf(play->heard, sizeof(play->heard), "%s", buf_cstr(&in));
	buf_free(&out);
	buf_free(&in);
}

static void
play_target(const struct play *play, struct target *target)
{
	const char *sni = play->sni != NULL ? play->sni : "mail.example.test";

	memset(target, 0, sizeof(*target));
	(void)snprintf(target->sni, sizeof(target->sni), "%s", sni);
	(void)snprintf(target->host, sizeof(target->host), "%s",
	    play->host != NULL ? play->host : sni);
	target->port = 993;
}

/* play_run - false when the context could not be made (cause and why say it) or the test itself is broken (cause is none) */
static bool
play_run(struct play *play)
{
	struct tls_context *context = play_context(play);
	SSL_CTX *ctx = context != NULL ? play_server(play) : NULL;
	SSL *server = ctx != NULL ? SSL_new(ctx) : NULL;
	struct target target;
	struct tls *tls = NULL;

	play_target(play, &target);
	if (server != NULL)
		tls = tls_new(context, &target);
	if (tls != NULL) {
		SSL_set_bio(server, BIO_new(BIO_s_mem()),
		    BIO_new(BIO_s_mem()));
		SSL_set_accept_state(server);
		play_talk(tls, server, play);
		play->facts = tls_take_facts(tls);
	}
	tls_free(tls);
	SSL_free(server);
	SSL_CTX_free(ctx);
	tls_context_free(context);
	return play->facts != NULL;
}

static void
play_free(struct play *play)
{
	tls_facts_free(play->facts);
	free(play->facts);
	play->facts = NULL;
}

#endif
