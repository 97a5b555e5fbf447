/* SPDX-License-Identifier: GPL-3.0-or-later */
/* tally - which sheet a measured value stands in, and what its threshold finds */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plugin/frame.h"
#include "sample_run.h"
#include "world/clock.h"

enum {
	SECOND = 1000 * 1000,
	DAY = 86400
};

static const int64_t then = 1767225600;	/* 2026-01-01 */

static struct frame frame;

/* start - a run that began so many seconds ago, with a time-out of 10 s */
static struct frame *
start(double ago)
{
	memset(&frame, 0, sizeof(frame));
	frame.started = clock_now() - (int64_t)(ago * SECOND);
	frame.settings.timeout.usec = 10 * SECOND;
	frame.session.moment.now = then;
	return &frame;
}

/* limit - "METRIC outside 0..end" */
static void
limit(struct frame *f, enum metric_id id, bool critical, double end)
{
	struct threshold_list *list = &f->settings.thresholds;

	list->rows[list->n++] = (struct threshold){ .id = id,
	    .critical = critical, .range = { .end = end } };
}

/* days - "fewer than so many days", as -D makes it */
static void
days(struct frame *f, bool critical, double least)
{
	struct threshold_list *list = &f->settings.thresholds;

	list->rows[list->n++] = (struct threshold){ .id = METRIC_CERT_DAYS,
	    .critical = critical, .range = { .start = least, .no_end = true } };
}

static const struct finding *
only_finding(const struct sheet *sheet, enum cause cause)
{
	assert_int_equal(sheet->nfindings, 1);
	assert_int_equal(sheet->findings[0].cause, cause);
	return &sheet->findings[0];
}

static void
says(const struct finding *f, const char *words)
{
	if (strstr(f->sentence, words) == NULL)
		fail_msg("'%s' lacks '%s'", f->sentence, words);
}

static void
the_whole_time_belongs_to_the_run(void **state)
{
	struct frame *f = start(3);
	struct result *r = sample_result(&f->run, "mail.example.org", 993);
	const struct metric *time;

	(void)state;
	tally_run(f);
	time = sheet_metric(&f->run.sheet, METRIC_TIME);
	assert_non_null(time);
	assert_true(time->value >= 3 && time->value < 9);
	assert_true(time->has_min && time->has_max);
	assert_true(time->min >= 0 && time->min <= 0);
	assert_true(time->max >= 10 && time->max <= 10);
	assert_false(time->has_warn || time->has_crit);
	assert_null(sheet_metric(&r->sheet, METRIC_TIME));
	assert_int_equal(f->run.sheet.nfindings, 0);
	run_free(&f->run);
}

static const struct {
	double		 warn, crit;	/* of time: 3 s; below 0 none */
	bool		 found, critical;
} times[] = {
	{ -1, -1, false, false },
	{ 1, -1, true, false },
	{ 1, 2, true, true },
	{ -1, 2, true, true },
	{ 1, 100, true, false },
	{ 100, 100, false, false }
};

static void
a_threshold_on_time_finds_in_the_run(void **state)
{
	const struct finding *found;
	struct result *r;
	struct frame *f;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(times); i++) {
		f = start(3);
		if (times[i].warn >= 0)
			limit(f, METRIC_TIME, false, times[i].warn);
		if (times[i].crit >= 0)
			limit(f, METRIC_TIME, true, times[i].crit);
		r = sample_result(&f->run, "mail.example.org", 993);
		result_spent(r, STAGE_AUTH, 2 * SECOND);
		tally_run(f);
		assert_int_equal(f->run.sheet.nfindings, times[i].found);
		assert_int_equal(r->sheet.nfindings, 0);
		if (times[i].found) {
			found = only_finding(&f->run.sheet, CAUSE_SLOW);
			assert_int_equal(found->critical, times[i].critical);
			assert_int_equal(found->stage, STAGE_NONE);
			assert_false(found->by_deadline);
			says(found, "mail.example.org:993 took 3");
			says(found, "the slowest stage is auth with 2 s");
		}
		run_free(&f->run);
	}
}

static void
several_targets_share_one_time(void **state)
{
	struct frame *f = start(3);

	(void)state;
	limit(f, METRIC_TIME, false, 1);
	sample_result(&f->run, "a.example", 993);
	sample_result(&f->run, "b.example", 993);
	tally_run(f);
	says(only_finding(&f->run.sheet, CAUSE_SLOW), "the check took 3");
	assert_int_equal(f->run.results[0].sheet.nfindings, 0);
	assert_int_equal(f->run.results[1].sheet.nfindings, 0);
	run_free(&f->run);
}

