/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * slips - how far is one word from another?
 */
#ifndef BASE_SLIPS_H
#define BASE_SLIPS_H

#include "base/span.h"

enum {
	SLIPS_WORD_MAX = 128	/* longer words are not compared */
};

/* slips - bytes missing, added or changed (Levenshtein's distance); neither word is longer than SLIPS_WORD_MAX */
size_t	slips(struct span, struct span);

#endif
