/* SPDX-License-Identifier: GPL-3.0-or-later */
/* backoff - a refused secret is not offered again too soon */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "world/backoff.h"

enum {
	MINUTE = 60 * 1000 * 1000	/* microseconds */
};

static const int64_t	then = 1767225600;	/* 2026-01-01 */

static const struct target server = {
	.host = "mail.example.org", .port = 993, .user = "bob@example.org"
};

/* the one state file's path; "" if there is none */
static void
state_file(const char *dir, char path[PATH_MAX])
{
	DIR		*listing = opendir(dir);
	struct dirent	*entry;

	path[0] = '\0';
	if (listing == NULL)
		return;
	while ((entry = readdir(listing)) != NULL)
		if (entry->d_name[0] != '.')
			scratch_path(path, dir, entry->d_name);
	closedir(listing);
}

static void
remember(const struct backoff *backoff, const struct target *target,
    const char *secret)
{
	struct buf	why;

	buf_init(&why, 1024);
	assert_true(backoff_remember(backoff, target, span_of(secret), &why));
	assert_string_equal(buf_cstr(&why), "");
	buf_free(&why);
}

static bool
active(const struct backoff *backoff, const struct target *target,
    const char *secret)
{
	int64_t	since = -1;
	bool	is;

	is = backoff_active(backoff, target, span_of(secret), &since);
	assert_int_equal(since, is ? then : -1);
	return is;
}

static void
the_same_secret_waits(void **state)
{
	char		dir[SCRATCH_MAX], folder[PATH_MAX], path[PATH_MAX];
	struct backoff	backoff = { .pause = 15 * (int64_t)MINUTE,
			    .now = then,
			    .digests = &digests_openssl };

	(void)state;
	scratch_new(dir);
	backoff.state_dir = scratch_path(folder, dir, "state");
	/* a healthy run leaves nothing */
	assert_false(active(&backoff, &server, "wrong"));
	backoff_forget(&backoff, &server);
	assert_int_not_equal(access(folder, F_OK), 0);
	remember(&backoff, &server, "wrong");
	assert_true(active(&backoff, &server, "wrong"));
	assert_false(active(&backoff, &server, "right"));
	assert_false(active(&backoff, &server, "wron"));
	assert_false(active(&backoff, &server, ""));
	backoff.now = then + 899;
	assert_true(active(&backoff, &server, "wrong"));
	backoff.now = then + 900;
	assert_false(active(&backoff, &server, "wrong"));
	backoff.now = then - 1;
	assert_false(active(&backoff, &server, "wrong"));
	backoff.now = then;
	backoff_forget(&backoff, &server);
	state_file(folder, path);
	assert_string_equal(path, "");
	assert_false(active(&backoff, &server, "wrong"));
	scratch_free(dir);
}

static void
another_account_does_not_wait(void **state)
{
	char		dir[SCRATCH_MAX];
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl };
	struct target	other = server;

	(void)state;
	scratch_new(dir);
	backoff.state_dir = dir;
	remember(&backoff, &server, "wrong");
	other.port = 143;
	assert_false(active(&backoff, &other, "wrong"));
	other.port = server.port;
	other.user = "eve@example.org";
	assert_false(active(&backoff, &other, "wrong"));
	other.user = NULL;
	assert_false(active(&backoff, &other, "wrong"));
	other.user = server.user;
	other.host[0] = 'n';
	assert_false(active(&backoff, &other, "wrong"));
	other.host[0] = 'M';
	assert_true(active(&backoff, &other, "wrong"));
	scratch_free(dir);
}

static void
off_is_off(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl };

	(void)state;
	scratch_new(dir);
	backoff.state_dir = dir;
	remember(&backoff, &server, "wrong");
	backoff.pause = 0;
	assert_false(active(&backoff, &server, "wrong"));
	backoff_forget(&backoff, &server);
	backoff.pause = MINUTE;
	assert_true(active(&backoff, &server, "wrong"));
	backoff_forget(&backoff, &server);
	backoff.pause = 0;
	remember(&backoff, &server, "wrong");
	state_file(dir, path);
	assert_string_equal(path, "");
	scratch_free(dir);
}

