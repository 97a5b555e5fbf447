/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_imap_reply - the scanner and the parser of IMAP replies; cut anywhere,
 * the scanner has to find the same end
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "reply/imap_reply.h"

static void
look_inside(struct span bytes)
{
	struct reply r;
	struct buf b;
	uint64_t value;
	struct span rest;

	if (!imap_reply(bytes, &r))
		return;
	imap_number_after(r.text, "UNSEEN", &value);
	(void)reply_words(&r);
	rest = r.text;
	buf_init(&b, IMAP_REPLY_MAX);
	while (rest.len > 0 && imap_string(&rest, &b))
		buf_clear(&b);
	buf_free(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span all = { (const char *)data, size };
	struct scan whole, slow;
	enum scan_result want, got = SCAN_MORE;
	size_t n;

	memset(&whole, 0, sizeof(whole));
	memset(&slow, 0, sizeof(slow));
	want = imap_scan(&whole, all, false);
	for (n = 0; n <= size && got == SCAN_MORE; n++)
		got = imap_scan(&slow, (struct span){ all.p, n }, false);
	if (got != want || (want == SCAN_REPLY && whole.pos != slow.pos))
		abort();
	if (want == SCAN_REPLY)
		look_inside((struct span){ all.p, whole.pos });
	return 0;
}
