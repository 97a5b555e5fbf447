/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_nearest - the mailbox is missing: which one was meant? LIST (RFC 3501
 * section 6.3.8) and, where it is offered, NAMESPACE (RFC 2342)
 *
 * Names are compared without case, without the prefix that all of them may
 * have (INBOX and the separator), with any separator for the right one, and
 * then by the slips of a pen.  What is found is added to the finding of
 * mailbox.missing, which has been made before, so that nothing that happens
 * here can hide it.
 */
#ifndef DIALOG_IMAP_NEAREST_H
#define DIALOG_IMAP_NEAREST_H

#include "dialog/ladder.h"

enum {
	LISTED_MAX = 10000	/* names that are looked at */
};

extern const struct rung imap_nearest_ladder[];

#endif
