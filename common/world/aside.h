/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aside - work that may hang in the kernel, done by processes that are left
 * behind
 *
 * A file system whose server is gone keeps whoever asks it for as long as it
 * likes, and not even SIGKILL frees him from some (FUSE).  A thread would not do:
 * the process would stay, with all that is open in it, and whoever waits for its
 * output too.  So a child does the jobs, one after the other; while one does not
 * come back, another child takes the next.  At the deadline the rest is killed,
 * or left to init.
 *
 * What a job finds out goes into memory that is shared with the children: plain
 * values, no pointers to what a child has allocated.
 */
#ifndef WORLD_ASIDE_H
#define WORLD_ASIDE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	ASIDE_CHILDREN = 32,		/* jobs that may hang at a time */
	ASIDE_PATIENCE = 200 * 1000,	/* microseconds without a job that ended until the next child is hired */
	ASIDE_MARGIN = 100 * 1000	/* microseconds that a job should end before the deadline, to be heard */
};

enum aside_state { ASIDE_WAITS, ASIDE_BUSY, ASIDE_DONE };

struct aside;

/* aside_memory - zeroed, and shared with the children; NULL without memory */
void	*aside_memory(size_t size);
void	 aside_memory_free(void *, size_t size);
/*
 * aside_run - job(arg, i) for every i below n, until all are done, the deadline
 * (a clock_now() time) comes or `stop` is set.  NULL without memory,
 * descriptors or processes: nothing has begun then.
 */
struct aside	*aside_run(void (*job)(void *arg, size_t i), void *arg, size_t n, int64_t deadline, const volatile sig_atomic_t *stop);
/* aside_state - what has become of that one; only of those done may anything be read.  One that is busy when `aside_alive` says no has crashed. */
enum aside_state aside_state(const struct aside *, size_t i);
/* aside_alive - is any child left? */
bool		 aside_alive(const struct aside *);
/* aside_end - nobody waits any more */
void		 aside_end(struct aside *);

#endif
