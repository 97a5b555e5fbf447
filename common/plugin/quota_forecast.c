/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - what has been used so far is remembered, and with it one can
 * tell when nothing will be left
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <stdlib.h>

#include "base/number.h"
#include "judge/quota_forecast.h"
#include "judge/quota_words.h"
#include "module/module.h"
#include "plugin/quota.h"
#include "world/clock.h"
#include "world/quota_history.h"
#include "world/tls_engine.h"

#define SECOND	INT64_C(1000000)
#define HOUR	(3600 * SECOND)
#define DAY	(24 * HOUR)

enum {
	HISTORIES_MAX = 256,	/* of one run: each costs a file that is written safely */
	SPANS = 4,		/* horizons that the history covers, but no less than SPAN_LEAST */
	SPAN_LEAST = 28 * 86400	/* seconds: months have weekends */
};

/* a row with a limit, and what comes of its history */
struct item {
	size_t		 nth;		/* of the results */
	struct quota_row *row;
	bool		 known;		/* the outlook is filled in */
	struct trend_outlook outlook;
};

/* one run */
struct view {
	const struct work *work;
	const struct quota_options *options;
	struct quota_history history;
	struct item	*items;
	size_t		 n;
};

static bool
set_forecast(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int64_t usec;

	(void)plugin;
	if (number_duration(span_of(value), &usec) && usec >= HOUR &&
	    usec <= 365 * DAY) {
		*(int64_t *)field = usec;
		return true;
	}
	(void)buf_str(why, "a length of time from 1h to 365d such as 7d");
	return false;
}

const struct opt_type opt_forecast = {
	.has_value = true, .set = set_forecast, .noun = "time to look ahead"
};

bool
quota_forecast_check(const struct quota_options *options,
    const struct settings *settings, struct opt_error *error)
{
	size_t i;

	for (i = 0; options->forecast == 0 && i < settings->thresholds.n; i++)
		if (settings->thresholds.rows[i].id == METRIC_FULL_IN) {
			opt_refuse(error, CAUSE_USAGE_OPTION, "a threshold of "
			    "full_in goes with --forecast: give --forecast=7d");
			return false;
		}
	return true;
}

