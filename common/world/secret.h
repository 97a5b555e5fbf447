/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * secret - read a password from where it is kept, and forget it again
 *
 * One trailing LF or CRLF and a leading UTF-8 byte order mark are dropped.
 * NUL, CR or LF inside, nothing at all, and more than SECRET_MAX bytes are
 * usage.secret; so is a file that everybody may do anything with, unless
 * allowed.  Reading (a FIFO, a descriptor) obeys the deadline.
 */
#ifndef WORLD_SECRET_H
#define WORLD_SECRET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
	SECRET_MAX = 64 * 1024
};

struct secret_source {
	const char	*file;		/* without a slash: from $CREDENTIALS_DIRECTORY when it is there, else the working folder */
	const char	*env;		/* the variable's value in the environment is overwritten at once and the variable removed */
	int		 fd;		/* -1: none */
	char		*given;		/* from --extra-opts; wiped here */
	bool		 allow_readable;
};

/* secret_read - into `out` (a buffer of at most SECRET_MAX + 4); false with a plain sentence in `why` (names the file, variable or descriptor, never its content).  `deadline` is a clock_now() time. */
bool	secret_read(const struct secret_source *, int64_t deadline, struct buf *out, struct buf *why);
/* secret_lock_down - RLIMIT_CORE 0 and, where there is such a thing, not dumpable */
void	secret_lock_down(void);

#endif
