/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_ini - files of --extra-opts: their text, where they lie, who may read
 * them, and that the command line wins over them
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "scratch.h"

#include "opt_line.h"
#include "plugin/extra_opts.h"

static const struct {
	const char	*text;
	const char	*want;		/* key=value; of all pairs */
	int		 n;
	unsigned	 line;		/* of the fault */
	bool		 found;
} files[] = {
	{ "", "", 0, 0, false },
	{ "[s]\na = 1\n", "a=1;", 1, 0, true },
	{ "[s]\na=1", "a=1;", 1, 0, true },
	{ "\xef\xbb\xbf[ s ]\r\n a =  b c \r\n", "a=b c;", 1, 0, true },
	{ "[s] # ours\n;x\n#y\n  # z\n\nflag =\n", "flag;", 1, 0, true },
	{ "[s]\na=1\n[t]\nb=2\n[s]\nc=3\n", "a=1;c=3;", 2, 0, true },
	{ "[s]\na = \"x\" # y = z\n", "a=\"x\" # y = z;", 1, 0, true },
	{ "[s]\na=1\na=2\n", "a=1;a=2;", 2, 0, true },
	{ "nonsense\n[t]\nmore\n[s]\nk=v\n", "k=v;", 1, 0, true },
	{ "[S]\na=1\n", "", 0, 0, false },
	{ "[s2]\na=1\n", "", 0, 0, false },
	{ "[s]\na=1\n\nnonsense\n", NULL, INI_BROKEN, 4, true },
	{ "[s]\n= v\n", NULL, INI_BROKEN, 2, true },
	{ "[s]\na=1\n[t\nb\n", "a=1;", 1, 0, true },
	{ "[s]\na=1\n[t] x\nb=2\n", "a=1;", 1, 0, true }
};

static void
sections(void **state)
{
	struct ini_pair pairs[INI_KEYS_MAX];
	size_t i;
	int j;

	(void)state;
	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char text[128], got[256] = "";
		size_t len = strlen(files[i].text), at = 0;
		unsigned line = 0;
		bool found;

		/* the byte behind the text is ours to take, and no more */
		memset(text, 'Z', sizeof(text));
		memcpy(text, files[i].text, len);
		assert_int_equal(ini_section(text, len, "s", pairs, &line,
		    &found), files[i].n);
		assert_int_equal(found, files[i].found);
		assert_int_equal(text[len + 1], 'Z');
		for (j = 0; j < files[i].n; j++)
			at += (size_t)snprintf(got + at, sizeof(got) - at,
			    "%s%s%s;", pairs[j].key,
			    pairs[j].value != NULL ? "=" : "",
			    pairs[j].value != NULL ? pairs[j].value : "");
		if (files[i].want != NULL)
			assert_string_equal(got, files[i].want);
		else
			assert_int_equal(line, files[i].line);
	}
}

static void
hostile_text(void **state)
{
	struct ini_pair pairs[INI_KEYS_MAX];
	char text[4 * (INI_KEYS_MAX + 1) + 8] = "[s]\n";
	char nul[] = "[s]\na=x\0y\n";
	unsigned line = 0;
	bool found;
	size_t i;

	(void)state;
	assert_int_equal(ini_section(nul, sizeof(nul) - 1, "s", pairs, &line,
	    &found), INI_BROKEN);
	assert_int_equal(line, 2);
	for (i = 0; i < INI_KEYS_MAX + 1; i++)
		memcpy(text + 4 + 4 * i, "a=1\n", 5);
	assert_int_equal(ini_section(text, 4 + 4 * INI_KEYS_MAX, "s", pairs,
	    &line, &found), INI_KEYS_MAX);
	for (i = 0; i < INI_KEYS_MAX + 1; i++)
		memcpy(text + 4 + 4 * i, "a=1\n", 5);
	assert_int_equal(ini_section(text, 8 + 4 * INI_KEYS_MAX, "s", pairs,
	    &line, &found), INI_CROWDED);
	assert_int_equal(line, INI_KEYS_MAX + 2);
}

