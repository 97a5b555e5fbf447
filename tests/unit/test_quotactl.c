/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_quotactl - quotas in the form in which kernels that have them tell them;
 * the values are made up
 */
#define _GNU_SOURCE
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world/quotactl.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))
#define GIB	(1024ull * 1024 * 1024)

enum { NOW = 1800000000, DAY = 86400 };

/* what the kernel says next, and what it was asked */
static struct {
	int			 error;
	struct kernel_quota	 quota;
	enum kernel_quota_kind	 kind;
	uint32_t		 id;
	unsigned		 calls;
} kernel;

static int
made_up(const char *path, enum kernel_quota_kind kind, uint32_t id,
    struct kernel_quota *q)
{
	assert_string_equal(path, "/srv");
	kernel.kind = kind;
	kernel.id = id;
	kernel.calls++;
	*q = kernel.quota;
	return kernel.error;
}

static const struct {
	struct kernel_quota quota;
	int64_t		 bytes, inodes;		/* limits; 0 none */
	bool		 near;
	const char	*words;
} answers[] = {
	/* what `setquota bob 900000 1000000 0 0` sets, in bytes */
	{ { { 4096, 921600000, 1024000000, 0 }, { 1, 0, 0, 0 } }, 1024000000,
	    0, false, "soft limit 878.9 MiB" },
	{ { { 9 * GIB, 8 * GIB, 10 * GIB, NOW + 6 * DAY + 5 },
	    { 70, 0, 100, 0 } }, 10 * GIB, 100, true,
	    "soft limit 8 GiB, whose grace ends in 6 days" },
	/* its grace is over: the soft limit is hard now */
	{ { { 9 * GIB, 8 * GIB, 10 * GIB, NOW - 1 }, { 70, 0, 0, 0 } },
	    8 * GIB, 0, false, "soft limit 8 GiB, whose grace is over" },
	{ { { 9 * GIB, 8 * GIB, 10 * GIB, NOW }, { 70, 0, 0, 0 } },
	    8 * GIB, 0, false, "soft limit 8 GiB, whose grace is over" },
	/* a time that still stands there, though all is well again */
	{ { { 7 * GIB, 8 * GIB, 10 * GIB, NOW - 1 }, { 70, 0, 0, 0 } },
	    10 * GIB, 0, false, "soft limit 8 GiB" },
	{ { { 7, 0, 100, 0 }, { 70, 60, 100, NOW + 7300 } }, 100, 100, true,
	    "soft limit 60 inodes, whose grace ends in 2 hours" },
	{ { { 9, 8, 0, NOW + 60 }, { 0, 0, 0, 0 } }, 8, 0, true,
	    "soft limit 8 bytes, whose grace ends in 1 minute" },
	{ { { 5, 0, 0, 0 }, { 5, 0, 0, 0 } }, 0, 0, false, "" },
	{ { { UINT64_MAX, 0, UINT64_MAX, 0 }, { 0, 0, 0, 0 } }, INT64_MAX, 0,
	    false, "" }
};

static void
judged(const struct kernel_quota *q, bool near)
{
	struct sheet sheet;

	memset(&sheet, 0, sizeof(sheet));
	kernel_quota_judge(&sheet, q, NOW, "user 7 on /srv");
	assert_int_equal(sheet.nfindings, near);
	sheet_free(&sheet);
	memset(&sheet, 0, sizeof(sheet));
	(void)sheet_find(&sheet, CAUSE_QUOTA_EXCEEDED, STAGE_QUOTA, NULL,
	    "all is used");
	kernel_quota_judge(&sheet, q, NOW, "user 7 on /srv");
	assert_int_equal(sheet.nfindings, 1);
	sheet_free(&sheet);
}

