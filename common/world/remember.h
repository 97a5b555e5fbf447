/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remember - the state file of a mailbox, for --remember
 *
 * One file for each server, port, user and mailbox; see state_dir.h for the
 * folder and how it is replaced.
 */
#ifndef WORLD_REMEMBER_H
#define WORLD_REMEMBER_H

#include "judge/remembered.h"
#include "world/digest.h"
#include "world/state_dir.h"

struct remember {
	const char		*state_dir;	/* --state-dir or NULL */
	const struct target	*target;
	struct span		 mailbox;	/* as the caller named it */
	const struct digests	*digests;
};

/* remember_load - BROKEN with a sentence in `why`: it cannot be read, or is not what remember_save() writes */
enum state_read	remember_load(const struct remember *, struct remembered *, struct buf *why);
/* remember_save - false with a sentence in `why` */
bool		remember_save(const struct remember *, const struct remembered *, struct buf *why);

#endif
