/* SPDX-License-Identifier: GPL-3.0-or-later */
/* account - where the secret comes from, where it goes, and who is left alone */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plugin/frame.h"
#include "sample_run.h"
#include "scratch.h"
#include "world/clock.h"

enum {
	SECOND = 1000 * 1000,
	PAUSE = 15 * 60		/* seconds */
};

static const int64_t then = 1767225600;	/* 2026-01-01 */

static const struct plugin login_check = {
	.name = "check_fake", .uses = USES_HOST | USES_ACCOUNT,
	.tls = &tls_openssl
};
static const struct plugin plain_check = {
	.name = "check_fake", .uses = USES_HOST
};

/* a folder with a secret and the state of runs, and one run */
struct play {
	char		 dir[SCRATCH_MAX];
	char		 secret[PATH_MAX];
	char		 state[PATH_MAX];
	struct frame	 frame;
};

static struct play play;

static int
setup(void **state)
{
	*state = &play;
	memset(&play, 0, sizeof(play));
	scratch_new(play.dir);
	scratch_path(play.secret, play.dir, "secret");
	scratch_path(play.state, play.dir, "state");
	return 0;
}

static int
teardown(void **state)
{
	struct play *p = *state;

	scratch_free(p->dir);
	return 0;
}

/* begin - one run's frame, as it is when the options have been read */
static struct frame *
begin(struct play *p)
{
	struct frame *f = &p->frame;

	memset(f, 0, sizeof(*f));
	settings_init(&f->settings);
	f->plugin = &login_check;
	f->started = clock_now();
	f->settings.timeout.usec = 5 * SECOND;
	f->settings.user = "bob";
	f->backoff.state_dir = p->state;
	f->backoff.pause = (int64_t)PAUSE * SECOND;
	f->backoff.now = then;
	return f;
}

static struct frame *
begin_with(struct play *p, const char *secret)
{
	struct frame *f = begin(p);

	scratch_file(p->secret, secret, strlen(secret), 0600);
	f->settings.password_file = p->secret;
	return f;
}

static struct result *
target(struct frame *f, const char *host, uint16_t port, const char *user)
{
	struct result *r = sample_result(&f->run, host, port);

	r->target.user = user;
	f->logins = f->run.nresults;
	return r;
}

static bool
span_equals(struct span s, const char *want)
{
	return s.p != NULL && s.len == strlen(want) &&
	    memcmp(s.p, want, s.len) == 0;
}

/* nothing_left - of the secret in this frame */
static void
nothing_left(const struct frame *f)
{
	size_t i;

	assert_null(f->secret.data);
	for (i = 0; i < SECRET_FORMS_MAX; i++)
		assert_null(f->forms[i].data);
	assert_null(f->login.password.p);
	assert_null(f->session.secret.p);
}

/* end - as the frame ends */
static void
end(struct frame *f)
{
	account_settle(f);
	nothing_left(f);
	run_free(&f->run);
}

/* --- the way in --- */

static void
a_file_gives_the_secret(void **state)
{
	struct frame *f = begin_with(*state, "hunter22\r\n");

	assert_true(account_open(f));
	assert_true(span_equals(f->login.user, "bob"));
	assert_true(span_equals(f->login.password, "hunter22"));
	assert_int_equal(f->run.sheet.nfindings, 0);
	assert_non_null(f->login.sasl);
	assert_false(f->login.client_cert);
	end(f);
}

static void
a_variable_gives_the_secret_and_is_gone(void **state)
{
	struct frame *f = begin(*state);

	assert_int_equal(setenv("ACCOUNT_SECRET", "hunter22", 1), 0);
	f->settings.password_env = "ACCOUNT_SECRET";
	assert_true(account_open(f));
	assert_true(span_equals(f->login.password, "hunter22"));
	assert_null(getenv("ACCOUNT_SECRET"));
	end(f);
}

