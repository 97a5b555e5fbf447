/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_imap_quota - QUOTA and QUOTAROOT responses: what is found lies in the
 * bytes, and every step takes some
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "fuzz.h"
#include "reply/imap_quota.h"
#include "reply/imap_reply.h"

/* must_lie_in - and so must what is left, at its end, unless it is the end of a list that was left out */
static void
must_lie_in(struct span part, struct span rest, struct span bytes)
{
	if (part.len > 0 && (part.p < bytes.p ||
	    part.p + part.len > bytes.p + bytes.len))
		abort();
	if (rest.len > bytes.len || (rest.len > 1 &&
	    rest.p + rest.len != bytes.p + bytes.len))
		abort();
}

static void
quota(struct span bytes)
{
	struct imap_quota_item item;
	struct span rest = bytes;
	struct buf root;
	size_t before;

	buf_init(&root, IMAP_REPLY_MAX);
	if (imap_quota_root(&rest, &root)) {
		must_lie_in((struct span){ NULL, 0 }, rest, bytes);
		if (root.len > bytes.len)
			abort();
		before = rest.len;
		while (imap_quota_item(&rest, &item) == IMAP_QUOTA_ITEM) {
			must_lie_in(item.resource, rest, bytes);
			(void)imap_quota_unit(item.resource);
			if (rest.len >= before)
				abort();
			before = rest.len;
		}
	}
	buf_free(&root);
}

static void
quotaroot(struct span bytes)
{
	struct span rest = bytes;
	size_t before = rest.len + 1;
	struct buf name;

	buf_init(&name, IMAP_REPLY_MAX);
	while (imap_quota_name(&rest, &name) == IMAP_QUOTA_ITEM) {
		must_lie_in((struct span){ NULL, 0 }, rest, bytes);
		if (rest.len >= before)
			abort();
		before = rest.len;
	}
	buf_free(&name);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span bytes = { (const char *)data, size };
	struct reply r;

	quota(bytes);
	quotaroot(bytes);
	if (imap_reply(bytes, &r)) {
		quota(r.text);
		quotaroot(r.text);
	}
	return 0;
}
