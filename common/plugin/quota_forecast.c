/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - the history of each root, for --forecast
 */
#include <string.h>

#include "judge/quota_forecast.h"
#include "plugin/quota.h"
#include "world/clock.h"
#include "world/state_dir.h"
#include "world/state_file.h"

enum {
	HISTORIES_MAX = 256,		/* files that one run writes */
	LOOK_TIMES = 4,		/* of the time of --forecast */
	LOOK_MIN = 2 * 86400,		/* seconds, and */
	LOOK_MAX = 400 * 86400	/* a year of seasons */
};

/* one run over all histories */
struct keeping {
	const struct work *work;
	const struct digests *digests;
	int64_t		 now, window, forecast;	/* seconds */
	size_t		 written, left_out;
};

/* one history, and what became of it */
struct entry {
	const struct keeping *k;
	const struct quota_row *row;
	struct quota_history history;
	size_t		 future;
	bool		 damaged;
};

/* grow - for state_update(): what was there and the point of now */
static bool
grow(void *arg, const char *name, enum state_read read, struct span before,
    struct buf *after)
{
	struct entry *e = arg;

	e->history.n = 0;
	if (read == STATE_READ_DONE && (before.len > QUOTA_HISTORY_MAX ||
	    !quota_history_parse(before, name, &e->history))) {
		e->damaged = true;
		e->history.n = 0;
	}
	e->future = quota_history_add(&e->history,
	    (struct quota_point){ e->k->now, e->row->used }, e->k->window);
	quota_history_write(after, name, &e->history);
	return true;
}

/* file_name - names hold no line ends, so that no two keys are the same text */
static bool
file_name(const struct keeping *k, const struct result *r,
    const struct quota_row *row, char name[STATE_NAME_BUF])
{
	const struct quota_facts *facts = r->facts;
	struct buf about;
	bool done;

	buf_init(&about, 8192);
	(void)buf_fmt(&about, "%s\n%s\n%s\n%s", facts->backend,
	    r->name == NULL ? "" : r->name, row->root, row->resource);
	done = !about.nomem && !about.overflow && state_file(k->digests,
	    "quota", &r->target, buf_span(&about), name);
	buf_free(&about);
	return done;
}

static void
complain(struct result *r, const struct quota_row *row, const char *why)
{
	if (!sheet_has(&r->sheet, CAUSE_INTERNAL_ERROR))
		(void)sheet_find(&r->sheet, CAUSE_INTERNAL_ERROR, STAGE_QUOTA,
		    NULL, "the history of %s cannot be kept: %s",
		    row->resource, why);
}

/* tell - what was wrong with the history that was there */
static void
tell(struct result *r, const struct entry *e, const char *unread)
{
	if (e->damaged || unread[0] != '\0')
		result_note_more(r, STAGE_QUOTA, "; the history of %s is of "
		    "no use and begins anew: %s", e->row->resource,
		    e->damaged ? "its file is damaged" : unread);
	if (e->future > 0)
		result_note_more(r, STAGE_QUOTA, "; %zu measurement%s of %s "
		    "from a time to come %s forgotten: the clock was set back",
		    e->future, e->future == 1 ? "" : "s", e->row->resource,
		    e->future == 1 ? "is" : "are");
}

/* one - keep the history of the row; false when it cannot be */
static bool
one(struct keeping *k, struct result *r, struct quota_row *row,
    struct quota_outlook *outlook)
{
	struct entry e = { .k = k, .row = row };
	struct state_change change = { .make = grow, .arg = &e };
	char name[STATE_NAME_BUF];
	struct buf why, unread;
	struct quota_trend trend;
	bool done;

