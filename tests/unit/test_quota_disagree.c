/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quota_disagree - several sources; quota_forecast - what is said of a trend */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota_disagree.h"
#include "judge/quota_forecast.h"

#define GIB	INT64_C(1073741824)

enum {
	ROWS = 3,
	SOURCES = 3
};

/* what a source says; a resource of NULL ends it */
struct said {
	const char	*backend, *whom, *account;
	bool		 disk;
	struct {
		const char *root, *resource;
		int64_t	 used, limit;	/* limit below 0: none */
	} rows[ROWS];
};

struct row {
	const char	*name;
	struct said	 said[SOURCES];
	struct quota_tolerance tolerance;
	size_t		 findings;
	const char	*words;		/* of the first finding */
};

#define IMAP(used, limit) { "imap", "mx:993", "alice", false, \
	{ { "User quota", "STORAGE", used, limit } } }
#define DOVEADM(used, limit) { "doveadm", "mx:8080", "alice", false, \
	{ { "User quota", "STORAGE", used, limit } } }
#define MAILDIR(used, limit) { "maildir", "/srv/alice", NULL, false, \
	{ { "", "STORAGE", used, limit } } }
#define DISK(path, used, limit) { "filesystem", path, NULL, true, \
	{ { path, "STORAGE", used, limit }, { path, "INODES", 5, 9 } } }

static const struct row rows[] = {
	{ "the same", { IMAP(6 * GIB, 10 * GIB),
	    DOVEADM(6 * GIB, 10 * GIB) }, { 0 }, 0, NULL },
	{ "within five points", { IMAP(60 * GIB, 100 * GIB),
	    DOVEADM(65 * GIB, 100 * GIB) }, { 0 }, 0, NULL },
	{ "beyond five points", { IMAP(60 * GIB, 100 * GIB),
	    DOVEADM(66 * GIB, 100 * GIB) }, { 0 }, 1,
	    "imap (mx:993) and doveadm (mx:8080) disagree about alice: 60% of "
	    "100 GiB and 66% of 100 GiB; the fuller one is doveadm (mx:8080)" },
	{ "within ten points", { IMAP(60 * GIB, 100 * GIB),
	    DOVEADM(66 * GIB, 100 * GIB) }, { true, false, 10 }, 0, NULL },
	{ "beyond a GiB", { IMAP(62 * GIB, 100 * GIB),
	    DOVEADM(60 * GIB, 100 * GIB) }, { true, true, 1e9 }, 1,
	    "the fuller one is imap (mx:993)" },
	{ "within three GiB", { IMAP(62 * GIB, 100 * GIB),
	    DOVEADM(60 * GIB, 100 * GIB) }, { true, true, 3.3e9 }, 0, NULL },
	{ "another limit, and the same share of it", { IMAP(5 * GIB,
	    10 * GIB), DOVEADM(10 * GIB, 20 * GIB) }, { 0 }, 1,
	    "50% of 10 GiB and 50% of 20 GiB" },
	{ "a limit and none", { IMAP(5 * GIB, 10 * GIB),
	    DOVEADM(5 * GIB, -1) }, { 0 }, 1,
	    "50% of 10 GiB and 5 GiB without a limit; the fuller one is imap "
	    "(mx:993)" },
	{ "no limit, the same", { IMAP(5 * GIB, -1), DOVEADM(5 * GIB, -1) },
	    { 0 }, 0, NULL },
	{ "no limit, not the same", { IMAP(5 * GIB, -1),
	    DOVEADM(6 * GIB, -1) }, { 0 }, 1, "the fuller one is doveadm" },
	{ "units of 1024 bytes", { IMAP(1024, 2048), DOVEADM(1, 2048) },
	    { 0 }, 0, NULL },
	{ "a root without a name is the same", { IMAP(6 * GIB, 10 * GIB),
	    MAILDIR(8 * GIB, 10 * GIB) }, { 0 }, 1,
	    "imap (mx:993) and maildir (/srv/alice) disagree about alice" },
	{ "somebody else", { IMAP(6 * GIB, 10 * GIB), { "doveadm", "mx:8080",
	    "bob", false, { { "User quota", "STORAGE", GIB, 10 * GIB } } } },
	    { 0 }, 0, NULL },
	{ "one of several, who knows whose", { IMAP(6 * GIB, 10 * GIB),
	    MAILDIR(GIB, 10 * GIB), { "maildir", "/srv/bob", NULL, false,
	    { { "", "STORAGE", GIB, 10 * GIB } } } }, { 0 }, 0, NULL },
	{ "the same back end", { IMAP(6 * GIB, 10 * GIB),
	    IMAP(1 * GIB, 10 * GIB) }, { 0 }, 0, NULL },
	{ "other resources", { IMAP(6 * GIB, 10 * GIB), { "doveadm",
	    "mx:8080", "alice", false, { { "User quota", "MESSAGE", 5, 6 } }
	    } }, { 0 }, 0, NULL },
	{ "counts: bytes of tolerance are not for them", { { "imap",
	    "mx:993", "alice", false, { { "q", "MESSAGE", 50, 100 } } },
	    { "doveadm", "mx:8080", "alice", false,
	    { { "q", "MESSAGE", 60, 100 } } } }, { true, true, 1e9 }, 1,
	    "50% of 100 messages and 60% of 100 messages" },
	{ "no answer", { IMAP(6 * GIB, 10 * GIB) }, { 0 }, 0, NULL },
	{ "the quota says 60 %, the disk is full", { IMAP(6 * GIB,
	    10 * GIB), DISK("/var/mail", 99 * GIB, 99 * GIB) }, { 0 }, 1,
	    "imap (mx:993) leaves 4 GiB to alice with 60% of 10 GiB, and "
	    "filesystem (/var/mail) has room for 0 bytes with 100% of 99 GiB: "
	    "the disk is the fuller one" },
	{ "the disk has room", { IMAP(6 * GIB, 10 * GIB),
	    DISK("/var/mail", 95 * GIB, 100 * GIB) }, { 0 }, 0, NULL },
	{ "the disk has nearly room", { IMAP(6 * GIB, 10 * GIB),
	    DISK("/var/mail", 97 * GIB, 100 * GIB + GIB / 2) }, { 0 }, 0,
	    NULL },
	{ "one of two disks has", { IMAP(6 * GIB, 10 * GIB), DISK("/var/mail",
	    99 * GIB, 99 * GIB), DISK("/srv", 1, 99 * GIB) }, { 0 }, 0, NULL },
	{ "neither has", { IMAP(6 * GIB, 10 * GIB), DISK("/var/mail",
	    99 * GIB, 99 * GIB), DISK("/srv", 98 * GIB, 99 * GIB) }, { 0 },
	    1, "filesystem (/srv) has room for 1 GiB" },
	{ "no limit is no promise", { IMAP(6 * GIB, -1), DISK("/var/mail",
	    99 * GIB, 99 * GIB) }, { 0 }, 0, NULL },
	{ "a full quota promises nothing", { IMAP(12 * GIB, 10 * GIB),
	    DISK("/var/mail", 99 * GIB, 99 * GIB) }, { 0 }, 0, NULL },
	{ "everything up to the end of all numbers", { IMAP(0, INT64_MAX),
	    DOVEADM(INT64_MAX, INT64_MAX), DISK("/", INT64_MAX, INT64_MAX) },
	    { 0 }, 2, "0% of" }
};

