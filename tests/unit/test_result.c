/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * result - what is kept of a run, and how its targets are called
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/naming.h"
#include "sample_run.h"

static void
findings_keep_their_words(void **unused)
{
	char detail[] = "short";
	struct sheet sh = { 0 };
	struct finding *f;

	(void)unused;
	f = sheet_find(&sh, CAUSE_AUTH_REJECTED, STAGE_AUTH, detail,
	    "%s says %d", "server", 5);
	assert_non_null(f);
	detail[0] = 'X';
	assert_string_equal(f->sentence, "server says 5");
	assert_string_equal(f->detail, "short");
	assert_int_equal(f->cause, CAUSE_AUTH_REJECTED);
	assert_int_equal(f->stage, STAGE_AUTH);
	assert_int_equal(f->state, STATE_CRITICAL);
	assert_int_equal(f->consequence_of, CAUSE_NONE);
	assert_false(f->by_deadline);
	f = sheet_find(&sh, CAUSE_SLOW, STAGE_NONE, NULL, "slow");
	assert_null(f->detail);
	assert_int_equal(f->state, STATE_WARNING);
	assert_true(sheet_has(&sh, CAUSE_AUTH_REJECTED));
	assert_true(sheet_has(&sh, CAUSE_SLOW));
	assert_false(sheet_has(&sh, CAUSE_AUTH_REFUSED));
	sheet_free(&sh);
	assert_int_equal(sh.nfindings, 0);
}

static void
findings_are_no_more_than_the_cap(void **unused)
{
	struct sheet sh = { 0 };
	size_t i;

	(void)unused;
	for (i = 0; i < FINDINGS_MAX; i++)
		assert_non_null(sheet_find(&sh, CAUSE_CERT_UNTIDY, STAGE_TLS,
		    NULL, "number %zu", i));
	assert_null(sheet_find(&sh, CAUSE_SLOW, STAGE_TLS, NULL, "more"));
	assert_false(sh.nomem);
	assert_int_equal(sh.nfindings, FINDINGS_MAX);
	for (i = 0; i < FINDINGS_MAX; i++) {
		char want[32];

		snprintf(want, sizeof(want), "number %zu", i);
		assert_string_equal(sh.findings[i].sentence, want);
	}
	sheet_free(&sh);
}

/* n bytes and a character that may not fit: how many bytes are left */
static const struct {
	size_t		 ascii;
	const char	*last;
	size_t		 want;
} cut_rows[] = {
	{ SENTENCE_MAX - 1, "x", SENTENCE_MAX },
	{ SENTENCE_MAX, "x", SENTENCE_MAX },
	{ SENTENCE_MAX - 2, "\xc3\xbc", SENTENCE_MAX },
	{ SENTENCE_MAX - 1, "\xc3\xbc", SENTENCE_MAX - 1 },
	{ SENTENCE_MAX - 2, "\xe2\x82\xac", SENTENCE_MAX - 2 },
	{ SENTENCE_MAX - 1, "\xf0\x9f\x93\xa7", SENTENCE_MAX - 1 },
	{ SENTENCE_MAX - 3, "\xf0\x9f\x93\xa7", SENTENCE_MAX - 3 },
	{ SENTENCE_MAX - 4, "\xf0\x9f\x93\xa7", SENTENCE_MAX },
	{ SENTENCE_MAX - 3, "\xe2\x82\xac" "tail", SENTENCE_MAX }
};

static void
sentences_are_cut_between_characters(void **unused)
{
	static char filler[SENTENCE_MAX + 1];
	char *s;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(cut_rows); i++) {
		memset(filler, 'a', cut_rows[i].ascii);
		filler[cut_rows[i].ascii] = '\0';
		s = sentence_make("%s%s", filler, cut_rows[i].last);
		assert_non_null(s);
		assert_int_equal(strlen(s), cut_rows[i].want);
		free(s);
	}
}

static void
metrics_are_measured_once(void **unused)
{
	struct sheet sh = { 0 };
	struct metric *m;
	unsigned i;

	(void)unused;
	m = sheet_measure(&sh, METRIC_TIME, 1);
	assert_non_null(m);
	assert_false(m->has_warn || m->has_crit || m->has_min || m->has_max);
	m->has_warn = true;
	m->warn.end = 5;
	assert_ptr_equal(sheet_measure(&sh, METRIC_TIME, 2), m);
	assert_true(m->value > 1.5);
	assert_true(m->has_warn);
	assert_int_equal(sh.nmetrics, 1);
	assert_null(sheet_metric(&sh, METRIC_DNS));
	for (i = 0; i < METRIC_COUNT; i++)
		assert_non_null(sheet_measure(&sh, (enum metric_id)i, i));
	assert_int_equal(sh.nmetrics, METRIC_COUNT);
	assert_true((int)METRIC_COUNT <= (int)METRICS_MAX);
	for (i = 0; i < METRIC_COUNT; i++) {
		const struct metric *got =
		    sheet_metric(&sh, (enum metric_id)i);

		assert_int_equal(got->id, i);
		assert_int_equal((int)got->value, i);
	}
	sheet_free(&sh);
}

