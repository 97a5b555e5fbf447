/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_types - plain values: flags, text, paths, numbers, moments
 */
#include "base/number.h"
#include "base/text.h"
#include "base/when.h"
#include "plugin/plugin.h"

enum {
	FD_MAX = 1023,
	UINT_OPTION_MAX = 1000000
};

static bool
set_flag(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	bool *flag = field;

	(void)value;
	(void)plugin;
	(void)why;
	*flag = true;
	return true;
}

const struct opt_type opt_flag = { .set = set_flag };

static bool
set_count(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	unsigned *count = field;

	(void)value;
	(void)plugin;
	(void)why;
	(*count)++;
	return true;
}

const struct opt_type opt_count = { .repeatable = true, .set = set_count };

static bool
set_text(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	const char **text = field;

	(void)plugin;
	if (!text_is_utf8(span_of(value))) {
		buf_str(why, "valid UTF-8");
		return false;
	}
	*text = value;
	return true;
}

const struct opt_type opt_text = {
	.has_value = true, .set = set_text, .noun = "text"
};

/* set_path - any bytes: a file system knows no encoding */
static bool
set_path(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	const char **path = field;

	(void)plugin;
	(void)why;
	*path = value;
	return true;
}

const struct opt_type opt_file = {
	.has_value = true, .set = set_path, .complete = COMPLETE_FILE
};
const struct opt_type opt_dir = {
	.has_value = true, .set = set_path, .complete = COMPLETE_DIR
};

static bool
set_extra_opts(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	const char **arg = field;

	(void)plugin;
	(void)why;
	*arg = value != NULL ? value : "";
	return true;
}

const struct opt_type opt_extra_opts = {
	.has_value = true, .repeatable = true, .set = set_extra_opts,
	.optional = true
};

static bool
set_fd(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int *fd = field;
	uint64_t n;

	(void)plugin;
	if (!number_uint(span_of(value), FD_MAX, &n)) {
		buf_fmt(why, "0 to %d", FD_MAX);
		return false;
	}
	*fd = (int)n;
	return true;
}

const struct opt_type opt_fd = {
	.has_value = true, .set = set_fd, .noun = "file descriptor"
};

static bool
set_uint(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	unsigned *number = field;
	uint64_t n;

	(void)plugin;
	if (!number_uint(span_of(value), UINT_OPTION_MAX, &n)) {
		buf_fmt(why, "0 to %d", UINT_OPTION_MAX);
		return false;
	}
	*number = (unsigned)n;
	return true;
}

const struct opt_type opt_uint = {
	.has_value = true, .set = set_uint, .noun = "whole number"
};

static bool
set_when(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct maybe_when *when = field;
	int64_t epoch;

	(void)plugin;
	if (!when_parse(span_of(value), &epoch)) {
		buf_str(why, "ISO 8601 such as 2026-03-01T12:00Z, or @ and the "
		    "seconds since 1970");
		return false;
	}
	*when = (struct maybe_when){ .given = true, .epoch = epoch };
	return true;
}

const struct opt_type opt_when = {
	.has_value = true, .set = set_when, .noun = "date and time"
};
