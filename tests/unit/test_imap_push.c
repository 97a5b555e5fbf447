/* SPDX-License-Identifier: GPL-3.0-or-later */
/* imap_push - one session waits, another one puts a message and removes it */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "dialog/imap.h"
#include "dialog/imap_mailbox.h"

#define ROWS(rows) (sizeof(rows) / sizeof((rows)[0]))

/* steps: '1' or '2', who it happens to, then bytes from the server or one of these */
#define CALL	"2\1call"	/* the second session begins */
#define LOST	"2\1lost"	/* it cannot be made */
#define WAKE	"1\1wake"	/* the time asked for has come */
#define FIN	"\1fin"
#define TIME	"\1time"	/* the deadline */

enum {
	STEPS_MAX = 14,
	SECOND = 1000 * 1000,
	TENTH = SECOND / 10
};

static const struct rung waiting[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_idle_ladder),
	RUNG_END
};

struct side {
	struct session		 s;
	struct session_config	 config;
	struct result		 r;
	struct buf		 sent;
	struct want		 want;
	bool			 begun;
};

static struct side first, second;
static struct login login;
static struct imap_push push;
static int64_t now;

static void
happen(struct side *a, struct event e)
{
	struct side *b = a == &first ? &second : &first;

	e.at = now;
	a->want = session_event(&a->s, &e);
	buf_span_add(&a->sent, buf_span(&a->s.out));
	buf_clear(&a->s.out);
	/* what the world and the frame do */
	if (a->want.kind == WANT_DONE && a->s.partner != NULL) {
		a->s.partner = b->s.partner = NULL;
		a->s.rouses = true;
	}
	if (a->s.rouses) {
		a->s.rouses = false;
		if (b->begun && b->want.kind != WANT_DONE)
			happen(b, (struct event){ .kind = EVENT_WAKE });
	}
}

static void
begin(struct side *a, const struct rung *ladder)
{
	struct connected to = { .n = 1 };

	memset(a, 0, sizeof(*a));
	memcpy(a->r.target.host, "192.0.2.1", 10);
	a->r.target.port = 143;
	a->r.target.tls = TLS_NONE;
	a->r.target.user = "bob";
	a->config = (struct session_config){ .protocol = &imap_protocol,
	    .ladder = ladder, .login = &login, .secret = { "hunter22", 8 },
	    .deadline = 100 * SECOND };
	buf_init(&a->sent, 64 * 1024);
	session_init(&a->s, &a->config, &a->r);
	address_parse(span_of("192.0.2.1"), &to.attempts[0].address);
	a->begun = true;
	happen(a, (struct event){ .kind = EVENT_START });
	happen(a, (struct event){ .kind = EVENT_CONNECTED, .connected = &to });
}

static void
start(const char *folder)
{
	memset(&second, 0, sizeof(second));
	push = (struct imap_push){ .folder = span_of(folder),
	    .message = { "M\r\n", 3 } };
	login = (struct login){ .mailbox = { "INBOX", 5 },
	    .idle = 2 * SECOND, .push = &push };
	now = SECOND;
	begin(&first, waiting);
}

static void
call(void)
{
	assert_true(first.s.calls);
	first.s.calls = false;
	begin(&second, imap_push_ladder);
	second.s.partner = &first.s;
	first.s.partner = &second.s;
}

static void
step(const char *what)
{
	struct side *a = what[0] == '1' ? &first : &second;

	if (strcmp(what, CALL) == 0) {
		call();
	} else if (strcmp(what, LOST) == 0) {
		first.s.calls = false;
		happen(&first, (struct event){ .kind = EVENT_WAKE });
	} else if (strcmp(what, WAKE) == 0) {
		assert_true(a->want.wake_at > 0);
		if (now < a->want.wake_at)
			now = a->want.wake_at;
		happen(a, (struct event){ .kind = EVENT_WAKE });
	} else if (strcmp(what + 1, FIN) == 0) {
		happen(a, (struct event){ .kind = EVENT_CLOSED });
	} else if (strcmp(what + 1, TIME) == 0) {
		happen(a, (struct event){ .kind = EVENT_DEADLINE });
	} else {
		happen(a, (struct event){ .kind = EVENT_BYTES,
		    .bytes = span_of(what + 1) });
	}
	now += TENTH;
}

