/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verdict - findings of targets and run, the policy, and what comes of them
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "report/verdict.h"
#include "sample_run.h"

enum {
	RUN = -1,	/* of the run, of no target */
	FOUND_MAX = 6
};

struct found {
	enum cause	 cause;		/* CAUSE_NONE ends the list */
	enum stage	 stage;
	int		 target;
	bool		 by_deadline;
	bool		 critical;
};

struct row {
	const char	*what;
	unsigned	 ntargets;
	struct found	 found[FOUND_MAX];
	struct policy	 policy;
	enum state	 state;
	enum cause	 cause;
	enum stage	 stage;
	int		 worst;
	const char	*summary;
};

static const struct severity cert_ok[] = { { "cert.*", STATE_OK } };
static const struct severity last_wins[] = {
	{ "cert.expired", STATE_UNKNOWN },
	{ "cert.*", STATE_WARNING },
	{ "auth.*", STATE_OK }
};
static const struct severity over_timeout[] = {
	{ "auth.timeout", STATE_CRITICAL }
};
static const struct severity all_ok[] = {
	{ "auth.rejected", STATE_OK },
	{ "slow", STATE_OK }
};
static const struct severity memory_warns[] = {
	{ "internal.*", STATE_WARNING }
};

#define SEVERITIES(t)	.severities = (t), .nseverities = ROWS(t)
#define TIMEOUT(s)	.has_timeout_state = true, .timeout_state = (s)

