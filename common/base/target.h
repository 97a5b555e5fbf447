/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target - whom a check asks
 *
 * Everything in it came from the caller and has been checked before it is here:
 * host holds letters, digits, dots, hyphens and underscores, or is an address;
 * user holds no control characters.  So these three, and only these, may stand
 * in a command that is offered for pasting.
 */
#ifndef BASE_TARGET_H
#define BASE_TARGET_H

#include <stdint.h>

#include "base/address.h"
#include "base/buf.h"

enum {
	HOST_MAX = 254		/* bytes of a host name with its NUL: RFC 1035 section 2.3.4 */
};

struct proxy;

enum tls_mode { TLS_NONE, TLS_STARTTLS, TLS_IMPLICIT };

struct target {
	char		 host[HOST_MAX];	/* as given; brackets removed; IDN already in A-label form */
	char		 sni[HOST_MAX];		/* name asked for and verified; usually host; "" none (host is an address) */
	struct address	 fixed;			/* --address: connect there, without DNS */
	struct address	 address;		/* where the connection went, family 0 until then */
	uint16_t	 port;
	enum tls_mode	 tls;
	const char	*protocol;		/* "imap", "pop3", "smtp"; names the STARTTLS dialect too */
	const struct proxy *proxy;		/* the way to it, which resolves its name too; NULL none; borrowed from the options */
	const char	*user;			/* NULL where the check has none; borrowed from the options */
};

/* target_is_host - may this be a host name or an address? (syntax only, at most 253 bytes, `_` tolerated) */
bool	target_is_host(struct span);
/* target_write - "host:port", "[v6]:port"; "host" or "v6" where there is no one port */
void	target_write(struct buf *, const struct target *);
/* tls_mode_name - "none", "starttls", "implicit" */
const char	*tls_mode_name(enum tls_mode);

#endif