static void
finish(void)
{
	session_free(&first.s);
	result_free(&first.r);
	buf_free(&first.sent);
	if (!second.begun)
		return;
	session_free(&second.s);
	result_free(&second.r);
	buf_free(&second.sent);
}

/* --- rows --- */

#define IN(caps)	"* PREAUTH [CAPABILITY IMAP4rev1 " caps "] in\r\n"
#define FIRST		"1" IN("IDLE")
#define BOX		"1* 3 EXISTS\r\na1 OK\r\na2 OK open\r\n"
#define READY		FIRST, BOX, "1+ \r\n", CALL
#define SECONDLY	"2" IN("UIDPLUS LITERAL+")
#define TOLD		"1* 4 EXISTS\r\n"
#define PUT		"2a1 OK [APPENDUID 7 9] done\r\n"
#define END		"1a3 OK\r\n"
#define OPEN		"2* OK [UIDVALIDITY 7] valid\r\na2 OK open\r\n"
#define MARKED		"2a3 OK\r\n"
#define GONE		"2* 4 EXPUNGE\r\na4 OK\r\n"
#define REMOVED		OPEN, MARKED, GONE

#define SAY_WAIT	"a1 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n" \
			"a2 EXAMINE \"INBOX\"\r\na3 IDLE\r\n"
#define SAY_ALL		SAY_WAIT "DONE\r\na4 LOGOUT\r\n"
#define SAY_PUT		"a1 APPEND \"INBOX\" (\\Seen) {3+}\r\nM\r\n\r\n"
#define SAY_SELECT	SAY_PUT "a2 SELECT \"INBOX\"\r\n"
#define SAY_STORE	SAY_SELECT "a3 UID STORE 9 +FLAGS.SILENT (\\Deleted)\r\n"
#define SAY_EXPUNGE	SAY_STORE "a4 UID EXPUNGE 9\r\n"
#define SAY_REMOVE	SAY_EXPUNGE "a5 LOGOUT\r\n"

enum { WAITER = 1, PUTTER = 2 };