static void
a_descriptor_gives_the_secret(void **state)
{
	struct frame *f = begin(*state);
	int fds[2];

	assert_int_equal(pipe(fds), 0);
	assert_int_equal(write(fds[1], "hunter22\n", 9), 9);
	close(fds[1]);
	f->settings.password_fd = fds[0];
	assert_true(account_open(f));
	assert_true(span_equals(f->login.password, "hunter22"));
	close(fds[0]);
	end(f);
}

static void
an_ini_file_gives_the_secret_and_loses_it(void **state)
{
	static const char wiped[8];
	struct frame *f = begin(*state);
	char given[] = "hunter22";

	f->settings.password = given;
	assert_true(account_open(f));
	assert_true(span_equals(f->login.password, "hunter22"));
	assert_memory_equal(given, wiped, sizeof(wiped));
	end(f);
}

static void
a_certificate_needs_no_secret(void **state)
{
	struct frame *f = begin(*state);

	f->settings.client_cert = "client.pem";
	assert_true(account_open(f));
	assert_null(f->login.password.p);
	assert_true(f->login.client_cert);
	end(f);
}

static void
a_check_without_account_reads_none(void **state)
{
	struct frame *f = begin_with(*state, "hunter22");

	f->plugin = &plain_check;
	assert_true(account_open(f));
	assert_null(f->login.password.p);
	assert_int_equal(f->secret.len, 0);
	end(f);
}

static const struct {
	const char	*content;	/* NULL: there is no such file */
	mode_t		 mode;
	const char	*said;
} refused[] = {
	{ NULL, 0, "cannot be opened: No such file or directory" },
	{ "hunter22", 0644, "may be read by everybody" },
	{ "", 0600, "is empty" },
	{ "\n", 0600, "is empty" },
	{ "hunter22\nhunter23\n", 0600, "holds more than one line" }
};

/* where the module is not installed, the run says so and asks nobody */
static void
hashes_come_with_the_engine_or_from_the_module(void **state)
{
	struct plugin other = login_check;
	struct play *p = *state;
	struct frame *f = begin_with(p, "s");

	assert_true(account_open(f));
	assert_ptr_equal(f->backoff.digests, tls_openssl.digests);
	assert_true(f->login.md5 == tls_openssl.digests->md5);
	end(f);
	other.tls = NULL;
	f = begin_with(p, "s");
	f->plugin = &other;
	if (account_open(f)) {
		assert_non_null(f->backoff.digests);
		assert_ptr_not_equal(f->tls.engine, &tls_openssl);
		assert_int_equal(f->run.sheet.nfindings, 0);
	} else {
		assert_int_equal(f->run.sheet.nfindings, 1);
		assert_true(sheet_has(&f->run.sheet, CAUSE_INTERNAL_MODULE));
	}
	end(f);
}

static void
a_bad_secret_is_bad_usage(void **state)
{
	struct play *p = *state;
	const struct finding *found;
	struct frame *f;
	size_t i;

	for (i = 0; i < ROWS(refused); i++) {
		f = begin(p);
		f->settings.password_file = p->secret;
		if (refused[i].content != NULL)
			scratch_file(p->secret, refused[i].content,
			    strlen(refused[i].content), refused[i].mode);
		assert_false(account_open(f));
		assert_int_equal(f->run.sheet.nfindings, 1);
		found = f->run.sheet.findings;
		assert_int_equal(found->cause, CAUSE_USAGE_SECRET);
		assert_int_equal(found->stage, STAGE_NONE);
		assert_memory_equal(found->sentence, "--password-file: ", 17);
		assert_non_null(strstr(found->sentence, p->secret));
		assert_non_null(strstr(found->sentence, refused[i].said));
		assert_null(strstr(found->sentence, "hunter"));
		assert_null(f->login.password.p);
		end(f);
	}
}

static void
the_option_that_fails_is_named(void **state)
{
	struct frame *f = begin(*state);
	char empty[] = "";

	f->settings.password_env = "NO_SUCH_VARIABLE";
	assert_false(account_open(f));
	assert_memory_equal(f->run.sheet.findings->sentence,
	    "--password-env: the environment variable NO_SUCH_VARIABLE ", 58);
	end(f);
	f = begin(*state);
	f->settings.password_fd = 987;
	assert_false(account_open(f));
	assert_memory_equal(f->run.sheet.findings->sentence,
	    "--password-fd: descriptor 987 ", 30);
	end(f);
	f = begin(*state);
	f->settings.password = empty;
	assert_false(account_open(f));
	assert_memory_equal(f->run.sheet.findings->sentence,
	    "password in --extra-opts: ", 26);
	end(f);
}

