/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert_path - which path is taken, what it is held to, and what it costs
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "forge.h"
#include "world/cert_search.h"
#include "world/clock.h"

enum {
	LIST = 8,
	MANY = 100,
	RING = 10,
	LONG_TIME = 1000000	/* microseconds */
};

struct row {
	const char	*name;
	struct forge	 sent[LIST];	/* until issuer is 0 */
	struct forge	 roots[LIST];
	enum cert_problem kind;		/* of the first trouble; CERT_OK none */
	int		 depth;
	const char	*rule;		/* that its words begin with; NULL any */
	size_t		 npath;		/* 0: any */
};

#define LEAF(i)		{ .subject = FORGE_LEAF, .issuer = i }
#define CA(s, i)	{ .subject = s, .issuer = i }
#define OLD(s, i)	{ .subject = s, .issuer = i, .begins = -9, .ends = -1 }
#define NEW(s, i)	{ .subject = s, .issuer = i, .begins = 2, .ends = 9 }
#define FALSE(s, i)	{ .subject = s, .issuer = i, .signer = 40 }
#define CLOSED(s, i)	{ .subject = s, .issuer = i, \
	.limits = "critical,excluded;DNS:example.test" }

static const struct row rows[] = {
	{ "straight", { LEAF(1), CA(1, 2) }, { CA(2, 2) },
	    CERT_OK, 0, NULL, 3 },
	{ "an expired cross-sign beside a good one",
	    { LEAF(1), OLD(1, 3), CA(1, 2) }, { CA(2, 2), CA(3, 3) },
	    CERT_OK, 0, NULL, 3 },
	{ "name constraints on the way that is built first",
	    { LEAF(1), CA(1, 2), CLOSED(2, 4), CA(1, 3) },
	    { CA(3, 3), CA(4, 4) }, CERT_OK, 0, NULL, 3 },
	{ "the same, in the other order",
	    { LEAF(1), CA(1, 3), CA(1, 2), CLOSED(2, 4) },
	    { CA(4, 4), CA(3, 3) }, CERT_OK, 0, NULL, 3 },
	{ "a namesake with another key",
	    { LEAF(1), { .subject = 1, .issuer = 2, .key = 41 }, CA(1, 2) },
	    { CA(2, 2) }, CERT_OK, 0, NULL, 3 },
	{ "a forged cross-sign beside a good one",
	    { LEAF(1), FALSE(1, 2), CA(1, 3), CA(3, 4) },
	    { CA(2, 2), CA(4, 4) }, CERT_OK, 0, NULL, 4 },
	{ "two steps back",
	    { LEAF(1), CA(1, 2), CA(2, 3), OLD(3, 5), CA(1, 4), CA(4, 6) },
	    { CA(5, 5), CA(6, 6) }, CERT_OK, 0, NULL, 4 },
	{ "a ring of cross-signs, and a way out",
	    { LEAF(1), CA(1, 2), CA(2, 3), CA(3, 1), CA(3, 4) },
	    { CA(4, 4) }, CERT_OK, 0, NULL, 5 },
	{ "a ring without a way out",
	    { LEAF(1), CA(1, 2), CA(2, 3), CA(3, 1) },
	    { CA(4, 4) }, CERT_ISSUER_MISSING, -1, NULL, 0 },
	{ "path lengths on one way alone",
	    { LEAF(1), CA(1, 2), { .subject = 2, .issuer = 4,
	    .path_length = "0" }, CA(2, 3) }, { CA(3, 3), CA(4, 4) },
	    CERT_OK, 0, NULL, 4 },
	/* nothing is good: the way to a root is told, not the dead end */
	{ "expired to a root, or nowhere",
	    { LEAF(1), CA(1, 5), OLD(1, 2) }, { CA(2, 2) },
	    CERT_EXPIRED, 1, NULL, 3 },
	{ "the fewest troubles",
	    { LEAF(1), OLD(1, 2), OLD(2, 4), OLD(1, 3) },
	    { CA(3, 3), CA(4, 4) }, CERT_EXPIRED, 1, NULL, 3 },
	{ "not yet valid", { LEAF(1), NEW(1, 2) }, { CA(2, 2) },
	    CERT_NOT_YET_VALID, 1, NULL, 3 },
	{ "an intermediate that is missing",
	    { LEAF(1) }, { CA(2, 2) }, CERT_ISSUER_MISSING, 0, NULL, 1 },
	{ "an intermediate that is trusted",
	    { LEAF(1) }, { CA(1, 2) }, CERT_OK, 0, NULL, 2 },
	{ "a forged signature", { LEAF(1), FALSE(1, 2) }, { CA(2, 2) },
	    CERT_BROKEN_RULE, 1, "its signature", 3 },
	{ "an intermediate that is none", { LEAF(1), { .subject = 1,
	    .issuer = 2, .no_ca = true } }, { CA(2, 2) },
	    CERT_BROKEN_RULE, 1, "it certifies others", 3 },
	{ "a root without basic constraints", { LEAF(1) }, { { .subject = 1,
	    .issuer = 1, .no_ca = true } },
	    CERT_BROKEN_RULE, 1, "it certifies others", 2 },
	{ "a key usage of a CA", { { .subject = FORGE_LEAF, .issuer = 1,
	    .uses = "critical,digitalSignature,keyCertSign" } },
	    { CA(1, 1) }, CERT_BROKEN_RULE, 0,
	    "it is no CA certificate, and its key usage", 2 },
	{ "a wildcard around a constraint", { { .subject = FORGE_LEAF,
	    .issuer = 1, .names = "DNS:*.example.test" }, { .subject = 1,
	    .issuer = 2, .limits = "critical,excluded;DNS:mail.example.test" }
	    }, { CA(2, 2) }, CERT_BROKEN_RULE, 0, "a CA above", 3 },
	{ "a wildcard beside a constraint", { { .subject = FORGE_LEAF,
	    .issuer = 1, .names = "DNS:*.example.test" }, { .subject = 1,
	    .issuer = 2, .limits =
	    "critical,excluded;DNS:a.mail.example.test" } }, { CA(2, 2) },
	    CERT_OK, 0, NULL, 3 },
	{ "a name that is none, under a constraint", { { .subject =
	    FORGE_LEAF, .issuer = 1, .names =
	    "DNS:mail.example.test,DNS:.example.test" }, { .subject = 1,
	    .issuer = 2, .limits = "critical,permitted;DNS:example.test" } },
	    { CA(2, 2) }, CERT_BROKEN_RULE, 0, "one of its names", 3 },
	{ "a name that is none, where nothing limits names", { { .subject =
	    FORGE_LEAF, .issuer = 1, .names =
	    "DNS:mail.example.test,DNS:.example.test" } }, { CA(1, 1) },
	    CERT_OK, 0, NULL, 2 },
	{ "constraints in a leaf", { { .subject = FORGE_LEAF, .issuer = 1,
	    .limits = "permitted;DNS:example.test" } }, { CA(1, 1) },
	    CERT_BROKEN_RULE, 0, "it is no CA certificate and", 2 }
};

