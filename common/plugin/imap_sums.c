/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_sums - what was counted, downloaded and timed over IMAP, as metrics and
 * as words
 */
#include <inttypes.h>
#include <stdio.h>

#include "dialog/imap_fetch.h"
#include "plugin/imap.h"

/* measure - a value that never falls below 0 */
static void
measure(struct sheet *sheet, enum metric_id id, double value)
{
	struct metric *m = sheet_measure(sheet, id, value < 0 ? 0 : value);

	if (m == NULL)
		return;
	m->has_min = true;
	m->min = 0;
}

/* a download that did not end has no rate */
static void
measure_download(struct session *s, const struct imap_download *d)
{
	const struct stage_row *row = &s->result->stages[STAGE_FETCH];

	measure(&s->result->sheet, METRIC_FETCH_BYTES, (double)d->bytes);
	if (s->finished && row->timed && row->usec > 0)
		measure(&s->result->sheet, METRIC_FETCH_RATE,
		    (double)d->bytes * 1e6 / (double)row->usec);
}

/* a message from the future arrived just now */
static void
measure_ages(struct session *s, const struct imap_wishes *wishes)
{
	const struct imap *m = s->talk;
	int64_t now = s->config->moment.now;

	if (m->box.has_newest && (wishes->fetch > 0 || wishes->newest))
		measure(&s->result->sheet, METRIC_NEWEST_AGE,
		    (double)(now - m->box.newest));
	if (m->box.has_oldest)
		measure(&s->result->sheet, METRIC_UNSEEN_AGE,
		    (double)(now - m->box.oldest));
}

void
imap_measure(struct session *s, const struct imap_options *options)
{
	struct imap *m = s->talk;
	struct imap_box *box = &m->box;

	if (box->opened && box->has_exists && !box->has_messages &&
	    options->wishes.nmailboxes == 0) {
		box->has_messages = true;
		box->messages = box->exists;
	}
	if (box->opened && box->has_messages)
		measure(&s->result->sheet, METRIC_MESSAGES,
		    (double)box->messages);
	if (box->opened && box->has_unseen)
		measure(&s->result->sheet, METRIC_UNSEEN, (double)box->unseen);
	if (box->has_found)
		measure(&s->result->sheet, METRIC_FOUND, (double)box->found);
	measure_ages(s, &options->wishes);
	if (m->download != NULL)
		measure_download(s, m->download);
	else if (s->finished && options->wishes.fetch > 0)
		result_note(s->result, STAGE_FETCH,
		    "%s is empty: nothing to download", box->name);
	if (s->finished && options->wishes.fetch > 0)
		s->result->stages[STAGE_FETCH].progress = PROGRESS_OK;
}

/* others - those that were opened besides the first */
static void
others(struct buf *out, unsigned mailboxes)
{
	if (mailboxes > 1)
		buf_fmt(out, " and %u other%s", mailboxes - 1,
		    mailboxes == 2 ? "" : "s");
}

static void
count(struct buf *out, const struct imap_box *box)
{
	if (!box->has_messages)
		return;
	buf_fmt(out, " (%" PRIu64 " message%s", box->messages,
	    box->messages == 1 ? "" : "s");
	if (box->has_unseen)
		buf_fmt(out, ", %" PRIu64 " unseen", box->unseen);
	buf_char(out, ')');
}

static void
downloaded(struct buf *out, const struct imap_download *d)
{
	buf_fmt(out, " and downloaded %u message%s (%" PRIu64 " bytes)",
	    d->messages, d->messages == 1 ? "" : "s", d->bytes);
}

void
imap_sums(const struct imap *m, const struct imap_options *options,
    char text[IMAP_SUMS_MAX])
{
	struct buf b;

	buf_init(&b, IMAP_SUMS_MAX - 1);
	others(&b, options->wishes.nmailboxes);
	count(&b, &m->box);
	if (m->box.has_found)
		buf_fmt(&b, ", found %" PRIu64, m->box.found);
	if (m->download != NULL)
		downloaded(&b, m->download);
	else if (options->wishes.fetch > 0)
		buf_str(&b, ", which is empty: nothing to download");
	span_copy(buf_span(&b), text, IMAP_SUMS_MAX);
	buf_free(&b);
}

unsigned
imap_asked(const struct imap_options *options)
{
	return options->wishes.fetch > 0 ? 1u << STAGE_FETCH : 0;
}

bool
imap_check(struct imap_options *options, const struct settings *settings,
    struct opt_error *error)
{
	const struct threshold_list *list = &settings->thresholds;
	size_t i;

	for (i = 0; i < list->n; i++) {
		if (list->rows[i].id == METRIC_NEWEST_AGE)
			options->wishes.newest = true;
		if (list->rows[i].id == METRIC_UNSEEN_AGE)
			options->wishes.oldest = true;
		if (list->rows[i].id != METRIC_FOUND ||
		    options->wishes.search != NULL)
			continue;
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "%s found= counts what --search finds: give --search, too",
		    list->rows[i].critical ? "--critical" : "--warning");
		return false;
	}
	return true;
}

void
imap_wish(struct imap_options *options, struct login *login)
{
	const struct mailbox_list *list = &options->mailboxes;
	struct imap_wishes *wishes = &options->wishes;
	size_t i;

	login->wishes = wishes;
	if (list->n == 1) {
		login->mailbox = span_of(list->names[0]);
		return;
	}
	for (i = 0; i < list->n && i < MAILBOXES_MAX; i++)
		wishes->mailboxes[wishes->nmailboxes++] =
		    span_of(list->names[i]);
}
