/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_ladder - a toy protocol climbs: order, windows, bodies, times
 *
 * The toy asks "aN WORD" and is answered as IMAP answers.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/session.h"
#include "reply/imap_reply.h"

static struct toy {
	unsigned	tags;
	unsigned	count;		/* turns of the counted rung */
	bool		skip;		/* leave the optional rung out */
	bool		early;
	char		heard[256];	/* the texts that rungs heard, a letter of the rung in front */
	char		babble[64];
	struct buf	body;
	uint64_t	left;
	unsigned	pieces;
	unsigned	woken;
} toy;

static bool
toy_open(struct session *s)
{
	s->talk = &toy;
	s->peer_greeted = true;
	return true;
}

static void
toy_close(struct session *s)
{
	s->talk = NULL;
}

static void
toy_secured(struct session *s)
{
	(void)s;
}

static void
toy_babble(struct session *s, struct span bytes, bool first)
{
	(void)first;
	if (bytes.len > 20)
		bytes.len = 20;
	span_copy(bytes, toy.babble, sizeof(toy.babble));
	session_find(s, CAUSE_PROTOCOL_VIOLATION, ladder_stage(s), NULL,
	    "babble");
}

static enum heard
toy_aside(struct session *s, const struct reply *r)
{
	(void)s;
	if (span_is(r->text, "aside"))
		return HEARD_OK;
	return span_is(r->text, "stop") ? HEARD_STOP : HEARD_MORE;
}

static void
toy_farewell(struct session *s)
{
	buf_str(&s->out, "bye\n");
}

static const struct protocol toy_protocol = {
	.name = "toy", .port_plain = 1, .port_tls = 2, .scan = imap_scan,
	.parse = imap_reply, .open = toy_open, .close = toy_close,
	.secured = toy_secured, .babble = toy_babble, .aside = toy_aside,
	.farewell = toy_farewell
};

/* --- rungs --- */

static bool
say(struct session *s, struct exchange *x, const char *word)
{
	x->tag = ++toy.tags;
	return buf_fmt(&s->out, "a%u %s\n", x->tag, word);
}

static bool
say_a(struct session *s, struct exchange *x)
{
	return say(s, x, "A");
}

static bool
say_b(struct session *s, struct exchange *x)
{
	return say(s, x, "B");
}

static bool
say_n(struct session *s, struct exchange *x)
{
	char word[16];

	snprintf(word, sizeof(word), "N%u", x->turn);
	return say(s, x, word);
}

static bool
say_nothing(struct session *s, struct exchange *x)
{
	(void)x;
	session_find(s, CAUSE_AUTH_CLEARTEXT, STAGE_AUTH, NULL, "no");
	return false;
}

static enum heard
hear(char who, const struct reply *r)
{
	size_t n = strlen(toy.heard);

	snprintf(toy.heard + n, sizeof(toy.heard) - n, "%c:%.*s ", who,
	    (int)r->text.len, r->text.p);
	if (r->kind != REPLY_TAGGED)
		return HEARD_MORE;
	if (span_is(r->text, "tls"))
		return HEARD_TLS;
	return r->status == REPLY_OK ? HEARD_OK : HEARD_FAIL;
}

static enum heard
hear_a(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)s;
	(void)x;
	return hear('A', r);
}

static enum heard
hear_b(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)s;
	(void)x;
	return hear('B', r);
}

static enum heard
hear_n(struct session *s, struct exchange *x, const struct reply *r)
{
	(void)s;
	return hear((char)('0' + x->turn), r);
}

static bool
not_skipped(const struct session *s)
{
	(void)s;
	return !toy.skip;
}

static bool
is_early(const struct session *s)
{
	(void)s;
	return toy.early;
}

static unsigned
count(const struct session *s)
{
	(void)s;
	return toy.count;
}

static bool
body(struct session *s, struct exchange *x, struct span bytes, uint64_t left)
{
	(void)s;
	(void)x;
	buf_span_add(&toy.body, bytes);
	toy.left = left;
	toy.pieces++;
	return true;
}

static int64_t
patience(const struct session *s)
{
	(void)s;
	return 50;
}

static void
wake(struct session *s)
{
	(void)s;
	toy.woken++;
}

static const struct rung two[] = {
	{ .stage = STAGE_AUTH, .say = say_a, .hear = hear_a,
	    .patience = patience, .wake = wake },
	{ .stage = STAGE_MAILBOX, .when = not_skipped, .say = say_b,
	    .hear = hear_b, .early = is_early },
	RUNG_END
};

static const struct rung early[] = {
	{ .stage = STAGE_AUTH, .say = say_a, .hear = hear_a },
	{ .stage = STAGE_MAILBOX, .say = say_b, .hear = hear_b,
	    .early = not_skipped },
	RUNG_END
};

