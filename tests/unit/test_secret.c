/* SPDX-License-Identifier: GPL-3.0-or-later */
/* secret - where passwords come from, and which are refused */
#define _GNU_SOURCE
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"
#include "world/clock.h"
#include "world/secret.h"

enum {
	SOON = 60 * 1000,		/* microseconds */
	LATER = 20 * 1000 * 1000
};

static char	big[SECRET_MAX + 6];

struct row {
	const char	*bytes;
	size_t		 len;
	mode_t		 mode;
	bool		 allow;
	const char	*secret;	/* NULL: refused ... */
	const char	*why;		/* ... in these words */
};

#define BYTES(text) text, sizeof(text) - 1

static const struct row rows[] = {
	{ BYTES("hunter2"), 0600, false, "hunter2", NULL },
	{ BYTES("hunter2\n"), 0600, false, "hunter2", NULL },
	{ BYTES("hunter2\r\n"), 0640, false, "hunter2", NULL },
	{ BYTES("\xef\xbb\xbfhunter2\n"), 0400, false, "hunter2", NULL },
	{ BYTES(" p\xc3\xa4ss word \n"), 0600, false, " p\xc3\xa4ss word ",
	    NULL },
	{ BYTES("hunter2\n\n"), 0600, false, NULL, "more than one line" },
	{ BYTES("hunter2\r"), 0600, false, NULL, "more than one line" },
	{ BYTES("hunter2\r\r\n"), 0600, false, NULL, "more than one line" },
	{ BYTES("hun\nter2"), 0600, false, NULL, "more than one line" },
	{ BYTES("hun\0ter2"), 0600, false, NULL, "NUL" },
	{ BYTES("hunter2\0\n"), 0600, false, NULL, "NUL" },
	{ BYTES(""), 0600, false, NULL, "is empty" },
	{ BYTES("\n"), 0600, false, NULL, "is empty" },
	{ BYTES("\r\n"), 0600, false, NULL, "is empty" },
	{ BYTES("\xef\xbb\xbf"), 0600, false, NULL, "is empty" },
	{ BYTES("hunter2"), 0644, false, NULL,
	    "may be read by everybody (mode 0644): chmod 0600 it, or use "
	    "--allow-readable-secret" },
	{ BYTES("hunter2"), 0602, false, NULL, "is open to everybody" },
	{ BYTES("hunter2"), 0601, false, NULL, "is open to everybody" },
	{ BYTES("hunter2"), 0666, true, "hunter2", NULL }
};

/* expect - read, and compare with what a row wants */
static void
expect(const struct secret_source *source, int64_t patience,
    const char *secret, const char *why)
{
	struct buf	out, said;
	bool		done;

	buf_init(&out, SECRET_MAX + 4);
	buf_init(&said, 4096);
	done = secret_read(source, clock_now() + patience, &out, &said);
	if (secret != NULL) {
		assert_string_equal(buf_cstr(&said), "");
		assert_true(done);
		assert_string_equal(buf_cstr(&out), secret);
	} else {
		assert_false(done);
		assert_int_equal(buf_span(&out).len, 0);
		assert_non_null(strstr(buf_cstr(&said), why));
		assert_null(strstr(buf_cstr(&said), "unter2"));
	}
	buf_free(&out);
	buf_free(&said);
}

static void
files_are_read_and_judged(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	size_t		i;

	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "pw");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct secret_source	source = { .file = path, .fd = -1 };

		source.allow_readable = rows[i].allow;
		scratch_file(path, rows[i].bytes, rows[i].len, rows[i].mode);
		expect(&source, LATER, rows[i].secret, rows[i].why);
		if (rows[i].secret == NULL)
			expect(&source, LATER, NULL, path);
		unlink(path);
	}
	scratch_free(dir);
}

