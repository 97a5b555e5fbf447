/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir - what lies in a Maildir++
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/maildir.h"

enum {
	LOOK_AT_CLOCK = 64	/* names between two looks */
};

/* one count under way */
struct walk {
	const struct maildir_patience *patience;
	struct maildir_count *count;
	unsigned	 names;
};

static bool
refuse(struct quota_refusal *refusal, enum cause cause, const char *why)
{
	refusal->cause = cause;
	refusal->stage = STAGE_QUOTA;
	(void)buf_str(&refusal->why, why);
	return false;
}

static bool
refuse_error(struct quota_refusal *refusal, const char *what, int error)
{
	refusal->cause = CAUSE_USAGE_OPTION;
	refusal->stage = STAGE_QUOTA;
	(void)buf_fmt(&refusal->why, "%s: %s%s", what, strerror(error),
	    error == EACCES ? ": run the check as the user whom the mail "
	    "belongs to" : "");
	return false;
}

bool
maildir_is_one(const char *path, struct quota_refusal *refusal)
{
	struct stat st;
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
	int error = errno;
	bool good;

	if (dir == -1)
		return refuse_error(refusal, "it cannot be opened", error);
	good = fstatat(dir, "cur", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode);
	(void)close(dir);
	return good || refuse(refusal, CAUSE_USAGE_OPTION,
	    "it is no maildir, for there is no folder cur in it: correct "
	    "--maildir");
}

/* take - all of the file, as far as that is allowed */
static bool
take(int fd, struct buf *out)
{
	char bytes[4096];
	ssize_t n;

	while ((n = read(fd, bytes, sizeof(bytes))) > 0)
		if (!buf_add(out, bytes, (size_t)n))
			return false;
	return n == 0;
}

bool
maildir_size(const char *path, struct buf *out, struct quota_refusal *refusal)
{
	int dir = open(path, O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);
	int fd = dir == -1 ? -1 : openat(dir, "maildirsize", O_RDONLY |
	    O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
	int error = errno;
	struct stat st;
	bool good;

	if (dir != -1)
		(void)close(dir);
	if (fd == -1 && error == ENOENT)
		return refuse(refusal, CAUSE_QUOTA_UNSUPPORTED, "there is no "
		    "maildirsize in it: its server keeps no Maildir++ quota, "
		    "or has not yet counted; --recount counts here");
	if (fd == -1)
		return refuse_error(refusal, "its maildirsize cannot be opened",
		    error);
	good = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && take(fd, out);
	(void)close(fd);
	return good || refuse(refusal, CAUSE_QUOTA_UNSUPPORTED, "its "
	    "maildirsize is no file of at most 64 KiB: remove it, and its "
	    "server writes a new one");
}

static bool
time_is_up(struct walk *w)
{
	if (++w->names % LOOK_AT_CLOCK == 0 &&
	    (*w->patience->stop != 0 || clock_now() >= w->patience->deadline))
		w->count->cut = true;
	return w->count->cut;
}

/* size_told - by ",S=" in the name */
static bool
size_told(const char *name, int64_t *size)
{
	const char *p = strstr(name, ",S=");
	uint64_t value;
	size_t n;

	if (p == NULL)
		return false;
	n = strspn(p + 3, "0123456789");
	if (!span_number((struct span){ p + 3, n }, &value) ||
	    value > INT64_MAX)
		return false;
	*size = (int64_t)value;
	return true;
}

/* is_deleted - marked so, in the flags behind ":2," */
static bool
is_deleted(const char *name)
{
	const char *flags = strstr(name, ":2,");

	return flags != NULL && strchr(flags + 3, 'T') != NULL;
}

static void
count_message(struct walk *w, int dir, const char *name, bool trash)
{
	struct maildir_count *c = w->count;
	struct stat st;
	int64_t size;

	if (!size_told(name, &size)) {
		if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
		    !S_ISREG(st.st_mode))
			return;
		size = st.st_size;
	}
	if (size > INT64_MAX - c->bytes)
		size = INT64_MAX - c->bytes;
	c->bytes += size;
	c->messages++;
	if (!trash && !is_deleted(name))
		return;
	c->trash_bytes += size;
	c->trash_messages++;
}

/* count_in - the messages of cur or new; false when it cannot be read */
static bool
count_in(struct walk *w, int folder, const char *sub, bool trash)
{
	int fd = openat(folder, sub, O_RDONLY | O_DIRECTORY | O_NONBLOCK |
	    O_NOFOLLOW | O_CLOEXEC);
	DIR *dir = fd == -1 ? NULL : fdopendir(fd);
	struct dirent *entry;

	if (dir == NULL) {
		if (fd != -1)
			(void)close(fd);
		return false;
	}
	while (!time_is_up(w) && (entry = readdir(dir)) != NULL)
		if (entry->d_name[0] != '.')
			count_message(w, dirfd(dir), entry->d_name, trash);
	(void)closedir(dir);
	return true;
}

static void
count_folder(struct walk *w, int folder, bool trash)
{
	bool cur = count_in(w, folder, "cur", trash);
	bool new = count_in(w, folder, "new", trash);

	if (!cur || !new)
		w->count->unread++;
}

/* is_trash - the folder, and those below it */
static bool
is_trash(const char *name)
{
	return strncmp(name, ".Trash", 6) == 0 &&
	    (name[6] == '\0' || name[6] == '.');
}

static void
count_subfolder(struct walk *w, int base, const char *name)
{
	int fd;

	if (name[0] != '.' || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0 ||
	    w->count->folders == MAILDIR_FOLDERS_MAX)
		return;
	fd = openat(base, name, O_RDONLY | O_DIRECTORY | O_NONBLOCK |
	    O_NOFOLLOW | O_CLOEXEC);
	if (fd == -1) {
		/* a file may have such a name, too */
		w->count->unread += errno != ENOTDIR && errno != ELOOP;
		return;
	}
	w->count->folders++;
	count_folder(w, fd, is_trash(name));
	(void)close(fd);
}

void
maildir_count(const char *path, const struct maildir_patience *patience,
    struct maildir_count *count)
{
	struct walk w = { .patience = patience, .count = count };
	DIR *dir = opendir(path);
	struct dirent *entry;

	memset(count, 0, sizeof(*count));
	if (dir == NULL) {
		count->unread = 1;
		return;
	}
	count_folder(&w, dirfd(dir), false);
	while (!time_is_up(&w) && (entry = readdir(dir)) != NULL)
		count_subfolder(&w, dirfd(dir), entry->d_name);
	(void)closedir(dir);
}
