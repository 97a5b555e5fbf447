/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * extra_opts - find, read and take the file of --extra-opts
 *
 * A pipe, or standard input, may never end: what is not read before the
 * time-out is given up.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "base/wipe.h"
#include "plugin/extra_opts.h"
#include "plugin/plugin.h"
#include "world/clock.h"
#include "world/reader.h"

enum {
	NAME_SHOWN = 120	/* bytes of a section or a file in a sentence */
};

/* one file on its way in */
struct source {
	const char	*section;
	char		 section_bytes[EXTRA_OPTS_PATH_MAX];
	char		 path[EXTRA_OPTS_PATH_MAX];	/* "-": standard input */
	struct settings	*settings;
	struct opt_error *error;
};

/* fail - say what is wrong with the file */
static bool
fail(struct source *src, enum cause cause, const char *what)
{
	struct buf path;

	buf_init(&path, SENTENCE_MAX);
	text_clean(&path, span_of(src->path), NAME_SHOWN);
	opt_refuse(src->error, cause, "--extra-opts: %s %s",
	    strcmp(src->path, "-") == 0 ? "standard input" : buf_cstr(&path),
	    what);
	buf_free(&path);
	return false;
}

/* locate - [SECTION][@FILE] */
static bool
locate(struct source *src, const char *arg, const struct plugin *plugin)
{
	struct span section = { arg, strcspn(arg, "@") };
	const char *file = arg + section.len;

	src->section = plugin->name;
	if (section.len > 0) {
		if (!span_copy(section, src->section_bytes,
		    EXTRA_OPTS_PATH_MAX))
			return fail(src, CAUSE_USAGE_OPTION,
			    "has no section with a name so long");
		src->section = src->section_bytes;
	}
	if (file[0] == '@' && file[1] != '\0') {
		if (!span_copy(span_of(file + 1), src->path,
		    EXTRA_OPTS_PATH_MAX))
			return fail(src, CAUSE_USAGE_OPTION,
			    "has a path that is too long");
		return true;
	}
	if (extra_opts_find(src->path))
		return true;
	opt_refuse(src->error, CAUSE_USAGE_OPTION, "--extra-opts finds no file "
	    "in any of the usual places: name one as --extra-opts=@FILE");
	return false;
}

/*
 * slurp - the whole file; errno is EFBIG when it is longer than text has room
 * for
 */
static ssize_t
slurp(struct reader *reader, char *text)
{
	size_t len = 0;
	ssize_t n;

	while ((n = reader_read(reader, text + len, INI_FILE_MAX - len)) > 0) {
		len += (size_t)n;
		if (len == INI_FILE_MAX) {
			errno = EFBIG;
			return -1;
		}
	}
	return n < 0 ? -1 : (ssize_t)len;
}

/* keep - hand the text to the settings, which free it */
static bool
keep(struct source *src, char *text, size_t len)
{
	struct settings *settings = src->settings;

	settings->texts[settings->ntexts++] = (struct ini_text){ text, len };
	return true;
}

/* take_text - read the open file into memory of its own */
static bool
take_text(struct source *src, struct reader *reader)
{
	char *text = malloc(INI_FILE_MAX + 1);
	char what[128];
	ssize_t len;

	if (text == NULL)
		return fail(src, CAUSE_INTERNAL_ERROR, "finds no memory");
	len = slurp(reader, text);
	if (len >= 0)
		return keep(src, text, (size_t)len);
	(void)snprintf(what, sizeof(what), "cannot be read: %s",
	    errno == ETIMEDOUT ? "it does not end before the time-out" :
	    errno == EFBIG ? "it is longer than 1 MiB" : strerror(errno));
	wipe(text, INI_FILE_MAX);
	free(text);
	return fail(src, CAUSE_USAGE_OPTION, what);
}

/*
 * private_enough - a secret may not lie open; a terminal or a socket has no
 * mode that says so
 */
static bool
private_enough(struct source *src, int fd)
{
	const struct ini_text *text =
	    &src->settings->texts[src->settings->ntexts - 1];
	struct stat st;

	if (src->settings->allow_readable_secret ||
	    !ini_holds(text->data, text->len, "password"))
		return true;
	if (fstat(fd, &st) != 0)
		return fail(src, CAUSE_USAGE_SECRET, strerror(errno));
	if ((!S_ISREG(st.st_mode) && !S_ISFIFO(st.st_mode)) ||
	    (st.st_mode & S_IRWXO) == 0)
		return true;
	return fail(src, CAUSE_USAGE_SECRET, "holds a password and is open to "
	    "everybody: chmod 0640 it, or give --allow-readable-secret");
}

/*
 * read_source - open, read, look at the mode of what was read and not of a name
 */
static bool
read_source(struct source *src)
{
	int64_t deadline = clock_now() + src->settings->timeout.usec;
	struct reader reader;
	char what[128];
	bool ok;

	if (strcmp(src->path, "-") == 0) {
		reader_take(&reader, STDIN_FILENO, deadline);
	} else if (!reader_open(&reader, src->path, deadline)) {
		(void)snprintf(what, sizeof(what), "cannot be read: %s",
		    strerror(errno));
		return fail(src, CAUSE_USAGE_OPTION, what);
	}
	ok = take_text(src, &reader) && private_enough(src, reader.fd);
	reader_close(&reader);
	return ok;
}

/* write_place - "section x of FILE" */
static void
write_place(const struct source *src, struct extra_opts *extra)
{
	struct buf place;

	buf_init(&place, sizeof(extra->place) - 1);
	buf_str(&place, "section ");
	text_clean(&place, span_of(src->section), NAME_SHOWN / 2);
	buf_str(&place, " of ");
	if (strcmp(src->path, "-") == 0)
		buf_str(&place, "standard input");
	else
		text_clean(&place, span_of(src->path), NAME_SHOWN);
	span_copy(buf_span(&place), extra->place, sizeof(extra->place));
	buf_free(&place);
}

/* parse - the text last read */
static bool
parse(struct source *src, struct extra_opts *extra)
{
	struct ini_text *text =
	    &src->settings->texts[src->settings->ntexts - 1];
	unsigned line = 0;
	bool found;

	extra->n = ini_section(text->data, text->len, src->section,
	    extra->pairs, &line, &found);
	if (extra->n == INI_BROKEN)
		opt_refuse(src->error, CAUSE_USAGE_OPTION, "--extra-opts: line "
		    "%u (%s) is no option: write key = value", line,
		    extra->place);
	else if (extra->n == INI_CROWDED)
		opt_refuse(src->error, CAUSE_USAGE_OPTION, "--extra-opts: line "
		    "%u (%s) is one option too many: at most %d", line,
		    extra->place, INI_KEYS_MAX);
	else if (!found)
		opt_refuse(src->error, CAUSE_USAGE_OPTION, "--extra-opts: "
		    "there is no %s", extra->place);
	else
		return true;
	return false;
}

bool
extra_opts_read(const char *arg, const struct plugin *plugin,
    struct settings *settings, struct extra_opts *extra,
    struct opt_error *error)
{
	struct source src = { .settings = settings, .error = error };

	if (settings->ntexts == EXTRA_OPTS_MAX) {
		opt_refuse(error, CAUSE_USAGE_OPTION, "--extra-opts is given "
		    "too often: at most %d times", EXTRA_OPTS_MAX);
		return false;
	}
	if (!locate(&src, arg != NULL ? arg : "", plugin))
		return false;
	write_place(&src, extra);
	return read_source(&src) && parse(&src, extra);
}
