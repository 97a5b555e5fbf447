/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_search - other paths than the one that OpenSSL builds
 *
 * Depth first over the issuers of a pool, twice: over those that are sound, and
 * then over all, so that an expired cross-sign cannot hide a good one and is
 * named when there is no good one.  At each step the issuer that is nearest to an
 * anchor comes first, so that the first path takes no step back; then one whose
 * key identifier fits; else the order of the pool counts.  A path that reaches
 * an anchor is verified by OpenSSL as exactly that path, for constraints of names
 * and of length are a matter of all of it.
 *
 * Everything is capped, for certificates that sign each other in a ring make as
 * many paths as one likes.
 */
#ifndef WORLD_CERT_SEARCH_H
#define WORLD_CERT_SEARCH_H

#include "world/cert_try.h"

enum {
	SEARCH_DEPTH_MAX = 20,		/* certificates of a path, leaf and anchor included */
	SEARCH_STEPS_MAX = 20000,	/* issuers looked at, in each of the two rounds */
	SEARCH_PATHS_MAX = 64,		/* paths verified by OpenSSL, in both together */
	SEARCH_TIME_MAX = 300000	/* microseconds; the path being verified then is the last */
};

/* what a search did */
struct search_sums {
	unsigned	steps, paths, signatures;
};

/*
 * cert_search - replace *best, what OpenSSL's own path came to on that context,
 * by a path that is better (cert_try_better); the first without a trouble ends
 * it.  best->nomem without memory.  `sums` may be NULL.
 */
void	cert_search(struct cert_try *best, X509_STORE_CTX *, struct search_sums *);

#endif
