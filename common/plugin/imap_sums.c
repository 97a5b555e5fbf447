/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_sums - what was counted, downloaded and timed over IMAP, as metrics and
 * as words
 */
#include <inttypes.h>

#include "plugin/imap.h"

/* a message from the future arrived just now */
static void
measure_ages(struct session *s, const struct imap_options *options)
{
	const struct imap *m = s->talk;
	int64_t now = s->config->moment.now;

	if (m->box.has_newest && (options->fetch > 0 ||
	    options->wishes.newest))
		login_measure(s, METRIC_NEWEST_AGE,
		    (double)(now - m->box.newest));
	if (m->box.has_oldest)
		login_measure(s, METRIC_UNSEEN_AGE,
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
		login_measure(s, METRIC_MESSAGES,
		    (double)box->messages);
	if (box->opened && box->has_unseen)
		login_measure(s, METRIC_UNSEEN, (double)box->unseen);
	if (box->has_found)
		login_measure(s, METRIC_FOUND, (double)box->found);
	measure_ages(s, options);
	login_measure_fetch(s, &m->login, options->fetch, box->name);
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

void
imap_sums(const struct imap *m, const struct imap_options *options,
    char text[LOGIN_SUMS_MAX])
{
	struct buf b;

	buf_init(&b, LOGIN_SUMS_MAX - 1);
	others(&b, options->wishes.nmailboxes);
	count(&b, &m->box);
	if (m->box.has_found)
		buf_fmt(&b, ", found %" PRIu64, m->box.found);
	login_sum_fetch(&b, &m->login, options->fetch,
	    ", which is empty: nothing to download");
	span_copy(buf_span(&b), text, LOGIN_SUMS_MAX);
	buf_free(&b);
}

void
imap_summary(struct session *s, const struct imap_options *options)
{
	const struct imap *m = s->talk;
	char sums[LOGIN_SUMS_MAX];

	imap_sums(m, options, sums);
	if (m->preauth)
		result_summary(s->result,
		    "%s greets as logged in already (PREAUTH) and opened %s%s",
		    s->whom, m->box.name, sums);
	else
		result_summary(s->result, "%s logged in at %s and opened %s%s",
		    s->result->target.user, s->whom, m->box.name, sums);
}

unsigned
imap_asked(const struct imap_options *options)
{
	return options->fetch > 0 ? 1u << STAGE_FETCH : 0;
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
	login->fetch = options->fetch;
	login->idle = options->idle;
	if (list->n == 1) {
		login->mailbox = span_of(list->names[0]);
		return;
	}
	for (i = 0; i < list->n && i < MAILBOXES_MAX; i++)
		wishes->mailboxes[wishes->nmailboxes++] =
		    span_of(list->names[i]);
}