static const struct row {
	const char	*name;
	const char	*steps[STEPS_MAX];
	int		 who;		/* has the finding; 0 nobody */
	enum cause	 cause;
	const char	*sentence;	/* part of it */
	const char	*waiter;	/* what the first said, from the start; NULL whatever */
	const char	*putter;	/* all that the second said */
	const char	*note;		/* part of the second's */
	int64_t		 after;		/* tenths of a second until it was told; -1 it was not */
} rows[] = {
	{ "told", { READY, SECONDLY, PUT, TOLD, END, REMOVED }, 0,
	    CAUSE_NONE, NULL, SAY_ALL, SAY_REMOVE, "was removed from INBOX", 2 },
	{ "told before the answer to APPEND", { READY, SECONDLY, TOLD, PUT,
	    END, REMOVED }, 0, CAUSE_NONE, NULL, SAY_ALL, SAY_REMOVE,
	    "was removed", 1 },
	{ "removed before the waiting one is gone", { READY, SECONDLY, PUT,
	    TOLD, REMOVED, END }, 0, CAUSE_NONE, NULL, SAY_ALL, SAY_REMOVE,
	    "was removed", 2 },
	{ "told of another before the message was sent", { READY, TOLD,
	    SECONDLY, PUT, WAKE, END, REMOVED }, WAITER,
	    CAUSE_MAILBOX_DEGRADED, "within 2 seconds of the message",
	    SAY_ALL, SAY_REMOVE, "was removed", -1 },
	{ "told of another, then of ours", { READY, TOLD, SECONDLY, PUT,
	    "1* 5 EXISTS\r\n", END, REMOVED }, 0, CAUSE_NONE, NULL, SAY_ALL,
	    SAY_REMOVE, "was removed", 2 },
	{ "a number that does not grow", { READY, SECONDLY, PUT,
	    "1* 3 EXISTS\r\n* 1 RECENT\r\n* OK Still here\r\n", WAKE, END,
	    REMOVED }, WAITER, CAUSE_MAILBOX_DEGRADED,
	    "put into INBOX", SAY_ALL, SAY_REMOVE, NULL, -1 },
	{ "one less, one more", { READY, SECONDLY, PUT,
	    "1* 2 EXPUNGE\r\n* 3 EXISTS\r\n", END, REMOVED }, 0, CAUSE_NONE,
	    NULL, SAY_ALL, SAY_REMOVE, NULL, 2 },
	{ "told after the end", { READY, SECONDLY, PUT, WAKE,
	    "1* 4 EXISTS\r\na3 OK\r\n", REMOVED }, WAITER,
	    CAUSE_MAILBOX_DEGRADED, "did not tell", SAY_ALL, SAY_REMOVE, NULL,
	    -1 },
	{ "the server asks for the message", { READY, "2" IN("UIDPLUS"),
	    "1* 4 EXISTS\r\n", "2+ go on\r\n", PUT, "1* 5 EXISTS\r\n", END,
	    REMOVED }, 0, CAUSE_NONE, NULL, SAY_ALL,
	    "a1 APPEND \"INBOX\" (\\Seen) {3}\r\nM\r\n\r\n"
	    "a2 SELECT \"INBOX\"\r\na3 UID STORE 9 +FLAGS.SILENT "
	    "(\\Deleted)\r\na4 UID EXPUNGE 9\r\na5 LOGOUT\r\n", NULL, 2 },
	{ "taken unseen", { READY, "2" IN("UIDPLUS"), PUT, END }, PUTTER,
	    CAUSE_PROTOCOL_VIOLATION, "without having asked", SAY_ALL,
	    "a1 APPEND \"INBOX\" (\\Seen) {3}\r\n", NULL, -1 },
	{ "UIDPLUS on a second look", { READY, "2" IN("LITERAL+"),
	    "2* CAPABILITY IMAP4rev1 UIDPLUS LITERAL+\r\na1 OK\r\n",
	    "2a2 OK [APPENDUID 7 9] done\r\n", TOLD, END,
	    "2* OK [UIDVALIDITY 7] valid\r\na3 OK open\r\n", "2a4 OK\r\n",
	    "2* 4 EXPUNGE\r\na5 OK\r\n" }, 0, CAUSE_NONE, NULL, SAY_ALL, NULL,
	    "was removed", 2 },
	{ "no UIDPLUS", { READY, "2" IN("LITERAL+"), "2a1 OK\r\n",
	    "2a2 OK [APPENDUID 7 9] done\r\n", TOLD, END }, 0, CAUSE_NONE,
	    NULL, SAY_ALL, "a1 CAPABILITY\r\na2 APPEND \"INBOX\" (\\Seen) "
	    "{3+}\r\nM\r\n\r\na3 LOGOUT\r\n", "offers no UIDPLUS", 2 },
	{ "no UID", { READY, SECONDLY, "2a1 OK done\r\n", TOLD, END }, 0,
	    CAUSE_NONE, NULL, SAY_ALL, SAY_PUT "a2 LOGOUT\r\n",
	    "stays in INBOX: the server did not say which", 2 },
	{ "several UIDs", { READY, SECONDLY,
	    "2a1 OK [APPENDUID 7 9:11] done\r\n", TOLD, END }, 0, CAUSE_NONE,
	    NULL, SAY_ALL, SAY_PUT "a2 LOGOUT\r\n", "did not say which", 2 },
	{ "a UID beyond 32 bits", { READY, SECONDLY,
	    "2a1 OK [APPENDUID 7 4294967296] done\r\n", TOLD, END }, 0,
	    CAUSE_NONE, NULL, SAY_ALL, SAY_PUT "a2 LOGOUT\r\n",
	    "did not say which", 2 },
	{ "UID 0", { READY, SECONDLY, "2a1 OK [APPENDUID 7 0] done\r\n",
	    TOLD, END }, 0, CAUSE_NONE, NULL, SAY_ALL,
	    SAY_PUT "a2 LOGOUT\r\n", "did not say which", 2 },
	{ "another UIDVALIDITY", { READY, SECONDLY, PUT, TOLD, END,
	    "2* OK [UIDVALIDITY 8] valid\r\na2 OK open\r\n" }, 0, CAUSE_NONE,
	    NULL, SAY_ALL, SAY_SELECT "a3 LOGOUT\r\n", "stays in INBOX", 2 },
	{ "APPEND without room", { READY, SECONDLY,
	    "2a1 NO [OVERQUOTA] full\r\n", END }, PUTTER,
	    CAUSE_QUOTA_EXCEEDED, "refuses a message of ours for INBOX: "
	    "\"[OVERQUOTA] full\"", SAY_ALL, SAY_PUT "a2 LOGOUT\r\n", NULL,
	    -1 },
	{ "APPEND without folder", { READY, SECONDLY,
	    "2a1 NO [TRYCREATE] none\r\n", END }, PUTTER,
	    CAUSE_MAILBOX_MISSING, NULL, SAY_ALL, NULL, NULL, -1 },
	{ "APPEND without right", { READY, SECONDLY,
	    "2a1 NO [NOPERM] no\r\n", END }, PUTTER,
	    CAUSE_MAILBOX_FORBIDDEN, NULL, SAY_ALL, NULL, NULL, -1 },
	{ "APPEND refused without a reason", { READY, SECONDLY,
	    "2a1 NO never\r\n", END }, PUTTER, CAUSE_MAILBOX_UNAVAILABLE,
	    "\"never\"", SAY_ALL, NULL, NULL, -1 },
	{ "APPEND refused before the message", { READY, "2" IN("UIDPLUS"),
	    "2a1 NO never\r\n", END }, PUTTER, CAUSE_MAILBOX_UNAVAILABLE,
	    "\"never\"", SAY_ALL, "a1 APPEND \"INBOX\" (\\Seen) {3}\r\n"
	    "a2 LOGOUT\r\n", NULL, -1 },
	{ "APPEND unknown", { READY, SECONDLY, "2a1 BAD what\r\n", END },
	    PUTTER, CAUSE_PROTOCOL_REJECTED, NULL, SAY_ALL, NULL, NULL, -1 },
	{ "APPEND refused, another told of", { READY, SECONDLY, TOLD,
	    "2a1 NO never\r\n", END }, PUTTER, CAUSE_MAILBOX_UNAVAILABLE,
	    NULL, SAY_ALL, NULL, NULL, -1 },
	{ "end at APPEND", { READY, SECONDLY, "2" FIN, END }, PUTTER,
	    CAUSE_MAILBOX_CLOSED, "closed the connection at APPEND", SAY_ALL,
	    SAY_PUT, NULL, -1 },
	{ "silence at APPEND", { READY, SECONDLY, WAKE, END, "2" TIME },
	    PUTTER, CAUSE_MAILBOX_TIMEOUT, "did not answer APPEND", SAY_ALL,
	    SAY_PUT "a2 LOGOUT\r\n", NULL, -1 },
	{ "an answer when it is too late", { READY, SECONDLY, WAKE, PUT, END,
	    REMOVED }, PUTTER, CAUSE_INTERNAL_UNFINISHED, "no time was left",
	    SAY_ALL, SAY_REMOVE, "was removed", -1 },
	{ "second greeting refuses", { READY, "2* BYE too many\r\n", END },
	    PUTTER, CAUSE_GREETING_UNAVAILABLE, "too many", SAY_ALL, "",
	    NULL, -1 },
	{ "second session not made", { FIRST, BOX, "1+ \r\n", LOST, END }, 0,
	    CAUSE_NONE, NULL, SAY_ALL, NULL, NULL, -1 },
	{ "second session never begun", { FIRST, BOX, "1+ \r\n", WAKE, END },
	    WAITER, CAUSE_INTERNAL_UNFINISHED, "no second session", SAY_ALL,
	    NULL, NULL, -1 },
	{ "the waiting one is cut before APPEND", { READY, "1" FIN,
	    SECONDLY }, WAITER, CAUSE_MAILBOX_CLOSED, "in the middle of IDLE",
	    SAY_WAIT, "a1 LOGOUT\r\n", NULL, -1 },
	{ "the waiting one is cut after APPEND", { READY, SECONDLY, PUT,
	    "1" FIN, REMOVED }, WAITER, CAUSE_MAILBOX_CLOSED,
	    "in the middle of IDLE", SAY_WAIT, SAY_REMOVE, "was removed", -1 },
	{ "the waiting one is cut at APPEND", { READY, SECONDLY, "1" FIN,
	    PUT, REMOVED }, WAITER, CAUSE_MAILBOX_CLOSED, NULL, SAY_WAIT,
	    SAY_REMOVE, "was removed", -1 },
	{ "the second one is cut while both wait", { READY, SECONDLY, PUT,
	    "2" FIN, TOLD, END }, PUTTER, CAUSE_MAILBOX_CLOSED,
	    "before our message was removed", SAY_ALL, SAY_PUT,
	    "stays in INBOX", 3 },
	{ "SELECT refused", { READY, SECONDLY, PUT, TOLD, END,
	    "2a2 NO no\r\n" }, PUTTER, CAUSE_MAILBOX_DEGRADED,
	    "does not remove it: \"no\"", SAY_ALL, SAY_SELECT "a3 LOGOUT\r\n",
	    "stays", 2 },
	{ "STORE refused", { READY, SECONDLY, PUT, TOLD, END, OPEN,
	    "2a3 NO no\r\n" }, PUTTER, CAUSE_MAILBOX_DEGRADED,
	    "does not remove it", SAY_ALL, SAY_STORE "a4 LOGOUT\r\n", "stays",
	    2 },
	{ "EXPUNGE refused", { READY, SECONDLY, PUT, TOLD, END, OPEN, MARKED,
	    "2a4 BAD what\r\n" }, PUTTER, CAUSE_MAILBOX_DEGRADED,
	    "does not remove it", SAY_ALL, SAY_REMOVE, "stays", 2 },
	{ "EXPUNGE removes nothing", { READY, SECONDLY, PUT, TOLD, END, OPEN,
	    MARKED, "2a4 OK done\r\n" }, PUTTER, CAUSE_MAILBOX_DEGRADED,
	    "does not remove it: \"done\"", SAY_ALL, SAY_REMOVE, "stays", 2 },
	{ "EXPUNGE told by UID", { READY, SECONDLY, PUT, TOLD, END, OPEN,
	    MARKED, "2* VANISHED 9\r\na4 OK done\r\n" }, 0, CAUSE_NONE, NULL,
	    SAY_ALL, SAY_REMOVE, "was removed", 2 },
	{ "silence at EXPUNGE", { READY, SECONDLY, PUT, TOLD, END, OPEN,
	    MARKED, "2" TIME }, PUTTER, CAUSE_MAILBOX_TIMEOUT,
	    "did not remove our message", SAY_ALL, SAY_REMOVE, "stays", 2 },
	{ "IDLE refused", { FIRST, BOX, "1a3 NO not here\r\n" }, WAITER,
	    CAUSE_PROTOCOL_REJECTED, "refuses IDLE",
	    SAY_WAIT "a4 LOGOUT\r\n", NULL, NULL, -1 },
	{ "IDLE ended by the server", { READY, SECONDLY, PUT,
	    "1a3 OK enough\r\n", REMOVED }, WAITER, CAUSE_MAILBOX_CLOSED,
	    "ended IDLE by itself", SAY_WAIT "a4 LOGOUT\r\n", SAY_REMOVE,
	    "was removed", -1 }
};

