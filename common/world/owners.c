/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * owners - users, groups and projects of this host, by name and number
 */
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "world/owners.h"

enum {
	ENTRY_MAX = 64 * 1024,	/* bytes of a row of passwd or group */
	PROJECTS_MAX = 65536	/* lines of /etc/projid that are looked at */
};

/* find_user - by name, or by number where that is NULL; the strings are in `bytes` */
static bool
find_user(const char *name, uid_t uid, struct passwd *row, char *bytes)
{
	struct passwd *found = NULL;
	int error;

	do {
		error = name != NULL ?
		    getpwnam_r(name, row, bytes, ENTRY_MAX, &found) :
		    getpwuid_r(uid, row, bytes, ENTRY_MAX, &found);
	} while (error == EINTR);
	return error == 0 && found != NULL;
}

void
owners_user(uid_t uid, char name[OWNERS_MAX])
{
	char *bytes = malloc(ENTRY_MAX);
	struct passwd row;
	struct buf clean;

	buf_init(&clean, OWNERS_MAX);
	if (bytes != NULL && find_user(NULL, uid, &row, bytes))
		text_clean(&clean, span_of(row.pw_name), OWNERS_MAX - 8);
	if (clean.len == 0)
		(void)buf_fmt(&clean, "user %lu", (unsigned long)uid);
	(void)span_copy(buf_span(&clean), name, OWNERS_MAX);
	buf_free(&clean);
	free(bytes);
}

bool
owners_home(const char *user, struct buf *out)
{
	char *bytes = malloc(ENTRY_MAX);
	struct passwd row;
	bool known;

	known = bytes != NULL && find_user(user, geteuid(), &row, bytes) &&
	    row.pw_dir != NULL && row.pw_dir[0] == '/' &&
	    buf_str(out, row.pw_dir);
	free(bytes);
	return known;
}

bool
owners_user_id(const char *name, uint32_t *id)
{
	char *bytes = malloc(ENTRY_MAX);
	struct passwd row;
	bool known = bytes != NULL && find_user(name, 0, &row, bytes);

	if (known)
		*id = (uint32_t)row.pw_uid;
	free(bytes);
	return known;
}

bool
owners_group_id(const char *name, uint32_t *id)
{
	char *bytes = malloc(ENTRY_MAX);
	struct group row, *found = NULL;
	int error = ENOMEM;

	while (bytes != NULL && (error = getgrnam_r(name, &row, bytes,
	    ENTRY_MAX, &found)) == EINTR)
		continue;
	if (error == 0 && found != NULL)
		*id = (uint32_t)row.gr_gid;
	free(bytes);
	return error == 0 && found != NULL;
}

/* project_of - is that line the one of this name? */
static bool
project_of(struct span line, const char *name, uint32_t *id)
{
	size_t len = strlen(name);
	uint64_t n;

	line = span_trim(line);
	if (line.len <= len || memcmp(line.p, name, len) != 0 ||
	    line.p[len] != ':')
		return false;
	line.p += len + 1;
	line.len -= len + 1;
	if (!number_uint(line, UINT32_MAX, &n))
		return false;
	*id = (uint32_t)n;
	return true;
}

bool
owners_project_id(const char *name, uint32_t *id)
{
	FILE *file = fopen("/etc/projid", "re");
	bool known = false;
	char line[512];
	int n;

	for (n = 0; file != NULL && !known && n < PROJECTS_MAX &&
	    fgets(line, sizeof(line), file) != NULL; n++)
		known = project_of(span_of(line), name, id);
	if (file != NULL)
		(void)fclose(file);
	return known;
}
