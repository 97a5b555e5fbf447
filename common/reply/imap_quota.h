/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - QUOTA and QUOTAROOT responses (RFC 9208 section 7, RFC 2087
 * section 6)
 *
 *	quota-response	   = "QUOTA" SP quota-root-name SP quota-list
 *	quota-list	   = "(" quota-resource *(SP quota-resource) ")"
 *	quota-resource	   = resource-name SP resource-usage SP resource-limit
 *	quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
 *
 * Tolerated, because servers do it: an empty list, no list at all behind a root
 * (Courier 5.0, where no limit is set), no root at all before the list, a
 * negative usage (nothing) and a negative limit (none), numbers beyond 64 bits.
 */
#ifndef REPLY_IMAP_QUOTA_H
#define REPLY_IMAP_QUOTA_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

struct imap_quota {
	struct span	 resource;
	uint64_t	 used;
	uint64_t	 limit;		/* of limited ones */
	bool		 limited;
};

enum imap_quota_found { IMAP_QUOTA_END, IMAP_QUOTA_ONE, IMAP_QUOTA_NONSENSE };

/* imap_quota_root - take the root off the front of what stands behind QUOTA, up to its list, which may be missing; false for what is no such response */
bool			imap_quota_root(struct span *text, struct buf *root);
/* imap_quota_next - take one resource off the front of the list */
enum imap_quota_found	imap_quota_next(struct span *list, struct imap_quota *);
/* imap_quota_unit - what the numbers of a resource count in bytes: 1024 for those of storage, 0 for those that count things */
uint64_t		imap_quota_unit(struct span resource);

#endif
