/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_context - what all TLS connections of a run have in common
 *
 * The system's own policy (openssl.cnf) is loaded and holds, but for versions
 * that the options name.
 */
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "world/tls_parts.h"

/*
 * OpenSSL need not know every cipher and digest by its old name: that is a
 * seventh of what a check costs.  Ciphers are fetched by the handshake itself;
 * digests are looked up by name for signatures of certificates.
 */
static void
library_begin(void)
{
	if (OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_SSL_STRINGS |
	    OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS |
	    OPENSSL_INIT_NO_ADD_ALL_CIPHERS |
	    OPENSSL_INIT_NO_ADD_ALL_DIGESTS, NULL) != 1)
		return;
	(void)EVP_add_digest(EVP_md5());
	(void)EVP_add_digest(EVP_sha1());
	(void)EVP_add_digest(EVP_sha224());
	(void)EVP_add_digest(EVP_sha256());
	(void)EVP_add_digest(EVP_sha384());
	(void)EVP_add_digest(EVP_sha512());
}

static int
wire_version(int version)
{
	switch (version) {
	case 10:
		return TLS1_VERSION;
	case 11:
		return TLS1_1_VERSION;
	case 12:
		return TLS1_2_VERSION;
	default:
		return TLS1_3_VERSION;
	}
}

/*
 * Versions before 1.2 sign with MD5 and SHA-1, which every security level but 0
 * refuses: who asks for them gets that, and servers that cannot do RFC 5746.
 * Certificates are still held to the system's level (`strength`).
 */
static bool
set_versions(struct tls_context *context, int min, int max)
{
	if (min < 12) {
		SSL_CTX_set_security_level(context->ssl, 0);
		(void)SSL_CTX_set_options(context->ssl,
		    SSL_OP_LEGACY_SERVER_CONNECT);
	}
	if (SSL_CTX_set_min_proto_version(context->ssl,
	    wire_version(min)) != 1)
		return false;
	return max == 0 || SSL_CTX_set_max_proto_version(context->ssl,
	    wire_version(max)) == 1;
}

/* no_passphrase - nobody is there to be asked */
static int
no_passphrase(char *to, int size, int writing, void *arg)
{
	(void)to;
	(void)size;
	(void)writing;
	*(bool *)arg = true;
	return -1;
}

/* file_reason - the first error that the library left, in our words */
static const char *
file_reason(bool encrypted)
{
	unsigned long error = ERR_peek_error();
	int reason = ERR_GET_REASON(error);

	if (encrypted)
		return "it is encrypted, and there is nobody to ask for the "
		    "passphrase";
	if (ERR_GET_LIB(error) == ERR_LIB_SYS)
		return strerror(reason);
	if (ERR_GET_LIB(error) == ERR_LIB_PEM && reason == PEM_R_NO_START_LINE)
		return "it holds none in PEM";
	if (ERR_GET_LIB(error) == ERR_LIB_X509 &&
	    (reason == X509_R_KEY_VALUES_MISMATCH ||
	    reason == X509_R_KEY_TYPE_MISMATCH))
		return "it does not belong to the certificate";
	if (ERR_GET_LIB(error) == ERR_LIB_SSL &&
	    (reason == SSL_R_EE_KEY_TOO_SMALL ||
	    reason == SSL_R_CA_KEY_TOO_SMALL || reason == SSL_R_CA_MD_TOO_WEAK))
		return "it is too weak for the security level of this host";
	return "it cannot be read";
}

static bool
refuse_file(struct buf *why, const char *option, const char *path,
    bool encrypted)
{
	(void)buf_fmt(why, "%s=%s: %s", option, path, file_reason(encrypted));
	ERR_clear_error();
	return false;
}

static bool
use_certificate(struct tls_context *context, const struct tls_config *config,
    struct buf *why)
{
	const char *key = config->client_key != NULL ? config->client_key :
	    config->client_cert;
	const char *option = config->client_key != NULL ? "--client-key" :
	    "the key in --client-cert";
	bool encrypted = false, done;

