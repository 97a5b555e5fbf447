/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types_span - lengths of time, and how the time-out is written
 */
#include <string.h>

#include "base/number.h"
#include "plugin/plugin.h"

#define DURATION_MAX	(INT64_C(86400) * 1000000)	/* a day */

static bool
parse_duration(struct span s, int64_t *usec)
{
	int64_t n;

	if (!number_duration(s, &n) || n <= 0 || n > DURATION_MAX)
		return false;
	*usec = n;
	return true;
}

static bool
set_duration(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	(void)plugin;
	if (parse_duration(span_of(value), field))
		return true;
	buf_str(why, "a number of seconds above 0 and up to a day such as 10, "
	    "500ms or 2m");
	return false;
}

const struct opt_type opt_duration = {
	.has_value = true, .set = set_duration, .noun = "length of time"
};

static bool
set_pause(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	(void)plugin;
	if (number_duration(span_of(value), field))
		return true;
	buf_str(why, "a number of seconds up to 100 years such as 0, 90, 15m "
	    "or 1d");
	return false;
}

const struct opt_type opt_pause = {
	.has_value = true, .set = set_pause, .noun = "length of time"
};

static bool
parse_timeout(const char *value, struct timeout *timeout)
{
	const char *colon = strchr(value, ':');
	struct span seconds = span_of(value);

	if (colon != NULL) {
		seconds.len = (size_t)(colon - value);
		timeout->has_state = true;
		if (!state_parse(span_of(colon + 1), &timeout->state))
			return false;
	}
	return parse_duration(seconds, &timeout->usec);
}

static bool
set_timeout(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct timeout timeout = { .usec = 0 };

	(void)plugin;
	if (!parse_timeout(value, &timeout)) {
		buf_str(why, "seconds above 0 and up to a day such as 10, "
		    "500ms or 2m, and if wanted a state such as 10:warning");
		return false;
	}
	memcpy(field, &timeout, sizeof(timeout));
	return true;
}

const struct opt_type opt_timeout = {
	.has_value = true, .set = set_timeout, .noun = "time-out"
};
