/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base64 - RFC 4648 section 4
 *
 * Three bytes are four characters of six bits; "=" fills up the last four.
 * Decoding is strict (sections 3.2 to 3.5), so each value has one spelling.
 */
#include <string.h>

#include "base/base64.h"
#include "base/wipe.h"

enum {
	LETTERS = 64		/* the NUL behind them is none */
};

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void
base64_encode(struct buf *out, struct span s)
{
	size_t whole = (s.len + 2) / 3 * 4;
	char *to = buf_room(out, whole);
	size_t i, k;

	if (to == NULL)
		return;
	for (i = 0; i < s.len; i += 3) {
		size_t n = s.len - i < 3 ? s.len - i : 3;
		uint32_t bits = 0;

		for (k = 0; k < 3; k++)
			bits = bits << 8 |
			    (k < n ? (unsigned char)s.p[i + k] : 0U);
		for (k = 0; k < 4; k++)
			*to++ = k <= n ?
			    alphabet[bits >> (18 - 6 * k) & 0x3f] : '=';
	}
	buf_grew(out, whole);
}

/* decode_four - the bytes of four characters, the last `pad` of them "=" */
static bool
decode_four(const char *p, size_t pad, char *to)
{
	uint32_t bits = 0;
	size_t i;

	for (i = 0; i < 4 - pad; i++) {
		const char *at = memchr(alphabet, p[i], LETTERS);

		if (at == NULL)
			return false;
		bits |= (uint32_t)(at - alphabet) << (18 - 6 * i);
	}
	for (i = 0; i < 3 - pad; i++)
		to[i] = (char)(bits >> (16 - 8 * i) & 0xff);
	return (bits & ((1U << 8 * pad) - 1)) == 0;
}

bool
base64_decode(struct buf *out, struct span s)
{
	size_t pad = 0, size, i;
	char *to;

	if (s.len % 4 != 0)
		return false;
	while (pad < 2 && pad < s.len && s.p[s.len - 1 - pad] == '=')
		pad++;
	size = s.len / 4 * 3 - pad;
	to = buf_room(out, size);
	if (to == NULL)
		return false;
	for (i = 0; i < s.len; i += 4) {
		if (!decode_four(s.p + i, i + 4 == s.len ? pad : 0,
		    to + i / 4 * 3)) {
			wipe(to, size);
			return false;
		}
	}
	buf_grew(out, size);
	return true;
}
