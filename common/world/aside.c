/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * aside - work that may hang in the kernel, done by threads that are left behind
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "world/aside.h"
#include "world/clock.h"
#include "world/sockets.h"

struct aside {
	pthread_mutex_t	 lock;
	void		(*job)(void *, size_t);
	void		*arg;
	size_t		 n;
	size_t		 next;		/* under the lock, as all below */
	size_t		 ended;
	bool		 over;		/* nobody listens any more */
	int		 fds[2];	/* a byte for each job that ended */
	pthread_t	 threads[ASIDE_THREADS];
	unsigned	 hired;
	enum aside_state state[];
};

/* take - the next job; false when there is none */
static bool
take(struct aside *a, size_t *i)
{
	bool more;

	pthread_mutex_lock(&a->lock);
	more = a->next < a->n && !a->over;
	if (more) {
		*i = a->next++;
		a->state[*i] = ASIDE_BUSY;
	}
	pthread_mutex_unlock(&a->lock);
	return more;
}

static void
tell(struct aside *a, size_t i)
{
	char byte = 0;

	pthread_mutex_lock(&a->lock);
	a->state[i] = ASIDE_DONE;
	a->ended++;
	/* a full pipe wakes whoever listens as well */
	while (write(a->fds[1], &byte, 1) == -1 && errno == EINTR)
		continue;
	pthread_mutex_unlock(&a->lock);
}

static void *
run(void *arg)
{
	struct aside *a = arg;
	size_t i;

	while (take(a, &i)) {
		a->job(a->arg, i);
		tell(a, i);
	}
	return NULL;
}

/* hire - one more thread, which no signal shall be delivered to */
static void
hire(struct aside *a)
{
	sigset_t all, before;

	if (a->hired == ASIDE_THREADS)
		return;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&a->threads[a->hired], NULL, run, a) == 0)
		a->hired++;
	pthread_sigmask(SIG_SETMASK, &before, NULL);
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

/* unfinished - are there any left, and any that nobody has begun? */
static bool
unfinished(struct aside *a, bool *waiting)
{
	bool left;

	pthread_mutex_lock(&a->lock);
	left = a->ended < a->n;
	*waiting = a->next < a->n;
	pthread_mutex_unlock(&a->lock);
	return left;
}

static void
listen_to(struct aside *a, int64_t deadline, const volatile sig_atomic_t *stop)
{
	int64_t left;
	bool waiting;

	while (unfinished(a, &waiting) && (stop == NULL || *stop == 0)) {
		left = deadline - clock_now();
		if (left <= 0)
			break;
		if (!await(a, left) && waiting)
			hire(a);
	}
	pthread_mutex_lock(&a->lock);
	a->over = true;
	pthread_mutex_unlock(&a->lock);
}

struct aside *
aside_run(void (*job)(void *, size_t), void *arg, size_t n, int64_t deadline,
    const volatile sig_atomic_t *stop)
{
	struct aside *a = calloc(1, sizeof(*a) + n * sizeof(a->state[0]));

	if (a == NULL)
		return NULL;
	a->job = job;
	a->arg = arg;
	a->n = n;
	if (!sockets_pipe(a->fds)) {
		free(a);
		return NULL;
	}
	pthread_mutex_init(&a->lock, NULL);
	hire(a);
	if (a->hired > 0) {
		listen_to(a, deadline, stop);
		return a;
	}
	(void)aside_end(a);
	return NULL;
}

enum aside_state
aside_state(struct aside *a, size_t i)
{
	enum aside_state state;

	pthread_mutex_lock(&a->lock);
	state = a->state[i];
	pthread_mutex_unlock(&a->lock);
	return state;
}

bool
aside_end(struct aside *a)
{
	bool hang;
	unsigned i;

	pthread_mutex_lock(&a->lock);
	hang = a->hired > 0 && a->ended < a->next;
	pthread_mutex_unlock(&a->lock);
	if (hang)
		return false;
	for (i = 0; i < a->hired; i++)
		(void)pthread_join(a->threads[i], NULL);
	close(a->fds[0]);
	close(a->fds[1]);
	pthread_mutex_destroy(&a->lock);
	free(a);
	return true;
}
