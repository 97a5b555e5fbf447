/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hygiene - is a certificate made as it should be, trusted or not
 */
#include <string.h>

#include "base/address.h"
#include "base/when.h"
#include "judge/cert_words.h"
#include "judge/hygiene.h"

enum { DAY = 24 * 60 * 60 };

/* who a rule is about */
enum role { LEAF = 1 << 0, SUB = 1 << 1, ROOT = 1 << 2 };

/* BR 6.3.2, by the date of issue, the latest first */
static const struct {
	int64_t		from;
	unsigned	days;
} lifetimes[] = {
	{ INT64_C(1868227200), 47 },	/* 2029-03-15 */
	{ INT64_C(1805068800), 100 },	/* 2027-03-15 */
	{ INT64_C(1773532800), 200 },	/* 2026-03-15 */
	{ INT64_C(1598918400), 398 },	/* 2020-09-01 */
	{ INT64_C(1519862400), 825 }	/* 2018-03-01 */
};

/* since 2016-09-30 serial numbers have to be random (BR 7.1.2) */
#define RANDOM_SERIALS	INT64_C(1475193600)

unsigned
hygiene_lifetime_max(int64_t issued)
{
	size_t i;

	for (i = 0; i < sizeof(lifetimes) / sizeof(lifetimes[0]); i++)
		if (issued >= lifetimes[i].from)
			return lifetimes[i].days;
	return 0;
}

static bool
is_rsa(const struct cert_facts *c)
{
	return c->key_kind == CERT_KEY_RSA || c->key_kind == CERT_KEY_RSA_PSS;
}

static bool
small_key(const struct cert_facts *c, struct buf *why)
{
	unsigned least = is_rsa(c) ? HYGIENE_RSA_BITS :
	    c->key_kind == CERT_KEY_EC ? HYGIENE_EC_BITS : 0;

	/* no bits: a key that the library cannot read */
	if (c->bits == 0 || c->bits >= least)
		return false;
	(void)buf_fmt(why, "%s key of %u bits, at least %u are needed "
	    "(BR 6.1.5)", is_rsa(c) ? "RSA" : "EC", c->bits, least);
	return true;
}

static bool
dsa_key(const struct cert_facts *c, struct buf *why)
{
	if (c->key_kind != CERT_KEY_DSA)
		return false;
	(void)buf_fmt(why, "DSA key of %u bits, clients take none any more "
	    "(BR 6.1.5)", c->bits);
	return true;
}

static bool
old_digest(const struct cert_facts *c, struct buf *why)
{
	const char *name = c->digest == CERT_DIGEST_MD2 ? "MD2" :
	    c->digest == CERT_DIGEST_MD4 ? "MD4" :
	    c->digest == CERT_DIGEST_MD5 ? "MD5" :
	    c->digest == CERT_DIGEST_SHA1 ? "SHA-1" : NULL;

	if (name == NULL)
		return false;
	(void)buf_fmt(why, "signed with %s, which can be forged (BR 7.1.3.2)",
	    name);
	return true;
}

/* broken_exponent - no RSA exponent is even, and 1 encrypts nothing */
static bool
broken_exponent(const struct cert_facts *c, struct buf *why)
{
	if (!is_rsa(c) || c->exponent == 0 ||
	    (c->exponent != 1 && !c->exponent_even))
		return false;
	(void)buf_fmt(why, "RSA exponent that is %s (BR 6.1.6)",
	    c->exponent_even ? "even" : "1");
	return true;
}

static bool
small_exponent(const struct cert_facts *c, struct buf *why)
{
	if (!is_rsa(c) || c->exponent <= 1 || c->exponent_even ||
	    c->exponent >= HYGIENE_EXPONENT)
		return false;
	(void)buf_fmt(why, "RSA exponent %u, at least %u is asked for "
	    "(BR 6.1.6)", (unsigned)c->exponent, (unsigned)HYGIENE_EXPONENT);
	return true;
}

