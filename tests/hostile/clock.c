/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * clock - to be preloaded: the wall clock of a program goes $CLOCK_AHEAD
 * seconds ahead of the true one, or behind it; the steady clock stays.
 *
 * libfaketime leaves two files in /dev/shm where a program ends without the
 * destructors of its libraries, as a check does.
 */
#define _GNU_SOURCE
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static time_t ahead;

__attribute__((constructor)) static void
begin(void)
{
	const char *text = getenv("CLOCK_AHEAD");

	ahead = text == NULL ? 0 : strtol(text, NULL, 10);
}

int
clock_gettime(clockid_t id, struct timespec *now)
{
	long code = syscall(SYS_clock_gettime, id, now);

	if (code == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE))
		now->tv_sec += ahead;
	return (int)code;
}

time_t
time(time_t *out)
{
	struct timespec now = { 0 };

	(void)clock_gettime(CLOCK_REALTIME, &now);
	if (out != NULL)
		*out = now.tv_sec;
	return now.tv_sec;
}

int
gettimeofday(struct timeval *restrict out, void *restrict zone)
{
	struct timespec now = { 0 };

	(void)zone;
	(void)clock_gettime(CLOCK_REALTIME, &now);
	out->tv_sec = now.tv_sec;
	out->tv_usec = now.tv_nsec / 1000;
	return 0;
}
