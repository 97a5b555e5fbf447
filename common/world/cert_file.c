/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_file - a chain of certificates out of a file
 */
#include <openssl/err.h>
#include <openssl/pem.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "world/cert_file.h"
#include "world/cert_path.h"
#include "world/tls_parts.h"

/* read_pem - all certificates of a bundle; NULL with what is wrong in `why` */
static STACK_OF(X509) *
read_pem(const char *path, struct buf *why)
{
	STACK_OF(X509) *all = sk_X509_new_null();
	BIO *file = BIO_new_file(path, "r");
	X509 *cert;

	if (file == NULL)
		buf_str(why, strerror(errno));
	while (file != NULL && all != NULL &&
	    sk_X509_num(all) < CERT_FILE_CERTS &&
	    (cert = PEM_read_bio_X509(file, NULL, NULL, NULL)) != NULL)
		if (sk_X509_push(all, cert) == 0)
			X509_free(cert);
	if (file != NULL && sk_X509_num(all) == 0)
		buf_str(why, "it holds no certificate");
	BIO_free(file);
	ERR_clear_error();
	if (sk_X509_num(all) > 0)
		return all;
	sk_X509_free(all);
	return NULL;
}

struct tls_facts *
cert_file_judge(struct tls_context *context, const struct cert_file_wish *wish,
    enum cause *cause, struct buf *why)
{
	struct cert_quest quest = {
		.store = SSL_CTX_get_cert_store(context->ssl),
		.trust = context->trust, .name = wish->name, .now = wish->now,
		.strength = context->strength
	};
	struct tls_facts *facts = calloc(1, sizeof(*facts));

	*cause = CAUSE_USAGE_OPTION;
	quest.sent = read_pem(wish->path, why);
	if (quest.sent != NULL && facts != NULL &&
	    cert_path_ask(facts, &quest)) {
		sk_X509_pop_free(quest.sent, X509_free);
		return facts;
	}
	if (facts == NULL || quest.sent != NULL) {
		*cause = CAUSE_INTERNAL_ERROR;
		buf_str(why, strerror(ENOMEM));
	}
	sk_X509_pop_free(quest.sent, X509_free);
	if (facts != NULL)
		tls_facts_free(facts);
	free(facts);
	return NULL;
}
