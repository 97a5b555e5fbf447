/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slips - Levenshtein's distance, one row of the matrix at a time
 */
#include "base/slips.h"

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

size_t
slips(struct span a, struct span b)
{
	size_t row[SLIPS_WORD_MAX + 1];
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
