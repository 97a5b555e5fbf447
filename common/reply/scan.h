/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scan - where one reply ends, found without ever starting over
 *
 * A scanner is asked again each time bytes have come, and goes on where it
 * stopped: a byte is looked at once, however the reply was cut up.
 */
#ifndef REPLY_SCAN_H
#define REPLY_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/span.h"

/* how far a scanner has come; all zero to begin */
struct scan {
	size_t		 pos;		/* bytes already looked at */
	size_t		 line;		/* where the line under way begins */
	uint64_t	 skip;		/* bytes of a literal still to pass */
	uint64_t	 body;		/* SCAN_BODY: size of the body that begins at pos; SCAN_DROP: bytes */
	bool		 open;		/* SCAN_BODY: no end was told, more of the same body may follow */
	unsigned	 place;		/* in a body or between lines: the protocol's own */
	bool		 bare;		/* its lines end in LF alone */
	unsigned	 lines;		/* of a reply with many, so far */
};

enum scan_result {
	SCAN_MORE,		/* incomplete */
	SCAN_REPLY,		/* a reply of scan.pos bytes */
	SCAN_BODY,		/* the reply goes on after a body of scan.body bytes that begins at scan.pos */
	SCAN_DROP,		/* scan.body bytes at scan.pos are of no reply and no body: take them out and scan on */
	SCAN_BAD		/* can never become a reply, or breaks a cap */
};

/* scan_line - go on to the end of the line under way: SCAN_REPLY when all of it is there, SCAN_MORE, or SCAN_BAD when the line or all of it is longer than these caps */
enum scan_result scan_line(struct scan *, struct span bytes, size_t line_max, size_t reply_max);
/* scan_literal - pass as much as is there of the literal of scan.skip bytes; true at its end, where a line begins */
bool		 scan_literal(struct scan *, size_t len);
/* scan_literal_size - of the literal that a line opens with its last word: "{12}", "{12+}"; UINT64_MAX for what no number holds */
bool		 scan_literal_size(struct span line, uint64_t *size);
/* scan_coded - does the line begin with three digits, the first within those two, and one of `behind` or nothing after them? */
bool		 scan_coded(struct span line, char low, char high, const char *behind);

#endif
