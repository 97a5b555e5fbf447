/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * der - values in DER, one after the other (X.690 section 8.1)
 */
#ifndef WORLD_DER_H
#define WORLD_DER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

enum {
	DER_INTEGER = 0x02,
	DER_OID = 0x06,
	DER_SEQUENCE = 0x30,
	DER_SET = 0x31,
	DER_CONTEXT_0 = 0xa0,	/* [0], constructed */

	DER_HEAD_MAX = 5	/* a tag, and a length of up to three bytes */
};

struct der_head {
	unsigned char	tag;
	size_t		head;	/* bytes of the tag and the length */
	size_t		len;	/* bytes of the value behind them */
};

/* der_head - of the value that begins there; false if it is cut short or longer than 16 MiB.  The value may be longer than the bytes. */
bool	der_head(struct span, struct der_head *);
/* der_next - cut one value off the front; false if it is not all there */
bool	der_next(struct span *, unsigned char *tag, struct span *value);
/* der_take - the same, and false for another tag */
bool	der_take(struct span *, unsigned char tag, struct span *value);

#endif
