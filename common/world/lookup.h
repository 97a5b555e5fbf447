/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lookup - getaddrinfo() in a pool of threads
 *
 * It blocks for as long as it likes and cannot be stopped, so nobody waits for
 * it: a descriptor becomes readable when it is done, and who does not care any
 * more lets go.  Threads are started as names come, up to LOOKUP_THREADS, and
 * take the next name when they are done with one; further names wait.  A thread
 * that never comes back keeps one place and nothing else.  None is ever joined:
 * the program ends by _exit().
 *
 * Each lookup has a pipe of its own.  One for the pool would have to belong to
 * one loop, and there is one loop after the other.
 */
#ifndef WORLD_LOOKUP_H
#define WORLD_LOOKUP_H

#include "judge/net_facts.h"

enum {
	LOOKUP_THREADS = 32	/* names asked for at once */
};

struct lookup;

/* lookup_start - family 0, 4 or 6; NULL without memory, threads or descriptors */
struct lookup	*lookup_start(const char *host, int family);
/* lookup_fd - readable when it is done; to be unwatched before lookup_drop() */
int		 lookup_fd(const struct lookup *);
/* lookup_done - is it? then what it found: an error is no more than a hint (DNS_NO_ANSWER where it cannot tell) */
bool		 lookup_done(const struct lookup *, struct resolved *);
/* lookup_begun - has a thread taken it? one that waits behind threads that hang may never be begun */
bool		 lookup_begun(const struct lookup *);
/* lookup_drop - let go: of what it found, or before it has found it, or even begun */
void		 lookup_drop(struct lookup *);

#endif
