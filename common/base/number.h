/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * number - what people write for numbers, durations and sizes
 *
 * No octal, no hexadecimal, no exponent, no sign unless said, no white space, a
 * point and never a comma: what is not understood whole is refused.
 */
#ifndef BASE_NUMBER_H
#define BASE_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"

/* what a number measures; decides which suffixes it may carry and into what they turn */
enum unit {
	UNIT_NONE,	/* no suffix (K M G T are taken as x1024^n for counts) */
	UNIT_SECONDS,	/* ms s m h d -> seconds */
	UNIT_DAYS,	/* m h d -> days; bare is days */
	UNIT_BYTES,	/* K M G T (x1024, an optional B behind, also alone) -> bytes */
	UNIT_PERCENT	/* optional % */
};

/* number_parse - [-]digits[.digits][suffix], a value up to 10^50 either way; false otherwise */
bool	number_parse(struct span, enum unit, double *);
/* number_uint - digits only, at most max; false otherwise */
bool	number_uint(struct span, uint64_t max, uint64_t *);
/* number_duration - non-negative seconds with suffix ms s m h d, as microseconds, at most 100 years */
bool	number_duration(struct span, int64_t *usec);
/* number_write - plain decimals: up to 6, trailing zeros cut, "-0" is "0"; never nan, inf or an exponent (a value that is not finite is written as 0) */
void	number_write(struct buf *, double);

#endif
