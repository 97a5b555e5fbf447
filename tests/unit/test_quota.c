/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quota - how full it is, against limits and thresholds
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "judge/quota.h"
#include "judge/quota_words.h"
#include "report/verdict.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define G (INT64_C(1) << 30)
#define NO_LIMIT -1

enum { LINES = 4 };

struct line {
	const char	*root;
	const char	*resource;
	int64_t		 used;
	int64_t		 limit;		/* NO_LIMIT none */
};

static void
fill(struct quota_list *list, const struct line *line)
{
	struct quota_row *row = quota_list_add(list, span_of(line->root),
	    span_of(line->resource), strstr(line->resource, "STORAGE") != NULL ?
	    QUOTA_BYTES : QUOTA_COUNT);

	assert_non_null(row);
	row->used = line->used;
	row->limited = line->limit != NO_LIMIT;
	row->limit = row->limited ? line->limit : 0;
}

/* thresholds as -w and -c give them */
struct given {
	enum metric_id	 id;
	const char	*range;		/* NULL no more of them */
	bool		 critical;
};

static const struct row {
	struct line	 lines[LINES];
	struct given	 given[LINES];
	const char	*findings;	/* causes with their states, each with a blank behind */
	const char	*words;		/* in the first sentence */
	double		 percent;	/* below 0: not measured */
} rows[] = {
	{ { { "", "STORAGE", 7 * G, 10 * G } }, { { 0 } }, "", NULL, 70 },
	{ { { "", "STORAGE", 8 * G, 10 * G } }, { { 0 } }, "", NULL, 80 },
	{ { { "", "STORAGE", 8 * G + 1, 10 * G } }, { { 0 } },
	    "quota.near/w ", "alice has used 80% of 10 GiB (warning "
	    "threshold 80)", 80 },
	{ { { "User quota", "STORAGE", 96 * G, 100 * G } }, { { 0 } },
	    "quota.near/c ", "alice has used 96% of 100 GiB of \"User "
	    "quota\" (critical threshold 95)", 96 },
	/* all of it is all of it, whatever the thresholds */
	{ { { "", "STORAGE", 10 * G, 10 * G } }, { { METRIC_PERCENT, "200",
	    false }, { METRIC_PERCENT, "300", true } }, "quota.exceeded/c ",
	    "has used up its quota: 10 GiB of 10 GiB", 100 },
	{ { { "", "MESSAGE", 11, 10 }, { "", "STORAGE", 20, 10 },
	    { "", "MAILBOX", 3, 3 } }, { { 0 } }, "quota.exceeded/c ",
	    "20 bytes of 10 bytes, and 2 more are too", 200 },
	/* a limit of 0 allows nothing, and no limit allows all */
	{ { { "", "STORAGE", 0, 0 } }, { { 0 } }, "quota.exceeded/c ",
	    "0 bytes of 0 bytes", 100 },
	{ { { "", "STORAGE", 9 * G, NO_LIMIT } }, { { 0 } }, "quota.none/o ",
	    "alice has no limit and uses 9 GiB", -1 },
	{ { { 0 } }, { { 0 } }, "quota.none/o ", "alice has no limit", -1 },
	/* one with a limit is enough */
	{ { { "", "STORAGE", 9 * G, NO_LIMIT }, { "", "MESSAGE", 9, 10 } },
	    { { 0 } }, "quota.near/w ", "90% of 10 messages", 90 },
	/* thresholds that are given replace the usual ones of their kind */
	{ { { "", "STORAGE", 9 * G, 10 * G } }, { { METRIC_PERCENT, "95",
	    false } }, "", NULL, 90 },
	{ { { "", "STORAGE", 9 * G, 10 * G } }, { { METRIC_PERCENT, "95",
	    false }, { METRIC_PERCENT, "85", true } }, "quota.near/c ",
	    "critical threshold 85", 90 },
	{ { { "", "STORAGE", 5 * G, 10 * G } }, { { METRIC_USED,
	    "4294967296", false } }, "quota.near/w ",
	    "has used 50% of 10 GiB", 50 },
	{ { { "", "STORAGE", 5 * G, 10 * G } }, { { METRIC_FREE,
	    "6442450944:", true } }, "quota.near/c ",
	    "has only 5 GiB left of 10 GiB", 50 },
	{ { { "", "STORAGE", 5 * G, NO_LIMIT } }, { { METRIC_USED,
	    "4294967296", false }, { METRIC_FREE, "1:", false } },
	    "quota.none/o quota.near/w ", "no limit", -1 },
	{ { { "", "STORAGE", 1, 10 * G }, { "", "MESSAGE", 7, 10 } },
	    { { METRIC_MESSAGES, "6", false } }, "quota.near/w ",
	    "70% of 10 messages", 70 },
	/* a share of their limit, which says nothing where there is none */
	{ { { "", "STORAGE", 1, 10 * G }, { "", "MESSAGE", 7, 10 } },
	    { { METRIC_MESSAGES, "65%", true } }, "quota.near/c ",
	    "70% of 10 messages (critical", 70 },
	{ { { "", "STORAGE", 1, 10 * G }, { "", "MESSAGE", 7, NO_LIMIT } },
	    { { METRIC_MESSAGES, "1%", true } }, "", NULL, 0 },
	{ { { "/srv", "STORAGE", 1, 10 }, { "/srv", "INODES", 7, 10 } },
	    { { METRIC_INODES, "60", true } }, "quota.near/c ",
	    "70% of 10 inodes", 70 },
	/* several are beyond one threshold */
	{ { { "a", "STORAGE", 81, 100 }, { "b", "STORAGE", 90, 100 },
	    { "c", "STORAGE", 85, 100 } }, { { 0 } }, "quota.near/w ",
	    "of \"b\", and 2 more are too", 90 },
	{ { { "a", "STORAGE", 99, 100 }, { "b", "STORAGE", 1, 100 },
	    { "c", "STORAGE", 85, 100 } }, { { 0 } }, "quota.near/c ",
	    "of \"a\" (critical", 99 },
	/* numbers without an end */
	{ { { "", "STORAGE", INT64_MAX, INT64_MAX } }, { { 0 } },
	    "quota.exceeded/c ", "7.9 EiB of 7.9 EiB", 100 },
	{ { { "", "STORAGE", INT64_MAX / 2, INT64_MAX } }, { { 0 } }, "",
	    NULL, 50 },
	{ { { "", "STORAGE", INT64_MAX, 1 } }, { { 0 } },
	    "quota.exceeded/c ", "of 1 byte", 9.223372036854775807e20 }
};

