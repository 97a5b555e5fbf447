/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opening - what dialogues keep that go no further than TLS
 *
 * Nobody logs in there.  The session ends inside TLS, or where that fails.
 */
#ifndef DIALOG_OPENING_H
#define DIALOG_OPENING_H

#include "dialog/answer.h"

/* what is known of the server: session.talk */
struct opening {
	bool	offered;	/* it offers to start TLS */
	bool	listed;		/* it said what it offers */
};

/* what belongs to the protocol of such a dialogue besides its names, ports, replies, refusals and farewell */
#define OPENING \
	.usual = DEFAULT_STARTTLS, .open = opening_open, \
	.close = opening_close, .secured = opening_secured, \
	.babble = answer_babble, .aside = answer_unasked

struct opening	*opening_of(const struct session *);
bool		 opening_open(struct session *);
void		 opening_close(struct session *);
void		 opening_secured(struct session *);
/* opening_say - bytes that are no line, and what the transcript shows of them; false without memory */
bool		 opening_say(struct session *, struct span, const char *shown);
/* opening_silent - for protocol.farewell where none is said */
void		 opening_silent(struct session *);

#endif
