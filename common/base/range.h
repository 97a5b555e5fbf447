/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * range - a threshold as the Monitoring Plugins guidelines write it
 *
 *	range = ["@"] [start ":"] [end]		start = number / "~"
 *
 * Alert when the value is outside start..end, with "@" when inside; endpoints
 * belong to the range.  Without start it is 0, without end infinity.  For a
 * falling metric a bare N means "N:".  start > end is refused, and so is an
 * empty range.
 */
#ifndef BASE_RANGE_H
#define BASE_RANGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/number.h"
#include "base/span.h"

struct range {
	double	start;
	double	end;
	bool	no_start;	/* "~": minus infinity */
	bool	no_end;
	bool	inside;		/* "@" */
	bool	percent;	/* either end was written with % on a unit that is not UNIT_PERCENT: both are of the whole */
};

/* range_parse - false if it is no range; numbers take the suffixes of the unit, and % when `of_whole` */
bool	range_parse(struct span, enum unit, bool falling, bool of_whole, struct range *);
/* range_alerts - does the value break the threshold */
bool	range_alerts(const struct range *, double value);
/* range_scale - turn a range in percent of the whole into one in the metric's unit */
void	range_scale(struct range *, double whole);
/* range_write - shortest spelling that means the same, in base units ("21:", "0.5", "~:10", "@10:20"); before range_scale() with % ("80%") */
void	range_write(struct buf *, const struct range *);

#endif
