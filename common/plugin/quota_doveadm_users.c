/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_users - whom a server is to tell of
 */
#include <stdlib.h>
#include <string.h>

#include "plugin/quota_doveadm.h"
#include "report/room.h"

bool
doveadm_users_add(struct doveadm_users *users, struct span name)
{
	struct doveadm_user *rows;
	char *copy;

	if (users->n == DOVEADM_USERS_MAX)
		return false;
	rows = room_for_one(users->rows, users->n, sizeof(*rows));
	copy = malloc(name.len + 1);
	if (rows != NULL)
		users->rows = rows;
	if (rows == NULL || copy == NULL) {
		free(copy);
		users->nomem = true;
		return false;
	}
	memcpy(copy, name.p, name.len);
	copy[name.len] = '\0';
	users->rows[users->n++] = (struct doveadm_user){ .name = copy };
	return true;
}

static int
compare(const void *one, const void *two)
{
	const struct doveadm_user *a = one, *b = two;

	return strcmp(a->name, b->name);
}

void
doveadm_users_sort(struct doveadm_users *users)
{
	if (users->n > 1)
		qsort(users->rows, users->n, sizeof(users->rows[0]), compare);
}

static int
compare_name(const void *name, const void *user)
{
	const struct span *wanted = name;
	const struct doveadm_user *u = user;
	int order = strncmp(wanted->p, u->name, wanted->len);

	return order != 0 || u->name[wanted->len] == '\0' ? order : -1;
}

struct doveadm_user *
doveadm_users_find(struct doveadm_users *users, struct span name)
{
	if (users->n == 0 || name.len == 0)
		return NULL;
	return bsearch(&name, users->rows, users->n, sizeof(users->rows[0]),
	    compare_name);
}

void
doveadm_users_free(struct doveadm_users *users)
{
	size_t i;

	for (i = 0; i < users->n; i++)
		free(users->rows[i].name);
	free(users->rows);
	memset(users, 0, sizeof(*users));
}
