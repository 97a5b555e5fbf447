/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * state_folder - the one folder in which this user's state files are
 *
 * Other users may be able to write beside it (/var/tmp), so it is opened
 * without following a link and checked on the descriptor.
 */
#define _GNU_SOURCE
#include "world/state_folder.h"

#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"

#define STATE_FOLDER "monitoring-plugins-mail"

enum {
	STATE_SHOWN_MAX = 256	/* bytes of a path that a sentence shows */
};

/* where the folder may be, in the order in which they are asked */
enum place { PLACE_OPTION, PLACE_SERVICE, PLACE_XDG, PLACE_HOME, PLACE_TMP };

bool
state_folder_complain(struct buf *why, const struct state_folder *folder,
    const char *name, const char *what, int error)
{
	text_clean(why, span_of(folder->path), STATE_SHOWN_MAX);
	if (name != NULL)
		buf_fmt(why, "/%s", name);
	buf_fmt(why, " %s", what);
	if (error != 0)
		buf_fmt(why, ": %s", strerror(error));
	return false;
}

/* absolute - a variable that holds an absolute path, else NULL */
static const char *
absolute(const char *variable)
{
	const char	*value = getenv(variable);

	return value != NULL && *value == '/' ? value : NULL;
}

/*
 * find - the path of this place; how many of its last components may be made,
 * 0 if there is no such place
 */
static int
find(enum place place, const char *option, char path[STATE_PATH_MAX])
{
	const char	*dir = "/var/tmp/" STATE_FOLDER, *below = "";
	char		 user[32] = "";
	int		 levels = 1, len;

	if (place == PLACE_OPTION) {
		dir = option;
	} else if (place == PLACE_SERVICE) {
		dir = absolute("STATE_DIRECTORY");
	} else if (place == PLACE_XDG) {
		dir = absolute("XDG_STATE_HOME");
		below = "/" STATE_FOLDER;
		levels = 2;
	} else if (place == PLACE_HOME) {
		dir = absolute("HOME");
		below = "/.local/state/" STATE_FOLDER;
		levels = 3;
	} else
		(void)snprintf(user, sizeof(user), "-%lu",
		    (unsigned long)geteuid());
	if (dir == NULL || *dir == '\0' || strlen(dir) >= STATE_PATH_MAX)
		return 0;
	/* systemd lists several, with colons */
	len = (int)(place == PLACE_SERVICE ? strcspn(dir, ":") : strlen(dir));
	/* behind a slash O_NOFOLLOW would follow */
	while (len > 1 && dir[len - 1] == '/')
		len--;
	if (snprintf(path, STATE_PATH_MAX, "%.*s%s%s", len, dir, below,
	    user) >= STATE_PATH_MAX)
		return 0;
	return levels;
}

/* make - the last components of the path; what the last mkdir() said, or 0 */
static int
make(char *path, int levels)
{
	char	*slash = strrchr(path, '/');

	if (levels > 1 && slash != NULL && slash != path) {
		*slash = '\0';
		(void)make(path, levels - 1);
		*slash = '/';
	}
	return mkdir(path, S_IRWXU) == 0 || errno == EEXIST ? 0 : errno;
}

static bool
is_ours(const struct state_folder *folder, struct buf *why)
{
	struct stat	st;

	if (fstat(folder->fd, &st) != 0)
		return state_folder_complain(why, folder, NULL,
		    "cannot be used", errno);
	if (st.st_uid != geteuid())
		return state_folder_complain(why, folder, NULL,
		    "belongs to another user: give a folder of this user with "
		    "--state-dir", 0);
	if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
		return state_folder_complain(why, folder, NULL,
		    "is open to other users: chmod 0700 it "
		    "(StateDirectoryMode=0700)", 0);
	return true;
}

/* open_place - NONE when nothing is there, with folder->error */
static enum state_open
open_place(struct state_folder *folder, int levels, bool create,
    struct buf *why)
{
	struct stat	st;

	folder->error = create ? make(folder->path, levels) : 0;
	folder->fd = open(folder->path,
	    O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (folder->fd >= 0) {
		if (is_ours(folder, why))
			return STATE_OPEN_DONE;
		close(folder->fd);
		return STATE_OPEN_BAD;
	}
	if (folder->error == 0)
		folder->error = errno;
	if (lstat(folder->path, &st) != 0)
		return STATE_OPEN_NONE;
	if (S_ISDIR(st.st_mode))
		state_folder_complain(why, folder, NULL, "cannot be opened",
		    folder->error);
	else
		state_folder_complain(why, folder, NULL, "is no folder", 0);
	return STATE_OPEN_BAD;
}

enum state_open
state_folder_open(const char *option, bool create,
    struct state_folder *folder, struct buf *why)
{
	enum state_open	opened;
	int		place, levels;

	for (place = PLACE_OPTION; place <= PLACE_TMP; place++) {
		levels = find((enum place)place, option, folder->path);
		if (levels == 0)
			continue;
		opened = open_place(folder, levels, create, why);
		if (opened != STATE_OPEN_NONE)
			return opened;
		if (place == PLACE_XDG || place == PLACE_HOME)
			continue;
		if (!create && folder->error == ENOENT)
			return STATE_OPEN_NONE;
		break;
	}
	state_folder_complain(why, folder, NULL, create ? "cannot be made" :
	    "cannot be opened", folder->error);
	return STATE_OPEN_BAD;
}