/* unusual_key - public CAs certify RSA keys and three curves */
static bool
unusual_key(const struct cert_facts *c, struct buf *why)
{
	if (c->key_kind == CERT_KEY_RSA || c->key_kind == CERT_KEY_DSA ||
	    (c->key_kind == CERT_KEY_EC &&
	    (c->usual_curve || c->bits < HYGIENE_EC_BITS)))
		return false;
	(void)buf_str(why, "key of the kind ");
	cert_words_limited(why, c->key, CERT_NAME_SHOWN / 2);
	(void)buf_str(why, ", where RSA, P-256, P-384 and P-521 are allowed "
	    "(BR 6.1.5)");
	return true;
}

static bool
old_version(const struct cert_facts *c, struct buf *why)
{
	if (c->version == 3)
		return false;
	(void)buf_fmt(why, "version %u, 3 is needed (RFC 5280 section "
	    "4.1.2.1, BR 7.1.1)", c->version);
	return true;
}

static bool
odd_serial(const struct cert_facts *c, struct buf *why)
{
	if (c->serial_negative || c->serial_zero)
		(void)buf_fmt(why, "serial number that is %s (RFC 5280 "
		    "section 4.1.2.2)", c->serial_zero ? "0" : "negative");
	else if (c->serial_octets > HYGIENE_SERIAL_MAX)
		(void)buf_fmt(why, "serial number of %u octets, at most %u "
		    "are allowed (RFC 5280 section 4.1.2.2)",
		    c->serial_octets, (unsigned)HYGIENE_SERIAL_MAX);
	else if (c->serial_octets < HYGIENE_SERIAL_MIN &&
	    c->not_before >= RANDOM_SERIALS)
		(void)buf_fmt(why, "serial number of %u octets, too short for "
		    "64 random bits (BR 7.1.2)", c->serial_octets);
	else
		return false;
	return true;
}

/* long_life - both ends belong to the validity (RFC 5280 section 4.1.2.5), and a second more than so many days is a day more (BR 6.3.2) */
static bool
long_life(const struct cert_facts *c, struct buf *why)
{
	unsigned max = hygiene_lifetime_max(c->not_before);
	int64_t life = c->not_after - c->not_before + 1;

	if (max == 0 || life <= (int64_t)max * DAY)
		return false;
	(void)buf_fmt(why, "lifetime of %lld days, at most %u are allowed for "
	    "one that was issued ", (long long)((life + DAY - 1) / DAY), max);
	when_write(why, c->not_before);
	(void)buf_str(why, " (BR 6.3.2)");
	return true;
}

static bool
no_names(const struct cert_facts *c, struct buf *why)
{
	if (c->nnames > 0 || c->more_names > 0)
		return false;
	(void)buf_str(why, "no alternative names (BR 7.1.2.7.12)");
	return true;
}

static bool
same_name(const char *a, const char *b)
{
	struct address x, y;

	return span_is(span_of(a), b) || (address_parse(span_of(a), &x) &&
	    address_parse(span_of(b), &y) && address_same(&x, &y));
}

/* stray_name - of names that were not kept nothing is said */
static bool
stray_name(const struct cert_facts *c, struct buf *why)
{
	size_t i;

	if (*c->subject_cn == '\0' || c->nnames == 0 || c->more_names > 0)
		return false;
	for (i = 0; i < c->nnames; i++)
		if (same_name(c->names[i], c->subject_cn))
			return false;
	(void)buf_str(why, "CN=");
	cert_words_limited(why, c->subject_cn, CERT_NAME_SHOWN / 2);
	(void)buf_str(why, " is none of its alternative names (BR 7.1.4.3)");
	return true;
}

static bool
other_purposes(const struct cert_facts *c, struct buf *why)
{
	if (c->has_purposes && c->for_servers && !c->for_all)
		return false;
	(void)buf_fmt(why, "%s (BR 7.1.2.7.10)", !c->has_purposes ?
	    "no extended key usage" : c->for_all ?
	    "extended key usage for any purpose" :
	    "extended key usage without serverAuth");
	return true;
}

