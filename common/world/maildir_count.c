/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir_count - what the messages of a Maildir take
 *
 * As writers of maildirsize count: cur and new of the Maildir and of each folder
 * whose name begins with a dot, not tmp; the size is what stands behind S= in
 * the name of a message, else that of its file.
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

enum { LOOK_EVERY = 256 };	/* messages between two looks at the clock */

/* one recount on its way */
struct walk {
	struct maildir	*m;
	struct quota_refusal *refusal;
	uint64_t	 seen;		/* entries, of whatever kind */
	bool		 trash;		/* this folder is .Trash */
};

/* in_time - false with the refusal */
static bool
in_time(struct walk *w)
{
	if (w->seen++ % LOOK_EVERY != 0 || (clock_now() < w->m->deadline &&
	    (w->m->stop == NULL || *w->m->stop == 0)))
		return true;
	w->m->unfinished = true;
	return maildir_refuse(w->refusal, CAUSE_INTERNAL_UNFINISHED,
	    "the recount did not come to its end, with %lld messages counted: "
	    "raise -t, or do without --recount",
	    (long long)w->m->count.messages);
}

/* size_in_name - what stands behind ",S=", before a comma or a colon; false if nothing does */
static bool
size_in_name(const char *name, int64_t *size)
{
	const char *at = strstr(name, ",S=");
	int64_t value = 0;

	if (at == NULL || at[3] < '0' || at[3] > '9')
		return false;
	for (at += 3; *at >= '0' && *at <= '9'; at++) {
		if (value > (INT64_MAX - 9) / 10)
			return false;
		value = value * 10 + (*at - '0');
	}
	*size = value;
	return *at == '\0' || *at == ',' || *at == ':';
}

/* is_marked - as deleted */
static bool
is_marked(const char *name)
{
	const char *flags = strrchr(name, ':');

	return flags != NULL && strncmp(flags, ":2,", 3) == 0 &&
	    strchr(flags, 'T') != NULL;
}

static int64_t
plus(int64_t a, int64_t b)
{
	return a > INT64_MAX - b ? INT64_MAX : a + b;
}

/* size_of - of a message; false where it is no plain file, or has gone meanwhile */
static bool
size_of(struct walk *w, int folder, const struct dirent *entry, int64_t *size)
{
	struct stat st;

#ifdef DT_REG
	if (entry->d_type == DT_REG && size_in_name(entry->d_name, size))
		return true;
#endif
	if (fstatat(folder, entry->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (!S_ISREG(st.st_mode)) {
		w->m->count.passed++;
		return false;
	}
	if (!size_in_name(entry->d_name, size))
		*size = st.st_size;
	return true;
}

static void
message(struct walk *w, int folder, const struct dirent *entry)
{
	struct recount *count = &w->m->count;
	int64_t size;

	if (!size_of(w, folder, entry, &size))
		return;
	count->bytes = plus(count->bytes, size);
	count->messages++;
	if (w->trash || is_marked(entry->d_name)) {
		count->trash_bytes = plus(count->trash_bytes, size);
		count->trash_messages++;
	}
}

/* open_folder - no link; NULL with errno.  Closing it closes the descriptor. */
static DIR *
open_folder(int folder, const char *name)
{
	int fd = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_NONBLOCK | O_CLOEXEC), error;
	DIR *dir;

	if (fd < 0)
		return NULL;
	dir = fdopendir(fd);
	if (dir == NULL) {
		error = errno;
		close(fd);
		errno = error;
	}
	return dir;
}

/* not_there - gone, no folder, or a link to one, as errno says; anything else is left in it */
static bool
not_there(struct walk *w, int folder, const char *name)
{
	int error = errno;
	struct stat st;

	if (error != ENOENT && error != ENOTDIR && error != ELOOP)
		return false;
	/* with O_DIRECTORY a link is no folder either */
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISLNK(st.st_mode))
		w->m->count.passed++;
	errno = error;
	return true;
}

/* messages - of cur or new; one that is gone has none */
static bool
messages(struct walk *w, int folder, const char *name)
{
	DIR *dir = open_folder(folder, name);
	struct dirent *entry;
	bool good = true;

	if (dir == NULL && not_there(w, folder, name))
		return true;
	if (dir == NULL)
		return maildir_refuse_errno(w->refusal, folder, name, errno);
	while (good && (entry = readdir(dir)) != NULL) {
		good = in_time(w);
		if (good && entry->d_name[0] != '.')
			message(w, dirfd(dir), entry);
	}
	(void)closedir(dir);
	return good;
}

static bool
both(struct walk *w, int folder)
{
	w->m->count.folders++;
	return messages(w, folder, "new") && messages(w, folder, "cur");
}

/* subfolder - a link to one is another's: passed by */
static bool
subfolder(struct walk *w, int maildir, const char *name)
{
	int fd = openat(maildir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW |
	    O_NONBLOCK | O_CLOEXEC);
	bool good;

	if (fd < 0 && not_there(w, maildir, name))
		return true;
	if (fd < 0)
		return maildir_refuse_errno(w->refusal, maildir, name, errno);
	w->trash = strcmp(name, ".Trash") == 0;
	good = both(w, fd);
	close(fd);
	return good;
}

static bool
folders(struct walk *w, DIR *dir)
{
	struct dirent *entry;

	while ((entry = readdir(dir)) != NULL) {
		if (!in_time(w))
			return false;
		if (entry->d_name[0] != '.' || entry->d_name[1] == '\0' ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		if (w->m->count.folders == MAILDIR_FOLDERS_MAX)
			return maildir_refuse(w->refusal,
			    CAUSE_QUOTA_UNSUPPORTED, "it has more than %d "
			    "folders: do without --recount",
			    MAILDIR_FOLDERS_MAX);
		if (!subfolder(w, dirfd(dir), entry->d_name))
			return false;
	}
	return true;
}

bool
maildir_count(struct maildir *m, int folder, struct quota_refusal *refusal)
{
	struct walk w = { .m = m, .refusal = refusal };
	DIR *dir = open_folder(folder, ".");
	bool good;

	if (dir == NULL)
		return maildir_refuse_errno(refusal, folder, ".", errno);
	good = both(&w, folder) && folders(&w, dir);
	(void)closedir(dir);
	return good;
}
