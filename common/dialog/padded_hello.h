/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * padded_hello - a large first message of TLS, and the farewell behind it
 *
 * A ClientHello (RFC 8446 section 4.1.2) for TLS 1.3 and 1.2 that is made as
 * long as one likes by the padding extension (RFC 7685), and an alert that
 * closes.  A server that takes it answers with its whole flight, certificates
 * included, then reads the alert and closes in an orderly way.  Nothing secret
 * is ever exchanged, so nothing in it is random.
 */
#ifndef DIALOG_PADDED_HELLO_H
#define DIALOG_PADDED_HELLO_H

#include "base/buf.h"

enum {
	PADDED_HELLO_MIN = 600,		/* bytes that it takes without padding, with the longest name */
	PADDED_HELLO_MAX = 16000	/* bytes that fit into one record */
};

/* padded_hello_write - append one of `size` bytes (kept between the bounds above); `host`: the name to ask for (RFC 6066 section 3), "" none */
void	padded_hello_write(struct buf *, const char *host, size_t size);

#endif
