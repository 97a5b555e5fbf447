/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * output - the only place that prints, and the only one that exits
 */
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "plugin/frame.h"
#include "report/render.h"
#include "report/verdict.h"

enum {
	REPORT_MAX = 64 * 1024 * 1024,	/* bytes of a report: JSON of very many targets */
	READER_PATIENCE = 1000,	/* milliseconds for who reads from a pipe that does not block */
	PLUGIN_NAME_MAX = 64
};

/* open_nothing - a descriptor that nothing is lost on; without /dev/null (a bare chroot) the root folder, which cannot be written to either */
static int
open_nothing(void)
{
	int fd = open("/dev/null", O_RDWR);

	return fd >= 0 ? fd : open("/", O_RDONLY);
}

void
output_prepare(void)
{
	int fd;

	do {
		fd = open_nothing();
	} while (fd >= 0 && fd <= STDERR_FILENO);
	if (fd > STDERR_FILENO)
		close(fd);
}

#ifdef COVERAGE
void	__gcov_dump(void);
#endif

/* leave - without what exit() would run; only the counters of a coverage build are written */
static _Noreturn void
leave(int code)
{
#ifdef COVERAGE
	__gcov_dump();
#endif
	_exit(code);
}

/* has_reader - can more be written before long? */
static bool
has_reader(void)
{
	struct pollfd pfd = { .fd = STDOUT_FILENO, .events = POLLOUT };

	return poll(&pfd, 1, READER_PATIENCE) > 0 &&
	    (pfd.revents & POLLOUT) != 0;
}

/* print - all of it, as far as anybody takes it */
static void
print(struct span text)
{
	ssize_t n;

	while (text.len > 0) {
		n = write(STDOUT_FILENO, text.p, text.len);
		if (n < 0 && (errno == EINTR ||
		    ((errno == EAGAIN || errno == EWOULDBLOCK) &&
		    has_reader())))
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
	leave(STATE_UNKNOWN);
}

/* fallback - there was no memory for a report: the least that can be said */
static _Noreturn void
fallback(const struct run *run)
{
	const char *name = run->plugin;
	char line[PLUGIN_NAME_MAX + 80];
	size_t i;

	if (strncmp(name, "check_", 6) == 0)
		name += 6;
	snprintf(line, sizeof(line), "%.*s UNKNOWN: this host has no memory "
	    "for the check [internal.error]\n", PLUGIN_NAME_MAX, name);
	for (i = 0; line[i] != ' '; i++)
		if (line[i] >= 'a' && line[i] <= 'z')
			line[i] = (char)(line[i] - 'a' + 'A');
	print(span_of(line));
	leave(STATE_UNKNOWN);
}

static void
compose(struct run *run, unsigned stages, enum format format,
    unsigned verbose, struct buf *out)
{
	verdict_reach(run, stages);
	buf_init(out, REPORT_MAX);
	render(run, format, verbose, out);
}

static _Noreturn void
finish(const struct run *run, const struct buf *out)
{
	if (out->nomem || out->overflow || out->len == 0)
		fallback(run);
	print(buf_span(out));
	leave((int)run->state);
}

void
output_run(struct frame *f)
{
	unsigned stages = f->plugin->stages;
	struct buf out;

	if (f->plugin->asked != NULL)
		stages |= f->plugin->asked();
	/* what was not wanted was not skipped either */
	if ((f->plugin->uses & USES_TLS) != 0 &&
	    targets_mode(f->plugin, &f->settings) == TLS_NONE)
		stages &= ~(1u << STAGE_TLS);
	compose(&f->run, stages, f->settings.format, f->settings.verbose,
	    &out);
	/* an ini file may hold other secrets, and the context a key */
	settings_free(&f->settings);
	if (f->tls.context != NULL)
		f->tls.engine->context_free(f->tls.context);
	finish(&f->run, &out);
}

void
output_usage(const struct plugin *plugin, int argc, char *const argv[],
    struct opt_error *error)
{
	struct run run;
	struct buf out;

	memset(&run, 0, sizeof(run));
	run.plugin = plugin->name;
	run.version = PACKAGE_VERSION;
	run.facts = plugin->facts;
	sheet_find(&run.sheet, error->cause, STAGE_NONE, NULL, "%s",
	    buf_cstr(&error->sentence));
	if (error->sentence.nomem)
		run.sheet.nomem = true;
	compose(&run, 0, opt_wanted_format(argc, argv), 0, &out);
	finish(&run, &out);
}
