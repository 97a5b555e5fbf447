/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * peak FILE PROGRAM ARGUMENT... - run it, write its peak memory in KiB; the
 * exit code is that of the program.  SIGTERM is passed on.
 *
 * A small program of its own, for a child begins with its parent's peak.
 */
#define _DEFAULT_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile pid_t child;

static void
pass_on(int sig)
{
	(void)kill(child, sig);
}

int
main(int argc, char *argv[])
{
	struct sigaction action = { .sa_handler = pass_on };
	struct rusage usage;
	FILE *out;
	pid_t ended;
	int status;

	if (argc < 3)
		return 2;
	child = fork();
	if (child == 0) {
		(void)execv(argv[2], argv + 2);
		_exit(127);
	}
	if (child == -1 || sigaction(SIGTERM, &action, NULL) == -1)
		return 2;
	do {
		ended = wait4(child, &status, 0, &usage);
	} while (ended == -1 && errno == EINTR);
	out = fopen(argv[1], "w");
	if (ended == -1 || out == NULL || fprintf(out, "%ld",
	    usage.ru_maxrss) < 0 || fclose(out) != 0)
		return 2;
	return WIFEXITED(status) ? WEXITSTATUS(status) :
	    128 + WTERMSIG(status);
}
