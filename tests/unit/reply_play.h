/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply_play - replies as tables of bytes
 *
 * A good row is fed whole, in threes and byte by byte, and with more behind it;
 * none of its proper prefixes may be a reply or a fault.  A bad row may never
 * become a reply.  For scanners that take nothing out of the bytes.
 */
#ifndef REPLY_PLAY_H
#define REPLY_PLAY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "reply/reply.h"
#include "reply/scan.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define BYTES(text) { text, sizeof(text) - 1 }

typedef enum scan_result scanner(struct scan *, struct span, bool);
typedef bool parser(struct span, struct reply *);

struct good_reply {
	struct span		 bytes;
	enum reply_kind		 kind;
	enum reply_status	 status;
	unsigned		 tag;
	uint64_t		 number;
	const char		*word, *code, *text;	/* NULL is "" */
};

/* what a scan came to */
struct scanned {
	enum scan_result result;
	size_t		 pos;
	size_t		 fed;		/* bytes that had been given when it was told */
};

static inline struct scanned
feed(scanner *scan_on, struct span all, size_t step)
{
	struct scanned h = { .result = SCAN_MORE };
	struct scan scan = { 0 };

	while (h.fed < all.len && h.result == SCAN_MORE) {
		h.fed += step < all.len - h.fed ? step : all.len - h.fed;
		h.result = scan_on(&scan, (struct span){ all.p, h.fed }, false);
	}
	h.pos = scan.pos;
	return h;
}

static inline void
check_span(struct span span, const char *want)
{
	char text[512];

	assert_true(span.len < sizeof(text));
	if (span.len > 0)
		memcpy(text, span.p, span.len);
	text[span.len] = '\0';
	assert_string_equal(text, want == NULL ? "" : want);
}

static inline void
check_reply(parser *parse, const struct good_reply *row)
{
	struct reply r;

	assert_true(parse(row->bytes, &r));
	assert_int_equal(r.kind, row->kind);
	assert_int_equal(r.status, row->status);
	assert_int_equal(r.tag, row->tag);
	assert_int_equal(r.has_number ? r.number : 0, row->number);
	check_span(r.word, row->word);
	check_span(r.code, row->code);
	check_span(r.text, row->text);
}

static inline void
check_prefixes(scanner *scan_on, struct span bytes)
{
	struct scanned h;
	size_t n;

	for (n = 1; n < bytes.len; n++) {
		h = feed(scan_on, (struct span){ bytes.p, n }, n);
		if (h.result != SCAN_MORE)
			fail_msg("%zu bytes of \"%.*s\" are told as %d", n,
			    (int)bytes.len, bytes.p, (int)h.result);
	}
}

static inline void
play_good(scanner *scan_on, parser *parse, const struct good_reply *rows,
    size_t n, const char *behind)
{
	static const size_t steps[] = { 1, 3, 100000 };
	struct scanned h;
	struct buf more;
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (j = 0; j < COUNT(steps); j++) {
			h = feed(scan_on, rows[i].bytes, steps[j]);
			assert_int_equal(h.result, SCAN_REPLY);
			assert_int_equal(h.fed, rows[i].bytes.len);
			assert_int_equal(h.pos, rows[i].bytes.len);
		}
		check_reply(parse, &rows[i]);
		check_prefixes(scan_on, rows[i].bytes);
		buf_init(&more, 4096);
		buf_span_add(&more, rows[i].bytes);
		buf_str(&more, behind);
		h = feed(scan_on, buf_span(&more), more.len);
		assert_int_equal(h.result, SCAN_REPLY);
		assert_int_equal(h.pos, rows[i].bytes.len);
		buf_free(&more);
	}
}

static inline void
play_bad(scanner *scan_on, parser *parse, const struct span *rows, size_t n)
{
	struct scanned h;
	struct reply r;
	size_t i, step;

	for (i = 0; i < n; i++) {
		for (step = 1; step < 1000; step += 998) {
			h = feed(scan_on, rows[i], step);
			if (h.result == SCAN_MORE || (h.result == SCAN_REPLY &&
			    parse((struct span){ rows[i].p, h.pos }, &r)))
				fail_msg("\"%.*s\" is no reply",
				    (int)rows[i].len, rows[i].p);
		}
	}
}

/* endless - `first`, and so many times the same: what came of it */
static inline enum scan_result
endless(scanner *scan_on, const char *first, const char *once, size_t times)
{
	struct scanned h;
	struct buf all;

	buf_init(&all, 1024 * 1024);
	buf_str(&all, first);
	while (times-- > 0)
		buf_str(&all, once);
	assert_false(all.overflow);
	h = feed(scan_on, buf_span(&all), 7000);
	buf_free(&all);
	return h.result;
}

#endif
