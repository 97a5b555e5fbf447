/* SPDX-License-Identifier: GPL-3.0-or-later */
/* remember - the state file of a mailbox outlives all that can happen to it */
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
#include "world/remember.h"

enum {
	KILLS = 20,
	PATIENCE = 10 * 1000	/* milliseconds until the first file is there */
};

static const struct target server = {
	.host = "mail.example.org", .port = 993, .user = "bob@example.org"
};

static struct remember
in(const char *dir, const char *mailbox)
{
	return (struct remember){ .state_dir = dir, .target = &server,
	    .mailbox = span_of(mailbox), .digests = &digests_openssl };
}

static void
save(const struct remember *where, uint64_t number)
{
	struct remembered	box = { number, number };
	struct buf		why;

	buf_init(&why, 1024);
	assert_true(remember_save(where, &box, &why));
	assert_string_equal(buf_cstr(&why), "");
	buf_free(&why);
}

/* load - what is remembered; 0 when there is nothing */
static uint64_t
load(const struct remember *where)
{
	struct remembered	box = { 0, 0 };
	enum state_read		read;
	struct buf		why;

	buf_init(&why, 1024);
	read = remember_load(where, &box, &why);
	if (read == STATE_READ_BROKEN)
		fail_msg("%s", buf_cstr(&why));
	assert_true(box.uidvalidity == box.messages);
	assert_int_equal(read == STATE_READ_NONE, box.messages == 0);
	buf_free(&why);
	return box.messages;
}

static enum state_read
tried(const struct remember *where)
{
	struct remembered	box;
	enum state_read		read;
	struct buf		why;

	buf_init(&why, 1024);
	read = remember_load(where, &box, &why);
	assert_int_equal(read == STATE_READ_BROKEN, why.len > 0);
	buf_free(&why);
	return read;
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
each_mailbox_has_its_own(void **state)
{
	struct target	eve = server;
	char		dir[SCRATCH_MAX];
	struct remember	inbox, other, hers;

	(void)state;
	scratch_new(dir);
	inbox = in(dir, "INBOX");
	other = in(dir, "Entw\xc3\xbcrfe");
	hers = inbox;
	eve.user = "eve@example.org";
	hers.target = &eve;
	assert_int_equal(load(&inbox), 0);
	save(&inbox, 5);
	save(&other, 6);
	save(&hers, 7);
	assert_int_equal(load(&inbox), 5);
	assert_int_equal(load(&other), 6);
	assert_int_equal(load(&hers), 7);
	save(&inbox, 8);
	assert_int_equal(load(&inbox), 8);
	assert_int_equal(load(&other), 6);
	scratch_free(dir);
}

static void
the_name_tells_nothing(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	struct remember	inbox;
	struct stat	st;

	(void)state;
	scratch_new(dir);
	inbox = in(dir, "INBOX");
	save(&inbox, 5);
	the_file(dir, path);
	assert_null(strstr(strrchr(path, '/'), "bob"));
	assert_null(strstr(strrchr(path, '/'), "INBOX"));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	scratch_free(dir);
}

/* put - this content in place of the file's */
static void
put(const char *path, const char *text, size_t times)
{
	FILE	*f = fopen(path, "w");

	assert_non_null(f);
	while (times-- > 0)
		assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static void
what_is_broken_is_said_and_replaced(void **state)
{
	char		dir[SCRATCH_MAX], path[PATH_MAX];
	struct remember	inbox;

	(void)state;
	scratch_new(dir);
	inbox = in(dir, "INBOX");
	save(&inbox, 5);
	the_file(dir, path);
	put(path, "", 1);
	assert_int_equal(tried(&inbox), STATE_READ_BROKEN);
	put(path, "messages 5\n", 1);
	assert_int_equal(tried(&inbox), STATE_READ_BROKEN);
	put(path, "monitoring-plugins-mail mailbox 1\n", 30000);
	assert_int_equal(tried(&inbox), STATE_READ_BROKEN);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/dev/zero", path), 0);
	assert_int_equal(tried(&inbox), STATE_READ_BROKEN);
	save(&inbox, 6);
	assert_int_equal(load(&inbox), 6);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(mkdir(path, 0700), 0);
	assert_int_equal(tried(&inbox), STATE_READ_BROKEN);
	assert_int_equal(rmdir(path), 0);
	scratch_free(dir);
}

/* write_on - until it is killed */
static void
write_on(const struct remember *where)
{
	struct remembered	box = { 1, 1 };
	struct buf		why;

	for (;;) {
		buf_init(&why, 1024);
		if (!remember_save(where, &box, &why))
			_exit(1);
		buf_free(&why);
		box.messages++;
		box.uidvalidity++;
	}
}

static void
a_kill_never_breaks_it(void **state)
{
	char		dir[SCRATCH_MAX];
	struct remember	inbox;
	int		i, waited, status;
	pid_t		child;

	(void)state;
	scratch_new(dir);
	inbox = in(dir, "INBOX");
	for (i = 0; i < KILLS; i++) {
		child = fork();
		assert_true(child >= 0);
		if (child == 0)
			write_on(&inbox);
		/* whole at every moment, and with every moment of death */
		for (waited = 0; load(&inbox) == 0 && waited < PATIENCE;
		    waited++)
			(void)poll(NULL, 0, 1);
		(void)poll(NULL, 0, i % 5);
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFSIGNALED(status));
		assert_true(load(&inbox) > 0);
		save(&inbox, 1);
	}
	scratch_free(dir);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_mailbox_has_its_own),
		cmocka_unit_test(the_name_tells_nothing),
		cmocka_unit_test(what_is_broken_is_said_and_replaced),
		cmocka_unit_test(a_kill_never_breaks_it)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
