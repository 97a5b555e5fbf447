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

#endif
