/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_aside - jobs that come back, that hang and that crash
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "world/aside.h"
#include "world/clock.h"

enum {
	JOBS = 100,
	SECOND = 1000 * 1000
};

/* what jobs do, by number, and leave behind */
struct board {
	size_t	hangs, crashes;		/* the job of that number; JOBS none */
	int	done[JOBS];
};

static void
job(void *arg, size_t i)
{
	struct board *b = arg;

	while (i == b->hangs)
		pause();
	if (i == b->crashes)
		_exit(1);
	b->done[i] = (int)i + 1;
}

static struct board *
board(size_t hangs, size_t crashes)
{
	struct board *b = aside_memory(sizeof(*b));

	assert_non_null(b);
	b->hangs = hangs;
	b->crashes = crashes;
	return b;
}

/* all_but - every job was done, except for one */
static void
all_but(const struct aside *a, const struct board *b, size_t but)
{
	size_t i;

	for (i = 0; i < JOBS; i++) {
		if (i == but) {
			assert_int_equal(aside_state(a, i), ASIDE_BUSY);
			continue;
		}
		assert_int_equal(aside_state(a, i), ASIDE_DONE);
		assert_int_equal(b->done[i], i + 1);
	}
}

static void
all_come_back(void **state)
{
	struct board *b = board(JOBS, JOBS);
	struct aside *a = aside_run(job, b, JOBS, clock_now() + 30 * SECOND,
	    NULL);

	(void)state;
	assert_non_null(a);
	all_but(a, b, JOBS);
	aside_end(a);
	aside_memory_free(b, sizeof(*b));
}

static void
one_hangs(void **state)
{
	struct board *b = board(1, JOBS);
	struct aside *a = aside_run(job, b, JOBS, clock_now() + 3 * SECOND,
	    NULL);

	(void)state;
	assert_non_null(a);
	all_but(a, b, 1);
	assert_true(aside_alive(a));
	aside_end(a);
	aside_memory_free(b, sizeof(*b));
}

static void
one_crashes(void **state)
{
	int64_t begun = clock_now();
	struct board *b = board(JOBS, 1);
	struct aside *a = aside_run(job, b, JOBS, begun + 60 * SECOND, NULL);

	(void)state;
	assert_non_null(a);
	all_but(a, b, 1);
	/* nobody waits for it */
	assert_false(aside_alive(a));
	assert_true(clock_now() - begun < 30 * SECOND);
	aside_end(a);
	aside_memory_free(b, sizeof(*b));
}

static void
told_to_stop(void **state)
{
	static const volatile sig_atomic_t stop = 1;
	int64_t begun = clock_now();
	struct board *b = board(0, JOBS);
	struct aside *a = aside_run(job, b, JOBS, begun + 60 * SECOND, &stop);

	(void)state;
	assert_non_null(a);
	assert_true(clock_now() - begun < 30 * SECOND);
	aside_end(a);
	aside_memory_free(b, sizeof(*b));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_come_back),
		cmocka_unit_test(one_hangs),
		cmocka_unit_test(one_crashes),
		cmocka_unit_test(told_to_stop)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
