/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_play - whole dialogues as tables of events
 *
 * Each row is played twice: what the server says as a whole and a byte at a
 * time.  Both must come to the same cause, stage and bytes sent.  A test sets
 * `played` and `played_ladder` before it plays.
 */
#ifndef SESSION_PLAY_H
#define SESSION_PLAY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/ladder.h"
#include "dialog/login.h"
#include "dialog/session.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

/* steps that are no bytes from the server */
#define TLS	"\1tls"		/* the handshake is done */
#define NOTLS	"\1notls"	/* it failed: handshake_failure */
#define FIN	"\1fin"
#define RST	"\1rst"
#define TIME	"\1time"	/* the deadline */
#define WAKE	"\1wake"	/* the time asked for has come */

enum { STEPS_MAX = 14 };

/* --- a SASL module made of paper --- */

static struct {
	const enum sasl_result *results;
	unsigned	step;
	char		seen[128];	/* challenges, each followed by "|" */
	bool		live;
} paper;

static const char *played_service(void);

static void *
paper_start(const char *mechanism, const char *service, const char *host,
    struct span user, struct span password)
{
	assert_string_equal(mechanism, "SCRAM-SHA-256");
	assert_string_equal(service, played_service());
	assert_string_equal(host, "mail.example");
	assert_true(span_is(user, "bob") && span_is(password, "geheim"));
	paper.live = true;
	return &paper;
}

static enum sasl_result
paper_step(void *exchange, struct span challenge, struct buf *out)
{
	size_t n = strlen(paper.seen);

	assert_ptr_equal(exchange, &paper);
	snprintf(paper.seen + n, sizeof(paper.seen) - n, "%.*s|",
	    (int)challenge.len, challenge.p == NULL ? "" : challenge.p);
	if (paper.results[paper.step] == SASL_GO_ON)
		buf_fmt(out, "m%u", paper.step);
	return paper.results[paper.step++];
}

static void
paper_end(void *exchange)
{
	assert_ptr_equal(exchange, &paper);
	paper.live = false;
}

static const struct sasl_functions paper_functions = {
	paper_start, paper_step, paper_end
};

static inline const struct sasl_functions *
paper_module(struct buf *why)
{
	(void)why;
	return &paper_functions;
}

/* --- playing a row --- */

#define SPAN(text) { text, sizeof(text) - 1 }

static const struct protocol *played;
static const struct rung *played_ladder;
static bool played_greet_only;	/* greeting and TLS, and no further: nobody logs in */
static const struct login bob = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX") };


struct row {
	const char	*name;
	enum tls_mode	 tls;
	const char	*steps[STEPS_MAX];
	enum cause	 cause;
	enum stage	 stage;
	const char	*sent;		/* all of it */
	const char	*sentence;	/* part of the first finding's; NULL any */
	const struct login *login;	/* NULL: bob */
	bool		 cleartext;	/* --allow-cleartext */
	const enum sasl_result *sasl;	/* what the module says, step by step */
	uint16_t	 port;		/* 0: the usual one */
};

static struct session s;
static struct result r;
static struct session_config config;
static struct buf sent;
static int64_t now;
static struct want want;

static void
happen(struct event e)
{
	now += 10;
	e.at = e.kind == EVENT_WAKE ? want.wake_at : now;
	want = session_event(&s, &e);
	buf_span_add(&sent, buf_span(&s.out));
	buf_clear(&s.out);
}

static void
play_step(const char *step, bool bytewise)
{
	static struct tls_facts done = { .outcome = TLS_DONE, .alert = -1,
		.version = "TLSv1.3", .verified = true };
	static struct tls_facts failed = { .outcome = TLS_ALERT, .alert = 40,
		.server_spoke = true };
	size_t i, n = strlen(step);

	if (step[0] != '\1') {
		for (i = 0; i < n; i += bytewise ? 1 : n)
			happen((struct event){ .kind = EVENT_BYTES,
			    .bytes = { step + i, bytewise ? 1 : n } });
		return;
	}
	if (strcmp(step, TLS) == 0)
		happen((struct event){ .kind = EVENT_TLS, .tls = &done });
	else if (strcmp(step, NOTLS) == 0)
		happen((struct event){ .kind = EVENT_TLS, .tls = &failed });
	else if (strcmp(step, WAKE) == 0)
		happen((struct event){ .kind = EVENT_WAKE });
	else if (strcmp(step, TIME) == 0)
		happen((struct event){ .kind = EVENT_DEADLINE,
		    .tls = &failed });
	else
		happen((struct event){ .kind = EVENT_CLOSED, .tls = &failed,
		    .reset = strcmp(step, RST) == 0 });
}