	ERR_clear_error();
	SSL_CTX_set_default_passwd_cb(context->ssl, no_passphrase);
	SSL_CTX_set_default_passwd_cb_userdata(context->ssl, &encrypted);
	if (SSL_CTX_use_certificate_chain_file(context->ssl,
	    config->client_cert) != 1)
		return refuse_file(why, "--client-cert", config->client_cert,
		    encrypted);
	done = SSL_CTX_use_PrivateKey_file(context->ssl, key,
	    SSL_FILETYPE_PEM) == 1 &&
	    SSL_CTX_check_private_key(context->ssl) == 1;
	if (!done)
		(void)refuse_file(why, option, key, encrypted);
	SSL_CTX_set_default_passwd_cb_userdata(context->ssl, NULL);
	context->has_cert = done;
	return done;
}

static void
set_verification(struct tls_context *context, int64_t now)
{
	X509_VERIFY_PARAM_set_time(SSL_CTX_get0_param(context->ssl),
	    (time_t)now);
	SSL_CTX_set_verify(context->ssl, SSL_VERIFY_PEER, NULL);
	SSL_CTX_set_cert_verify_callback(context->ssl, tls_verify_chain, NULL);
}

/* oldest - TLS 1.0 and 1.1 sign with both digests as one, which a library may have left out */
static int
oldest(void)
{
	EVP_MD *both = EVP_MD_fetch(NULL, "MD5-SHA1", NULL);
	bool has = both != NULL;

	EVP_MD_free(both);
	ERR_clear_error();
#ifdef OPENSSL_NO_TLS1
#ifdef OPENSSL_NO_TLS1_1
	has = false;
#endif
	return has ? 11 : 12;
#else
	return has ? 10 : 12;
#endif
}

/* set_lenient - whatever this library can still do, but for ciphers without a certificate, which would show none */
static bool
set_lenient(struct tls_context *context, enum cause *cause, struct buf *why)
{
	*cause = CAUSE_INTERNAL_ERROR;
	context->oldest = oldest();
	if (set_versions(context, context->oldest, 0)) {
		SSL_CTX_set_security_level(context->ssl, 0);
		if (SSL_CTX_set_cipher_list(context->ssl,
		    "ALL:!aNULL:@SECLEVEL=0") == 1)
			return true;
	}
	(void)buf_str(why, "the TLS library here cannot be set up without "
	    "its usual policy");
	return false;
}

static bool
fill(struct tls_context *context, const struct tls_config *config,
    enum cause *cause, struct buf *why)
{
	*cause = CAUSE_INTERNAL_ERROR;
	library_begin();
	context->ssl = SSL_CTX_new(TLS_client_method());
	if (context->ssl == NULL) {
		(void)buf_str(why, "the TLS library cannot be set up");
		return false;
	}
	context->keep_der = config->keep_der;
	context->strength = SSL_CTX_get_security_level(context->ssl);
	(void)SSL_CTX_set_options(context->ssl, SSL_OP_NO_RENEGOTIATION |
	    SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
	(void)SSL_CTX_set_mode(context->ssl, SSL_MODE_RELEASE_BUFFERS);
	(void)SSL_CTX_set_session_cache_mode(context->ssl, SSL_SESS_CACHE_OFF);
	set_verification(context, config->now);
	if (config->verify && !config->lenient) {
		context->trust = trust_new(SSL_CTX_get_cert_store(context->ssl),
		    config->ca_file, config->ca_path, cause, why);
		if (context->trust == NULL)
			return false;
	}
	if (config->lenient)
		return set_lenient(context, cause, why);
	*cause = CAUSE_USAGE_OPTION;
	if (!set_versions(context, config->min, config->max)) {
		(void)buf_str(why, "the TLS library here does not have the "
		    "versions asked for by --tls-min and --tls-max");
		return false;
	}
	return config->client_cert == NULL ||
	    use_certificate(context, config, why);
}

struct tls_context *
tls_context_new(const struct tls_config *config, enum cause *cause,
    struct buf *why)
{
	struct tls_context *context = calloc(1, sizeof(*context));

	if (context == NULL) {
		*cause = CAUSE_INTERNAL_ERROR;
		(void)buf_str(why, strerror(ENOMEM));
		return NULL;
	}
	if (!fill(context, config, cause, why)) {
		tls_context_free(context);
		return NULL;
	}
	*cause = CAUSE_NONE;
	return context;
}

void
tls_context_free(struct tls_context *context)
{
	if (context == NULL)
		return;
	SSL_CTX_free(context->ssl);
	trust_free(context->trust);
	free(context);
}
