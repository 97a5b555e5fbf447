/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_pop3_reply - the scanner and the parser of POP3 replies; cut anywhere,
 * the scanner has to find the same end and the same body
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "fuzz.h"
#include "reply/pop3_reply.h"

/* what a scan came to, with the body taken out as the ladder does */
struct found {
	enum scan_result result;
	size_t		 pos;
	struct buf	 body;
};

static void
scan_on(struct found *f, struct scan *scan, struct buf *in)
{
	do {
		f->result = pop3_scan(scan, buf_span(in), true);
		if (f->result == SCAN_BODY)
			buf_add(&f->body, buf_span(in).p + scan->pos,
			    (size_t)scan->body);
		if (f->result == SCAN_BODY || f->result == SCAN_DROP)
			buf_cut(in, scan->pos, (size_t)scan->body);
	} while (f->result == SCAN_BODY || f->result == SCAN_DROP);
	f->pos = scan->pos;
}

static struct found
find(struct span all, size_t step)
{
	struct found f = { SCAN_MORE, 0, { 0 } };
	struct scan scan;
	struct buf in;
	size_t n;

	memset(&scan, 0, sizeof(scan));
	buf_init(&in, all.len + 1);
	buf_init(&f.body, all.len + 1);
	for (; all.len > 0 && f.result == SCAN_MORE; all.p += n, all.len -= n) {
		n = step < all.len ? step : all.len;
		buf_add(&in, all.p, n);
		scan_on(&f, &scan, &in);
	}
	buf_free(&in);
	return f;
}

static void
look_inside(struct span bytes)
{
	struct pop3_pair pair;
	struct reply r;

	if (!pop3_reply(bytes, &r))
		return;
	(void)reply_words(&r);
	(void)pop3_stamp(r.text);
	pop3_pair(r.text, &pair);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { (const char *)data, size };
	struct found whole = find(all, size + 1), slow = find(all, 1);

	if (size > 0 && (whole.result != slow.result ||
	    (whole.result == SCAN_REPLY && whole.pos != slow.pos) ||
	    whole.body.len != slow.body.len || (whole.body.len > 0 &&
	    memcmp(buf_span(&whole.body).p, buf_span(&slow.body).p,
	    whole.body.len) != 0)))
		abort();
	buf_free(&whole.body);
	buf_free(&slow.body);
	look_inside(all);
	return 0;
}
