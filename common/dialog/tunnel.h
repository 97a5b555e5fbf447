/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tunnel - ask a proxy for a way to the server
 *
 * SOCKS 5 (RFC 1928) without login, or CONNECT (RFC 9110 section 9.3.6).  The
 * name goes to the proxy as it is: nobody here resolves it.
 */
#ifndef DIALOG_TUNNEL_H
#define DIALOG_TUNNEL_H

#include "base/buf.h"
#include "judge/via.h"

enum {
	TUNNEL_OUT_MAX = 1024,		/* bytes of all that is said: a host name twice and a little */
	TUNNEL_IN_MAX = 64 * 1024	/* bytes of the answer, and of what the server says behind it */
};

enum tunnelling { TUNNEL_ON, TUNNEL_UP, TUNNEL_FAILED };

struct tunnel {
	const struct proxy	*proxy;
	const struct target	*target;
	bool			 asked;		/* SOCKS: the request is said */
	struct buf		 in;		/* once it is up: what the server has said already */
	struct via		 via;		/* why it failed */
};

/* tunnel_begin - say the first words; both structs are borrowed */
void		tunnel_begin(struct tunnel *, const struct proxy *, const struct target *, struct buf *out);
/* tunnel_bytes - what the proxy says, and the answer to it */
enum tunnelling	tunnel_bytes(struct tunnel *, struct span, struct buf *out);
void		tunnel_free(struct tunnel *);

#endif