static const struct row rows[] = {
	{ "nothing found", 1, { { CAUSE_NONE, 0, 0, 0, 0 } }, { 0 },
	    STATE_OK, CAUSE_NONE, STAGE_NONE, RUN, "h0 is well" },
	{ "no target at all", 0, { { CAUSE_NONE, 0, 0, 0, 0 } }, { 0 },
	    STATE_OK, CAUSE_NONE, STAGE_NONE, RUN, "nothing was checked" },
	{ "bad usage", 0,
	    { { CAUSE_USAGE_OPTION, STAGE_NONE, RUN, 0, 0 } }, { 0 },
	    STATE_UNKNOWN, CAUSE_USAGE_OPTION, STAGE_NONE, RUN,
	    "run: usage.option" },
	{ "one finding", 1, { { CAUSE_AUTH_REJECTED, STAGE_AUTH, 0, 0, 0 } },
	    { 0 }, STATE_CRITICAL, CAUSE_AUTH_REJECTED, STAGE_AUTH, 0,
	    "h0:993 auth.rejected" },
	{ "the worse wins over the earlier stage", 1, {
	    { CAUSE_DNS_INSECURE, STAGE_DNS, 0, 0, 0 },
	    { CAUSE_AUTH_REJECTED, STAGE_AUTH, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_AUTH_REJECTED, STAGE_AUTH, 0,
	    "h0:993 auth.rejected" },
	{ "the earlier stage wins among equals", 1, {
	    { CAUSE_CERT_WRONG_HOST, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_GREETING_REFUSED, STAGE_GREETING, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_GREETING_REFUSED, STAGE_GREETING, 0,
	    "h0:993 greeting.refused" },
	{ "the earlier row wins within a stage", 1, {
	    { CAUSE_CERT_WRONG_HOST, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_CERT_EXPIRED, STAGE_TLS, 0,
	    "h0:993 cert.expired" },
	{ "a warning beats ignorance", 1, {
	    { CAUSE_DNS_NO_ANSWER, STAGE_DNS, 0, 0, 0 },
	    { CAUSE_CERT_EXPIRING, STAGE_TLS, 0, 0, 0 } }, { 0 },
	    STATE_WARNING, CAUSE_CERT_EXPIRING, STAGE_TLS, 0,
	    "h0:993 cert.expiring" },
	{ "a broken -c makes it critical", 1, {
	    { CAUSE_CERT_EXPIRING, STAGE_TLS, 0, 0, true } }, { 0 },
	    STATE_CRITICAL, CAUSE_CERT_EXPIRING, STAGE_TLS, 0,
	    "h0:993 cert.expiring" },
	{ "no quota is no fault", 1, {
	    { CAUSE_QUOTA_NONE, STAGE_QUOTA, 0, 0, 0 } }, { 0 },
	    STATE_OK, CAUSE_NONE, STAGE_NONE, RUN, "h0 is well" },

	{ "the clock explains expired", 1, {
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_CLOCK, STAGE_TLS, 0, 0, 0 } }, { 0 },
	    STATE_UNKNOWN, CAUSE_CERT_CLOCK, STAGE_TLS, 0,
	    "h0:993 cert.clock" },
	{ "interception explains untrusted and self-signed", 1, {
	    { CAUSE_CERT_UNTRUSTED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_SELF_SIGNED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_INTERCEPTED, STAGE_TLS, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_CERT_INTERCEPTED, STAGE_TLS, 0,
	    "h0:993 cert.intercepted" },
	{ "an explanation on another sheet explains nothing", 2, {
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_CLOCK, STAGE_TLS, 1, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_CERT_EXPIRED, STAGE_TLS, 0,
	    "2 of 2 targets fail; worst h0:993 cert.expired" },

	{ "severity makes all well, and what was found is said", 1, {
	    { CAUSE_AUTH_REJECTED, STAGE_AUTH, 0, 0, 0 },
	    { CAUSE_SLOW, STAGE_NONE, 0, 0, 0 } },
	    { SEVERITIES(all_ok) }, STATE_OK, CAUSE_NONE, STAGE_NONE, RUN,
	    "h0 is well" },
	{ "severity of a prefix leaves the others", 1, {
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_AUTH_POLICY, STAGE_AUTH, 0, 0, 0 } },
	    { SEVERITIES(cert_ok) }, STATE_CRITICAL, CAUSE_AUTH_POLICY,
	    STAGE_AUTH, 0, "h0:993 auth.policy" },
	{ "the last severity wins", 1, {
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 } },
	    { SEVERITIES(last_wins) }, STATE_WARNING, CAUSE_CERT_EXPIRED,
	    STAGE_TLS, 0, "h0:993 cert.expired" },
	{ "the state of a time-out", 1, {
	    { CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0, true, 0 } },
	    { TIMEOUT(STATE_UNKNOWN) }, STATE_UNKNOWN, CAUSE_AUTH_TIMEOUT,
	    STAGE_AUTH, 0, "h0:993 auth.timeout" },
	{ "is not that of other findings", 1, {
	    { CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0, false, 0 } },
	    { TIMEOUT(STATE_UNKNOWN) }, STATE_CRITICAL, CAUSE_AUTH_TIMEOUT,
	    STAGE_AUTH, 0, "h0:993 auth.timeout" },
	{ "severity wins over the state of a time-out", 1, {
	    { CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0, true, 0 } },
	    { SEVERITIES(over_timeout), TIMEOUT(STATE_UNKNOWN) },
	    STATE_CRITICAL, CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0,
	    "h0:993 auth.timeout" },

	{ "expected and found", 1, {
	    { CAUSE_AUTH_REJECTED, STAGE_AUTH, 0, 0, 0 } },
	    { .expect = CAUSE_AUTH_REJECTED }, STATE_OK, CAUSE_NONE,
	    STAGE_NONE, RUN,
	    "auth.rejected as expected: h0:993 auth.rejected" },
	{ "expected and another found", 1, {
	    { CAUSE_DNS_NO_ANSWER, STAGE_DNS, 0, 0, 0 } },
	    { .expect = CAUSE_AUTH_REJECTED }, STATE_CRITICAL,
	    CAUSE_DNS_NO_ANSWER, STAGE_DNS, 0,
	    "auth.rejected was expected: h0:993 dns.no-answer" },
	{ "expected is not the outcome, though it was found", 1, {
	    { CAUSE_CERT_EXPIRED, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_CERT_WRONG_HOST, STAGE_TLS, 0, 0, 0 } },
	    { .expect = CAUSE_CERT_WRONG_HOST }, STATE_CRITICAL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS, 0,
	    "cert.wrong-host was expected: h0:993 cert.expired" },
	{ "expected and nothing found", 1, {
	    { CAUSE_NONE, 0, 0, 0, 0 } },
	    { .expect = CAUSE_AUTH_REJECTED }, STATE_CRITICAL,
	    CAUSE_THRESHOLD, STAGE_NONE, RUN,
	    "auth.rejected was expected and nothing is wrong: h0 is well" },
	{ "expected what is no fault", 1, {
	    { CAUSE_QUOTA_NONE, STAGE_QUOTA, 0, 0, 0 } },
	    { .expect = CAUSE_QUOTA_NONE }, STATE_OK, CAUSE_NONE, STAGE_NONE,
	    RUN, "quota.none as expected: h0 is well" },
	{ "expected, but the check could not be made", 0, {
	    { CAUSE_USAGE_OPTION, STAGE_NONE, RUN, 0, 0 } },
	    { .expect = CAUSE_AUTH_REJECTED }, STATE_UNKNOWN,
	    CAUSE_USAGE_OPTION, STAGE_NONE, RUN, "run: usage.option" },
	{ "expected of several", 2, {
	    { CAUSE_CONNECT_REFUSED, STAGE_CONNECT, 1, 0, 0 } },
	    { .expect = CAUSE_CONNECT_REFUSED }, STATE_OK, CAUSE_NONE,
	    STAGE_NONE, RUN, "connect.refused as expected: 1 of 2 targets "
	    "fail; worst h1:993 connect.refused" },

	{ "several, all well", 3, { { CAUSE_NONE, 0, 0, 0, 0 } }, { 0 },
	    STATE_OK, CAUSE_NONE, STAGE_NONE, RUN, "3 targets, all ok" },
	{ "the worst target", 3, {
	    { CAUSE_CERT_EXPIRING, STAGE_TLS, 0, 0, 0 },
	    { CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, 2, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, 2,
	    "2 of 3 targets fail; worst h2:993 mailbox.missing" },
	{ "ties go by the command line, not by stage", 3, {
	    { CAUSE_DNS_NXDOMAIN, STAGE_DNS, 2, 0, 0 },
	    { CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, 1, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, 1,
	    "2 of 3 targets fail; worst h1:993 mailbox.missing" },
	{ "the run's own comes before a target as bad", 2, {
	    { CAUSE_CONNECT_PORT_BLOCKED, STAGE_CONNECT, RUN, 0, 0 },
	    { CAUSE_DNS_NXDOMAIN, STAGE_DNS, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_CONNECT_PORT_BLOCKED, STAGE_CONNECT, RUN,
	    "1 of 2 targets fail; run: connect.port-blocked" },
	{ "but not before a worse one", 2, {
	    { CAUSE_CONNECT_IPV6_DOWN, STAGE_CONNECT, RUN, 0, 0 },
	    { CAUSE_DNS_NXDOMAIN, STAGE_DNS, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_DNS_NXDOMAIN, STAGE_DNS, 0,
	    "1 of 2 targets fail; worst h0:993 dns.nxdomain" },
	{ "the run alone", 2, {
	    { CAUSE_CERT_DIFFERS, STAGE_TLS, RUN, 0, 0 } }, { 0 },
	    STATE_WARNING, CAUSE_CERT_DIFFERS, STAGE_TLS, RUN,
	    "run: cert.differs" },
	{ "with one target run and target are one order", 1, {
	    { CAUSE_SLOW, STAGE_NONE, RUN, 0, true },
	    { CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_AUTH_TIMEOUT, STAGE_AUTH, 0,
	    "h0:993 auth.timeout" },
	{ "in which the run's own comes first", 1, {
	    { CAUSE_CONNECT_FILTERED, STAGE_CONNECT, 0, 0, 0 },
	    { CAUSE_CONNECT_PORT_BLOCKED, STAGE_CONNECT, RUN, 0, 0 } }, { 0 },
	    STATE_CRITICAL, CAUSE_CONNECT_PORT_BLOCKED, STAGE_CONNECT, RUN,
	    "run: connect.port-blocked" }
};

static void
find(struct run *run, const struct found *f)
{
	const char *slug = cause_info(f->cause)->slug;
	struct finding *made;

	if (f->target == RUN)
		made = sheet_find(&run->sheet, f->cause, f->stage, NULL,
		    "run: %s", slug);
	else
		made = sheet_find(&run->results[f->target].sheet, f->cause,
		    f->stage, NULL, "h%d:993 %s", f->target, slug);
	assert_non_null(made);
	made->by_deadline = f->by_deadline;
	made->critical = f->critical;
}

static void
prepare(struct run *run, const struct row *row)
{
	char host[16];
	unsigned i;

	memset(run, 0, sizeof(*run));
	run->plugin = "check_test";
	run->policy = row->policy;
	for (i = 0; i < row->ntargets; i++) {
		snprintf(host, sizeof(host), "h%u", i);
		result_summary(sample_result(run, host, 993), "%s is well",
		    host);
	}
	for (i = 0; i < FOUND_MAX && row->found[i].cause != CAUSE_NONE; i++)
		find(run, &row->found[i]);
}

static void
check(const struct run *run, const struct row *row)
{
	assert_string_equal(run->summary, row->summary);
	assert_int_equal(run->state, row->state);
	assert_int_equal(run->cause, row->cause);
	assert_int_equal(run->stage, row->stage);
	if (row->worst == RUN)
		assert_null(run->worst);
	else
		assert_ptr_equal(run->worst, &run->results[row->worst]);
}

static void
verdicts_are_reached(void **unused)
{
	struct run run;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(rows); i++) {
		print_message("%s\n", rows[i].what);
		prepare(&run, &rows[i]);
		verdict_reach(&run, 0);
		check(&run, &rows[i]);
		run_free(&run);
	}
}

static void
consequences_are_marked(void **unused)
{
	struct run run = { .plugin = "check_test" };
	struct result *r = sample_result(&run, "h0", 993);
	const struct finding *f;

	(void)unused;
	sheet_find(&r->sheet, CAUSE_CERT_UNTRUSTED, STAGE_TLS, NULL, "a");
	sheet_find(&r->sheet, CAUSE_CERT_INCOMPLETE_CHAIN, STAGE_TLS, NULL,
	    "b");
	sheet_find(&r->sheet, CAUSE_CERT_EXPIRED, STAGE_TLS, NULL, "c");
	verdict_reach(&run, 0);
	f = run.results[0].sheet.findings;
	assert_int_equal(f[0].consequence_of, CAUSE_CERT_INCOMPLETE_CHAIN);
	assert_false(finding_counts(&f[0]));
	assert_int_equal(f[1].consequence_of, CAUSE_NONE);
	assert_true(finding_counts(&f[1]));
	assert_true(finding_counts(&f[2]));
	assert_int_equal(run.cause, CAUSE_CERT_EXPIRED);
	run_free(&run);
}

enum { N = PROGRESS_NONE, O = PROGRESS_OK, F = PROGRESS_FAILED,
	S = PROGRESS_SKIPPED };

/* dns connect greeting tls auth submit mailbox fetch quota */
static const struct {
	uint16_t	port;		/* 993: TLS first */
	unsigned	expected;
	unsigned char	before[STAGE_COUNT];
	unsigned char	after[STAGE_COUNT];
} skip_rows[] = {
	{ 993, 0x05f, { O, O, N, F, N, N, N, N, N },
	    { O, O, S, F, S, N, S, N, N } },
	{ 143, 0x05f, { O, O, O, F, N, N, N, N, N },
	    { O, O, O, F, S, N, S, N, N } },
	{ 143, 0x05f, { O, O, F, N, N, N, N, N, N },
	    { O, O, F, S, S, N, S, N, N } },
	{ 993, 0x05f, { O, O, F, O, N, N, N, N, N },
	    { O, O, F, O, S, N, S, N, N } },
	{ 993, 0x1ff, { F, N, N, N, N, N, N, N, N },
	    { F, S, S, S, S, S, S, S, S } },
	{ 993, 0x1ff, { O, O, O, O, O, N, N, N, N },
	    { O, O, O, O, O, N, N, N, N } },
	{ 993, 0, { F, N, N, N, N, N, N, N, N },
	    { F, N, N, N, N, N, N, N, N } },
	{ 993, 0x1fe, { N, F, N, N, N, N, N, N, N },
	    { N, F, S, S, S, S, S, S, S } }
};

static void
later_stages_are_skipped(void **unused)
{
	struct result *r;
	struct run run;
	size_t i, k;

	(void)unused;
	for (i = 0; i < ROWS(skip_rows); i++) {
		run = (struct run){ .plugin = "check_test" };
		r = sample_result(&run, "h0", skip_rows[i].port);
		for (k = 0; k < STAGE_COUNT; k++)
			r->stages[k].progress =
			    (enum progress)skip_rows[i].before[k];
		verdict_reach(&run, skip_rows[i].expected);
		for (k = 0; k < STAGE_COUNT; k++)
			assert_int_equal(r->stages[k].progress,
			    skip_rows[i].after[k]);
		run_free(&run);
	}
}

static int
value(const struct run *run, enum metric_id id)
{
	const struct metric *m = sheet_metric(&run->sheet, id);

	return m == NULL ? -1 : (int)m->value;
}

static void
targets_are_counted(void **unused)
{
	static const enum cause causes[] = {
		CAUSE_NONE, CAUSE_AUTH_REJECTED, CAUSE_CERT_WEAK,
		CAUSE_DNS_NO_ANSWER, CAUSE_AUTH_REJECTED, CAUSE_CERT_WEAK,
		CAUSE_CERT_WEAK, CAUSE_NONE
	};
	struct run run = { .plugin = "check_test" };
	struct result *r;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(causes); i++) {
		r = sample_result(&run, "h", (uint16_t)(i + 1));
		if (causes[i] != CAUSE_NONE)
			sheet_find(&r->sheet, causes[i], STAGE_AUTH, NULL, "x");
	}
	verdict_reach(&run, 0);
	assert_int_equal(value(&run, METRIC_TARGETS), 8);
	assert_int_equal(value(&run, METRIC_OK), 2);
	assert_int_equal(value(&run, METRIC_WARNING), 3);
	assert_int_equal(value(&run, METRIC_CRITICAL), 2);
	assert_int_equal(value(&run, METRIC_UNKNOWN), 1);
	assert_int_equal(run.results[1].cause, CAUSE_AUTH_REJECTED);
	assert_int_equal(run.results[2].state, STATE_WARNING);
	assert_int_equal(run.results[7].cause, CAUSE_NONE);
	run_free(&run);
}

static void
one_target_is_not_counted(void **unused)
{
	struct run run = { .plugin = "check_test" };

	(void)unused;
	sample_result(&run, "h", 993);
	verdict_reach(&run, 0);
	assert_int_equal(value(&run, METRIC_TARGETS), -1);
	run_free(&run);
}

static void
timed_stages_are_measured(void **unused)
{
	struct run run = { .plugin = "check_test" };
	struct result *r = sample_result(&run, "h", 993);
	const struct metric *m;

	(void)unused;
	result_spent(r, STAGE_DNS, 1500000);
	result_spent(r, STAGE_TLS, 2000000);
	sheet_measure(&r->sheet, METRIC_TLS, 7);
	verdict_reach(&run, 0);
	m = sheet_metric(&r->sheet, METRIC_DNS);
	assert_non_null(m);
	assert_true(m->has_min && m->value > 1.4 && m->value < 1.6);
	m = sheet_metric(&r->sheet, METRIC_TLS);
	assert_true(m->value > 6.9 && !m->has_min);
	assert_null(sheet_metric(&r->sheet, METRIC_AUTH));
	run_free(&run);
}

static void
want_of_memory_is_our_fault(void **unused)
{
	struct run run = { .plugin = "check_test" };
	struct result *r = sample_result(&run, "h0", 993);

	(void)unused;
	sheet_find(&r->sheet, CAUSE_AUTH_REJECTED, STAGE_AUTH, NULL, "x");
	r->sheet.nomem = true;
	verdict_reach(&run, 0);
	assert_int_equal(run.state, STATE_UNKNOWN);
	assert_int_equal(run.cause, CAUSE_INTERNAL_ERROR);
	assert_int_equal(run.stage, STAGE_NONE);
	assert_null(run.worst);
	assert_string_equal(run.summary, "out of memory");
	assert_int_equal(run.results[0].cause, CAUSE_INTERNAL_ERROR);
	run.policy = (struct policy){ SEVERITIES(memory_warns) };
	verdict_reach(&run, 0);
	assert_int_equal(run.state, STATE_WARNING);
	run_free(&run);
}

static void
expected_and_missing_is_a_finding(void **unused)
{
	struct run run = { .plugin = "check_test" };

	(void)unused;
	run.policy.expect = CAUSE_CERT_EXPIRED;
	sample_result(&run, "h0", 993);
	verdict_reach(&run, 0);
	assert_int_equal(run.sheet.nfindings, 1);
	assert_int_equal(run.sheet.findings[0].cause, CAUSE_THRESHOLD);
	assert_int_equal(run.sheet.findings[0].state, STATE_CRITICAL);
	run_free(&run);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_are_reached),
		cmocka_unit_test(consequences_are_marked),
		cmocka_unit_test(later_stages_are_skipped),
		cmocka_unit_test(targets_are_counted),
		cmocka_unit_test(one_target_is_not_counted),
		cmocka_unit_test(timed_stages_are_measured),
		cmocka_unit_test(want_of_memory_is_our_fault),
		cmocka_unit_test(expected_and_missing_is_a_finding)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
