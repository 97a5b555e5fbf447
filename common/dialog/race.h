/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * race - Happy Eyeballs: which address is tried when (RFC 8305 sections 4, 5)
 *
 * Pure timing over a list; the connecting itself is done elsewhere.  Families
 * alternate, beginning with the one that the resolver put first.  A further
 * attempt starts RACE_DELAY after the last, or as soon as one failed.
 */
#ifndef DIALOG_RACE_H
#define DIALOG_RACE_H

#include <stddef.h>
#include <stdint.h>

#include "judge/net_facts.h"

enum {
	RACE_DELAY = 250 * 1000		/* microseconds: the recommended Connection Attempt Delay */
};

struct race {
	uint8_t	 order[ADDRESSES_MAX];	/* indexes into the list given */
	size_t	 n;
	size_t	 started;
	int64_t	 next_at;		/* when the next attempt is due; 0: at once */
};

void	race_begin(struct race *, const struct address *, size_t n);
/* race_next - index of the address to be tried now, -1 if none is due; *wake_at is when to ask again, 0 if no further attempt will come */
int	race_next(struct race *, int64_t now, int64_t *wake_at);
/* race_failed - an attempt failed: the next may start at once */
void	race_failed(struct race *);

#endif
