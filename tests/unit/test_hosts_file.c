/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_hosts_file - which hosts come out of a file, and which files are refused
 */
#define _GNU_SOURCE
#include <sys/stat.h>

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/host.h"
#include "opt_line.h"
#include "plugin/hosts_file.h"
#include "scratch.h"
#include "world/clock.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))
#define BYTES(text) text, sizeof(text) - 1
#define BOM	"\xef\xbb\xbf"

enum {
	SOON = 60 * 1000,		/* microseconds */
	LATER = 20 * 1000 * 1000,
	LINES = 300000,
	HOSTS = 1000
};

static char dir[SCRATCH_MAX], path[PATH_MAX];
static char big[8 * 1024 * 1024];

/* read_with - the file at `path`, behind the hosts of the words */
static bool
read_with(struct parsed *p, const char *const words[], int64_t patience,
    const volatile sig_atomic_t *stop)
{
	parse_good(p, words);
	return hosts_file_read(&p->s, clock_now() + patience, stop, &p->error);
}

static int
set_up(void **state)
{
	(void)state;
	scratch_new(dir);
	scratch_path(path, dir, "hosts");
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_free(dir);
	return 0;
}

static const struct {
	const char	*bytes;
	size_t		 len;
	const char	*hosts[6];	/* behind h.example */
} good[] = {
	{ BYTES("a.example\n"), { "a.example" } },
	{ BYTES("a.example"), { "a.example" } },
	{ BYTES("a.example\r\nb.example\r\n"), { "a.example", "b.example" } },
	{ BYTES(BOM "a.example\n"), { "a.example" } },
	{ BYTES("# mail\n\n a.example \t# here\n\t\n192.0.2.7\n"),
	    { "a.example", "192.0.2.7" } },
	{ BYTES("[2001:db8::7]\n2001:db8::7\n"), { "2001:db8::7" } },
	{ BYTES("b\xc3\xbc" "cher.example\n"), { "b\xc3\xbc" "cher.example" } },
	{ BYTES("a.example\nA.EXAMPLE\nb.example\na.example\n"),
	    { "a.example", "b.example" } },
	{ BYTES("H.example\na.example\n"), { "a.example" } },
	{ BYTES(BOM "\n" BOM "# b\n" BOM " a.example\n"), { "a.example" } },
	/* there was a host, though not a new one */
	{ BYTES("h.example\n"), { NULL } },
	{ BYTES("# \0\xff\x1b[31m\na.example\n"), { "a.example" } }
};

static void
hosts_of_a_file(void **state)
{
	struct parsed p;
	size_t i, n;

	(void)state;
	for (i = 0; i < ROWS(good); i++) {
		scratch_file(path, good[i].bytes, good[i].len, 0644);
		if (!read_with(&p, WORDS("-Hh.example", "--hosts-file", path),
		    LATER, NULL))
			fail_msg("row %zu: %s", i, sentence(&p));
		assert_string_equal(host_list_at(&p.s.hosts, 0), "h.example");
		for (n = 0; good[i].hosts[n] != NULL; n++)
			assert_string_equal(host_list_at(&p.s.hosts, n + 1),
			    good[i].hosts[n]);
		assert_int_equal(p.s.hosts.n, n + 1);
		assert_int_equal(p.s.hosts_named, 1);
		assert_string_equal(settings_origin(&p.s, 0), "--hostname=");
		assert_string_equal(settings_origin(&p.s, 1),
		    "--hosts-file: ");
		parsed_free(&p);
	}
}

/* refused - in these words, and with the name of the file */
static void
refused(struct parsed *p, const char *said)
{
	assert_int_equal(p->error.cause, CAUSE_USAGE_OPTION);
	if (strstr(sentence(p), said) == NULL)
		fail_msg("'%s' lacks '%s'", sentence(p), said);
	assert_null(strchr(sentence(p), '\n'));
	assert_true(strlen(sentence(p)) < 512);
	assert_non_null(strstr(sentence(p), "--hosts-file: "));
}