static size_t
take_given(const struct given *given, struct threshold *out)
{
	size_t n = 0;

	for (; n < LINES && given[n].range != NULL; n++) {
		out[n] = (struct threshold){ .id = given[n].id,
		    .critical = given[n].critical };
		assert_true(range_parse(span_of(given[n].range), UNIT_NONE,
		    false, true, &out[n].range));
	}
	return n;
}

static void
write_findings(const struct sheet *sheet, struct buf *out)
{
	const struct finding *f;
	size_t i;

	for (i = 0; i < sheet->nfindings; i++) {
		f = &sheet->findings[i];
		buf_fmt(out, "%s/%c ", cause_info(f->cause)->slug,
		    f->critical || f->cause == CAUSE_QUOTA_EXCEEDED ? 'c' :
		    f->cause == CAUSE_QUOTA_NONE ? 'o' : 'w');
	}
}

static void
judge_row(const struct row *row)
{
	struct threshold given[LINES];
	struct quota_list list = { .n = 0 };
	struct sheet sheet = { .nomem = false };
	const struct metric *percent;
	struct quota_facts *facts;
	struct buf found;
	size_t i;

	for (i = 0; i < LINES && row->lines[i].root != NULL; i++)
		fill(&list, &row->lines[i]);
	facts = quota_facts_make(&list, "imap");
	assert_non_null(facts);
	quota_measure(&sheet, facts);
	quota_judge(&sheet, facts, given, take_given(row->given, given),
	    "mail.example.org:993 says that alice", NULL);
	buf_init(&found, 1024);
	write_findings(&sheet, &found);
	if (strcmp(buf_cstr(&found), row->findings) != 0)
		print_message("row %d\n", (int)(row - rows));
	assert_string_equal(buf_cstr(&found), row->findings);
	if (row->words != NULL &&
	    strstr(sheet.findings[0].sentence, row->words) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", row->words,
		    sheet.findings[0].sentence);
	percent = sheet_metric(&sheet, METRIC_PERCENT);
	assert_int_equal(percent != NULL, row->percent >= 0);
	if (percent != NULL)
		assert_true(percent->value >= row->percent &&
		    percent->value <= row->percent * 1.000001 + 1e-6);
	assert_false(sheet.nomem);
	buf_free(&found);
	sheet_free(&sheet);
	free(facts);
	quota_list_free(&list);
}

static void
verdicts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		judge_row(&rows[i]);
}

static void
metrics(void **state)
{
	static const struct line lines[] = {
		{ "", "STORAGE", 3 * G, 4 * G }, { "", "MESSAGE", 8, 10 },
		{ "", "INODES", 1, 10 }
	};
	struct quota_list list = { .n = 0 };
	struct sheet sheet = { .nomem = false };
	struct quota_facts *facts;
	const struct metric *m;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		fill(&list, &lines[i]);
	facts = quota_facts_make(&list, "imap");
	quota_measure(&sheet, facts);
	m = sheet_metric(&sheet, METRIC_PERCENT);
	assert_true(m->value > 79.9 && m->value < 80.1 && m->has_max &&
	    m->max > 99.9 && m->max < 100.1);
	m = sheet_metric(&sheet, METRIC_USED);
	assert_true((int64_t)m->value == 3 * G && (int64_t)m->max == 4 * G);
	m = sheet_metric(&sheet, METRIC_FREE);
	assert_true((int64_t)m->value == G);
	assert_int_equal(sheet_metric(&sheet, METRIC_MESSAGES)->value, 8);
	assert_int_equal(sheet_metric(&sheet, METRIC_INODES)->value, 10);
	sheet_free(&sheet);
	free(facts);
	quota_list_free(&list);
}

