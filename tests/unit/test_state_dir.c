/* SPDX-License-Identifier: GPL-3.0-or-later */
/* state_dir - where state files go, and whose are believed */
#define _GNU_SOURCE
#include <sys/file.h>
#include <sys/stat.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "world/state_dir.h"

enum {
	NOBODY = 65534
};

static void
clear_env(void)
{
	unsetenv("STATE_DIRECTORY");
	unsetenv("XDG_STATE_HOME");
	unsetenv("HOME");
}

/* expect_load - what reading gives, and what it says */
static void
expect_load(const char *option, const char *name, enum state_read want,
    const char *content, const char *why)
{
	struct buf	out, said;

	buf_init(&out, STATE_FILE_MAX);
	buf_init(&said, 4096);
	assert_int_equal(state_load(option, name, &out, &said), want);
	if (content != NULL)
		assert_string_equal(buf_cstr(&out), content);
	if (why == NULL)
		assert_string_equal(buf_cstr(&said), "");
	else
		assert_non_null(strstr(buf_cstr(&said), why));
	buf_free(&out);
	buf_free(&said);
}

static void
expect_save(const char *option, const char *name, const char *content,
    const char *why)
{
	struct buf	said;

	buf_init(&said, 4096);
	assert_int_equal(state_save(option, name, span_of(content), &said),
	    why == NULL);
	if (why == NULL)
		assert_string_equal(buf_cstr(&said), "");
	else
		assert_non_null(strstr(buf_cstr(&said), why));
	buf_free(&said);
}

