/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nntp - the NNTP rungs: greeting, CAPABILITIES and STARTTLS (RFC 3977, RFC
 * 4642)
 *
 * A server that does not know CAPABILITIES may know STARTTLS all the same, and
 * is asked for it.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_NNTP_H
#define DIALOG_NNTP_H

#include "dialog/ladder.h"

extern const struct rung nntp_hello_ladder[];
extern const struct protocol nntp_protocol;

#endif
