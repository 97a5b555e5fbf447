/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lookup - getaddrinfo() in a thread of its own
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
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/span.h"
#include "base/target.h"
#include "world/sockets.h"

struct lookup {
	atomic_uint	 holders;
	atomic_bool	 done;
	int		 fds[2];
	char		 host[HOST_MAX];
	int		 family;
	int		 code;		/* EAI_... */
	int		 error;		/* errno of EAI_SYSTEM */
	struct address	 list[ADDRESSES_MAX];
	size_t		 n;
};

void
lookup_drop(struct lookup *l)
{
	if (l == NULL || atomic_fetch_sub(&l->holders, 1) != 1)
		return;
	close(l->fds[0]);
	close(l->fds[1]);
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

static void *
run(void *arg)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM };
	struct addrinfo *info = NULL;
	struct lookup *l = arg;
	char byte = 0;

	if (l->family != 0)
		hints.ai_family = l->family == 4 ? AF_INET : AF_INET6;
	l->code = getaddrinfo(l->host, NULL, &hints, &info);
	l->error = errno;
	if (l->code == 0) {
		take(l, info);
		freeaddrinfo(info);
	}
	atomic_store(&l->done, true);
	/* the pipe is empty and open as long as the job is held */
	while (write(l->fds[1], &byte, 1) == -1 && errno == EINTR)
		continue;
	lookup_drop(l);
	return NULL;
}

/* begin - start the thread, which no signal shall be delivered to */
static bool
begin(struct lookup *l)
{
	sigset_t all, before;
	pthread_attr_t attr;
	pthread_t thread;
	int error;

	if (pthread_attr_init(&attr) != 0)
		return false;
	pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, &attr, run, l);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	pthread_attr_destroy(&attr);
	return error == 0;
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
	atomic_init(&l->done, false);
	atomic_init(&l->holders, 2);
	if (begin(l))
		return l;
	atomic_store(&l->holders, 1);
	lookup_drop(l);
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

bool
lookup_done(const struct lookup *l, struct resolved *r)
{
	if (!atomic_load(&l->done))
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
