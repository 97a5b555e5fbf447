/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * maildir - the quota of a Maildir++
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world/maildir.h"
#include "world/owners.h"

/* a folder that may be entered need not be read */
#ifdef O_PATH
#define O_SEARCHED	O_PATH
#else
#define O_SEARCHED	(O_RDONLY | O_NONBLOCK)
#endif

static const char file_name[] = "maildirsize";

bool
maildir_refuse(struct quota_refusal *refusal, enum cause cause,
    const char *fmt, ...)
{
	char text[SENTENCE_MAX];
	va_list args;

	va_start(args, fmt);
	(void)vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	refusal->stage = STAGE_QUOTA;
	refusal->cause = cause;
	(void)buf_str(&refusal->why, text);
	return false;
}

/* refuse_access - whose it is, and who we are */
static bool
refuse_access(struct quota_refusal *refusal, int folder, const char *name)
{
	char owner[OWNERS_MAX], us[OWNERS_MAX];
	const char *shown = folder == AT_FDCWD ? "it" : name;
	struct stat st;

	owners_user(geteuid(), us);
	if (fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return maildir_refuse(refusal, CAUSE_USAGE_OPTION, "a folder "
		    "on the way to it may not be entered by %s, who runs this "
		    "check: let %s through, or run the check as the owner of "
		    "the mail", us, us);
	owners_user(st.st_uid, owner);
	return maildir_refuse(refusal, CAUSE_USAGE_OPTION, "%s belongs to %s "
	    "with mode %04o, and %s, who runs this check, may not read it: "
	    "let %s, or run the check as %s", shown, owner,
	    (unsigned)st.st_mode & 07777, us, us, owner);
}

bool
maildir_refuse_errno(struct quota_refusal *refusal, int folder,
    const char *name, int error)
{
	if (error == EACCES || error == EPERM)
		return refuse_access(refusal, folder, name);
	if (error == ELOOP || error == EMLINK)
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "%s is a symbolic link, which this check does not follow: "
		    "put the file itself there", name);
	if (error == ENOMEM || error == EMFILE || error == ENFILE)
		return maildir_refuse(refusal, CAUSE_INTERNAL_ERROR,
		    "this host has no memory or no descriptors left for it");
	if (folder == AT_FDCWD && error == ENOENT)
		return maildir_refuse(refusal, CAUSE_USAGE_OPTION, "there is "
		    "no such folder: name a Maildir with --maildir");
	return maildir_refuse(refusal, error == ENOENT || error == ENOTDIR ||
	    error == ENAMETOOLONG ? CAUSE_USAGE_OPTION :
	    CAUSE_QUOTA_UNSUPPORTED, "%s cannot be opened (%s): name a "
	    "Maildir with --maildir", folder == AT_FDCWD ? "it" : name,
	    strerror(error));
}

/* home_of - of a user, "" for who runs this; false with the refusal */
static bool
home_of(const char *user, struct buf *out, struct quota_refusal *refusal)
{
	const char *own = getenv("HOME");

	if (user == NULL && own != NULL && own[0] == '/')
		return buf_str(out, own);
	if (owners_home(user, out))
		return true;
	return maildir_refuse(refusal, CAUSE_USAGE_OPTION, user == NULL ?
	    "who runs this check has no home folder: name a Maildir with "
	    "--maildir" : "this host knows no user of that name: name a "
	    "Maildir with --maildir");
}

bool
maildir_place(struct maildir *m, struct quota_refusal *refusal)
{
	struct buf home;
	bool known;

	if (m->path != NULL) {
		known = span_copy(span_of(m->path), m->place,
		    sizeof(m->place));
		return known || maildir_refuse(refusal, CAUSE_USAGE_OPTION,
		    "its path is too long: name another with --maildir");
	}
	buf_init(&home, MAILDIR_PATH_MAX - 16);
	known = home_of(m->user, &home, refusal);
	if (known)
		(void)snprintf(m->place, sizeof(m->place), "%s/Maildir",
		    buf_cstr(&home));
	buf_free(&home);
	return known;
}

/* take - all of the file, as far as its cap; false with the refusal */
static bool
take(struct maildir *m, int fd, struct buf *bytes,
    struct quota_refusal *refusal)
{
	char chunk[16 * 1024];
	ssize_t n;

	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return maildir_refuse(refusal,
			    CAUSE_QUOTA_UNSUPPORTED, "%s cannot be read (%s)",
			    file_name, strerror(errno));
		if (buf_add(bytes, chunk, (size_t)n))
			continue;
		if (bytes->nomem)
			return maildir_refuse_errno(refusal, fd, file_name,
			    ENOMEM);
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "its %s is larger than %d bytes, and no writer lets it "
		    "become so: remove it, so that the server counts anew",
		    file_name, MAILDIRSIZE_MAX);
	}
	m->size = bytes->len;
	return true;
}

