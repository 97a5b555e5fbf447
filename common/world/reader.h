/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * reader - bytes of a file, a pipe or a terminal that may never end
 *
 * Nothing is read before poll() says that there is something: a FIFO without a
 * writer would look like an empty file.
 */
#ifndef WORLD_READER_H
#define WORLD_READER_H

#include <sys/types.h>

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct reader {
	int		 fd;
	int		 flags;		/* of the descriptor, to be put back; -1: they were not touched */
	bool		 opened;	/* the descriptor is ours to close */
	int64_t		 deadline;	/* clock_now() time */
	const volatile sig_atomic_t *stop; /* once it is set, nothing is waited for; NULL: only the signal that comes while we wait counts */
};

/* reader_open - a file by its name; false with errno.  FIFOs and devices are not waited for. */
bool	reader_open(struct reader *, const char *path, int64_t deadline);
/* reader_take - a descriptor of somebody else, who gets it back as it was */
void	reader_take(struct reader *, int fd, int64_t deadline);
/* reader_read - some bytes; 0 at the end, -1 with errno: ETIMEDOUT at the deadline, EINTR when a signal asks us to end */
ssize_t	reader_read(struct reader *, void *, size_t);
/* reader_close - leaves errno alone */
void	reader_close(struct reader *);

#endif
