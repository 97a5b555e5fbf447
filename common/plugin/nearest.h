/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * nearest - which known word did somebody mean who wrote another one?
 */
#ifndef PLUGIN_NEAREST_H
#define PLUGIN_NEAREST_H

#include "base/span.h"

struct nearest {
	struct span	 wanted;
	const char	*found;		/* the best word so far, NULL none; borrowed */
	size_t		 distance;	/* of it */
};

void	nearest_start(struct nearest *, struct span wanted);
/* nearest_try - take the word if it is at most two slips (a letter missing, added or changed; an abbreviation is one) away, and nearer than any before */
void	nearest_try(struct nearest *, const char *word);

#endif