static const struct rung counted[] = {
	{ .stage = STAGE_AUTH, .say = say_a, .hear = hear_a },
	{ .stage = STAGE_FETCH, .say = say_n, .hear = hear_n, .early = is_early,
	    .count = count, .window = 2 },
	{ .stage = STAGE_MAILBOX, .say = say_b, .hear = hear_b,
	    .early = is_early },
	RUNG_END
};

static const struct rung bodies[] = {
	{ .stage = STAGE_FETCH, .say = say_a, .hear = hear_a, .body = body },
	{ .stage = STAGE_MAILBOX, .say = say_b, .hear = hear_b },
	RUNG_END
};

static const struct rung inner[] = {
	{ .stage = STAGE_MAILBOX, .say = say_b, .hear = hear_b },
	RUNG_END
};

static const struct rung nested[] = {
	RUNG_LADDER(inner),
	{ .stage = STAGE_AUTH, .say = say_a, .hear = hear_a },
	RUNG_LADDER(inner),
	RUNG_END
};

static const struct rung refusing[] = {
	{ .stage = STAGE_AUTH, .say = say_nothing, .hear = hear_a },
	RUNG_END
};

/* --- a session around it --- */

static struct session s;
static struct result r;
static struct session_config config;

/* climb - a session that has just been connected, at time 100 */
static void
climb(const struct rung *ladder)
{
	struct connected to = { .n = 1 };
	struct event e = { .kind = EVENT_START, .at = 0 };

	memset(&toy, 0, sizeof(toy));
	memset(&r, 0, sizeof(r));
	buf_init(&toy.body, 1000);
	memcpy(r.target.host, "192.0.2.1", 10);
	config = (struct session_config){ .protocol = &toy_protocol,
	    .ladder = ladder };
	session_init(&s, &config, &r);
	assert_int_equal(session_event(&s, &e).kind, WANT_CONNECT);
	to.attempts[0].address = r.target.fixed;
	e = (struct event){ .kind = EVENT_CONNECTED, .at = 100,
	    .connected = &to };
	session_event(&s, &e);
}

static void
finish(void)
{
	buf_free(&toy.body);
	session_free(&s);
	result_free(&r);
}

/* feed - bytes that came; what is wanted then */
static struct want
feed(const char *bytes, int64_t at)
{
	struct event e = { .kind = EVENT_BYTES, .at = at,
	    .bytes = span_of(bytes) };

	return session_event(&s, &e);
}

/* sent - what was said since the last time */
static void
sent(const char *want)
{
	assert_string_equal(buf_cstr(&s.out), want);
	buf_clear(&s.out);
}

static void
test_order(void **state)
{
	(void)state;
	climb(two);
	sent("a1 A\n");
	assert_int_equal(feed("* x one\r\n", 110).kind, WANT_READ);
	assert_int_equal(feed("a1 OK done\r\n", 130).kind, WANT_READ);
	sent("a2 B\n");
	assert_int_equal(feed("a2 OK fine\r\n", 175).kind, WANT_DONE);
	sent("bye\n");
	assert_true(s.finished);
	assert_string_equal(toy.heard, "A:one A:done B:fine ");
	assert_int_equal(r.stages[STAGE_AUTH].usec, 30);
	assert_int_equal(r.stages[STAGE_MAILBOX].usec, 45);
	assert_int_equal(r.stages[STAGE_AUTH].progress, PROGRESS_OK);
	assert_int_equal(r.stages[STAGE_MAILBOX].progress, PROGRESS_OK);
	finish();
}

static void
test_left_out(void **state)
{
	(void)state;
	climb(two);
	toy.skip = true;
	assert_int_equal(feed("a1 OK done\r\n", 130).kind, WANT_DONE);
	sent("a1 A\nbye\n");
	assert_true(s.finished);
	assert_false(r.stages[STAGE_MAILBOX].timed);
	finish();
}

/* an early rung is said at once, and its time runs from the answer before */
static void
test_early(void **state)
{
	static const struct {
		const char	*first, *second;
		int64_t		 auth, mailbox;
		const char	*heard;
	} rows[] = {
		{ "* x u\r\na1 OK 1\r\n", "* x v\r\na2 OK 2\r\n", 10, 15,
		    "A:u A:1 B:v B:2 " },
		{ "* x u\r\na2 OK 2\r\n", "* x v\r\na1 OK 1\r\n", 25, 0,
		    "A:u B:2 A:v A:1 " }
	};
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		climb(early);
		sent("a1 A\na2 B\n");
		assert_int_equal(feed(rows[i].first, 110).kind, WANT_READ);
		sent("");
		assert_int_equal(feed(rows[i].second, 125).kind, WANT_DONE);
		assert_string_equal(toy.heard, rows[i].heard);
		assert_int_equal(r.stages[STAGE_AUTH].usec, rows[i].auth);
		assert_int_equal(r.stages[STAGE_MAILBOX].usec,
		    rows[i].mailbox);
		assert_true(s.finished);
		finish();
	}
}

