/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reply - one reply of a server, cut into its parts
 *
 * Spans borrow from the bytes that were parsed.  What a protocol does not have
 * stays empty.
 */
#ifndef REPLY_REPLY_H
#define REPLY_REPLY_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"
#include "reply/scan.h"

enum {
	FOREIGN_LINE_MAX = 512	/* bytes of another protocol's first line that are waited for */
};

enum reply_kind {
	REPLY_CONTINUE,		/* the server waits for more of a command */
	REPLY_UNTAGGED,		/* data, or a word that belongs to no command */
	REPLY_TAGGED		/* the end of the command with that tag; where there are no tags, of the oldest */
};

enum reply_status {
	REPLY_DATA,		/* no status: data */
	REPLY_OK, REPLY_NO, REPLY_BAD, REPLY_BYE, REPLY_PREAUTH
};

struct reply {
	enum reply_kind		kind;
	enum reply_status	status;
	unsigned		tag;		/* TAGGED: the number in our tag "a12" */
	struct span		word;		/* DATA: "CAPABILITY", "EXISTS", "STATUS" */
	bool			has_number;	/* DATA: "* 3 EXISTS" */
	uint64_t		number;
	struct span		code;		/* response code without brackets: "UNAVAILABLE", "535" */
	struct span		code_args;	/* what follows it inside the brackets; the enhanced status code "5.7.8" */
	struct span		text;		/* words for people, or the rest of the data */
	struct span		line;		/* all of it, without the line end */
};

/* reply_words - what is to be quoted: the response code in its brackets or in front, if any, and the text */
struct span	reply_words(const struct reply *);
/* reply_text - take ["[" resp-text-code "]" SP] text apart (RFC 3501 section 9, RFC 2449 section 8) */
void		reply_text(struct reply *, struct span);
/* reply_is_binary - do these first bytes belong to another protocol, which may never send a line end to wait for? */
bool		reply_is_binary(struct span);
/* reply_foreign - for the scanner of a protocol without lines, of first bytes that it does not know: BAD, but only when the line that they begin is whole, so that one can tell what speaks there */
enum scan_result	reply_foreign(struct scan *, struct span);

#endif
