/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_reply - IMAP server bytes to replies (RFC 3501 section 9, RFC 9051
 * section 9: response)
 *
 *	response       = *(continue-req / response-data) response-done
 *	continue-req   = "+" SP (resp-text / base64) CRLF
 *	response-data  = "*" SP (resp-cond-state / resp-cond-bye / mailbox-data /
 *			 message-data / capability-data) CRLF
 *	response-tagged= tag SP resp-cond-state CRLF
 *	resp-text      = ["[" resp-text-code "]" SP] text
 *	literal        = "{" number64 ["+"] "}" CRLF *CHAR8
 *
 * Tolerated, because real servers do it: a bare LF as line end, no text after a
 * status, no space after "+", lower case, 8-bit text, trailing spaces.
 */
#ifndef REPLY_IMAP_REPLY_H
#define REPLY_IMAP_REPLY_H

#include "base/buf.h"
#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	IMAP_LINE_MAX = 128 * 1024,	/* bytes of a line with its line end: a long list of capabilities */
	IMAP_REPLY_MAX = 192 * 1024	/* bytes of a reply with its literals */
};

/* imap_scan - see struct protocol.scan */
enum scan_result	imap_scan(struct scan *, struct span, bool bodies);
/* imap_reply - parse the bytes of one whole reply; false: a violation */
bool			imap_reply(struct span, struct reply *);
/* imap_number_after - the number behind a word in a parenthesised list: UNSEEN in "(MESSAGES 3 UNSEEN 1)"; false if it is not there or no number */
bool			imap_number_after(struct span list, const char *word, uint64_t *);
/* imap_string - take one astring (atom, quoted or literal) off the front and append its bytes; false if there is none */
bool			imap_string(struct span *, struct buf *);

#endif
