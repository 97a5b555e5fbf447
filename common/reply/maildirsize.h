/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildirsize - the file in which a Maildir++ keeps its quota and what is used
 * of it (Courier, maildirquota(7))
 *
 *	file	   = definition LF *(change LF)
 *	definition = item *("," item)
 *	item	   = number ("S" / "C")	; bytes, messages
 *	change	   = *SP integer 1*SP integer	; bytes and messages that came or went
 *
 * Whoever puts or removes messages appends a line in one write, and somebody
 * sums the file up from time to time.  So a line may be cut short, or two may
 * have been written into each other: such lines count for nothing, and are
 * told.  A number without a letter is one of bytes; items with other letters
 * are of later versions, and are passed over.
 */
#ifndef REPLY_MAILDIRSIZE_H
#define REPLY_MAILDIRSIZE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

struct maildirsize {
	bool	 has_bytes, has_messages;	/* limits; 0 is none */
	int64_t	 bytes_limit, messages_limit;
	int64_t	 bytes, messages;	/* used: never below 0, at most 2^63-1 */
	unsigned torn;			/* lines that make no sense */
};

/* maildirsize_read - false when the first line is no definition */
bool	maildirsize_read(struct span text, struct maildirsize *);

#endif
