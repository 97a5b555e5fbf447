/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owners - users, groups and projects of this host, by name and number
 *
 * What answers may be a directory server: ask where one may wait.
 */
#ifndef WORLD_OWNERS_H
#define WORLD_OWNERS_H

#include <sys/types.h>

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { OWNERS_MAX = 64 };	/* bytes of a name that sentences show, with its NUL */

/* owners_user - the name of that user, or its number where it has none */
void	owners_user(uid_t, char name[OWNERS_MAX]);
/* owners_home - of the user of that name, NULL who runs this; false where there is none */
bool	owners_home(const char *user, struct buf *);
/* owners_user_id, owners_group_id - the number of that name; false where there is none */
bool	owners_user_id(const char *name, uint32_t *);
bool	owners_group_id(const char *name, uint32_t *);
/* owners_project_id - of /etc/projid, lines of name:number */
bool	owners_project_id(const char *name, uint32_t *);

#endif
