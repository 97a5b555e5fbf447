/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login_sums - what was downloaded, as metrics and as words
 */
#include <inttypes.h>

#include "dialog/download.h"
#include "plugin/login_check.h"

void
login_measure(struct session *s, enum metric_id id, double value)
{
	struct metric *m = sheet_measure(&s->result->sheet, id,
	    value < 0 ? 0 : value);

	if (m == NULL)
		return;
	m->has_min = true;
	m->min = 0;
}

/* a download that did not end has no rate */
static void
measure_download(struct session *s, const struct download *d)
{
	const struct stage_row *row = &s->result->stages[STAGE_FETCH];

	login_measure(s, METRIC_FETCH_BYTES, (double)d->bytes);
	if (s->finished && row->timed && row->usec > 0)
		login_measure(s, METRIC_FETCH_RATE,
		    (double)d->bytes * 1e6 / (double)row->usec);
}

void
login_measure_fetch(struct session *s, const struct login_state *l,
    unsigned wanted, const char *box)
{
	if (l->download != NULL)
		measure_download(s, l->download);
	else if (s->finished && wanted > 0)
		result_note(s->result, STAGE_FETCH,
		    "%s is empty: nothing to download", box);
	if (s->finished && wanted > 0)
		s->result->stages[STAGE_FETCH].progress = PROGRESS_OK;
}

void
login_sum_fetch(struct buf *out, const struct login_state *l, unsigned wanted,
    const char *empty)
{
	const struct download *d = l->download;

	if (d != NULL)
		buf_fmt(out, " and downloaded %u message%s (%" PRIu64
		    " bytes)", d->messages, d->messages == 1 ? "" : "s",
		    d->bytes);
	else if (wanted > 0)
		buf_str(out, empty);
}