static void
look(const struct row *row, const struct side *a, int who)
{
	const struct finding *f = a->r.sheet.findings;
	enum cause cause = row->who == who ? row->cause : CAUSE_NONE;

	if (!a->begun)
		return;
	if (a->r.sheet.nfindings > 1 ||
	    (f == NULL ? CAUSE_NONE : f->cause) != cause)
		fail_msg("%s: session %d: %s", row->name, who,
		    f == NULL ? "no finding" : f->sentence);
	if (row->who == who && row->sentence != NULL &&
	    strstr(f->sentence, row->sentence) == NULL)
		fail_msg("%s: %s", row->name, f->sentence);
	if (a->want.kind != WANT_DONE)
		fail_msg("%s: session %d goes on", row->name, who);
}

static void
the_waiting_one_is_told(void **state)
{
	const struct imap_idle *idle;
	const char *note;
	size_t i, j;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		start("INBOX");
		for (j = 0; j < STEPS_MAX && rows[i].steps[j] != NULL; j++)
			step(rows[i].steps[j]);
		look(&rows[i], &first, WAITER);
		look(&rows[i], &second, PUTTER);
		if (strcmp(buf_cstr(&first.sent), rows[i].waiter) != 0)
			fail_msg("%s: the first said %s", rows[i].name,
			    buf_cstr(&first.sent));
		if (rows[i].putter != NULL &&
		    strcmp(buf_cstr(&second.sent), rows[i].putter) != 0)
			fail_msg("%s: the second said %s", rows[i].name,
			    buf_cstr(&second.sent));
		note = second.r.stages[STAGE_MAILBOX].note;
		if (rows[i].note != NULL && (note == NULL ||
		    strstr(note, rows[i].note) == NULL))
			fail_msg("%s: %s", rows[i].name, note);
		idle = &imap_of(&first.s)->idle;
		if (idle->told != (rows[i].after >= 0) || (idle->told &&
		    idle->told_after != rows[i].after * TENTH))
			fail_msg("%s: told %d after %lld", rows[i].name,
			    idle->told, (long long)idle->told_after);
		finish();
	}
}

