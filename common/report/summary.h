/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * summary - the sentence of the first line
 */
#ifndef REPORT_SUMMARY_H
#define REPORT_SUMMARY_H

#include "report/result.h"

/* summary_make - for a run whose results have been judged and whose first finding in rank is given (NULL: none); also counts the targets of a run with several.  NULL without memory; the caller frees it. */
char	*summary_make(struct run *, const struct finding *);

#endif
