/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_list - the certificates of a target, as a short table and as facts
 */
#include <string.h>

#include "base/when.h"
#include "judge/cert_words.h"
#include "plugin/cert_list.h"
#include "report/line.h"

#define DAY	86400.0

enum { SUBJECT, ISSUER, ENDS, KEY, COLUMNS };

/* entry - the nth certificate and where it stands */
struct entry {
	const struct cert_facts	*cert;
	bool			 sent;
	size_t			 position;	/* among those sent */
	bool			 used;		/* on the path */
	size_t			 depth;		/* there */
	bool			 anchor;
	bool			 stray;		/* there is a path, and it is not on it */
};

static bool
find(const struct cert_facts *list, size_t n, const struct cert_facts *cert,
    size_t *at)
{
	for (*at = 0; *at < n; (*at)++)
		if (strcmp(list[*at].sha256, cert->sha256) == 0)
			return true;
	return false;
}

/* next - *n counts through those sent and then the path; false at the end */
static bool
next(const struct tls_facts *f, size_t *n, struct entry *e)
{
	size_t at;

	memset(e, 0, sizeof(*e));
	if (*n < f->nsent) {
		e->cert = &f->sent[*n];
		e->sent = true;
		e->position = (*n)++;
		e->used = find(f->path, f->npath, e->cert, &e->depth);
		e->anchor = e->used && f->path[e->depth].anchor;
		e->stray = !e->used && f->npath > 0;
		return true;
	}
	for (; *n - f->nsent < f->npath; (*n)++) {
		e->depth = *n - f->nsent;
		e->cert = &f->path[e->depth];
		if (find(f->sent, f->nsent, e->cert, &at))
			continue;
		e->used = true;
		e->anchor = e->cert->anchor;
		(*n)++;
		return true;
	}
	return false;
}

