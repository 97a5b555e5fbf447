/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock - the only place that asks what time it is
 */
#ifndef WORLD_CLOCK_H
#define WORLD_CLOCK_H

#include <stdint.h>

/* clock_now - microseconds, monotonic */
int64_t	clock_now(void);
/* clock_wall - seconds since 1970 by the wall clock */
int64_t	clock_wall(void);

#endif