static mode_t
mode_of(const char *path)
{
	struct stat	st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static void
what_is_saved_is_loaded(void **state)
{
	char	dir[SCRATCH_MAX], folder[PATH_MAX], path[PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	scratch_path(folder, dir, "state");
	scratch_path(path, folder, "a");
	/* reading and forgetting make nothing */
	expect_load(folder, "a", STATE_READ_NONE, "", NULL);
	state_remove(folder, "a");
	assert_int_not_equal(access(folder, F_OK), 0);
	expect_save(folder, "a", "one", NULL);
	assert_int_equal(mode_of(folder), 0700);
	assert_int_equal(mode_of(path), 0600);
	expect_load(folder, "a", STATE_READ_DONE, "one", NULL);
	expect_load(folder, "b", STATE_READ_NONE, "", NULL);
	expect_save(folder, "a", "", NULL);
	expect_load(folder, "a", STATE_READ_DONE, "", NULL);
	/* a killed run's half-written file is in nobody's way */
	scratch_file(scratch_path(path, folder, ".a"), "ha", 2, 0600);
	expect_save(folder, "a", "two", NULL);
	expect_load(folder, "a", STATE_READ_DONE, "two", NULL);
	assert_int_not_equal(access(path, F_OK), 0);
	state_remove(folder, "a");
	expect_load(folder, "a", STATE_READ_NONE, "", NULL);
	state_remove(folder, "a");
	scratch_free(dir);
}

static void
names_stay_in_the_folder(void **state)
{
	static const char *const names[] = { "", ".", "..", ".lock", "a/b",
		"../a" };
	char	dir[SCRATCH_MAX];
	size_t	i;

	(void)state;
	clear_env();
	scratch_new(dir);
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		expect_save(dir, names[i], "x", "no proper name");
		expect_load(dir, names[i], STATE_READ_NONE, "", NULL);
	}
	/* empty, so nothing was written into it */
	assert_int_equal(rmdir(dir), 0);
}

static void
folders_of_others_are_refused(void **state)
{
	char	dir[SCRATCH_MAX], folder[PATH_MAX], link[PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	scratch_path(folder, dir, "state");
	expect_save(folder, "a", "one", NULL);
	assert_int_equal(chmod(folder, 0750), 0);
	expect_save(folder, "a", "two", "/state is open to other users");
	expect_load(folder, "a", STATE_READ_BROKEN, "", "chmod 0700 it");
	assert_int_equal(chmod(folder, 0700), 0);
	assert_int_equal(symlink(folder, scratch_path(link, dir, "link")), 0);
	expect_save(link, "a", "two", "/link is no folder");
	expect_load(link, "a", STATE_READ_BROKEN, "", "/link is no folder");
	scratch_path(link, dir, "link/");
	expect_load(link, "a", STATE_READ_BROKEN, "", "/link is no folder");
	scratch_path(link, dir, "link/.");
	expect_load(link, "a", STATE_READ_DONE, "one", NULL);
	if (geteuid() == 0) {
		assert_int_equal(chown(folder, NOBODY, NOBODY), 0);
		expect_save(folder, "a", "two", "belongs to another user");
		expect_load(folder, "a", STATE_READ_BROKEN, "",
		    "belongs to another user");
	}
	scratch_free(dir);
}

static void
only_the_last_part_of_the_option_is_made(void **state)
{
	char	dir[SCRATCH_MAX], folder[PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	scratch_path(folder, dir, "typo/state");
	expect_save(folder, "a", "x", "/typo/state cannot be made: No such");
	assert_int_equal(rmdir(dir), 0);
	expect_save("/dev/null/state", "a", "x",
	    "/dev/null/state cannot be made: Not a directory");
	expect_load("/dev/null/state", "a", STATE_READ_BROKEN, "",
	    "cannot be opened: Not a directory");
	expect_save("/dev/null", "a", "x", "/dev/null is no folder");
}

static void
damaged_files_are_broken(void **state)
{
	char	dir[SCRATCH_MAX], path[PATH_MAX], other[PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	scratch_path(path, dir, "a");
	scratch_file(path, "x", 1, 0600);
	expect_load(dir, "a", STATE_READ_DONE, "x", NULL);
	assert_int_equal(chmod(path, 0620), 0);
	expect_load(dir, "a", STATE_READ_BROKEN, NULL, "/a is no state file");
	assert_int_equal(chmod(path, 0600), 0);
	assert_int_equal(truncate(path, STATE_FILE_MAX + 1), 0);
	expect_load(dir, "a", STATE_READ_BROKEN, NULL, "remove it");
	if (geteuid() == 0) {
		assert_int_equal(truncate(path, 1), 0);
		assert_int_equal(chown(path, NOBODY, NOBODY), 0);
		expect_load(dir, "a", STATE_READ_BROKEN, NULL, "remove it");
	}
	assert_int_equal(rename(path, scratch_path(other, dir, "b")), 0);
	assert_int_equal(symlink(other, path), 0);
	expect_load(dir, "a", STATE_READ_BROKEN, NULL, "cannot be opened");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkfifo(path, 0600), 0);
	expect_load(dir, "a", STATE_READ_BROKEN, NULL, "remove it");
	/* whatever lay there is replaced */
	expect_save(dir, "a", "y", NULL);
	expect_load(dir, "a", STATE_READ_DONE, "y", NULL);
	scratch_free(dir);
}

static void
what_does_not_fit_the_reader_is_broken(void **state)
{
	char		dir[SCRATCH_MAX];
	struct buf	out, said;

	(void)state;
	clear_env();
	scratch_new(dir);
	expect_save(dir, "a", "12345", NULL);
	buf_init(&out, 4);
	buf_init(&said, 4096);
	assert_int_equal(state_load(dir, "a", &out, &said), STATE_READ_BROKEN);
	buf_free(&out);
	buf_free(&said);
	scratch_free(dir);
}

static void
too_much_is_not_saved(void **state)
{
	char		dir[SCRATCH_MAX];
	char		*much = calloc(1, STATE_FILE_MAX + 1);
	struct span	content = { much, STATE_FILE_MAX + 1 };
	struct buf	said;

	(void)state;
	clear_env();
	assert_non_null(much);
	scratch_new(dir);
	buf_init(&said, 4096);
	assert_false(state_save(dir, "a", content, &said));
	assert_non_null(strstr(buf_cstr(&said), "too much"));
	content.len--;
	assert_true(state_save(dir, "a", content, &said));
	buf_free(&said);
	free(much);
	scratch_free(dir);
}

static void
a_held_lock_is_not_waited_for_long(void **state)
{
	char	dir[SCRATCH_MAX], path[PATH_MAX];
	int	fd;

	(void)state;
	clear_env();
	scratch_new(dir);
	expect_save(dir, "a", "one", NULL);
	fd = open(scratch_path(path, dir, ".lock"), O_RDWR | O_CLOEXEC);
	assert_true(fd >= 0);
	assert_int_equal(flock(fd, LOCK_EX), 0);
	expect_save(dir, "a", "two", "/.lock is held by another run");
	expect_load(dir, "a", STATE_READ_DONE, "one", NULL);
	close(fd);
	expect_save(dir, "a", "two", NULL);
	scratch_free(dir);
}

/* expect_place - without an option the file goes to `below` */
static void
expect_place(const char *dir, const char *below)
{
	char	path[PATH_MAX];

	scratch_path(path, dir, below);
	expect_load(NULL, "unit-a", STATE_READ_NONE, "", NULL);
	expect_save(NULL, "unit-a", "x", NULL);
	assert_int_equal(access(path, F_OK), 0);
	expect_load(NULL, "unit-a", STATE_READ_DONE, "x", NULL);
	state_remove(NULL, "unit-a");
	assert_int_not_equal(access(path, F_OK), 0);
}

static void
places_are_asked_in_order(void **state)
{
	char	dir[SCRATCH_MAX], path[PATH_MAX], two[2 * PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	setenv("HOME", dir, 1);
	expect_place(dir, ".local/state/monitoring-plugins-mail/unit-a");
	/* what is not absolute or cannot be is passed over */
	setenv("XDG_STATE_HOME", "relative", 1);
	expect_place(dir, ".local/state/monitoring-plugins-mail/unit-a");
	setenv("XDG_STATE_HOME", "/dev/null/x", 1);
	expect_place(dir, ".local/state/monitoring-plugins-mail/unit-a");
	setenv("XDG_STATE_HOME", scratch_path(path, dir, "xdg"), 1);
	expect_place(dir, "xdg/monitoring-plugins-mail/unit-a");
	assert_int_equal(mode_of(path), 0700);
	assert_true(snprintf(two, sizeof(two), "%s/service:%s/second", dir,
	    dir) < (int)sizeof(two));
	setenv("STATE_DIRECTORY", two, 1);
	expect_place(dir, "service/unit-a");
	clear_env();
	scratch_free(dir);
}

static void
a_named_place_is_not_replaced(void **state)
{
	char	dir[SCRATCH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	setenv("HOME", dir, 1);
	setenv("STATE_DIRECTORY", "/dev/null/x", 1);
	expect_save(NULL, "unit-a", "x", "/dev/null/x cannot be made");
	clear_env();
	assert_int_equal(rmdir(dir), 0);
}

static void
a_missing_home_is_not_made(void **state)
{
	char	dir[SCRATCH_MAX], home[PATH_MAX];

	(void)state;
	clear_env();
	scratch_new(dir);
	setenv("HOME", scratch_path(home, dir, "gone"), 1);
	setenv("XDG_STATE_HOME", "/dev/null/x", 1);
	expect_load(NULL, "unit-a", STATE_READ_NONE, "", NULL);
	assert_int_equal(rmdir(dir), 0);
	clear_env();
}

/* longer - one letter behind what was there; false when it is long enough */
static bool
longer(void *arg, const char *name, enum state_read read, struct span before,
    struct buf *after)
{
	enum state_read	*was = arg;

	assert_string_equal(name, "some-name");
	*was = read;
	buf_span_add(after, before);
	buf_char(after, 'x');
	return before.len < 3;
}

static void
what_was_there_is_changed(void **state)
{
	char	dir[SCRATCH_MAX], folder[PATH_MAX], path[PATH_MAX];
	enum state_read	was;
	struct buf	said, unread;
	struct state_change change = { longer, &was, &unread };

	(void)state;
	clear_env();
	scratch_new(dir);
	scratch_path(folder, dir, "state");
	scratch_path(path, folder, "some-name");
	buf_init(&said, 4096);
	buf_init(&unread, 4096);
	assert_true(state_update(folder, "some-name", &change, &said));
	assert_int_equal(was, STATE_READ_NONE);
	assert_true(state_update(folder, "some-name", &change, &said));
	assert_int_equal(was, STATE_READ_DONE);
	expect_load(folder, "some-name", STATE_READ_DONE, "xx", NULL);
	assert_int_equal(mode_of(path), 0600);
	assert_int_equal(unread.len + said.len, 0);
	assert_int_equal(chmod(path, 0622), 0);
	assert_true(state_update(folder, "some-name", &change, &said));
	assert_int_equal(was, STATE_READ_BROKEN);
	assert_non_null(strstr(buf_cstr(&unread), "is no state file"));
	expect_load(folder, "some-name", STATE_READ_DONE, "x", NULL);
	expect_save(folder, "some-name", "xxx", NULL);
	assert_false(state_update(folder, "some-name", &change, &said));
	expect_load(folder, "some-name", STATE_READ_DONE, "xxx", NULL);
	assert_false(state_update(folder, "../name", &change, &said));
	buf_free(&unread);
	buf_free(&said);
	scratch_free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_saved_is_loaded),
		cmocka_unit_test(names_stay_in_the_folder),
		cmocka_unit_test(folders_of_others_are_refused),
		cmocka_unit_test(only_the_last_part_of_the_option_is_made),
		cmocka_unit_test(damaged_files_are_broken),
		cmocka_unit_test(what_does_not_fit_the_reader_is_broken),
		cmocka_unit_test(too_much_is_not_saved),
		cmocka_unit_test(a_held_lock_is_not_waited_for_long),
		cmocka_unit_test(places_are_asked_in_order),
		cmocka_unit_test(a_named_place_is_not_replaced),
		cmocka_unit_test(a_missing_home_is_not_made),
		cmocka_unit_test(what_was_there_is_changed)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
