/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * module_files - the built modules, put where the loader accepts them
 *
 * $TEST_MODULE_DIR holds NAME.so of each.  Build folders may be writable for a
 * group, which the loader refuses, so tests load copies of their own.
 */
#ifndef UNIT_MODULE_FILES_H
#define UNIT_MODULE_FILES_H

#include "scratch.h"

/* module_copy - $TEST_MODULE_DIR/FROM.so becomes DIR/TO.so with this mode */
static inline void
module_copy(const char *dir, const char *from, const char *to, mode_t mode)
{
	const char	*built = getenv("TEST_MODULE_DIR");
	char		 path[PATH_MAX], chunk[65536];
	int		 in, out;
	ssize_t		 n;

	assert_non_null(built);
	assert_true(snprintf(path, sizeof(path), "%s/%s.so", built, from) <
	    (int)sizeof(path));
	in = open(path, O_RDONLY);
	assert_true(in >= 0);
	assert_true(snprintf(path, sizeof(path), "%s/%s.so", dir, to) <
	    (int)sizeof(path));
	out = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	assert_true(out >= 0);
	while ((n = read(in, chunk, sizeof(chunk))) > 0)
		assert_int_equal(write(out, chunk, (size_t)n), n);
	assert_int_equal(n, 0);
	assert_int_equal(fchmod(out, mode), 0);
	close(in);
	close(out);
}

#endif
