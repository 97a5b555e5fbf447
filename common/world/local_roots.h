/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * local_roots - roots that somebody has added to those of the distribution
 *
 * They lie in folders of their own, from which the bundle is made: an
 * inspecting proxy or a mail scanner has its root there.
 */
#ifndef WORLD_LOCAL_ROOTS_H
#define WORLD_LOCAL_ROOTS_H

#include <stdbool.h>

#include <openssl/x509.h>

enum {
	LOCAL_ROOTS_FILES = 256,	/* of a folder that are looked into */
	LOCAL_ROOTS_CERTS = 64		/* certificates of a file */
};

/* local_roots_has - is it one of those that were added to this host? */
bool	local_roots_has(X509 *);
/* local_roots_in - does that folder have it, in PEM or DER? For tests, too */
bool	local_roots_in(const char *folder, X509 *);

#endif
