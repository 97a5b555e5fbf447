/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * message - is it a message that streams by? (RFC 5322 sections 2.1.1 and 2.2,
 * RFC 2046 section 5.1.1)
 *
 *	message		= (fields / obs-fields) [CRLF body]
 *	field		= ftext *(ftext) *WSP ":" unstructured CRLF
 *	delimiter	= CRLF "--" boundary transport-padding
 *	close-delimiter	= CRLF "--" boundary "--" transport-padding
 *
 * Looks at each byte once and keeps a line, a Content-Type and a few boundaries
 * of it, however large it is and however it is cut up.  Only plain damage is a
 * fault.  Tolerated: a bare LF as line end, 8-bit text, a bare CR, fields that
 * are missing, and whatever stands deeper than MESSAGE_DEPTH multiparts.
 */
#ifndef REPLY_MESSAGE_H
#define REPLY_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

enum {
	MESSAGE_LINE_MAX = 998,		/* bytes of a line without its end */
	MESSAGE_LINE_KEPT = 1024,	/* of a line that are looked at */
	MESSAGE_TYPE_MAX = 2048,	/* of a Content-Type; a longer one is not understood */
	MESSAGE_BOUNDARY_MAX = 128,	/* of a boundary (70 are allowed); with a longer one the parts are not looked at */
	MESSAGE_DEPTH = 16		/* multiparts within one another */
};

enum message_fault {
	MESSAGE_WELL,
	MESSAGE_EMPTY,		/* not a byte */
	MESSAGE_NO_HEADER,	/* begins with an empty line */
	MESSAGE_BAD_FIELD,	/* a line of a header is no field and continues none */
	MESSAGE_OPEN_HEADER,	/* ends within its header */
	MESSAGE_NUL,
	MESSAGE_LONG_LINE,
	MESSAGE_NO_BOUNDARY,	/* multipart, and names none */
	MESSAGE_UNUSED,		/* the boundary named never comes */
	MESSAGE_UNCLOSED	/* the last one of a multipart is missing */
};

struct message_part {
	char		 boundary[MESSAGE_BOUNDARY_MAX];
	size_t		 len;
	bool		 used;		/* came at least once */
};

struct message {
	enum message_fault fault;	/* the first one */
	uint64_t	 fault_line;	/* where, counted from 1 */
	uint64_t	 lines;		/* whole ones so far */
	uint64_t	 length;	/* of the line under way */
	char		 line[MESSAGE_LINE_KEPT];
	char		 last;		/* its last byte so far */
	bool		 in_header;
	bool		 embedded;	/* of a message within the message, where everything may stand */
	uint64_t	 fields;	/* of this header */
	bool		 in_type;	/* the field under way is Content-Type */
	char		 type[MESSAGE_TYPE_MAX];
	size_t		 ntype;		/* above MESSAGE_TYPE_MAX: too long */
	struct message_part parts[MESSAGE_DEPTH];	/* multiparts that are open, the innermost last */
	size_t		 depth;
};

void	message_begin(struct message *);
void	message_bytes(struct message *, struct span);
/* message_end - there is no more of it: the verdict */
enum message_fault message_end(struct message *);
/* message_words - append which rule it breaks: "line 7 is longer than 998 bytes" */
void	message_words(const struct message *, struct buf *);

#endif