/* sensible - does the file say something? false with the refusal */
static bool
sensible(struct maildir *m, struct span bytes, struct quota_refusal *refusal)
{
	static const char anew[] =
	    "remove that file, so that the server counts anew";

	if (!maildirsize_read(bytes, &m->said) && m->said.wrong == 1)
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "the first line of its %s is no quota such as "
		    "1000000S,100C: %s", file_name, anew);
	if (m->said.wrong != 0)
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "line %zu of its %s is no pair of numbers: %s",
		    m->said.wrong, file_name, anew);
	if (!m->said.defined || m->said.lines == 0)
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "its %s does not say yet how much is used: the server "
		    "counts when mail comes, or ask with --recount",
		    file_name);
	if (m->said.bytes < 0 || m->said.messages < 0)
		return maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
		    "its %s adds up to less than nothing: %s", file_name,
		    anew);
	return true;
}

/* opened - the file; -1 with `there` still false, and with the refusal unless there is none */
static int
opened(struct maildir *m, int folder, struct quota_refusal *refusal)
{
	/* a FIFO is not waited for, and a link leads nowhere */
	int fd = openat(folder, file_name, O_RDONLY | O_NONBLOCK |
	    O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0) {
		m->there = errno != ENOENT;
		if (m->there)
			(void)maildir_refuse_errno(refusal, folder, file_name,
			    errno);
		return -1;
	}
	m->there = true;
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		return fd;
	(void)maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED, "its %s is no "
	    "plain file: remove it, so that the server makes a new one",
	    file_name);
	close(fd);
	return -1;
}

/* read_file - true when there is none, too; then `there` is false */
static bool
read_file(struct maildir *m, int folder, struct quota_refusal *refusal)
{
	int fd = opened(m, folder, refusal);
	struct buf bytes;
	bool good;

	if (fd < 0)
		return !m->there;
	buf_init(&bytes, MAILDIRSIZE_MAX);
	good = take(m, fd, &bytes, refusal) &&
	    sensible(m, buf_span(&bytes), refusal);
	close(fd);
	buf_free(&bytes);
	return good;
}

static bool
is_folder(int folder, const char *name)
{
	struct stat st;

	return fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISDIR(st.st_mode);
}

/* looks_right - is that folder a Maildir, and not one within another? */
static bool
looks_right(const struct maildir *m, int folder,
    struct quota_refusal *refusal)
{
	struct stat st;

	if (fstatat(folder, "maildirfolder", &st, AT_SYMLINK_NOFOLLOW) == 0)
		return maildir_refuse(refusal, CAUSE_USAGE_OPTION, "it is a "
		    "folder within a Maildir, which keeps the quota: name "
		    "that with --maildir");
	if (is_folder(folder, "cur") && is_folder(folder, "new"))
		return true;
	if (errno == EACCES)
		return maildir_refuse_errno(refusal, AT_FDCWD, m->place,
		    EACCES);
	return maildir_refuse(refusal, CAUSE_USAGE_OPTION, "it is no Maildir, "
	    "for it lacks cur or new: name another with --maildir");
}

/* limit_at_least - is the quota known, though the sums make no sense? then a recount does without them */
static bool
limit_at_least(const struct maildir *m)
{
	return m->recount && m->there && m->said.defined &&
	    m->said.wrong != 1;
}

static bool
ask(struct maildir *m, int folder, struct quota_refusal *refusal)
{
	if (!looks_right(m, folder, refusal))
		return false;
	m->sums = read_file(m, folder, refusal) && m->there;
	if (!m->sums && m->there && !limit_at_least(m))
		return false;
	buf_clear(&refusal->why);
	if (m->recount)
		return maildir_count(m, folder, refusal);
	return m->there || maildir_refuse(refusal, CAUSE_QUOTA_UNSUPPORTED,
	    "it has no %s: its server keeps no quota there; give the Maildir "
	    "one, or ask the server with another --backend", file_name);
}

bool
maildir_ask(struct maildir *m, struct quota_refusal *refusal)
{
	bool good;
	int folder;

	if (!maildir_place(m, refusal))
		return false;
	folder = open(m->place, O_SEARCHED | O_DIRECTORY | O_CLOEXEC);
	if (folder < 0)
		return maildir_refuse_errno(refusal, AT_FDCWD, m->place,
		    errno);
	good = ask(m, folder, refusal);
	close(folder);
	return good;
}
