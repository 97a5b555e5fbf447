/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quota - what an IMAP server writes, and what is made of what it says
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "judge/quota.h"
#include "judge/quota_words.h"
#include "reply/imap_quota.h"

static const struct {
	const char	*text;
	bool		 good;
	const char	*root;
	const char	*rows;	/* "NAME used limit;" for each, "-" no limit; "!" nonsense */
} replies[] = {
	{ "\"\" (STORAGE 10 512)", true, "", "STORAGE 10 512;" },
	{ "a (STORAGE 1 2 MESSAGE 3 4)", true, "a",
	    "STORAGE 1 2;MESSAGE 3 4;" },
	{ "\"a \\\"b\\\" (c)\" (X-Y 1 2)", true, "a \"b\" (c)", "X-Y 1 2;" },
	{ "{3}\r\na b (STORAGE 1 2)", true, "a b", "STORAGE 1 2;" },
	{ "(STORAGE 1 2)", true, "", "STORAGE 1 2;" },
	{ "x ()", true, "x", "" }, { "x ( )", true, "x", "" },
	{ "x (STORAGE -1 -1)", true, "x", "STORAGE 0 -;" },
	{ "x (STORAGE 99999999999999999999 18446744073709551615)", true, "x",
	    "STORAGE 18446744073709551615 18446744073709551615;" },
	{ "x (STORAGE 1)", true, "x", "!" },
	{ "x (STORAGE)", true, "x", "!" },
	{ "x (STORAGE 1 2 MESSAGE)", true, "x", "STORAGE 1 2;!" },
	{ "x (STORAGE one 2)", true, "x", "!" },
	{ "x (STORAGE - 2)", true, "x", "!" },
	{ "x (STORAGE 1.5 2)", true, "x", "!" },
	{ "x", true, "x", "" }, { "\"ROOT\"", true, "ROOT", "" },
	{ "\"\" ", true, "", "" }, { "", false, NULL, NULL },
	{ "x y", false, NULL, NULL }, { "\"x", false, NULL, NULL },
	{ "x (STORAGE 1 2", false, NULL, NULL },
	{ "\"x (STORAGE 1 2)", false, NULL, NULL }
};

static void
written(struct span list, struct buf *out)
{
	enum imap_quota_found found;
	struct imap_quota q;

	while ((found = imap_quota_next(&list, &q)) == IMAP_QUOTA_ONE) {
		buf_span_add(out, q.resource);
		buf_fmt(out, " %llu ", (unsigned long long)q.used);
		if (q.limited)
			buf_fmt(out, "%llu;", (unsigned long long)q.limit);
		else
			buf_str(out, "-;");
	}
	if (found == IMAP_QUOTA_NONSENSE)
		buf_char(out, '!');
}

static void
replies_are_read(void **state)
{
	struct buf root, rows;
	struct span text;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(replies) / sizeof(replies[0]); i++) {
		buf_init(&root, 1024);
		buf_init(&rows, 1024);
		text = span_of(replies[i].text);
		if (imap_quota_root(&text, &root) != replies[i].good)
			fail_msg("'%s'", replies[i].text);
		if (replies[i].good) {
			written(text, &rows);
			assert_string_equal(buf_cstr(&root), replies[i].root);
			assert_string_equal(buf_cstr(&rows), replies[i].rows);
		}
		buf_free(&root);
		buf_free(&rows);
	}
}

/* whatever is cut off, nothing is read beyond the end: the bytes stand in a block of their own */
static void
beginnings_are_read(void **state)
{
	size_t i, n, len;
	struct span text;
	struct buf root, rows;
	char *copy;

	(void)state;
	for (i = 0; i < sizeof(replies) / sizeof(replies[0]); i++)
		for (n = 0, len = strlen(replies[i].text); n <= len; n++) {
			copy = test_malloc(n + 1);
			memcpy(copy, replies[i].text, n);
			text = (struct span){ copy, n };
			buf_init(&root, 1024);
			buf_init(&rows, 1024);
			if (imap_quota_root(&text, &root))
				written(text, &rows);
			buf_free(&root);
			buf_free(&rows);
			test_free(copy);
		}
}

static const struct {
	int64_t		 bytes;
	const char	*words;
} sizes[] = {
	{ 0, "0 bytes" }, { 1, "1 byte" }, { 1023, "1023 bytes" },
	{ 1024, "1 KiB" }, { 1536, "1.5 KiB" }, { 1048575, "1023.9 KiB" },
	{ 1048576, "1 MiB" }, { INT64_C(10737418240), "10 GiB" },
	{ INT64_MAX, "7.9 EiB" }
};

static void
sizes_are_never_rounded_up(void **state)
{
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		buf_init(&out, 64);
		quota_words_size(&out, sizes[i].bytes);
		assert_string_equal(buf_cstr(&out), sizes[i].words);
		buf_free(&out);
	}
	buf_init(&out, 64);
	quota_words_percent(&out, 99.99);
	assert_string_equal(buf_cstr(&out), "99.9%");
	buf_free(&out);
}

static void
values_saturate(void **state)
{
	struct quota_row row = { .limited = true, .used = 1, .limit = 0 };

	(void)state;
	assert_int_equal(quota_scale(UINT64_MAX, 1), INT64_MAX);
	assert_int_equal(quota_scale(UINT64_C(9007199254740992), 1024),
	    INT64_MAX);
	assert_int_equal(quota_scale(3, 1024), 3072);
	assert_true(quota_percent(&row) >= 100);
	row.limited = false;
	assert_true(quota_percent(&row) < 0);
}

