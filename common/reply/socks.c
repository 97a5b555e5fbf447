/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * socks - what a SOCKS 5 proxy answers (RFC 1928 sections 3 and 6)
 */
#include "reply/socks.h"

enum {
	METHOD_SIZE = 2,
	REPLY_HEAD = 4,		/* VER REP RSV ATYP */
	PORT_SIZE = 2,
	IPV4 = 1, NAME = 3, IPV6 = 4
};

static unsigned
at(struct span s, size_t i)
{
	return (unsigned char)s.p[i];
}

enum tunnel_scan
socks_method(struct span s, unsigned *method, size_t *used)
{
	if (s.len > 0 && at(s, 0) != SOCKS_VERSION)
		return TUNNEL_BAD;
	if (s.len < METHOD_SIZE)
		return TUNNEL_MORE;
	*method = at(s, 1);
	*used = METHOD_SIZE;
	return *method == SOCKS_NO_LOGIN || *method == SOCKS_NO_METHOD ?
	    TUNNEL_WHOLE : TUNNEL_BAD;
}

/* address_size - of BND.ADDR with the length before a name; 0: not to be told yet */
static size_t
address_size(struct span s)
{
	switch (at(s, 3)) {
	case IPV4:
		return 4;
	case IPV6:
		return 16;
	default:
		return s.len > REPLY_HEAD ? 1 + at(s, REPLY_HEAD) : 0;
	}
}

enum tunnel_scan
socks_reply(struct span s, unsigned *code, size_t *used)
{
	size_t size;

	if ((s.len > 0 && at(s, 0) != SOCKS_VERSION) ||
	    (s.len > 3 && at(s, 3) != IPV4 && at(s, 3) != NAME &&
	    at(s, 3) != IPV6))
		return TUNNEL_BAD;
	if (s.len < REPLY_HEAD)
		return TUNNEL_MORE;
	size = address_size(s);
	if (size == 0 || s.len < REPLY_HEAD + size + PORT_SIZE)
		return TUNNEL_MORE;
	*code = at(s, 1);
	*used = REPLY_HEAD + size + PORT_SIZE;
	return TUNNEL_WHOLE;
}
