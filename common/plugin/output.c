/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * output - the only place that prints, and the only one that exits
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "plugin/frame.h"
#include "report/render.h"
#include "report/verdict.h"

enum {
	REPORT_MAX = 64 * 1024 * 1024	/* bytes of a report: JSON of very many targets */
};

void
output_prepare(void)
{
	int fd;

	do {
		fd = open("/dev/null", O_RDWR);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

/* print - all of it, as far as anybody takes it */
static void
print(struct span text)
{
	ssize_t n;

	while (text.len > 0) {
		n = write(STDOUT_FILENO, text.p, text.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return;
		text.p += n;
		text.len -= (size_t)n;
	}
}

void
output_text(struct buf *text)
{
	print(buf_span(text));
	_exit(STATE_UNKNOWN);
}

/* fallback - there was no memory for a report: the least that can be said */
static void
fallback(const struct run *run)
{
	struct span parts[] = {
		span_of(run->plugin),
		span_of(" UNKNOWN: this host has no memory for the check [internal.error]\n")
	};
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		print(parts[i]);
	_exit(STATE_UNKNOWN);
}

static _Noreturn void
report(struct run *run, unsigned stages, enum format format, unsigned verbose)
{
	struct buf out;

	verdict_reach(run, stages);
	buf_init(&out, REPORT_MAX);
	render(run, format, verbose, &out);
	if (out.nomem || out.overflow || out.len == 0)
		fallback(run);
	print(buf_span(&out));
	_exit((int)run->state);
}

void
output_run(struct frame *f)
{
	report(&f->run, f->plugin->stages, f->settings.format,
	    f->settings.verbose);
}

void
output_usage(const struct plugin *plugin, int argc, char *const argv[],
    struct opt_error *error)
{
	struct run run;

	memset(&run, 0, sizeof(run));
	run.plugin = plugin->name;
	run.version = PACKAGE_VERSION;
	run.facts = plugin->facts;
	sheet_find(&run.sheet, error->cause, STAGE_NONE, NULL, "%s",
	    buf_cstr(&error->sentence));
	report(&run, 0, opt_wanted_format(argc, argv), 0);
}