static const struct {
	const char	*bytes;
	size_t		 len;
	const char	*said;
} bad[] = {
	{ BYTES(""), "holds no host: write one" },
	{ BYTES(BOM), "holds no host: write one" },
	{ BYTES("# nobody\n\n \r\n"), "holds no host: write one" },
	{ BYTES("a.example\nb example\n"), ", 'b example', is no host" },
	{ BYTES("\n\n\na.example, b.example"), ", 'a.example, b.example', is" },
	{ BYTES("a.example:993\n"), ", 'a.example:993', is no host" },
	{ BYTES("\na.example" BOM " x\n"), "line 2 of " },
	{ BYTES("\x7f" "ELF\x02\x01\x01\0\0\0\n"), "'?ELF?\?\?\?\?\?', is no host" },
	{ BYTES("a.example\0\n"), ", 'a.example?', is no host" },
	{ BYTES("a.example\n\x1b[31mred\n"), ", '?[31mred', is no host" },
	{ BYTES("a.example\rb.example\r"), "line 1 of " },
	{ BYTES("\xff\xfe" "a\0.\0b\0\n"), "line 1 of " },
	{ BYTES("a|b"), ", 'a/b', is no host" }
};

static void
no_hosts(void **state)
{
	struct parsed p;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(bad); i++) {
		scratch_file(path, bad[i].bytes, bad[i].len, 0644);
		if (read_with(&p, WORDS("-Hh.example", "--hosts-file", path),
		    LATER, NULL))
			fail_msg("row %zu is taken", i);
		refused(&p, bad[i].said);
		parsed_free(&p);
	}
}

/* a line may fill its cap, with its end, and not go beyond it, wherever it falls into the blocks that are read */
static void
long_lines(void **state)
{
	struct parsed p;
	size_t before;

	(void)state;
	for (before = 0; before < 40000; before += 4000) {
		memset(big, '\n', before);
		memset(big + before, ' ', HOST_LINE_MAX);
		memcpy(big + before, "a.example", 9);
		scratch_file(path, big, before + HOST_LINE_MAX, 0644);
		assert_true(read_with(&p, WORDS("--hosts-file", path), LATER,
		    NULL));
		assert_int_equal(p.s.hosts.n, 1);
		parsed_free(&p);
		big[before + HOST_LINE_MAX] = ' ';
		scratch_file(path, big, before + HOST_LINE_MAX + 1, 0644);
		assert_false(read_with(&p, WORDS("--hosts-file", path), LATER,
		    NULL));
		refused(&p, ", 'a.example', is longer than 4096 bytes");
		parsed_free(&p);
	}
	memset(big, 'x', sizeof(big));
	scratch_file(path, big, sizeof(big), 0644);
	assert_false(read_with(&p, WORDS("--hosts-file", path), LATER, NULL));
	refused(&p, "line 1 of ");
	parsed_free(&p);
}

/* write_lines - of so many different hosts by turns */
static void
write_lines(size_t lines, size_t hosts)
{
	size_t i, len = 0;

	for (i = 0; i < lines; i++)
		len += (size_t)snprintf(big + len, sizeof(big) - len,
		    "h%zu.example\n", i % hosts);
	assert_true(len < sizeof(big));
	scratch_file(path, big, len, 0644);
}

static void
many_lines(void **state)
{
	char name[32];
	struct parsed p;
	size_t i;

	(void)state;
	write_lines(LINES, HOSTS);
	assert_true(read_with(&p, WORDS("--hosts-file", path), LATER, NULL));
	assert_int_equal(p.s.hosts.n, HOSTS);
	for (i = 0; i < HOSTS; i++) {
		(void)snprintf(name, sizeof(name), "h%zu.example", i);
		assert_string_equal(host_list_at(&p.s.hosts, i), name);
	}
	/* what is kept is no more than the hosts take */
	assert_true(p.s.hosts.size <= HOSTS * 32);
	parsed_free(&p);
}

