/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * kernel_quota - what the kernel says of one user, group or project
 */
#include <inttypes.h>

#include "judge/kernel_quota.h"
#include "judge/quota_words.h"

static bool
beyond_soft(const struct kernel_limit *l)
{
	return l->soft > 0 && l->used > l->soft;
}

static bool
grace_over(const struct kernel_limit *l, int64_t now)
{
	return beyond_soft(l) && l->until > 0 && l->until <= now;
}

static bool
grace_runs(const struct kernel_limit *l, int64_t now)
{
	return beyond_soft(l) && l->until > now;
}

static uint64_t
limit_of(const struct kernel_limit *l, int64_t now)
{
	return l->hard > 0 && !grace_over(l, now) ? l->hard : l->soft;
}

static void
row(struct quota_list *list, struct span root, const char *resource,
    enum quota_unit unit, const struct kernel_limit *l, int64_t now)
{
	struct quota_row *added = quota_list_add(list, root,
	    span_of(resource), unit);
	uint64_t limit = limit_of(l, now);

	if (added == NULL)
		return;
	added->used = quota_scale(l->used, 1);
	added->limited = limit > 0;
	added->limit = quota_scale(limit, 1);
}

void
kernel_quota_rows(struct quota_list *list, struct span root,
    const struct kernel_quota *q, int64_t now)
{
	row(list, root, "STORAGE", QUOTA_BYTES, &q->bytes, now);
	row(list, root, "INODES", QUOTA_COUNT, &q->inodes, now);
}

/* span_words - "6 days", "1 hour", "20 minutes": cut, so that nobody comes too late */
static void
span_words(struct buf *out, int64_t seconds)
{
	int64_t n = seconds >= 2 * 86400 ? seconds / 86400 :
	    seconds >= 3600 ? seconds / 3600 : seconds / 60;
	const char *unit = seconds >= 2 * 86400 ? "day" :
	    seconds >= 3600 ? "hour" : "minute";

	(void)buf_fmt(out, "%" PRId64 " %s%s", n, unit, n == 1 ? "" : "s");
}

static void
amount(struct buf *out, uint64_t value, bool bytes)
{
	if (bytes)
		quota_words_size(out, quota_scale(value, 1));
	else
		(void)buf_fmt(out, "%" PRIu64 " inodes", value);
}

static void
soft_words(struct buf *out, const struct kernel_limit *l, bool bytes,
    int64_t now)
{
	if (l->soft == 0)
		return;
	if (out->len > 0)
		(void)buf_str(out, ", ");
	(void)buf_str(out, "soft limit ");
	amount(out, l->soft, bytes);
	if (grace_over(l, now)) {
		(void)buf_str(out, ", whose grace is over");
	} else if (grace_runs(l, now)) {
		(void)buf_str(out, ", whose grace ends in ");
		span_words(out, l->until - now);
	}
}

void
kernel_quota_words(struct buf *out, const struct kernel_quota *q, int64_t now)
{
	soft_words(out, &q->bytes, true, now);
	soft_words(out, &q->inodes, false, now);
}

void
kernel_quota_judge(struct sheet *sheet, const struct kernel_quota *q,
    int64_t now, const char *whom)
{
	bool bytes = grace_runs(&q->bytes, now) && (!grace_runs(&q->inodes,
	    now) || q->bytes.until <= q->inodes.until);
	const struct kernel_limit *l = bytes ? &q->bytes : &q->inodes;
	struct buf text;

	if (!grace_runs(l, now) || sheet_has(sheet, CAUSE_QUOTA_EXCEEDED))
		return;
	buf_init(&text, SENTENCE_MAX);
	(void)buf_str(&text, "is beyond its soft limit of ");
	amount(&text, l->soft, bytes);
	(void)buf_str(&text, ": nothing more is written in ");
	span_words(&text, l->until - now);
	(void)sheet_find(sheet, CAUSE_QUOTA_NEAR, STAGE_QUOTA,
	    buf_cstr(&text), "%s %s", whom, buf_cstr(&text));
	sheet->nomem = sheet->nomem || text.nomem;
	buf_free(&text);
}