/* played_service - the name that SASL has for the protocol */
static const char *
played_service(void)
{
	return played->service != NULL ? played->service : played->name;
}

/* connect - as far as the first byte: name, address, connection */
static void
start(const struct row *row)
{
	struct resolved names = { .outcome = DNS_FOUND, .n = 1 };
	struct connected to = { .n = 1 };

	memset(&r, 0, sizeof(r));
	memset(&paper, 0, sizeof(paper));
	paper.results = row->sasl;
	memcpy(r.target.host, "mail.example", 13);
	r.target.port = row->port != 0 ? row->port :
	    row->tls == TLS_IMPLICIT ? played->port_tls : played->port_plain;
	r.target.tls = row->tls;
	r.target.protocol = played->name;
	r.target.user = "bob";
	config = (struct session_config){ .protocol = played,
	    .ladder = played_ladder, .verify = true, .log = true,
	    .login = played_greet_only ? NULL :
	    row->login == NULL ? &bob : row->login,
	    .allow_cleartext = row->cleartext, .deadline = 10000000,
	    .moment = { .now = 1800000000 },
	    .greet_only = played_greet_only };
	if (!played_greet_only)
		config.secret =
		    ((const struct login *)config.login)->password;
	buf_init(&sent, 1024 * 1024);
	now = 0;
	session_init(&s, &config, &r);
	address_parse(span_of("192.0.2.1"), &names.list[0]);
	to.attempts[0].address = names.list[0];
	happen((struct event){ .kind = EVENT_START });
	assert_int_equal(want.kind, WANT_RESOLVE);
	happen((struct event){ .kind = EVENT_RESOLVED, .resolved = &names });
	assert_int_equal(want.kind, WANT_CONNECT);
	happen((struct event){ .kind = EVENT_CONNECTED, .connected = &to });
}

static void
finish(void)
{
	session_free(&s);
	assert_false(paper.live);
	result_free(&r);
	buf_free(&sent);
}

static void
check(const struct row *row, bool bytewise)
{
	const struct finding *f = r.sheet.findings;
	bool timed_out = false;
	size_t i;

	if ((r.sheet.nfindings == 0 ? CAUSE_NONE : f->cause) != row->cause ||
	    strcmp(buf_cstr(&sent), row->sent) != 0)
		print_message("row \"%s\"%s: %s, sent:\n%s", row->name,
		    bytewise ? " bytewise" : "",
		    r.sheet.nfindings > 0 ? f->sentence : "no finding",
		    buf_cstr(&sent));
	assert_int_equal(want.kind, WANT_DONE);
	assert_string_equal(buf_cstr(&sent), row->sent);
	assert_false(r.sheet.nomem);
	if (row->cause == CAUSE_NONE) {
		assert_int_equal(r.sheet.nfindings, 0);
		assert_true(s.finished);
		return;
	}
	assert_int_equal(r.sheet.nfindings, 1);
	assert_string_equal(cause_info(f->cause)->slug,
	    cause_info(row->cause)->slug);
	assert_int_equal(f->stage, row->stage);
	assert_int_equal(r.stages[row->stage].progress == PROGRESS_FAILED,
	    !s.finished);
	if (row->sentence != NULL && strstr(f->sentence, row->sentence) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", row->sentence,
		    f->sentence);
	for (i = 0; i < STEPS_MAX && row->steps[i] != NULL; i++)
		timed_out = strcmp(row->steps[i], TIME) == 0;
	assert_int_equal(f->by_deadline, timed_out);
}

static void
play(const struct row *rows, size_t n)
{
	int bytewise;
	size_t i, j;

	for (i = 0; i < n; i++) {
		for (bytewise = 0; bytewise < 2; bytewise++) {
			start(&rows[i]);
			for (j = 0; j < STEPS_MAX && rows[i].steps[j] != NULL;
			    j++)
				play_step(rows[i].steps[j], bytewise);
			check(&rows[i], bytewise);
			finish();
		}
	}
}

#endif
