/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * remembered - a mailbox as it was the last time, and what has become of it
 *
 *	file = "monitoring-plugins-mail mailbox 1" LF
 *	       "uidvalidity " number LF "messages " number LF
 */
#ifndef JUDGE_REMEMBERED_H
#define JUDGE_REMEMBERED_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "report/result.h"

enum {
	REMEMBERED_MAX = 256	/* bytes of the file; a larger one is none of ours */
};

struct remembered {
	uint64_t	uidvalidity;	/* 0: the server told none */
	uint64_t	messages;
};

/* remembered_write - the whole text */
void	remembered_write(struct buf *, const struct remembered *);
/* remembered_parse - false when it is not what remembered_write() writes */
bool	remembered_parse(struct span, struct remembered *);
/*
 * remembered_judge - mailbox.reset when UIDVALIDITY changed (RFC 3501 section
 * 2.3.1.1: every client then forgets what it has), else mailbox.degraded when
 * there are fewer messages.  `whom` is "host:port", `name` the mailbox, fit to
 * be shown.
 */
void	remembered_judge(struct sheet *, const struct remembered *before, const struct remembered *now, const char *whom, const char *name);

#endif
