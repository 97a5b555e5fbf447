/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render_openmetrics - for Prometheus
 *
 *	exposition   = *metricfamily "# EOF" [LF]
 *	sample       = metricname [labels] SP number LF
 *	escaped-char = normal-char / "\" ("n" / DQUOTE / "\")
 *
 * as in the OpenMetrics specification 1.0, and so that the textfile collector
 * of node_exporter takes it too: gauges only.  HELP never changes, or a
 * collector that reads two of our files would refuse both.  A family stands in
 * one piece, so the families are the outer loop.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "report/render.h"

/* from a metric to its family; rows of one family are neighbours */
struct row {
	enum metric_id	 id;
	const char	*family;
	const char	*key;		/* tells rows apart, or NULL */
	double		 scale;		/* its unit in base units */
	const char	*help;
};

#define SECONDS_STAGE(id) { METRIC_##id, "stage_seconds", "stage", 1, \
	"Duration of a stage of the check." }
#define PORTS(id) { METRIC_##id, "ports", "verdict", 1, \
	"Ports by what they answered." }
#define IN_STATE(id) { METRIC_##id, "targets_in_state", "state", 1, \
	"Targets by state." }
#define CERTIFICATE(id) { METRIC_##id, "certificate_remaining_seconds", NULL, \
	86400, "Time until the first certificate on the path ends." }

static const struct row rows[] = {
	{ METRIC_TIME, "seconds", NULL, 1, "Duration of the whole check." },
	SECONDS_STAGE(DNS),
	SECONDS_STAGE(CONNECT),
	SECONDS_STAGE(GREETING),
	SECONDS_STAGE(TLS),
	SECONDS_STAGE(AUTH),
	SECONDS_STAGE(SUBMIT),
	SECONDS_STAGE(MAILBOX),
	SECONDS_STAGE(FETCH),
	SECONDS_STAGE(QUOTA),
	{ METRIC_MESSAGES, "messages", NULL, 1, "Messages in the mailbox." },
	{ METRIC_UNSEEN, "unseen", NULL, 1,
	    "Messages in the mailbox that were not seen." },
	{ METRIC_NEWEST_AGE, "newest_age_seconds", NULL, 1,
	    "Age of the newest message." },
	{ METRIC_UNSEEN_AGE, "unseen_age_seconds", NULL, 1,
	    "Age of the oldest message that was not seen." },
	{ METRIC_FOUND, "found", NULL, 1, "Messages that the search found." },
	{ METRIC_FETCH_BYTES, "fetch_bytes", NULL, 1, "Bytes downloaded." },
	{ METRIC_FETCH_RATE, "fetch_bytes_per_second", NULL, 1,
	    "Bytes downloaded in a second." },
	CERTIFICATE(CERT_DAYS),
	CERTIFICATE(DAYS),
	{ METRIC_LIFETIME, "certificate_lifetime_ratio", NULL, 0.01,
	    "Remaining share of the lifetime of the certificate." },
	{ METRIC_TOKEN_LIFETIME, "token_remaining_seconds", NULL, 1,
	    "Time until the access token ends." },
	{ METRIC_PERCENT, "quota_used_ratio", NULL, 0.01,
	    "Used share of the fullest resource." },
	{ METRIC_USED, "quota_used_bytes", NULL, 1, "Used bytes." },
	{ METRIC_FREE, "quota_free_bytes", NULL, 1,
	    "Bytes free until the limit." },
	{ METRIC_INODES, "quota_inodes_used_ratio", NULL, 0.01,
	    "Used share of the inodes." },
	{ METRIC_FULL_IN, "quota_full_in_seconds", NULL, 1,
	    "Time until the quota is full at the present rate." },
	{ METRIC_QUEUE, "queue_messages", NULL, 1, "Messages queued." },
	PORTS(OPEN),
	PORTS(REFUSED),
	PORTS(REJECTED),
	PORTS(FILTERED),
	PORTS(UNREACHABLE),
	PORTS(RESET),
	PORTS(UNTRIED),
	{ METRIC_LOSS, "loss_ratio", NULL, 0.01,
	    "Share of the connection attempts that were lost." },
	{ METRIC_TARGETS, "targets", NULL, 1, "Targets looked at." },
	IN_STATE(OK),
	IN_STATE(WARNING),
	IN_STATE(CRITICAL),
	IN_STATE(UNKNOWN)
};

static const size_t nrows = sizeof(rows) / sizeof(rows[0]);

static void
label(struct buf *out, const char *key, const char *value)
{
	buf_fmt(out, "%s=\"", key);
	for (; value != NULL && *value != '\0'; value++) {
		if (*value == '\n')
			buf_str(out, "\\n");
		else if (*value == '"' || *value == '\\')
			buf_fmt(out, "\\%c", *value);
		else
			buf_char(out, *value);
	}
	buf_char(out, '"');
}

