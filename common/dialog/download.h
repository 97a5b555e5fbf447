/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * download - the download under way, and the sum of what came
 *
 * A message streams through reply/message.h and is kept nowhere.  Cause:
 * fetch.malformed.  Who asks for it, and what a refusal means, is the
 * protocol's.
 */
#ifndef DIALOG_DOWNLOAD_H
#define DIALOG_DOWNLOAD_H

#include "dialog/session.h"
#include "reply/message.h"

enum {
	MALFORMED_MAX = 8	/* of them that get a finding */
};

struct download {
	unsigned	 messages;	/* that came whole */
	uint64_t	 bytes;		/* of them, and of the one under way */
	unsigned	 resized;	/* that were not as large as the server had said */
	unsigned	 malformed;
	/* of the message under way */
	bool		 has_size;	/* the server said how large it is: */
	uint64_t	 told;
	uint64_t	 size;		/* that came so far */
	struct message	 message;
};

/* download_begin - the next message, with the sums in *d, which the first one makes; NULL without memory */
struct download	*download_begin(struct session *, struct download **d);
/* download_bytes - a piece of it */
void		 download_bytes(struct download *, struct span);
/* download_end - it came whole: is it a message?  Then the line of the stage says what came so far.  `place` and `box` name the message; `teller` is what told its size ("RFC822.SIZE"). */
void		 download_end(struct session *, struct download *, uint64_t place, const char *box, const char *teller);

#endif