/* --- how a server may repeat it --- */

static const struct {
	const char	*user, *secret;
	const char	*base64, *plain;	/* without padding */
	const char	*quoted;		/* "": as it is */
} spellings[] = {
	{ "bob", "hunter22", "aHVudGVyMjI", "AGJvYgBodW50ZXIyMg", "" },
	{ "bob", "hunter2", "aHVudGVyMg", "AGJvYgBodW50ZXIy", "" },
	{ "b", "hunter222", "aHVudGVyMjIy", "AGIAaHVudGVyMjIy", "" },
	{ "j\xc3\xb6", "p\xc3\xa4", "cMOk", "AGrDtgBww6Q", "" },
	{ "b", "x", "eA", "AGIAeA", "" },
	{ "b", "x\"y\\", "eCJ5XA", "AGIAeCJ5XA", "x\\\"y\\\\" }
};

static void
the_secret_has_its_spellings(void **state)
{
	struct frame *f;
	size_t i;

	for (i = 0; i < ROWS(spellings); i++) {
		f = begin_with(*state, spellings[i].secret);
		f->settings.user = spellings[i].user;
		assert_true(account_open(f));
		assert_string_equal(buf_cstr(&f->forms[0]),
		    spellings[i].base64);
		assert_string_equal(buf_cstr(&f->forms[1]),
		    spellings[i].plain);
		assert_string_equal(buf_cstr(&f->forms[2]),
		    spellings[i].quoted);
		end(f);
	}
}

static void
a_session_shows_no_spelling(void **state)
{
	static const char *const echoes[] = {
		"NO bad: x\"y\\", "NO bad: eCJ5XA==", "NO bad: eCJ5XA",
		"NO bad: AGJvYgB4Inlc", "NO bad: x\\\"y\\\\"
	};
	struct frame *f = begin_with(*state, "x\"y\\");
	struct session s;
	char text[TEXT_QUOTE_BUF];
	size_t i;

	assert_true(account_open(f));
	f->session.secret = buf_span(&f->secret);
	for (i = 0; i < SECRET_FORMS_MAX; i++)
		f->session.secret_forms[i] = buf_span(&f->forms[i]);
	session_init(&s, &f->session, target(f, "mail.example.org", 993,
	    "bob"));
	for (i = 0; i < ROWS(echoes); i++) {
		session_quote(&s, span_of(echoes[i]), text);
		assert_memory_equal(text, "NO bad: ***", 11);
		assert_int_equal(strspn(text + 11, "="), strlen(text + 11));
	}
	session_free(&s);
	end(f);
}

/* --- not twice in vain --- */

/* attempt - a run with this secret at `now` whose login came to `cause` (CAUSE_NONE: well); true if it was not made, because of an earlier one */
static bool
attempt(struct play *p, const char *secret, int64_t now, enum cause cause)
{
	struct frame *f = begin_with(p, secret);
	struct result *r;
	bool spared;

	f->backoff.now = now;
	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	spared = account_rejected_before(f, r);
	assert_int_equal(r->sheet.nfindings, spared);
	if (!spared && cause != CAUSE_NONE)
		assert_non_null(sheet_find(&r->sheet, cause, STAGE_AUTH, NULL,
		    "no"));
	if (!spared)
		r->stages[STAGE_AUTH].progress = cause == CAUSE_NONE ?
		    PROGRESS_OK : PROGRESS_FAILED;
	end(f);
	return spared;
}