static void
results_take_notes(void **unused)
{
	struct run run = { .plugin = "check_test" };
	struct result *r = sample_result(&run, "a.example", 993);

	(void)unused;
	result_note(r, STAGE_DNS, "first");
	result_note(r, STAGE_DNS, "%s", "second");
	result_note(r, STAGE_NONE, "nowhere");
	assert_string_equal(r->stages[STAGE_DNS].note, "second");
	result_summary(r, "one");
	result_summary(r, "two of %d", 2);
	assert_string_equal(r->ok_summary, "two of 2");
	assert_false(r->stages[STAGE_TLS].timed);
	result_spent(r, STAGE_TLS, 0);
	assert_true(r->stages[STAGE_TLS].timed);
	result_spent(r, STAGE_TLS, 1500);
	result_spent(r, STAGE_TLS, 500);
	result_spent(r, STAGE_TLS, -7);
	result_spent(r, STAGE_NONE, 7);
	assert_int_equal(r->stages[STAGE_TLS].usec, 2000);
	run_free(&run);
	assert_int_equal(run.nresults, 0);
}

static const struct {
	const char	*host;
	const char	*sentence;
	const char	*want;
} words_rows[] = {
	{ "a.example", "a.example:993 is silent", "is silent" },
	{ "a.example", "a.example:9933 is silent", "a.example:9933 is silent" },
	{ "a.example", "b.a.example:993 is silent",
	    "b.a.example:993 is silent" },
	{ "a.example", "nothing", "nothing" },
	{ "a.example", "a.example:993", "a.example:993" },
	{ "a.example", "", "" },
	{ "2001:db8::7", "[2001:db8::7]:993 is silent", "is silent" }
};

static void
words_do_not_say_the_target_again(void **unused)
{
	struct run run = { .plugin = "check_test" };
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(words_rows); i++)
		assert_string_equal(result_words(sample_result(&run,
		    words_rows[i].host, 993), 0, words_rows[i].sentence),
		    words_rows[i].want);
	run_free(&run);
}

static const struct {
	const char	*host;
	uint16_t	 port;
	const char	*fixed;
	const char	*given;		/* name that the check has set */
	const char	*want;		/* NULL: none */
} name_rows[] = {
	{ "a.example", 993, NULL, NULL, "a.example:993 #2" },
	{ "b.example", 993, "192.0.2.7", NULL, "b.example:993" },
	{ "2001:db8::7", 993, NULL, NULL, "[2001:db8::7]:993" },
	{ "c.example", 993, "192.0.2.7", NULL, "c.example:993 192.0.2.7" },
	{ "a.example", 993, NULL, NULL, "a.example:993 #3" },
	{ "c.example", 993, "2001:db8::7", NULL,
	    "c.example:993 2001:db8::7" },
	{ "c.example", 995, "192.0.2.7", NULL, "c.example:995" },
	{ "", 0, NULL, NULL, NULL },
	{ "", 0, NULL, "/etc/mail.pem", "/etc/mail.pem" },
	{ "", 0, NULL, "/etc/mail.pem", "/etc/mail.pem #2" },
	{ "", 0, NULL, NULL, NULL },
	{ "d.example", 993, "192.0.2.8", NULL, "d.example:993 192.0.2.8" },
	{ "d.example", 993, "192.0.2.8", NULL,
	    "d.example:993 192.0.2.8 #2" }
};

static void
check_names(struct run *run)
{
	size_t i;

	assert_true(names_give(run));
	for (i = 0; i < ROWS(name_rows); i++) {
		if (name_rows[i].want == NULL)
			assert_null(run->results[i + 1].name);
		else
			assert_string_equal(run->results[i + 1].name,
			    name_rows[i].want);
	}
	assert_string_equal(run->results[0].name, "a.example:993");
}

static void
names_are_unique_and_stay(void **unused)
{
	struct run run = { .plugin = "check_test" };
	struct result *r;
	size_t i;

	(void)unused;
	sample_result(&run, "a.example", 993);
	for (i = 0; i < ROWS(name_rows); i++) {
		r = sample_result(&run, name_rows[i].host, name_rows[i].port);
		r->target.fixed = address_from(name_rows[i].fixed);
		if (name_rows[i].given != NULL)
			r->name = sentence_make("%s", name_rows[i].given);
	}
	check_names(&run);
	check_names(&run);
	run_free(&run);
}

static void
only_is_one(void **unused)
{
	struct run run = { .plugin = "check_test" };

	(void)unused;
	assert_null(run_only(&run));
	sample_result(&run, "a.example", 993);
	assert_ptr_equal(run_only(&run), &run.results[0]);
	sample_result(&run, "b.example", 993);
	assert_null(run_only(&run));
	run_free(&run);
}

static void
findings_can_say_more(void **unused)
{
	struct sheet sheet = { .nfindings = 0 };

	(void)unused;
	sheet_say_more(&sheet, CAUSE_MAILBOX_MISSING, "nobody hears");
	sheet_find(&sheet, CAUSE_SLOW, STAGE_AUTH, "it is slow", "slow");
	sheet_find(&sheet, CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, NULL, "gone");
	sheet_say_more(&sheet, CAUSE_MAILBOX_MISSING, "; %s", "look there");
	sheet_say_more(&sheet, CAUSE_SLOW, ", %d", 7);
	assert_int_equal(sheet.nfindings, 2);
	assert_string_equal(sheet.findings[0].sentence, "slow, 7");
	assert_string_equal(sheet.findings[0].detail, "it is slow, 7");
	assert_string_equal(sheet.findings[1].sentence, "gone; look there");
	assert_null(sheet.findings[1].detail);
	assert_false(sheet.nomem);
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(findings_keep_their_words),
		cmocka_unit_test(findings_are_no_more_than_the_cap),
		cmocka_unit_test(sentences_are_cut_between_characters),
		cmocka_unit_test(metrics_are_measured_once),
		cmocka_unit_test(findings_can_say_more),
		cmocka_unit_test(results_take_notes),
		cmocka_unit_test(words_do_not_say_the_target_again),
		cmocka_unit_test(names_are_unique_and_stay),
		cmocka_unit_test(only_is_one)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
