/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_list - LIST responses (RFC 3501 section 7.2.2)
 *
 *	mailbox-list = "(" [mbx-list-flags] ")" SP
 *		       (DQUOTE QUOTED-CHAR DQUOTE / nil) SP mailbox
 */
#ifndef REPLY_IMAP_LIST_H
#define REPLY_IMAP_LIST_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/span.h"

/* imap_list - name and separator of what stands behind LIST, appended as they came; false if it is no such thing.  `usable`: it can be opened. */
bool	imap_list(struct span text, bool *usable, struct buf *separator, struct buf *name);

#endif
