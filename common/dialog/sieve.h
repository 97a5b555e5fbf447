/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sieve - the ManageSieve rungs: greeting, STARTTLS, and what is offered
 * inside it (RFC 5804 sections 1.7 and 2.2)
 *
 * The server says unasked what it offers, when it greets and when TLS is up.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_SIEVE_H
#define DIALOG_SIEVE_H

#include "dialog/ladder.h"

/* up to what the server offers: greeting, STARTTLS, capabilities */
extern const struct rung sieve_hello_ladder[];
extern const struct protocol sieve_protocol;

#endif
