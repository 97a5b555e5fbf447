/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * once FILE PROGRAM ARGUMENT... - run it and print what it took: microseconds
 * of wall time, microseconds of processor time, KiB at its peak, exit code.
 * What it writes goes into the file, and its errors go nowhere.
 *
 * A small program of its own, for a child begins with its parent's peak.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static long long
micro(struct timeval t)
{
	return t.tv_sec * 1000000LL + t.tv_usec;
}

int
main(int argc, char *argv[])
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC), file, out, status;
	long long begin = now(), end;
	struct rusage usage;
	pid_t child;

	out = fcntl(1, F_DUPFD_CLOEXEC, 10);
	if (argc < 3 || null == -1 || out == -1)
		return 2;
	file = open(argv[1], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (file == -1 || dup2(null, 0) == -1 || dup2(file, 1) == -1 ||
	    dup2(null, 2) == -1)
		return 2;
	child = vfork();
	if (child == 0) {
		(void)execv(argv[2], argv + 2);
		_exit(127);
	}
	if (child == -1 || wait4(child, &status, 0, &usage) != child)
		return 2;
	end = now();
	(void)dprintf(out, "%lld %lld %ld %d\n", end - begin,
	    micro(usage.ru_utime) + micro(usage.ru_stime), usage.ru_maxrss,
	    WIFEXITED(status) ? WEXITSTATUS(status) : 128);
	return 0;
}
