/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_deleted - the rung that asks how much room an EXPUNGE would make:
 * STATUS with DELETED and DELETED-STORAGE (RFC 9208 section 4.4)
 *
 * It is asked where the server offers QUOTA=RES-MESSAGE or QUOTA=RES-STORAGE,
 * which promise these items, and once half of a limit is used: before that
 * nobody needs room.  What a server refuses here is no finding: the quota has
 * been told.
 */
#ifndef DIALOG_IMAP_DELETED_H
#define DIALOG_IMAP_DELETED_H

#include <stdbool.h>
#include <stdint.h>

#include "dialog/ladder.h"

/* messages of the mailbox that are marked as deleted */
struct imap_deleted {
	uint64_t	 messages;
	uint64_t	 bytes;
	bool		 has_messages, has_bytes;
};

extern const struct rung imap_deleted_ladder[];

#endif
