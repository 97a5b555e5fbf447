/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - when will it be full
 *
 * Metric full_in, of the root that is full first; cause quota.forecast below
 * the time of --forecast, or what -w and -c say of full_in instead.  What is
 * used up already has its own finding.
 */
#ifndef JUDGE_QUOTA_FORECAST_H
#define JUDGE_QUOTA_FORECAST_H

#include "judge/quota_facts.h"
#include "judge/quota_trend.h"
#include "judge/threshold.h"
#include "report/result.h"

/* of one answer: which row is full first, and how the others fare */
struct quota_outlook {
	const struct quota_row *first;	/* NULL: none is filling, as far as is known */
	struct quota_trend trend;	/* of that row, else of the first one, which is the fullest */
	size_t	 rows;			/* that were looked at */
};

/* quota_outlook_add - a row and its trend; sets row.full_in */
void	quota_outlook_add(struct quota_outlook *, struct quota_row *, const struct quota_trend *);
/* quota_outlook_say - "full in 12 days at the present rate", "it does not grow", or what is missing for a forecast */
void	quota_outlook_say(struct buf *, const struct quota_outlook *);
/* quota_forecast_judge - measure and judge; `within` seconds is the warning threshold unless another is given; `whom` begins the sentence: "alice at mail.example.org:993" */
void	quota_forecast_judge(struct sheet *, const struct quota_outlook *, double within, const struct threshold *given, size_t n, const char *whom, const char *known);

#endif
