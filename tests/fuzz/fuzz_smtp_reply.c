/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_smtp_reply - the scanner and the parser of SMTP replies; cut anywhere,
 * the scanner has to find the same end and the same text
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "dialog/refusal.h"
#include "fuzz.h"
#include "reply/smtp_reply.h"

/* what a scan came to, with the later codes taken out as the ladder does */
struct found {
	enum scan_result result;
	size_t		 pos;
	struct buf	 in;
};

static struct found
find(struct span all, size_t step)
{
	struct found f = { SCAN_MORE, 0, { 0 } };
	struct scan scan;
	size_t n;

	memset(&scan, 0, sizeof(scan));
	buf_init(&f.in, all.len + 1);
	for (; all.len > 0 && f.result == SCAN_MORE; all.p += n, all.len -= n) {
		n = step < all.len ? step : all.len;
		buf_add(&f.in, all.p, n);
		while ((f.result = smtp_scan(&scan, buf_span(&f.in), false)) ==
		    SCAN_DROP)
			buf_cut(&f.in, scan.pos, (size_t)scan.body);
	}
	f.pos = scan.pos;
	return f;
}

static void
look_inside(struct span bytes)
{
	struct reply r;
	unsigned stage;

	if (!smtp_reply(bytes, &r))
		return;
	(void)reply_words(&r);
	for (stage = 0; stage < STAGE_COUNT; stage++)
		refusal_cause(&smtp_refusals, (enum stage)stage, &r);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { (const char *)data, size };
	struct found whole = find(all, size + 1), slow = find(all, 1);

	/* a line may be told too long before its end, or with it */
	if (size > 0 && (whole.result != slow.result ||
	    (whole.result == SCAN_REPLY && (whole.pos != slow.pos ||
	    memcmp(buf_span(&whole.in).p, buf_span(&slow.in).p,
	    whole.pos) != 0))))
		abort();
	if (whole.result == SCAN_REPLY)
		look_inside((struct span){ buf_span(&whole.in).p, whole.pos });
	buf_free(&whole.in);
	buf_free(&slow.in);
	look_inside(all);
	return 0;
}
