/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session - what an event means in each phase, and what is wanted next
 *
 * resolve -> connect -> [TLS] -> talk (a ladder, with TLS within it for
 * STARTTLS) -> done.  A phase that fails leaves findings and ends the session.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/session.h"
#include "dialog/session_afterword.h"
#include "dialog/session_path.h"
#include "dialog/session_trust.h"
#include "dialog/silence.h"
#include "judge/handshake.h"
#include "judge/names.h"

void
session_init(struct session *s, const struct session_config *config,
    struct result *result)
{
	struct buf whom;

	memset(s, 0, sizeof(*s));
	s->config = config;
	s->result = result;
	buf_init(&s->out, SESSION_OUT_MAX);
	buf_init(&s->log, SESSION_LOG_MAX);
	buf_init(&whom, sizeof(s->whom) - 1);
	target_write(&whom, &result->target);
	span_copy(buf_span(&whom), s->whom, sizeof(s->whom));
	buf_free(&whom);
}

void
session_free(struct session *s)
{
	if (s->talk != NULL)
		s->config->protocol->close(s);
	ladder_free(&s->climb);
	free(s->addresses);
	buf_free(&s->out);
	buf_free(&s->log);
}

/* enter - begin a phase, whose time runs from now */
static void
enter(struct session *s, enum session_phase phase, int64_t now)
{
	s->phase = phase;
	s->phase_at = now;
}

static void
stage_done(struct session *s, enum stage stage, int64_t now, bool well)
{
	result_spent(s->result, stage, now - s->phase_at);
	s->result->stages[stage].progress =
	    well ? PROGRESS_OK : PROGRESS_FAILED;
}

/* leave - say goodbye where somebody listens who speaks the protocol */
static void
leave(struct session *s, bool politely)
{
	if (politely && s->phase == PHASE_TALK && s->peer_greeted)
		s->config->protocol->farewell(s);
	s->phase = PHASE_DONE;
}

/* injected - text in clear behind the STARTTLS answer; a plain farewell is judged as a refusal by the protocol's own look at it */
static bool
injected(struct session *s)
{
	struct tls_facts facts = { .outcome = TLS_NOT_TLS, .alert = -1 };
	struct span rest = buf_span(&s->climb.in);

	if (rest.len == 0)
		return false;
	facts.nfirst = rest.len < TLS_FIRST_MAX ? rest.len : TLS_FIRST_MAX;
	memcpy(facts.first, rest.p, facts.nfirst);
	facts = session_hide(s, &facts);
	handshake_judge(&s->result->sheet, &facts, true, s->whom);
	s->result->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	return true;
}

/* climbed - what the state of the climb means for the session */
static void
climbed(struct session *s, enum climbing climbing, int64_t now)
{
	switch (climbing) {
	case CLIMB_ON:
		break;
	case CLIMB_TLS:
		if (injected(s))
			leave(s, false);
		else
			enter(s, PHASE_TLS, now);
		break;
	case CLIMB_TOP:
		s->finished = true;
		leave(s, true);
		if (s->config->greet_only)
			session_afterword_begin(s, now);
		break;
	case CLIMB_FELL:
		leave(s, !sheet_has(&s->result->sheet,
		    CAUSE_PROTOCOL_VIOLATION));
		break;
	}
}

/* talk - start on the ladder, or be done when there is none */
static void
talk(struct session *s, int64_t now)
{
	const struct protocol *protocol = s->config->protocol;

	if (s->config->ladder == NULL) {
		s->finished = true;
		s->phase = PHASE_DONE;
		session_afterword_begin(s, now);
		return;
	}
	enter(s, PHASE_TALK, now);
	if (!protocol->open(s)) {
		s->result->sheet.nomem = true;
		s->phase = PHASE_DONE;
		return;
	}
	climbed(s, ladder_begin(s, now), now);
}