static void
test_window(void **state)
{
	(void)state;
	climb(counted);
	toy.count = 4;
	sent("a1 A\n");
	feed("a1 OK\r\n", 110);
	sent("a2 N0\na3 N1\n");
	feed("a3 OK second\r\n", 120);
	sent("");
	feed("a2 OK first\r\n", 130);
	sent("a4 N2\na5 N3\n");
	feed("a4 OK\r\n", 140);
	sent("");
	feed("a5 OK\r\n", 150);
	sent("a6 B\n");
	assert_int_equal(feed("a6 OK\r\n", 160).kind, WANT_DONE);
	assert_string_equal(toy.heard,
	    "A: 1:second 0:first 2: 3: B: ");
	assert_int_equal(r.stages[STAGE_FETCH].usec, 40);
	assert_int_equal(r.stages[STAGE_MAILBOX].usec, 10);
	finish();

	climb(counted);
	assert_int_equal(feed("a1 OK\r\n", 110).kind, WANT_READ);
	sent("a1 A\na2 B\n");
	assert_false(r.stages[STAGE_FETCH].timed);
	finish();
}

/* counted rungs and their neighbours may all be early; never more than the window of one rung */
static void
test_window_early(void **state)
{
	(void)state;
	climb(counted);
	toy.count = 3;
	toy.early = true;
	buf_clear(&s.out);
	feed("a1 OK\r\n", 110);
	sent("a2 N0\na3 N1\n");
	feed("a2 OK\r\n", 120);
	sent("a4 N2\na5 B\n");
	assert_int_equal(feed("a3 OK\r\na4 OK\r\na5 OK\r\n", 130).kind,
	    WANT_DONE);
	assert_true(s.finished);
	finish();
}

static void
test_nested(void **state)
{
	(void)state;
	climb(nested);
	sent("a1 B\n");
	feed("a1 OK\r\n", 110);
	sent("a2 A\n");
	feed("a2 OK\r\n", 130);
	sent("a3 B\n");
	assert_int_equal(feed("a3 OK\r\n", 160).kind, WANT_DONE);
	assert_int_equal(r.stages[STAGE_MAILBOX].usec, 40);
	assert_int_equal(r.stages[STAGE_AUTH].usec, 20);
	finish();
}

/* a body goes to the sink as it comes; the reply goes on behind it, and no other rung's literal is streamed */
static void
test_body(void **state)
{
	static const char bytes[] = "* 1 FETCH (X {11}\r\nhello\r\na1 no Y {0}"
	    "\r\n Z {3}\r\n\r\n\r END)\r\n* x tail\r\na1 OK\r\n";
	size_t i, step;

	(void)state;
	for (step = 1; step <= sizeof(bytes); step += sizeof(bytes) - 1) {
		climb(bodies);
		sent("a1 A\n");
		for (i = 0; i + 1 < sizeof(bytes); i += step) {
			struct event e = { .kind = EVENT_BYTES, .at = 110,
			    .bytes = { bytes + i, step < sizeof(bytes) ?
			    step : sizeof(bytes) - 1 } };

			session_event(&s, &e);
		}
		assert_string_equal(buf_cstr(&toy.body),
		    "hello\r\na1 n\r\n\r");
		assert_int_equal(toy.left, 0);
		assert_int_equal(toy.pieces, step == 1 ? 14 : 2);
		assert_string_equal(toy.heard, "A:(X {11}\r\no Y {0}\r\n "
		    "Z {3}\r\n END) A:tail A: ");
		sent("a2 B\n");
		finish();
	}
}

