/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * verdict - from findings to one state, one cause, one sentence
 *
 * Worst state wins (OK < UNKNOWN < WARNING < CRITICAL).  The cause is the first
 * finding as bad as the verdict: by stage, within a stage by the row order of
 * causes.tsv.  A finding explained by another one of the same sheet (see
 * cause_explained_by) keeps its place in JSON with consequence_of set, and
 * counts for nothing else.  Among targets the worst, ties by command-line order;
 * findings over the run come before those of a target when as bad.
 */
#ifndef REPORT_VERDICT_H
#define REPORT_VERDICT_H

#include "report/result.h"

/*
 * verdict_reach - apply the policy and fill in the verdict's members.
 * Stages that did not come about (PROGRESS_NONE) after a failed one are marked
 * skipped when `expected` (a bit per stage) says that this check has them.
 * With policy.expect: OK when exactly that cause is the outcome, else CRITICAL
 * (with the actual cause, or CAUSE_THRESHOLD when nothing was wrong).
 * With several targets: adds targets, ok, warning, critical and unknown to the
 * run's metrics and makes the summary of design "N of M targets fail; worst ...".
 */
void	verdict_reach(struct run *, unsigned expected);
/* finding_counts - is it shown in text and counted (not explained by another) */
bool	finding_counts(const struct finding *);
/* finding_before - the order in which findings are ranked and listed: worse first, then stage, then row of causes.tsv */
bool	finding_before(const struct finding *, const struct finding *);

#endif
