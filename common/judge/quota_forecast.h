/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_forecast - what is said of how something fills up
 */
#ifndef JUDGE_QUOTA_FORECAST_H
#define JUDGE_QUOTA_FORECAST_H

#include "judge/quota_list.h"
#include "judge/quota_trend.h"
#include "judge/threshold.h"
#include "report/result.h"

/* quota_forecast_note - "full in about 12 days", or why there is no forecast; nothing of what is full already */
void	quota_forecast_note(struct buf *, const struct quota_row *, const struct trend_outlook *);
/*
 * quota_forecast_judge - the row that will be full first: metric full_in, and
 * quota.forecast when that is below `horizon` seconds, or breaks the ranges
 * given for it in place of that.  What is full already is quota.exceeded, and
 * no forecast.  `whom` begins the sentence: "mail.example.org:993"; `account`
 * is whose it is, or NULL; a root named `known` is not named again.
 */
void	quota_forecast_judge(struct sheet *, const struct quota_row *, const struct trend_outlook *, double horizon, const struct threshold *given, size_t n, const char *whom, const char *account, const char *known);

#endif
