/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * try - one attempt to connect, and all that can be known of how it ended
 */
#ifndef WORLD_TRY_H
#define WORLD_TRY_H

#include "judge/net_facts.h"
#include "world/interfaces.h"
#include "world/loop.h"

enum trying {
	TRY_ON,			/* no answer yet */
	TRY_WON,		/* connected: to be taken or dropped at once */
	TRY_FAILED
};

struct try {
	struct watch	 watch;
	struct attempt	*facts;		/* borrowed, filled in */
	int		 fd;		/* -1: closed, or taken */
	unsigned	 wakes;		/* that meant nothing */
	uint8_t		 hops;		/* set before try_start(): packets live for so many; 0: as the system has it */
	uint8_t		 least;		/* the same: answers with less life left are not heard; 0: all are */
};

/* try_start - begin; facts stand ready and empty.  `source` of family 0: the system chooses.  `ready` is called when try_ready() is to be. */
enum trying	try_start(struct try *, struct loop *, const struct address *, uint16_t port, const struct address *source, void (*ready)(struct watch *, short));
/* try_ready - something happened to it */
enum trying	try_ready(struct try *, struct loop *, short revents);
/* try_fail - close it: it ended with this error */
void		try_fail(struct try *, struct loop *, int error, short revents);
/* try_place - whose the offender is and where the address lies, as far as it matters */
void		try_place(struct attempt *, struct interfaces *);
/* try_drop - close it, if it is open: nobody needs its answer any more */
void		try_drop(struct try *, struct loop *);
/* try_take - the descriptor of one that won, which is then the caller's and ready to be talked over */
int		try_take(struct try *, struct loop *);

#endif
