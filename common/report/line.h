/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * line - the lines below the first one of a text report
 *
 *	word      stage     what was found [cause]
 */
#ifndef REPORT_LINE_H
#define REPORT_LINE_H

#include "base/buf.h"
#include "report/result.h"

/* line_word - the first column */
void	line_word(struct buf *, const char *word);
/* line_plain - both columns, what follows (NULL: nothing, and no blank for it) and the end of the line; no stage is "-"; `name`, if not NULL, stands before the text */
void	line_plain(struct buf *, const char *word, enum stage, const char *name, const char *text);
/* line_finding - a finding; a leading "host:port " of the target `of` (NULL: none) is left out, for it has been said; `name`: the target is named instead */
void	line_finding(struct buf *, const struct finding *, const struct result *of, bool name);

#endif