static void
limits_and_grace(void **state)
{
	struct quota_list list;
	struct buf words;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(answers); i++) {
		memset(&list, 0, sizeof(list));
		kernel_quota_rows(&list, span_of("x"), &answers[i].quota,
		    NOW);
		assert_int_equal(list.n, 2);
		assert_string_equal(list.rows[0].resource, "STORAGE");
		assert_string_equal(list.rows[1].resource, "INODES");
		assert_int_equal(list.rows[0].limited, answers[i].bytes > 0);
		assert_true(list.rows[0].limit == answers[i].bytes);
		assert_int_equal(list.rows[1].limited, answers[i].inodes > 0);
		assert_true(list.rows[1].limit == answers[i].inodes);
		quota_list_free(&list);
		buf_init(&words, SENTENCE_MAX);
		kernel_quota_words(&words, &answers[i].quota, NOW);
		assert_string_equal(buf_cstr(&words), answers[i].words);
		buf_free(&words);
		judged(&answers[i].quota, answers[i].near);
	}
}

static const struct {
	int		 error;
	enum cause	 cause;
	const char	*why;
} refusals[] = {
	{ EPERM, CAUSE_USAGE_OPTION, "only root" },
	{ ENOENT, CAUSE_USAGE_OPTION, "--mount" },
	{ ESRCH, CAUSE_QUOTA_UNSUPPORTED, "not switched on" },
	{ ENOSYS, CAUSE_QUOTA_UNSUPPORTED, "this kernel" },
	{ EOPNOTSUPP, CAUSE_QUOTA_UNSUPPORTED, "this kernel" },
	{ EINVAL, CAUSE_QUOTA_UNSUPPORTED, "of that kind" },
	{ ENODEV, CAUSE_QUOTA_UNSUPPORTED, "no device" },
	{ EIO, CAUSE_QUOTA_UNSUPPORTED, "does not tell" }
};

/* asked - by that name of that kind */
static bool
asked(enum kernel_quota_kind kind, const char *name,
    struct quota_refusal *refusal)
{
	struct kernel_quota q;

	memset(refusal, 0, sizeof(*refusal));
	buf_init(&refusal->why, SENTENCE_MAX);
	return quotactl_ask(made_up, "/srv", kind, name, &q, refusal);
}

static void
refused(void **state)
{
	struct quota_refusal refusal;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(refusals); i++) {
		kernel.error = refusals[i].error;
		assert_false(asked(KERNEL_QUOTA_USER, "7", &refusal));
		assert_int_equal(refusal.cause, refusals[i].cause);
		assert_int_equal(refusal.stage, STAGE_QUOTA);
		assert_non_null(strstr(buf_cstr(&refusal.why),
		    refusals[i].why));
		buf_free(&refusal.why);
	}
	kernel.error = 0;
}

static void
names_and_numbers(void **state)
{
	struct quota_refusal refusal;
	unsigned before = kernel.calls;

	(void)state;
	assert_true(asked(KERNEL_QUOTA_USER, "root", &refusal));
	assert_int_equal(kernel.id, 0);
	assert_int_equal(kernel.kind, KERNEL_QUOTA_USER);
	assert_true(asked(KERNEL_QUOTA_GROUP, "4294967295", &refusal));
	assert_true(kernel.id == UINT32_MAX);
	assert_true(asked(KERNEL_QUOTA_PROJECT, "12", &refusal));
	assert_int_equal(kernel.id, 12);
	assert_int_equal(kernel.calls, before + 3);
	assert_false(asked(KERNEL_QUOTA_USER, "no-such-user", &refusal));
	buf_free(&refusal.why);
	assert_false(asked(KERNEL_QUOTA_GROUP, "4294967296", &refusal));
	buf_free(&refusal.why);
	assert_false(asked(KERNEL_QUOTA_PROJECT, "no-such", &refusal));
	assert_int_equal(refusal.cause, CAUSE_USAGE_OPTION);
	buf_free(&refusal.why);
	assert_int_equal(kernel.calls, before + 3);
}

/* the kernel of this host, whatever it has, gives an answer or an errno */
static void
real_one(void **state)
{
	struct kernel_quota q;

	(void)state;
	memset(&q, 0, sizeof(q));
	assert_true(quotactl_kernel("/", KERNEL_QUOTA_USER, 0, &q) >= 0);
	assert_int_not_equal(quotactl_kernel("/nothing/there",
	    KERNEL_QUOTA_USER, 0, &q), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(limits_and_grace),
		cmocka_unit_test(refused),
		cmocka_unit_test(names_and_numbers),
		cmocka_unit_test(real_one)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
