/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl_gsasl - the challenge mechanisms over libgsasl (module "sasl")
 *
 * RFC 5802 section 7 (SCRAM), in the order of the three steps that we take:
 *	client-first-message = gs2-header client-first-message-bare
 *	server-first-message = [reserved-mext ","] nonce "," salt ","
 *	                       iteration-count ["," extensions]
 *	server-final-message = (server-error / verifier) ["," extensions]
 * The library is told nothing about TLS, so the gs2-header is "n,,": servers
 * that offer -PLUS take "y,," for an attack.
 */
#include <gsasl.h>

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/span.h"
#include "base/wipe.h"
#include "dialog/sasl.h"
#include "module/module.h"

enum {
	/* a server may not have us reckon past every deadline */
	SCRAM_ROUNDS_MAX = 600 * 1000,
	/* the step that hears the server-first-message, and the one after */
	SCRAM_FIRST = 2,
	SCRAM_FINAL = 3,
	DIGEST_FINAL = 2
};

struct mechanism {
	const char	*name;
	bool		 scram;
	unsigned	 proof;		/* step that hears the server's; 0 none */
};

struct exchange {
	Gsasl		*library;
	Gsasl_session	*session;
	const struct mechanism *mechanism;
	unsigned	 steps;
};

static const struct mechanism mechanisms[] = {
	{ "SCRAM-SHA-256", true, SCRAM_FINAL },
	{ "SCRAM-SHA-1", true, SCRAM_FINAL },
	{ "DIGEST-MD5", false, DIGEST_FINAL },
	{ "CRAM-MD5", false, 0 }
};

/* kept - what the library keeps in memory that it does not wipe */
static const Gsasl_property kept[] = {
	GSASL_PASSWORD, GSASL_SCRAM_SALTED_PASSWORD, GSASL_SCRAM_SERVERKEY,
	GSASL_SCRAM_STOREDKEY, GSASL_DIGEST_MD5_HASHED_PASSWORD
};

/* known - NULL if it is none of ours */
static const struct mechanism *
known(const char *name)
{
	size_t	i;

	for (i = 0; i < sizeof(mechanisms) / sizeof(mechanisms[0]); i++)
		if (span_is(span_of(name), mechanisms[i].name))
			return &mechanisms[i];
	return NULL;
}

/* set - a property from a span; false on a NUL inside, or out of memory */
static bool
set(struct exchange *exchange, Gsasl_property property, struct span value)
{
	char	*text;
	bool	 done;

	if (value.len > SASL_MESSAGE_MAX || (value.len > 0 &&
	    memchr(value.p, '\0', value.len) != NULL))
		return false;
	text = malloc(value.len + 1);
	if (text == NULL)
		return false;
	(void)span_copy(value, text, value.len + 1);
	done = gsasl_property_set(exchange->session, property, text) ==
	    GSASL_OK;
	wipe(text, value.len);
	free(text);
	return done;
}

static void
end(void *state)
{
	struct exchange	*exchange = state;
	const char	*value;
	size_t		 i;

	if (exchange == NULL)
		return;
	for (i = 0; exchange->session != NULL &&
	    i < sizeof(kept) / sizeof(kept[0]); i++) {
		value = gsasl_property_fast(exchange->session, kept[i]);
		/* const is what the library promises its other callers */
		if (value != NULL)
			wipe((void *)(uintptr_t)value, strlen(value));
	}
	if (exchange->session != NULL)
		gsasl_finish(exchange->session);
	if (exchange->library != NULL)
		gsasl_done(exchange->library);
	free(exchange);
}

static void *
start(const char *name, const char *service, const char *host,
    struct span user, struct span password)
{
	const struct mechanism	*mechanism = known(name);
	struct exchange		*exchange;

	if (mechanism == NULL)
		return NULL;
	exchange = calloc(1, sizeof(*exchange));
	if (exchange == NULL)
		return NULL;
	exchange->mechanism = mechanism;
	if (gsasl_init(&exchange->library) == GSASL_OK &&
	    gsasl_client_start(exchange->library, mechanism->name,
	    &exchange->session) == GSASL_OK &&
	    set(exchange, GSASL_SERVICE, span_of(service)) &&
	    set(exchange, GSASL_HOSTNAME, span_of(host)) &&
	    set(exchange, GSASL_AUTHID, user) &&
	    set(exchange, GSASL_PASSWORD, password))
		return exchange;
	end(exchange);
	return NULL;
}

/* next_field - cut the next part up to a comma off the front */
static struct span
next_field(struct span *rest)
{
	struct span	 field = *rest;
	const char	*comma = memchr(rest->p, ',', rest->len);

	if (comma == NULL) {
		rest->len = 0;
		return field;
	}
	field.len = (size_t)(comma - rest->p);
	rest->p += field.len + 1;
	rest->len -= field.len + 1;
	return field;
}

/* is_bearable - no more rounds than an honest server asks for */
static bool
is_bearable(struct span first)
{
	struct span	field;
	uint64_t	rounds;

	while (first.len > 0) {
		field = next_field(&first);
		if (field.len < 2 || memcmp(field.p, "i=", 2) != 0)
			continue;
		field.p += 2;
		field.len -= 2;
		if (!span_number(field, &rounds) || rounds > SCRAM_ROUNDS_MAX)
			return false;
	}
	return true;
}

/* judge - what the library's answer means at this step */
static enum sasl_result
judge(const struct exchange *exchange, int status)
{
	unsigned	proof = exchange->mechanism->proof;

	switch (status) {
	case GSASL_OK:
		return SASL_COMPLETE;
	case GSASL_NEEDS_MORE:
		return SASL_GO_ON;
	case GSASL_AUTHENTICATION_ERROR:
		return proof > 0 && exchange->steps >= proof ?
		    SASL_UNPROVEN : SASL_BAD_CHALLENGE;
	case GSASL_MECHANISM_PARSE_ERROR:
	case GSASL_MECHANISM_CALLED_TOO_MANY_TIMES:
	case GSASL_INTEGRITY_ERROR:
	case GSASL_BASE64_ERROR:
		return SASL_BAD_CHALLENGE;
	default:
		return SASL_FAILED;
	}
}

static enum sasl_result
step(void *state, struct span challenge, struct buf *out)
{
	struct exchange		*exchange = state;
	enum sasl_result	 result;
	char			*answer = NULL;
	size_t			 len = 0;
	bool			 scram = exchange->mechanism->scram;

	if (challenge.len > SASL_MESSAGE_MAX ||
	    ++exchange->steps > SASL_STEPS_MAX)
		return SASL_BAD_CHALLENGE;
	if (scram && exchange->steps == SCRAM_FIRST &&
	    !is_bearable(challenge))
		return SASL_BAD_CHALLENGE;
	/* a refusal in SCRAM's own words: the protocol's answer follows it */
	if (scram && exchange->steps == SCRAM_FINAL &&
	    span_begins(challenge, "e="))
		return SASL_GO_ON;
	result = judge(exchange, gsasl_step(exchange->session,
	    challenge.p == NULL ? "" : challenge.p, challenge.len, &answer,
	    &len));
	if ((result == SASL_GO_ON || result == SASL_COMPLETE) &&
	    !buf_add(out, answer, len))
		result = SASL_FAILED;
	if (answer != NULL)
		wipe(answer, len);
	gsasl_free(answer);
	return result;
}

static const struct sasl_functions functions = {
	.start = start,
	.step = step,
	.end = end
};

const struct module monitoring_plugins_mail_module = {
	.version = MODULE_VERSION,
	.name = "sasl",
	.functions = &functions
};
