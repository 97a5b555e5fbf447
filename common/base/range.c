/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * range - a threshold as the Monitoring Plugins guidelines write it
 *
 *	range = ["@"] [start ":"] [end]		start = number / "~"
 */
#include <string.h>

#include "base/range.h"

/* parse_start - what stands before the colon */
static bool
parse_start(struct span s, enum unit unit, struct range *r)
{
	if (s.len == 1 && s.p[0] == '~') {
		r->no_start = true;
		return true;
	}
	return number_parse(s, unit, &r->start);
}

/* parse_ends - the two ends around the colon, or the one without it */
static bool
parse_ends(struct span s, enum unit unit, bool falling, struct range *r)
{
	const char *colon = s.len > 0 ? memchr(s.p, ':', s.len) : NULL;
	struct span start = { s.p, 0 };

	if (colon != NULL) {
		start.len = (size_t)(colon - s.p);
		if (!parse_start(start, unit, r))
			return false;
		s.p += start.len + 1;
		s.len -= start.len + 1;
		r->no_end = s.len == 0;
		return r->no_end || number_parse(s, unit, &r->end);
	}
	if (falling && !r->inside) {
		r->no_end = true;
		return number_parse(s, unit, &r->start);
	}
	return number_parse(s, unit, &r->end);
}

bool
range_parse(struct span s, enum unit unit, bool falling, bool of_whole,
    struct range *range)
{
	struct range r = { 0 };

	if (s.len > 0 && s.p[0] == '@') {
		r.inside = true;
		s.p++;
		s.len--;
	}
	/* one % makes both ends percent: what 10K:20% asks nobody can tell */
	if (of_whole && unit != UNIT_PERCENT && s.len > 0 &&
	    memchr(s.p, '%', s.len) != NULL) {
		r.percent = true;
		unit = UNIT_PERCENT;
	}
	if (!parse_ends(s, unit, falling, &r))
		return false;
	if (!r.no_start && !r.no_end && r.start > r.end)
		return false;
	*range = r;
	return true;
}

bool
range_alerts(const struct range *r, double value)
{
	bool within = (r->no_start || value >= r->start) &&
	    (r->no_end || value <= r->end);

	return within == r->inside;
}

void
range_scale(struct range *r, double whole)
{
	if (!r->percent)
		return;
	r->start = r->start * whole / 100;
	r->end = r->end * whole / 100;
	r->percent = false;
}

static void
write_end(struct buf *out, const struct range *r, double end)
{
	number_write(out, end);
	if (r->percent)
		buf_char(out, '%');
}

void
range_write(struct buf *out, const struct range *r)
{
	if (r->inside)
		buf_char(out, '@');
	if (r->no_start)
		buf_str(out, "~:");
	else if (r->no_end || r->start < 0 || r->start > 0) {
		write_end(out, r, r->start);
		buf_char(out, ':');
	}
	if (!r->no_end)
		write_end(out, r, r->end);
}
