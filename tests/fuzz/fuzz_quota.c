/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota - QUOTA responses: what is read of them comes to an end
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "reply/imap_quota.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct imap_quota quota;
	struct buf root;
	size_t n = 0;

	buf_init(&root, 64 * 1024);
	if (imap_quota_root(&text, &root))
		while (imap_quota_next(&text, &quota) == IMAP_QUOTA_ONE)
			if (quota.resource.len == 0 || n++ > text.len + 64 * 1024)
				abort();
	buf_free(&root);
	return 0;
}
