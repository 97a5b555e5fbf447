/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * unique - how many of many names came before?
 *
 * Keeps a hash of 64 bits of each, in a table of a fixed size.  Names beyond
 * UNIQUE_MAX are not looked at.  Two names with the same hash count as one: by
 * chance that happens never, and who makes it happen fools only himself.
 */
#ifndef DIALOG_UNIQUE_H
#define DIALOG_UNIQUE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum {
	UNIQUE_MAX = 64 * 1024
};

struct unique;

/* unique_new - for about so many names; NULL without memory */
struct unique	*unique_new(uint64_t names);
/* unique_add - has this name come before? */
bool		 unique_add(struct unique *, struct span name);
void		 unique_free(struct unique *);

#endif
