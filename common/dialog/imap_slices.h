/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_slices - search a mailbox a slice at a time
 *
 * Without ESEARCH (RFC 4731) a search is answered by the numbers of all that
 * were found, in one line, and a line has a cap.  So a large mailbox is searched
 * in slices, each of which is answered by a line that fits.
 */
#ifndef DIALOG_IMAP_SLICES_H
#define DIALOG_IMAP_SLICES_H

#include "dialog/ladder.h"

enum {
	SLICE = 10000,		/* messages whose numbers fit into IMAP_LINE_MAX, whatever they are */
	SLICES_MAX = 100
};

/* imap_slices - how many the open mailbox needs: 0 for an empty one, 1 where ESEARCH is offered, else it may be more than SLICES_MAX */
uint64_t imap_slices(const struct session *);
/* imap_slice_word - "10001:20000", the search key of a slice, the last as long as the mailbox is */
void	 imap_slice_word(struct session *, unsigned turn);

#endif
