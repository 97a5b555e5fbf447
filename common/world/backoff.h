/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * backoff - do not lock an account by asking again with a refused password
 *
 * After auth.rejected a file remembers, for this server, port and user, when it
 * was and a salted slow hash (PBKDF2-HMAC-SHA-256) of the secret, so that a
 * changed secret is tried at once.  A healthy run finds no file and costs one
 * failed open().
 */
#ifndef WORLD_BACKOFF_H
#define WORLD_BACKOFF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/target.h"
#include "world/digest.h"

struct backoff {
	const char	*state_dir;	/* --state-dir or NULL */
	int64_t		 pause;		/* microseconds; 0 is off */
	int64_t		 now;		/* seconds since 1970 */
	const struct digests *digests;	/* not asked when it is off */
};

/* backoff_active - was this secret refused within the pause?  *since is when.  A broken or foreign file counts as none. */
bool	backoff_active(const struct backoff *, const struct target *, struct span secret, int64_t *since);
/* backoff_remember - after auth.rejected; false with a sentence in `why` */
bool	backoff_remember(const struct backoff *, const struct target *, struct span secret, struct buf *why);
/* backoff_forget - after a login that was taken, if a file is there */
void	backoff_forget(const struct backoff *, const struct target *);

#endif
