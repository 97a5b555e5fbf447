/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pins - keys and certificates that are known beforehand
 */
#include <string.h>

#include "base/base64.h"
#include "judge/cert_words.h"
#include "judge/pins.h"

enum { DIGEST_BYTES = 32 };

static const char key_mark[] = "sha256//";
static const char cert_mark[] = "cert-sha256:";
static const char digits[] = "0123456789abcdef";

static int
digit(char c)
{
	const char *at;

	if (c >= 'A' && c <= 'F')
		c = (char)(c - 'A' + 'a');
	at = c != '\0' ? strchr(digits, c) : NULL;
	return at != NULL ? (int)(at - digits) : -1;
}

static bool
parse_key(struct span s, struct pin *pin)
{
	struct buf bytes;
	const char *p;
	size_t i;
	bool ok;

	buf_init(&bytes, DIGEST_BYTES);
	ok = base64_decode(&bytes, s) && bytes.len == DIGEST_BYTES;
	p = buf_span(&bytes).p;
	for (i = 0; ok && i < DIGEST_BYTES; i++) {
		pin->hex[2 * i] = digits[(unsigned char)p[i] >> 4];
		pin->hex[2 * i + 1] = digits[p[i] & 15];
	}
	buf_free(&bytes);
	pin->hex[2 * DIGEST_BYTES] = '\0';
	pin->key = true;
	return ok;
}

/* parse_cert - a colon may stand between two bytes, as openssl x509 -fingerprint writes them */
static bool
parse_cert(struct span s, struct pin *pin)
{
	size_t i, n = 0;
	int value;

	for (i = 0; i < s.len; i++) {
		if (s.p[i] == ':' && n > 0 && n % 2 == 0 &&
		    s.p[i - 1] != ':' && i + 1 < s.len)
			continue;
		value = digit(s.p[i]);
		if (value < 0 || n == 2 * DIGEST_BYTES)
			return false;
		pin->hex[n++] = digits[value];
	}
	pin->hex[n] = '\0';
	pin->key = false;
	return n == 2 * DIGEST_BYTES;
}

static bool
parse_one(struct span s, struct pin *pin)
{
	if (span_begins(s, key_mark))
		return parse_key((struct span){ s.p + strlen(key_mark),
		    s.len - strlen(key_mark) }, pin);
	if (span_begins(s, cert_mark))
		return parse_cert((struct span){ s.p + strlen(cert_mark),
		    s.len - strlen(cert_mark) }, pin);
	return false;
}

/* cut - what stands before the next ";"; *more is set where there was one */
static struct span
cut(struct span *s, bool *more)
{
	const char *end = s->len > 0 ? memchr(s->p, ';', s->len) : NULL;
	struct span one = { s->p, end != NULL ? (size_t)(end - s->p) :
	    s->len };

	*more = end != NULL;
	s->p += end != NULL ? one.len + 1 : one.len;
	s->len -= end != NULL ? one.len + 1 : one.len;
	return one;
}

bool
pins_add(struct pin_list *list, struct span s, struct buf *why)
{
	size_t n = list->n;
	bool more;

	do {
		if (n == PINS_MAX) {
			(void)buf_fmt(why, "at most %d of them", PINS_MAX);
			return false;
		}
		if (!parse_one(cut(&s, &more), &list->rows[n++])) {
			(void)buf_str(why, "sha256//BASE64 of a key or "
			    "cert-sha256:HEX of a certificate, of 32 bytes, "
			    "several with ; between");
			return false;
		}
	} while (more);
	list->n = n;
	return true;
}

static bool
is_pinned(const struct pin_list *pins, const struct cert_facts *c)
{
	size_t i;

	for (i = 0; i < pins->n; i++)
		if (strcmp(pins->rows[i].hex, pins->rows[i].key ?
		    c->spki_sha256 : c->sha256) == 0)
			return true;
	return false;
}

bool
pins_match(const struct pin_list *pins, const struct tls_facts *facts)
{
	const struct cert_facts *c;
	size_t i;

	if (pins->n == 0 || tls_facts_cert(facts, 0) == NULL)
		return true;
	for (i = 0; (c = tls_facts_cert(facts, i)) != NULL; i++)
		if (is_pinned(pins, c))
			return true;
	return false;
}

void
pins_write_key(struct buf *out, const struct cert_facts *c)
{
	char bytes[DIGEST_BYTES];
	size_t i;

	for (i = 0; i < DIGEST_BYTES; i++) {
		int high = digit(c->spki_sha256[2 * i]);
		int low = high < 0 ? -1 : digit(c->spki_sha256[2 * i + 1]);

		if (low < 0)
			return;
		bytes[i] = (char)(high << 4 | low);
	}
	(void)buf_str(out, key_mark);
	base64_encode(out, (struct span){ bytes, sizeof(bytes) });
}

bool
pins_judge(struct sheet *sheet, const struct pin_list *pins,
    const struct tls_facts *facts, const char *whom)
{
	const struct cert_facts *leaf = tls_facts_cert(facts, 0);
	struct buf detail;

	if (pins_match(pins, facts))
		return true;
	buf_init(&detail, SENTENCE_MAX);
	cert_words_name(&detail, leaf);
	(void)buf_str(&detail, ", issued by ");
	cert_words_limited(&detail, leaf->issuer_cn, CERT_NAME_SHOWN);
	(void)buf_str(&detail, ", has the key ");
	pins_write_key(&detail, leaf);
	(void)buf_fmt(&detail, " and the SHA-256 digest %s", leaf->sha256);
	(void)sheet_find(sheet, CAUSE_CERT_MISMATCH, STAGE_TLS,
	    buf_cstr(&detail), "%s presents no certificate that is pinned "
	    "(%zu pin%s)", whom, pins->n, pins->n == 1 ? "" : "s");
	sheet->nomem = sheet->nomem || detail.nomem;
	buf_free(&detail);
	return false;
}