/* columns - of text on a screen: a character takes one, whatever its bytes */
static size_t
columns(struct span s)
{
	size_t i, n = 0;

	for (i = 0; i < s.len; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

/* cell - what stands in a column; at most CERT_LIST_CELL bytes */
static void
cell(struct buf *out, const struct entry *e, unsigned column, int64_t now)
{
	const struct cert_facts *c = e->cert;
	int64_t left = c->not_after - now;

	if (column == SUBJECT) {
		cert_words_limited(out, *c->subject_cn != '\0' ?
		    c->subject_cn : *c->subject != '\0' ? c->subject :
		    c->serial, CERT_LIST_CELL);
	} else if (column == ISSUER) {
		cert_words_limited(out, c->self_issued ? "itself" :
		    c->issuer_cn, CERT_LIST_CELL);
	} else if (column == ENDS) {
		when_write(out, c->not_after);
		(void)buf_str(out, left < 0 ? ", over" : ", in ");
		if (left >= 0)
			when_write_span(out, (double)left);
	} else {
		cert_words_limited(out, c->key, CERT_LIST_CELL);
		if (c->key_kind == CERT_KEY_RSA ||
		    c->key_kind == CERT_KEY_RSA_PSS ||
		    c->key_kind == CERT_KEY_DSA)
			(void)buf_fmt(out, " %u", c->bits);
	}
}

static void
measure(const struct tls_facts *facts, int64_t now, size_t width[COLUMNS])
{
	size_t n = 0, lines = 0, wide;
	struct buf text;
	struct entry e;
	unsigned i;

	while (lines++ < CERT_LIST_MAX && next(facts, &n, &e))
		for (i = 0; i < KEY; i++) {
			buf_init(&text, 4 * CERT_LIST_CELL);
			cell(&text, &e, i, now);
			wide = columns(buf_span(&text));
			if (wide > width[i])
				width[i] = wide;
			buf_free(&text);
		}
}

static void
line(struct buf *out, const struct entry *e, int64_t now,
    const size_t width[COLUMNS])
{
	struct buf text;
	size_t wide;
	unsigned i;

	if (e->sent)
		(void)buf_fmt(out, "%2zu", e->position);
	else
		(void)buf_str(out, " -");
	for (i = 0; i < COLUMNS; i++) {
		buf_init(&text, 4 * CERT_LIST_CELL);
		cell(&text, e, i, now);
		wide = columns(buf_span(&text));
		(void)buf_str(out, "  ");
		(void)buf_span_add(out, buf_span(&text));
		for (; wide < width[i]; wide++)
			(void)buf_char(out, ' ');
		out->nomem = out->nomem || text.nomem;
		buf_free(&text);
	}
	(void)buf_str(out, e->anchor ? "  trusted\n" : e->stray ?
	    "  not on the path\n" : "\n");
}

void
cert_list_table(struct buf *out, const char *name,
    const struct tls_facts *facts, int64_t now)
{
	size_t width[COLUMNS] = { 0 }, n = 0, lines = 0, more = 0;
	struct entry e;

	measure(facts, now, width);
	while (next(facts, &n, &e)) {
		if (lines == CERT_LIST_MAX) {
			more++;
			continue;
		}
		if (name != NULL && lines == 0) {
			line_word(out, "chain");
			(void)buf_fmt(out, "%s\n", name);
		}
		line_word(out, name == NULL && lines == 0 ? "chain" : "");
		line(out, &e, now, width);
		lines++;
	}
	if (more + facts->more_sent == 0)
		return;
	line_word(out, "");
	(void)buf_fmt(out, "and %zu more\n", more + facts->more_sent);
}

static void
moment(struct json *j, const char *key, int64_t when)
{
	struct buf text;

	buf_init(&text, 64);
	when_write_iso(&text, when);
	json_string(j, key, buf_cstr(&text));
	buf_free(&text);
}

static void
number(struct json *j, const char *key, bool known, size_t value)
{
	if (known)
		json_uint(j, key, value);
	else
		json_null(j, key);
}

/* usages - the names of RFC 5280 section 4.2.1.3 */
static void
usages(struct json *j, const struct cert_facts *c)
{
	static const char *const names[] = {
		"digitalSignature", "nonRepudiation", "keyEncipherment",
		"dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign"
	};
	size_t i;

	json_array(j, "key_usage");
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((c->usage >> i & 1) != 0)
			json_string(j, NULL, names[i]);
	json_array_end(j);
	if (c->has_purposes)
		json_bool(j, "server_auth", c->for_servers || c->for_all);
	else
		json_null(j, "server_auth");
}

/* key - what it is, and what it was made with */
static void
key(struct json *j, const struct cert_facts *c)
{
	json_string(j, "key", c->key);
	number(j, "bits", c->bits > 0, c->bits);
	if (c->exponent > 0)
		json_uint(j, "exponent", c->exponent);
	else
		json_null(j, "exponent");
	json_string(j, "signature", c->signature);
}

static void
object(struct json *j, const char *target, const struct entry *e, int64_t now)
{
	const struct cert_facts *c = e->cert;
	size_t i;

	json_object(j, NULL);
	json_string(j, "target", target);
	number(j, "position", e->sent, e->position);
	number(j, "depth", e->used, e->depth);
	json_bool(j, "trusted", e->anchor);
	json_string(j, "subject", c->subject);
	json_string(j, "issuer", c->issuer);
	json_string(j, "serial", c->serial);
	number(j, "version", c->version > 0, c->version);
	moment(j, "not_before", c->not_before);
	moment(j, "not_after", c->not_after);
	json_number(j, "days", (double)(c->not_after - now) / DAY);
	key(j, c);
	json_bool(j, "ca", c->is_ca);
	number(j, "path_length", c->path_length >= 0, (size_t)c->path_length);
	usages(j, c);
	json_array(j, "names");
	for (i = 0; i < c->nnames; i++)
		json_string(j, NULL, c->names[i]);
	json_array_end(j);
	json_uint(j, "more_names", c->more_names);
	if (c->issuer_url != NULL)
		json_string(j, "issuer_url", c->issuer_url);
	else
		json_null(j, "issuer_url");
	json_string(j, "sha256", c->sha256);
	json_string(j, "spki_sha256", c->spki_sha256);
	json_object_end(j);
}

void
cert_list_json(struct json *j, const char *target,
    const struct tls_facts *facts, int64_t now)
{
	struct entry e;
	size_t n = 0;

	while (next(facts, &n, &e))
		object(j, target, &e, now);
}
