/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_cert_life - at the exact second: the defaults, shares, and who ends first
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/cert_life.h"

#define WHOM	"h:993"

enum { HOUR = 3600 };

/* a threshold as the options would read it */
static struct threshold
threshold(enum metric_id id, bool critical, const char *words)
{
	struct threshold t = { .id = id, .critical = critical };

	assert_true(range_parse(span_of(words), metric_unit(id), true, true,
	    &t.range));
	return t;
}

/* how bad is it with so many seconds left: 0, 1 warning, 2 critical */
static int
badness(int64_t whole, int64_t left, const char *warn, const char *crit)
{
	struct cert_facts leaf = sample("mail", "Sub");
	struct tls_facts facts = { .path = &leaf, .npath = 1 };
	struct threshold given[2];
	struct sheet sheet = { 0 };
	size_t n = 0;
	int bad;

	leaf.not_after = SAMPLE_NOW + left;
	leaf.not_before = leaf.not_after - whole + 1;
	if (warn != NULL)
		given[n++] = threshold(METRIC_DAYS, false, warn);
	if (crit != NULL)
		given[n++] = threshold(METRIC_DAYS, true, crit);
	assert_true(cert_life_measure(&sheet, &facts, SAMPLE_NOW));
	cert_life_judge(&sheet, &facts, SAMPLE_NOW, given, n, WHOM);
	/* the run applies the same thresholds later on, which is no news */
	threshold_apply(&sheet, given, n, NULL, WHOM);
	assert_true(sheet.nfindings <= 1);
	bad = sheet.nfindings == 0 ? 0 : sheet.findings[0].critical ? 2 : 1;
	if (bad > 0)
		assert_int_equal(sheet.findings[0].cause,
		    CAUSE_CERT_EXPIRING);
	sheet_free(&sheet);
	return bad;
}

/* so many seconds left are still enough, and one less is not */
static const struct {
	int64_t		 whole;		/* seconds of the lifetime */
	const char	*warn, *crit;	/* NULL: the default */
	int64_t		 warns, crits;	/* seconds that are still enough */
} edges[] = {
	{ 90 * SAMPLE_DAY, NULL, NULL, 21 * SAMPLE_DAY, 7 * SAMPLE_DAY },
	{ 398 * SAMPLE_DAY, NULL, NULL, 21 * SAMPLE_DAY, 7 * SAMPLE_DAY },
	{ 6 * SAMPLE_DAY, NULL, NULL, 36 * HOUR, 51840 },
	{ 160 * HOUR, NULL, NULL, 40 * HOUR, 16 * HOUR },
	{ 47 * SAMPLE_DAY, NULL, NULL, 1015200, 406080 },
	/* where a quarter is just 21 days, and a tenth just 7 */
	{ 84 * SAMPLE_DAY, NULL, NULL, 21 * SAMPLE_DAY, 7 * SAMPLE_DAY },
	{ 70 * SAMPLE_DAY, NULL, NULL, 1512000, 7 * SAMPLE_DAY },
	{ 90 * SAMPLE_DAY, "30", "10d", 30 * SAMPLE_DAY, 10 * SAMPLE_DAY },
	{ 90 * SAMPLE_DAY, "36h", "12h", 36 * HOUR, 12 * HOUR },
	{ 90 * SAMPLE_DAY, "25%", "10%", 1944000, 9 * SAMPLE_DAY },
	{ 90 * SAMPLE_DAY, "50%", NULL, 45 * SAMPLE_DAY, 7 * SAMPLE_DAY },
	{ 90 * SAMPLE_DAY, NULL, "1d", 21 * SAMPLE_DAY, SAMPLE_DAY }
};

static void
test_edges(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(edges) / sizeof(edges[0]); i++) {
		const char *w = edges[i].warn, *c = edges[i].crit;
		int64_t whole = edges[i].whole;
		int got = badness(whole, edges[i].warns, w, c) * 1000 +
		    badness(whole, edges[i].warns - 1, w, c) * 100 +
		    badness(whole, edges[i].crits, w, c) * 10 +
		    badness(whole, edges[i].crits - 1, w, c);

		if (got != 112) {
			print_error("row %zu: %04d\n", i, got);
			fail();
		}
	}
	/* switched off */
	assert_int_equal(badness(90 * SAMPLE_DAY, 0, "0:", "0:"), 0);
	assert_int_equal(badness(90 * SAMPLE_DAY, 0, "0:", NULL), 2);
}

static void
test_read(void **state)
{
	struct cert_facts c[3] = { sample("mail", "Sub"), sample("Sub", "Top"),
	    sample("Top", "Top") };
	struct tls_facts facts = { .path = c, .npath = 3 };
	struct cert_life life;

	(void)state;
	c[0].not_before = SAMPLE_NOW - 45 * SAMPLE_DAY;
	c[0].not_after = SAMPLE_NOW + 45 * SAMPLE_DAY - 1;
	assert_true(cert_life_read(&facts, SAMPLE_NOW, &life));
	assert_ptr_equal(life.first, &c[0]);
	assert_true(life.whole == 90 * SAMPLE_DAY &&
	    life.lifetime == 50);
	/* the first to end is not always the server's own */
	c[1].not_after = SAMPLE_NOW + SAMPLE_DAY;
	assert_true(cert_life_read(&facts, SAMPLE_NOW, &life));
	assert_ptr_equal(life.first, &c[1]);
	assert_int_equal(life.depth, 1);
	assert_true(life.days == 1 && life.lifetime == 50);
	assert_int_equal(life.whole, 90 * SAMPLE_DAY);
	/* of those sent when there is no path */
	facts = (struct tls_facts){ .sent = c, .nsent = 2 };
	assert_true(cert_life_read(&facts, SAMPLE_NOW, &life));
	assert_true(life.days == 1);
	/* past its end, before its begin, and upside down */
	assert_true(cert_life_read(&facts, c[0].not_after, &life));
	assert_true(life.lifetime > 0);
	assert_true(cert_life_read(&facts, c[0].not_after + 1, &life));
	assert_true(life.lifetime == 0 && life.days < 0);
	assert_true(cert_life_read(&facts, c[0].not_before - 9, &life));
	assert_true(life.lifetime == 100);
	c[0].not_after = c[0].not_before - 1;
	assert_true(cert_life_read(&facts, SAMPLE_NOW, &life));
	assert_true(life.lifetime == 0 && life.whole == 0);
	facts.nsent = 0;
	assert_false(cert_life_read(&facts, SAMPLE_NOW, &life));
}

