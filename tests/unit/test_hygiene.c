/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_hygiene - each rule at its edge, and who it is about
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/hygiene.h"

#define LEAF	"mail.example.org"

/* spoil - one thing at a time; each stands for a rule */
static void rsa_1024(struct cert_facts *c) { c->bits = 1024; }
static void rsa_2047(struct cert_facts *c) { c->bits = 2047; }
static void rsa_unread(struct cert_facts *c) { c->bits = 0; }
static void
ec(struct cert_facts *c, const char *name, unsigned bits, bool usual)
{
	c->key_kind = CERT_KEY_EC;
	c->key = text(name);
	c->bits = bits;
	c->usual_curve = usual;
	c->exponent = 0;
}
static void p256(struct cert_facts *c) { ec(c, "EC P-256", 256, true); }
static void p224(struct cert_facts *c) { ec(c, "EC P-224", 224, false); }
static void k256(struct cert_facts *c) { ec(c, "EC secp256k1", 256, false); }
static void
ed25519(struct cert_facts *c)
{
	ec(c, "Ed25519", 256, false);
	c->key_kind = CERT_KEY_ED25519;
	c->digest = CERT_DIGEST_NONE;
}
static void
dsa(struct cert_facts *c)
{
	c->key_kind = CERT_KEY_DSA;
	c->exponent = 0;
}
static void md5(struct cert_facts *c) { c->digest = CERT_DIGEST_MD5; }
static void sha1(struct cert_facts *c) { c->digest = CERT_DIGEST_SHA1; }
static void sha224(struct cert_facts *c) { c->digest = CERT_DIGEST_SHA224; }
static void exponent_1(struct cert_facts *c) { c->exponent = 1; }
static void exponent_3(struct cert_facts *c) { c->exponent = 3; }
static void
exponent_even(struct cert_facts *c)
{
	c->exponent = 65538;
	c->exponent_even = true;
}
static void exponent_big(struct cert_facts *c) { c->exponent = UINT64_MAX; }
static void version_1(struct cert_facts *c) { c->version = 1; }
static void serial_0(struct cert_facts *c) { c->serial_zero = true; }
static void serial_minus(struct cert_facts *c) { c->serial_negative = true; }
static void serial_7(struct cert_facts *c) { c->serial_octets = 7; }
static void serial_8(struct cert_facts *c) { c->serial_octets = 8; }
static void serial_20(struct cert_facts *c) { c->serial_octets = 20; }
static void serial_21(struct cert_facts *c) { c->serial_octets = 21; }
static void
serial_old(struct cert_facts *c)
{
	c->serial_octets = 1;
	c->not_before = 1475193599;	/* the second before the rule */
	c->not_after = c->not_before + 90 * SAMPLE_DAY;
}
static void no_names(struct cert_facts *c) { c->nnames = 0; }
static void
not_kept(struct cert_facts *c)
{
	c->names[0] = text("a.example.org");
	c->more_names = 1;
}
static void other_name(struct cert_facts *c) { c->names[0] = text("b"); }
static void no_cn(struct cert_facts *c) { c->subject_cn = text(""); }
static void
upper(struct cert_facts *c)
{
	c->names[0] = text("MAIL.example.ORG");
}
static void
address(struct cert_facts *c)
{
	c->subject_cn = text("2001:DB8:0::1");
	c->names[0] = text("2001:db8::1");
}
static void no_eku(struct cert_facts *c) { c->has_purposes = false; }
static void clients(struct cert_facts *c) { c->for_servers = false; }
static void any(struct cert_facts *c) { c->for_all = true; }