static void
started(struct session *s, int64_t now)
{
	struct target *t = &s->result->target;

	if (t->fixed.family == 0)
		address_parse(span_of(t->host), &t->fixed);
	enter(s, t->fixed.family == 0 && s->config->proxy == NULL ?
	    PHASE_RESOLVE : PHASE_CONNECT, now);
}

static void
resolved(struct session *s, const struct event *e)
{
	bool found = e->resolved->outcome == DNS_FOUND;
	struct buf note;

	stage_done(s, STAGE_DNS, e->at, found);
	if (!found) {
		names_judge(&s->result->sheet, e->resolved,
		    s->result->target.host, s->config->family, s->by_deadline);
		s->phase = PHASE_DONE;
		return;
	}
	session_keep_addresses(s, e->resolved);
	buf_init(&note, SENTENCE_MAX);
	names_note(&note, e->resolved, s->result->target.host);
	result_note(s->result, STAGE_DNS, "%s", buf_cstr(&note));
	buf_free(&note);
	enter(s, PHASE_CONNECT, e->at);
}

static void
connected(struct session *s, const struct event *e)
{
	const struct connected *c = e->connected;

	stage_done(s, STAGE_CONNECT, e->at, c->winner >= 0);
	if (c->winner < 0) {
		session_stranded(s, e);
		s->phase = PHASE_DONE;
		return;
	}
	session_arrived(s, c);
	if (s->result->target.tls == TLS_IMPLICIT)
		enter(s, PHASE_TLS, e->at);
	else
		talk(s, e->at);
}

/* tls_up - the handshake is done: go on, or on the ladder where STARTTLS left it */
static void
tls_up(struct session *s, const struct event *e)
{
	bool within = s->talk != NULL;

	stage_done(s, STAGE_TLS, e->at, true);
	s->encrypted = true;
	if (s->config->lenient || !session_trusts(s)) {
		s->phase = PHASE_DONE;
		return;
	}
	s->secure = s->config->verify;
	if (!within) {
		talk(s, e->at);
		return;
	}
	s->config->protocol->secured(s);
	enter(s, PHASE_TALK, e->at);
	climbed(s, ladder_secured(s, e->at), e->at);
}

/* tls_broke - a connection that was up and is none any more: bytes that TLS forbids */
static void
tls_broke(struct session *s)
{
	enum stage stage = ladder_stage(s);

	s->result->stages[stage].progress = PROGRESS_FAILED;
	session_find(s, CAUSE_PROTOCOL_VIOLATION, stage, NULL,
	    "%s sent bytes that do not belong into a TLS connection", s->whom);
	s->phase = PHASE_DONE;
}

static void
tls_happened(struct session *s, const struct event *e)
{
	bool starttls = s->result->target.tls == TLS_STARTTLS;
	struct tls_facts facts;

	s->tls = e->tls;
	if (s->phase == PHASE_TLS && e->tls->outcome == TLS_DONE) {
		tls_up(s, e);
		return;
	}
	if (s->phase == PHASE_TALK && (e->tls->outcome == TLS_BROKEN ||
	    e->tls->outcome == TLS_VERSION)) {
		tls_broke(s);
		return;
	}
	if (s->phase == PHASE_TLS)
		stage_done(s, STAGE_TLS, e->at, false);
	s->result->stages[STAGE_TLS].progress = PROGRESS_FAILED;
	facts = session_hide(s, e->tls);
	handshake_judge(&s->result->sheet, &facts, starttls, s->whom);
	s->phase = PHASE_DONE;
}

static void
bytes_came(struct session *s, const struct event *e)
{
	s->peer_spoke = true;
	if (s->probing) {
		silence_answered(s, e->bytes, e->at);
		s->phase = PHASE_DONE;
		return;
	}
	if (s->phase == PHASE_TALK)
		climbed(s, ladder_bytes(s, e->bytes, e->at), e->at);
}

