/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_verify - the server's chain in a handshake
 *
 * The handshake goes on whatever it is: what the facts mean is for judge/cert
 * to say.
 */
#include <openssl/err.h>

#include "world/cert_path.h"
#include "world/tls_parts.h"

static struct tls *
tls_of(X509_STORE_CTX *path)
{
	SSL *ssl = X509_STORE_CTX_get_ex_data(path,
	    SSL_get_ex_data_X509_STORE_CTX_idx());

	return SSL_get_app_data(ssl);
}

/*
 * The handshake has set the security level of the connection, which old
 * versions need low; certificates are held to the one of the system.
 */
int
tls_verify_chain(X509_STORE_CTX *path, void *unused)
{
	struct tls *tls = tls_of(path);

	(void)unused;
	if (!cert_path_verify(tls->facts, path, tls->context->trust,
	    tls->context->strength))
		tls->nomem = true;
	X509_STORE_CTX_set_error(path, X509_V_OK);
	ERR_clear_error();
	return 1;
}

bool
tls_verify_expect(struct tls *tls, const struct target *target)
{
	char *expected = tls->facts->expected;
	struct address address;

	if (!cert_path_expect(SSL_get0_param(tls->ssl), *target->sni != '\0' ?
	    target->sni : target->host, expected))
		return false;
	/* an address is no name: RFC 6066 section 3 forbids it as SNI */
	return *target->sni == '\0' ||
	    address_parse(span_of(expected), &address) ||
	    SSL_set_tlsext_host_name(tls->ssl, expected) == 1;
}
