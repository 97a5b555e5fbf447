/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * http_connect - what an HTTP proxy answers to CONNECT
 *
 * RFC 9112 section 4: status-line = HTTP-version SP status-code SP
 * [ reason-phrase ] CRLF, header lines, an empty line.  RFC 9110 section
 * 9.3.6: any 2xx opens the tunnel behind it; whatever its headers say of a
 * length counts for nothing.  A bare LF ends a line as well.
 */
#ifndef REPLY_HTTP_CONNECT_H
#define REPLY_HTTP_CONNECT_H

#include "reply/socks.h"

enum {
	HTTP_HEAD_MAX = 16 * 1024	/* bytes of an answer without its body */
};

/* http_connect_reply - status and reason (which lies in the bytes), and the bytes that the head took; TUNNEL_BAD also for a head without end */
enum tunnel_scan http_connect_reply(struct span, unsigned *status, struct span *reason, size_t *used);

#endif
