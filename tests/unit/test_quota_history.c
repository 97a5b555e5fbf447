/* SPDX-License-Identifier: GPL-3.0-or-later */
/* quota_history - a history outlives all that can happen to it */
#define _GNU_SOURCE
#include <sys/stat.h>
#include <sys/wait.h>

#include <dirent.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "world/quota_history.h"

enum {
	DAY = 86400,
	RUNS = 4,		/* at once */
	EACH = 8		/* points of each of them */
};

static const int64_t start = 1772323200;	/* 2026-03-01 */

/* facts with one row of that root, and a result that holds them */
static struct result
result_of(const char *backend, const char *user, const char *root,
    const char *resource)
{
	struct quota_list list = { .n = 0 };
	struct result r;

	memset(&r, 0, sizeof(r));
	(void)snprintf(r.target.host, sizeof(r.target.host), "mx.example");
	r.target.port = 993;
	r.target.user = user;
	assert_non_null(quota_list_add(&list, span_of(root),
	    span_of(resource), QUOTA_BYTES));
	r.facts = quota_facts_make(&list, backend);
	assert_non_null(r.facts);
	quota_list_free(&list);
	return r;
}

/* add - what is used now; how many points there are, -1 when it was not kept; `words` in what is said, NULL nothing is */
static int
add(const char *dir, struct result *r, int64_t now, int64_t used,
    const char *words)
{
	const struct quota_history history = { .state_dir = dir,
	    .digests = &digests_openssl, .now = now, .span = 28 * DAY };
	struct quota_facts *facts = r->facts;
	struct trend trend;
	struct buf why;
	size_t i;
	bool kept;

	facts->rows[0].used = used;
	buf_init(&why, 1024);
	kept = quota_history_add(&history, r, &facts->rows[0], &trend, &why);
	if (words == NULL)
		assert_string_equal(buf_cstr(&why), "");
	else if (strstr(buf_cstr(&why), words) == NULL)
		fail_msg("%s", buf_cstr(&why));
	/* another run may have been quicker with a later one */
	for (i = 0; kept && trend.points[i].used != used; i++)
		assert_true(i + 1 < trend.n);
	buf_free(&why);
	return kept ? (int)trend.n : -1;
}

/* the_file - its path; fails when there is not exactly one */
static void
the_file(const char *dir, char path[PATH_MAX])
{
	DIR		*listing = opendir(dir);
	struct dirent	*entry;
	int		 n = 0;

	assert_non_null(listing);
	while ((entry = readdir(listing)) != NULL)
		if (entry->d_name[0] != '.') {
			scratch_path(path, dir, entry->d_name);
			n++;
		}
	closedir(listing);
	assert_int_equal(n, 1);
}

static void
each_row_has_its_own(void **state)
{
	struct result rows[] = {
		result_of("imap", "alice", "User quota", "STORAGE"),
		result_of("imap", "alice", "User quota", "MESSAGE"),
		result_of("imap", "alice", "Other", "STORAGE"),
		result_of("imap", "bob", "User quota", "STORAGE"),
		result_of("doveadm", "alice", "User quota", "STORAGE")
	};
	char	dir[SCRATCH_MAX];
	size_t	i, k;

	(void)state;
	scratch_new(dir);
	for (k = 1; k <= 3; k++)
		for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
			assert_int_equal(add(dir, &rows[i],
			    start + (int64_t)k * 60, 5, NULL), k);
	/* neither port, nor host, nor the name of a result is left out */
	rows[0].target.port = 143;
	assert_int_equal(add(dir, &rows[0], start + 300, 5, NULL), 1);
	rows[0].target.host[0] = 'n';
	assert_int_equal(add(dir, &rows[0], start + 300, 5, NULL), 1);
	rows[0].name = strdup("/srv/alice");
	assert_int_equal(add(dir, &rows[0], start + 300, 5, NULL), 1);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		result_free(&rows[i]);
	scratch_free(dir);
}

