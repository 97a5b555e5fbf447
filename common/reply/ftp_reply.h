/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ftp_reply - FTP server bytes to replies (RFC 959 section 4.2)
 *
 *	reply	= code SP [text] CRLF
 *		/ code "-" [text] CRLF *(line CRLF) code SP [text] CRLF
 *	code	= "1" / ... / "6", two digits
 *
 * Unlike SMTP's, the lines between need no code, and may begin with any other.
 * Every last word has tag 0: answers come in the order of the questions.
 *
 * Tolerated: long lines, 8-bit text, no text, and LF alone as line end.
 */
#ifndef REPLY_FTP_REPLY_H
#define REPLY_FTP_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	FTP_LINE_MAX = 8 * 1024,	/* bytes of one line with its end */
	FTP_REPLY_MAX = 64 * 1024	/* bytes of all lines of a reply: a welcome message may be long */
};

/* ftp_scan - see struct protocol.scan; there are no bodies */
enum scan_result ftp_scan(struct scan *, struct span, bool bodies);
/*
 * ftp_reply - parse one reply that was scanned; false: a violation.  `number`
 * is the code and `code` its digits, `text` all that is behind it.  1yz is
 * untagged, for another one follows; 2yz is OK, x0z of the 5yz (syntax) BAD,
 * others NO; 3yz is a continuation.
 */
bool		 ftp_reply(struct span, struct reply *);

#endif