/* what is told of one account, which thresholds are given, and what comes of it */
static const struct {
	const char	*what;
	struct { const char *root, *resource; int64_t used, limit; } rows[3];	/* limit below 0: none */
	struct { enum metric_id id; bool critical; double start, end; } given[2];
	enum cause	 cause;
	bool		 critical;
	const char	*said;
} judged[] = {
	{ "room", { { "r", "STORAGE", 79, 100 } }, { { 0 } },
	    CAUSE_NONE, false, NULL },
	{ "near", { { "r", "STORAGE", 81, 100 } }, { { 0 } },
	    CAUSE_QUOTA_NEAR, false,
	    "alice has used 81% of 100 bytes of \"r\" (warning threshold 80)" },
	{ "very near", { { "r", "STORAGE", 96, 100 } }, { { 0 } },
	    CAUSE_QUOTA_NEAR, true, "(critical threshold 95)" },
	{ "full", { { "r", "STORAGE", 100, 100 } },
	    { { METRIC_PERCENT, false, 0, 500 },
	    { METRIC_PERCENT, true, 0, 500 } }, CAUSE_QUOTA_EXCEEDED, false,
	    "100 bytes of 100 bytes" },
	{ "the fullest counts", { { "a", "STORAGE", 1, 100 },
	    { "b", "MESSAGE", 9, 10 } }, { { 0 } }, CAUSE_QUOTA_NEAR, false,
	    "90% of 10 messages of \"b\"" },
	{ "several", { { "a", "STORAGE", 90, 100 }, { "b", "STORAGE", 91,
	    100 }, { "c", "STORAGE", 1, 100 } }, { { 0 } }, CAUSE_QUOTA_NEAR,
	    false, "of \"b\", and 1 more is too" },
	{ "no limit", { { "a", "STORAGE", 90, -1 } }, { { 0 } },
	    CAUSE_QUOTA_NONE, false, "has no limit and uses 90 bytes" },
	{ "no limit, and yet", { { "a", "STORAGE", 90, -1 } },
	    { { METRIC_USED, false, 0, 80 } }, CAUSE_QUOTA_NEAR, false,
	    "has used 90 bytes" },
	{ "what is free", { { "a", "STORAGE", 40, 100 } },
	    { { METRIC_FREE, true, 70, 1e9 } }, CAUSE_QUOTA_NEAR, true,
	    "has only 60 bytes left of 100 bytes" },
	{ "inodes", { { "/x", "INODES", 50, 100 }, { "/x", "STORAGE", 1,
	    100 } }, { { METRIC_INODES, false, 0, 40 } }, CAUSE_QUOTA_NEAR,
	    false, "50% of 100 inodes" },
	{ "nothing may be", { { "a", "STORAGE", 0, 0 } }, { { 0 } },
	    CAUSE_QUOTA_EXCEEDED, false, "0 bytes of 0 bytes" }
};

static struct quota_facts *
facts_of(size_t i)
{
	struct quota_list list = { .n = 0 };
	struct quota_facts *facts;
	struct quota_row *row;
	size_t k;

	for (k = 0; k < 3 && judged[i].rows[k].root != NULL; k++) {
		row = quota_list_add(&list, span_of(judged[i].rows[k].root),
		    span_of(judged[i].rows[k].resource),
		    strcmp(judged[i].rows[k].resource, "STORAGE") == 0 ?
		    QUOTA_BYTES : QUOTA_COUNT);
		assert_non_null(row);
		row->used = judged[i].rows[k].used;
		row->limited = judged[i].rows[k].limit >= 0;
		row->limit = row->limited ? judged[i].rows[k].limit : 0;
	}
	facts = quota_facts_make(&list, "imap", "alice");
	assert_non_null(facts);
	quota_list_free(&list);
	return facts;
}

static void
judge_row(size_t i)
{
	struct threshold given[2];
	struct sheet sheet = { .nfindings = 0 };
	struct quota_facts *facts = facts_of(i);
	const struct finding *worst = NULL;
	size_t n, k;

	for (n = 0; n < 2 && judged[i].given[n].end > 0; n++)
		given[n] = (struct threshold){ .id = judged[i].given[n].id,
			.critical = judged[i].given[n].critical, .range = {
			.start = judged[i].given[n].start,
			.end = judged[i].given[n].end } };
	quota_measure(&sheet, facts);
	quota_judge(&sheet, facts, given, n, "alice", NULL);
	for (k = 0; k < sheet.nfindings; k++)
		if (sheet.findings[k].cause == judged[i].cause)
			worst = &sheet.findings[k];
	if (judged[i].cause == CAUSE_NONE)
		assert_int_equal(sheet.nfindings, 0);
	else if (worst == NULL || worst->critical != judged[i].critical ||
	    strstr(worst->sentence, judged[i].said) == NULL)
		fail_msg("%s: %s", judged[i].what, worst == NULL ?
		    "no such finding" : worst->sentence);
	sheet_free(&sheet);
	free(facts);
}

static void
accounts_are_judged(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(judged) / sizeof(judged[0]); i++)
		judge_row(i);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(replies_are_read),
		cmocka_unit_test(beginnings_are_read),
		cmocka_unit_test(sizes_are_never_rounded_up),
		cmocka_unit_test(values_saturate),
		cmocka_unit_test(accounts_are_judged)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
