/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * socks - what a SOCKS 5 proxy answers
 *
 * RFC 1928 section 3: VER METHOD.  Section 6: VER REP RSV ATYP BND.ADDR
 * BND.PORT, where ATYP is 1 (4 bytes), 3 (a length and so many), 4 (16).
 */
#ifndef REPLY_SOCKS_H
#define REPLY_SOCKS_H

#include "base/span.h"

enum {
	SOCKS_VERSION = 5,
	SOCKS_NO_LOGIN = 0,	/* METHOD */
	SOCKS_NO_METHOD = 0xff,
	SOCKS_GRANTED = 0	/* REP */
};

enum tunnel_scan { TUNNEL_MORE, TUNNEL_WHOLE, TUNNEL_BAD };

/* socks_method - the method chosen, and the bytes the answer took */
enum tunnel_scan socks_method(struct span, unsigned *method, size_t *used);
/* socks_reply - the reply field, and the bytes the answer took */
enum tunnel_scan socks_reply(struct span, unsigned *code, size_t *used);

#endif
