/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aside - work that may hang in the kernel, done by threads that are left behind
 *
 * A file system whose server is gone keeps whoever asks it for as long as it
 * likes.  So jobs are done by a thread, one after the other; while one does not
 * come back, another thread takes the next.  At the deadline those that hang are
 * abandoned: what they were given stays theirs, and the program ends by _exit().
 */
#ifndef WORLD_ASIDE_H
#define WORLD_ASIDE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ASIDE_THREADS = 32,		/* jobs that may hang at a time */
	ASIDE_PATIENCE = 200 * 1000,	/* microseconds without a job that ended until the next thread is hired */
	ASIDE_MARGIN = 100 * 1000	/* microseconds that a job should end before the deadline, to be heard */
};

enum aside_state { ASIDE_WAITS, ASIDE_BUSY, ASIDE_DONE };

struct aside;

/*
 * aside_run - job(arg, i) for every i below n, until all are done, the deadline
 * (a clock_now() time) comes or `stop` is set.  NULL without memory,
 * descriptors or a thread: nothing has begun then.
 */
struct aside	*aside_run(void (*job)(void *arg, size_t i), void *arg, size_t n, int64_t deadline, const volatile sig_atomic_t *stop);
/* aside_state - what has become of that one; only of those done may anything be read */
enum aside_state aside_state(struct aside *, size_t i);
/* aside_end - true: all threads are gone, and `arg` is the caller's again; false: some hang, and `arg` and what they work on must stay for ever */
bool		 aside_end(struct aside *);

#endif
