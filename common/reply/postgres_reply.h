/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * postgres_reply - what a PostgreSQL server answers to SSLRequest (PostgreSQL
 * documentation, "Frontend/Backend Protocol", sections "SSL Session Encryption"
 * and "Message Formats")
 *
 *	answer	= "S" / "N" / error
 *	error	= "E" length *(field-type string NUL) NUL
 *	        / "E" string NUL
 *
 * The second form is that of protocol 2, in which a server still speaks that
 * could not start a process for the connection.
 */
#ifndef REPLY_POSTGRES_REPLY_H
#define REPLY_POSTGRES_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	POSTGRES_ERROR_MAX = 32 * 1024	/* bytes of an error */
};

/* postgres_scan - see struct protocol.scan; there are no bodies.  An SSH server, whose first word begins with the S of a yes, is BAD when more of the word is there. */
enum scan_result postgres_scan(struct scan *, struct span, bool bodies);
/*
 * postgres_reply - parse one whole answer; false: a violation.  S is OK, N is
 * NO, an error BAD with its SQLSTATE as `word` (empty in protocol 2) and its
 * message as `text` and `line`.
 */
bool		 postgres_reply(struct span, struct reply *);

#endif
