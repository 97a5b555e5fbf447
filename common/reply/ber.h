/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ber - elements of BER as LDAP has them (X.690 section 8.1, RFC 4511 section
 * 5.1): tags of one byte, lengths told beforehand
 */
#ifndef REPLY_BER_H
#define REPLY_BER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum ber_tag {
	BER_INTEGER = 0x02,
	BER_OCTETS = 0x04,
	BER_ENUMERATED = 0x0a,
	BER_SEQUENCE = 0x30
};

/* how much of a header is there */
enum ber_head { BER_HEAD_MORE, BER_HEAD_WHOLE, BER_HEAD_BAD };

/* ber_head - the bytes of the header at the front, and how many of content follow it; BAD: a tag of several bytes, a length that is not told or beyond 32 bits */
enum ber_head	ber_head(struct span, size_t *header, uint64_t *content);
/* ber_take - cut a whole element with that tag off the front; false: there is none */
bool		ber_take(struct span *, unsigned tag, struct span *content);
/* ber_number - of the content of an INTEGER or ENUMERATED; false if negative, or beyond 31 bits */
bool		ber_number(struct span content, uint64_t *);

#endif
