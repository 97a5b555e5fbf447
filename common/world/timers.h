/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * timers - a heap of timers, the one that is due first on top
 */
#ifndef WORLD_TIMERS_H
#define WORLD_TIMERS_H

#include <stdbool.h>
#include <stddef.h>

#include "world/loop.h"

struct timers {
	struct timer	**heap;
	size_t		  n;
	size_t		  size;
};

/* timers_set - put it in, or where it belongs now; false without memory (it is then not set) */
bool		 timers_set(struct timers *, struct timer *, int64_t at);
/* timers_unset - take it out, if it is in */
void		 timers_unset(struct timers *, struct timer *);
/* timers_first - the one that is due first, NULL if there is none */
struct timer	*timers_first(const struct timers *);
void		 timers_free(struct timers *);

#endif
