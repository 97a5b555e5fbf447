/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * padded_hello - a large first message of TLS, and the farewell behind it
 */
#include <string.h>

#include "dialog/padded_hello.h"

enum {
	/* extensions */
	SERVER_NAME = 0, GROUPS = 10, POINT_FORMATS = 11, SIGNATURES = 13,
	PADDING = 21, VERSIONS = 43, KEY_SHARE = 51,
	NAME_MAX_LEN = 253,
	RANDOM = 32,
	/* record and handshake headers; version, random, session, compression */
	HEADERS = 5 + 4,
	FIXED = 2 + RANDOM + 1 + RANDOM + 2 + 2,
	EXTENSION = 4
};

/* what servers since 2008 know; the last says that renegotiation is secure (RFC 5746) */
static const char ciphers[] =
    "\x13\x01\x13\x02\x13\x03\xc0\x2b\xc0\x2f\xc0\x2c\xc0\x30\xcc\xa9"
    "\xcc\xa8\xc0\x13\xc0\x14\x00\x9c\x00\x9d\x00\x2f\x00\x35\x00\xff";
/* X25519, P-256, P-384 */
static const char groups[] = "\x00\x06\x00\x1d\x00\x17\x00\x18";
static const char point_formats[] = "\x01\x00";
static const char signatures[] =
    "\x00\x14\x04\x03\x08\x04\x04\x01\x05\x03\x08\x05\x05\x01\x08\x06"
    "\x06\x01\x08\x07\x02\x01";
/* 1.3 and 1.2 */
static const char versions[] = "\x04\x03\x04\x03\x03";
/*
 * Two shares, so that no server has to ask again: of X25519 the base point (RFC
 * 7748 section 4.1), of P-256 the generator (SEC 2 section 2.4.2).
 */
static const char key_share[] =
    "\x00\x69\x00\x1d\x00\x20"
    "\x09\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
    "\x00\x17\x00\x41\x04"
    "\x6b\x17\xd1\xf2\xe1\x2c\x42\x47\xf8\xbc\xe6\xe5\x63\xa4\x40\xf2"
    "\x77\x03\x7d\x81\x2d\xeb\x33\xa0\xf4\xa1\x39\x45\xd8\x98\xc2\x96"
    "\x4f\xe3\x42\xe2\xfe\x1a\x7f\x9b\x8e\xe7\xeb\x4a\x7c\x0f\x9e\x16"
    "\x2b\xce\x33\x57\x6b\x31\x5e\xce\xcb\xb6\x40\x68\x37\xbf\x51\xf5";
/* warning, close_notify */
static const char farewell[] = "\x15\x03\x03\x00\x02\x01\x00";

static void
number(struct buf *out, size_t n)
{
	buf_char(out, (char)(n >> 8 & 0xff));
	buf_char(out, (char)(n & 0xff));
}

static void
fill(struct buf *out, char c, size_t n)
{
	while (n-- > 0)
		buf_char(out, c);
}

static void
extension(struct buf *out, unsigned type, const char *bytes, size_t len)
{
	number(out, type);
	number(out, len);
	buf_add(out, bytes, len);
}

static void
server_name(struct buf *out, const char *host)
{
	size_t len = strlen(host);

	if (len == 0 || len > NAME_MAX_LEN)
		return;
	number(out, SERVER_NAME);
	number(out, len + 5);
	number(out, len + 3);
	buf_char(out, 0);
	number(out, len);
	buf_add(out, host, len);
}

static void
extensions(struct buf *out, const char *host)
{
	server_name(out, host);
	extension(out, GROUPS, groups, sizeof(groups) - 1);
	extension(out, POINT_FORMATS, point_formats,
	    sizeof(point_formats) - 1);
	extension(out, SIGNATURES, signatures, sizeof(signatures) - 1);
	extension(out, VERSIONS, versions, sizeof(versions) - 1);
	extension(out, KEY_SHARE, key_share, sizeof(key_share) - 1);
}

/* hello - with that many bytes of extensions */
static void
hello(struct buf *out, size_t rest)
{
	size_t body = FIXED + 2 + sizeof(ciphers) - 1 + rest;

	buf_add(out, "\x16\x03\x01", 3);
	number(out, body + 4);
	buf_add(out, "\x01\x00", 2);
	number(out, body);
	buf_add(out, "\x03\x03", 2);
	fill(out, 'r', RANDOM);
	buf_char(out, RANDOM);
	fill(out, 's', RANDOM);
	number(out, sizeof(ciphers) - 1);
	buf_add(out, ciphers, sizeof(ciphers) - 1);
	buf_add(out, "\x01\x00", 2);
	number(out, rest);
}

void
padded_hello_write(struct buf *out, const char *host, size_t size)
{
	size_t own = HEADERS + FIXED + 2 + sizeof(ciphers) - 1 + EXTENSION +
	    sizeof(farewell) - 1;
	struct buf rest;
	size_t padding;

	if (size < PADDED_HELLO_MIN)
		size = PADDED_HELLO_MIN;
	if (size > PADDED_HELLO_MAX)
		size = PADDED_HELLO_MAX;
	buf_init(&rest, PADDED_HELLO_MIN);
	extensions(&rest, host);
	padding = size - own - rest.len;
	hello(out, rest.len + EXTENSION + padding);
	buf_span_add(out, buf_span(&rest));
	number(out, PADDING);
	number(out, padding);
	fill(out, 0, padding);
	buf_add(out, farewell, sizeof(farewell) - 1);
	if (rest.nomem)
		out->nomem = true;
	buf_free(&rest);
}