static const struct {
	unsigned	roles;
	bool		weak;	/* counts under every policy */
	bool		(*broken)(const struct cert_facts *, struct buf *);
} rules[] = {
	{ LEAF | SUB | ROOT, true, small_key },
	{ LEAF | SUB | ROOT, true, dsa_key },
	/* nobody relies on the signature of a root */
	{ LEAF | SUB, true, old_digest },
	{ LEAF | SUB | ROOT, true, broken_exponent },
	{ LEAF | SUB, false, small_exponent },
	{ LEAF | SUB, false, unusual_key },
	{ LEAF | SUB, false, old_version },
	{ LEAF | SUB, false, odd_serial },
	{ LEAF, false, long_life },
	{ LEAF, false, no_names },
	{ LEAF, false, stray_name },
	{ LEAF, false, other_purposes }
};

static enum role
role_of(const struct cert_facts *c, size_t depth)
{
	if (depth == 0)
		return LEAF;
	return c->anchor || c->self_issued ? ROOT : SUB;
}

/* gather - all that is against the rules; true if some of it is weak */
static bool
gather(const struct cert_facts *c, enum role role, enum cert_policy policy,
    struct buf *all)
{
	bool weak = false;
	struct buf why;
	size_t i;

	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if ((rules[i].roles & (unsigned)role) == 0 ||
		    (policy == CERT_POLICY_PRIVATE && !rules[i].weak))
			continue;
		buf_init(&why, SENTENCE_MAX);
		if (rules[i].broken(c, &why)) {
			weak = weak || rules[i].weak;
			(void)buf_fmt(all, "%s%s", all->len > 0 ? "; " : "",
			    buf_cstr(&why));
		}
		all->nomem = all->nomem || why.nomem;
		buf_free(&why);
	}
	return weak;
}

static void
judge_one(struct sheet *sheet, const struct cert_facts *c, enum role role,
    enum cert_policy policy, const char *whom)
{
	static const char *const begins[] = {
		[LEAF] = "presents", [SUB] = "sends", [ROOT] = "leads to"
	};
	static const char *const nouns[] = {
		[LEAF] = "certificate", [SUB] = "intermediate", [ROOT] = "root"
	};
	struct buf all, detail;
	bool weak;

	buf_init(&all, SENTENCE_MAX);
	buf_init(&detail, SENTENCE_MAX);
	weak = gather(c, role, policy, &all);
	cert_words_name(&detail, c);
	(void)buf_fmt(&detail, ": %s", buf_cstr(&all));
	if (all.len > 0)
		(void)sheet_find(sheet, CAUSE_CERT_WEAK, STAGE_TLS,
		    buf_cstr(&detail), weak ? "%s %s a weak %s: %s" :
		    "%s %s %s against the rules of public CAs: %s", whom,
		    begins[role], weak ? nouns[role] : role == SUB ?
		    "an intermediate" : "a certificate", buf_cstr(&all));
	sheet->nomem = sheet->nomem || all.nomem || detail.nomem;
	buf_free(&all);
	buf_free(&detail);
}

void
hygiene_judge(struct sheet *sheet, const struct tls_facts *facts,
    enum cert_policy policy, const char *whom)
{
	const struct cert_facts *c;
	size_t i;

	for (i = 0; (c = tls_facts_cert(facts, i)) != NULL; i++)
		judge_one(sheet, c, role_of(c, i), policy, whom);
	if (facts->dh_bits > 0 && facts->dh_bits < HYGIENE_DH_BITS)
		(void)sheet_find(sheet, CAUSE_CERT_WEAK, STAGE_TLS, NULL,
		    "%s agrees on keys in a Diffie-Hellman group of %u bits, "
		    "at least %u are needed (RFC 9325 section 4.5)", whom,
		    facts->dh_bits, (unsigned)HYGIENE_DH_BITS);
}
