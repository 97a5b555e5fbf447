/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * secret - read a password from where it is kept, and forget it again
 *
 * Every check of a file is made on the opened descriptor, so that what was
 * checked is what is read.
 */
#define _GNU_SOURCE
#include "world/secret.h"

#include <sys/resource.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "base/text.h"
#include "base/wipe.h"
#include "world/reader.h"

enum {
	SECRET_RAW_MAX = SECRET_MAX + 5,	/* with mark and CRLF */
	SECRET_STEP = 4096,
	SECRET_PATH_MAX = 4096,
	SECRET_NAME_MAX = 256	/* bytes of a name that a sentence shows */
};

/* what is read and how a sentence calls it */
struct origin {
	struct buf	 name;	/* "/etc/x/pw", "descriptor 3" */
	int64_t		 deadline;
	struct buf	*raw;
	struct buf	*why;
};

/* refuse - "NAME SENTENCE" into `why`; always false */
static bool
refuse(struct origin *origin, const char *sentence)
{
	buf_fmt(origin->why, "%s %s", buf_cstr(&origin->name), sentence);
	return false;
}

static bool
refuse_errno(struct origin *origin, const char *what, int error)
{
	buf_fmt(origin->why, "%s %s: %s", buf_cstr(&origin->name), what,
	    strerror(error));
	return false;
}

static bool
read_all(struct origin *origin, struct reader *r)
{
	char	chunk[SECRET_STEP];
	ssize_t	n;

	while ((n = reader_read(r, chunk, sizeof(chunk))) > 0)
		if (!buf_add(origin->raw, chunk, (size_t)n))
			break;
	wipe(chunk, sizeof(chunk));
	if (n >= 0)
		return true;
	if (errno == ETIMEDOUT)
		return refuse(origin, "gave no secret before the time-out");
	return refuse_errno(origin, "cannot be read", errno);
}

/* is_private - refuse what is no file, and what everybody may open */
static bool
is_private(struct origin *origin, const struct stat *st, bool allow_readable)
{
	mode_t	mode = st->st_mode;

	if (S_ISDIR(mode))
		return refuse(origin, "is a folder, not a file");
	if (S_ISBLK(mode))
		return refuse(origin, "is a disk, not a file");
	if (!S_ISREG(mode) && !S_ISFIFO(mode))
		return true;
	if ((mode & S_IRWXO) == 0 || allow_readable)
		return true;
	buf_fmt(origin->why, "%s %s everybody (mode %04o): chmod 0600 it, "
	    "or use --allow-readable-secret", buf_cstr(&origin->name),
	    mode & S_IROTH ? "may be read by" : "is open to",
	    (unsigned)(mode & 07777));
	return false;
}

static bool
read_fd(struct origin *origin, int fd, bool allow_readable)
{
	struct reader	reader;
	struct stat	st;
	bool		done;

	if (fstat(fd, &st) != 0)
		return refuse_errno(origin, "cannot be read", errno);
	if (!is_private(origin, &st, allow_readable))
		return false;
	reader_take(&reader, fd, origin->deadline);
	done = read_all(origin, &reader);
	reader_close(&reader);
	return done;
}

/* open_file - *path becomes the one that was tried last */
static int
open_file(const char *file, struct buf *path)
{
	const int	 how = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
	const char	*dir = getenv("CREDENTIALS_DIRECTORY");
	int		 fd;

	if (dir != NULL && *dir == '/' && strchr(file, '/') == NULL) {
		buf_fmt(path, "%s/%s", dir, file);
		fd = open(buf_cstr(path), how);
		if (fd >= 0 || errno != ENOENT)
			return fd;
		buf_clear(path);
	}
	buf_str(path, file);
	return open(file, how);
}

static bool
read_file(struct origin *origin, const char *file, bool allow_readable)
{
	struct buf	path;
	int		fd, error;
	bool		done;

	buf_init(&path, SECRET_PATH_MAX);
	fd = open_file(file, &path);
	error = errno;
	text_clean(&origin->name, buf_span(&path), SECRET_NAME_MAX);
	buf_free(&path);
	if (fd < 0)
		return refuse_errno(origin, "cannot be opened", error);
	done = read_fd(origin, fd, allow_readable);
	close(fd);
	return done;
}

static bool
read_env(struct origin *origin, const char *env)
{
	const char	*value = getenv(env);

	buf_str(&origin->name, "the environment variable ");
	text_clean(&origin->name, span_of(env), SECRET_NAME_MAX);
	if (value == NULL)
		return refuse(origin, "is not set");
	buf_str(origin->raw, value);
	return true;
}

/* forget_env - ps and /proc show the very bytes that the kernel handed over */
static void
forget_env(const char *env)
{
	char	*value = getenv(env);

	if (value != NULL)
		wipe(value, strlen(value));
	(void)unsetenv(env);
}

static bool
gather(struct origin *origin, const struct secret_source *source)
{
	if (source->file != NULL)
		return read_file(origin, source->file, source->allow_readable);
	if (source->env != NULL)
		return read_env(origin, source->env);
	if (source->fd >= 0) {
		buf_fmt(&origin->name, "descriptor %d", source->fd);
		return read_fd(origin, source->fd, source->allow_readable);
	}
	buf_str(&origin->name, "the password");
	if (source->given == NULL)
		return refuse(origin, "is not given");
	buf_str(origin->raw, source->given);
	return true;
}

/* strip - without byte order mark and the one line end */
static struct span
strip(struct span raw)
{
	if (raw.len >= 3 && memcmp(raw.p, "\xef\xbb\xbf", 3) == 0) {
		raw.p += 3;
		raw.len -= 3;
	}
	if (raw.len > 0 && raw.p[raw.len - 1] == '\n') {
		raw.len--;
		if (raw.len > 0 && raw.p[raw.len - 1] == '\r')
			raw.len--;
	}
	return raw;
}

static bool
accept_secret(struct origin *origin, struct buf *out)
{
	struct span	secret;

	if (origin->raw->nomem)
		return refuse(origin, "does not fit into memory");
	secret = strip(buf_span(origin->raw));
	if (origin->raw->overflow || secret.len > SECRET_MAX)
		return refuse(origin, "holds more than 64 KiB, no password");
	if (secret.len == 0)
		return refuse(origin, "is empty");
	if (memchr(secret.p, '\0', secret.len) != NULL)
		return refuse(origin, "holds a NUL byte, so no password");
	if (memchr(secret.p, '\n', secret.len) != NULL ||
	    memchr(secret.p, '\r', secret.len) != NULL)
		return refuse(origin, "holds more than one line: the password "
		    "alone belongs there");
	if (!buf_span_add(out, secret))
		return refuse(origin, "does not fit into memory");
	return true;
}

bool
secret_read(const struct secret_source *source, int64_t deadline,
    struct buf *out, struct buf *why)
{
	struct origin	origin = { .deadline = deadline, .why = why };
	struct buf	raw;
	bool		done;

	buf_init(&origin.name, SECRET_PATH_MAX);
	buf_init(&raw, SECRET_RAW_MAX);
	origin.raw = &raw;
	done = gather(&origin, source) && accept_secret(&origin, out);
	if (source->env != NULL)
		forget_env(source->env);
	if (source->given != NULL)
		wipe(source->given, strlen(source->given));
	buf_free(&raw);
	buf_free(&origin.name);
	return done;
}

void
secret_lock_down(void)
{
	const struct rlimit	none = { 0, 0 };

	(void)setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
	(void)prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}
