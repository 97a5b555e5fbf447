/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * p12_lock - what keeps a PKCS#12 shut: its password and how often that is
 * hashed
 */
#ifndef WORLD_P12_LOCK_H
#define WORLD_P12_LOCK_H

#include <stdint.h>

#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include "base/span.h"
#include "report/cause.h"

enum { P12_TRIES = 3 };		/* none, the empty one, the one given */

struct p12_lock {
	struct {
		const char	*text;	/* borrowed; NULL: none at all, which is hashed in another way than "" */
		int		 len;
	}		 tries[P12_TRIES];
	int		 ntries;	/* one, as soon as it is known to fit */
	bool		 given;		/* one of them was */
	bool		 fits;		/* the only one left does */
	uint64_t	 rounds;	/* left */
	OSSL_PROVIDER	*old;		/* the ciphers of old files, once they are needed */
	enum cause	 cause;		/* of what stands in `why`; CAUSE_NONE: nothing was refused */
	char		 why[200];
};

void	p12_lock_init(struct p12_lock *, struct span password);
/* p12_lock_open - find the password by the checksum of the file, if it has one that passwords go into; false with `why`: locked, wrong password (usage.secret), too much hashing (cert.unreadable) */
bool	p12_lock_open(struct p12_lock *, PKCS12 *);
/* p12_lock_safe - what an encrypted safe holds; NULL with `why`, or without it when it is broken */
STACK_OF(PKCS12_SAFEBAG) *p12_lock_safe(struct p12_lock *, PKCS7 *);
/* p12_lock_key - a key out of its shroud; NULL if it cannot be had, for whatever reason */
PKCS8_PRIV_KEY_INFO *p12_lock_key(struct p12_lock *, const X509_SIG *);
void	p12_lock_free(struct p12_lock *);

#endif
