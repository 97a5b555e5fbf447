/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_folder - the one folder in which this user's state files are
 *
 * See state_dir.h for where it is looked for.  What the caller (--state-dir) or
 * the service manager ($STATE_DIRECTORY) named is not replaced by another
 * place; below a home that is missing or not writable the next place is tried.
 */
#ifndef WORLD_STATE_FOLDER_H
#define WORLD_STATE_FOLDER_H

#include <stdbool.h>

#include "base/buf.h"

enum {
	STATE_PATH_MAX = 4096
};

struct state_folder {
	int	fd;			/* open and checked; the caller closes it */
	int	error;			/* an errno value: why it could not be opened */
	char	path[STATE_PATH_MAX];
};

enum state_open { STATE_OPEN_DONE, STATE_OPEN_NONE, STATE_OPEN_BAD };

/* state_folder_open - DONE with fd set; NONE if there is no folder yet; BAD with a sentence in `why`.  With `create` it is made, and never NONE. */
enum state_open	state_folder_open(const char *option, bool create, struct state_folder *, struct buf *why);
/* state_folder_complain - "PATH[/NAME] WHAT[: ERROR]" into `why`; always false */
bool		state_folder_complain(struct buf *why, const struct state_folder *, const char *name, const char *what, int error);

#endif