static size_t
forge_all(const struct forge *from, X509 *to[LIST])
{
	size_t n;

	for (n = 0; n < LIST && from[n].issuer != 0; n++)
		to[n] = forge(&from[n]);
	return n;
}

static void
free_all(X509 **list, size_t n)
{
	while (n > 0)
		X509_free(list[--n]);
}

static void
check_facts(const struct row *row, const struct tls_facts *facts)
{
	const struct cert_trouble *first = &facts->troubles[0];

	if ((row->kind == CERT_OK) == (facts->ntroubles == 0) &&
	    (row->kind == CERT_OK || (first->kind == row->kind &&
	    (row->depth < 0 || first->depth == row->depth))) &&
	    (row->rule == NULL || strncmp(first->rule, row->rule,
	    strlen(row->rule)) == 0) &&
	    (row->npath == 0 || facts->npath == row->npath))
		return;
	print_error("%s: %zu troubles, kind %d at %d (%s), path of %zu\n",
	    row->name, facts->ntroubles, (int)first->kind, first->depth,
	    first->rule, facts->npath);
	fail();
}

static void
test_paths(void **state)
{
	X509 *sent[LIST], *roots[LIST];
	struct tls_facts facts;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct forge_case c = { .sent = sent, .roots = roots };

		c.nsent = forge_all(rows[i].sent, sent);
		c.nroots = forge_all(rows[i].roots, roots);
		forge_judge(&c, &facts);
		check_facts(&rows[i], &facts);
		assert_int_equal(facts.nsent, c.nsent);
		tls_facts_free(&facts);
		free_all(sent, c.nsent);
		free_all(roots, c.nroots);
	}
}

