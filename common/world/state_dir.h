/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_dir - small files that outlive a run
 *
 * The folder is --state-dir, else $STATE_DIRECTORY, else
 * $XDG_STATE_HOME/monitoring-plugins-mail, else
 * ~/.local/state/monitoring-plugins-mail, else
 * /var/tmp/monitoring-plugins-mail-UID: 0700, ours, no symbolic link.  Files
 * are 0600, opened with O_NOFOLLOW, locked, and replaced atomically (a new
 * file, fsync, rename).  A file that is too large, not ours or not regular is
 * treated as broken.  Nothing is created by reading.
 */
#ifndef WORLD_STATE_DIR_H
#define WORLD_STATE_DIR_H

#include <stdbool.h>

#include "base/buf.h"

enum {
	STATE_FILE_MAX = 256 * 1024
};

enum state_read { STATE_READ_NONE, STATE_READ_DONE, STATE_READ_BROKEN };

/* how a file is made from what it was */
struct state_change {
	/* make - the new content, put into an empty buffer; what was there is empty unless it could be read */
	void	(*make)(void *arg, enum state_read, struct span old, struct buf *fresh);
	void	*arg;
};

/* state_load - the content of the file `name` (no slash in it) */
enum state_read	state_load(const char *dir_option, const char *name, struct buf *out, struct buf *why);
/* state_save - create folder and file as needed; false with a sentence in `why` */
bool		state_save(const char *dir_option, const char *name, struct span content, struct buf *why);
/* state_change - the same, but made from what is there, and no other run comes between; true with a sentence in `why` when what was there cannot be read, and is replaced */
bool		state_change(const char *dir_option, const char *name, const struct state_change *, struct buf *why);
/* state_remove - forget the file; no complaint if there is none */
void		state_remove(const char *dir_option, const char *name);

#endif
