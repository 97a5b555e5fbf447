/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap_id, imap_idle - who the server is, and how long it keeps a client */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"

#define ROWS(rows) (sizeof(rows) / sizeof((rows)[0]))

/* steps that are no bytes from the server */
#define WAKE	"\1wake"	/* the time asked for */
#define FIN	"\1fin"
#define TIME	"\1time"	/* the deadline */

enum {
	STEPS_MAX = 8,
	SECOND = 1000 * 1000
};

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_idle_ladder),
	RUNG_END
};

static struct session s;
static struct session_config config;
static struct login login;
static struct result r;
static struct buf sent;
static struct want want;
static int64_t now;

static void
happen(struct event e)
{
	if (e.kind == EVENT_WAKE)
		now = want.wake_at;
	e.at = now;
	want = session_event(&s, &e);
	buf_span_add(&sent, buf_span(&s.out));
	buf_clear(&s.out);
	now += SECOND / 10;
}

static void
start(int64_t idle)
{
	struct connected to = { .n = 1 };

	memset(&r, 0, sizeof(r));
	memcpy(r.target.host, "192.0.2.1", 10);
	r.target.port = 143;
	r.target.tls = TLS_NONE;
	r.target.user = "bob";
	login = (struct login){ .mailbox = { "INBOX", 5 }, .idle = idle };
	config = (struct session_config){ .protocol = &imap_protocol,
	    .ladder = ladder, .login = &login, .secret = { "hunter22", 8 },
	    .deadline = 100 * SECOND };
	buf_init(&sent, 64 * 1024);
	now = SECOND;
	session_init(&s, &config, &r);
	address_parse(span_of("192.0.2.1"), &to.attempts[0].address);
	happen((struct event){ .kind = EVENT_START });
	happen((struct event){ .kind = EVENT_CONNECTED, .connected = &to });
}

static void
step(const char *bytes)
{
	if (strcmp(bytes, WAKE) == 0) {
		assert_true(want.wake_at > 0);
		happen((struct event){ .kind = EVENT_WAKE });
	} else if (strcmp(bytes, FIN) == 0)
		happen((struct event){ .kind = EVENT_CLOSED });
	else if (strcmp(bytes, TIME) == 0)
		happen((struct event){ .kind = EVENT_DEADLINE });
	else
		happen((struct event){ .kind = EVENT_BYTES,
		    .bytes = span_of(bytes) });
}

static void
finish(void)
{
	session_free(&s);
	result_free(&r);
	buf_free(&sent);
}

/* --- IDLE --- */

#define HELLO		"* PREAUTH [CAPABILITY IMAP4rev1 IDLE] in\r\n"
#define BOX		"* 3 EXISTS\r\na1 OK\r\na2 OK open\r\n"
#define SAY_BOX		"a1 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n" \
			"a2 EXAMINE \"INBOX\"\r\n"
#define SAY_IDLE	SAY_BOX "a3 IDLE\r\n"
#define BYE		"a4 LOGOUT\r\n"

