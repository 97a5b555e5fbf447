/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * silence - who did not answer, and for how long
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/when.h"
#include "dialog/hello.h"
#include "dialog/ladder_parts.h"
#include "dialog/session.h"
#include "dialog/silence.h"

enum {
	KNOWN_PORT_PATIENCE = 1000 * 1000	/* microseconds; see silence_patience() */
};

/* what was going on in a stage, for "did not answer ..." */
static const char *const waits[STAGE_COUNT] = {
	[STAGE_GREETING] = "sent no greeting",
	[STAGE_TLS] = "did not answer STARTTLS",
	[STAGE_AUTH] = "did not answer the login",
	[STAGE_SUBMIT] = "did not answer in the mail dialogue",
	[STAGE_MAILBOX] = "did not answer when the mailbox was opened",
	[STAGE_FETCH] = "did not finish the download",
	[STAGE_QUOTA] = "did not answer the quota question"
};

static const char *const ends[STAGE_COUNT] = {
	[STAGE_GREETING] = "before the greeting",
	[STAGE_TLS] = "instead of answering STARTTLS",
	[STAGE_AUTH] = "at the login, without an answer",
	[STAGE_SUBMIT] = "in the mail dialogue",
	[STAGE_MAILBOX] = "when the mailbox was opened",
	[STAGE_FETCH] = "in the middle of the download",
	[STAGE_QUOTA] = "at the quota question"
};

static void
how_long(struct session *s, int64_t since, char *text, size_t size)
{
	struct buf b;

	buf_init(&b, size - 1);
	when_write_span(&b, (double)(s->climb.now - since) / 1e6);
	span_copy(buf_span(&b), text, size);
	buf_free(&b);
}

/* failed - mark the stage that was under way, with the time it took until now */
static void
failed(struct session *s, enum stage stage, int64_t since)
{
	if (stage == STAGE_NONE)
		return;
	result_spent(s->result, stage, s->climb.now - since);
	s->result->stages[stage].progress = PROGRESS_FAILED;
}

/* how_much - " (700 of 5000 bytes came)" of a download, else "" */
static void
how_much(const struct session *s, enum stage stage, char text[96])
{
	const struct ladder *l = &s->climb;

	text[0] = '\0';
	if (stage == STAGE_FETCH && l->body_size == 0 && l->body_came == 0)
		snprintf(text, 96, " (no byte of the message came)");
	else if (stage == STAGE_FETCH && l->body_size == 0)
		snprintf(text, 96, " (%" PRIu64 " bytes came)", l->body_came);
	else if (stage == STAGE_FETCH)
		snprintf(text, 96,
		    " (%" PRIu64 " of %" PRIu64 " bytes came)",
		    l->body_came, l->body_size);
}

/* since - when what is waited for began */
static int64_t
since(const struct session *s)
{
	return s->phase == PHASE_TALK && s->climb.nqueue > 0 ?
	    s->climb.queue[0].since : s->phase_at;
}

/* rung - of the oldest exchange; NULL when nothing was asked */
static const struct rung *
rung(const struct session *s)
{
	return s->climb.nqueue > 0 ?
	    ladder_rung(&s->climb, &s->climb.queue[0]) : NULL;
}

/* silent - what the server did not do */
static const char *
silent(const struct session *s, enum stage stage)
{
	const struct rung *asked = rung(s);

	return asked != NULL && asked->silent != NULL ? asked->silent :
	    waits[stage];
}

/* ended - where the server went */
static const char *
ended(const struct session *s, enum stage stage)
{
	const struct rung *asked = rung(s);

	return asked != NULL && asked->ended != NULL ? asked->ended :
	    ends[stage];
}

void
silence_closed(struct session *s, bool reset)
{
	enum stage stage = ladder_stage(s);
	char came[96];

	if (stage == STAGE_NONE || s->probing) {
		silence_deadline(s);
		return;
	}
	if (reset && !s->peer_spoke && !s->encrypted) {
		s->result->stages[STAGE_CONNECT].progress = PROGRESS_FAILED;
		session_find(s, CAUSE_CONNECT_RESET, STAGE_CONNECT, NULL,
		    "%s accepted the connection and cut it before a byte came",
		    s->whom);
		return;
	}
	failed(s, stage, since(s));
	how_much(s, stage, came);
	session_find(s, stage_closed(stage), stage, NULL,
	    "%s %s the connection %s%s", s->whom,
	    reset ? "reset" : "closed", ended(s, stage), came);
}

/* of the phases before there is a ladder to ask */
static void
early_deadline(struct session *s)
{
	char span[64];

	how_long(s, s->phase_at, span, sizeof(span));
	if (s->phase == PHASE_TLS) {
		failed(s, STAGE_TLS, s->phase_at);
		session_find(s, CAUSE_TLS_TIMEOUT, STAGE_TLS, NULL,
		    "the TLS handshake with %s stopped half-way and was waited for %s",
		    s->whom, span);
	} else if (s->phase == PHASE_RESOLVE) {
		failed(s, STAGE_DNS, s->phase_at);
		session_find(s, CAUSE_DNS_NO_ANSWER, STAGE_DNS, NULL,
		    "no resolver answered for %s within %s",
		    s->result->target.host, span);
	} else {
		failed(s, STAGE_CONNECT, s->phase_at);
		session_find(s, CAUSE_CONNECT_FILTERED, STAGE_CONNECT, NULL,
		    "%s did not answer the connection attempt within %s",
		    s->whom, span);
	}
}

void
silence_deadline(struct session *s)
{
	char span[64], came[96];
	enum stage stage;

	if (s->phase != PHASE_TALK) {
		early_deadline(s);
		return;
	}
	stage = ladder_stage(s);
	if (stage == STAGE_NONE)
		return;
	how_long(s, since(s), span, sizeof(span));
	failed(s, stage, since(s));
	how_much(s, stage, came);
	session_find(s, stage_timeout(stage), stage, NULL, "%s %s within %s%s",
	    s->whom, silent(s, stage), span, came);
}

int64_t
silence_patience(const struct session *s)
{
	const struct target *t = &s->result->target;

	if (s->encrypted || s->config->protocol == NULL)
		return 0;
	if (t->port == s->config->protocol->port_tls &&
	    t->port != s->config->protocol->port_plain)
		return KNOWN_PORT_PATIENCE;
	return (s->config->deadline - s->phase_at) / 5 * 4;
}

void
silence_probe(struct session *s)
{
	if (s->peer_spoke)
		return;
	s->probing = true;
	buf_span_add(&s->out, hello_bytes());
}

void
silence_answered(struct session *s, struct span bytes, int64_t now)
{
	s->climb.now = now;
	if (bytes.len == 0 || (bytes.p[0] != 0x15 && bytes.p[0] != 0x16)) {
		silence_deadline(s);
		return;
	}
	failed(s, STAGE_TLS, since(s));
	session_find(s, CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, NULL,
	    "%s is silent in clear and answers TLS: the port wants TLS at once",
	    s->whom);
}
