/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nntp_reply - NNTP server bytes to replies (RFC 3977 sections 3.1, 3.2 and 5.2)
 *
 *	single-line	= code SP [text] CRLF
 *	multi-line	= single-line *(line CRLF) "." CRLF
 *	code		= "1" / ... / "5", two digits
 *
 * Of the answers that are asked for here only 101, the list of capabilities,
 * has more than one line.  Its lines have no dots to be unstuffed, for a
 * capability begins with a letter.  Every last word has tag 0: answers come in
 * the order of the questions.
 *
 * Tolerated: long lines, 8-bit text, no text, and LF alone as line end.
 */
#ifndef REPLY_NNTP_REPLY_H
#define REPLY_NNTP_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	NNTP_LINE_MAX = 8 * 1024,	/* bytes of one line with its end */
	NNTP_REPLY_MAX = 64 * 1024,	/* bytes of a list of capabilities */
	NNTP_LIST_FOLLOWS = 101
};

/* nntp_scan - see struct protocol.scan; there are no bodies */
enum scan_result nntp_scan(struct scan *, struct span, bool bodies);
/*
 * nntp_reply - parse one reply that was scanned; false: a violation.  `number`
 * is the code and `code` its digits, `text` what is behind it: of a list all
 * its lines.  1yz and 2yz are OK, x0z of the 5yz (syntax) BAD, others NO; 3yz
 * is a continuation.
 */
bool		 nntp_reply(struct span, struct reply *);

#endif