static void
keys_are_held(void **state)
{
	static const struct {
		const char	*text;
		bool		 holds;
	} rows[] = {
		{ "[a]\npassword = x\n", true },
		{ "[a]\npassword=\n", true },
		{ " password = x", true },
		{ "[a]\n#password = x\n", false },
		{ "[a]\npassword-file = x\n", false },
		{ "[a]\nuser = password=x\n", false },
		{ "[password]\n", false }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (ini_holds(rows[i].text, strlen(rows[i].text),
		    "password") != rows[i].holds)
			fail_msg("row %zu", i);
}

/* with_file - a file of that text and mode, and the option that names it */
static void
with_file(const char *dir, const char *section, const char *text, mode_t mode,
    char option[PATH_MAX])
{
	char path[PATH_MAX];

	scratch_file(scratch_path(path, dir, "x.ini"), text, strlen(text),
	    mode);
	assert_true(snprintf(option, PATH_MAX, "--extra-opts=%s@%.2000s",
	    section, path) < PATH_MAX);
}

static void
the_line_wins(void **state)
{
	static const char text[] =
	    "[check_fake]\nport = 1\nusername = joe\nv =\nverbose =\n"
	    "H = a.example\nno-verify =\nmailbox = Sent Items\n"
	    "warning = auth=1\nwarning = 7\npassword-file = /x\n"
	    "[other]\nport = 99\n";
	char dir[SCRATCH_MAX], option[PATH_MAX];
	struct parsed p;

	(void)state;
	scratch_new(dir);
	with_file(dir, "", text, 0644, option);
	/* before argv even when it stands last */
	parse_good(&p, WORDS("--port=2", "-w5", "-v", "--hostname=b.example",
	    option));
	assert_int_equal(p.s.port, 2);
	assert_string_equal(p.s.user, "joe");
	assert_int_equal(p.s.verbose, 3);
	assert_true(p.s.no_verify);
	assert_string_equal(fake_cfg.mailbox, "Sent Items");
	assert_string_equal(host_list_at(&p.s.hosts, 0), "a.example");
	assert_string_equal(host_list_at(&p.s.hosts, 1), "b.example");
	assert_int_equal(p.s.thresholds.n, 2);
	assert_true(p.s.thresholds.rows[1].range.end == 5);
	assert_string_equal(p.s.password_file, "/x");
	parsed_free(&p);
	with_file(dir, "other", text, 0644, option);
	parse_good(&p, WORDS(option));
	assert_int_equal(p.s.port, 99);
	assert_null(p.s.user);
	parsed_free(&p);
	with_file(dir, "", text, 0644, option);
	parse_good(&p, WORDS(option, "--password-env=PW"));
	assert_null(p.s.password_file);
	assert_string_equal(p.s.password_env, "PW");
	parsed_free(&p);
	scratch_free(dir);
}

static void
several_files_add_up(void **state)
{
	char dir[SCRATCH_MAX], one[PATH_MAX], two[PATH_MAX];
	static const char text[] = "[a]\nport=1\nrate=7\n[b]\nport=2\n";
	const char *words[WORDS_MAX] = { NULL };
	struct parsed p;
	int i;

	(void)state;
	scratch_new(dir);
	with_file(dir, "a", text, 0644, one);
	with_file(dir, "b", text, 0644, two);
	parse_good(&p, WORDS(one, two));
	assert_int_equal(p.s.port, 2);
	assert_int_equal(p.s.rate, 7);
	parsed_free(&p);
	for (i = 0; i <= EXTRA_OPTS_MAX; i++)
		words[i] = one;
	expect_bad(words, CAUSE_USAGE_OPTION, "too often");
	scratch_free(dir);
}

static void
a_password_lies_open(void **state)
{
	static const char text[] = "[check_fake]\npassword = hunter2\n";
	char dir[SCRATCH_MAX], option[PATH_MAX];
	struct parsed p;

	(void)state;
	scratch_new(dir);
	with_file(dir, "", text, 0644, option);
	parse_words(&p, WORDS(option));
	assert_int_equal(p.outcome, OPT_BAD);
	assert_int_equal(p.error.cause, CAUSE_USAGE_SECRET);
	assert_non_null(strstr(sentence(&p), "x.ini holds a password"));
	assert_null(strstr(sentence(&p), "hunter2"));
	parsed_free(&p);
	with_file(dir, "", text, 0602, option);
	expect_bad(WORDS(option), CAUSE_USAGE_SECRET, "chmod 0640");
	with_file(dir, "", text, 0644, option);
	parse_good(&p, WORDS(option, "--allow-readable-secret"));
	assert_string_equal(p.s.password, "hunter2");
	parsed_free(&p);
	with_file(dir, "", text, 0640, option);
	parse_good(&p, WORDS(option));
	assert_string_equal(p.s.password, "hunter2");
	parsed_free(&p);
	/* a file cannot excuse itself */
	with_file(dir, "", "[check_fake]\nallow-readable-secret =\n"
	    "password = x\n", 0644, option);
	expect_bad(WORDS(option), CAUSE_USAGE_SECRET, "chmod 0640");
	with_file(dir, "", "[check_fake]\npassword =\n", 0600, option);
	expect_bad(WORDS(option), CAUSE_USAGE_SECRET, "is empty");
	scratch_free(dir);
}

static const struct {
	const char	*section;
	const char	*text;
	const char	*said;
} broken[] = {
	{ "", "[check_fake]\nport = 0\n", "port = 0 in section "
	    "check_fake of /" },
	{ "", "[check_fake]\nport = 0\n", "is no port: use 1 to" },
	{ "", "[check_fake]\nprt = 1\n", "the nearest is port" },
	{ "", "[check_fake]\nx = 1\n", "x in section check_fake" },
	{ "", "[check_fake]\nport\n", "line 2" },
	{ "", "[check_fake]\nport =\n", "needs a value" },
	{ "", "[check_fake]\nverbose = 3\n", "takes no value" },
	{ "", "[check_fake]\nhelp =\n", "command line only" },
	{ "", "[check_fake]\nextra-opts = @y\n", "command line only" },
	{ "", "[check_fake]\nusername = a\tb\n", "control character" },
	{ "nosuch", "[check_fake]\n", "there is no section nosuch" },
	{ "a|b", "[check_fake]\n", "there is no section a/b of" }
};

static void
bad_files(void **state)
{
	char dir[SCRATCH_MAX], option[PATH_MAX];
	size_t i;

	(void)state;
	scratch_new(dir);
	for (i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		with_file(dir, broken[i].section, broken[i].text, 0600, option);
		expect_bad(WORDS(option), CAUSE_USAGE_OPTION, broken[i].said);
	}
	expect_bad(WORDS("--extra-opts=@/nonexistent/x.ini"),
	    CAUSE_USAGE_OPTION, "/nonexistent/x.ini cannot be read: No such");
	assert_true(snprintf(option, sizeof(option), "--extra-opts=@%.1000s",
	    dir) > 0);
	expect_bad(WORDS(option), CAUSE_USAGE_OPTION, "cannot be read");
	expect_bad(WORDS("--extra-opts=@/dev/zero"), CAUSE_USAGE_OPTION,
	    "longer than 1 MiB");
	scratch_free(dir);
}

static void
a_pipe_that_never_ends(void **state)
{
	char dir[SCRATCH_MAX], path[PATH_MAX], option[PATH_MAX];

	(void)state;
	scratch_new(dir);
	assert_int_equal(mkfifo(scratch_path(path, dir, "fifo"), 0600), 0);
	assert_true(snprintf(option, sizeof(option), "--extra-opts=@%.2000s",
	    path) > 0);
	expect_bad(WORDS(option, "-t50ms"), CAUSE_USAGE_OPTION,
	    "does not end before the time-out");
	scratch_free(dir);
}

static void
standard_input(void **state)
{
	static const char text[] = "[check_fake]\nport = 6\nu = joe\n";
	int fds[2], saved = dup(STDIN_FILENO);
	struct parsed p;

	(void)state;
	assert_true(saved >= 0);
	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], text, sizeof(text) - 1),
	    (ssize_t)sizeof(text) - 1);
	assert_int_equal(close(fds[1]), 0);
	assert_int_equal(dup2(fds[0], STDIN_FILENO), STDIN_FILENO);
	close(fds[0]);
	parse_good(&p, WORDS("--extra-opts=@-"));
	assert_int_equal(p.s.port, 6);
	assert_string_equal(p.s.user, "joe");
	parsed_free(&p);
	assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
	close(saved);
}

