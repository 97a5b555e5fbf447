/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * proxy_header - what a load balancer says before the first byte of its client
 */
#include "base/proxy_header.h"

enum {
	V2_LOCAL = 0x20,	/* version 2, the connection is the sender's own */
	V2_PROXY = 0x21,
	V2_TCP4 = 0x11,
	V2_TCP6 = 0x21
};

static bool
is_known(const struct endpoint *from, const struct endpoint *to)
{
	return from->address.family == to->address.family &&
	    (from->address.family == 4 || from->address.family == 6);
}

/* an address without its zone, which means nothing on another host */
static const char *
text_of(const struct address *a, char text[ADDRESS_TEXT])
{
	struct address plain = *a;

	plain.scope = 0;
	return address_text(&plain, text);
}

static void
version_1(struct buf *out, const struct endpoint *from,
    const struct endpoint *to)
{
	char source[ADDRESS_TEXT], destination[ADDRESS_TEXT];

	if (!is_known(from, to)) {
		buf_str(out, "PROXY UNKNOWN\r\n");
		return;
	}
	buf_fmt(out, "PROXY TCP%d %s %s %u %u\r\n", from->address.family,
	    text_of(&from->address, source),
	    text_of(&to->address, destination), (unsigned)from->port,
	    (unsigned)to->port);
}

static void
byte(struct buf *out, unsigned value)
{
	unsigned char c = (unsigned char)(value & 0xff);

	buf_add(out, &c, 1);
}

static void
short_word(struct buf *out, unsigned value)
{
	byte(out, value >> 8);
	byte(out, value);
}

static void
version_2(struct buf *out, const struct endpoint *from,
    const struct endpoint *to)
{
	static const unsigned char signature[] = { 0x0d, 0x0a, 0x0d, 0x0a, 0,
	    0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a };
	unsigned size = from->address.family == 6 ? 16 : 4;

	buf_add(out, signature, sizeof(signature));
	if (!is_known(from, to)) {
		byte(out, V2_LOCAL);
		byte(out, 0);
		short_word(out, 0);
		return;
	}
	byte(out, V2_PROXY);
	byte(out, size == 4 ? V2_TCP4 : V2_TCP6);
	short_word(out, 2 * size + 4);
	buf_add(out, from->address.ip, size);
	buf_add(out, to->address.ip, size);
	short_word(out, from->port);
	short_word(out, to->port);
}

void
proxy_header_write(struct buf *out, enum proxy_version version,
    const struct endpoint *from, const struct endpoint *to)
{
	if (version == PROXY_HEADER_V1)
		version_1(out, from, to);
	else if (version == PROXY_HEADER_V2)
		version_2(out, from, to);
}
