/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_fuzz - play a session from bytes
 *
 * The first byte chooses options, then come steps: a byte that says what
 * happens, a byte of length, and so many bytes.  An upper-case letter of the
 * first 'B' in "B" feeds bytes; T is a good handshake, F a failed one, C an
 * orderly end, R a reset, W the wake-up, D the deadline.  In the end the report
 * is written; it must be well-formed and not hold the password.
 */
#ifndef SESSION_FUZZ_H
#define SESSION_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include "dialog/ladder.h"
#include "dialog/login.h"

struct fuzzed {
	const char		*plugin;
	const struct protocol	*protocol;
	const struct rung	*ladder;
	/* wish - what is wanted besides the login, with and without a longer session */
	void			(*wish)(struct login *, bool wishes, bool longer);
};

int	session_fuzz(const struct fuzzed *, const uint8_t *, size_t);

#endif
