/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * host - a host as users write it, on a command line or in a file
 */
#ifndef BASE_HOST_H
#define BASE_HOST_H

#include <stdbool.h>

#include "base/span.h"

enum {
	HOST_WORD_MAX = 1024,	/* bytes of a host as it is written, of which an internationalised name in UTF-8 takes the most */
	HOST_LINE_MAX = 4096	/* bytes of a line of a file of hosts, its comment and its end included */
};

/* what somebody wrote for a host */
enum host_kind {
	HOST_WRONG,		/* it is none */
	HOST_PLAIN,		/* a name in ASCII, or an address */
	HOST_IDN		/* a name in UTF-8, which is yet to be converted and may fail then */
};

/* host_unbracket - "[2001:db8::1]" without its brackets; false for anything else in brackets, which is no host */
bool		host_unbracket(struct span *);
/* host_kind - what it is, without the brackets of an address */
enum host_kind	host_kind(struct span *);
/*
 * host_line - what a line of a file holds (without its LF): no byte order mark
 * at its front, no blanks and no CR at its ends, no comment, which begins with
 * a `#` at the front or behind a blank; false when nothing is left
 */
bool		host_line(struct span line, struct span *host);

#endif
