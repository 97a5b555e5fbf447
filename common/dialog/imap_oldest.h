/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_oldest - when the oldest message without \Seen arrived: SEARCH (RFC 3501
 * section 6.4.4), with RETURN (MIN) where the server has ESEARCH (RFC 4731),
 * and FETCH of its INTERNALDATE
 *
 * The oldest is the one with the lowest number, by order of arrival: a copy
 * with an older date may stand behind it.  What is learnt stands in
 * imap.box.oldest.  Without ESEARCH a mailbox is looked at as far as its first
 * million messages.  Causes: protocol.rejected for BAD, mailbox.unavailable and
 * the refusal tables.  A date that does not come is told by the line of the stage.
 */
#ifndef DIALOG_IMAP_OLDEST_H
#define DIALOG_IMAP_OLDEST_H

#include "dialog/ladder.h"

extern const struct rung imap_oldest_ladder[];

#endif