static const struct row {
	const char	*name;
	const char	*steps[STEPS_MAX];
	enum cause	 cause;
	const char	*sentence;	/* part of it */
	const char	*sent;
	int64_t		 lasted;	/* tenths of a second */
} rows[] = {
	{ "silent server", { HELLO, BOX, "+ idling\r\n", WAKE, "a3 OK\r\n" },
	    CAUSE_NONE, NULL, SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "lively server", { HELLO, BOX, "+\r\n", "* 4 EXISTS\r\n",
	    "* OK Still here\r\n", WAKE, "* 5 EXISTS\r\n", "a3 OK\r\n" },
	    CAUSE_NONE, NULL, SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "IMAP4rev2", { "* PREAUTH [CAPABILITY IMAP4rev2] in\r\n", BOX,
	    "+ \r\n", WAKE, "a3 OK\r\n" }, CAUSE_NONE, NULL,
	    SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "not offered", { "* PREAUTH [CAPABILITY IMAP4rev1] in\r\n", BOX,
	    "* CAPABILITY IMAP4rev1\r\na3 OK\r\n" }, CAUSE_PROTOCOL_REJECTED,
	    "does not offer IDLE", SAY_BOX "a3 CAPABILITY\r\n" BYE, 0 },
	{ "offered on a second look", {
	    "* PREAUTH [CAPABILITY IMAP4rev1] in\r\n", BOX,
	    "* CAPABILITY IMAP4rev1 IDLE\r\na3 OK\r\n", "+ \r\n", WAKE,
	    "a4 OK\r\n" }, CAUSE_NONE, NULL, SAY_BOX "a3 CAPABILITY\r\n"
	    "a4 IDLE\r\nDONE\r\na5 LOGOUT\r\n", 20 },
	{ "refused", { HELLO, BOX, "a3 NO not here\r\n" },
	    CAUSE_PROTOCOL_REJECTED, "refuses IDLE: \"not here\"",
	    SAY_IDLE BYE, 0 },
	{ "unknown", { HELLO, BOX, "a3 BAD what\r\n" },
	    CAUSE_PROTOCOL_REJECTED, "refuses IDLE", SAY_IDLE BYE, 0 },
	{ "not begun", { HELLO, BOX, "a3 OK done\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, "says OK to IDLE", SAY_IDLE, 0 },
	{ "no continuation", { HELLO, BOX, "* 4 EXISTS\r\n", TIME },
	    CAUSE_MAILBOX_TIMEOUT, "did not answer IDLE within 0.2 seconds",
	    SAY_IDLE BYE, 0 },
	{ "no end", { HELLO, BOX, "+ \r\n", WAKE, TIME },
	    CAUSE_MAILBOX_TIMEOUT,
	    "did not end IDLE within 0.1 seconds",
	    SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "cut", { HELLO, BOX, "+ \r\n", "* 4 EXISTS\r\n", FIN },
	    CAUSE_MAILBOX_CLOSED, "in the middle of IDLE", SAY_IDLE, 2 },
	{ "goodbye", { HELLO, BOX, "+ \r\n", "* BYE enough\r\n" },
	    CAUSE_MAILBOX_CLOSED, "\"enough\"", SAY_IDLE BYE, 1 },
	{ "ended", { HELLO, BOX, "+ \r\n", "a3 OK enough\r\n" },
	    CAUSE_MAILBOX_CLOSED, "ended IDLE by itself after 0.1 seconds",
	    SAY_IDLE BYE, 1 },
	{ "taken and ended in one breath", { HELLO, BOX,
	    "+ \r\na3 OK enough\r\n" }, CAUSE_MAILBOX_CLOSED,
	    "ended IDLE by itself", SAY_IDLE BYE, 0 },
	{ "end refused", { HELLO, BOX, "+ \r\n", WAKE, "a3 BAD what\r\n" },
	    CAUSE_PROTOCOL_REJECTED, "refuses the end of IDLE",
	    SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "warning", { HELLO, BOX, "+ \r\n", "* NO index\r\n", WAKE,
	    "a3 OK\r\n" }, CAUSE_MAILBOX_DEGRADED, "warned during IDLE",
	    SAY_IDLE "DONE\r\n" BYE, 20 },
	{ "mailbox that does not open", { HELLO, "a1 OK\r\na2 NO what\r\n" },
	    CAUSE_MAILBOX_UNAVAILABLE, NULL, SAY_BOX "a3 LOGOUT\r\n", 0 }
};

static void
waiting_for_mail(void **state)
{
	const struct finding *f;
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		start(2 * SECOND);
		for (j = 0; j < STEPS_MAX && rows[i].steps[j] != NULL; j++)
			step(rows[i].steps[j]);
		f = r.sheet.findings;
		if ((f == NULL ? CAUSE_NONE : f->cause) != rows[i].cause)
			fail_msg("%s: %s", rows[i].name,
			    f == NULL ? "no finding" : f->sentence);
		if (rows[i].sentence != NULL &&
		    strstr(f->sentence, rows[i].sentence) == NULL)
			fail_msg("%s: %s", rows[i].name, f->sentence);
		assert_int_equal(want.kind, WANT_DONE);
		assert_string_equal(buf_cstr(&sent), rows[i].sent);
		assert_int_equal(imap_idle_lasted(&s),
		    rows[i].lasted * SECOND / 10);
		finish();
	}
}

static void
the_waiting_is_no_time_of_the_stage(void **state)
{
	(void)state;
	start(40 * (int64_t)SECOND);
	step(HELLO);
	step(BOX);
	step("+ \r\n");
	step(WAKE);
	step("a3 OK\r\n");
	assert_true(r.stages[STAGE_MAILBOX].usec < SECOND);
	assert_non_null(strstr(r.stages[STAGE_MAILBOX].note,
	    "IDLE kept for 40 seconds"));
	finish();
}

static void
too_little_time_is_not_the_servers_fault(void **state)
{
	(void)state;
	start(99 * (int64_t)SECOND);
	step(HELLO);
	step(BOX);
	step("+ \r\n");
	assert_true(want.wake_at < config.deadline);
	step(WAKE);
	step("a3 OK\r\n");
	assert_true(s.finished);
	assert_int_equal(r.sheet.nfindings, 1);
	assert_int_equal(r.sheet.findings[0].cause,
	    CAUSE_INTERNAL_UNFINISHED);
	assert_true(r.sheet.findings[0].by_deadline);
	finish();
}

static void
nobody_waits_unasked(void **state)
{
	(void)state;
	start(0);
	step(HELLO);
	step(BOX);
	assert_string_equal(buf_cstr(&sent), SAY_BOX "a3 LOGOUT\r\n");
	assert_true(s.finished);
	finish();
}

/* --- ID --- */

static const struct {
	const char	*answer;	/* with the tag a1 at its end */
	const char	*fields;	/* NAME=VALUE; */
} ids[] = {
	{ "* ID NIL\r\na1 OK\r\n", "" },
	{ "a1 BAD what\r\n", "" },
	{ "a1 NO\r\n", "" },
	{ "* ID (\"name\" \"Cyrus\" \"version\" \"3\")\r\na1 OK\r\n",
	    "name=Cyrus;version=3;" },
	{ "* id (\"name\" NIL \"os\" \"x\")\r\na1 OK\r\n", "os=x;" },
	{ "* ID (NIL \"x\" \"os\" \"x\")\r\na1 OK\r\n", "os=x;" },
	{ "* ID (\"a\\\"b\" \"c\\\\d\")\r\na1 OK\r\n", "a\"b=c\\d;" },
	{ "* ID (\"name\" {4}\r\na) b \"x\" \"y\")\r\na1 OK\r\n",
	    "name=a) b;x=y;" },
	{ "* ID (\"a|b\" \"\x1b[1mred\xff\")\r\na1 OK\r\n",
	    "a/b=?[1mred?;" },
	{ "* ID (\"name\" \"1\" \"NAME\" \"2\")\r\na1 OK\r\n", "name=1;" },
	{ "* ID (\"name\" \"x hunter22 y\")\r\na1 OK\r\n",
	    "name=x *** y;" },
	{ "* ID (\"name\" \"1\")\r\n* ID (\"os\" \"2\")\r\na1 OK\r\n",
	    "name=1;" },
	{ "* ID (\"\" \"1\" \"os\" \"\")\r\na1 OK\r\n", "" },
	{ "* ID (\"name\" \"never ended\r\na1 OK\r\n", "" },
	{ "* ID (\"name\"\r\na1 OK\r\n", "" },
	{ "* ID (\r\na1 OK\r\n", "" },
	{ "* ID \"name\" \"x\"\r\na1 OK\r\n", "" },
	{ "* ID (\"0123456789012345678901234567890123456789\" \"x\")\r\n"
	    "a1 OK\r\n", "01234567890123456789012345678...=x;" },
	{ "* ID (\"a\" \"1\" \"b\" \"1\" \"c\" \"1\" \"d\" \"1\" \"e\" \"1\" "
	    "\"f\" \"1\" \"g\" \"1\" \"h\" \"1\" \"i\" \"1\" \"j\" \"1\" "
	    "\"k\" \"1\")\r\na1 OK\r\n",
	    "a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1;j=1;" }
};

static void
who_the_server_is(void **state)
{
	const struct imap_id *id;
	struct buf fields;
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(ids); i++) {
		start(0);
		step("* PREAUTH [CAPABILITY IMAP4rev1 ID] in\r\n");
		assert_non_null(strstr(buf_cstr(&sent), "a1 ID (\"name\" "
		    "\"monitoring-plugins-mail\" \"version\" \""));
		step(ids[i].answer);
		assert_non_null(strstr(buf_cstr(&sent), "\")\r\na2 STATUS "
		    "\"INBOX\" (MESSAGES UNSEEN)\r\na3 EXAMINE \"INBOX\""));
		step("a2 OK\r\n* 3 EXISTS\r\na3 OK\r\n");
		assert_int_equal(r.sheet.nfindings, 0);
		assert_true(s.finished);
		id = imap_of(&s)->id;
		buf_init(&fields, 4096);
		for (j = 0; id != NULL && j < id->n; j++)
			buf_fmt(&fields, "%s=%s;", id->fields[j].name,
			    id->fields[j].value);
		assert_string_equal(buf_cstr(&fields), ids[i].fields);
		buf_free(&fields);
		finish();
	}
}

static void
the_note_names_it(void **state)
{
	(void)state;
	start(0);
	step("* PREAUTH [CAPABILITY IMAP4rev1 ID] in\r\n");
	step("* ID (\"name\" \"Cyrus\" \"os\" \"x\")\r\na1 OK\r\n");
	assert_non_null(strstr(r.stages[STAGE_GREETING].note,
	    "in\"; server ID: name \"Cyrus\", os \"x\""));
	finish();
}

static void
not_offered_not_asked(void **state)
{
	(void)state;
	start(0);
	step("* PREAUTH [CAPABILITY IMAP4rev1] in\r\n");
	assert_string_equal(buf_cstr(&sent), SAY_BOX);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waiting_for_mail),
		cmocka_unit_test(the_waiting_is_no_time_of_the_stage),
		cmocka_unit_test(too_little_time_is_not_the_servers_fault),
		cmocka_unit_test(nobody_waits_unasked),
		cmocka_unit_test(who_the_server_is),
		cmocka_unit_test(the_note_names_it),
		cmocka_unit_test(not_offered_not_asked)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
