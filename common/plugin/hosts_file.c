/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hosts_file - more hosts, one on each line of a file or of standard input
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/host.h"
#include "base/text.h"
#include "plugin/hosts_file.h"
#include "world/reader.h"

enum {
	BLOCK_MAX = 32 * 1024,	/* bytes of the file in memory */
	NAME_SHOWN = 120,	/* bytes of the file's name in a sentence, */
	WORD_SHOWN = 60		/* and of what stands in a line */
};

/* one file on its way in */
struct hosts_file {
	const char	*path;		/* "-": standard input */
	struct host_index index;
	struct opt_error *error;
	uint64_t	 line;		/* number of the last one taken */
	bool		 any;		/* there was a host, known or not */
	char		 bytes[BLOCK_MAX];
	size_t		 len;
};

/* name - how sentences call it; the buffer is the caller's to free */
static const char *
name(const struct hosts_file *file, struct buf *out)
{
	buf_init(out, SENTENCE_MAX);
	if (strcmp(file->path, "-") == 0)
		buf_str(out, "standard input");
	else
		text_clean(out, span_of(file->path), NAME_SHOWN);
	return buf_cstr(out);
}

/* refuse - the file as a whole; always false */
static bool
refuse(const struct hosts_file *file, enum cause cause, const char *what)
{
	struct buf shown;

	opt_refuse(file->error, cause, "--hosts-file: %s %s",
	    name(file, &shown), what);
	buf_free(&shown);
	return false;
}

/* refuse_line - the last one taken; always false */
static bool
refuse_line(const struct hosts_file *file, struct span word, const char *what)
{
	struct buf shown, quoted;

	buf_init(&quoted, SENTENCE_MAX);
	text_clean(&quoted, word, WORD_SHOWN);
	opt_refuse(file->error, CAUSE_USAGE_OPTION, "--hosts-file: line %"
	    PRIu64 " of %s, '%s', %s", file->line, name(file, &shown),
	    buf_cstr(&quoted), what);
	buf_free(&shown);
	buf_free(&quoted);
	return false;
}

static bool
refuse_errno(const struct hosts_file *file, int error)
{
	struct buf what;

	if (error == ETIMEDOUT)
		return refuse(file, CAUSE_USAGE_OPTION,
		    "does not end before the time-out");
	if (error == EINTR)
		return refuse(file, CAUSE_USAGE_OPTION,
		    "did not end before the check was told to");
	buf_init(&what, SENTENCE_MAX / 2);
	buf_fmt(&what, "cannot be read: %s", strerror(error));
	(void)refuse(file, CAUSE_USAGE_OPTION, buf_cstr(&what));
	buf_free(&what);
	return false;
}

static bool
take_host(struct hosts_file *file, struct span host)
{
	struct span word = host;
	struct buf what;

	file->any = true;
	if (host_kind(&host) == HOST_WRONG)
		return refuse_line(file, word, "is no host: write one name "
		    "such as mail.example.org, or one IPv4 or IPv6 address, "
		    "on each line");
	switch (host_index_add(&file->index, host, HOSTS_MAX)) {
	case HOST_ADDED:
	case HOST_KNOWN:
		return true;
	case HOST_NO_MEMORY:
		return refuse(file, CAUSE_INTERNAL_ERROR, "finds no memory");
	case HOST_NO_ROOM:
		break;
	}
	buf_init(&what, SENTENCE_MAX / 2);
	buf_fmt(&what, "is one host too many: at most %d in one run",
	    HOSTS_MAX);
	(void)refuse_line(file, word, buf_cstr(&what));
	buf_free(&what);
	return false;
}

static bool
take_line(struct hosts_file *file, struct span line)
{
	struct span host;
	struct buf what;

	file->line++;
	if (line.len <= HOST_LINE_MAX)
		return !host_line(line, &host) || take_host(file, host);
	buf_init(&what, SENTENCE_MAX / 2);
	buf_fmt(&what, "is longer than %d bytes: write one host on each line",
	    HOST_LINE_MAX);
	(void)refuse_line(file, line, buf_cstr(&what));
	buf_free(&what);
	return false;
}

/* take_block - all lines that are whole, and at the end of the file the rest */
static bool
take_block(struct hosts_file *file, bool end)
{
	struct span rest = { file->bytes, file->len }, line;
	const char *lf;

	while ((lf = memchr(rest.p, '\n', rest.len)) != NULL) {
		line = (struct span){ rest.p, (size_t)(lf - rest.p) };
		if (!take_line(file, line))
			return false;
		rest.p += line.len + 1;
		rest.len -= line.len + 1;
	}
	/* what is too long already does not get better */
	if ((end && rest.len > 0) || rest.len > HOST_LINE_MAX)
		return take_line(file, rest);
	memmove(file->bytes, rest.p, rest.len);
	file->len = rest.len;
	return true;
}

static bool
take_all(struct hosts_file *file, struct reader *reader)
{
	ssize_t n;

	do {
		n = reader_read(reader, file->bytes + file->len,
		    sizeof(file->bytes) - file->len);
		if (n < 0)
			return refuse_errno(file, errno);
		file->len += (size_t)n;
		if (!take_block(file, n == 0))
			return false;
	} while (n > 0);
	return file->any || refuse(file, CAUSE_USAGE_OPTION,
	    "holds no host: write one on each line");
}

bool
hosts_file_read(struct settings *settings, int64_t deadline,
    const volatile sig_atomic_t *stop, struct opt_error *error)
{
	struct hosts_file file = {
		.path = settings->hosts_file, .error = error
	};
	struct reader reader;
	bool ok;

	settings->hosts_named = settings->hosts.n;
	if (file.path == NULL)
		return true;
	if (strcmp(file.path, "-") == 0)
		reader_take(&reader, STDIN_FILENO, deadline);
	else if (!reader_open(&reader, file.path, deadline))
		return refuse_errno(&file, errno);
	reader.stop = stop;
	ok = host_index_open(&file.index, &settings->hosts) ?
	    take_all(&file, &reader) :
	    refuse(&file, CAUSE_INTERNAL_ERROR, "finds no memory");
	host_index_free(&file.index);
	reader_close(&reader);
	return ok;
}
