/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_threshold - measured values against -w and -c
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "judge/threshold.h"

/* range - of the metric, as the options would read it */
static struct range
range(enum metric_id id, const char *text)
{
	struct range r;

	assert_true(range_parse(span_of(text), metric_unit(id),
	    metric_info(id)->falling, true, &r));
	return r;
}

static const struct {
	enum metric_id	 id;
	double		 value;
	const char	*warn;
	const char	*crit;
	enum cause	 cause;		/* CAUSE_NONE: no finding */
	enum stage	 stage;
	bool		 critical;
	const char	*said;
} measured[] = {
	{ METRIC_AUTH, 2, "2", "5", CAUSE_NONE, 0, false, NULL },
	{ METRIC_AUTH, 2.5, "2", "5", CAUSE_SLOW, STAGE_AUTH, false,
	    "h:993 took 2.5 s for auth (warning threshold 2)" },
	{ METRIC_AUTH, 6, "2", "5", CAUSE_SLOW, STAGE_AUTH, true,
	    "(critical threshold 5)" },
	{ METRIC_AUTH, 6, NULL, "5", CAUSE_SLOW, STAGE_AUTH, true,
	    "took 6 s" },
	{ METRIC_AUTH, 6, "2", NULL, CAUSE_SLOW, STAGE_AUTH, false,
	    "took 6 s" },
	{ METRIC_TIME, 6, "2", NULL, CAUSE_SLOW, STAGE_NONE, false,
	    "took 6 s for the whole run" },
	{ METRIC_CERT_DAYS, 20, "21d", "7", CAUSE_CERT_EXPIRING,
	    STAGE_TLS, false, "expires in 20 days (warning threshold "
	    "21:)" },
	{ METRIC_CERT_DAYS, 21, "21d", "7", CAUSE_NONE, 0, false,
	    NULL },
	{ METRIC_DAYS, 6, "21", "7", CAUSE_CERT_EXPIRING, STAGE_TLS,
	    true, "expires in 6 days" },
	{ METRIC_DAYS, -3, "21", NULL, CAUSE_CERT_EXPIRING, STAGE_TLS,
	    false, "expired 3 days ago" },
	{ METRIC_LIFETIME, 9, "25", "10", CAUSE_CERT_EXPIRING,
	    STAGE_TLS, true, "with 9% of its lifetime left" },
	{ METRIC_PERCENT, 80.5, "80%", "95%", CAUSE_QUOTA_NEAR,
	    STAGE_QUOTA, false, "has used 80.5% of the quota" },
	{ METRIC_INODES, 99, "80", "95", CAUSE_QUOTA_NEAR,
	    STAGE_QUOTA, true, "99% of the inodes" },
	{ METRIC_USED, 2048, "1K", NULL, CAUSE_QUOTA_NEAR,
	    STAGE_QUOTA, false, "2048 bytes of the quota (warning "
	    "threshold 1024)" },
	{ METRIC_FREE, 10, "1K", NULL, CAUSE_QUOTA_NEAR, STAGE_QUOTA,
	    false, "has 10 bytes left" },
	{ METRIC_FULL_IN, 86400, "7d", NULL, CAUSE_QUOTA_FORECAST,
	    STAGE_QUOTA, false, "will be full in 1 day" },
	{ METRIC_NEWEST_AGE, 90000, "1d", NULL, CAUSE_MAILBOX_STALE,
	    STAGE_MAILBOX, false, "no message newer than" },
	{ METRIC_UNSEEN_AGE, 90000, "1d", "2d", CAUSE_THRESHOLD,
	    STAGE_MAILBOX, false, "h:993 holds a message that is unseen for "
	    "1 day" },
	{ METRIC_UNSEEN_AGE, 86400, "1d", NULL, CAUSE_NONE, 0, false, NULL },
	{ METRIC_FOUND, 3, NULL, "2", CAUSE_THRESHOLD, STAGE_MAILBOX, true,
	    "has found at 3 (critical threshold 2)" },
	{ METRIC_MESSAGES, 11, "10", NULL, CAUSE_THRESHOLD,
	    STAGE_NONE, false, "has messages at 11 (warning" },
	{ METRIC_MESSAGES, 0, "1:", NULL, CAUSE_THRESHOLD,
	    STAGE_NONE, false, "messages at 0" },
	{ METRIC_FETCH_RATE, 5, "10", NULL, CAUSE_THRESHOLD,
	    STAGE_NONE, false, "fetch_rate at 5 (warning threshold "
	    "10:)" },
	{ METRIC_LOSS, 15, "@10:20", NULL, CAUSE_THRESHOLD,
	    STAGE_NONE, false, "at 15% (warning threshold @10:20)" }
};

