/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sieve_reply - ManageSieve server bytes to replies (RFC 5804 sections 1.2, 1.3
 * and 4)
 *
 *	capability	= string [SP string] CRLF
 *	response	= ("OK" / "NO" / "BYE") [SP "(" resp-code ")"]
 *			  [SP string] CRLF
 *	string		= quoted / literal
 *	literal		= "{" number ["+"] "}" CRLF *OCTET
 *
 * A line is a reply.  OK and NO are last words and have tag 0, for answers come
 * in the order of the questions; BYE comes when the server likes.  Strings are
 * given as they stand there, with their backslashes.
 *
 * Tolerated: LF alone as line end, lower case, words without quotes behind the
 * status.
 */
#ifndef REPLY_SIEVE_REPLY_H
#define REPLY_SIEVE_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	SIEVE_LINE_MAX = 16 * 1024,	/* bytes of a line with its end */
	SIEVE_REPLY_MAX = 64 * 1024	/* bytes of a reply with its literals */
};

/* sieve_scan - see struct protocol.scan; there are no bodies */
enum scan_result sieve_scan(struct scan *, struct span, bool bodies);
/*
 * sieve_reply - parse the bytes of one whole reply; false: a violation.  Of a
 * capability `word` is the first string and `text` the second one; of a status
 * `code` and `code_args` stood in parentheses, and `text` are the words,
 * the whole line of a refusal that has none.
 */
bool		 sieve_reply(struct span, struct reply *);

#endif
