/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cause - the closed lists: states, stages, causes, metrics
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/metric.h"
#include "sample_run.h"

static const struct {
	const char	*text;
	bool		 ok;
	enum state	 want;
} state_rows[] = {
	{ "ok", true, STATE_OK },
	{ "OK", true, STATE_OK },
	{ "0", true, STATE_OK },
	{ "Warning", true, STATE_WARNING },
	{ "1", true, STATE_WARNING },
	{ "CRITICAL", true, STATE_CRITICAL },
	{ "2", true, STATE_CRITICAL },
	{ "unknown", true, STATE_UNKNOWN },
	{ "3", true, STATE_UNKNOWN },
	{ "", false, STATE_OK },
	{ "4", false, STATE_OK },
	{ "00", false, STATE_OK },
	{ "crit", false, STATE_OK },
	{ "ok ", false, STATE_OK }
};

static void
state_is_parsed(void **unused)
{
	enum state s;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(state_rows); i++) {
		s = STATE_OK;
		assert_int_equal(state_parse(span_of(state_rows[i].text), &s),
		    state_rows[i].ok);
		assert_int_equal(s, state_rows[i].want);
	}
}

static void
state_values_are_exit_codes(void **unused)
{
	static const char *const names[] = {
		"OK", "WARNING", "CRITICAL", "UNKNOWN"
	};
	static const char *const words[] = {
		"ok", "warning", "critical", "unknown"
	};
	int i;

	(void)unused;
	for (i = 0; i < 4; i++) {
		assert_string_equal(state_name((enum state)i), names[i]);
		assert_string_equal(state_word((enum state)i), words[i]);
	}
}

static void
state_badness_has_its_own_order(void **unused)
{
	static const enum state order[] = {
		STATE_OK, STATE_UNKNOWN, STATE_WARNING, STATE_CRITICAL
	};
	size_t i, k;

	(void)unused;
	for (i = 0; i < ROWS(order); i++) {
		assert_int_equal(state_badness(order[i]), i);
		for (k = 0; k < ROWS(order); k++)
			assert_int_equal(state_worse(order[i], order[k]),
			    order[i > k ? i : k]);
	}
}

static const struct {
	enum stage	 stage;
	const char	*name;
	const char	*timeout;
	const char	*closed;
} stage_rows[] = {
	{ STAGE_DNS, "dns", "dns.no-answer", "dns.no-answer" },
	{ STAGE_CONNECT, "connect", "connect.filtered", "greeting.closed" },
	{ STAGE_GREETING, "greeting", "greeting.timeout", "greeting.closed" },
	{ STAGE_TLS, "tls", "tls.timeout", "tls.closed" },
	{ STAGE_AUTH, "auth", "auth.timeout", "auth.closed" },
	{ STAGE_SUBMIT, "submit", "submit.timeout", "submit.closed" },
	{ STAGE_MAILBOX, "mailbox", "mailbox.timeout", "mailbox.closed" },
	{ STAGE_FETCH, "fetch", "fetch.timeout", "fetch.incomplete" },
	{ STAGE_QUOTA, "quota", "quota.timeout", "quota.closed" },
	{ STAGE_NONE, NULL, "internal.unfinished", "internal.error" }
};

static void
stage_blames_silence_and_end(void **unused)
{
	enum stage s;
	size_t i;

	(void)unused;
	assert_int_equal(ROWS(stage_rows), STAGE_COUNT + 1);
	for (i = 0; i < ROWS(stage_rows); i++) {
		s = stage_rows[i].stage;
		assert_int_equal(s, i);
		if (stage_rows[i].name == NULL)
			assert_null(stage_name(s));
		else
			assert_string_equal(stage_name(s), stage_rows[i].name);
		assert_string_equal(cause_info(stage_timeout(s))->slug,
		    stage_rows[i].timeout);
		assert_string_equal(cause_info(stage_closed(s))->slug,
		    stage_rows[i].closed);
	}
}

static void
implicit_tls_comes_before_the_greeting(void **unused)
{
	unsigned i;

	(void)unused;
	for (i = 0; i <= STAGE_COUNT; i++)
		assert_int_equal(stage_of_work(i, false), i);
	assert_int_equal(stage_of_work(1, true), STAGE_CONNECT);
	assert_int_equal(stage_of_work(2, true), STAGE_TLS);
	assert_int_equal(stage_of_work(3, true), STAGE_GREETING);
	assert_int_equal(stage_of_work(4, true), STAGE_AUTH);
	assert_int_equal(stage_of_work(STAGE_COUNT, true), STAGE_NONE);
}

static void
causes_are_whole_and_found_by_slug(void **unused)
{
	const struct cause_info *info;
	unsigned i;

	(void)unused;
	for (i = 1; i < CAUSE_COUNT; i++) {
		info = cause_info((enum cause)i);
		assert_int_equal(cause_find(span_of(info->slug)), i);
		assert_true(info->party[0] != '\0');
		assert_true(info->family[0] != '\0');
		assert_true(info->observed[0] != '\0');
		assert_true(info->next[0] != '\0');
		assert_true(cause_matches((enum cause)i,
		    span_of(info->slug)));
	}
	assert_string_equal(cause_info(CAUSE_NONE)->slug, "");
	assert_int_equal(cause_info(CAUSE_NONE)->state, STATE_OK);
}

