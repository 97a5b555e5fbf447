/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * name_hash - distinguished names in DER, told apart without parsing them
 *
 * Two names that RFC 5280 section 7.1 calls equal have the same hash: letters
 * count without case, runs of spaces as one, and the type of a string not.
 * (Not so for the rare BMPString; such a name equals only its like.)
 */
#ifndef WORLD_NAME_HASH_H
#define WORLD_NAME_HASH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/span.h"

enum { NAME_TAIL_BYTES = 16 };

struct name_hash {
	uint64_t	name;
	uint64_t	org;	/* its O, 0 none */
};

/* name_hash - of the DER of a Name; false if it is none */
bool	name_hash(struct span der, struct name_hash *);
/* name_tail - the letters and digits that a Name ends with, spaces apart, of which the last NAME_TAIL_BYTES will do; 0 unknown.  Equal names have the same tail, or one of them has none. */
uint64_t name_tail(struct span der);

#endif
