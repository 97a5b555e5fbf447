/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aside - work that may hang in the kernel, done by processes that are left
 * behind
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include <sys/mman.h>
#include <sys/types.h>
#include <sys/wait.h>
#ifdef HAVE_SYS_PRCTL_H
#include <sys/prctl.h>
#endif

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world/aside.h"
#include "world/clock.h"
#include "world/sockets.h"

enum { DESCRIPTORS = 1024 };	/* that a child closes, if they are open */

/* what parent and children see */
struct shared {
	atomic_size_t	 next;		/* job that nobody has begun */
	atomic_bool	 over;		/* nobody listens any more */
	atomic_int	 state[];
};

struct aside {
	void		(*job)(void *, size_t);
	void		*arg;
	size_t		 n;
	struct shared	*shared;
	int		 fds[2];	/* a byte for each job that ended */
	pid_t		 children[ASIDE_CHILDREN];	/* 0: gone */
	unsigned	 hired;
};

void *
aside_memory(size_t size)
{
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

void
aside_memory_free(void *p, size_t size)
{
	if (p != NULL)
		(void)munmap(p, size);
}

static size_t
shared_size(const struct aside *a)
{
	return sizeof(*a->shared) + a->n * sizeof(a->shared->state[0]);
}

/* keep_nothing - whoever waits for our output or for a lock must not wait for a child that hangs */
static void
keep_nothing(int but)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), fd;

	for (fd = 0; fd <= 2; fd++)
		if (null < 0)
			close(fd);
		else
			(void)dup2(null, fd);
	for (fd = 3; fd < DESCRIPTORS; fd++)
		if (fd != but)
			close(fd);
}

/* work - in a child: never returns */
static void
work(struct aside *a)
{
	char byte = 0;
	size_t i;

#ifdef HAVE_SYS_PRCTL_H
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
	keep_nothing(a->fds[1]);
	while (!atomic_load(&a->shared->over) &&
	    (i = atomic_fetch_add(&a->shared->next, 1)) < a->n) {
		atomic_store(&a->shared->state[i], ASIDE_BUSY);
		a->job(a->arg, i);
		atomic_store(&a->shared->state[i], ASIDE_DONE);
		/* a full pipe wakes whoever listens as well */
		while (write(a->fds[1], &byte, 1) == -1 && errno == EINTR)
			continue;
	}
	close(a->fds[1]);
	_exit(0);
}

static void
hire(struct aside *a)
{
	pid_t pid;

	if (a->hired == ASIDE_CHILDREN)
		return;
	pid = fork();
	if (pid == 0)
		work(a);
	if (pid > 0)
		a->children[a->hired++] = pid;
}

/* reap - children that are gone */
static void
reap(struct aside *a)
{
	unsigned i;

	for (i = 0; i < a->hired; i++)
		if (a->children[i] != 0 &&
		    waitpid(a->children[i], NULL, WNOHANG) != 0)
			a->children[i] = 0;
}

bool
aside_alive(const struct aside *a)
{
	unsigned i;

	for (i = 0; i < a->hired; i++)
		if (a->children[i] != 0)
			return true;
	return false;
}

/* await - the next sign of life, for a while; false when there is none */
static bool
await(const struct aside *a, int64_t left)
{
	struct pollfd pfd = { .fd = a->fds[0], .events = POLLIN };
	int64_t wait = left < ASIDE_PATIENCE ? left : ASIDE_PATIENCE;
	char bytes[64];

	if (poll(&pfd, 1, (int)((wait + 999) / 1000)) <= 0)
		return false;
	while (read(a->fds[0], bytes, sizeof(bytes)) > 0)
		continue;
	return true;
}

static bool
unfinished(const struct aside *a)
{
	size_t i;

	for (i = 0; i < a->n; i++)
		if (aside_state(a, i) != ASIDE_DONE)
			return true;
	return false;
}

static void
listen_to(struct aside *a, int64_t deadline, const volatile sig_atomic_t *stop)
{
	int64_t left;

	while (unfinished(a) && (stop == NULL || *stop == 0)) {
		left = deadline - clock_now();
		if (left <= 0)
			break;
		if (await(a, left))
			continue;
		reap(a);
		if (atomic_load(&a->shared->next) < a->n)
			hire(a);
		else if (!aside_alive(a))
			break;
	}
	atomic_store(&a->shared->over, true);
}

struct aside *
aside_run(void (*job)(void *, size_t), void *arg, size_t n, int64_t deadline,
    const volatile sig_atomic_t *stop)
{
	struct aside *a = calloc(1, sizeof(*a));

	if (a == NULL)
		return NULL;
	a->job = job;
	a->arg = arg;
	a->n = n;
	a->shared = aside_memory(shared_size(a));
	if (a->shared == NULL || !sockets_pipe(a->fds)) {
		aside_memory_free(a->shared, shared_size(a));
		free(a);
		return NULL;
	}
	/* a scheduler may have had us ignore our children */
	(void)signal(SIGCHLD, SIG_DFL);
	hire(a);
	if (a->hired > 0) {
		listen_to(a, deadline, stop);
		return a;
	}
	aside_end(a);
	return NULL;
}

enum aside_state
aside_state(const struct aside *a, size_t i)
{
	return (enum aside_state)atomic_load(&a->shared->state[i]);
}

void
aside_end(struct aside *a)
{
	bool done = !unfinished(a);
	unsigned i;

	for (i = 0; i < a->hired; i++) {
		if (a->children[i] == 0)
			continue;
		if (!done)
			(void)kill(a->children[i], SIGKILL);
		/* with nothing left to do it ends at once; else it may hang on */
		(void)waitpid(a->children[i], NULL, done ? 0 : WNOHANG);
	}
	close(a->fds[0]);
	close(a->fds[1]);
	aside_memory_free(a->shared, shared_size(a));
	free(a);
}
