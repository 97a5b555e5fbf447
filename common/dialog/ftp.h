/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ftp - the FTP rungs: greeting and AUTH TLS (RFC 959, RFC 4217 section 4)
 *
 * What the server offers is not asked: FEAT need not name AUTH, and a server
 * that does not know it says so.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls.
 */
#ifndef DIALOG_FTP_H
#define DIALOG_FTP_H

#include "dialog/ladder.h"

extern const struct rung ftp_hello_ladder[];
extern const struct protocol ftp_protocol;

#endif