static void
cause_rows_come_from_the_list(void **unused)
{
	const struct cause_info *info = cause_info(CAUSE_CERT_EXPIRED);

	(void)unused;
	assert_string_equal(info->slug, "cert.expired");
	assert_int_equal(info->state, STATE_CRITICAL);
	assert_string_equal(info->party, "server");
	assert_string_equal(info->family, "C");
	assert_string_equal(info->next, "renew it and reload the server");
	assert_int_equal(cause_info(CAUSE_CERT_CLOCK)->state, STATE_UNKNOWN);
	assert_int_equal(cause_info(CAUSE_SLOW)->state, STATE_WARNING);
	assert_int_equal(cause_info(CAUSE_QUOTA_NONE)->state, STATE_OK);
	assert_true(CAUSE_CERT_CLOCK < CAUSE_CERT_INTERCEPTED);
	assert_true(CAUSE_CERT_INTERCEPTED < CAUSE_CERT_EXPIRED);
	assert_int_equal(cause_find(span_of("cert")), CAUSE_NONE);
	assert_int_equal(cause_find(span_of("cert.expire")), CAUSE_NONE);
	assert_int_equal(cause_find(span_of("")), CAUSE_NONE);
}

static const struct {
	enum cause	 cause;
	const char	*pattern;
	bool		 want;
} match_rows[] = {
	{ CAUSE_CERT_EXPIRED, "cert.expired", true },
	{ CAUSE_CERT_EXPIRED, "cert.*", true },
	{ CAUSE_CERT_EXPIRED, "cert.expire", false },
	{ CAUSE_CERT_EXPIRED, "cert.expired.*", false },
	{ CAUSE_CERT_EXPIRED, "cert.ex*", false },
	{ CAUSE_CERT_EXPIRED, "cert.", false },
	{ CAUSE_CERT_EXPIRED, "cert", false },
	{ CAUSE_CERT_EXPIRED, "cer.*", false },
	{ CAUSE_CERT_EXPIRED, "*", false },
	{ CAUSE_CERT_EXPIRED, ".*", false },
	{ CAUSE_CERT_EXPIRED, "", false },
	{ CAUSE_CERT_EXPIRED, "tls.*", false },
	{ CAUSE_SLOW, "slow", true },
	{ CAUSE_SLOW, "slow.*", false },
	{ CAUSE_NONE, "", false },
	{ CAUSE_NONE, "cert.*", false }
};

static void
cause_patterns_match(void **unused)
{
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(match_rows); i++)
		assert_int_equal(cause_matches(match_rows[i].cause,
		    span_of(match_rows[i].pattern)), match_rows[i].want);
	assert_true(cause_pattern_ok(span_of("quota.*")));
	assert_true(cause_pattern_ok(span_of("threshold")));
	assert_false(cause_pattern_ok(span_of("quotas.*")));
	assert_false(cause_pattern_ok(span_of("*")));
	assert_false(cause_pattern_ok(span_of("")));
}

static void
specific_causes_explain_general_ones(void **unused)
{
	static const struct {
		enum cause	general;
		enum cause	specific[3];
	} rows[] = {
		{ CAUSE_CERT_EXPIRED, { CAUSE_CERT_CLOCK, CAUSE_NONE } },
		{ CAUSE_CERT_NOT_YET_VALID, { CAUSE_CERT_CLOCK, CAUSE_NONE } },
		{ CAUSE_CERT_UNTRUSTED, { CAUSE_CERT_INTERCEPTED,
		    CAUSE_CERT_INCOMPLETE_CHAIN, CAUSE_NONE } },
		{ CAUSE_CERT_SELF_SIGNED, { CAUSE_CERT_INTERCEPTED,
		    CAUSE_NONE } },
		{ CAUSE_CERT_CLOCK, { CAUSE_NONE } },
		{ CAUSE_NONE, { CAUSE_NONE } }
	};
	unsigned i, nth;

	(void)unused;
	for (i = 0; i < ROWS(rows); i++) {
		for (nth = 0; rows[i].specific[nth] != CAUSE_NONE; nth++)
			assert_int_equal(cause_explained_by(rows[i].general,
			    nth), rows[i].specific[nth]);
		assert_int_equal(cause_explained_by(rows[i].general, nth),
		    CAUSE_NONE);
	}
}

static void
own_faults_are_told_apart(void **unused)
{
	(void)unused;
	assert_true(cause_is_ours(CAUSE_USAGE_OPTION));
	assert_true(cause_is_ours(CAUSE_INTERNAL_ERROR));
	assert_true(cause_is_ours(CAUSE_INTERNAL_UNFINISHED));
	assert_false(cause_is_ours(CAUSE_NONE));
	assert_false(cause_is_ours(CAUSE_DNS_NXDOMAIN));
	assert_false(cause_is_ours(CAUSE_CONNECT_NO_NETWORK));
}