static void
the_limit_is_64_kib_after_the_line_end(void **state)
{
	char			dir[SCRATCH_MAX], path[PATH_MAX];
	struct secret_source	source = { .file = path, .fd = -1 };

	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "pw");
	memset(big, 'x', sizeof(big));
	memcpy(big, "\xef\xbb\xbf", 3);
	memcpy(big + 3 + SECRET_MAX, "\r\n", 2);
	scratch_file(path, big, SECRET_MAX + 5, 0600);
	big[3 + SECRET_MAX] = '\0';
	expect(&source, LATER, big + 3, NULL);
	memset(big, 'x', sizeof(big));
	scratch_file(path, big, SECRET_MAX + 1, 0600);
	expect(&source, LATER, NULL, "64 KiB");
	scratch_file(path, big, sizeof(big), 0600);
	expect(&source, LATER, NULL, "64 KiB");
	source.file = "/dev/zero";
	expect(&source, LATER, NULL, "64 KiB");
	scratch_free(dir);
}

static void
what_is_no_file_is_refused(void **state)
{
	char			dir[SCRATCH_MAX], path[PATH_MAX];
	struct secret_source	source = { .file = dir, .fd = -1 };

	(void)state;
	scratch_new(dir);
	expect(&source, LATER, NULL, "is a folder, not a file");
	source.file = scratch_path(path, dir, "missing");
	expect(&source, LATER, NULL, "/missing cannot be opened: No such file");
	source.file = "";
	expect(&source, LATER, NULL, "cannot be opened");
	source.file = scratch_path(path, dir, "e\033[31mvil");
	expect(&source, LATER, NULL, "/e?[31mvil");
	source.file = NULL;
	expect(&source, LATER, NULL, "is not given");
	scratch_free(dir);
}

static void
a_bare_name_is_a_credential_first(void **state)
{
	char			dir[SCRATCH_MAX], creds[PATH_MAX];
	char			path[PATH_MAX], before[PATH_MAX];
	struct secret_source	source = { .file = "pw", .fd = -1 };

	(void)state;
	scratch_new(dir);
	assert_non_null(getcwd(before, sizeof(before)));
	assert_int_equal(chdir(dir), 0);
	scratch_file("pw", "here", 4, 0600);
	assert_int_equal(mkdir(scratch_path(creds, dir, "creds"), 0700), 0);
	setenv("CREDENTIALS_DIRECTORY", creds, 1);
	expect(&source, LATER, "here", NULL);
	scratch_file(scratch_path(path, creds, "pw"), "there", 5, 0600);
	expect(&source, LATER, "there", NULL);
	/* a name with a slash means what it says */
	source.file = "./pw";
	expect(&source, LATER, "here", NULL);
	/* what is there but refused is not replaced by another */
	source.file = "pw";
	assert_int_equal(chmod(path, 0644), 0);
	expect(&source, LATER, NULL, path);
	unsetenv("CREDENTIALS_DIRECTORY");
	expect(&source, LATER, "here", NULL);
	assert_int_equal(chdir(before), 0);
	scratch_free(dir);
}

static void
a_silent_fifo_costs_the_deadline_only(void **state)
{
	char			dir[SCRATCH_MAX], path[PATH_MAX];
	struct secret_source	source = { .file = path, .fd = -1 };
	int			writer;

	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "fifo");
	assert_int_equal(mkfifo(path, 0600), 0);
	/* without a writer, and with one that does not finish */
	expect(&source, SOON, NULL, "/fifo gave no secret before the time-out");
	writer = open(path, O_RDWR | O_CLOEXEC);
	assert_true(writer >= 0);
	assert_int_equal(write(writer, "hunter2", 7), 7);
	expect(&source, SOON, NULL, "before the time-out");
	close(writer);
	assert_int_equal(chmod(path, 0606), 0);
	expect(&source, LATER, NULL, "may be read by everybody (mode 0606)");
	scratch_free(dir);
}

static void
a_fifo_may_come_in_pieces(void **state)
{
	char			dir[SCRATCH_MAX], path[PATH_MAX];
	struct secret_source	source = { .file = path, .fd = -1 };
	int			fd, status;
	pid_t			child;

	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "fifo");
	assert_int_equal(mkfifo(path, 0600), 0);
	child = fork();
	if (child == 0) {
		/* waits for the reader */
		fd = open(path, O_WRONLY);
		_exit(write(fd, "hunt", 4) != 4 || write(fd, "er2\n", 4) != 4);
	}
	assert_true(child > 0);
	expect(&source, LATER, "hunter2", NULL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	scratch_free(dir);
}

