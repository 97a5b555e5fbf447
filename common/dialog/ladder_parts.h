/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ladder_parts - what ladder.c (hearing) and ladder_say.c (saying) share
 */
#ifndef DIALOG_LADDER_PARTS_H
#define DIALOG_LADDER_PARTS_H

#include "dialog/ladder.h"

/* the rung that an exchange belongs to */
static inline const struct rung *
ladder_rung(const struct ladder *l, const struct exchange *x)
{
	return l->rungs[x->rung];
}

/* ladder_say_again - what waits to be said a second time; false when a finding was made */
bool		ladder_say_again(struct session *);
/* ladder_say - say everything that may be said now */
enum climbing	ladder_say(struct session *);

#endif
