/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota_history - any text as what was remembered of a row, and what is
 * foretold from it
 *
 * Three bytes choose how much later it is, the limit, and the span asked for;
 * what is left is the text.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "judge/quota_trend.h"
#include "report_look.h"

enum {
	HEAD = 3,
	DAY = 86400
};

static void
must(bool good)
{
	if (!good)
		abort();
}

/* in_order - as the next run wants it */
static void
in_order(const struct quota_trend *t)
{
	size_t i;

	must(t->n <= TREND_POINTS);
	for (i = 0; i < t->n; i++) {
		must(t->points[i].when >= 0 && t->points[i].used >= 0);
		must(i == 0 || t->points[i].when > t->points[i - 1].when);
	}
}

/* same - what is written is read */
static void
same(const struct quota_trend *t)
{
	struct quota_trend again;
	struct buf out;

	buf_init(&out, TREND_TEXT_MAX);
	quota_trend_write(&out, t);
	must(!out.overflow && !out.nomem);
	must(quota_trend_read(buf_span(&out), &again));
	must(again.n == t->n && memcmp(again.points, t->points,
	    t->n * sizeof(t->points[0])) == 0);
	buf_free(&out);
}

/* tell - a row of that use and limit, forecast and reported */
static void
tell(const struct quota_trend *t, int64_t limit, double within)
{
	struct quota_list list = { .n = 0 };
	struct sheet sheet = { .nfindings = 0 };
	struct quota_facts *facts;
	struct quota_row *row;
	double rate;

	row = quota_list_add(&list, span_of("r"), span_of("STORAGE"),
	    QUOTA_BYTES);
	must(row != NULL);
	row->used = t->points[t->n - 1].used;
	row->limit = limit;
	row->limited = true;
	row->full_in = -1;
	if (quota_trend_rate(t, &rate))
		row->full_in = quota_trend_full(row, rate);
	must(row->full_in <= 100.0 * 366 * DAY);
	facts = quota_facts_make(&list, "imap", "alice");
	must(facts != NULL);
	quota_forecast(&sheet, facts, within, NULL, 0, NULL);
	must(sheet.nfindings <= 1);
	if (sheet.nfindings == 1)
		look_at_text(span_of(sheet.findings[0].sentence),
		    (struct span){ NULL, 0 });
	sheet_free(&sheet);
	free(facts);
	quota_list_free(&list);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct quota_trend trend;
	int64_t now;
	bool taken;

	if (size < HEAD)
		return 0;
	taken = quota_trend_read((struct span){ (const char *)data + HEAD,
	    size - HEAD }, &trend);
	must(taken || trend.n == 0);
	in_order(&trend);
	same(&trend);
	now = trend.n == 0 ? 1772323200 : trend.points[trend.n - 1].when;
	/* a clock may go back */
	now = now > INT64_MAX - 1000 * 3600 ? now :
	    now + ((int64_t)data[0] - 64) * 3600;
	now = now < 0 ? 0 : now;
	quota_trend_add(&trend, now, trend.n == 0 ? 0 :
	    trend.points[trend.n - 1].used);
	must(trend.n > 0);
	in_order(&trend);
	same(&trend);
	tell(&trend, INT64_MAX >> (data[1] & 63), (1.0 + data[2]) * DAY);
	return 0;
}