static struct quota_facts *
facts_of(const struct said *said)
{
	struct quota_list list = { .n = 0 };
	struct quota_facts *facts;
	struct quota_row *row;
	size_t i;

	for (i = 0; i < ROWS && said->rows[i].resource != NULL; i++) {
		row = quota_list_add(&list, span_of(said->rows[i].root),
		    span_of(said->rows[i].resource),
		    strcmp(said->rows[i].resource, "STORAGE") == 0 ?
		    QUOTA_BYTES : QUOTA_COUNT);
		assert_non_null(row);
		row->used = said->rows[i].used;
		row->limited = said->rows[i].limit >= 0;
		row->limit = row->limited ? said->rows[i].limit : 0;
	}
	facts = quota_facts_make(&list, said->backend);
	assert_non_null(facts);
	quota_list_free(&list);
	return facts;
}

static void
each_pair_for_what_it_is(void **state)
{
	struct quota_source sources[SOURCES];
	struct quota_facts *facts[SOURCES];
	const struct said *said;
	struct sheet sheet;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&sheet, 0, sizeof(sheet));
		for (n = 0; n < SOURCES &&
		    rows[i].said[n].backend != NULL; n++) {
			said = &rows[i].said[n];
			facts[n] = facts_of(said);
			sources[n] = (struct quota_source){ facts[n],
			    said->whom, said->account, said->disk };
		}
		quota_disagree_judge(&sheet, sources, n, &rows[i].tolerance);
		if (sheet.nfindings != rows[i].findings)
			fail_msg("%s: %zu findings", rows[i].name,
			    sheet.nfindings);
		if (rows[i].words != NULL && strstr(
		    sheet.findings[0].sentence, rows[i].words) == NULL)
			fail_msg("%s: %s", rows[i].name,
			    sheet.findings[0].sentence);
		sheet_free(&sheet);
		while (n > 0)
			free(facts[--n]);
	}
}

static void
many_are_told_briefly(void **state)
{
	static const struct said one = IMAP(6 * GIB, 10 * GIB);
	static const struct said two = DOVEADM(9 * GIB, 10 * GIB);
	static const struct quota_tolerance usual = { 0 };
	struct quota_facts *a = facts_of(&one), *b = facts_of(&two);
	struct quota_source sources[24];
	struct sheet sheet = { .nfindings = 0 };
	char names[12][8] = { "a", "b", "c", "d", "e", "f", "g", "h", "i",
	    "j", "k", "l" };
	size_t i;

	(void)state;
	for (i = 0; i < 24; i++)
		sources[i] = (struct quota_source){ i < 12 ? a : b, "mx",
		    names[i % 12], false };
	quota_disagree_judge(&sheet, sources, 24, &usual);
	assert_int_equal(sheet.nfindings, QUOTA_DISAGREE_MAX);
	assert_non_null(strstr(sheet.findings[0].sentence,
	    ", and so do 4 more"));
	sheet_free(&sheet);
	free(a);
	free(b);
}

