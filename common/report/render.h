/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render - a run as text, JSON or OpenMetrics
 *
 * Pure: into a buffer.  The run has been through verdict_reach().  What the
 * three look like is written in README and, for JSON, in
 * contrib/check-result.schema.json.
 */
#ifndef REPORT_RENDER_H
#define REPORT_RENDER_H

#include "base/buf.h"
#include "report/result.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_OPENMETRICS };

enum {
	TEXT_MAX = 8 * 1024,	/* bytes of text with several targets */
	TEXT_WORST = 10,	/* findings listed of several targets */
	PERFDATA_TARGETS = 8,	/* up to so many targets perfdata is per target */
	PERFDATA_MAX = 5 * 1024	/* bytes of it with several targets; the worst values stand for all when it would be more */
};

/* format_parse - text, multi-line (the same), json, openmetrics; any case */
bool	format_parse(struct span, enum format *);
void	render(const struct run *, enum format, unsigned verbose, struct buf *);
/* render_text, render_json, render_openmetrics - one each; text ends with a newline, so do the others */
void	render_text(const struct run *, unsigned verbose, struct buf *);
void	render_json(const struct run *, struct buf *);
void	render_openmetrics(const struct run *, struct buf *);
/* perfdata_write - " | ..." of the first line, or nothing without metrics */
void	perfdata_write(const struct run *, struct buf *);

#endif