/* name and labels: always the same ones, empty where they say nothing */
static void
sample_start(struct buf *out, const char *family, const struct run *run,
    const struct result *r, uint16_t which)
{
	char port[8] = "";

	if (which == 0 && r != NULL)
		which = r->target.port;
	if (which != 0)
		snprintf(port, sizeof(port), "%u", (unsigned)which);
	buf_fmt(out, "mail_check_%s{", family);
	label(out, "plugin", run->plugin);
	buf_char(out, ',');
	label(out, "host", r != NULL ? r->target.host : NULL);
	buf_char(out, ',');
	label(out, "port", port);
	buf_char(out, ',');
	label(out, "account", run->account);
	buf_char(out, ',');
	label(out, "target", r != NULL ? r->name : NULL);
	buf_char(out, ',');
	label(out, "mailbox", run->mailbox);
	buf_char(out, ',');
	label(out, "root", run->root);
}

static void
sample_end(struct buf *out, double value)
{
	buf_str(out, "} ");
	number_write(out, value);
	buf_char(out, '\n');
}

static void
head(struct buf *out, const char *family, const char *help)
{
	buf_fmt(out, "# HELP mail_check_%s %s\n", family, help);
	buf_fmt(out, "# TYPE mail_check_%s gauge\n", family);
}

static void
states(const struct run *run, struct buf *out)
{
	size_t i;

	head(out, "state", "State of the check: 0 ok, 1 warning, 2 critical, "
	    "3 unknown.");
	sample_start(out, "state", run, run_only(run), 0);
	sample_end(out, run->state);
	for (i = 0; run->nresults > 1 && i < run->nresults; i++) {
		sample_start(out, "state", run, &run->results[i], 0);
		sample_end(out, run->results[i].state);
	}
}

static void
cause(const struct run *run, struct buf *out)
{
	if (run->cause == CAUSE_NONE)
		return;
	head(out, "cause", "What is wrong, and who acts next.");
	sample_start(out, "cause", run,
	    run->worst != NULL ? run->worst : run_only(run),
	    run->telling != NULL ? run->telling->port : 0);
	buf_char(out, ',');
	label(out, "cause", cause_info(run->cause)->slug);
	buf_char(out, ',');
	label(out, "party", cause_info(run->cause)->party);
	sample_end(out, 1);
}

/* the sheets in order: the run's own, then the results' */
static const struct sheet *
nth_sheet(const struct run *run, size_t n)
{
	return n == 0 ? &run->sheet : &run->results[n - 1].sheet;
}

/* a run with one target is that target: measured twice, said once */
static bool
is_said(const struct run *run, size_t n, enum metric_id id)
{
	return n > 0 && run_only(run) != NULL &&
	    sheet_metric(&run->sheet, id) != NULL;
}

/* samples - of one metric in a sheet: of the whole, and of each port; are there any? */
static bool
samples(const struct run *run, const struct row *row, size_t n, bool *begun,
    struct buf *out)
{
	const struct sheet *sh = nth_sheet(run, n);
	const struct result *r = n > 0 ? &run->results[n - 1] : run_only(run);
	const struct metric *m;
	bool any = false;
	size_t i;

	for (i = 0; i < sh->nmetrics; i++) {
		m = &sh->metrics[i];
		if (m->id != row->id || !isfinite(m->value) ||
		    (m->port == 0 && is_said(run, n, row->id)))
			continue;
		if (!*begun)
			head(out, row->family, row->help);
		*begun = any = true;
		sample_start(out, row->family, run, r, m->port);
		if (row->key != NULL) {
			buf_char(out, ',');
			label(out, row->key, metric_info(row->id)->label);
		}
		sample_end(out, m->value * row->scale);
	}
	return any;
}

/* family - rows without a key are one metric in different units: the first that was measured is said */
static void
family(const struct run *run, const struct row *row, size_t n, struct buf *out)
{
	bool begun = false;
	size_t i, k;

	for (k = 0; k <= run->nresults; k++)
		for (i = 0; i < n; i++)
			if (samples(run, &row[i], k, &begun, out) &&
			    row->key == NULL)
				break;
}

void
render_openmetrics(const struct run *run, struct buf *out)
{
	size_t i, n;

	states(run, out);
	cause(run, out);
	for (i = 0; i < nrows; i += n) {
		for (n = 1; i + n < nrows; n++)
			if (strcmp(rows[i].family, rows[i + n].family) != 0)
				break;
		family(run, &rows[i], n, out);
	}
	buf_str(out, "# EOF\n");
}