static const struct {
	void		(*spoil)(struct cert_facts *);
	const char	*open;		/* of the sentence under the public policy; NULL none */
	const char	*hidden;	/* and under the private one */
} rows[] = {
	{ rsa_1024, "presents a weak certificate: RSA key of 1024 bits, at "
	    "least 2048 are needed (BR 6.1.5)", "weak certificate: RSA key" },
	{ rsa_2047, "RSA key of 2047 bits", "RSA key of 2047 bits" },
	{ rsa_unread, NULL, NULL },
	{ p256, NULL, NULL },
	{ p224, "a weak certificate: EC key of 224 bits, at least 256",
	    "EC key of 224 bits" },
	{ k256, "presents a certificate against the rules of public CAs: key "
	    "of the kind EC secp256k1, where RSA", NULL },
	{ ed25519, "key of the kind Ed25519", NULL },
	{ dsa, "DSA key of 2048 bits", "DSA key of 2048 bits" },
	{ md5, "signed with MD5", "signed with MD5" },
	{ sha1, "signed with SHA-1", "signed with SHA-1" },
	{ sha224, NULL, NULL },
	{ exponent_1, "RSA exponent that is 1", "RSA exponent that is 1" },
	{ exponent_3, "public CAs: RSA exponent 3, at least 65537", NULL },
	{ exponent_even, "RSA exponent that is even", "that is even" },
	{ exponent_big, NULL, NULL },
	{ version_1, "version 1, 3 is needed", NULL },
	{ serial_0, "serial number that is 0", NULL },
	{ serial_minus, "serial number that is negative", NULL },
	{ serial_7, "serial number of 7 octets, too short", NULL },
	{ serial_8, NULL, NULL },
	{ serial_20, NULL, NULL },
	{ serial_21, "serial number of 21 octets, at most 20", NULL },
	{ serial_old, NULL, NULL },
	{ no_names, "no alternative names", NULL },
	{ not_kept, NULL, NULL },
	{ other_name, "CN=" LEAF " is none of its alternative names", NULL },
	{ no_cn, NULL, NULL },
	{ upper, NULL, NULL },
	{ address, NULL, NULL },
	{ no_eku, "no extended key usage", NULL },
	{ clients, "extended key usage without serverAuth", NULL },
	{ any, "extended key usage for any purpose", NULL }
};

static void
judged(const struct tls_facts *facts, enum cert_policy policy,
    const char *want, size_t row)
{
	struct sheet sheet = { 0 };
	const char *got;

	hygiene_judge(&sheet, facts, policy, "h:993");
	got = sheet.nfindings > 0 ? sheet.findings[0].sentence : NULL;
	if ((want == NULL) != (got == NULL) || sheet.nfindings > 1 ||
	    (want != NULL && strstr(got, want) == NULL)) {
		print_error("row %zu, policy %d: got %s, want %s\n", row,
		    policy, got != NULL ? got : "-",
		    want != NULL ? want : "-");
		fail();
	}
	if (got != NULL) {
		assert_int_equal(sheet.findings[0].cause, CAUSE_CERT_WEAK);
		assert_int_equal(sheet.findings[0].stage, STAGE_TLS);
	}
	assert_false(sheet.nomem);
	sheet_free(&sheet);
}

static void
test_rules(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct cert_facts leaf = sample(LEAF, "Sub");
		struct tls_facts facts = { .sent = &leaf, .nsent = 1 };

		rows[i].spoil(&leaf);
		judged(&facts, CERT_POLICY_PUBLIC, rows[i].open, i);
		judged(&facts, CERT_POLICY_PRIVATE, rows[i].hidden, i);
	}
}

/* by the date of issue; whole days, and one second more */
static const struct { int64_t issued; unsigned days; } limits[] = {
	{ 1519862399, 0 },		/* 2018-02-28 23:59:59 */
	{ 1519862400, 825 },		/* 2018-03-01 */
	{ 1598918399, 825 },
	{ 1598918400, 398 },		/* 2020-09-01 */
	{ 1773532799, 398 },
	{ 1773532800, 200 },		/* 2026-03-15 */
	{ 1805068799, 200 },
	{ 1805068800, 100 },		/* 2027-03-15 */
	{ 1868227199, 100 },
	{ 1868227200, 47 }		/* 2029-03-15 */
};