static void
the_name_tells_nothing(void **state)
{
	struct result	r = result_of("imap", "alice", "Secret", "STORAGE");
	char		dir[SCRATCH_MAX], path[PATH_MAX], text[512] = "";
	struct stat	st;
	FILE		*f;

	(void)state;
	scratch_new(dir);
	assert_int_equal(add(dir, &r, start, 5, NULL), 1);
	the_file(dir, path);
	assert_null(strstr(strrchr(path, '/'), "alice"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	f = fopen(path, "r");
	assert_non_null(f);
	assert_true(fread(text, 1, sizeof(text) - 1, f) > 0);
	fclose(f);
	assert_null(strstr(text, "alice"));
	assert_null(strstr(text, "Secret"));
	result_free(&r);
	scratch_free(dir);
}

static void
what_is_broken_is_said_and_replaced(void **state)
{
	struct result	r = result_of("imap", "alice", "Q", "STORAGE");
	struct result	other = result_of("imap", "bob", "Q", "STORAGE");
	char		dir[SCRATCH_MAX], path[PATH_MAX], kept[PATH_MAX];
	char		big[8192];

	(void)state;
	scratch_new(dir);
	assert_int_equal(add(dir, &r, start, 5, NULL), 1);
	the_file(dir, path);
	scratch_file(path, "", 0, 0600);
	assert_int_equal(add(dir, &r, start, 5, "damaged"), 1);
	memset(big, '7', sizeof(big));
	scratch_file(path, big, sizeof(big), 0600);
	assert_int_equal(add(dir, &r, start, 5, "damaged"), 1);
	assert_int_equal(add(dir, &r, start + 60, 6, NULL), 2);
	/* others can write it */
	assert_int_equal(chmod(path, 0666), 0);
	assert_int_equal(add(dir, &r, start, 5, "no state file"), 1);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_int_equal(add(dir, &r, start, 5, "cannot be opened"), 1);
	assert_int_equal(add(dir, &r, start + 60, 5, NULL), 2);
	/* the history of another account under this name */
	scratch_path(kept, dir, ".kept");
	assert_int_equal(rename(path, kept), 0);
	assert_int_equal(add(dir, &other, start, 5, NULL), 1);
	the_file(dir, big);
	assert_int_equal(rename(big, path), 0);
	assert_int_equal(add(dir, &r, start, 5, "another's"), 1);
	/* what cannot be replaced is no history */
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(add(dir, &r, start, 5, "cannot be written"), -1);
	result_free(&r);
	result_free(&other);
	scratch_free(dir);
}

static void
a_clock_that_was_wrong(void **state)
{
	struct result	r = result_of("imap", "alice", "Q", "STORAGE");
	char		dir[SCRATCH_MAX];

	(void)state;
	scratch_new(dir);
	assert_int_equal(add(dir, &r, start, 5, NULL), 1);
	assert_int_equal(add(dir, &r, start + 9999 * (int64_t)DAY, 5, NULL),
	    2);
	assert_int_equal(add(dir, &r, start + 60, 5,
	    "1 point of a time to come is dropped"), 2);
	result_free(&r);
	scratch_free(dir);
}

/* one_run - points of its own, seconds that no other run has */
static void
one_run(const char *dir, int nth)
{
	struct result	r = result_of("imap", "alice", "Q", "STORAGE");
	int		i;

	for (i = 0; i < EACH; i++)
		if (add(dir, &r, start + i * RUNS + nth, nth * 1000 + i,
		    NULL) < 0)
			_exit(1);
	_exit(0);
}

static void
runs_at_once_lose_nothing(void **state)
{
	struct result	r = result_of("imap", "alice", "Q", "STORAGE");
	char		dir[SCRATCH_MAX];
	pid_t		children[RUNS];
	int		i, status;

	(void)state;
	scratch_new(dir);
	for (i = 0; i < RUNS; i++) {
		children[i] = fork();
		assert_true(children[i] >= 0);
		if (children[i] == 0)
			one_run(dir, i);
	}
	for (i = 0; i < RUNS; i++) {
		assert_int_equal(waitpid(children[i], &status, 0),
		    children[i]);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	assert_int_equal(add(dir, &r, start + RUNS * EACH, 1, NULL),
	    RUNS * EACH + 1);
	result_free(&r);
	scratch_free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_row_has_its_own),
		cmocka_unit_test(the_name_tells_nothing),
		cmocka_unit_test(what_is_broken_is_said_and_replaced),
		cmocka_unit_test(a_clock_that_was_wrong),
		cmocka_unit_test(runs_at_once_lose_nothing)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
