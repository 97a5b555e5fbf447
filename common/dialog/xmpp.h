/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xmpp - the XMPP rungs: opening a stream, and STARTTLS (RFC 6120 sections 4
 * and 5), as a client and as a server do it
 *
 * The name that the certificate is asked for is the domain that the stream is
 * opened to.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_XMPP_H
#define DIALOG_XMPP_H

#include "dialog/ladder.h"

extern const struct rung xmpp_hello_ladder[];
extern const struct protocol xmpp_protocol;
extern const struct protocol xmpp_server_protocol;

#endif
