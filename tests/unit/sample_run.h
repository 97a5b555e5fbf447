/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sample_run - targets, results and runs for the tests of common/report
 *
 * The including file includes cmocka.h before.
 */
#ifndef UNIT_SAMPLE_RUN_H
#define UNIT_SAMPLE_RUN_H

#include <string.h>

#include "report/result.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

static inline struct address
address_from(const char *text)
{
	struct address a = { 0 };

	if (text != NULL)
		assert_true(address_parse(span_of(text), &a));
	return a;
}

/* sample_target - IMAP; TLS at once on 993, none on 80, else STARTTLS */
static inline struct target
sample_target(const char *host, uint16_t port)
{
	struct target t = { .port = port, .protocol = "imap" };

	assert_true(span_copy(span_of(host), t.host, sizeof(t.host)));
	assert_true(span_copy(span_of(host), t.sni, sizeof(t.sni)));
	t.tls = port == 993 ? TLS_IMPLICIT : port == 80 ? TLS_NONE :
	    TLS_STARTTLS;
	return t;
}

/* sample_result - append one for host and port to the run */
static inline struct result *
sample_result(struct run *run, const char *host, uint16_t port)
{
	struct target t = sample_target(host, port);
	struct result *r = run_new_result(run, &t);

	assert_non_null(r);
	return r;
}

/* measured - a metric that cannot be below 0 */
static inline struct metric *
measured(struct sheet *sh, enum metric_id id, double value)
{
	struct metric *m = sheet_measure(sh, id, value);

	assert_non_null(m);
	m->has_min = true;
	return m;
}

#endif
