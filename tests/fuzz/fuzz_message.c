/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_message - the checker of messages, and the dates; cut anywhere, it has
 * to come to the same verdict
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "reply/imap_date.h"
#include "reply/message.h"

static void
feed(struct message *m, struct span bytes, size_t piece)
{
	size_t i, n;

	message_begin(m);
	for (i = 0; i < bytes.len; i += n) {
		n = bytes.len - i < piece ? bytes.len - i : piece;
		message_bytes(m, (struct span){ bytes.p + i, n });
	}
	message_end(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = { (const char *)data, size };
	struct message whole, slow;
	struct buf words;
	int64_t moment;

	feed(&whole, bytes, SIZE_MAX);
	feed(&slow, bytes, 1);
	if (whole.fault != slow.fault ||
	    whole.fault_line != slow.fault_line ||
	    whole.depth != slow.depth || whole.lines != slow.lines)
		abort();
	buf_init(&words, 256);
	message_words(&whole, &words);
	if (words.len == 0)
		abort();
	buf_free(&words);
	imap_date(bytes, &moment);
	imap_date_after(bytes, "INTERNALDATE", &moment);
	return 0;
}
