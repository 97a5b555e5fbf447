/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_reply - POP3 server bytes to replies (RFC 1939 section 3, RFC 2449
 * sections 4 and 8, RFC 5034 section 4)
 *
 *	single-line	= status [SP text] CRLF
 *	status		= "+OK" / "-ERR"
 *	text		= ["[" resp-level *("/" resp-level) "]"] text
 *	multi-line	= single-line *dot-stuffed CRLF "." CRLF
 *	challenge	= "+" SP [base64] CRLF
 *
 * Which answers have more than one line only the question tells: those of a
 * rung with a body do, when they begin with +OK.  Every last word has tag 0:
 * answers come in the order of the questions.
 *
 * Tolerated, because real servers do it: lines beyond 512 bytes, lower case, no
 * text, 8-bit text, a space after the code or none, and LF alone as line end.
 * Where the first line of an answer ends in CRLF only CRLF ends the others, for
 * then an LF alone may stand in a message.
 */
#ifndef REPLY_POP3_REPLY_H
#define REPLY_POP3_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	POP3_LINE_MAX = 16 * 1024	/* bytes of a status line or a challenge with its end */
};

/* a pair of numbers, as STAT and LIST have it */
struct pop3_pair {
	uint64_t	 first;		/* messages, or which one */
	bool		 has_second;	/* bytes; not there, or none that makes sense */
	uint64_t	 second;
};

/* pop3_scan - see struct protocol.scan; a body comes without its stuffing */
enum scan_result pop3_scan(struct scan *, struct span, bool bodies);
/* pop3_reply - parse the first line of one whole reply; false: a violation */
bool		 pop3_reply(struct span, struct reply *);
/*
 * pop3_pair - "3 1234 ..." of STAT or LIST; false when there is no first
 * number, or more digits than any number has.  A second one that is missing or
 * negative (a 32-bit server with more than 2 GiB) is not told.
 */
bool		 pop3_pair(struct span, struct pop3_pair *);
/* pop3_stamp - the timestamp for APOP in a greeting, with its brackets (RFC 1939 section 7: msg-id of RFC 822); empty if there is none */
struct span	 pop3_stamp(struct span greeting);

#endif