static const struct quota_row ten = {
	.root = (char *)(uintptr_t)"User quota",
	.resource = (char *)(uintptr_t)"STORAGE", .unit = QUOTA_BYTES,
	.used = 9 * GIB, .limit = 10 * GIB, .limited = true
};

static const struct trend_outlook soon = {
	.verdict = TREND_GROWS, .n = 20, .covered = 864000,
	.rate = (double)GIB / 259200, .full_in = 259200, .soonest = 172800,
	.latest = 432000
};

static void
soon_is_a_finding(void **state)
{
	struct sheet sheet = { .nfindings = 0 };
	const struct metric *m;

	(void)state;
	quota_forecast_judge(&sheet, &ten, &soon, 604800, NULL, 0, "mx:993",
	    "alice", NULL);
	assert_int_equal(sheet.nfindings, 1);
	assert_int_equal(sheet.findings[0].cause, CAUSE_QUOTA_FORECAST);
	assert_string_equal(sheet.findings[0].sentence, "mx:993 will have no "
	    "room for alice in about 3 days (2 days to 5 days): it grows by "
	    "341.3 MiB a day, and 90% of 10 GiB of \"User quota\" is used "
	    "(warning threshold 604800:)");
	m = sheet_metric(&sheet, METRIC_FULL_IN);
	assert_non_null(m);
	assert_true(m->value > 259199 && m->value < 259201);
	sheet_free(&sheet);
	/* not so soon */
	memset(&sheet, 0, sizeof(sheet));
	quota_forecast_judge(&sheet, &ten, &soon, 86400, NULL, 0, "/srv",
	    NULL, NULL);
	assert_int_equal(sheet.nfindings, 0);
	assert_int_equal(sheet.nmetrics, 1);
	sheet_free(&sheet);
}

static void
thresholds_take_its_place(void **state)
{
	static const struct threshold given[] = {
		{ METRIC_FULL_IN, false, { .start = 86400, .no_end = true } },
		{ METRIC_FULL_IN, true, { .start = 3600, .no_end = true } }
	};
	static const struct threshold far = { METRIC_FULL_IN, true,
	    { .start = 2592000, .no_end = true } };
	struct sheet sheet = { .nfindings = 0 };
	struct quota_row full = ten;

	(void)state;
	quota_forecast_judge(&sheet, &ten, &soon, 604800, given, 2, "/srv",
	    NULL, NULL);
	assert_int_equal(sheet.nfindings, 0);
	sheet_free(&sheet);
	memset(&sheet, 0, sizeof(sheet));
	quota_forecast_judge(&sheet, &ten, &soon, 604800, &far, 1, "/srv",
	    NULL, "User quota");
	assert_int_equal(sheet.nfindings, 1);
	assert_true(sheet.findings[0].critical);
	assert_non_null(strstr(sheet.findings[0].sentence,
	    "/srv will be full in about 3 days"));
	assert_non_null(strstr(sheet.findings[0].sentence,
	    "90% of 10 GiB is used (critical threshold 2592000:)"));
	sheet_free(&sheet);
	/* what is full already has a finding of its own */
	memset(&sheet, 0, sizeof(sheet));
	full.used = full.limit;
	quota_forecast_judge(&sheet, &full, &soon, 604800, &far, 1, "/srv",
	    NULL, NULL);
	assert_int_equal(sheet.nfindings, 0);
	sheet_free(&sheet);
}

static void
notes_say_why(void **state)
{
	static const struct {
		struct trend_outlook	 outlook;
		const char		*words;
	} notes[] = {
		{ { .verdict = TREND_SHORT, .n = 1 }, "no forecast yet, with "
		    "1 point: it takes 10 over a day" },
		{ { .verdict = TREND_SHORT, .n = 3, .covered = 7200 }, "no "
		    "forecast yet, with 3 points over 2 hours: it takes 10 "
		    "over a day" },
		{ { .verdict = TREND_STILL }, "it does not grow" },
		{ { .verdict = TREND_UNEVEN }, "it grows too unevenly for a "
		    "forecast" },
		{ { .verdict = TREND_GROWS, .full_in = 7e5, .rate = 1e-6 },
		    "full in about 8 days at less than one a week" },
		{ { .verdict = TREND_GROWS }, "" }
	};
	struct buf text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(notes) / sizeof(notes[0]); i++) {
		buf_init(&text, SENTENCE_MAX);
		quota_forecast_note(&text, &ten, &notes[i].outlook);
		assert_string_equal(buf_cstr(&text), notes[i].words);
		buf_free(&text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_pair_for_what_it_is),
		cmocka_unit_test(many_are_told_briefly),
		cmocka_unit_test(soon_is_a_finding),
		cmocka_unit_test(thresholds_take_its_place),
		cmocka_unit_test(notes_say_why)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
