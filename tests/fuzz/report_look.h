/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * report_look - write a run in every form and abort when one is not well-formed
 */
#ifndef REPORT_LOOK_H
#define REPORT_LOOK_H

#include "base/span.h"
#include "report/result.h"

/* look_at_report - reach the verdict, render, judge; `secret` (empty: none) must not be in it */
void	look_at_report(struct run *, unsigned stages, struct span secret);
/* look_at_text - abort unless it is UTF-8 without control characters but LF, and without the secret */
void	look_at_text(struct span, struct span secret);

#endif