static void
descriptors_are_read_to_their_end(void **state)
{
	struct secret_source	source = { .fd = -1 };
	int			ends[2], pair[2];

	(void)state;
	assert_int_equal(pipe(ends), 0);
	source.fd = ends[0];
	assert_int_equal(write(ends[1], "hunter2\r\n", 9), 9);
	expect(&source, SOON, NULL, "gave no secret before the time-out");
	assert_int_equal(write(ends[1], "hunter3\r\n", 9), 9);
	close(ends[1]);
	expect(&source, LATER, "hunter3", NULL);
	/* who shares the pipe finds it as it was */
	assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
	close(ends[0]);
	expect(&source, LATER, NULL, "descriptor");
	expect(&source, LATER, NULL, "Bad file descriptor");
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	source.fd = pair[0];
	assert_int_equal(write(pair[1], "hunter2\n", 8), 8);
	close(pair[1]);
	expect(&source, LATER, "hunter2", NULL);
	close(pair[0]);
}

static void
an_open_file_is_judged_by_its_mode_too(void **state)
{
	char			dir[SCRATCH_MAX], path[PATH_MAX];
	struct secret_source	source = { .fd = -1 };

	(void)state;
	scratch_new(dir);
	scratch_file(scratch_path(path, dir, "pw"), "hunter2", 7, 0644);
	source.fd = open(path, O_RDONLY);
	assert_true(source.fd >= 0);
	expect(&source, LATER, NULL, "may be read by everybody (mode 0644)");
	source.allow_readable = true;
	expect(&source, LATER, "hunter2", NULL);
	close(source.fd);
	scratch_free(dir);
}

static void
the_environment_forgets(void **state)
{
	static char		entry[] = "UNIT_SECRET=hunter2";
	static char		bad[] = "UNIT_SECRET=hun\nter2";
	struct secret_source	source = { .env = "UNIT_SECRET", .fd = -1 };
	size_t			i;

	(void)state;
	assert_int_equal(putenv(entry), 0);
	expect(&source, LATER, "hunter2", NULL);
	assert_null(getenv("UNIT_SECRET"));
	for (i = strlen("UNIT_SECRET="); i < sizeof(entry); i++)
		assert_int_equal(entry[i], 0);
	expect(&source, LATER, NULL,
	    "the environment variable UNIT_SECRET is not set");
	assert_int_equal(putenv(bad), 0);
	expect(&source, LATER, NULL, "more than one line");
	assert_null(getenv("UNIT_SECRET"));
	for (i = strlen("UNIT_SECRET="); i < sizeof(bad); i++)
		assert_int_equal(bad[i], 0);
}

static void
what_was_given_is_wiped(void **state)
{
	char			good[] = "hunter2", bad[] = "hunter2\n\n";
	static const char	zeros[sizeof(bad)];
	struct secret_source	source = { .fd = -1 };

	(void)state;
	source.given = good;
	expect(&source, LATER, "hunter2", NULL);
	assert_memory_equal(good, zeros, sizeof(good));
	source.given = bad;
	expect(&source, LATER, NULL, "the password holds more than one line");
	assert_memory_equal(bad, zeros, sizeof(bad));
}

static void
no_core_is_left_behind(void **state)
{
	struct rlimit	limit;
	int		status;
	pid_t		child = fork();

	(void)state;
	if (child == 0) {
		secret_lock_down();
		_exit(getrlimit(RLIMIT_CORE, &limit) != 0 ||
		    limit.rlim_cur != 0 || limit.rlim_max != 0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_are_read_and_judged),
		cmocka_unit_test(the_limit_is_64_kib_after_the_line_end),
		cmocka_unit_test(what_is_no_file_is_refused),
		cmocka_unit_test(a_bare_name_is_a_credential_first),
		cmocka_unit_test(a_silent_fifo_costs_the_deadline_only),
		cmocka_unit_test(a_fifo_may_come_in_pieces),
		cmocka_unit_test(descriptors_are_read_to_their_end),
		cmocka_unit_test(an_open_file_is_judged_by_its_mode_too),
		cmocka_unit_test(the_environment_forgets),
		cmocka_unit_test(what_was_given_is_wiped),
		cmocka_unit_test(no_core_is_left_behind)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
