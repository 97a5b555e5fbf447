/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_fetch - the rungs that prove the download: FETCH with BODY.PEEK[] (RFC
 * 3501 section 6.4.5), the newest message first
 *
 * A message streams through reply/message.h and is kept nowhere.  What is
 * learnt stands in imap.download and imap.box.newest.  Causes: fetch.refused by
 * the refusal tables or for a message that is listed and does not come,
 * fetch.malformed.  Silence and an end are ladder.h's.
 */
#ifndef DIALOG_IMAP_FETCH_H
#define DIALOG_IMAP_FETCH_H

#include "dialog/ladder.h"
#include "reply/message.h"

enum {
	MALFORMED_MAX = 8	/* of them that get a finding */
};

/* the download under way, and the sum of what came */
struct imap_download {
	unsigned	 messages;	/* that came whole */
	uint64_t	 bytes;		/* of them, and of the one under way */
	unsigned	 resized;	/* that were not as large as RFC822.SIZE said */
	unsigned	 malformed;
	/* of the message under way */
	bool		 streaming;	/* a literal passes by */
	bool		 ours;		/* which is the message */
	bool		 delivered;
	bool		 has_size;	/* RFC822.SIZE was told: */
	uint64_t	 told;
	uint64_t	 size;
	struct message	 message;
};

extern const struct rung imap_fetch_ladder[];

#endif