static const struct {
	const char	*secret;
	int64_t		 after;		/* seconds since the first attempt */
	enum cause	 cause;
	bool		 spared;
} attempts[] = {
	/* only a rejection counts */
	{ "wrong", 0, CAUSE_AUTH_REFUSED, false },
	{ "wrong", 1, CAUSE_AUTH_UNAVAILABLE, false },
	{ "wrong", 2, CAUSE_AUTH_TIMEOUT, false },
	{ "wrong", 3, CAUSE_AUTH_REJECTED, false },
	{ "wrong", 4, CAUSE_NONE, true },
	{ "wrong", 2 + PAUSE, CAUSE_NONE, true },
	/* a changed secret is tried at once, and is the one remembered then */
	{ "other", 5, CAUSE_AUTH_REJECTED, false },
	{ "other", 6, CAUSE_NONE, true },
	{ "wrong", 7, CAUSE_AUTH_REJECTED, false },
	/* what fails otherwise forgets nothing */
	{ "third", 8, CAUSE_AUTH_CLOSED, false },
	{ "wrong", 9, CAUSE_NONE, true },
	/* the pause ends */
	{ "wrong", 7 + PAUSE, CAUSE_AUTH_REJECTED, false },
	/* a login that is taken ends it too */
	{ "right", 8 + PAUSE, CAUSE_NONE, false },
	{ "wrong", 9 + PAUSE, CAUSE_NONE, false }
};

static void
a_rejected_secret_is_not_tried_again(void **state)
{
	size_t i;

	for (i = 0; i < ROWS(attempts); i++)
		if (attempt(*state, attempts[i].secret,
		    then + attempts[i].after, attempts[i].cause) !=
		    attempts[i].spared)
			fail_msg("row %zu", i);
}

static void
backoff_says_whom_and_since_when(void **state)
{
	struct frame *f;
	struct result *r;

	assert_false(attempt(*state, "wrong", then, CAUSE_AUTH_REJECTED));
	f = begin_with(*state, "wrong");
	f->backoff.now = then + 180;
	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	assert_true(account_rejected_before(f, r));
	assert_int_equal(r->sheet.findings[0].cause, CAUSE_AUTH_BACKOFF);
	assert_int_equal(r->sheet.findings[0].stage, STAGE_AUTH);
	assert_non_null(strstr(r->sheet.findings[0].sentence,
	    "mail.example.org:993 rejected this password for bob "
	    "3 minutes ago"));
	assert_int_equal(r->stages[STAGE_AUTH].progress, PROGRESS_FAILED);
	end(f);
}

static void
each_server_and_user_has_its_own(void **state)
{
	static const struct {
		const char	*host;
		uint16_t	 port;
		const char	*user;
		bool		 spared;
	} rows[] = {
		{ "mail.example.org", 993, "bob", true },
		{ "mail.example.org", 143, "bob", false },
		{ "mail.example.org", 993, "eve", false },
		{ "mail2.example.org", 993, "bob", false }
	};
	struct frame *f;
	size_t i;

	assert_false(attempt(*state, "wrong", then, CAUSE_AUTH_REJECTED));
	f = begin_with(*state, "wrong");
	assert_true(account_open(f));
	for (i = 0; i < ROWS(rows); i++)
		assert_int_equal(account_rejected_before(f, target(f,
		    rows[i].host, rows[i].port, rows[i].user)),
		    rows[i].spared);
	end(f);
}

static void
several_targets_are_remembered_one_by_one(void **state)
{
	struct frame *f = begin_with(*state, "wrong");
	static const char *const hosts[] = { "a.example", "b.example",
		"c.example" };
	size_t i;

	assert_true(account_open(f));
	for (i = 0; i < ROWS(hosts); i++)
		target(f, hosts[i], 993, "bob");
	for (i = 0; i < ROWS(hosts); i += 2)
		assert_non_null(sheet_find(&f->run.results[i].sheet,
		    CAUSE_AUTH_REJECTED, STAGE_AUTH, NULL, "no"));
	end(f);
	f = begin_with(*state, "wrong");
	assert_true(account_open(f));
	for (i = 0; i < ROWS(hosts); i++)
		assert_int_equal(account_rejected_before(f, target(f,
		    hosts[i], 993, "bob")), i != 1);
	end(f);
}

