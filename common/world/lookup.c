/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lookup - getaddrinfo() in a pool of threads
 *
 * A lookup belongs to its owner while it waits and once it is done.  In between
 * its thread fills it in; an owner who lets go then leaves it to the thread.
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/lookup.h"

#include <errno.h>
#include <netdb.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/span.h"
#include "base/target.h"
#include "world/sockets.h"

enum phase { WAITING, BUSY, ABANDONED, DONE };

struct lookup {
	enum phase	 phase;		/* under the pool's lock */
	struct lookup	*prev, *next;	/* WAITING: in the queue */
	int		 fds[2];
	char		 host[HOST_MAX];
	int		 family;
	int		 code;		/* EAI_... */
	int		 error;		/* errno of EAI_SYSTEM */
	struct address	 list[ADDRESSES_MAX];
	size_t		 n;
};

static struct {
	pthread_mutex_t	 lock;
	pthread_cond_t	 come;		/* a name has come */
	struct lookup	*first, *last;	/* names that wait */
	unsigned	 waiting;	/* how many */
	unsigned	 threads;
	unsigned	 spare;		/* threads that are about to take a name, or wait for one */
} pool = { .lock = PTHREAD_MUTEX_INITIALIZER,
    .come = PTHREAD_COND_INITIALIZER };

/* append, take_out - of the queue */
static void
append(struct lookup *l)
{
	l->prev = pool.last;
	*(pool.last != NULL ? &pool.last->next : &pool.first) = l;
	pool.last = l;
	pool.waiting++;
}

static void
take_out(struct lookup *l)
{
	*(l->prev != NULL ? &l->prev->next : &pool.first) = l->next;
	*(l->next != NULL ? &l->next->prev : &pool.last) = l->prev;
	l->prev = l->next = NULL;
	pool.waiting--;
}

static void
close_both(struct lookup *l)
{
	close(l->fds[0]);
	close(l->fds[1]);
}

void
lookup_drop(struct lookup *l)
{
	bool ours;

	if (l == NULL)
		return;
	pthread_mutex_lock(&pool.lock);
	ours = l->phase != BUSY;
	if (l->phase == WAITING)
		take_out(l);
	else if (!ours)
		l->phase = ABANDONED;
	/* an abandoned one is done in silence */
	close_both(l);
	pthread_mutex_unlock(&pool.lock);
	if (ours)
		free(l);
}

static bool
listed(const struct lookup *l, const struct address *a)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		if (address_same(&l->list[i], a))
			return true;
	return false;
}

static void
take(struct lookup *l, const struct addrinfo *info)
{
	struct address a;

	for (; info != NULL && l->n < ADDRESSES_MAX; info = info->ai_next)
		if (sockets_address(info->ai_addr, &a) && !listed(l, &a))
			l->list[l->n++] = a;
}

/* look - without the lock */
static void
look(struct lookup *l)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *info = NULL;

	if (l->family != 0)
		hints.ai_family = l->family == 4 ? AF_INET : AF_INET6;
	l->code = getaddrinfo(l->host, NULL, &hints, &info);
	l->error = errno;
	if (l->code == 0) {
		take(l, info);
		freeaddrinfo(info);
	}
}

/* tell - the owner, if there still is one */
static void
tell(struct lookup *l)
{
	char byte = 0;

	if (l->phase == ABANDONED) {
		free(l);
		return;
	}
	l->phase = DONE;
	/* the pipe is empty, and the lock keeps it open */
	while (write(l->fds[1], &byte, 1) == -1 && errno == EINTR)
		continue;
}

/* run - a thread: one name after the other, for ever */
static void *
run(void *arg)
{
	struct lookup *l;

	(void)arg;
	pthread_mutex_lock(&pool.lock);
	for (;;) {
		while (pool.first == NULL)
			pthread_cond_wait(&pool.come, &pool.lock);
		l = pool.first;
		take_out(l);
		l->phase = BUSY;
		pool.spare--;
		pthread_mutex_unlock(&pool.lock);
		look(l);
		pthread_mutex_lock(&pool.lock);
		tell(l);
		pool.spare++;
	}
	return NULL;
}

/* hire - one more thread, which no signal shall be delivered to */
static void
hire(void)
{
	sigset_t all, before;
	pthread_attr_t attr;
	pthread_t thread;

	if (pthread_attr_init(&attr) != 0)
		return;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	if (pthread_create(&thread, &attr, run, NULL) == 0) {
		pool.threads++;
		pool.spare++;
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
}

/* enqueue - false when there is nobody who would ever take it */
static bool
enqueue(struct lookup *l)
{
	bool taken;

	pthread_mutex_lock(&pool.lock);
	append(l);
	if (pool.waiting > pool.spare && pool.threads < LOOKUP_THREADS)
		hire();
	taken = pool.threads > 0;
	if (taken)
		pthread_cond_signal(&pool.come);
	else
		take_out(l);
	pthread_mutex_unlock(&pool.lock);
	return taken;
}

struct lookup *
lookup_start(const char *host, int family)
{
	struct lookup *l = calloc(1, sizeof(*l));

	if (l == NULL)
		return NULL;
	if (!span_copy(span_of(host), l->host, sizeof(l->host)) ||
	    !sockets_pipe(l->fds)) {
		free(l);
		return NULL;
	}
	l->family = family;
	if (enqueue(l))
		return l;
	close_both(l);
	free(l);
	return NULL;
}

int
lookup_fd(const struct lookup *l)
{
	return l->fds[0];
}

/* meaning - of what getaddrinfo() returned */
static enum dns_outcome
meaning(const struct lookup *l)
{
	switch (l->code) {
	case 0:
		return l->n > 0 ? DNS_FOUND : DNS_NO_ADDRESS;
	case EAI_NONAME:
		return DNS_NXDOMAIN;
#ifdef EAI_NODATA
	case EAI_NODATA:
		return DNS_NO_ADDRESS;
#endif
#ifdef EAI_ADDRFAMILY
	case EAI_ADDRFAMILY:
		return DNS_NO_ADDRESS;
#endif
	case EAI_MEMORY:
		return DNS_OURS;
	case EAI_SYSTEM:
		return l->error == ENOMEM || l->error == EMFILE ||
		    l->error == ENFILE ? DNS_OURS : DNS_NO_ANSWER;
	default:
		return DNS_NO_ANSWER;
	}
}

static enum phase
phase_of(const struct lookup *l)
{
	enum phase phase;

	pthread_mutex_lock(&pool.lock);
	phase = l->phase;
	pthread_mutex_unlock(&pool.lock);
	return phase;
}

bool
lookup_begun(const struct lookup *l)
{
	return phase_of(l) != WAITING;
}

bool
lookup_done(const struct lookup *l, struct resolved *r)
{
	/* once it is done, nobody but the owner touches it */
	if (phase_of(l) != DONE)
		return false;
	memset(r, 0, sizeof(*r));
	r->outcome = meaning(l);
	r->n = l->n;
	memcpy(r->list, l->list, l->n * sizeof(l->list[0]));
	if (r->outcome == DNS_NXDOMAIN || r->outcome == DNS_NO_ADDRESS)
		(void)span_copy(span_of("the resolver of this system says so"),
		    r->detail, sizeof(r->detail));
	return true;
}
