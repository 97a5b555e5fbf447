/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * refused - what the server has that was refused here
 */
#include "base/when.h"
#include "judge/refused.h"

enum {
	WEAK_BITS = 2048,	/* of RSA and Diffie-Hellman: level 2 of OpenSSL, which is 112 bits of strength */
	VERSION_OLDEST = 10,
	VERSION_USUAL = 12	/* no check of ours refuses it unless told so */
};

/* cause_of - of a handshake that was refused here; CAUSE_NONE: it was not */
static enum cause
cause_of(const struct tls_facts *facts)
{
	if (facts->outcome == TLS_POLICY)
		return CAUSE_TLS_POLICY;
	/* a version that was told needs no second question */
	if (facts->outcome == TLS_VERSION && facts->server_version == 0)
		return CAUSE_TLS_VERSION;
	return CAUSE_NONE;
}

bool
refused_unclear(const struct sheet *sheet, const struct tls_facts *facts)
{
	enum cause cause = cause_of(facts);

	return cause != CAUSE_NONE && sheet_has(sheet, cause);
}

/* is_done - facts of a handshake that was cut off have no outcome yet */
static bool
is_done(const struct tls_facts *seen)
{
	return seen->outcome == TLS_DONE && *seen->version != '\0';
}

bool
refused_shown(const struct tls_facts *seen)
{
	return seen->server_version != 0;
}

/* agreed - "TLS 1.0 (ECDHE-RSA-AES128-SHA)" */
static void
agreed(struct buf *out, const struct tls_facts *seen)
{
	(void)buf_fmt(out, "TLS %d.%d", seen->server_version / 10,
	    seen->server_version % 10);
	if (is_done(seen))
		(void)buf_fmt(out, " (%s)", seen->cipher);
}

/* certificate - how long it lives is worth knowing for whoever puts it right */
static void
certificate(struct buf *out, const struct tls_facts *seen, int64_t now)
{
	const struct cert_facts *leaf = tls_facts_cert(seen, 0);
	int64_t left;

	if (leaf == NULL)
		return;
	left = leaf->not_after - now;
	(void)buf_str(out, left < 0 ? "; its certificate ended " :
	    "; its certificate, which was not verified, ends in ");
	when_write_span(out, (double)(left < 0 ? -left : left));
	if (left < 0)
		(void)buf_str(out, " ago");
}

static void
say_version(struct sheet *sheet, const struct tls_facts *seen, int64_t now)
{
	struct buf words, detail;

	buf_init(&words, SENTENCE_MAX);
	buf_init(&detail, SENTENCE_MAX);
	(void)buf_str(&words, "it speaks ");
	agreed(&words, seen);
	/* all versions were offered, and of those a server takes the newest */
	if (seen->server_version < VERSION_USUAL)
		(void)buf_str(&words, " and nothing newer");
	(void)buf_fmt(&detail, "%s", buf_cstr(&words));
	certificate(&detail, seen, now);
	sheet_say_more(sheet, CAUSE_TLS_VERSION, ": %s", buf_cstr(&words));
	sheet_detail(sheet, CAUSE_TLS_VERSION, "%s", buf_cstr(&detail));
	sheet->nomem = sheet->nomem || words.nomem || detail.nomem;
	buf_free(&words);
	buf_free(&detail);
}

static bool
is_weak_digest(uint8_t digest)
{
	return digest == CERT_DIGEST_SHA1 || digest == CERT_DIGEST_MD5 ||
	    digest == CERT_DIGEST_MD4 || digest == CERT_DIGEST_MD2;
}

static bool
is_short_key(const struct cert_facts *c)
{
	return (c->key_kind == CERT_KEY_RSA ||
	    c->key_kind == CERT_KEY_RSA_PSS ||
	    c->key_kind == CERT_KEY_DSA) && c->bits < WEAK_BITS;
}

/* weak_parts - what a usual security level refuses */
static void
weak_parts(struct buf *out, const struct tls_facts *seen)
{
	const struct cert_facts *c;
	size_t i;

	if (seen->dh_bits > 0 && seen->dh_bits < WEAK_BITS)
		(void)buf_fmt(out, ", its Diffie-Hellman group has %u bits",
		    seen->dh_bits);
	c = tls_facts_cert(seen, 0);
	if (c != NULL && is_short_key(c))
		(void)buf_fmt(out, ", its %s key has %u bits", c->key,
		    c->bits);
	for (i = 0; (c = tls_facts_cert(seen, i)) != NULL; i++)
		if (is_weak_digest(c->digest) && !c->self_issued) {
			(void)buf_fmt(out, ", %s is signed with %s", i == 0 ?
			    "its certificate" : "an intermediate of it",
			    c->signature);
			break;
		}
	if (span_is(span_of(seen->signed_with), "SHA1") ||
	    span_is(span_of(seen->signed_with), "MD5"))
		(void)buf_fmt(out, ", it signs the handshake with %s",
		    seen->signed_with);
}

/* all_parts - where nothing of it is weak by the usual measure, this host's is stricter */
static void
all_parts(struct buf *out, const struct tls_facts *seen)
{
	const struct cert_facts *leaf = tls_facts_cert(seen, 0);

	if (seen->dh_bits > 0)
		(void)buf_fmt(out, ", its Diffie-Hellman group has %u bits",
		    seen->dh_bits);
	else if (*seen->group != '\0')
		(void)buf_fmt(out, ", its group is %s", seen->group);
	if (leaf != NULL)
		(void)buf_fmt(out, ", its %s key has %u bits and its "
		    "certificate is signed with %s", leaf->key, leaf->bits,
		    leaf->signature);
	if (*seen->signed_with != '\0')
		(void)buf_fmt(out, ", it signs the handshake with %s",
		    seen->signed_with);
}

static void
say_policy(struct sheet *sheet, const struct tls_facts *seen, int64_t now)
{
	struct buf words, detail;

	buf_init(&words, SENTENCE_MAX);
	buf_init(&detail, SENTENCE_MAX);
	weak_parts(&words, seen);
	if (words.len == 0)
		all_parts(&words, seen);
	sheet_say_more(sheet, CAUSE_TLS_POLICY, "%s", buf_cstr(&words));
	(void)buf_str(&detail, "where nothing is refused it agrees on ");
	agreed(&detail, seen);
	(void)buf_fmt(&detail, "%s", buf_cstr(&words));
	certificate(&detail, seen, now);
	sheet_detail(sheet, CAUSE_TLS_POLICY, "%s", buf_cstr(&detail));
	sheet->nomem = sheet->nomem || words.nomem || detail.nomem;
	buf_free(&words);
	buf_free(&detail);
}

void
refused_judge(struct sheet *sheet, const struct tls_facts *seen, int64_t now)
{
	if (refused_shown(seen) && sheet_has(sheet, CAUSE_TLS_VERSION))
		say_version(sheet, seen, now);
	else if (is_done(seen))
		say_policy(sheet, seen, now);
	else if (seen->oldest > VERSION_OLDEST && !refused_shown(seen))
		sheet_say_more(sheet, CAUSE_TLS_VERSION, "; what it speaks "
		    "cannot be told, for the TLS library of this host begins "
		    "with TLS %d.%d", seen->oldest / 10, seen->oldest % 10);
}