static void
stage_times_belong_to_their_target(void **state)
{
	struct frame *f = start(3);
	struct session s = { .phase = PHASE_DONE };
	const struct metric *m;
	const struct finding *found;
	size_t i;

	(void)state;
	limit(f, METRIC_AUTH, false, 0.5);
	limit(f, METRIC_AUTH, true, 1.5);
	sample_result(&f->run, "a.example", 993);
	sample_result(&f->run, "b.example", 993);
	for (i = 0; i < 2; i++) {
		s.result = &f->run.results[i];
		result_spent(s.result, STAGE_DNS, 0);
		result_spent(s.result, STAGE_AUTH, (i == 0 ? 1 : 2) * SECOND);
		tally_session(f, &s);
	}
	tally_run(f);
	for (i = 0; i < 2; i++) {
		m = sheet_metric(&f->run.results[i].sheet, METRIC_AUTH);
		assert_non_null(m);
		assert_true(m->has_min && m->has_warn && m->has_crit);
		assert_non_null(sheet_metric(&f->run.results[i].sheet,
		    METRIC_DNS));
		assert_null(sheet_metric(&f->run.results[i].sheet,
		    METRIC_TLS));
		found = only_finding(&f->run.results[i].sheet, CAUSE_SLOW);
		assert_int_equal(found->stage, STAGE_AUTH);
		assert_int_equal(found->critical, i == 1);
		says(found, i == 0 ? "a.example:993 took 1 s for auth" :
		    "b.example:993 took 2 s for auth");
	}
	assert_null(sheet_metric(&f->run.sheet, METRIC_AUTH));
	assert_int_equal(f->run.sheet.nfindings, 0);
	run_free(&f->run);
}

static const struct {
	double		 warn, crit;	/* below 0 none */
	int64_t		 left;		/* days that the certificate has */
	bool		 measured, found, critical;
} certificates[] = {
	{ -1, -1, 5, false, false, false },
	{ 21, -1, 90, true, false, false },
	{ 21, -1, 21, true, false, false },
	{ 21, -1, 20, true, true, false },
	{ 21, 7, 6, true, true, true },
	{ -1, 7, 6, true, true, true }
};

static void
certificate_days_are_for_who_asks(void **state)
{
	struct cert_facts leaf = { .subject = NULL };
	struct tls_facts tls = { .path = &leaf, .npath = 1, .sent = &leaf,
	    .nsent = 1 };
	struct session s = { .phase = PHASE_DONE, .tls = &tls };
	struct frame *f;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(certificates); i++) {
		f = start(1);
		if (certificates[i].warn >= 0)
			days(f, false, certificates[i].warn);
		if (certificates[i].crit >= 0)
			days(f, true, certificates[i].crit);
		s.result = sample_result(&f->run, "mail.example.org", 993);
		leaf.not_before = then - DAY;
		leaf.not_after = then + certificates[i].left * DAY;
		tally_session(f, &s);
		tally_run(f);
		assert_int_equal(sheet_metric(&s.result->sheet,
		    METRIC_CERT_DAYS) != NULL, certificates[i].measured);
		assert_int_equal(s.result->sheet.nfindings,
		    certificates[i].found);
		if (certificates[i].found)
			assert_int_equal(only_finding(&s.result->sheet,
			    CAUSE_CERT_EXPIRING)->critical,
			    certificates[i].critical);
		run_free(&f->run);
	}
}

static void
who_asked_nobody_was_not_slow(void **state)
{
	struct frame *f = start(3);

	(void)state;
	limit(f, METRIC_TIME, true, 1);
	tally_run(f);
	assert_int_equal(f->run.sheet.nmetrics, 0);
	assert_int_equal(f->run.sheet.nfindings, 0);
	run_free(&f->run);
}

/* the deadline's mark decides whether --timeout-result holds */
static const struct {
	enum stage	 stage;		/* of a finding made before */
	bool		 by_deadline;
	bool		 auth_late, time_late;
} lateness[] = {
	{ STAGE_AUTH, true, true, true },
	{ STAGE_MAILBOX, true, false, true },
	{ STAGE_AUTH, false, false, false }
};

static void
what_the_deadline_ended_bears_its_mark(void **state)
{
	struct finding *cut;
	struct result *r;
	struct frame *f;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(lateness); i++) {
		f = start(3);
		limit(f, METRIC_TIME, true, 1);
		limit(f, METRIC_AUTH, true, 1);
		r = sample_result(&f->run, "mail.example.org", 993);
		result_spent(r, STAGE_AUTH, 2 * SECOND);
		cut = sheet_find(&r->sheet, CAUSE_AUTH_TIMEOUT,
		    lateness[i].stage, NULL, "no answer");
		assert_non_null(cut);
		cut->by_deadline = lateness[i].by_deadline;
		tally_session(f, &(struct session){ .result = r });
		tally_run(f);
		assert_int_equal(r->sheet.nfindings, 2);
		assert_int_equal(r->sheet.findings[0].by_deadline,
		    lateness[i].by_deadline);
		assert_int_equal(r->sheet.findings[1].cause, CAUSE_SLOW);
		assert_int_equal(r->sheet.findings[1].by_deadline,
		    lateness[i].auth_late);
		assert_int_equal(only_finding(&f->run.sheet,
		    CAUSE_SLOW)->by_deadline, lateness[i].time_late);
		run_free(&f->run);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_whole_time_belongs_to_the_run),
		cmocka_unit_test(a_threshold_on_time_finds_in_the_run),
		cmocka_unit_test(several_targets_share_one_time),
		cmocka_unit_test(stage_times_belong_to_their_target),
		cmocka_unit_test(certificate_days_are_for_who_asks),
		cmocka_unit_test(who_asked_nobody_was_not_slow),
		cmocka_unit_test(what_the_deadline_ended_bears_its_mark)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
