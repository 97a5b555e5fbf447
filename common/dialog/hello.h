/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hello - a TLS ClientHello that is ready made, to see whether a port speaks TLS
 */
#ifndef DIALOG_HELLO_H
#define DIALOG_HELLO_H

#include "base/span.h"

/* hello_bytes - one that any TLS server answers; nobody can go on with the handshake */
struct span	hello_bytes(void);

#endif