/* the fullest first; what has no limit last, the largest of that first */
static void
order(void **state)
{
	static const struct line lines[] = {
		{ "none", "STORAGE", 5, NO_LIMIT }, { "half", "STORAGE", 5, 10 },
		{ "more", "STORAGE", 9, NO_LIMIT }, { "b", "MESSAGE", 9, 9 },
		{ "a", "MESSAGE", 9, 9 }
	};
	static const char want[] = "a b half more none ";
	struct quota_list list = { .n = 0 };
	struct quota_facts *facts;
	struct buf got;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(lines); i++)
		fill(&list, &lines[i]);
	facts = quota_facts_make(&list, "imap");
	quota_list_free(&list);
	buf_init(&got, 256);
	for (i = 0; i < facts->n; i++)
		buf_fmt(&got, "%s ", facts->rows[i].root);
	assert_string_equal(buf_cstr(&got), want);
	assert_string_equal(quota_facts_fullest(facts, "STORAGE")->root,
	    "half");
	assert_null(quota_facts_fullest(facts, "INODES"));
	buf_free(&got);
	free(facts);
}

static void
the_list(void **state)
{
	static const char hostile[] = "a\x1b[1m|b\xe2\x80\xae";
	struct quota_list list = { .n = 0 };
	struct quota_row *row;
	char name[QUOTA_NAME_MAX * 2];
	size_t i;

	(void)state;
	row = quota_list_add(&list, span_of(hostile), span_of("X"),
	    QUOTA_COUNT);
	assert_string_equal(row->root, "a?[1m/b");
	for (i = 0; i < sizeof(name); i++)
		name[i] = (char)('a' + i % 26);
	row = quota_list_add(&list, (struct span){ name, sizeof(name) },
	    (struct span){ NULL, 0 }, QUOTA_BYTES);
	assert_true(strlen(row->root) <= QUOTA_NAME_MAX + 3);
	assert_string_equal(row->resource, "");
	assert_false(row->limited);
	assert_true(row->full_in < 0);
	while (list.n < QUOTA_ROWS_MAX)
		assert_non_null(quota_list_add(&list, span_of("r"),
		    span_of("X"), QUOTA_COUNT));
	assert_null(quota_list_add(&list, span_of("r"), span_of("X"),
	    QUOTA_COUNT));
	assert_int_equal(list.more, 1);
	assert_false(list.nomem);
	quota_list_free(&list);
	assert_int_equal(list.n, 0);
}

static void
scale(void **state)
{
	(void)state;
	assert_true(quota_scale(0, 1024) == 0);
	assert_true(quota_scale(3, 1024) == 3072);
	assert_true(quota_scale(UINT64_MAX, 1) == INT64_MAX);
	assert_true(quota_scale(UINT64_MAX, 1024) == INT64_MAX);
	assert_true(quota_scale((uint64_t)INT64_MAX / 1024, 1024) ==
	    INT64_MAX / 1024 * 1024);
	assert_true(quota_scale((uint64_t)INT64_MAX / 1024 + 1, 1024) ==
	    INT64_MAX);
	assert_true(quota_scale(7, 0) == 0);
}

static const struct {
	int64_t		 bytes;
	const char	*words;
} sizes[] = {
	{ 0, "0 bytes" }, { 1, "1 byte" }, { 1023, "1023 bytes" },
	{ 1024, "1 KiB" }, { 1536, "1.5 KiB" }, { 1048575, "1023.9 KiB" },
	{ 1048576, "1 MiB" }, { 9 * G + G / 2, "9.5 GiB" },
	{ INT64_MAX, "7.9 EiB" }, { -5, "0 bytes" }
};

static const struct {
	double		 percent;
	const char	*words;
} shares[] = {
	{ 0, "0%" }, { 99.99, "99.9%" }, { 100, "100%" }, { 12.34, "12.3%" },
	{ 150, "150%" }, { 1e300, "1000000000000000%" }
};

static void
words(void **state)
{
	struct quota_row row = { .unit = QUOTA_COUNT };
	char message[] = "MESSAGE", mailbox[] = "MAILBOX", root[] = "r";
	struct buf out;
	size_t i;

	(void)state;
	buf_init(&out, 256);
	for (i = 0; i < COUNT(sizes); i++, buf_clear(&out)) {
		quota_words_size(&out, sizes[i].bytes);
		assert_string_equal(buf_cstr(&out), sizes[i].words);
	}
	for (i = 0; i < COUNT(shares); i++, buf_clear(&out)) {
		quota_words_percent(&out, shares[i].percent);
		assert_string_equal(buf_cstr(&out), shares[i].words);
	}
	row.resource = message;
	row.root = root;
	quota_words_amount(&out, &row, 1);
	row.resource = mailbox;
	quota_words_amount(&out, &row, 3);
	quota_words_root(&out, &row, "other");
	quota_words_root(&out, &row, "r");
	assert_string_equal(buf_cstr(&out), "1 message3 MAILBOX of \"r\"");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts), cmocka_unit_test(metrics),
		cmocka_unit_test(order), cmocka_unit_test(the_list),
		cmocka_unit_test(scale), cmocka_unit_test(words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