static const struct {
	const char	*label;
	enum metric_id	 id;
	const char	*uom;
	enum unit	 unit;
	bool		 falling;
	bool		 duration;
	enum stage	 stage;
} metric_rows[] = {
	{ "time", METRIC_TIME, "s", UNIT_SECONDS, false, true, STAGE_NONE },
	{ "dns", METRIC_DNS, "s", UNIT_SECONDS, false, true, STAGE_DNS },
	{ "tls", METRIC_TLS, "s", UNIT_SECONDS, false, true, STAGE_TLS },
	{ "quota", METRIC_QUOTA, "s", UNIT_SECONDS, false, true, STAGE_QUOTA },
	{ "messages", METRIC_MESSAGES, "", UNIT_NONE, false, false,
	    STAGE_NONE },
	{ "newest_age", METRIC_NEWEST_AGE, "s", UNIT_SECONDS, false, false,
	    STAGE_NONE },
	{ "unseen_age", METRIC_UNSEEN_AGE, "s", UNIT_SECONDS, false, false,
	    STAGE_NONE },
	{ "found", METRIC_FOUND, "", UNIT_NONE, false, false, STAGE_NONE },
	{ "fetch_bytes", METRIC_FETCH_BYTES, "B", UNIT_BYTES, false, false,
	    STAGE_NONE },
	{ "cert_days", METRIC_CERT_DAYS, "", UNIT_DAYS, true, false,
	    STAGE_NONE },
	{ "days", METRIC_DAYS, "", UNIT_DAYS, true, false, STAGE_NONE },
	{ "lifetime", METRIC_LIFETIME, "%", UNIT_PERCENT, true, false,
	    STAGE_NONE },
	{ "free", METRIC_FREE, "B", UNIT_BYTES, true, false, STAGE_NONE },
	{ "ok", METRIC_OK, "", UNIT_NONE, false, false, STAGE_NONE }
};

static void
metrics_come_from_the_list(void **unused)
{
	enum metric_id id;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(metric_rows); i++) {
		id = metric_rows[i].id;
		assert_int_equal(metric_find(span_of(metric_rows[i].label)),
		    id);
		assert_string_equal(metric_info(id)->label,
		    metric_rows[i].label);
		assert_string_equal(metric_info(id)->uom, metric_rows[i].uom);
		assert_int_equal(metric_info(id)->falling,
		    metric_rows[i].falling);
		assert_int_equal(metric_unit(id), metric_rows[i].unit);
		assert_int_equal(metric_is_duration(id),
		    metric_rows[i].duration);
		assert_int_equal(metric_stage(id), metric_rows[i].stage);
	}
	assert_int_equal(metric_find(span_of("tim")), METRIC_COUNT);
	assert_int_equal(metric_find(span_of("")), METRIC_COUNT);
	assert_string_equal(metric_info(METRIC_UNSEEN)->meaning,
	    "without \\Seen");
}

static void
every_stage_has_a_duration(void **unused)
{
	unsigned i;

	(void)unused;
	for (i = 0; i < STAGE_COUNT; i++)
		assert_string_equal(metric_info(metric_of_stage(
		    (enum stage)i))->label, stage_name((enum stage)i));
	assert_int_equal(metric_of_stage(STAGE_NONE), METRIC_COUNT);
}

static void
metric_order_follows_the_work(void **unused)
{
	bool seen[METRIC_COUNT] = { false };
	unsigned i;

	(void)unused;
	for (i = 0; i < METRIC_COUNT; i++) {
		assert_int_equal(metric_in_order(i, false), i);
		seen[metric_in_order(i, true)] = true;
	}
	for (i = 0; i < METRIC_COUNT; i++)
		assert_true(seen[i]);
	assert_int_equal(metric_in_order(0, true), METRIC_TIME);
	assert_int_equal(metric_in_order(METRIC_GREETING, true), METRIC_TLS);
	assert_int_equal(metric_in_order(METRIC_TLS, true), METRIC_GREETING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(state_is_parsed),
		cmocka_unit_test(state_values_are_exit_codes),
		cmocka_unit_test(state_badness_has_its_own_order),
		cmocka_unit_test(stage_blames_silence_and_end),
		cmocka_unit_test(implicit_tls_comes_before_the_greeting),
		cmocka_unit_test(causes_are_whole_and_found_by_slug),
		cmocka_unit_test(cause_rows_come_from_the_list),
		cmocka_unit_test(cause_patterns_match),
		cmocka_unit_test(specific_causes_explain_general_ones),
		cmocka_unit_test(own_faults_are_told_apart),
		cmocka_unit_test(metrics_come_from_the_list),
		cmocka_unit_test(every_stage_has_a_duration),
		cmocka_unit_test(metric_order_follows_the_work)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