/* a second login that is rejected with a secret that worked just now */
static void
a_secret_that_was_taken_is_no_wrong_one(void **state)
{
	struct play *p = *state;
	struct frame *f = begin_with(p, "right");
	struct result *r;

	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	r->stages[STAGE_AUTH].progress = PROGRESS_OK;
	assert_non_null(sheet_find(&r->sheet, CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    NULL, "no"));
	end(f);
	assert_false(attempt(p, "right", then + 1, CAUSE_NONE));
}

static void
off_means_off(void **state)
{
	struct play *p = *state;
	struct frame *f;
	struct result *r;

	assert_false(attempt(p, "wrong", then, CAUSE_AUTH_REJECTED));
	f = begin_with(p, "wrong");
	f->backoff.pause = 0;
	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	assert_false(account_rejected_before(f, r));
	r->stages[STAGE_AUTH].progress = PROGRESS_OK;
	end(f);
	/* and touches nothing of what others remember */
	assert_true(attempt(p, "wrong", then + 1, CAUSE_NONE));
}

static void
healthy_runs_leave_no_trace(void **state)
{
	struct play *p = *state;
	struct stat st;

	assert_false(attempt(p, "right", then, CAUSE_NONE));
	assert_int_equal(stat(p->state, &st), -1);
}

static void
what_others_refuse_is_no_password(void **state)
{
	struct play *p = *state;
	struct frame *f = begin_with(p, "right");
	struct result *r;
	struct stat st;

	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	r->stages[STAGE_AUTH].progress = PROGRESS_OK;
	r = sample_result(&f->run, "mail.example.org", 8080);
	assert_non_null(sheet_find(&r->sheet, CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    NULL, "the key of an API"));
	end(f);
	assert_int_equal(stat(p->state, &st), -1);
}

static void
what_cannot_be_remembered_is_said(void **state)
{
	struct play *p = *state;
	struct frame *f = begin_with(p, "wrong");
	struct result *r;
	char path[PATH_MAX];

	scratch_file(scratch_path(path, p->dir, "state"), "", 0, 0600);
	assert_true(account_open(f));
	r = target(f, "mail.example.org", 993, "bob");
	assert_false(account_rejected_before(f, r));
	assert_non_null(sheet_find(&r->sheet, CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    NULL, "no"));
	account_settle(f);
	nothing_left(f);
	assert_int_equal(r->sheet.nfindings, 2);
	assert_int_equal(r->sheet.findings[1].cause, CAUSE_INTERNAL_ERROR);
	assert_non_null(strstr(r->sheet.findings[1].sentence, "state"));
	run_free(&f->run);
}

#define IN_FOLDER(test)	cmocka_unit_test_setup_teardown(test, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_FOLDER(a_file_gives_the_secret),
		IN_FOLDER(a_variable_gives_the_secret_and_is_gone),
		IN_FOLDER(a_descriptor_gives_the_secret),
		IN_FOLDER(an_ini_file_gives_the_secret_and_loses_it),
		IN_FOLDER(a_certificate_needs_no_secret),
		IN_FOLDER(a_check_without_account_reads_none),
		IN_FOLDER(hashes_come_with_the_engine_or_from_the_module),
		IN_FOLDER(a_bad_secret_is_bad_usage),
		IN_FOLDER(the_option_that_fails_is_named),
		IN_FOLDER(the_secret_has_its_spellings),
		IN_FOLDER(a_session_shows_no_spelling),
		IN_FOLDER(a_rejected_secret_is_not_tried_again),
		IN_FOLDER(backoff_says_whom_and_since_when),
		IN_FOLDER(each_server_and_user_has_its_own),
		IN_FOLDER(several_targets_are_remembered_one_by_one),
		IN_FOLDER(a_secret_that_was_taken_is_no_wrong_one),
		IN_FOLDER(off_means_off),
		IN_FOLDER(healthy_runs_leave_no_trace),
		IN_FOLDER(what_others_refuse_is_no_password),
		IN_FOLDER(what_cannot_be_remembered_is_said)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
