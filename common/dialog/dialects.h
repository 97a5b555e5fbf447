/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dialects - the protocols in which TLS can be started, by name and by port
 *
 * For whoever wants TLS and nothing behind it: with session_config.greet_only
 * each ladder ends when TLS is up (imap_hello_ladder, pop3_hello_ladder,
 * smtp_hello_ladder for SMTP and LMTP, sieve_hello_ladder and so on).  It needs
 * no login and no wishes.  Without greet_only IMAP, POP3, SMTP, LMTP and
 * ManageSieve go on to what the server offers inside TLS; the others have
 * nothing to go on to.
 */
#ifndef DIALOG_DIALECTS_H
#define DIALOG_DIALECTS_H

#include "base/target.h"
#include "dialog/ladder.h"

struct dialect {
	const struct protocol	*protocol;	/* with its name and its ports */
	const struct rung	*ladder;
};

/* dialect_names - all of them, ended by NULL; as openssl s_client calls them */
extern const char *const dialect_names[];
/* dialect_of - by name, letters of any case; NULL when there is none */
const struct dialect	*dialect_of(struct span name);
/* dialect_of_port - that of the port's service, with STARTTLS or with implicit TLS; NULL when none is known */
const struct dialect	*dialect_of_port(uint16_t port);
/* dialect_mode - how TLS begins on that port: implicit on the one that the protocol has for that, else STARTTLS */
enum tls_mode		 dialect_mode(const struct dialect *, uint16_t port);

#endif
