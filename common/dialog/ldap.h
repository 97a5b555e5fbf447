/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ldap - the LDAP rung: StartTLS (RFC 4511 section 4.14)
 *
 * The client speaks first, so the answer to StartTLS is the server's greeting,
 * too: silence or an end before it is greeting.timeout or greeting.closed.  What
 * the server offers is not asked: the root DSE is often closed to strangers.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_LDAP_H
#define DIALOG_LDAP_H

#include "dialog/ladder.h"

extern const struct rung ldap_hello_ladder[];
extern const struct protocol ldap_protocol;

#endif
