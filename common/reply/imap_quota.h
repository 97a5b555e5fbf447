/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_quota - what QUOTA and QUOTAROOT responses hold (RFC 9208 section 7, RFC
 * 2087 section 6)
 *
 *	quota-response     = "QUOTA" SP quota-root-name SP quota-list
 *	quotaroot-response = "QUOTAROOT" SP mailbox *(SP quota-root-name)
 *	quota-list     = "(" quota-resource *(SP quota-resource) ")"
 *	quota-resource = resource-name SP resource-usage SP resource-limit
 *	quota-root-name = astring
 *	resource-usage  = number64		; 63 bits
 *
 * Tolerated, because real servers do it: an empty list (Dovecot
 * src/plugins/imap-quota, Cyrus imap/imapd.c print_quota_used(), for a root
 * without limits), and none at all (Courier 5.0); several QUOTA responses for
 * one root (James QuotaResponseEncoder.java); a limit below 0, or a word in its
 * place, for none; a root that is not quoted in spite of spaces, parentheses or
 * having no bytes at all; numbers without an end, which count as 2^64-1.
 */
#ifndef REPLY_IMAP_QUOTA_H
#define REPLY_IMAP_QUOTA_H

#include "base/buf.h"
#include "base/span.h"

/* one resource as the server counts it */
struct imap_quota_item {
	struct span	 resource;	/* borrowed, as written */
	uint64_t	 used;		/* 0 for a negative number */
	uint64_t	 limit;
	bool		 limited;	/* not for a negative limit, nor for a word in its place */
};

enum imap_quota_got { IMAP_QUOTA_ITEM, IMAP_QUOTA_END, IMAP_QUOTA_BAD };

/* imap_quota_root - of a QUOTA response: the root off the front, up to and with the parenthesis behind it, its bytes appended (what is left may be no part of the bytes then); false: no such response */
bool			imap_quota_root(struct span *, struct buf *root);
/* imap_quota_item - the next resource off the front of the list; IMAP_QUOTA_END at its parenthesis */
enum imap_quota_got	imap_quota_item(struct span *, struct imap_quota_item *);
/* imap_quota_name - of a QUOTAROOT response: the next name off the front, the mailbox first, then roots */
enum imap_quota_got	imap_quota_name(struct span *, struct buf *name);
/* imap_quota_unit - what one of a resource is: 1024 bytes of those that are storage (RFC 9208 section 5, and Cyrus' X-ANNOTATION-STORAGE); 0: it is counted */
uint64_t		imap_quota_unit(struct span resource);

#endif
