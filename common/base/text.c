/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * text - words from outside, made fit to be shown
 *
 * UTF-8 as in RFC 3629 section 4:
 *
 *	UTF8-2 = %xC2-DF UTF8-tail
 *	UTF8-3 = %xE0 %xA0-BF UTF8-tail / %xE1-EC 2( UTF8-tail ) /
 *	         %xED %x80-9F UTF8-tail / %xEE-EF 2( UTF8-tail )
 *	UTF8-4 = %xF0 %x90-BF 2( UTF8-tail ) / %xF1-F3 3( UTF8-tail ) /
 *	         %xF4 %x80-8F 2( UTF8-tail )
 *	UTF8-tail = %x80-BF
 */
#include <string.h>

#include "base/text.h"

/* what a character turns into, beside itself */
enum {
	DROPPED = 0,
	BLANK = ' ',
	BROKEN = '?'
};

struct interval {
	uint32_t first;
	uint32_t last;
	uint32_t shown;
};

/* in order of code points, without overlap */
static const struct interval intervals[] = {
	{ 0x0000, 0x0008, BROKEN },	/* C0 */
	{ 0x0009, 0x000d, BLANK },
	{ 0x000e, 0x001f, BROKEN },
	{ '|', '|', '/' },		/* starts the performance data */
	{ 0x007f, 0x0084, BROKEN },	/* DEL and C1 */
	{ 0x0085, 0x0085, BLANK },	/* next line */
	{ 0x0086, 0x009f, BROKEN },
	{ 0x00a0, 0x00a0, BLANK },
	{ 0x061c, 0x061c, DROPPED },	/* bidirectional */
	{ 0x1680, 0x1680, BLANK },
	{ 0x2000, 0x200a, BLANK },
	{ 0x200b, 0x200f, DROPPED },	/* zero width, bidirectional */
	{ 0x2028, 0x2029, BLANK },	/* line and paragraph separator */
	{ 0x202a, 0x202e, DROPPED },	/* bidirectional */
	{ 0x202f, 0x202f, BLANK },
	{ 0x205f, 0x205f, BLANK },
	{ 0x2060, 0x206f, DROPPED },	/* invisible, bidirectional */
	{ 0x3000, 0x3000, BLANK },
	{ 0xfeff, 0xfeff, DROPPED },	/* byte order mark */
	{ 0xfff9, 0xfffb, DROPPED },	/* interlinear annotation */
	{ 0xe0000, 0xe007f, DROPPED }	/* tags */
};

/* the line that is being made */
struct line {
	struct buf	*out;		/* NULL: only measured */
	size_t		 limit;
	size_t		 used;
	uint32_t	 last;		/* last character, and how often */
	unsigned	 run;
	bool		 gap;		/* a space is due before the next */
};

static const struct span dots = { "...", 3 };