static void
usual_places(void **state)
{
	char dir[SCRATCH_MAX], path[PATH_MAX], list[PATH_MAX];
	struct parsed p;

	(void)state;
	scratch_new(dir);
	(void)snprintf(list, sizeof(list), "/nonexistent:%s", dir);
	setenv("NAGIOS_CONFIG_PATH", list, 1);
	unsetenv("MP_CONFIG_FILE");
	scratch_file(scratch_path(path, dir, "nagios-plugins.ini"),
	    "[check_fake]\nport=3\n", 20, 0600);
	parse_good(&p, WORDS("--extra-opts"));
	assert_int_equal(p.s.port, 3);
	parsed_free(&p);
	scratch_file(scratch_path(path, dir, "plugins.ini"),
	    "[check_fake]\nport=4\n", 20, 0600);
	parse_good(&p, WORDS("--extra-opts", "-v"));
	assert_int_equal(p.s.port, 4);
	parsed_free(&p);
	scratch_file(scratch_path(path, dir, "own"),
	    "[check_fake]\nport=5\n", 20, 0600);
	setenv("MP_CONFIG_FILE", path, 1);
	parse_good(&p, WORDS("--extra-opts=check_fake"));
	assert_int_equal(p.s.port, 5);
	parsed_free(&p);
	unsetenv("MP_CONFIG_FILE");
	unsetenv("NAGIOS_CONFIG_PATH");
	scratch_free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sections),
		cmocka_unit_test(hostile_text),
		cmocka_unit_test(keys_are_held),
		cmocka_unit_test(the_line_wins),
		cmocka_unit_test(several_files_add_up),
		cmocka_unit_test(a_password_lies_open),
		cmocka_unit_test(bad_files),
		cmocka_unit_test(a_pipe_that_never_ends),
		cmocka_unit_test(standard_input),
		cmocka_unit_test(usual_places)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
