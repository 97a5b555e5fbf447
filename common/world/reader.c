/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader - bytes of a file, a pipe or a terminal that may never end
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/reader.h"

enum {
	/* longest wait in one go, in milliseconds: a signal may come between the look at `stop` and the wait */
	WAIT_MAX = 500
};

bool
reader_open(struct reader *r, const char *path, int64_t deadline)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);

	if (fd < 0)
		return false;
	*r = (struct reader){
		.fd = fd, .flags = -1, .opened = true, .deadline = deadline
	};
	return true;
}

void
reader_take(struct reader *r, int fd, int64_t deadline)
{
	struct stat st;

	*r = (struct reader){ .fd = fd, .flags = -1, .deadline = deadline };
	/*
	 * Another reader may empty a pipe between poll() and read().  The flag
	 * belongs to all who share the pipe, so it is put back.
	 */
	if (fstat(fd, &st) == 0 &&
	    (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode)))
		r->flags = fcntl(fd, F_GETFL);
	if (r->flags != -1)
		(void)fcntl(fd, F_SETFL, r->flags | O_NONBLOCK);
}

/* stopped - a signal or the clock says that there is nothing to wait for; errno tells which */
static bool
stopped(const struct reader *r, int64_t left)
{
	if (r->stop != NULL && *r->stop != 0)
		errno = EINTR;
	else if (left <= 0)
		errno = ETIMEDOUT;
	else
		return false;
	return true;
}

/* await - until there is something to read; false with errno when there will be none */
static bool
await(const struct reader *r)
{
	struct pollfd pfd = { .fd = r->fd, .events = POLLIN };
	int64_t left;
	int n = 0;

	while (n == 0) {
		left = (r->deadline - clock_now() + 999) / 1000;
		if (stopped(r, left))
			return false;
		n = poll(&pfd, 1, left < WAIT_MAX ? (int)left : WAIT_MAX);
	}
	return n > 0;
}

ssize_t
reader_read(struct reader *r, void *bytes, size_t size)
{
	ssize_t n;

	do {
		if (!await(r))
			return -1;
		n = read(r->fd, bytes, size);
	} while (n < 0 && errno == EAGAIN);
	return n;
}

void
reader_close(struct reader *r)
{
	int error = errno;

	if (r->flags != -1)
		(void)fcntl(r->fd, F_SETFL, r->flags);
	if (r->opened)
		(void)close(r->fd);
	errno = error;
}
