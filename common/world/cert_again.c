/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_again - a chain that was judged already, judged once more
 */
#include <stdlib.h>
#include <string.h>

#include <openssl/err.h>

#include "report/sentence.h"
#include "world/cert_again.h"
#include "world/cert_der.h"
#include "world/cert_path.h"
#include "world/cert_pem.h"
#include "world/tls_parts.h"

/* add_file - what it holds, if anything; false without memory */
static bool
add_file(STACK_OF(X509) *to, struct span file)
{
	struct buf why;
	struct cert_bag bag = { .cause = CAUSE_NONE, .why = &why };
	X509 *x;
	bool done = true;
	int i;

	buf_init(&why, SENTENCE_MAX);
	done = cert_pem_is(file) ? cert_pem_read(&bag, file) :
	    cert_der_read(&bag, file);
	for (i = 0; done && to != NULL && i < sk_X509_num(bag.certs); i++) {
		x = sk_X509_value(bag.certs, i);
		if (X509_up_ref(x) != 1 || sk_X509_push(to, x) == 0)
			bag.cause = CAUSE_INTERNAL_ERROR;
	}
	done = to == NULL ? done : bag.cause != CAUSE_INTERNAL_ERROR;
	cert_bag_free(&bag);
	buf_free(&why);
	ERR_clear_error();
	return done;
}

bool
cert_again_holds(struct span file)
{
	return add_file(NULL, file);
}

/* unpack - what was sent, and then what came from elsewhere; false without memory */
static bool
unpack(const struct cert_again *again, STACK_OF(X509) *to)
{
	const struct tls_facts *facts = again->facts;
	const unsigned char *at;
	X509 *x;
	size_t i;

	for (i = 0; i < facts->nsent; i++) {
		at = facts->sent[i].der;
		x = at == NULL ? NULL : d2i_X509(NULL, &at,
		    (long)facts->sent[i].nder);
		if (x == NULL || sk_X509_push(to, x) == 0) {
			X509_free(x);
			return false;
		}
	}
	for (i = 0; i < again->nmore; i++)
		if (!add_file(to, again->more[i]))
			return false;
	return sk_X509_num(to) > 0;
}

struct tls_facts *
cert_again_judge(struct tls_context *context, const struct cert_again *again)
{
	struct tls_facts *facts = calloc(1, sizeof(*facts));
	STACK_OF(X509) *sent = sk_X509_new_null();
	struct cert_quest quest = {
		.sent = sent, .store = SSL_CTX_get_cert_store(context->ssl),
		.trust = context->trust, .now = again->now,
		.strength = context->strength, .name = again->facts->expected
	};
	bool done;

	done = facts != NULL && sent != NULL && unpack(again, sent) &&
	    cert_path_ask(facts, &quest);
	sk_X509_pop_free(sent, X509_free);
	ERR_clear_error();
	if (done)
		return facts;
	tls_facts_free(facts);
	free(facts);
	return NULL;
}