static void
one_metric(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(measured) / sizeof(measured[0]); i++) {
		struct threshold t[2];
		struct sheet sheet = { 0 };
		size_t n = 0;

		if (measured[i].warn != NULL)
			t[n++] = (struct threshold){ measured[i].id, false,
			    range(measured[i].id, measured[i].warn) };
		if (measured[i].crit != NULL)
			t[n++] = (struct threshold){ measured[i].id, true,
			    range(measured[i].id, measured[i].crit) };
		assert_non_null(sheet_measure(&sheet, measured[i].id,
		    measured[i].value));
		threshold_apply(&sheet, t, n, NULL, "h:993");
		assert_int_equal(sheet.metrics[0].has_warn,
		    measured[i].warn != NULL);
		assert_int_equal(sheet.metrics[0].has_crit,
		    measured[i].crit != NULL);
		assert_int_equal(sheet.nfindings, measured[i].said != NULL);
		if (measured[i].said != NULL) {
			const struct finding *f = &sheet.findings[0];

			assert_int_equal(f->cause, measured[i].cause);
			assert_int_equal(f->stage, measured[i].stage);
			assert_int_equal(f->critical, measured[i].critical);
			if (strstr(f->sentence, measured[i].said) == NULL)
				fail_msg("'%s' lacks '%s'", f->sentence,
				    measured[i].said);
			assert_int_equal(strncmp(f->sentence, "h:993 ", 6), 0);
		}
		sheet_free(&sheet);
	}
}

static void
the_slowest_stage_is_named(void **state)
{
	struct stage_row stages[STAGE_COUNT] = {
		[STAGE_DNS] = { .timed = true, .usec = 4000000 },
		[STAGE_AUTH] = { .timed = true, .usec = 2000000 },
		[STAGE_FETCH] = { .timed = false, .usec = 9000000 }
	};
	struct threshold t[] = {
		{ METRIC_TIME, false, range(METRIC_TIME, "1") },
		{ METRIC_DNS, false, range(METRIC_DNS, "1") }
	};
	struct sheet sheet = { 0 };

	(void)state;
	sheet_measure(&sheet, METRIC_TIME, 6);
	sheet_measure(&sheet, METRIC_DNS, 4);
	threshold_apply(&sheet, t, 2, stages, "h:993");
	assert_int_equal(sheet.nfindings, 2);
	assert_string_equal(sheet.findings[0].sentence, "h:993 took 6 s for "
	    "the whole run, the slowest stage is dns with 4 s (warning "
	    "threshold 1)");
	assert_string_equal(sheet.findings[1].sentence,
	    "h:993 took 4 s for dns (warning threshold 1)");
	sheet_free(&sheet);
}

static void
shares_need_a_whole(void **state)
{
	struct threshold t[] = {
		{ METRIC_USED, false, range(METRIC_USED, "80%") },
		{ METRIC_FREE, true, range(METRIC_FREE, "10%") }
	};
	struct sheet sheet = { 0 };
	struct metric *m;

	(void)state;
	sheet_measure(&sheet, METRIC_USED, 950);
	threshold_apply(&sheet, t, 2, NULL, "h");
	assert_int_equal(sheet.nfindings, 0);
	assert_false(sheet.metrics[0].has_warn);
	m = sheet_measure(&sheet, METRIC_USED, 950);
	m->has_max = true;
	m->max = 1000;
	sheet_measure(&sheet, METRIC_FREE, 50);
	threshold_apply(&sheet, t, 2, NULL, "h");
	assert_int_equal(sheet.nfindings, 2);
	assert_true(sheet.metrics[0].warn.end == 800);
	assert_true(sheet.metrics[1].crit.start == 100);
	assert_false(sheet.metrics[1].crit.percent);
	assert_true(sheet.findings[1].critical);
	sheet_free(&sheet);
}

static void
what_is_absent_is_left_alone(void **state)
{
	struct threshold t[] = {
		{ METRIC_CERT_DAYS, false, range(METRIC_CERT_DAYS, "21") },
		{ METRIC_CERT_DAYS, false, range(METRIC_CERT_DAYS, "10") },
		{ METRIC_FETCH, false, range(METRIC_FETCH, "1") }
	};
	struct sheet sheet = { 0 };

	(void)state;
	sheet_measure(&sheet, METRIC_CERT_DAYS, 15);
	threshold_apply(&sheet, t, 3, NULL, "h");
	/* the later one counts; nothing is made up for what was not measured */
	assert_int_equal(sheet.nfindings, 0);
	assert_int_equal(sheet.nmetrics, 1);
	assert_true(sheet.metrics[0].warn.start == 10);
	sheet_measure(&sheet, METRIC_CERT_DAYS, -1);
	sheet_find(&sheet, CAUSE_CERT_EXPIRED, STAGE_TLS, NULL, "expired");
	threshold_apply(&sheet, t, 3, NULL, "h");
	assert_int_equal(sheet.nfindings, 1);
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_metric),
		cmocka_unit_test(the_slowest_stage_is_named),
		cmocka_unit_test(shares_need_a_whole),
		cmocka_unit_test(what_is_absent_is_left_alone)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
