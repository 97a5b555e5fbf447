/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp_reply - SMTP and LMTP server bytes to replies (RFC 5321 section 4.2,
 * RFC 2034 section 4, RFC 3463 section 2, RFC 2033)
 *
 *	reply		= *(code "-" [text] CRLF) code [SP [text]] CRLF
 *	code		= "2" / "3" / "4" / "5", two digits; the same in every line
 *	text		= [class "." subject "." detail SP] words
 *
 * The scanner takes the code out of every line but the first (SCAN_DROP), so
 * that what is parsed is one code with lines of text behind it.  Every last
 * word has tag 0: answers come in the order of the questions.
 *
 * Tolerated, because real servers do it: lines beyond 512 bytes, 8-bit text, no
 * text, and LF alone as line end.
 */
#ifndef REPLY_SMTP_REPLY_H
#define REPLY_SMTP_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	SMTP_LINE_MAX = 8 * 1024,	/* bytes of one line of a reply with its end */
	SMTP_REPLY_MAX = 64 * 1024,	/* bytes of all its lines */
	SMTP_LINES_MAX = 1000		/* lines */
};

/* smtp_scan - see struct protocol.scan; there are no bodies */
enum scan_result smtp_scan(struct scan *, struct span, bool bodies);
/*
 * smtp_reply - parse one reply that was scanned; false: a violation.  `number`
 * is the code, `code` its digits and `code_args` the enhanced status code, empty
 * without one; `text` is everything behind the code, the enhanced one included.
 * 2yz is OK, x0z of the 5yz (syntax) BAD, others NO; 3yz is a continuation.
 */
bool		 smtp_reply(struct span, struct reply *);

#endif
