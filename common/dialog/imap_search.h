/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_search - count what --search asks for: SEARCH (RFC 3501 section 6.4.4),
 * with ESEARCH (RFC 4731) where the server has it
 *
 * What is found stands in imap.box.found.  Causes: protocol.rejected for
 * criteria that the server does not understand, mailbox.unavailable and the
 * refusal tables.
 */
#ifndef DIALOG_IMAP_SEARCH_H
#define DIALOG_IMAP_SEARCH_H

#include "dialog/ladder.h"

extern const struct rung imap_search_ladder[];

#endif
