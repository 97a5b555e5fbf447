/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_path_list - what paths, folders and patterns stand for
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>

#include "scratch.h"
#include "world/path_list.h"

static char dir[SCRATCH_MAX];

static int
make(void **state)
{
	static const char *const files[] = { "b.pem", "a.pem", ".hidden",
		"[x].pem", "below/c.pem" };
	char path[PATH_MAX];
	size_t i;

	(void)state;
	scratch_new(dir);
	assert_int_equal(mkdir(scratch_path(path, dir, "below"), 0700), 0);
	assert_int_equal(mkdir(scratch_path(path, dir, "empty"), 0700), 0);
	assert_int_equal(mkfifo(scratch_path(path, dir, "pipe"), 0600), 0);
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		scratch_file(scratch_path(path, dir, files[i]), "x", 1, 0644);
	assert_int_equal(symlink("below/c.pem",
	    scratch_path(path, dir, "link")), 0);
	assert_int_equal(symlink("nowhere",
	    scratch_path(path, dir, "lost")), 0);
	return 0;
}

static int
unmake(void **state)
{
	(void)state;
	scratch_free(dir);
	return 0;
}

/* is - the list as "kind name" without the scratch folder, and freed */
static void
is(struct path_list *list, const char *want)
{
	static const char *const kinds[] = { "named", "folder", "within",
		"nothing" };
	char told[4096] = "";
	size_t i, len = 0;

	for (i = 0; i < list->n; i++)
		len += (size_t)snprintf(told + len, sizeof(told) - len,
		    "%s %s\n", kinds[list->rows[i].kind],
		    list->rows[i].path + strlen(dir));
	assert_string_equal(told, want);
	assert_false(list->nomem);
	path_list_free(list);
}

static void
add(struct path_list *list, const char *what)
{
	char path[PATH_MAX];

	path_list_add(list, scratch_path(path, dir, what));
}

static void
names_are_taken_as_they_are(void **state)
{
	struct path_list list = { .rows = NULL };

	(void)state;
	add(&list, "b.pem");
	add(&list, "absent");
	add(&list, "pipe");
	add(&list, "[x].pem");
	add(&list, "b.pem");
	is(&list, "named /b.pem\nnamed /absent\nnamed /pipe\n"
	    "named /[x].pem\n");
}

static void
folders_hold_files(void **state)
{
	struct path_list list = { .rows = NULL };

	(void)state;
	add(&list, "");
	add(&list, "empty");
	is(&list, "folder /\nwithin /[x].pem\nwithin /a.pem\nwithin /b.pem\n"
	    "within /link\nfolder /empty\n");
}

static void
patterns_match(void **state)
{
	struct path_list list = { .rows = NULL };

	(void)state;
	add(&list, "?.pem");
	add(&list, "no*");
	add(&list, "bel*");
	add(&list, "a*");
	is(&list, "named /a.pem\nnamed /b.pem\nnothing /no*\n"
	    "folder /below\nwithin /below/c.pem\n");
}

static void
the_list_is_capped(void **state)
{
	struct path_list list = { .rows = NULL };
	char name[32];
	int i;

	(void)state;
	for (i = 0; i < PATHS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "n%d", i);
		path_list_add(&list, name);
	}
	assert_false(list.full);
	path_list_add(&list, "one more");
	assert_true(list.full);
	assert_int_equal(list.n, PATHS_MAX);
	path_list_free(&list);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_taken_as_they_are),
		cmocka_unit_test(folders_hold_files),
		cmocka_unit_test(patterns_match),
		cmocka_unit_test(the_list_is_capped)
	};

	return cmocka_run_group_tests(tests, make, unmake);
}
