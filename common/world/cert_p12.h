/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_p12 - the certificates of a PKCS#12 (RFC 7292), and which of them its
 * key belongs to
 *
 * No password and the empty one are tried first, then the one that was given.
 * A file says itself how often a password is hashed, so that is limited: all of
 * it together, or a hostile file would cost hours.
 */
#ifndef WORLD_CERT_P12_H
#define WORLD_CERT_P12_H

#include "world/cert_bag.h"

enum {
	P12_ROUNDS_MAX = 4 * 1000 * 1000,	/* of hashing, about two seconds */
	P12_DEEP_MAX = 4			/* bags within bags */
};

/* cert_p12_read - false when it is broken, or locked with another password (usage.secret) */
bool	cert_p12_read(struct cert_bag *, struct span);

#endif
