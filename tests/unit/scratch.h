/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scratch - a folder for one test, under $TMPDIR or where the test runs
 *
 * For tests of what touches the file system.  The including file defines
 * _GNU_SOURCE and includes cmocka.h before.
 */
#ifndef UNIT_SCRATCH_H
#define UNIT_SCRATCH_H

#include <sys/stat.h>

#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	SCRATCH_MAX = 1024
};

/* scratch_path - "DIR/NAME" in the array, which is returned */
static inline const char *
scratch_path(char path[PATH_MAX], const char *dir, const char *name)
{
	assert_true(snprintf(path, PATH_MAX, "%s/%s", dir, name) < PATH_MAX);
	return path;
}

/* scratch_new - an empty folder of mode 0700, by an absolute path */
static inline void
scratch_new(char dir[SCRATCH_MAX])
{
	char		 here[SCRATCH_MAX - 32];
	const char	*base = getenv("TMPDIR");

	if (base == NULL || *base != '/' || strlen(base) >= sizeof(here)) {
		assert_non_null(getcwd(here, sizeof(here)));
		base = here;
	}
	assert_true(snprintf(dir, SCRATCH_MAX, "%s/unit-XXXXXX", base) <
	    SCRATCH_MAX);
	assert_non_null(mkdtemp(dir));
}

static inline int
scratch_unlink(const char *path, const struct stat *st, int flag,
    struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

/* scratch_free - the folder and all below it */
static inline void
scratch_free(const char *dir)
{
	assert_int_equal(nftw(dir, scratch_unlink, 8, FTW_DEPTH | FTW_PHYS),
	    0);
}

/* scratch_file - write a file and give it just this mode */
static inline void
scratch_file(const char *path, const void *bytes, size_t len, mode_t mode)
{
	int	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, len), (ssize_t)len);
	assert_int_equal(fchmod(fd, mode), 0);
	close(fd);
}

#endif
