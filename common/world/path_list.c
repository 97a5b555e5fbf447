/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path_list - the files that a path, a folder or a pattern stands for
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dirent.h>
#include <errno.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "world/path_list.h"

enum { FIRST_ROWS = 16 };

static bool
known(const struct path_list *list, const char *path, enum path_kind kind)
{
	bool folder = kind == PATH_FOLDER;
	size_t i;

	for (i = 0; i < list->n; i++)
		if ((list->rows[i].kind == PATH_FOLDER) == folder &&
		    strcmp(list->rows[i].path, path) == 0)
			return true;
	return false;
}

static bool
room(struct path_list *list)
{
	size_t size = list->size == 0 ? FIRST_ROWS : 2 * list->size;
	struct path_row *grown;

	if (list->n < list->size)
		return true;
	grown = realloc(list->rows, size * sizeof(*grown));
	if (grown == NULL)
		return false;
	list->rows = grown;
	list->size = size;
	return true;
}

/* add - takes the path over; false when it was not taken */
static bool
add(struct path_list *list, char *path, enum path_kind kind)
{
	if (path == NULL || !room(list))
		list->nomem = true;
	else if (list->n == PATHS_MAX)
		list->full = true;
	else if (!known(list, path, kind)) {
		list->rows[list->n++] = (struct path_row){ path, kind, 0 };
		return true;
	}
	free(path);
	return false;
}

/* join - the path of a file in a folder; NULL without memory */
static char *
join(const char *folder, const char *name)
{
	size_t len = strlen(folder), size = strlen(name) + 1;
	char *path;

	while (len > 1 && folder[len - 1] == '/')
		len--;
	path = malloc(len + 1 + size);
	if (path == NULL)
		return NULL;
	memcpy(path, folder, len);
	if (path[len - 1] != '/')
		path[len++] = '/';
	memcpy(path + len, name, size);
	return path;
}

/* is_for_us - see the header */
static bool
is_for_us(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0 ||
	    access(path, R_OK) == 0);
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct path_row *)a)->path,
	    ((const struct path_row *)b)->path);
}

static void
add_folder(struct path_list *list, const char *folder)
{
	struct dirent *entry;
	size_t first;
	char *path;
	DIR *dir;

	if (!add(list, strdup(folder), PATH_FOLDER))
		return;
	first = list->n;
	dir = opendir(folder);
	if (dir == NULL) {
		list->rows[first - 1].error = errno;
		return;
	}
	while (!list->full && !list->nomem && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		path = join(folder, entry->d_name);
		if (path == NULL || is_for_us(path))
			(void)add(list, path, PATH_WITHIN);
		else
			free(path);
	}
	(void)closedir(dir);
	qsort(list->rows + first, list->n - first, sizeof(*list->rows),
	    by_path);
}

static void
add_one(struct path_list *list, const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		add_folder(list, path);
	else
		(void)add(list, strdup(path), PATH_NAMED);
}

static void
add_pattern(struct path_list *list, const char *pattern)
{
	glob_t found;
	size_t i;
	int end = glob(pattern, 0, NULL, &found);

	if (end == GLOB_NOSPACE)
		list->nomem = true;
	else if (end != 0)
		(void)add(list, strdup(pattern), PATH_NO_MATCH);
	for (i = 0; end == 0 && i < found.gl_pathc && !list->full; i++)
		add_one(list, found.gl_pathv[i]);
	globfree(&found);
}

void
path_list_add(struct path_list *list, const char *what)
{
	struct stat st;

	/* a file may have the name of a pattern */
	if (strpbrk(what, "*?[") != NULL && lstat(what, &st) != 0)
		add_pattern(list, what);
	else
		add_one(list, what);
}

void
path_list_free(struct path_list *list)
{
	size_t i;

	for (i = 0; i < list->n; i++)
		free(list->rows[i].path);
	free(list->rows);
	*list = (struct path_list){ .rows = NULL };
}
