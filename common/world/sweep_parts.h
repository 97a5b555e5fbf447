/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sweep_parts - what the files of the sweep share; nobody else includes it
 */
#ifndef WORLD_SWEEP_PARTS_H
#define WORLD_SWEEP_PARTS_H

#include "dialog/probe.h"
#include "world/gate.h"
#include "world/sweep.h"
#include "world/try.h"

struct talk;

/* one row that is being looked at */
struct flight {
	struct try	 try;
	struct attempt	 facts;		/* of the attempt under way */
	struct timer	 timer;
	struct sweep	*sweep;
	struct flight	*prev, *next;
	struct port_row	*row;
	struct talk	*talk;		/* while there is a connection that is talked over */
	bool		 talked;	/* there was one */
	bool		 again;		/* another one is made for the talk alone */
};

struct sweep {
	struct loop	*loop;
	struct sweep_config config;
	struct gate	 gate;
	struct flight	*flying;
	struct flight	*landed;	/* that somebody may be in the midst of */
	unsigned	 nflying;
	bool		 nomem;
};

/* flight_go_on - the connection that was talked over is closed: the next attempt, or the end; `again`: one more connection for the talk */
void	flight_go_on(struct flight *, bool again);

/* talk_start - over a connection, which is then the talk's; false without memory, and it is closed */
bool	talk_start(struct flight *, int fd);
/* talk_wake - time has come */
void	talk_wake(struct flight *);
/* talk_stop - time is up: what is known is in the row, and the talk is over */
void	talk_stop(struct flight *);

#endif
