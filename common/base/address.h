/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * address - an IPv4 or IPv6 address, without any socket
 */
#ifndef BASE_ADDRESS_H
#define BASE_ADDRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
	ADDRESS_TEXT = 64	/* bytes that any address with its zone takes as text, NUL included */
};

struct address {
	uint8_t		family;		/* 0 none, 4, 6 */
	uint8_t		ip[16];		/* network order; IPv4 uses the first 4 */
	uint32_t	scope;		/* IPv6 link-local: interface index, else 0 */
};

/* address_parse - numeric IPv4 (four decimal parts) or IPv6, brackets allowed around the latter; no zone */
bool		address_parse(struct span, struct address *);
/* address_text - written into the array, which is returned; "" for none */
const char	*address_text(const struct address *, char [ADDRESS_TEXT]);
/* address_literal - as SMTP says it (RFC 5321 section 4.1.3): "[192.0.2.1]", "[IPv6:2001:db8::1]" without its zone; loopback's for none */
const char	*address_literal(const struct address *, char [ADDRESS_TEXT]);
bool		address_same(const struct address *, const struct address *);

#endif
