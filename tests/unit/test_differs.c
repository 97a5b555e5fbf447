/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_differs - who serves what, of one host
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "cert_sample.h"
#include "judge/differs.h"

enum { PLACES = 6 };

/* places - host, SNI and certificate: a letter each, '-' nothing served; newer ones have later letters */
static const struct {
	const char	*seen[PLACES + 1];
	const char	*want;		/* of all sentences; "" none */
} rows[] = {
	{ { "haA", "haA", "haA" }, "" },
	{ { "haA" }, "" },
	{ { "haA", "gaB" }, "" },
	{ { "haA", "hbB" }, "" },
	{ { "haA", "ha-" }, "" },
	{ { "ha-", "ha-" }, "" },
	{ { "haA", "HAB" }, "H serves 2 certificates" },
	{ { "haA", "haB", "haA" }, "h serves 2 certificates, the newest "
	    "first: B000000000000000 of Sub, issued 2026-02-21 12:00:00 UTC, "
	    "ends 2026-05-20 11:59:59 UTC at p1; A000000000000000 of Sub, "
	    "issued 2026-02-20 12:00:00 UTC, ends 2026-05-20 11:59:59 UTC at "
	    "p0, p2\n" },
	{ { "haA", "gaA", "haB", "gaB" }, "g serves 2 certificates, the newest "
	    "first: B000000000000000 of Sub, issued 2026-02-21 12:00:00 UTC, "
	    "ends 2026-05-20 11:59:59 UTC at p3; A000000000000000 of Sub, "
	    "issued 2026-02-20 12:00:00 UTC, ends 2026-05-20 11:59:59 UTC at "
	    "p1\n" "h serves 2 certificates, the newest first: "
	    "B000000000000000 of Sub, issued 2026-02-21 12:00:00 UTC, ends "
	    "2026-05-20 11:59:59 UTC at p2; A000000000000000 of Sub, issued "
	    "2026-02-20 12:00:00 UTC, ends 2026-05-20 11:59:59 UTC at p0\n" },
	{ { "haA", "haB", "haC", "haD", "haE", "haF" }, "; and 2 more" }
};

/* judged - the sentences, a line each */
static void
judged(const char *const seen[], struct buf *told)
{
	struct cert_facts certs[PLACES];
	struct differs_seen list[PLACES];
	char hosts[PLACES][2], snis[PLACES][2], cns[PLACES][2];
	char places[PLACES][8];
	struct sheet sheet = { 0 };
	size_t n, i;

	for (n = 0; seen[n] != NULL; n++) {
		snprintf(hosts[n], 2, "%c", seen[n][0]);
		snprintf(snis[n], 2, "%c", seen[n][1]);
		snprintf(cns[n], 2, "%c", seen[n][2]);
		snprintf(places[n], 8, "p%zu", n);
		certs[n] = sample(cns[n], "Sub");
		certs[n].not_before = SAMPLE_NOW + SAMPLE_DAY *
		    (seen[n][2] - 'A' - 9);
		list[n] = (struct differs_seen){ hosts[n], snis[n], places[n],
		    seen[n][2] == '-' ? NULL : &certs[n] };
	}
	differs_judge(&sheet, list, n);
	for (i = 0; i < sheet.nfindings; i++) {
		assert_int_equal(sheet.findings[i].cause, CAUSE_CERT_DIFFERS);
		assert_int_equal(sheet.findings[i].stage, STAGE_TLS);
		buf_fmt(told, "%s\n", sheet.findings[i].sentence);
	}
	assert_false(sheet.nomem);
	sheet_free(&sheet);
}

static void
test_rows(void **state)
{
	struct buf told;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		buf_init(&told, 8192);
		judged(rows[i].seen, &told);
		if (*rows[i].want == '\0' ? told.len > 0 :
		    strstr(buf_cstr(&told), rows[i].want) == NULL) {
			print_error("row %zu:\n got %s\nwant %s\n", i,
			    buf_cstr(&told), rows[i].want);
			fail();
		}
		buf_free(&told);
	}
}

/* of many places some are listed and the others counted */
static void
test_many(void **state)
{
	static struct differs_seen list[1000];
	struct cert_facts a = sample("A", "Sub"), b = sample("B", "Sub");
	struct sheet sheet = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 1000; i++)
		list[i] = (struct differs_seen){ "h", "", "192.0.2.1:993",
		    i % 2 == 0 ? &a : &b };
	differs_judge(&sheet, list, 1000);
	assert_int_equal(sheet.nfindings, 1);
	assert_non_null(strstr(sheet.findings[0].sentence, " and 494 more; "));
	sheet_free(&sheet);
	differs_judge(&sheet, list, 0);
	assert_int_equal(sheet.nfindings, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
