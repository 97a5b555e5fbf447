/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gate - how much may begin, and when: slots, descriptors, and a rate
 */
#ifndef WORLD_GATE_H
#define WORLD_GATE_H

#include <stdbool.h>
#include <stdint.h>

enum {
	GATE_BATCH = 32		/* that begin before others have their turn */
};

struct gate {
	unsigned	slots;		/* at once */
	unsigned	descriptors;	/* that there are for all of them */
	int64_t		interval;	/* microseconds between two; 0: none */
	int64_t		due;		/* when the next would be, were they evenly spread */
};

/* gate_init - `slots` 0: as many as there are descriptors; `rate` a second, 0 unlimited */
void	gate_init(struct gate *, unsigned slots, unsigned rate);
/* gate_closed - when to ask again at the earliest, 0: one may pass now, which is then to be told by gate_pass() */
int64_t	gate_closed(const struct gate *, int64_t now);
void	gate_pass(struct gate *, int64_t now);

#endif
