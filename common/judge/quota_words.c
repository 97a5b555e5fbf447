/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_words - sizes and shares as people read them
 */
#include <inttypes.h>
#include <string.h>

#include "judge/quota_words.h"

void
quota_words_size(struct buf *out, int64_t bytes)
{
	static const char units[] = "KMGTPE";
	uint64_t value = bytes < 0 ? 0 : (uint64_t)bytes, unit = 1024;
	unsigned i = 0, tenth;

	if (value < unit) {
		(void)buf_fmt(out, "%" PRIu64 " byte%s", value,
		    value == 1 ? "" : "s");
		return;
	}
	while (units[i + 1] != '\0' && value / 1024 >= unit) {
		unit *= 1024;
		i++;
	}
	(void)buf_fmt(out, "%" PRIu64, value / unit);
	tenth = (unsigned)(value % unit * 10 / unit);
	if (tenth != 0)
		(void)buf_fmt(out, ".%u", tenth);
	(void)buf_fmt(out, " %ciB", units[i]);
}

void
quota_words_percent(struct buf *out, double percent)
{
	uint64_t tenths = percent >= 1e15 ? UINT64_C(10000000000000000) :
	    (uint64_t)(percent * 10);

	(void)buf_fmt(out, "%" PRIu64, tenths / 10);
	if (tenths % 10 != 0)
		(void)buf_fmt(out, ".%u", (unsigned)(tenths % 10));
	(void)buf_char(out, '%');
}

void
quota_words_amount(struct buf *out, const struct quota_row *row, int64_t value)
{
	if (row->unit == QUOTA_BYTES)
		quota_words_size(out, value);
	else if (strcmp(row->resource, "MESSAGE") == 0)
		(void)buf_fmt(out, "%" PRId64 " message%s", value,
		    value == 1 ? "" : "s");
	else if (strcmp(row->resource, "INODES") == 0)
		(void)buf_fmt(out, "%" PRId64 " inode%s", value,
		    value == 1 ? "" : "s");
	else
		(void)buf_fmt(out, "%" PRId64 " %s", value, row->resource);
}

void
quota_words_pair(struct buf *out, const struct quota_row *row)
{
	if (!row->limited) {
		quota_words_amount(out, row, row->used);
		(void)buf_str(out, ", no limit");
		return;
	}
	if (row->unit == QUOTA_BYTES)
		quota_words_size(out, row->used);
	else
		(void)buf_fmt(out, "%" PRId64, row->used);
	(void)buf_str(out, " of ");
	quota_words_amount(out, row, row->limit);
}

void
quota_words_use(struct buf *out, const struct quota_row *row)
{
	if (!row->limited) {
		quota_words_amount(out, row, row->used);
		return;
	}
	quota_words_percent(out, quota_percent(row));
	(void)buf_str(out, " of ");
	quota_words_amount(out, row, row->limit);
}

void
quota_words_root(struct buf *out, const struct quota_row *row,
    const char *known)
{
	if (row->root[0] != '\0' &&
	    (known == NULL || strcmp(row->root, known) != 0))
		(void)buf_fmt(out, " of \"%s\"", row->root);
}
