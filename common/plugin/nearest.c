/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nearest - which known word did somebody mean who wrote another one?
 *
 * Levenshtein's distance, one row of the matrix at a time.
 */
#include <string.h>

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

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* distance - both are at most WORD_MAX bytes long */
static size_t
distance(struct span a, struct span b)
{
	size_t row[WORD_MAX + 1];
	size_t i, j;

	for (j = 0; j <= b.len; j++)
		row[j] = j;
	for (i = 1; i <= a.len; i++) {
		size_t corner = row[0];

		row[0] = i;
		for (j = 1; j <= b.len; j++) {
			size_t above = row[j];

			row[j] = least(above + 1, row[j - 1] + 1,
			    corner + (a.p[i - 1] != b.p[j - 1]));
			corner = above;
		}
	}
	return row[b.len];
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
	d = is_prefix(nearest->wanted, s) ? 1 : distance(nearest->wanted, s);
	if (d < nearest->distance && d < s.len) {
		nearest->distance = d;
		nearest->found = word;
	}
}