	buf_init(&why, SENTENCE_MAX);
	buf_init(&unread, SENTENCE_MAX);
	change.unread = &unread;
	done = file_name(k, r, row, name) && state_update(
	    k->work->settings->state_dir, name, &change, &why);
	if (done) {
		tell(r, &e, buf_cstr(&unread));
		quota_trend_fit(&e.history, k->now, k->window, row->limit,
		    &trend);
		quota_outlook_add(outlook, row, &trend);
	} else
		complain(r, row, why.len > 0 ? buf_cstr(&why) :
		    "its file has no name for want of memory");
	r->sheet.nomem = r->sheet.nomem || why.nomem || unread.nomem;
	buf_free(&unread);
	buf_free(&why);
	return done;
}

/* conclude - what the histories of an answer say */
static void
conclude(const struct keeping *k, struct result *r,
    const struct quota_outlook *outlook)
{
	const struct threshold_list *t = &k->work->settings->thresholds;
	struct buf text, whom;

	if (outlook->rows == 0)
		return;
	buf_init(&text, SENTENCE_MAX);
	buf_init(&whom, SENTENCE_MAX);
	quota_outlook_say(&text, outlook);
	result_note_more(r, STAGE_QUOTA, "; %s", buf_cstr(&text));
	if (r->ok_summary != NULL)
		result_summary(r, "%s; %s", r->ok_summary, buf_cstr(&text));
	quota_whom(r, &whom);
	quota_forecast_judge(&r->sheet, outlook, (double)k->forecast, t->rows,
	    t->n, buf_cstr(&whom), r->name);
	r->sheet.nomem = r->sheet.nomem || text.nomem || whom.nomem;
	buf_free(&whom);
	buf_free(&text);
}

/* again - a row that is there twice has one history, of the first */
static bool
again(const struct quota_facts *facts, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(facts->rows[k].root, facts->rows[i].root) == 0 &&
		    strcmp(facts->rows[k].resource,
		    facts->rows[i].resource) == 0)
			return true;
	return false;
}

/* answer - the fullest rows come first, so that those are kept that matter */
static void
answer(struct keeping *k, struct result *r)
{
	struct quota_outlook outlook = { .first = NULL };
	struct quota_facts *facts = r->facts;
	size_t i;

	for (i = 0; i < facts->n && facts->rows[i].limited; i++) {
		if (k->written == HISTORIES_MAX || *k->work->stop ||
		    clock_now() >= k->work->deadline) {
			k->left_out += facts->n - i;
			break;
		}
		if (again(facts, i))
			continue;
		k->written++;
		if (!one(k, r, &facts->rows[i], &outlook))
			break;
	}
	conclude(k, r, &outlook);
}

void
quota_forecast(const struct work *work, const struct quota_options *options)
{
	struct keeping k = { .work = work, .now = clock_wall(),
		.forecast = options->forecast / 1000000 };
	struct run *run = work->run;
	size_t i;

	if (options->forecast == 0)
		return;
	k.window = k.forecast * LOOK_TIMES;
	if (k.window < LOOK_MIN)
		k.window = LOOK_MIN;
	if (k.window > LOOK_MAX)
		k.window = LOOK_MAX;
	for (i = 0; i < run->nresults; i++) {
		if (run->results[i].facts == NULL)
			continue;
		if (k.digests == NULL)
			k.digests = work->digests(work->arg, &run->sheet);
		if (k.digests == NULL)
			return;
		answer(&k, &run->results[i]);
	}
	if (k.left_out > 0 && run->nresults > 0)
		result_note_more(&run->results[0], STAGE_QUOTA, "; no history "
		    "is kept of %zu more roots: %d in one run, and only in "
		    "its time", k.left_out, HISTORIES_MAX);
}

bool
quota_forecast_fits(const struct quota_options *options,
    const struct settings *settings, struct opt_error *error)
{
	size_t i;

	for (i = 0; i < settings->thresholds.n; i++)
		if (settings->thresholds.rows[i].id == METRIC_FULL_IN &&
		    options->forecast == 0) {
			opt_refuse(error, CAUSE_USAGE_OPTION, "a threshold "
			    "for full_in needs --forecast: add "
			    "--forecast=7d");
			return false;
		}
	return true;
}