/* slurp - the state file's text */
static size_t
slurp(const char *path, char *text, size_t size)
{
	int	fd = open(path, O_RDONLY);
	ssize_t	n;

	assert_true(fd >= 0);
	n = read(fd, text, size - 1);
	assert_true(n > 0);
	text[n] = '\0';
	close(fd);
	return (size_t)n;
}

static void
the_file_tells_nothing(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	char		first[1024], second[1024];
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl };
	struct stat	st;

	(void)state;
	scratch_new(dir);
	backoff.state_dir = dir;
	remember(&backoff, &server, "wrong");
	state_file(dir, path);
	assert_non_null(strstr(path, "/backoff-"));
	assert_int_equal(strlen(strrchr(path, '-')), 65);
	assert_null(strstr(strrchr(path, '/'), "example"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	slurp(path, first, sizeof(first));
	assert_null(strstr(first, "wrong"));
	assert_null(strstr(first, "bob"));
	assert_null(strstr(first, "example"));
	/* another salt each time */
	remember(&backoff, &server, "wrong");
	slurp(path, second, sizeof(second));
	assert_string_not_equal(first, second);
	scratch_free(dir);
}

static void
a_broken_file_is_none(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	char		good[1024], bad[1024];
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl };
	size_t		len, i;

	(void)state;
	scratch_new(dir);
	backoff.state_dir = dir;
	remember(&backoff, &server, "wrong");
	state_file(dir, path);
	len = slurp(path, good, sizeof(good));
	for (i = 0; i < len; i++) {
		/* cut short here, and with this byte changed */
		scratch_file(path, good, i, 0600);
		assert_false(active(&backoff, &server, "wrong"));
		memcpy(bad, good, len);
		bad[i] = bad[i] == 'x' ? 'y' : 'x';
		scratch_file(path, bad, len, 0600);
		assert_false(active(&backoff, &server, "wrong"));
	}
	memcpy(bad, good, len);
	memcpy(bad + len, "more\n", 5);
	scratch_file(path, bad, len + 5, 0600);
	assert_false(active(&backoff, &server, "wrong"));
	scratch_file(path, good, len, 0666);
	assert_false(active(&backoff, &server, "wrong"));
	/* and is replaced at the next refusal */
	scratch_file(path, "rubbish", 7, 0600);
	remember(&backoff, &server, "wrong");
	assert_true(active(&backoff, &server, "wrong"));
	scratch_free(dir);
}

static void
a_huge_time_is_none(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX], text[1024];
	static const char *const times[] = { "9223372036854775807",
		"9223372036854775808", "99999999999999999999999", "-1", "" };
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl };
	size_t		i;
	int		n;

	(void)state;
	scratch_new(dir);
	backoff.state_dir = dir;
	remember(&backoff, &server, "wrong");
	state_file(dir, path);
	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		char	good[1024];

		remember(&backoff, &server, "wrong");
		slurp(path, good, sizeof(good));
		n = snprintf(text, sizeof(text),
		    "monitoring-plugins-mail backoff 1\nwhen %s%s", times[i],
		    strstr(good, "\nsalt "));
		scratch_file(path, text, (size_t)n, 0600);
		assert_false(active(&backoff, &server, "wrong"));
	}
	scratch_free(dir);
}

static void
what_cannot_be_kept_is_said(void **state)
{
	struct backoff	backoff = { .pause = MINUTE, .now = then,
			    .digests = &digests_openssl,
			    .state_dir = "/dev/null/x" };
	struct buf	why;

	(void)state;
	buf_init(&why, 1024);
	assert_false(backoff_remember(&backoff, &server, span_of("wrong"),
	    &why));
	assert_non_null(strstr(buf_cstr(&why), "/dev/null/x cannot be made"));
	buf_free(&why);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_secret_waits),
		cmocka_unit_test(another_account_does_not_wait),
		cmocka_unit_test(off_is_off),
		cmocka_unit_test(the_file_tells_nothing),
		cmocka_unit_test(a_broken_file_is_none),
		cmocka_unit_test(a_huge_time_is_none),
		cmocka_unit_test(what_cannot_be_kept_is_said)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
