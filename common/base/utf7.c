/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * utf7 - mailbox names on the wire: modified UTF-7, RFC 3501 section 5.1.3
 *
 *	name  = *( plain / "&-" / shift )
 *	plain = %x20-25 / %x27-7E
 *	shift = "&" 1*( ALPHA / DIGIT / "+" / "," ) "-"
 *
 * A shift holds UTF-16, big-endian, in base64 without padding.  The section
 * gives each name one spelling only: no shift for what is plain, none right
 * behind another, no bits left over but zeros.
 */
#include <string.h>

#include "base/text.h"
#include "base/utf7.h"

enum {
	LETTERS = 64		/* the NUL behind them is none */
};

static const char alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+,";

/* bits that are no whole character or no whole UTF-16 unit yet */
struct shift {
	bool		open;
	uint32_t	bits;
	unsigned	held;
	uint32_t	high;		/* first half of a pair, 0 if none */
};

static bool
is_plain(uint32_t cp)
{
	return cp >= 0x20 && cp <= 0x7e;
}

static void
shift_unit(struct buf *out, struct shift *s, uint32_t unit)
{
	if (!s->open)
		buf_char(out, '&');
	s->open = true;
	s->bits = s->bits << 16 | unit;
	s->held += 16;
	while (s->held >= 6) {
		s->held -= 6;
		buf_char(out, alphabet[s->bits >> s->held & 0x3f]);
	}
	s->bits &= (1U << s->held) - 1;
}

static void
shift_close(struct buf *out, struct shift *s)
{
	if (!s->open)
		return;
	if (s->held > 0)
		buf_char(out, alphabet[s->bits << (6 - s->held) & 0x3f]);
	buf_char(out, '-');
	*s = (struct shift){ 0 };
}

bool
utf7_encode(struct buf *out, struct span name)
{
	struct shift s = { 0 };

	if (!text_is_utf8(name))
		return false;
	while (name.len > 0) {
		uint32_t cp = 0;
		size_t n = text_utf8(name, &cp);

		if (is_plain(cp)) {
			shift_close(out, &s);
			buf_char(out, (char)cp);
			if (cp == '&')
				buf_char(out, '-');
		} else if (cp < 0x10000) {
			shift_unit(out, &s, cp);
		} else {
			shift_unit(out, &s, 0xd800 + ((cp - 0x10000) >> 10));
			shift_unit(out, &s, 0xdc00 + (cp & 0x3ff));
		}
		name.p += n;
		name.len -= n;
	}
	shift_close(out, &s);
	return !out->overflow && !out->nomem;
}

static void
add_utf8(struct buf *out, uint32_t cp)
{
	if (cp < 0x80) {
		buf_char(out, (char)cp);
		return;
	}
	if (cp < 0x800) {
		buf_char(out, (char)(0xc0 | cp >> 6));
	} else {
		if (cp < 0x10000) {
			buf_char(out, (char)(0xe0 | cp >> 12));
		} else {
			buf_char(out, (char)(0xf0 | cp >> 18));
			buf_char(out, (char)(0x80 | (cp >> 12 & 0x3f)));
		}
		buf_char(out, (char)(0x80 | (cp >> 6 & 0x3f)));
	}
	buf_char(out, (char)(0x80 | (cp & 0x3f)));
}

/* add_unit - one unit of UTF-16; false for half a pair or a plain character */
static bool
add_unit(struct buf *out, struct shift *s, uint32_t unit)
{
	bool low = unit >= 0xdc00 && unit <= 0xdfff;

	if (low != (s->high != 0) || is_plain(unit))
		return false;
	if (low) {
		add_utf8(out, 0x10000 + ((s->high - 0xd800) << 10) +
		    (unit - 0xdc00));
		s->high = 0;
	} else if (unit >= 0xd800 && unit <= 0xdbff)
		s->high = unit;
	else
		add_utf8(out, unit);
	return true;
}

/* decode_shift - what stands between "&" and "-" */
static bool
decode_shift(struct buf *out, struct span body)
{
	struct shift s = { 0 };
	size_t i;

	for (i = 0; i < body.len; i++) {
		const char *at = memchr(alphabet, body.p[i], LETTERS);

		if (at == NULL)
			return false;
		s.bits = s.bits << 6 | (uint32_t)(at - alphabet);
		s.held += 6;
		if (s.held >= 16) {
			s.held -= 16;
			if (!add_unit(out, &s, s.bits >> s.held))
				return false;
			s.bits &= (1U << s.held) - 1;
		}
	}
	return s.held < 6 && s.bits == 0 && s.high == 0;
}

static bool
decode(struct buf *out, struct span name)
{
	bool shifted = false;	/* a shift ended right before this */

	while (name.len > 0) {
		struct span body = { name.p + 1, 0 };
		size_t used = 1;

		if (name.p[0] != '&') {
			if (!is_plain((unsigned char)name.p[0]))
				return false;
			buf_char(out, name.p[0]);
			shifted = false;
		} else {
			const char *end = memchr(name.p, '-', name.len);

			if (end == NULL)
				return false;
			body.len = (size_t)(end - body.p);
			used = body.len + 2;
			if (body.len == 0)
				buf_char(out, '&');
			else if (shifted || !decode_shift(out, body))
				return false;
			shifted = body.len > 0;
		}
		name.p += used;
		name.len -= used;
	}
	return true;
}

bool
utf7_decode(struct buf *out, struct span name)
{
	struct buf text;
	bool good;

	buf_init(&text, SIZE_MAX);
	good = decode(&text, name);
	if (text.nomem) {
		out->nomem = true;
		good = false;
	}
	good = good && buf_span_add(out, buf_span(&text));
	buf_free(&text);
	return good;
}