/* the last second counts: RFC 5280 section 4.1.2.5 */
static void
test_last_second(void **state)
{
	static const struct forge leaf = LEAF(1), ca = CA(1, 1);
	X509 *sent[1] = { forge(&leaf) }, *roots[1] = { forge(&ca) };
	struct forge_case c = { .sent = sent, .nsent = 1, .roots = roots,
		.nroots = 1 };
	const int64_t begin = FORGE_NOW - (int64_t)10 * FORGE_DAY;
	const int64_t end = FORGE_NOW + (int64_t)90 * FORGE_DAY;
	const struct {
		int64_t			now;
		enum cert_problem	kind;
	} moments[] = {
		{ begin - 1, CERT_NOT_YET_VALID }, { begin, CERT_OK },
		{ end, CERT_OK }, { end + 1, CERT_EXPIRED }
	};
	struct tls_facts facts;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(moments) / sizeof(moments[0]); i++) {
		c.now = moments[i].now;
		forge_judge(&c, &facts);
		assert_int_equal(facts.ntroubles > 0,
		    moments[i].kind != CERT_OK);
		assert_int_equal(facts.troubles[0].kind, moments[i].kind);
		tls_facts_free(&facts);
	}
	free_all(sent, 1);
	free_all(roots, 1);
}

/* a server's own certificate that is trusted is no matter of rules */
static void
test_trusted_leaf(void **state)
{
	static const struct forge self = { .subject = 1, .issuer = 1,
		.uses = "critical,keyCertSign,digitalSignature" };
	X509 *sent[1] = { forge(&self) };
	struct forge_case c = { .sent = sent, .nsent = 1, .roots = sent,
		.nroots = 1, .name = "" };
	struct tls_facts facts;

	(void)state;
	forge_judge(&c, &facts);
	assert_int_equal(facts.ntroubles, 0);
	assert_int_equal(facts.npath, 1);
	assert_true(facts.path[0].anchor);
	tls_facts_free(&facts);
	free_all(sent, 1);
}

/* judge_many - in less than a second; the number of troubles */
static size_t
judge_many(X509 **sent, size_t n, X509 **roots, size_t nroots)
{
	struct forge_case c = { .sent = sent, .nsent = n, .roots = roots,
		.nroots = nroots };
	struct tls_facts facts;
	int64_t begin = clock_now();
	size_t troubles;

	forge_judge(&c, &facts);
	assert_true(clock_now() - begin < LONG_TIME);
	troubles = facts.ntroubles;
	tls_facts_free(&facts);
	free_all(sent, n);
	return troubles;
}

/* every CA of a ring has certified every other: more paths than anybody counts */
static size_t
ring(X509 *sent[1 + RING * RING], bool out)
{
	struct forge f = LEAF(1);
	size_t n = 0;
	int i, j;

	sent[n++] = forge(&f);
	for (i = 1; i <= RING; i++)
		for (j = 1; j <= RING; j++) {
			f = (struct forge){ .subject = i, .issuer = j };
			if (i != j)
				sent[n++] = forge(&f);
		}
	f = (struct forge){ .subject = RING, .issuer = RING + 1,
		.signer = out ? 0 : 40 };
	sent[n++] = forge(&f);
	return n;
}

static void
test_rings(void **state)
{
	static const struct forge root = CA(RING + 1, RING + 1);
	X509 *sent[2 + RING * RING], *roots[1] = { forge(&root) };
	size_t n;

	(void)state;
	n = ring(sent, true);
	assert_int_equal(judge_many(sent, n, roots, 1), 0);
	n = ring(sent, false);
	assert_true(judge_many(sent, n, roots, 1) > 0);
	free_all(roots, 1);
}

/* issuers of one name, of which the last alone has signed */
static void
test_namesakes(void **state)
{
	static const struct forge leaf = LEAF(1), root = CA(2, 2);
	X509 *sent[MANY], *roots[1] = { forge(&root) };
	struct forge f = CA(1, 2);
	size_t n;

	(void)state;
	sent[0] = forge(&leaf);
	for (n = 1; n < MANY; n++) {
		f.key = n + 1 < MANY ? 3 + (int)n % 32 : 0;
		sent[n] = forge(&f);
	}
	assert_int_equal(judge_many(sent, MANY, roots, 1), 0);
	free_all(roots, 1);
}

/* a certificate that certifies itself, again and again */
static void
test_same_ca(void **state)
{
	static const struct forge leaf = LEAF(1), self = CA(1, 1),
	    root = CA(2, 2);
	X509 *sent[MANY], *roots[1] = { forge(&root) };
	size_t n;

	(void)state;
	sent[0] = forge(&leaf);
	for (n = 1; n < MANY; n++)
		sent[n] = forge(&self);
	assert_true(judge_many(sent, MANY, roots, 1) > 0);
	free_all(roots, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_paths),
		cmocka_unit_test(test_last_second),
		cmocka_unit_test(test_trusted_leaf),
		cmocka_unit_test(test_rings),
		cmocka_unit_test(test_namesakes),
		cmocka_unit_test(test_same_ca)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
