/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hello - a TLS ClientHello that is ready made
 */
#include "dialog/hello.h"

/*
 * A ClientHello of TLS 1.2 that any TLS server answers: record header,
 * handshake header, version 3.3, a fixed random, no session, six suites, null
 * compression; groups, point formats and signature schemes, without which a
 * server finds nothing in common and may just hang up (RFC 5246 section
 * 7.4.1.2, RFC 8422 section 5.1).
 */
static const unsigned char hello[] = {
	0x16, 3, 1, 0, 91, 1, 0, 0, 87, 3, 3,
	'm', 'o', 'n', 'i', 't', 'o', 'r', 'i', 'n', 'g', '-', 'p', 'l', 'u',
	'g', 'i', 'n', 's', '-', 'm', 'a', 'i', 'l', ' ', 'p', 'r', 'o', 'b',
	'e', '.', '.', '.', 0,
	0, 12, 0xc0, 0x2b, 0xc0, 0x2f, 0xc0, 0x2c, 0xc0, 0x30, 0xcc, 0xa9,
	0xcc, 0xa8, 1, 0, 0, 34,
	0, 10, 0, 8, 0, 6, 0, 0x1d, 0, 0x17, 0, 0x18,
	0, 11, 0, 2, 1, 0,
	0, 13, 0, 12, 0, 10, 4, 3, 5, 3, 8, 4, 4, 1, 5, 1
};

struct span
hello_bytes(void)
{
	return (struct span){ (const char *)hello, sizeof(hello) };
}
