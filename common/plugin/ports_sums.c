/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_sums - what was measured, and the sentences for when all is well
 */
#include "judge/ports_words.h"
#include "plugin/ports.h"

/* rows of all kinds, over the whole run */
struct counts {
	size_t	of[PORT_VERDICTS];
	size_t	attempts;
	size_t	lost;
	size_t	all;
};

static struct metric *
measure(struct sheet *sheet, enum metric_id id, uint16_t port, double value)
{
	struct metric *m = sheet_measure_port(sheet, id, port, value);

	if (m != NULL)
		m->has_min = true;
	return m;
}

/* slowest - of the addresses that a port is open at; 0: at none */
static uint32_t
slowest(const struct port_host *h, size_t port, bool greeting)
{
	const struct port_row *row;
	uint32_t usec, most = 0;
	size_t a;

	for (a = 0; a < h->naddresses; a++) {
		row = ports_row(h, a, port);
		usec = greeting ? row->greeting_usec : row->slowest_usec;
		if (row->verdict == PORT_OPEN && usec > most)
			most = usec;
	}
	return most;
}

/* times - of the stages of a host, and of each port where there are few */
static void
times(struct result *r, const struct port_host *h, bool each)
{
	uint32_t connect = 0, greeting = 0, usec;
	size_t i;

	for (i = 0; i < h->nports; i++) {
		usec = slowest(h, i, true);
		greeting = usec > greeting ? usec : greeting;
		usec = slowest(h, i, false);
		connect = usec > connect ? usec : connect;
		if (each && usec > 0)
			measure(&r->sheet, METRIC_CONNECT, h->rows[i].port,
			    usec / 1e6);
	}
	if (connect > 0)
		result_spent(r, STAGE_CONNECT, connect);
	if (greeting == 0)
		return;
	result_spent(r, STAGE_GREETING, greeting);
	if (r->stages[STAGE_GREETING].progress == PROGRESS_NONE)
		r->stages[STAGE_GREETING].progress = PROGRESS_OK;
}

static void
count(struct counts *c, const struct port_host *h)
{
	const struct port_row *row;
	size_t i;

	for (i = 0; i < h->naddresses * h->nports; i++) {
		row = &h->rows[i];
		c->of[row->verdict]++;
		c->attempts += row->attempts;
		c->lost += row->lost;
		c->all++;
	}
}

static void
measure_counts(struct sheet *sheet, const struct counts *c,
    const struct ports_options *options)
{
	static const enum metric_id ids[PORT_VERDICTS] = {
		[PORT_UNTRIED] = METRIC_UNTRIED, [PORT_OPEN] = METRIC_OPEN,
		[PORT_REFUSED] = METRIC_REFUSED,
		[PORT_REJECTED] = METRIC_REJECTED,
		[PORT_FILTERED] = METRIC_FILTERED,
		[PORT_UNREACHABLE] = METRIC_UNREACHABLE,
		[PORT_RESET] = METRIC_RESET
	};
	struct metric *m;
	size_t i;

	for (i = 0; i < PORT_VERDICTS; i++) {
		m = measure(sheet, ids[i], 0, (double)c->of[i]);
		if (m == NULL)
			return;
		m->has_max = true;
		m->max = (double)c->all;
	}
	if (options->attempts < 2 || c->attempts == 0)
		return;
	m = measure(sheet, METRIC_LOSS, 0,
	    100.0 * (double)c->lost / (double)c->attempts);
	if (m != NULL) {
		m->has_max = true;
		m->max = 100;
	}
}

/* sum_up - the sentence of a host, and the note of its stage */
static void
sum_up(struct result *r, const struct port_host *h)
{
	struct buf sums;

	buf_init(&sums, SENTENCE_MAX);
	ports_sums(&sums, h);
	result_note(r, STAGE_CONNECT, "%s", buf_cstr(&sums));
	result_summary(r, "%s has %s", r->target.host, buf_cstr(&sums));
	buf_clear(&sums);
	ports_speeches(&sums, h);
	if (sums.len > 0)
		result_note(r, STAGE_GREETING, "%s", buf_cstr(&sums));
	if (sums.nomem)
		r->sheet.nomem = true;
	buf_free(&sums);
}

void
ports_measure(struct run *run, const struct ports_batch *batch,
    const struct ports_options *options)
{
	struct counts c = { .all = 0 };
	size_t i;

	for (i = 0; i < run->nresults; i++)
		count(&c, &batch->hosts[i]);
	measure_counts(&run->sheet, &c, options);
	for (i = 0; i < run->nresults; i++) {
		if (batch->hosts[i].rows == NULL)
			continue;
		times(&run->results[i], &batch->hosts[i],
		    batch->nports * run->nresults <= PORTS_EACH_MAX);
		sum_up(&run->results[i], &batch->hosts[i]);
	}
}