static void
the_note_says_how_soon(void **state)
{
	(void)state;
	start("INBOX");
	step(FIRST);
	step(BOX);
	step("1+ \r\n");
	step(CALL);
	step(SECONDLY);
	step(PUT);
	step(TOLD);
	step(END);
	assert_non_null(strstr(first.r.stages[STAGE_MAILBOX].note,
	    "; told of a new message after 0.2 seconds"));
	assert_true(first.s.finished);
	finish();
}

/* a message may have come from anybody: whether ours was taken is not known yet */
static void
told_is_not_the_end_before_the_answer(void **state)
{
	(void)state;
	start("INBOX");
	step(FIRST);
	step(BOX);
	step("1+ \r\n");
	step(CALL);
	step(SECONDLY);
	step(TOLD);
	assert_string_equal(buf_cstr(&first.sent), SAY_WAIT);
	step(PUT);
	assert_string_equal(buf_cstr(&first.sent), SAY_WAIT "DONE\r\n");
	finish();
}

/* --- the folder --- */

static const struct {
	const char	*folder;
	const char	*answer;	/* to EXAMINE of it; NULL: it is open already */
	enum cause	 cause;
	const char	*sent;		/* after EXAMINE of INBOX */
} folders[] = {
	{ "inbox", NULL, CAUSE_NONE, "a3 IDLE\r\n" },
	{ "Probe", "* 9 EXISTS\r\na3 OK open\r\n", CAUSE_NONE,
	    "a3 EXAMINE \"Probe\"\r\na4 IDLE\r\n" },
	{ "INBOX2", "* 9 EXISTS\r\na3 OK open\r\n", CAUSE_NONE,
	    "a3 EXAMINE \"INBOX2\"\r\na4 IDLE\r\n" },
	{ "Entw\303\274rfe", "a3 OK open\r\n", CAUSE_NONE,
	    "a3 EXAMINE \"Entw&APw-rfe\"\r\na4 IDLE\r\n" },
	{ "Probe", "a3 NO [NONEXISTENT] none\r\n", CAUSE_MAILBOX_MISSING,
	    "a3 EXAMINE \"Probe\"\r\na4 LOGOUT\r\n" },
	{ "Probe", "a3 NO what\r\n", CAUSE_MAILBOX_UNAVAILABLE,
	    "a3 EXAMINE \"Probe\"\r\na4 LOGOUT\r\n" },
	{ "Probe", "* NO index damaged\r\na3 OK open\r\n",
	    CAUSE_MAILBOX_DEGRADED,
	    "a3 EXAMINE \"Probe\"\r\na4 IDLE\r\n" }
};