static void
too_many_hosts(void **state)
{
	struct parsed p;

	(void)state;
	write_lines(HOSTS_MAX + 5, HOSTS_MAX);
	assert_true(read_with(&p, WORDS("--hosts-file", path), LATER, NULL));
	assert_int_equal(p.s.hosts.n, HOSTS_MAX);
	parsed_free(&p);
	write_lines(HOSTS_MAX + 5, HOSTS_MAX + 1);
	assert_false(read_with(&p, WORDS("--hosts-file", path), LATER, NULL));
	refused(&p, "line 65537 of ");
	refused(&p, "'h65536.example', is one host too many: at most 65536");
	parsed_free(&p);
}

static void
files_that_cannot_be_read(void **state)
{
	struct parsed p;
	char missing[PATH_MAX];

	(void)state;
	scratch_path(missing, dir, "missing");
	assert_false(read_with(&p, WORDS("--hosts-file", missing), LATER,
	    NULL));
	refused(&p, "missing cannot be read: No such file");
	parsed_free(&p);
	assert_false(read_with(&p, WORDS("--hosts-file", dir), LATER, NULL));
	refused(&p, " cannot be read: Is a directory");
	parsed_free(&p);
	/* nothing to read is no fault */
	assert_true(read_with(&p, WORDS("-Ha.example"), LATER, NULL));
	assert_int_equal(p.s.hosts.n, 1);
	parsed_free(&p);
}

/* a FIFO that stays open: the deadline ends it, or the signal that was caught, and what was sent before counts for nothing */
static void
a_fifo_without_an_end(void **state)
{
	static const volatile sig_atomic_t stop = 1;
	char fifo[PATH_MAX];
	struct parsed p;
	int fd;

	(void)state;
	scratch_path(fifo, dir, "fifo");
	assert_int_equal(mkfifo(fifo, 0600), 0);
	/* nobody writes */
	assert_false(read_with(&p, WORDS("--hosts-file", fifo), SOON, NULL));
	refused(&p, "fifo does not end before the time-out");
	parsed_free(&p);
	fd = open(fifo, O_RDWR);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "a.example\n", 10), 10);
	assert_false(read_with(&p, WORDS("--hosts-file", fifo), SOON, NULL));
	refused(&p, "fifo does not end before the time-out");
	parsed_free(&p);
	assert_false(read_with(&p, WORDS("--hosts-file", fifo), LATER, &stop));
	refused(&p, "fifo did not end before the check was told to");
	parsed_free(&p);
	close(fd);
}

/* standard input is a pipe of somebody else: it comes back as it was */
static void
standard_input(void **state)
{
	int ends[2], before;
	struct parsed p;

	(void)state;
	before = dup(STDIN_FILENO);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], "a.example\nb.example", 19), 19);
	close(ends[1]);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	assert_true(read_with(&p, WORDS("--hosts-file=-"), LATER, NULL));
	assert_int_equal(p.s.hosts.n, 2);
	assert_int_equal(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
	assert_true(fcntl(STDIN_FILENO, F_GETFD) >= 0);
	parsed_free(&p);
	/* a second time it is at its end */
	assert_false(read_with(&p, WORDS("--hosts-file=-"), LATER, NULL));
	refused(&p, "standard input holds no host");
	parsed_free(&p);
	close(ends[0]);
	if (before >= 0) {
		assert_int_equal(dup2(before, STDIN_FILENO), STDIN_FILENO);
		close(before);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(hosts_of_a_file),
		cmocka_unit_test(no_hosts),
		cmocka_unit_test(long_lines),
		cmocka_unit_test(many_lines),
		cmocka_unit_test(too_many_hosts),
		cmocka_unit_test(files_that_cannot_be_read),
		cmocka_unit_test(a_fifo_without_an_end),
		cmocka_unit_test(standard_input)
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
