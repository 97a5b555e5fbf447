/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_quota_history - any text as a history, and what is made of it
 *
 * Three bytes choose the time, the limit and the span; what is left is the
 * file.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "judge/quota_forecast.h"
#include "report_look.h"

#define NAME	"growth-0"

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

/* in_order - as the next run will want it */
static void
in_order(const struct trend *trend)
{
	size_t i;

	must(trend->n <= TREND_POINTS);
	for (i = 0; i < trend->n; i++) {
		must(trend->points[i].when >= 0);
		must(trend->points[i].used >= 0);
		must(i == 0 || trend->points[i].when >
		    trend->points[i - 1].when);
	}
}

/* same - what is written is read, and it is the text again where it was taken */
static void
same(const struct trend *trend, const struct span *text)
{
	struct trend again;
	struct buf out;

	buf_init(&out, TREND_FILE_MAX);
	trend_write(&out, trend, NAME);
	must(!out.overflow && !out.nomem);
	must(trend_parse(buf_span(&out), &again, NAME));
	must(again.n == trend->n);
	must(memcmp(again.points, trend->points,
	    trend->n * sizeof(trend->points[0])) == 0);
	if (text != NULL)
		must(out.len == text->len &&
		    memcmp(buf_span(&out).p, text->p, text->len) == 0);
	buf_free(&out);
}

static void
say(const struct trend_outlook *out, int64_t used, int64_t limit)
{
	const struct quota_row row = { .root = (char *)(uintptr_t)"r",
	    .resource = (char *)(uintptr_t)"STORAGE", .unit = QUOTA_BYTES,
	    .used = used, .limit = limit, .limited = true };
	struct sheet sheet = { .nfindings = 0 };
	struct buf text;

	buf_init(&text, SENTENCE_MAX);
	quota_forecast_note(&text, &row, out);
	must(!text.overflow);
	look_at_text(buf_span(&text), (struct span){ NULL, 0 });
	buf_free(&text);
	if (out->verdict == TREND_GROWS)
		quota_forecast_judge(&sheet, &row, out, 7.0 * DAY, NULL, 0,
		    "host", NULL, NULL);
	must(sheet.nfindings <= 1);
	sheet_free(&sheet);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct trend_outlook out;
	int64_t span, now, limit, used;
	struct trend trend;
	struct span text;
	bool taken;

	if (size < HEAD)
		return 0;
	text = (struct span){ (const char *)data + HEAD, size - HEAD };
	span = (int64_t)(1 + data[2]) * 7 * DAY;
	limit = INT64_MAX >> (data[1] & 63);
	taken = trend_parse(text, &trend, NAME);
	must(taken || trend.n == 0);
	in_order(&trend);
	if (taken)
		same(&trend, &text);
	now = trend.n == 0 ? 1772323200 : trend.points[trend.n - 1].when;
	now = now > INT64_MAX / 2 ? INT64_MAX / 2 :
	    now + ((int64_t)data[0] - 64) * 3600;
	now = now < 0 ? 0 : now;
	used = trend.n == 0 ? 0 : trend.points[trend.n - 1].used;
	(void)trend_add(&trend, now, used, span);
	in_order(&trend);
	must(trend.n > 0);
	same(&trend, NULL);
	trend_look(&trend, now, used, limit, span, &out);
	must(out.verdict != TREND_GROWS || (out.full_in >= 0 &&
	    out.full_in <= 100.0 * 366 * DAY && out.soonest >= 0 &&
	    out.latest >= out.soonest));
	say(&out, used, limit);
	return 0;
}
