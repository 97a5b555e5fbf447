/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sasl - who we are, in the ways that servers ask for it
 *
 * PLAIN (RFC 4616) and LOGIN are made here.  The challenge mechanisms come from
 * a module (libgsasl) behind struct sasl_functions, which the frame hands in,
 * so that this layer stays pure.
 */
#ifndef DIALOG_SASL_H
#define DIALOG_SASL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	SASL_MECHANISMS_MAX = 32,	/* offered ones that are kept */
	SASL_NAME_MAX = 21,		/* RFC 4422 section 3.1, with NUL */
	SASL_STEPS_MAX = 8,		/* challenges answered before it is a violation */
	SASL_MESSAGE_MAX = 64 * 1024
};

enum sasl_result {
	SASL_GO_ON,		/* send the answer */
	SASL_COMPLETE,		/* send the answer (may be empty); nothing more is expected */
	SASL_BAD_CHALLENGE,	/* the server's message makes no sense */
	SASL_UNPROVEN,		/* SCRAM, DIGEST-MD5: the server does not know the password */
	SASL_FAILED		/* ours: memory, an unknown mechanism */
};

/* what the module gives: one exchange at a time */
struct sasl_functions {
	/* start - NULL if the mechanism is not supported; user and password are copied, wiped by end */
	void	*(*start)(const char *mechanism, const char *service, const char *host, struct span user, struct span password);
	/*
	 * step - raw bytes in (not base64), raw bytes appended to `out`.  For
	 * a mechanism where the client speaks first (SCRAM) the first call has
	 * no bytes.  A server that says OK to SCRAM before SASL_COMPLETE has
	 * not proven itself either: that is as SASL_UNPROVEN.
	 */
	enum sasl_result (*step)(void *, struct span challenge, struct buf *out);
	void	 (*end)(void *);
};

/* sasl_plain - NUL user NUL password appended */
void	sasl_plain(struct buf *, struct span user, struct span password);
/* sasl_strength - a rank for "strongest": SCRAM-SHA-256 > SCRAM-SHA-1 > DIGEST-MD5 > CRAM-MD5 > PLAIN > LOGIN; 0 for what we do not speak with a password */
int	sasl_strength(struct span mechanism);
/* sasl_is_builtin - PLAIN or LOGIN or EXTERNAL: needs no module */
bool	sasl_is_builtin(struct span mechanism);

#endif
