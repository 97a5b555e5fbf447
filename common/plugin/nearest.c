/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nearest - which known word did somebody mean who wrote another one?
 */
#include <string.h>

#include "base/slips.h"
#include "plugin/nearest.h"

enum {
	SLIPS_MAX = 2,
	PREFIX_MIN = 3,		/* letters that make an abbreviation */
	WORD_MAX = 40		/* longer words are compared with nothing */
};

void
nearest_start(struct nearest *nearest, struct span wanted)
{
	*nearest = (struct nearest){
		.wanted = wanted,
		.distance = SLIPS_MAX + 1
	};
}

/* is_prefix - an abbreviation, such as other programs take, is one slip */
static bool
is_prefix(struct span part, struct span whole)
{
	return part.len >= PREFIX_MIN && part.len < whole.len &&
	    memcmp(part.p, whole.p, part.len) == 0;
}

void
nearest_try(struct nearest *nearest, const char *word)
{
	struct span s = span_of(word);
	size_t d;

	if (nearest->wanted.len > WORD_MAX || s.len > WORD_MAX)
		return;
	d = is_prefix(nearest->wanted, s) ? 1 : slips(nearest->wanted, s);
	if (d < nearest->distance && d < s.len) {
		nearest->distance = d;
		nearest->found = word;
	}
}
