/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_together - what is made of the answers of all sources: how fast they
 * change, and whether they agree
 */
#include <string.h>

#include "judge/quota_disagree.h"
#include "judge/quota_trend.h"
#include "module/module.h"
#include "plugin/quota.h"
#include "world/clock.h"
#include "world/state_dir.h"
#include "world/state_file.h"
#include "world/tls_engine.h"

enum {
	HISTORIES_MAX = 1024	/* that one run reads and writes */
};

/* what is remembered of one row, under way */
struct history {
	struct quota_trend trend;
	int64_t		 now;
	int64_t		 used;
	bool		 broken;	/* what was there is not ours: begun anew */
};

/* change - for state_update() */
static bool
change(void *arg, enum state_read read, struct span before, struct buf *after)
{
	struct history *h = arg;

	h->trend.n = 0;
	h->broken = read == STATE_READ_BROKEN || (read == STATE_READ_DONE &&
	    !quota_trend_read(before, &h->trend));
	quota_trend_add(&h->trend, h->now, h->used);
	quota_trend_write(after, &h->trend);
	return true;
}

/* key - what the history is about: neither part holds a line end */
static void
key(struct buf *out, const struct result *r, const struct quota_row *row)
{
	const struct quota_facts *facts = r->facts;

	(void)buf_fmt(out, "%s|%s|%s|%s", facts->backend,
	    r->target.host[0] != '\0' ? "" : r->name, row->resource, row->root);
}

/* remember - false with a sentence in `why` */
static bool
remember(const struct settings *set, const struct digests *digests,
    const struct result *r, struct quota_row *row, struct history *h,
    struct buf *why)
{
	char name[STATE_NAME_BUF];
	struct buf about;
	double rate;
	bool done;

	buf_init(&about, 16 * 1024);
	key(&about, r, row);
	h->used = row->used;
	done = state_file(digests, "quota", &r->target, buf_span(&about),
	    name) && state_update(set->state_dir, name, change, h, why);
	buf_free(&about);
	if (done && quota_trend_rate(&h->trend, &rate))
		row->full_in = quota_trend_full(row, rate);
	else if (done)
		(void)buf_str(why, h->broken ?
		    "; what was remembered is damaged, and begun anew" :
		    "; too little is known for a forecast yet");
	return done;
}

static void
unremembered(struct result *r, struct buf *why)
{
	(void)sheet_find(&r->sheet, CAUSE_INTERNAL_ERROR, STAGE_QUOTA, NULL,
	    "what --forecast needs cannot be remembered: %s", buf_cstr(why));
}

/* forecast - of one source; how many histories that took */
static size_t
forecast(const struct work *work, const struct quota_options *options,
    const struct digests *digests, struct result *r, size_t room)
{
	const struct threshold_list *t = &work->settings->thresholds;
	struct history h = { .now = clock_wall() };
	struct quota_facts *facts = r->facts;
	bool good = true;
	struct buf why;
	size_t i;

	for (i = 0; good && i < facts->n && facts->rows[i].limited &&
	    i < room; i++) {
		buf_init(&why, SENTENCE_MAX);
		good = remember(work->settings, digests, r, &facts->rows[i],
		    &h, &why);
		if (!good)
			unremembered(r, &why);
		else if (i == 0 && why.len > 0)
			result_note_more(r, STAGE_QUOTA, "%s", buf_cstr(&why));
		buf_free(&why);
	}
	quota_forecast(&r->sheet, facts, (double)options->forecast / 1e6,
	    t->rows, t->n, r->name);
	return i;
}

static const struct digests *
digests_of(struct run *run)
{
	const struct tls_engine *engine;
	const struct module *module;
	struct buf why;

	buf_init(&why, SENTENCE_MAX);
	module = module_load("tls", &why);
	if (module == NULL)
		(void)sheet_find(&run->sheet, CAUSE_INTERNAL_MODULE,
		    STAGE_NONE, NULL, "%s", buf_cstr(&why));
	buf_free(&why);
	engine = module == NULL ? NULL : module->functions;
	return engine == NULL ? NULL : engine->digests;
}

static void
forecast_all(const struct work *work, const struct quota_options *options)
{
	const struct digests *digests = digests_of(work->run);
	size_t i, room = HISTORIES_MAX;

	for (i = 0; digests != NULL && i < work->run->nresults; i++)
		if (work->run->results[i].facts != NULL)
			room -= forecast(work, options, digests,
			    &work->run->results[i], room);
}

/* of_disk - does this back end speak of file systems? */
static bool
of_disk(const struct quota_facts *facts)
{
	return strcmp(facts->backend, "filesystem") == 0 ||
	    strcmp(facts->backend, "snmp") == 0;
}

/* alone - is it the only answer of its back end, or of a disk? With many accounts nobody knows who is who. */
static bool
alone(const struct run *run, size_t nth)
{
	const struct quota_facts *facts = run->results[nth].facts, *other;
	size_t i, n = 0;

	if (facts == NULL)
		return false;
	for (i = 0; i < run->nresults; i++) {
		other = run->results[i].facts;
		if (other != NULL &&
		    strcmp(other->backend, facts->backend) == 0)
			n++;
	}
	return n == 1 || of_disk(facts);
}

static void
compare_all(struct run *run, double points)
{
	struct quota_facts *a, *b;
	size_t i, k;

	for (i = 0; i < run->nresults; i++)
		for (k = i + 1; alone(run, i) && k < run->nresults; k++) {
			a = run->results[i].facts;
			b = run->results[k].facts;
			if (alone(run, k) && strcmp(a->backend,
			    b->backend) != 0)
				quota_disagree(&run->sheet, a, of_disk(a), b,
				    of_disk(b), points);
		}
}

void
quota_together(const struct work *work, const struct quota_options *options)
{
	if (options->forecast > 0)
		forecast_all(work, options);
	if (options->backends.n > 1)
		compare_all(work->run, options->tolerance);
}