/* by_fullness - the fullest first, then in the order of the results */
static int
by_fullness(const void *one, const void *two)
{
	const struct item *a = one, *b = two;
	double left = quota_percent(a->row), right = quota_percent(b->row);

	if (left > right || left < right)
		return left > right ? -1 : 1;
	if (a->nth != b->nth)
		return a->nth < b->nth ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

/* weight - the order in which one outlook says more than another */
static unsigned
weight(const struct item *item)
{
	static const unsigned weights[] = {
		[TREND_GROWS] = 0, [TREND_UNEVEN] = 1, [TREND_STILL] = 2,
		[TREND_SHORT] = 3
	};

	return item->known ? weights[item->outlook.verdict] : 4;
}

/* by_result - of each the one that is full first comes first */
static int
by_result(const void *one, const void *two)
{
	const struct item *a = one, *b = two;

	if (a->nth != b->nth)
		return a->nth < b->nth ? -1 : 1;
	if (weight(a) != weight(b))
		return weight(a) < weight(b) ? -1 : 1;
	if (a->outlook.full_in < b->outlook.full_in)
		return -1;
	return a->outlook.full_in > b->outlook.full_in;
}

/* gather - all rows with a limit; false without memory */
static bool
gather(struct view *v)
{
	struct run *run = v->work->run;
	struct quota_facts *facts;
	size_t i, k, n = 0;

	for (i = 0; i < run->nresults; i++) {
		facts = run->results[i].facts;
		n += facts == NULL ? 0 : facts->n;
	}
	v->items = calloc(n == 0 ? 1 : n, sizeof(v->items[0]));
	if (v->items == NULL)
		return false;
	for (i = 0; i < run->nresults; i++) {
		facts = run->results[i].facts;
		for (k = 0; facts != NULL && k < facts->n; k++)
			if (facts->rows[k].limited)
				v->items[v->n++] = (struct item){ .nth = i,
				    .row = &facts->rows[k] };
	}
	if (v->n > 1)
		qsort(v->items, v->n, sizeof(v->items[0]), by_fullness);
	return true;
}

/* load - hashes, for the names of the files; false with a finding */
static bool
load(struct view *v)
{
	struct sheet *sheet = &v->work->run->sheet;
	const struct tls_engine *engine;
	const struct module *module;
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	module = module_load("tls", &why);
	if (module == NULL)
		(void)sheet_find(sheet, CAUSE_INTERNAL_MODULE, STAGE_QUOTA,
		    NULL, "%s", buf_cstr(&why));
	sheet->nomem = sheet->nomem || why.nomem;
	buf_free(&why);
	if (module == NULL)
		return false;
	engine = module->functions;
	v->history.digests = engine->digests;
	return true;
}

/* look - at one history; false when it cannot be kept, and so no other */
static bool
look(struct view *v, struct item *item)
{
	struct result *r = &v->work->run->results[item->nth];
	struct trend trend;
	struct buf why;
	bool kept;

	buf_init(&why, SENTENCE_MAX);
	kept = quota_history_add(&v->history, r, item->row, &trend, &why);
	if (!kept)
		(void)sheet_find(&r->sheet, CAUSE_INTERNAL_ERROR, STAGE_QUOTA,
		    NULL, "what is used cannot be remembered for a forecast: "
		    "%s", buf_cstr(&why));
	else if (why.len > 0)
		result_note_more(r, STAGE_QUOTA, "; of what was remembered: "
		    "%s", buf_cstr(&why));
	r->sheet.nomem = r->sheet.nomem || why.nomem;
	buf_free(&why);
	if (!kept)
		return false;
	trend_look(&trend, v->history.now, item->row->used, item->row->limit,
	    v->history.span, &item->outlook);
	item->known = true;
	if (item->outlook.verdict == TREND_GROWS)
		item->row->full_in = item->outlook.full_in;
	return true;
}

static bool
is_over(const struct work *work)
{
	return *work->stop != 0 || clock_now() >= work->deadline;
}

/* say - what the soonest of a result comes to */
static void
say(struct view *v, const struct item *item)
{
	struct result *r = &v->work->run->results[item->nth];
	const struct quota_facts *facts = r->facts;
	const struct threshold_list *t = &v->work->settings->thresholds;
	struct buf text;

	if (!item->known) {
		result_note_more(r, STAGE_QUOTA, "; no forecast in this run");
		return;
	}
	buf_init(&text, SENTENCE_MAX);
	quota_forecast_note(&text, item->row, &item->outlook);
	/* beside it stands the fullest, which may be another */
	if (text.len > 0 && item->row != facts->rows)
		quota_words_root(&text, item->row, r->name);
	if (text.len > 0)
		result_note_more(r, STAGE_QUOTA, "; %s", buf_cstr(&text));
	if (text.len > 0 && item->outlook.verdict == TREND_GROWS &&
	    r->ok_summary != NULL)
		result_summary(r, "%s, %s", r->ok_summary, buf_cstr(&text));
	buf_clear(&text);
	result_whom(r, 0, &text);
	if (item->outlook.verdict == TREND_GROWS)
		quota_forecast_judge(&r->sheet, item->row, &item->outlook,
		    (double)v->options->forecast / SECOND, t->rows, t->n,
		    buf_cstr(&text), r->target.user, r->name);
	r->sheet.nomem = r->sheet.nomem || text.nomem;
	buf_free(&text);
}

/* say_all - of each result the one that will be full first */
static void
say_all(struct view *v)
{
	size_t i;

	if (v->n > 1)
		qsort(v->items, v->n, sizeof(v->items[0]), by_result);
	for (i = 0; i < v->n; i++)
		if (i == 0 || v->items[i].nth != v->items[i - 1].nth)
			say(v, &v->items[i]);
}

static void
forecast(struct view *v)
{
	size_t i;

	if (v->n == 0 || !load(v))
		return;
	for (i = 0; i < v->n && i < HISTORIES_MAX && !is_over(v->work); i++)
		if (!look(v, &v->items[i]))
			break;
	say_all(v);
}

void
quota_forecast(const struct work *work, const struct quota_options *options)
{
	struct view v = { .work = work, .options = options,
	    .history = { .state_dir = work->settings->state_dir,
	    .now = clock_wall(),
	    .span = options->forecast / SECOND * SPANS } };
	struct run *run = work->run;
	size_t i;

	if (options->forecast == 0)
		return;
	if (v.history.span < SPAN_LEAST)
		v.history.span = SPAN_LEAST;
	/* nothing that is remembered under such a time would be of use */
	for (i = 0; v.history.now < PACKAGE_EPOCH && i < run->nresults; i++)
		result_note_more(&run->results[i], STAGE_QUOTA, "; no "
		    "forecast: the clock of this host is years behind");
	if (v.history.now < PACKAGE_EPOCH)
		return;
	if (gather(&v))
		forecast(&v);
	else
		run->sheet.nomem = true;
	free(v.items);
}
