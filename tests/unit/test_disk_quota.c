/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_disk_quota - what is made of the kernel's answers, which are recorded
 * ones: a kernel without quotas gives none
 */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/sentence.h"
#include "world/disk_quota.h"

#define NOW	INT64_C(1795600000)

/* what the kernel would say */
static struct disk_use said;
static int error;
static struct disk_who asked;

static int
kernel(int fd, const struct disk_who *who, struct disk_use *use)
{
	assert_true(fd >= 0);
	asked = *who;
	*use = said;
	return error;
}

static const struct {
	struct disk_use	 use;
	bool		 bytes_limited, inodes_limited;
	int64_t		 bytes_limit, inodes_limit;
	const char	*grace;
} answers[] = {
	/* as ext4 said it: setquota alice 900 1000 0 0, with 512 KiB used */
	{ { 524288, 921600, 1024000, 12, 0, 0, 0, 0 }, true, false, 1024000,
	    0, "" },
	{ { 950000, 921600, 1024000, 12, 0, 0, NOW + 86400 * 3, 0 }, true,
	    false, 1024000, 0,
	    "; beyond the soft limit of bytes, with grace for 3 days" },
	{ { 950000, 921600, 0, 101, 100, 200, NOW - 60, 0 }, true, true,
	    921600, 200, "the grace is over since" },
	{ { 5, 0, 0, 1, 0, 0, 0, 0 }, false, false, 0, 0, "" },
	{ { UINT64_MAX, 0, UINT64_MAX, UINT64_MAX, 0, 1, 0, 0 }, true, true,
	    INT64_MAX, 1, "" }
};

static void
answers_become_rows(void **state)
{
	const struct disk_who who = { DISK_GROUP, 42 };
	struct quota_refusal refusal = { .cause = CAUSE_NONE };
	struct quota_list list;
	struct buf grace;
	size_t i;

	(void)state;
	error = 0;
	for (i = 0; i < sizeof(answers) / sizeof(answers[0]); i++) {
		memset(&list, 0, sizeof(list));
		buf_init(&grace, SENTENCE_MAX);
		said = answers[i].use;
		assert_true(disk_quota_ask("/", &who, kernel, NOW, &list,
		    &grace, &refusal));
		assert_int_equal(asked.whose, DISK_GROUP);
		assert_int_equal(asked.id, 42);
		assert_int_equal(list.n, 2);
		assert_int_equal(list.rows[0].limited,
		    answers[i].bytes_limited);
		assert_int_equal(list.rows[1].limited,
		    answers[i].inodes_limited);
		assert_int_equal(list.rows[0].limit, answers[i].bytes_limit);
		assert_int_equal(list.rows[1].limit, answers[i].inodes_limit);
		assert_true(list.rows[0].used >= 0);
		if (answers[i].grace[0] == '\0')
			assert_int_equal(grace.len, 0);
		else
			assert_non_null(strstr(buf_cstr(&grace),
			    answers[i].grace));
		buf_free(&grace);
		quota_list_free(&list);
	}
}

static void
errors_become_causes(void **state)
{
	static const struct {
		int		 error;
		enum cause	 cause;
		const char	*words;
	} rows[] = {
		{ ENOSYS, CAUSE_QUOTA_UNSUPPORTED, "no quotas" },
		{ ESRCH, CAUSE_QUOTA_UNSUPPORTED, "quotaon" },
		{ ENOENT, CAUSE_QUOTA_UNSUPPORTED, "no quota for that one" },
		{ EPERM, CAUSE_USAGE_OPTION, "root" },
		{ EIO, CAUSE_QUOTA_UNSUPPORTED, "" }
	};
	const struct disk_who who = { DISK_USER, 1 };
	struct quota_list list = { .n = 0 };
	struct quota_refusal refusal;
	struct buf grace;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		memset(&refusal, 0, sizeof(refusal));
		buf_init(&refusal.why, SENTENCE_MAX);
		buf_init(&grace, SENTENCE_MAX);
		error = rows[i].error;
		assert_false(disk_quota_ask("/", &who, kernel, NOW, &list,
		    &grace, &refusal));
		assert_int_equal(refusal.cause, rows[i].cause);
		assert_non_null(strstr(buf_cstr(&refusal.why), rows[i].words));
		buf_free(&refusal.why);
		buf_free(&grace);
	}
	memset(&refusal, 0, sizeof(refusal));
	buf_init(&refusal.why, SENTENCE_MAX);
	assert_false(disk_quota_ask("/nonexistent", &who, kernel, NOW, &list,
	    &refusal.why, &refusal));
	assert_int_equal(refusal.cause, CAUSE_USAGE_OPTION);
	buf_free(&refusal.why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_become_rows),
		cmocka_unit_test(errors_become_causes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