static void
it_waits_in_the_folder(void **state)
{
	static const char before[] = "a1 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a2 EXAMINE \"INBOX\"\r\n";
	const struct sheet *sheet = &first.r.sheet;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(folders); i++) {
		start(folders[i].folder);
		step(FIRST);
		step(BOX);
		buf_drop(&first.sent, strlen(before));
		if (folders[i].answer != NULL)
			happen(&first, (struct event){ .kind = EVENT_BYTES,
			    .bytes = span_of(folders[i].answer) });
		assert_string_equal(buf_cstr(&first.sent), folders[i].sent);
		assert_int_equal(sheet->nfindings == 0 ? CAUSE_NONE :
		    sheet->findings[0].cause, folders[i].cause);
		finish();
	}
}

/* the number of messages is that of the folder, not of the mailbox before it */
static void
the_folder_has_its_own_number(void **state)
{
	(void)state;
	start("Probe");
	step(FIRST);
	step("1a1 OK\r\n* 3 EXISTS\r\na2 OK open\r\n");
	step("1* 9 EXISTS\r\na3 OK open\r\n");
	step("1+ \r\n");
	step(CALL);
	step(SECONDLY);
	step(PUT);
	step("1* 9 EXISTS\r\n");
	assert_false(push.told);
	step("1* 10 EXISTS\r\n");
	assert_true(push.told);
	assert_int_equal(imap_of(&first.s)->box.exists, 3);
	finish();
}

