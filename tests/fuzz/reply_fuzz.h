/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply_fuzz - a scanner and a parser of replies: cut anywhere, the scanner has
 * to come to the same end, and what the parser finds has to lie in the bytes
 */
#ifndef REPLY_FUZZ_H
#define REPLY_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "reply/reply.h"
#include "reply/scan.h"

typedef enum scan_result fuzzed_scan(struct scan *, struct span, bool);
typedef bool fuzzed_parse(struct span, struct reply *);

static inline void
must_lie_in(struct span part, struct span bytes)
{
	if (part.len > 0 && (part.p < bytes.p ||
	    part.p + part.len > bytes.p + bytes.len))
		abort();
}

static inline void
look_inside(fuzzed_parse *parse, struct span bytes)
{
	struct reply r;

	if (!parse(bytes, &r))
		return;
	must_lie_in(r.word, bytes);
	must_lie_in(r.code, bytes);
	must_lie_in(r.code_args, bytes);
	must_lie_in(r.text, bytes);
	must_lie_in(r.line, bytes);
	must_lie_in(reply_words(&r), bytes);
}

static inline enum scan_result
cut_up(fuzzed_scan *scan_on, struct span all, size_t step, size_t *end)
{
	enum scan_result result = SCAN_MORE;
	struct scan scan = { 0 };
	size_t n = 0;

	while (n < all.len && result == SCAN_MORE) {
		n += step < all.len - n ? step : all.len - n;
		result = scan_on(&scan, (struct span){ all.p, n }, false);
	}
	*end = scan.pos;
	if (scan.pos > all.len)
		abort();
	return result;
}

static inline int
reply_fuzz(fuzzed_scan *scan_on, fuzzed_parse *parse, struct span all)
{
	size_t whole, slow;
	enum scan_result result = cut_up(scan_on, all, all.len + 1, &whole);

	if (cut_up(scan_on, all, 1, &slow) != result ||
	    (result == SCAN_REPLY && whole != slow))
		abort();
	if (result == SCAN_REPLY)
		look_inside(parse, (struct span){ all.p, whole });
	look_inside(parse, all);
	return 0;
}

#endif
