/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert_rules - rules over traits and places, and names against constraints
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/cert_rules.h"

enum { PLACES = CERT_AT_TRUSTED_LEAF + 1 };

/* how many rules are broken at the places leaf, CA, anchor, trusted leaf */
static const struct {
	uint32_t	traits;
	unsigned	broken[PLACES];
} rows[] = {
	{ 0, { 0, 0, 0, 0 } },
	{ TRAIT_CA | TRAIT_MAY_SIGN, { 1, 0, 0, 0 } },
	{ TRAIT_CA, { 1, 0, 0, 0 } },
	{ TRAIT_CA | TRAIT_MAY_NOT_SIGN, { 1, 1, 1, 0 } },
	{ TRAIT_OLD | TRAIT_NO_CONSTRAINTS, { 1, 1, 0, 0 } },
	{ TRAIT_NO_CONSTRAINTS, { 0, 1, 1, 0 } },
	{ TRAIT_NO_CONSTRAINTS | TRAIT_MAY_SIGN, { 1, 1, 1, 0 } },
	{ TRAIT_SERIAL_NEGATIVE, { 1, 1, 1, 1 } },
	{ TRAIT_SERIAL_LONG, { 1, 1, 0, 0 } },
	{ TRAIT_NO_SUBJECT, { 0, 1, 1, 0 } },
	{ TRAIT_NO_SUBJECT | TRAIT_NAMES_LAX, { 1, 1, 1, 0 } },
	{ TRAIT_NAMES_LAX, { 0, 0, 0, 0 } },
	{ TRAIT_NO_ISSUER, { 1, 1, 1, 0 } },
	{ TRAIT_DSA, { 1, 1, 1, 0 } },
	{ TRAIT_CURVE_SPELT, { 1, 1, 1, 0 } },
	{ TRAIT_LIMITS_NAMES, { 1, 0, 0, 0 } },
	{ TRAIT_LIMITS_NAMES | TRAIT_LIMITS_NOTHING, { 2, 1, 1, 0 } },
	{ TRAIT_KEY_ID_CRITICAL, { 1, 1, 1, 0 } },
	{ TRAIT_TWICE | TRAIT_MALFORMED, { 2, 2, 2, 0 } }
};

static void
test_rules(void **state)
{
	const char *rule;
	unsigned place, n;
	size_t i, at;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (place = 0; place < PLACES; place++) {
			at = 0;
			n = 0;
			while ((rule = cert_rules_next(rows[i].traits,
			    (enum cert_place)place, &at)) != NULL) {
				assert_true(strlen(rule) < 128);
				n++;
			}
			if (n != rows[i].broken[place]) {
				print_error("row %zu at %u: %u\n", i, place, n);
				fail();
			}
		}
}

static void
test_wildcards(void **state)
{
	static const struct {
		const char	*name, *excluded;
		bool		 hits;
	} cases[] = {
		{ "*.example.org", "mail.example.org", true },
		{ "*.EXAMPLE.org", "mail.example.ORG", true },
		{ "*.example.org", "a.mail.example.org", false },
		{ "*.example.org", "example.org", false },
		{ "*.example.org", "xexample.org", false },
		{ "*.example.org", ".example.org", false },
		{ "mail.example.org", "mail.example.org", false },
		{ "*", "org", false }, { "*.", "org", false },
		{ "", "", false }, { "*.org", "", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (cert_rules_star_hits(span_of(cases[i].name),
		    span_of(cases[i].excluded)) != cases[i].hits) {
			print_error("%s, %s\n", cases[i].name,
			    cases[i].excluded);
			fail();
		}
}

static void
test_hosts(void **state)
{
	(void)state;
	assert_false(cert_rules_no_host(span_of("mail.example.org")));
	assert_false(cert_rules_no_host(span_of("mail.example.org.")));
	assert_false(cert_rules_no_host(span_of("foo_bar.example.org")));
	assert_false(cert_rules_no_host(span_of("*.example.org")));
	assert_true(cert_rules_no_host(span_of("")));
	assert_true(cert_rules_no_host(span_of(".example.org")));
	assert_true(cert_rules_no_host(span_of("a..example.org")));
	assert_true(cert_rules_no_host(span_of("a b")));
	assert_true(cert_rules_no_host(span_of("m\xc3\xbcller.example")));
	assert_true(cert_rules_no_host((struct span){ "a\0b", 3 }));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_wildcards),
		cmocka_unit_test(test_hosts)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
