/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * lookup - getaddrinfo() in a thread of its own
 *
 * It blocks for as long as it likes and cannot be stopped, so nobody waits for
 * it: a descriptor becomes readable when it is done, and who does not care any
 * more lets go.  Thread and owner share the job; the last to let go frees it.
 */
#ifndef WORLD_LOOKUP_H
#define WORLD_LOOKUP_H

#include "judge/net_facts.h"

struct lookup;

/* lookup_start - family 0, 4 or 6; NULL without memory, threads or descriptors */
struct lookup	*lookup_start(const char *host, int family);
/* lookup_fd - readable when it is done; to be unwatched before lookup_drop() */
int		 lookup_fd(const struct lookup *);
/* lookup_done - is it? then what it found: an error is no more than a hint (DNS_NO_ANSWER where it cannot tell) */
bool		 lookup_done(const struct lookup *, struct resolved *);
/* lookup_drop - let go */
void		 lookup_drop(struct lookup *);

#endif