static void
closed(struct session *s, const struct event *e)
{
	bool starttls = s->result->target.tls == TLS_STARTTLS;
	struct tls_facts facts;

	if (s->phase == PHASE_TLS) {
		stage_done(s, STAGE_TLS, e->at, false);
		facts = session_hide(s, e->tls);
		handshake_closed(&s->result->sheet, &facts, e->reset, starttls,
		    s->whom);
	} else if (s->phase == PHASE_TALK) {
		s->climb.now = e->at;
		silence_closed(s, e->reset);
	}
	s->phase = PHASE_DONE;
}

/* deadline - time is up: the judges hear how far each step was, and the rest is silence */
static void
deadline(struct session *s, const struct event *e)
{
	s->by_deadline = true;
	s->climb.now = e->at;
	if (s->phase == PHASE_RESOLVE && e->resolved != NULL)
		resolved(s, e);
	else if (s->phase == PHASE_CONNECT && e->connected != NULL)
		connected(s, e);
	else if (s->phase == PHASE_TLS && e->tls != NULL &&
	    e->tls->nfirst > 0)
		tls_happened(s, e);	/* a line in clear, never ended */
	if (s->phase == PHASE_DONE)
		return;
	silence_deadline(s);
	leave(s, s->peer_spoke);
}

static struct want
wanted(const struct session *s)
{
	static const enum want_kind kinds[] = {
		[PHASE_START] = WANT_READ, [PHASE_RESOLVE] = WANT_RESOLVE,
		[PHASE_CONNECT] = WANT_CONNECT, [PHASE_TLS] = WANT_TLS,
		[PHASE_TALK] = WANT_READ, [PHASE_AFTERWORD] = WANT_READ,
		[PHASE_DONE] = WANT_DONE
	};
	struct want want = { .kind = kinds[s->phase] };

	if (s->phase == PHASE_TALK)
		want.wake_at = ladder_patience(s);
	else if (s->phase == PHASE_AFTERWORD)
		want.wake_at = s->phase_at + AFTERWORD_MAX;
	return want;
}

/* fits - is this an event that the phase can make sense of? */
static bool
fits(const struct session *s, const struct event *e)
{
	switch (e->kind) {
	case EVENT_START:
		return s->phase == PHASE_START;
	case EVENT_RESOLVED:
		return s->phase == PHASE_RESOLVE && e->resolved != NULL;
	case EVENT_CONNECTED:
		return s->phase == PHASE_CONNECT && e->connected != NULL;
	case EVENT_TLS:
		return e->tls != NULL && (s->phase == PHASE_TLS ||
		    (s->phase >= PHASE_TALK && e->tls->outcome != TLS_DONE));
	case EVENT_CLOSED:
		return s->phase >= PHASE_TALK ||
		    (s->phase == PHASE_TLS && e->tls != NULL);
	default:
		return s->phase != PHASE_START;
	}
}

struct want
session_event(struct session *s, const struct event *e)
{
	if (s->phase == PHASE_DONE || !fits(s, e))
		return wanted(s);
	/* whoever looks closer takes what there is, even of half a handshake */
	if (s->config->lenient && e->tls != NULL)
		s->tls = e->tls;
	if (s->phase == PHASE_AFTERWORD) {
		session_afterword(s, e);
		return wanted(s);
	}
	switch (e->kind) {
	case EVENT_START:
		started(s, e->at);
		break;
	case EVENT_RESOLVED:
		resolved(s, e);
		break;
	case EVENT_CONNECTED:
		connected(s, e);
		break;
	case EVENT_BYTES:
		bytes_came(s, e);
		break;
	case EVENT_TLS:
		tls_happened(s, e);
		break;
	case EVENT_CLOSED:
		closed(s, e);
		break;
	case EVENT_WAKE:
		if (s->phase == PHASE_TALK)
			ladder_wake(s, e->at);
		break;
	case EVENT_DEADLINE:
		deadline(s, e);
		break;
	}
	return wanted(s);
}
