/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildirsize - the file in which Maildir++ keeps quota and use of a mailbox
 *
 * As Courier's README.maildirquota has it, and Dovecot's maildir quota writes
 * it too:
 *
 *	file       = definition LF *( sum LF )
 *	definition = [ limit *( "," limit ) ]
 *	limit      = 1*DIGIT ( "S" / "C" )	; bytes, messages; 0 is no limit
 *	sum        = *SP number 1*SP number *SP	; bytes, messages: all are added up
 *
 * A writer appends one line with one write(2), without a lock, so the last line
 * may be half there; whoever finds more than 5120 bytes counts anew.
 */
#ifndef REPLY_MAILDIRSIZE_H
#define REPLY_MAILDIRSIZE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

enum {
	MAILDIRSIZE_FULL = 5120,	/* bytes beyond which writers count anew */
	MAILDIRSIZE_MAX = 1024 * 1024	/* bytes that are read at all */
};

struct maildirsize {
	bool	has_bytes_limit, has_messages_limit;
	int64_t	bytes_limit, messages_limit;
	int64_t	bytes, messages;	/* added up, kept within 64 bits; below zero where the lines say so */
	size_t	lines;			/* that were added up */
	bool	defined;		/* there is a first line at all */
	bool	torn;			/* the last line has no end: it is left out, unless it is a whole definition */
	size_t	wrong;			/* number of the first line that makes no sense, where reading ended; 0 none */
};

/* maildirsize_read - all of the file; false when a line makes no sense */
bool	maildirsize_read(struct span, struct maildirsize *);

#endif
