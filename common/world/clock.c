/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock - the only place that asks what time it is
 */
#define _GNU_SOURCE
#include "world/clock.h"

#include <time.h>

enum { MICROSECONDS = 1000000 };

int64_t
clock_now(void)
{
	struct timespec ts = { 0, 0 };

	/* cannot fail: the clock and the pointer are good */
	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * MICROSECONDS + ts.tv_nsec / 1000;
}

int64_t
clock_wall(void)
{
	return (int64_t)time(NULL);
}