/* days from now that leaf, intermediate, root and an extra end */
static const struct {
	int		 ends[4];
	const char	*want;		/* "cause: sentence" a line each */
} chains[] = {
	{ { 80, 800, 900, 900 }, "" },
	{ { 20, 800, 900, 900 }, "cert.expiring: " WHOM " presents a "
	    "certificate that expires in 20 days (warning threshold 21:)\n" },
	{ { 80, 6, 900, 900 }, "cert.expiring: " WHOM " presents a "
	    "certificate that expires in 6 days (critical threshold 7:): the "
	    "intermediate CN=Sub ends 2026-03-07 12:00:00 UTC\n" },
	{ { 5, 6, 20, 900 }, "cert.expiring: " WHOM " presents a certificate "
	    "that expires in 5 days (critical threshold 7:): the intermediate "
	    "CN=Sub ends 2026-03-07 12:00:00 UTC, the root CN=Top ends "
	    "2026-03-21 12:00:00 UTC\n" },
	{ { 80, 800, 900, 3 }, "cert.untidy: " WHOM " sends what is not needed "
	    "and ends soon: CN=Extra ends 2026-03-04 12:00:00 UTC\n" },
	/* what has ended is cert_tidy's to say */
	{ { 80, 800, 900, -3 }, "" }
};

static void
test_chains(void **state)
{
	size_t i, k;

	(void)state;
	for (i = 0; i < sizeof(chains) / sizeof(chains[0]); i++) {
		struct cert_facts sent[3] = { sample("mail", "Sub"),
		    sample("Sub", "Top"), sample("Extra", "Top") };
		struct cert_facts path[3];
		struct tls_facts facts = { .sent = sent, .nsent = 3,
		    .path = path, .npath = 3 };
		struct sheet sheet = { 0 };
		struct buf told;

		for (k = 0; k < 3; k++)
			sent[k].not_after = SAMPLE_NOW + SAMPLE_DAY *
			    chains[i].ends[k == 2 ? 3 : k];
		sent[0].not_before = sent[0].not_after - 90 * SAMPLE_DAY;
		memcpy(path, sent, sizeof(path));
		path[2] = sample("Top", "Top");
		path[2].anchor = true;
		path[2].not_after = SAMPLE_NOW + SAMPLE_DAY *
		    chains[i].ends[2];
		assert_true(cert_life_measure(&sheet, &facts, SAMPLE_NOW));
		cert_life_judge(&sheet, &facts, SAMPLE_NOW, NULL, 0, WHOM);
		buf_init(&told, 8192);
		for (k = 0; k < sheet.nfindings; k++)
			buf_fmt(&told, "%s: %s\n",
			    cause_info(sheet.findings[k].cause)->slug,
			    sheet.findings[k].sentence);
		if (strcmp(buf_cstr(&told), chains[i].want) != 0) {
			print_error("row %zu:\n got %s\nwant %s\n", i,
			    buf_cstr(&told), chains[i].want);
			fail();
		}
		buf_free(&told);
		sheet_free(&sheet);
	}
}

/* the metrics, with the lifetime as what a share is of */
static void
test_metrics(void **state)
{
	struct cert_facts leaf = sample("mail", "Sub");
	struct tls_facts facts = { .path = &leaf, .npath = 1 };
	struct threshold share = threshold(METRIC_LIFETIME, false, "95%");
	struct sheet sheet = { 0 };
	const struct metric *m;

	(void)state;
	assert_true(cert_life_measure(&sheet, &facts, SAMPLE_NOW));
	cert_life_judge(&sheet, &facts, SAMPLE_NOW, &share, 1, WHOM);
	m = sheet_metric(&sheet, METRIC_DAYS);
	assert_true(m->has_max && m->max == 90 && !m->has_min);
	assert_true(m->has_warn && m->warn.start == 21);
	assert_true(m->has_crit && m->crit.start == 7);
	m = sheet_metric(&sheet, METRIC_LIFETIME);
	assert_true(m->has_min && m->has_max && m->has_warn && !m->has_crit);
	assert_float_equal(m->value, 800.0 / 9, 0.001);
	assert_int_equal(sheet.nfindings, 1);
	assert_non_null(strstr(sheet.findings[0].sentence,
	    "% of its lifetime left"));
	sheet_free(&sheet);
	facts.npath = 0;
	assert_false(cert_life_measure(&sheet, &facts, SAMPLE_NOW));
	cert_life_judge(&sheet, &facts, SAMPLE_NOW, NULL, 0, WHOM);
	assert_int_equal(sheet.nfindings + sheet.nmetrics, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_chains),
		cmocka_unit_test(test_metrics)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
