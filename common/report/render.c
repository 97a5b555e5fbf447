/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * render - a run as text, JSON or OpenMetrics
 */
#include "report/render.h"

bool
format_parse(struct span s, enum format *format)
{
	static const struct {
		const char	*name;
		enum format	 format;
	} formats[] = {
		{ "text",	 FORMAT_TEXT },
		{ "multi-line",	 FORMAT_TEXT },
		{ "json",	 FORMAT_JSON },
		{ "openmetrics", FORMAT_OPENMETRICS }
	};
	unsigned i;

	for (i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		if (span_is(s, formats[i].name)) {
			*format = formats[i].format;
			return true;
		}
	}
	return false;
}

void
render(const struct run *run, enum format format, unsigned verbose,
    struct buf *out)
{
	switch (format) {
	case FORMAT_TEXT:
		render_text(run, verbose, out);
		break;
	case FORMAT_JSON:
		render_json(run, out);
		break;
	case FORMAT_OPENMETRICS:
		render_openmetrics(run, out);
		break;
	}
}
