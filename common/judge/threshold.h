/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * threshold - measured values against -w and -c
 */
#ifndef JUDGE_THRESHOLD_H
#define JUDGE_THRESHOLD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/range.h"
#include "report/result.h"

struct threshold {
	enum metric_id	id;
	bool		critical;
	struct range	range;
};

/* threshold_attach - the ranges alone, to the metrics that are there; a share becomes what it is in the metric's unit.  A later range of the same kind takes the place of an earlier one. */
void	threshold_attach(struct sheet *, const struct threshold *, size_t n);

/*
 * threshold_apply - attach the ranges to the metrics of the sheet and report
 * what breaks them: cert.expiring for cert_days, days and lifetime; quota.near
 * for quota values; mailbox.stale for newest_age; slow for durations (its
 * sentence names the slowest stage of `stages`, which may be NULL); threshold
 * for all others.  A broken -c makes the finding CRITICAL (finding.critical).
 * `whom` begins the sentences: "mail.example.org:993".
 */
void	threshold_apply(struct sheet *, const struct threshold *, size_t n,
	    const struct stage_row *stages, const char *whom);

#endif
