/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * proxy_header - what a load balancer says before the first byte of its client
 *
 * The PROXY protocol of HAProxy, versions 1 (text) and 2 (binary): who speaks
 * to whom.  It goes out in clear before anything else, TLS included.
 */
#ifndef BASE_PROXY_HEADER_H
#define BASE_PROXY_HEADER_H

#include "base/address.h"
#include "base/buf.h"

enum proxy_version { PROXY_HEADER_NONE, PROXY_HEADER_V1, PROXY_HEADER_V2 };

struct endpoint {
	struct address	address;
	uint16_t	port;
};

/* proxy_header_write - append the header for a TCP connection; addresses of no family, or of two, are said to be unknown */
void	proxy_header_write(struct buf *, enum proxy_version, const struct endpoint *from, const struct endpoint *to);

#endif
