/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota_history - a state file that anybody may have written; what was
 * taken is written as it was, and whatever it holds, points can be put behind
 * it and fitted
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "judge/quota_history.h"
#include "judge/quota_trend.h"

#define NAME "quota-0123"

/* written - is the history written as the text that it was read from; numbers with zeros in front are another spelling */
static void
written(struct span text, const struct quota_history *h)
{
	struct quota_history again;
	struct buf b;

	buf_init(&b, QUOTA_HISTORY_MAX);
	quota_history_write(&b, NAME, h);
	if (b.overflow || b.len > text.len ||
	    !quota_history_parse(buf_span(&b), NAME, &again) ||
	    again.n != h->n || memcmp(again.points, h->points,
	    h->n * sizeof(h->points[0])) != 0)
		abort();
	buf_free(&b);
}

static void
fitted(struct quota_history *h, int64_t now, int64_t limit)
{
	struct quota_trend t;
	size_t i;

	quota_history_add(h, (struct quota_point){ now, limit / 2 }, now);
	if (h->n == 0 || h->n > QUOTA_POINTS_MAX)
		abort();
	for (i = 1; i < h->n; i++)
		if (h->points[i - 1].when >= h->points[i].when)
			abort();
	quota_trend_fit(h, now, now, limit, &t);
	if (!(t.sure >= 0 && t.sure <= 1) || (t.kind == TREND_RISING) !=
	    (t.full_in >= 0) || t.full_in > TREND_NEVER)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct span text = { (const char *)data, size };
	struct quota_history h;

	if (!quota_history_parse(text, NAME, &h))
		return 0;
	written(text, &h);
	fitted(&h, h.n > 0 ? h.points[h.n - 1].when : 0, INT64_MAX);
	fitted(&h, INT64_MAX, 1000);
	fitted(&h, (int64_t)(size * 3600), (int64_t)size);
	return 0;
}
