/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * transcript - what was said, on its way to standard error
 *
 * The descriptor is not ours and may be blocking.  poll(2) says when it takes
 * CHUNK bytes, so that a reader who does not read cannot hang the check.
 */
#define _GNU_SOURCE
#include "world/transcript.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <unistd.h>

#include "world/clock.h"

#ifdef PIPE_BUF
enum { CHUNK = PIPE_BUF };
#else
enum { CHUNK = 512 };		/* what POSIX asks for at least */
#endif

/* writable - is it, or will it be until then? */
static bool
writable(int fd, int64_t until)
{
	struct pollfd p = { .fd = fd, .events = POLLOUT };
	int64_t wait = until != 0 ? (until - clock_now()) / 1000 : 0;

	if (wait < 0)
		wait = 0;
	return poll(&p, 1, wait < INT_MAX ? (int)wait : INT_MAX) == 1 &&
	    (p.revents & POLLOUT);
}

void
transcript_write(int fd, struct buf *log, int64_t until)
{
	while (fd != -1 && log->len > 0 && writable(fd, until)) {
		struct span s = buf_span(log);
		ssize_t n = write(fd, s.p, s.len < CHUNK ? s.len : CHUNK);

		if (n == -1 && errno != EINTR)
			fd = -1;
		if (n > 0)
			buf_drop(log, (size_t)n);
	}
	if (fd == -1)
		buf_clear(log);
}
