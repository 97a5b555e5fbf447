/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_dir - small files that outlive a run
 *
 * All that is done in the folder starts from its checked descriptor.  Readers
 * need no lock: a file is only ever replaced whole.
 */
#define _GNU_SOURCE
#include "world/state_dir.h"

#include <sys/file.h>
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "world/state_folder.h"

#define STATE_LOCK ".lock"

enum {
	STATE_NAME_MAX = 200,	/* leaves room for the dot of the new file */
	STATE_STEP = 4096,
	STATE_LOCK_TRIES = 100,	/* of STATE_LOCK_PAUSE: a second in all */
	STATE_LOCK_PAUSE = 10	/* milliseconds */
};

static bool
is_name(const char *name)
{
	return *name != '\0' && *name != '.' && strchr(name, '/') == NULL &&
	    strlen(name) <= STATE_NAME_MAX;
}

/* read_file - false when it is not what state_save() writes */
static bool
read_file(int fd, struct buf *out)
{
	struct stat	st;
	char		chunk[STATE_STEP];
	size_t		left = STATE_FILE_MAX;
	ssize_t		n;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) ||
	    st.st_uid != geteuid() || (st.st_mode & (S_IWGRP | S_IWOTH)) != 0 ||
	    st.st_size > STATE_FILE_MAX)
		return false;
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || (size_t)n > left)
			return false;
		left -= (size_t)n;
		if (!buf_add(out, chunk, (size_t)n))
			return false;
	}
	return true;
}

/* read_named - the file of that name in the folder */
static enum state_read
read_named(const struct state_folder *folder, const char *name,
    struct buf *out, struct buf *why)
{
	bool	done = false;
	int	fd, error;

	fd = openat(folder->fd, name,
	    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	error = errno;
	if (fd >= 0) {
		done = read_file(fd, out);
		if (!done)
			state_folder_complain(why, folder, name,
			    "is no state file of this user, or damaged: "
			    "remove it", 0);
		close(fd);
	} else if (error != ENOENT)
		state_folder_complain(why, folder, name, "cannot be opened",
		    error);
	if (fd < 0 && error == ENOENT)
		return STATE_READ_NONE;
	return done ? STATE_READ_DONE : STATE_READ_BROKEN;
}

enum state_read
state_load(const char *dir_option, const char *name, struct buf *out,
    struct buf *why)
{
	struct state_folder	folder;
	enum state_open	opened;
	enum state_read	read;

	if (!is_name(name))
		return STATE_READ_NONE;
	opened = state_folder_open(dir_option, false, &folder, why);
	if (opened != STATE_OPEN_DONE)
		return opened == STATE_OPEN_NONE ? STATE_READ_NONE :
		    STATE_READ_BROKEN;
	read = read_named(&folder, name, out, why);
	close(folder.fd);
	return read;
}

/* lock - the descriptor that holds it, -1 with a sentence in `why` */
static int
lock(const struct state_folder *folder, struct buf *why)
{
	int	fd, tries, error = 0;

	fd = openat(folder->fd, STATE_LOCK,
	    O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
	if (fd < 0) {
		state_folder_complain(why, folder, STATE_LOCK,
		    "cannot be opened", errno);
		return -1;
	}
	for (tries = 0; tries < STATE_LOCK_TRIES; tries++) {
		if (flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		error = errno;
		if (error != EWOULDBLOCK && error != EINTR)
			break;
		(void)poll(NULL, 0, STATE_LOCK_PAUSE);
	}
	if (error == EWOULDBLOCK)
		state_folder_complain(why, folder, STATE_LOCK,
		    "is held by another run", 0);
	else
		state_folder_complain(why, folder, STATE_LOCK,
		    "cannot be locked", error);
	close(fd);
	return -1;
}

static int
write_file(int fd, struct span content)
{
	ssize_t	n;

	while (content.len > 0) {
		n = write(fd, content.p, content.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno;
		content.p += n;
		content.len -= (size_t)n;
	}
	return fsync(fd) == 0 ? 0 : errno;
}

static bool
replace(const struct state_folder *folder, const char *name,
    struct span content, struct buf *why)
{
	char	fresh[STATE_NAME_MAX + 2];
	int	fd, error;

	(void)snprintf(fresh, sizeof(fresh), ".%s", name);
	/* what a run that was killed has left */
	(void)unlinkat(folder->fd, fresh, 0);
	fd = openat(folder->fd, fresh,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
	    S_IRUSR | S_IWUSR);
	if (fd < 0)
		return state_folder_complain(why, folder, fresh,
		    "cannot be made", errno);
	error = write_file(fd, content);
	if (close(fd) != 0 && error == 0)
		error = errno;
	if (error == 0 && renameat(folder->fd, fresh, folder->fd, name) != 0)
		error = errno;
	if (error == 0)
		return true;
	(void)unlinkat(folder->fd, fresh, 0);
	return state_folder_complain(why, folder, name, "cannot be written",
	    error);
}

/* open_locked - the folder, made if need be, and the descriptor that holds its lock; -1 with a sentence in `why` and nothing open */
static int
open_locked(const char *dir_option, struct state_folder *folder,
    struct buf *why)
{
	int	held;

	if (state_folder_open(dir_option, true, folder, why) !=
	    STATE_OPEN_DONE)
		return -1;
	held = lock(folder, why);
	if (held < 0)
		close(folder->fd);
	return held;
}

bool
state_save(const char *dir_option, const char *name, struct span content,
    struct buf *why)
{
	struct state_folder	folder;
	bool		done;
	int		held;

	if (!is_name(name) || content.len > STATE_FILE_MAX) {
		buf_str(why, "too much to remember, or under no proper name");
		return false;
	}
	held = open_locked(dir_option, &folder, why);
	if (held < 0)
		return false;
	done = replace(&folder, name, content, why);
	close(held);
	close(folder.fd);
	return done;
}

/* change - the file as it is goes in, and what comes out takes its place */
static bool
change(const struct state_folder *folder, const char *name,
    const struct state_change *how, struct buf *why)
{
	enum state_read	read;
	struct buf	old, fresh, failed;
	bool		done;

	buf_init(&old, STATE_FILE_MAX);
	buf_init(&fresh, STATE_FILE_MAX);
	buf_init(&failed, why->cap);
	read = read_named(folder, name, &old, why);
	how->make(how->arg, read, buf_span(&old), &fresh);
	done = !fresh.nomem && !fresh.overflow;
	if (!done)
		buf_str(&failed, "no memory, or too much to remember");
	else
		done = replace(folder, name, buf_span(&fresh), &failed);
	if (!done) {
		buf_clear(why);
		buf_span_add(why, buf_span(&failed));
	}
	buf_free(&old);
	buf_free(&fresh);
	buf_free(&failed);
	return done;
}

bool
state_change(const char *dir_option, const char *name,
    const struct state_change *how, struct buf *why)
{
	struct state_folder	folder;
	bool		done;
	int		held;

	if (!is_name(name)) {
		buf_str(why, "nothing is remembered under such a name");
		return false;
	}
	held = open_locked(dir_option, &folder, why);
	if (held < 0)
		return false;
	done = change(&folder, name, how, why);
	close(held);
	close(folder.fd);
	return done;
}

void
state_remove(const char *dir_option, const char *name)
{
	struct state_folder	folder;
	struct buf	unheard;

	if (!is_name(name))
		return;
	buf_init(&unheard, 0);
	if (state_folder_open(dir_option, false, &folder, &unheard) ==
	    STATE_OPEN_DONE) {
		(void)unlinkat(folder.fd, name, 0);
		close(folder.fd);
	}
	buf_free(&unheard);
}