/* --- time --- */

static void
the_time_begins_with_the_message(void **state)
{
	(void)state;
	start("INBOX");
	step(FIRST);
	step(BOX);
	step("1+ \r\n");
	step(CALL);
	/* the second login takes longer than the waiting may */
	now += 10 * SECOND;
	step(SECONDLY);
	step(PUT);
	assert_true(first.want.wake_at > now + SECOND);
	assert_true(first.want.wake_at <= now + 2 * SECOND);
	finish();
}

static void
time_is_left_to_remove_it(void **state)
{
	(void)state;
	start("INBOX");
	login.idle = 99 * (int64_t)SECOND;
	step(FIRST);
	step(BOX);
	step("1+ \r\n");
	step(CALL);
	step(SECONDLY);
	step(PUT);
	assert_int_equal(first.want.wake_at, first.config.deadline - SECOND);
	step(WAKE);
	assert_int_equal(first.r.sheet.nfindings, 1);
	assert_int_equal(first.r.sheet.findings[0].cause,
	    CAUSE_INTERNAL_UNFINISHED);
	assert_true(first.r.sheet.findings[0].by_deadline);
	assert_non_null(strstr(buf_cstr(&second.sent), "SELECT"));
	finish();
}

/* --- the message --- */

static const struct {
	const char	*user;
	const char	*address;
} addresses[] = {
	{ "bob@example.test", "bob@example.test" },
	{ "bob.o'x+y@mail.example.test", "bob.o'x+y@mail.example.test" },
	{ "bob", NULL },
	{ "", NULL },
	{ "@example.test", NULL },
	{ "bob@", NULL },
	{ ".bob@example.test", NULL },
	{ "bob.@example.test", NULL },
	{ "b..b@example.test", NULL },
	{ "bob@example..test", NULL },
	{ "bob@example.test.", NULL },
	{ "bob@x@y", NULL },
	{ "bob <x>@example.test", NULL },
	{ "bob@example.test\r\nBcc: x@example.test", NULL },
	{ "b\303\266b@example.test", NULL }
};

static void
a_message_that_says_what_it_is(void **state)
{
	char want[256];
	struct buf out, from;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(addresses); i++) {
		buf_init(&out, 4096);
		buf_init(&from, sizeof(want) - 1);
		buf_fmt(&from, "From: <%s>\r\nTo: <%s>\r\n"
		    "Date: Wed, 25 Nov 2026 16:17:50 +0000\r\n"
		    "Message-ID: <1.2@monitoring-plugins-mail.invalid>\r\n"
		    "Subject: monitoring-plugins-mail: IDLE push test\r\n",
		    addresses[i].address != NULL ? addresses[i].address :
		    "idle-push@monitoring-plugins-mail.invalid",
		    addresses[i].address != NULL ? addresses[i].address :
		    "idle-push@monitoring-plugins-mail.invalid");
		span_copy(buf_span(&from), want, sizeof(want));
		imap_push_compose(&out, span_of(addresses[i].user),
		    1795623470, "1.2");
		if (!span_begins(buf_span(&out), want))
			fail_msg("%s: %s", addresses[i].user, buf_cstr(&out));
		buf_free(&out);
		buf_free(&from);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_waiting_one_is_told),
		cmocka_unit_test(the_note_says_how_soon),
		cmocka_unit_test(told_is_not_the_end_before_the_answer),
		cmocka_unit_test(it_waits_in_the_folder),
		cmocka_unit_test(the_folder_has_its_own_number),
		cmocka_unit_test(the_time_begins_with_the_message),
		cmocka_unit_test(time_is_left_to_remove_it),
		cmocka_unit_test(a_message_that_says_what_it_is)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
