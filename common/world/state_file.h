/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_file - what a state file about an account is called
 *
 * The name is a hash, so that a listing of the folder tells no account.
 */
#ifndef WORLD_STATE_FILE_H
#define WORLD_STATE_FILE_H

#include <stdbool.h>

#include "base/span.h"
#include "base/target.h"
#include "world/digest.h"

enum {
	STATE_NAME_BUF = 96	/* a kind, "-", and SHA-256 in hexadecimal digits */
};

/* state_file - "KIND-" and the hash of host, port, user and, unless it is empty, what of theirs it is about; false when there is no hash to be had */
bool	state_file(const struct digests *, const char *kind, const struct target *, struct span about, char name[STATE_NAME_BUF]);

#endif
