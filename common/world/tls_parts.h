/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_parts - what the files of the TLS engine share; nobody else includes it
 */
#ifndef WORLD_TLS_PARTS_H
#define WORLD_TLS_PARTS_H

#include <openssl/ssl.h>

#include "world/tls.h"
#include "world/trust.h"

struct tls_context {
	SSL_CTX		*ssl;
	struct trust	*trust;		/* NULL: no verification */
	bool		 has_cert;	/* --client-cert */
	bool		 keep_der;
	int		 oldest;	/* version that the library has: 10, 11, 12 */
	int		 strength;	/* the system's security level, for certificates */
};

struct tls {
	struct tls_context *context;	/* borrowed */
	SSL		*ssl;
	BIO		*from;		/* cipher bytes from the network; ssl owns both */
	BIO		*to;
	struct tls_facts *facts;
	enum tls_step	 ended;		/* TLS_MORE until it is TLS_FAILED or TLS_END, for good */
	bool		 up;
	bool		 talked;	/* application bytes came */
	bool		 nomem;
};

/* tls_verify_chain - SSL_CTX_set_cert_verify_callback(): gathers chain, path and troubles, and always lets the handshake go on */
int	tls_verify_chain(X509_STORE_CTX *, void *);
/* tls_verify_expect - set the name or address that is verified, and asked for by SNI, and facts.expected; false without memory */
bool	tls_verify_expect(struct tls *, const struct target *);

/* tls_failure_note - what ended the handshake, from OpenSSL's error queue and the last alert, to facts.outcome and facts.reason */
void	tls_failure_note(struct tls *);
/* tls_failure_ours - our own fault */
void	tls_failure_ours(struct tls *, const char *reason);
/* tls_watch - SSL_set_msg_callback(): versions, alerts and demands in the messages that go by */
void	tls_watch(int sent, int version, int type, const void *bytes, size_t len, SSL *, void *);

#endif