static void
test_lifetimes(void **state)
{
	struct cert_facts leaf = sample(LEAF, "Sub");
	struct tls_facts facts = { .path = &leaf, .npath = 1 };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(limits) / sizeof(limits[0]); i++) {
		unsigned days = limits[i].days;

		assert_int_equal(hygiene_lifetime_max(limits[i].issued), days);
		leaf.not_before = limits[i].issued;
		leaf.not_after = leaf.not_before - 1 + SAMPLE_DAY *
		    (int64_t)(days > 0 ? days : 3650);
		judged(&facts, CERT_POLICY_PUBLIC, NULL, i);
		leaf.not_after++;
		judged(&facts, CERT_POLICY_PUBLIC, days > 0 ? "lifetime of " :
		    NULL, i);
		judged(&facts, CERT_POLICY_PRIVATE, NULL, i);
	}
	leaf.not_before = 1598918400;
	leaf.not_after = leaf.not_before + 398 * SAMPLE_DAY;
	judged(&facts, CERT_POLICY_PUBLIC, "h:993 presents a certificate "
	    "against the rules of public CAs: lifetime of 399 days, at most "
	    "398 are allowed for one that was issued 2020-09-01 00:00:00 UTC "
	    "(BR 6.3.2)", 0);
}

/* what counts in whom: leaf, intermediate, root */
static const struct {
	void		(*spoil)(struct cert_facts *);
	const char	*want[3];	/* how the sentence begins; NULL none */
} roles[] = {
	{ rsa_1024, { "h:993 presents a weak certificate: ",
	    "h:993 sends a weak intermediate: ",
	    "h:993 leads to a weak root: " } },
	{ sha1, { "h:993 presents a weak certificate: ",
	    "h:993 sends a weak intermediate: ", NULL } },
	{ version_1, { "h:993 presents a certificate against",
	    "h:993 sends an intermediate against the rules of public CAs: ",
	    NULL } },
	{ serial_7, { "h:993 presents", "h:993 sends", NULL } },
	{ no_eku, { "h:993 presents", NULL, NULL } },
	{ no_names, { "h:993 presents", NULL, NULL } }
};

static void
test_roles(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		for (k = 0; k < 3; k++) {
			struct cert_facts path[3] = { sample(LEAF, "Sub"),
			    sample("Sub", "Top"), sample("Top", "Top") };
			struct tls_facts facts = { .path = path, .npath = 3 };

			roles[i].spoil(&path[k]);
			judged(&facts, CERT_POLICY_PUBLIC, roles[i].want[k],
			    i * 10 + k);
			/* an anchor is one, whoever issued it */
			path[2].self_issued = false;
			path[2].anchor = true;
			judged(&facts, CERT_POLICY_PUBLIC, roles[i].want[k],
			    i * 10 + k);
		}
}

static void
test_several(void **state)
{
	struct cert_facts leaf = sample(LEAF, "Sub");
	struct tls_facts facts = { .sent = &leaf, .nsent = 1 };
	struct sheet sheet = { 0 };

	(void)state;
	rsa_1024(&leaf);
	sha1(&leaf);
	no_names(&leaf);
	facts.dh_bits = 1024;
	hygiene_judge(&sheet, &facts, CERT_POLICY_PUBLIC, "h:993");
	assert_int_equal(sheet.nfindings, 2);
	assert_string_equal(sheet.findings[0].detail, "CN=" LEAF ": RSA key "
	    "of 1024 bits, at least 2048 are needed (BR 6.1.5); signed with "
	    "SHA-1, which can be forged (BR 7.1.3.2); no alternative names "
	    "(BR 7.1.2.7.12)");
	assert_string_equal(sheet.findings[1].sentence, "h:993 agrees on keys "
	    "in a Diffie-Hellman group of 1024 bits, at least 2048 are needed "
	    "(RFC 9325 section 4.5)");
	sheet_free(&sheet);
	facts.dh_bits = 2048;
	hygiene_judge(&sheet, &facts, CERT_POLICY_PRIVATE, "h:993");
	assert_int_equal(sheet.nfindings, 1);
	sheet_free(&sheet);
	facts.nsent = 0;
	hygiene_judge(&sheet, &facts, CERT_POLICY_PUBLIC, "h:993");
	assert_int_equal(sheet.nfindings, 0);
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_lifetimes),
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_several)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
