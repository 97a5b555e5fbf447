/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_fuzz - play a session from bytes
 *
 * The first byte chooses options, then come steps: a byte that says what
 * happens, a byte of length, and so many bytes.  An upper-case letter of the
 * first 'B' in "B" feeds bytes; T is a good handshake, F a failed one, C an
 * orderly end, R a reset, W the wake-up, D the deadline.  Small letters mean the
 * same of the second session, once there is one.  In the end the report is
 * written; it must be well-formed and not hold the password.
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
	const struct rung	*second;	/* of a session that the first calls for; NULL none */
	/* wish - what is wanted besides the login; how much longer: 0, 1, or 2 with a second session */
	void			(*wish)(struct login *, bool wishes, unsigned longer);
	/* conclude - what the check makes of a session that is over; NULL nothing */
	void			(*conclude)(struct session *);
};

int	session_fuzz(const struct fuzzed *, const uint8_t *, size_t);

#endif
