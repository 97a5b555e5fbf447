/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * xmpp_reply - XMPP server bytes to replies (RFC 6120 sections 4 and 5)
 *
 *	reply	= [xml-declaration] (stream-open / element / stream-close)
 *
 * No XML reader: tags are counted, and what stands in quotes is passed over.
 * Comments, document types and CDATA sections are violations (section 11.1), so
 * no entity is ever declared.  White space between elements keeps a connection
 * alive and means nothing.  Names are compared without their prefixes.
 */
#ifndef REPLY_XMPP_REPLY_H
#define REPLY_XMPP_REPLY_H

#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"

enum {
	XMPP_REPLY_MAX = 64 * 1024,	/* bytes of one reply with the white space before it */
	XMPP_DEPTH_MAX = 16		/* elements within one another */
};

/* xmpp_scan - see struct protocol.scan; there are no bodies */
enum scan_result xmpp_scan(struct scan *, struct span, bool bodies);
/*
 * xmpp_reply - parse one reply that was scanned; false: a violation.  `word` is
 * its name.  An opened stream is an untagged OK with its attributes as `text`;
 * <proceed/> is OK and <failure/> NO, with all of it as `text`; a stream error is an untagged BYE with
 * its condition as `code` and the words for people, if any, as `text`, and so
 * is the end of the stream, without them; all else is data, and `text` is what
 * is inside.
 */
bool		 xmpp_reply(struct span, struct reply *);
/* xmpp_holds - is there an element with that name in it? */
bool		 xmpp_holds(struct span, const char *name);

#endif
