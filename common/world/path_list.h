/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * path_list - the files that a path, a folder or a pattern stands for
 *
 * A folder stands for the regular files in it, by name, and not for those in
 * folders below it; symbolic links are followed.  Left out are hidden files,
 * and those that nobody but their owner may read, as is right for a key, where
 * we are somebody else.  A pattern (glob(7)) stands for all that matches it as
 * if each had been given.
 */
#ifndef WORLD_PATH_LIST_H
#define WORLD_PATH_LIST_H

#include <stdbool.h>
#include <stddef.h>

enum { PATHS_MAX = 4096 };	/* of one list */

enum path_kind {
	PATH_NAMED,	/* somebody asked for it, whether it is there or not */
	PATH_FOLDER,	/* the rows behind it, up to the next of another kind, are those in it */
	PATH_WITHIN,
	PATH_NO_MATCH	/* a pattern that nothing matches */
};

struct path_row {
	char		*path;
	enum path_kind	 kind;
	int		 error;	/* of a folder that cannot be read; 0 */
};

struct path_list {
	struct path_row	*rows;
	size_t		 n, size;
	bool		 full;	/* there are more */
	bool		 nomem;
};

/* path_list_add - what it stands for, without files that are there already; the list begins as all zero */
void	path_list_add(struct path_list *, const char *what);
void	path_list_free(struct path_list *);

#endif