static void
test_violations(void **state)
{
	static const struct {
		const char	*bytes;
		const char	*babble;
	} rows[] = {
		{ "a7 OK not asked\r\n", "a7 OK not asked" },
		{ "a2 OK not yet\r\n", "a2 OK not yet" },
		{ "junk\r\n", "junk\r\n" },
		{ "* x fine\r\n\x01", "\x01" },
		{ "* x {4294967296}\r\n", "* x {4294967296}\r\n" },
		/* the answer to a command that has not been sent */
		{ "a1 OK\r\na2 OK too early\r\n", "a2 OK too early" },
		{ "a1 OK\r\n+ too early\r\n", "+ too early" },
		{ "a1 OK\r\na1 OK again\r\n", "a1 OK again" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		climb(two);
		assert_int_equal(feed(rows[i].bytes, 110).kind, WANT_DONE);
		assert_string_equal(toy.babble, rows[i].babble);
		assert_true(sheet_has(&r.sheet, CAUSE_PROTOCOL_VIOLATION));
		assert_false(s.finished);
		assert_null(strstr(buf_cstr(&s.out), "bye"));
		finish();
	}
	/* but what needs no command may come with it */
	climb(two);
	assert_int_equal(feed("a1 OK\r\n* x news\r\n", 110).kind, WANT_READ);
	assert_int_equal(feed("a2 OK\r\n", 120).kind, WANT_DONE);
	assert_true(s.finished);
	finish();
}

static void
test_ends(void **state)
{
	(void)state;
	climb(two);
	assert_int_equal(feed("a1 NO way\r\n", 110).kind, WANT_DONE);
	sent("a1 A\nbye\n");
	assert_false(s.finished);
	assert_int_equal(r.stages[STAGE_AUTH].progress, PROGRESS_FAILED);
	assert_int_equal(r.stages[STAGE_AUTH].usec, 10);
	finish();

	climb(two);
	assert_int_equal(feed("* x aside\r\n", 110).kind, WANT_READ);
	assert_string_equal(toy.heard, "");
	assert_int_equal(feed("* x stop\r\n", 110).kind, WANT_DONE);
	assert_true(s.finished);
	sent("a1 A\nbye\n");
	finish();

	climb(refusing);
	assert_true(sheet_has(&r.sheet, CAUSE_AUTH_CLEARTEXT));
	assert_int_equal(s.phase, PHASE_DONE);
	assert_int_equal(r.stages[STAGE_AUTH].progress, PROGRESS_FAILED);
	finish();
}

static void
test_tls(void **state)
{
	struct tls_facts facts = { .outcome = TLS_DONE, .alert = -1 };
	struct event up = { .kind = EVENT_TLS, .at = 200, .tls = &facts };

	(void)state;
	climb(two);
	assert_int_equal(feed("a1 OK tls\r\n", 110).kind, WANT_TLS);
	sent("a1 A\n");
	assert_int_equal(session_event(&s, &up).kind, WANT_READ);
	sent("a2 B\n");
	assert_int_equal(feed("a2 OK\r\n", 230).kind, WANT_DONE);
	assert_int_equal(r.stages[STAGE_TLS].usec, 90);
	assert_int_equal(r.stages[STAGE_MAILBOX].usec, 30);
	finish();

	climb(two);
	assert_int_equal(feed("a1 OK tls\r\nmore", 110).kind, WANT_DONE);
	assert_true(sheet_has(&r.sheet, CAUSE_TLS_INJECTION));
	finish();
}

static void
test_patience(void **state)
{
	struct event e = { .kind = EVENT_WAKE, .at = 140 };

	(void)state;
	climb(two);
	assert_int_equal(session_event(&s, &e).wake_at, 150);
	assert_int_equal(toy.woken, 0);
	e.at = 150;
	assert_int_equal(session_event(&s, &e).wake_at, 0);
	assert_int_equal(toy.woken, 1);
	e.at = 500;
	session_event(&s, &e);
	assert_int_equal(toy.woken, 1);
	assert_int_equal(feed("a1 OK\r\n", 600).wake_at, 0);
	finish();
}

static void
test_caps(void **state)
{
	char *line = malloc(IMAP_LINE_MAX + 8);
	unsigned i;

	(void)state;
	climb(two);
	for (i = 0; i < REPLIES_MAX; i++)
		assert_int_equal(feed("* x y\r\n", 110).kind, WANT_READ);
	assert_int_equal(feed("* x y\r\n", 110).kind, WANT_DONE);
	assert_true(sheet_has(&r.sheet, CAUSE_PROTOCOL_VIOLATION));
	finish();

	assert_non_null(line);
	memset(line, 'x', IMAP_LINE_MAX + 8);
	memcpy(line, "* ", 2);
	line[IMAP_LINE_MAX + 7] = '\0';
	climb(two);
	assert_int_equal(feed(line, 110).kind, WANT_DONE);
	assert_true(sheet_has(&r.sheet, CAUSE_PROTOCOL_VIOLATION));
	assert_false(r.sheet.nomem);
	finish();
	free(line);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order), cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_early), cmocka_unit_test(test_window),
		cmocka_unit_test(test_window_early),
		cmocka_unit_test(test_nested), cmocka_unit_test(test_body),
		cmocka_unit_test(test_violations), cmocka_unit_test(test_ends),
		cmocka_unit_test(test_tls), cmocka_unit_test(test_patience),
		cmocka_unit_test(test_caps)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
