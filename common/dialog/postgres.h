/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * postgres - the PostgreSQL rung: SSLRequest
 *
 * The client speaks first, and the server answers with one byte, so that is its
 * greeting, too: silence or an end before it is greeting.timeout or
 * greeting.closed.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_POSTGRES_H
#define DIALOG_POSTGRES_H

#include "dialog/ladder.h"

extern const struct rung postgres_hello_ladder[];
extern const struct protocol postgres_protocol;

#endif