size_t
text_utf8(struct span s, uint32_t *cp)
{
	/* smallest code point that needs so many bytes */
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	unsigned char c;
	uint32_t value;
	size_t n, i;

	if (s.len == 0)
		return 0;
	c = (unsigned char)s.p[0];
	n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 :
	    c < 0xf5 ? 4 : 0;
	if (n == 0 || n > s.len)
		return 0;
	value = n == 1 ? c : c & (0x7fU >> n);
	for (i = 1; i < n; i++) {
		c = (unsigned char)s.p[i];
		if ((c & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (c & 0x3f);
	}
	if (value < least[n] || value > 0x10ffff ||
	    (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*cp = value;
	return n;
}

bool
text_is_utf8(struct span s)
{
	uint32_t cp;

	while (s.len > 0) {
		size_t n = text_utf8(s, &cp);

		if (n == 0)
			return false;
		s.p += n;
		s.len -= n;
	}
	return true;
}

bool
text_is_ascii(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++)
		if ((unsigned char)s.p[i] > 0x7f)
			return false;
	return true;
}

bool
text_has_control(struct span s)
{
	size_t i;

	for (i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == 0x7f)
			return true;
	}
	return false;
}

/* shown - the character to show for this one, itself as a rule */
static uint32_t
shown(uint32_t cp)
{
	size_t i;

	for (i = 0; i < sizeof(intervals) / sizeof(intervals[0]); i++) {
		if (cp < intervals[i].first)
			break;
		if (cp <= intervals[i].last)
			return intervals[i].shown;
	}
	return cp;
}

/* say - add to the line, with the space that is due; false if it is full */
static bool
say(struct line *l, struct span s)
{
	size_t n = s.len + (l->gap ? 1 : 0);

	if (n > l->limit - l->used)
		return false;
	if (l->out != NULL) {
		if (l->gap)
			buf_char(l->out, ' ');
		buf_span_add(l->out, s);
	}
	l->used += n;
	l->gap = false;
	return true;
}

/* take - one character to show, and the bytes that it is; false if full */
static bool
take(struct line *l, uint32_t cp, struct span bytes)
{
	if (cp == DROPPED)
		return true;
	if (cp == BLANK) {
		l->gap = l->used > 0;
		return true;
	}
	if (l->gap || cp != l->last)
		l->run = 0;
	l->last = cp;
	if (l->run > TEXT_RUN_MAX)
		return true;
	l->run++;
	return say(l, l->run > TEXT_RUN_MAX ? dots : bytes);
}

/* clean - as much as `limit` bytes hold; false if that was not all */
static bool
clean(struct buf *out, struct span s, size_t limit)
{
	struct line l = { .out = out, .limit = limit };

	while (s.len > 0) {
		struct span bytes = { s.p, 1 };
		uint32_t cp = BROKEN;
		size_t n = text_utf8(s, &cp);
		char ascii;

		if (n > 0) {
			bytes.len = n;
			cp = shown(cp);
		}
		if (cp < 0x80) {
			ascii = (char)cp;
			bytes = (struct span){ &ascii, 1 };
		}
		if (!take(&l, cp, bytes))
			return false;
		n = n > 0 ? n : 1;
		s.p += n;
		s.len -= n;
	}
	return true;
}

/*
 * plain - would cleaning leave it as it is?  Most of what servers say is such
 * ASCII, and need not be taken character by character.
 */
static bool
plain(struct span s)
{
	size_t i, run = 0;
	char last = ' ';

	for (i = 0; i < s.len; i++) {
		run = s.p[i] == last ? run + 1 : 1;
		last = s.p[i];
		if (last < 0x20 || last > 0x7e || last == '|' ||
		    run > TEXT_RUN_MAX || (last == ' ' && (run > 1 || i == 0)))
			return false;
	}
	return last != ' ' || s.len == 0;
}

static bool
fits(const struct buf *out, struct span s, size_t max)
{
	return s.len <= max && s.len <= out->cap - out->len;
}

/* holds - does it occur in there */
static bool
holds(struct span s, struct span part)
{
	const char *at;

	while (s.len >= part.len && (at = memchr(s.p, part.p[0],
	    s.len - part.len + 1)) != NULL) {
		if (memcmp(at, part.p, part.len) == 0)
			return true;
		s.len -= (size_t)(at + 1 - s.p);
		s.p = at + 1;
	}
	return false;
}

void
text_clean(struct buf *out, struct span s, size_t max)
{
	struct span end = dots;

	if (fits(out, s, max) && plain(s)) {
		buf_span_add(out, s);
		return;
	}
	if (clean(NULL, s, max)) {
		clean(out, s, max);
		return;
	}
	if (end.len > max)
		end.len = max;
	clean(out, s, max - end.len);
	buf_span_add(out, end);
}

/*
 * mask - append with "***" for every occurrence; what overlaps becomes one,
 * since the rest of the second occurrence is part of the secret too
 */
static void
mask(struct buf *out, struct span s, struct span secret)
{
	size_t i, end = 0;

	for (i = 0; i < s.len; i++) {
		if (secret.len > 0 && secret.len <= s.len - i &&
		    memcmp(s.p + i, secret.p, secret.len) == 0) {
			if (i >= end)
				buf_str(out, "***");
			end = i + secret.len;
		} else if (i >= end)
			buf_char(out, s.p[i]);
	}
}

/* is_stars - would masking this mask its own work? */
static bool
is_stars(struct span s)
{
	while (s.len > 0 && s.p[s.len - 1] == '*')
		s.len--;
	return s.len == 0;
}

/*
 * The secret is looked for twice.  Before cleaning, since cleaning may change
 * or cut it.  And after it, in the form that cleaning gives it: what is dropped
 * or folded may have stood in the middle of it and kept the first look from
 * seeing it.
 */
void
text_mask(struct buf *out, struct span s, size_t max, struct span secret)
{
	struct buf raw, line, seen;

	if (secret.len == 0) {
		text_clean(out, s, max);
		return;
	}
	if (fits(out, s, max) && plain(s) && plain(secret) &&
	    !holds(s, secret)) {
		buf_span_add(out, s);
		return;
	}
	buf_init(&raw, SIZE_MAX);
	buf_init(&line, SIZE_MAX);
	buf_init(&seen, SIZE_MAX);
	mask(&raw, s, secret);
	clean(&line, buf_span(&raw), SIZE_MAX);
	clean(&seen, secret, SIZE_MAX);
	if (!is_stars(buf_span(&seen))) {
		buf_clear(&raw);
		mask(&raw, buf_span(&line), buf_span(&seen));
	}
	if (raw.nomem || line.nomem || seen.nomem)
		out->nomem = true;
	else
		text_clean(out, buf_span(&raw), max);
	buf_free(&raw);
	buf_free(&line);
	buf_free(&seen);
}
