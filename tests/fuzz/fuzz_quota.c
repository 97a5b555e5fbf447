/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota - QUOTA responses and quota files: what is read of them, and that
 * no figure is out of bounds
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "reply/imap_quota.h"
#include "reply/maildirsize.h"

static void
response(struct span text)
{
	struct imap_quota quota;
	struct buf root;
	size_t n = 0;

	buf_init(&root, 64 * 1024);
	if (imap_quota_root(&text, &root))
		while (imap_quota_next(&text, &quota) == IMAP_QUOTA_ONE)
			if (quota.resource.len == 0 || n++ > text.len + 64 * 1024)
				abort();
	buf_free(&root);
}

static void
file(struct span text)
{
	struct maildirsize m;

	if (!maildirsize_read(text, &m))
		return;
	if (m.bytes < 0 || m.messages < 0 || m.bytes_limit < 0 ||
	    m.messages_limit < 0 || (m.has_bytes && m.bytes_limit == 0) ||
	    (m.has_messages && m.messages_limit == 0))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };

	response(text);
	file(text);
	return 0;
}
