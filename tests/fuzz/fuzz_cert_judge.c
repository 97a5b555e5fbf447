/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_cert_judge - pins as they are written, and all judges of certificates
 * over facts that no certificate has together
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "judge/cert.h"
#include "judge/cert_life.h"
#include "judge/differs.h"
#include "judge/hygiene.h"
#include "judge/interceptors.h"
#include "judge/pins.h"
#include "judge/stale.h"

enum { CERTS = 6, TEXT = 48 };

/* what is left of the input; zeros behind its end */
struct source {
	const uint8_t	*p;
	size_t		 len;
};

static uint64_t
take(struct source *s, unsigned bytes)
{
	uint64_t n = 0;

	for (; bytes > 0; bytes--) {
		n = n << 8 | (s->len > 0 ? *s->p : 0U);
		s->p += s->len > 0;
		s->len -= s->len > 0;
	}
	return n;
}

/* words - of printable characters; of the same few lengths as names have */
static char *
words(struct source *s, char text[TEXT])
{
	size_t i, n = take(s, 1) % (TEXT - 1);

	for (i = 0; i < n; i++)
		text[i] = (char)(' ' + take(s, 1) % 95);
	text[n] = '\0';
	return text;
}

static void
make(struct source *s, struct cert_facts *c, char text[6][TEXT])
{
	memset(c, 0, sizeof(*c));
	c->subject = words(s, text[0]);
	c->subject_cn = c->subject;
	c->issuer = words(s, text[1]);
	c->issuer_cn = c->issuer;
	c->issuer_org = words(s, text[2]);
	c->serial = words(s, text[3]);
	c->key = words(s, text[4]);
	c->signature = c->key;
	c->names[0] = words(s, text[5]);
	c->nnames = take(s, 1) % 2;
	c->more_names = take(s, 1) % 2;
	/* no certificate has a year beyond 9999 */
	c->not_before = (int64_t)(take(s, 5) % 253402300800);
	c->not_after = (int64_t)(take(s, 5) % 253402300800);
	c->bits = (unsigned)take(s, 2);
	c->version = (uint8_t)take(s, 1);
	c->serial_octets = (uint8_t)take(s, 1);
	c->key_kind = (uint8_t)(take(s, 1) % (CERT_KEY_ED448 + 1));
	c->digest = (uint8_t)(take(s, 1) % (CERT_DIGEST_SHA512 + 1));
	c->exponent = take(s, 8);
	c->self_issued = take(s, 1) % 2 != 0;
	c->anchor = take(s, 1) % 2 != 0;
	c->has_purposes = take(s, 1) % 2 != 0;
	c->sha256[0] = (char)('a' + take(s, 1) % 4);
	memset(c->spki_sha256, 'a' + (int)(take(s, 1) % 8), 64);
}

/* look - no sentence breaks its cap, and none is empty */
static void
look(struct sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->nfindings; i++)
		if (sheet->findings[i].sentence[0] == '\0' ||
		    strlen(sheet->findings[i].sentence) > SENTENCE_MAX)
			abort();
	if (sheet->nomem)
		abort();
	sheet_free(sheet);
}

/* parse - what is refused leaves the list alone, what is taken can be written again */
static void
parse(struct span text, struct pin_list *list)
{
	struct cert_facts c = { .bits = 0 };
	struct pin_list again = { .n = 0 };
	struct buf why, out;

	buf_init(&why, SENTENCE_MAX);
	buf_init(&out, SENTENCE_MAX);
	list->n = 0;
	if (pins_add(list, text, &why) != (list->n > 0) ||
	    (list->n == 0) != (why.len > 0))
		abort();
	if (list->n > 0 && list->rows[0].key) {
		memcpy(c.spki_sha256, list->rows[0].hex, PIN_HEX);
		pins_write_key(&out, &c);
		if (!pins_add(&again, buf_span(&out), &why) ||
		    strcmp(again.rows[0].hex, list->rows[0].hex) != 0)
			abort();
	}
	buf_free(&why);
	buf_free(&out);
}

static void
judge(struct tls_facts *facts, const struct pin_list *pins, int64_t now)
{
	struct cert_moment moment = { .now = now };
	struct sheet sheet = { 0 };
	struct differs_seen seen[CERTS];
	struct buf note;
	size_t i;
	bool match;

	buf_init(&note, SENTENCE_MAX);
	(void)cert_judge(&sheet, facts, &moment, "h:993");
	hygiene_judge(&sheet, facts, CERT_POLICY_PUBLIC, "h:993");
	match = pins_judge(&sheet, pins, facts, "h:993");
	(void)interceptors_judge(&sheet, facts, !match, "h:993");
	if (cert_life_measure(&sheet, facts, now))
		cert_life_judge(&sheet, facts, now, NULL, 0, "h:993");
	for (i = 0; i < facts->nsent; i++) {
		struct stale_file file = { "f", &facts->sent[i], now - 9999 };

		(void)stale_judge(&sheet, facts, &file, now, STALE_GRACE,
		    "h:993", &note);
		seen[i] = (struct differs_seen){ "h", "", "h:993",
		    &facts->sent[i] };
	}
	differs_judge(&sheet, seen, facts->nsent);
	buf_free(&note);
	look(&sheet);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct cert_facts sent[CERTS], path[CERTS];
	static char text[2 * CERTS][6][TEXT];
	static struct pin_list pins;
	struct source s = { data, size };
	struct tls_facts facts = { .verified = true, .sent = sent,
		.path = path };
	size_t i;

	parse((struct span){ (const char *)data, size }, &pins);
	facts.nsent = take(&s, 1) % (CERTS + 1);
	facts.npath = take(&s, 1) % (CERTS + 1);
	facts.dh_bits = (unsigned)take(&s, 2);
	facts.anchor_local = take(&s, 1) % 2 != 0;
	facts.ntroubles = take(&s, 1) % 3;
	for (i = 0; i < facts.ntroubles; i++) {
		facts.troubles[i].kind =
		    (enum cert_problem)(take(&s, 1) % (CERT_WEAK + 1));
		facts.troubles[i].depth = (int)take(&s, 1);
	}
	for (i = 0; i < facts.nsent; i++)
		make(&s, &sent[i], text[i]);
	for (i = 0; i < facts.npath; i++)
		make(&s, &path[i], text[CERTS + i]);
	judge(&facts, &pins, (int64_t)(take(&s, 5) % 253402300800));
	return 0;
}
