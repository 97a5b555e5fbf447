/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe - what speaks on a port: waiting, silence, ends, and TLS
 *
 * What servers say is heard in probe_hear.c.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/hello.h"
#include "dialog/probe.h"
#include "dialog/probe_hear.h"
#include "judge/handshake.h"
#include "judge/port_known.h"
#include "report/cause.h"
#include "report/sentence.h"

void
probe_init(struct probe *p, struct port_row *row, enum probe_depth depth,
    bool again)
{
	memset(p, 0, sizeof(*p));
	p->row = row;
	p->depth = depth;
	p->again = again;
	p->tls_first = port_known(row->port)->tls_first;
	buf_init(&p->in, PROBE_LINE_MAX);
	buf_init(&p->out, PROBE_OUT_MAX);
	if (!again)
		return;
	/* what it said to a hello that it had not asked for is forgotten */
	free(row->words);
	row->words = NULL;
	row->speech = SPEECH_UNKNOWN;
	row->trouble = CAUSE_NONE;
	row->greeting_usec = 0;
	row->greeted = row->late = false;
}

void
probe_free(struct probe *p)
{
	buf_free(&p->in);
	buf_free(&p->out);
}

enum speech
probe_speech(const struct probe *p)
{
	return (enum speech)(p->encrypted ? p->row->inside : p->row->speech);
}

void
probe_speaks(struct probe *p, enum speech s)
{
	if (p->encrypted)
		p->row->inside = (uint8_t)s;
	else
		p->row->speech = (uint8_t)s;
}

bool
probe_is_mail(const struct probe *p)
{
	switch (probe_speech(p)) {
	case SPEECH_IMAP:
	case SPEECH_POP3:
	case SPEECH_SMTP:
	case SPEECH_LMTP:
	case SPEECH_SIEVE:
		return true;
	default:
		return false;
	}
}

void
probe_quote(struct probe *p, struct span words)
{
	char text[TEXT_QUOTE_BUF];
	struct buf b;

	buf_init(&b, sizeof(text) - 1);
	text_clean(&b, span_trim(words), TEXT_QUOTE_MAX);
	free(p->row->words);
	p->row->words = b.nomem || b.len == 0 ? NULL :
	    sentence_make("%s", buf_cstr(&b));
	buf_free(&b);
}

static void
opened(struct probe *p, int64_t now)
{
	p->opened = now;
	p->state = PROBE_WAITS;
	if (p->depth == PROBE_CONNECT)
		p->state = PROBE_OVER;
	else if (p->tls_first && p->depth == PROBE_TLS)
		p->state = PROBE_SHAKES;
	else if (p->tls_first)
		probe_hello(p);
}

/* hello_due - is it one whose silence a hello may end? */
static bool
hello_due(const struct probe *p)
{
	return p->state == PROBE_WAITS && !p->hello && !p->again &&
	    !p->encrypted && p->total == 0 && PROBE_SILENCE < p->patience;
}

/* cut_short - it had begun to speak, and did not come to an end */
static void
cut_short(struct probe *p, enum cause cause)
{
	if (p->state == PROBE_WAITS)
		probe_half(p);
	if (probe_is_mail(p) && p->row->trouble == CAUSE_NONE)
		p->row->trouble = (uint8_t)cause;
}

/* broken_off - by silence or by an end: `nothing` where nobody spoke, a cause where a greeting, what follows it, or TLS was under way */
static void
broken_off(struct probe *p, enum speech nothing, enum cause greeting,
    enum cause tls)
{
	if (p->state == PROBE_SHAKES && p->in.len > 0)
		probe_behind(p, buf_span(&p->in));
	else if (p->state == PROBE_STARTS || p->state == PROBE_SHAKES)
		p->row->trouble = (uint8_t)tls;
	else if (p->state == PROBE_WAITS && p->in.len == 0)
		probe_speaks(p, nothing);
	else
		cut_short(p, greeting);
	p->state = PROBE_OVER;
}

/* mute - shaking hands, and not a byte came back */
static bool
mute(const struct probe *p, const struct tls_facts *tls)
{
	return p->state == PROBE_SHAKES && p->row->speech == SPEECH_UNKNOWN &&
	    (tls == NULL || (!tls->server_spoke && tls->nfirst == 0));
}

/* silent - nothing more came for as long as it was to be waited for */
static void
silent(struct probe *p, bool deadline, const struct tls_facts *tls)
{
	if (mute(p, tls))
		p->row->speech = SPEECH_NONE;
	p->row->late = deadline;
	broken_off(p, SPEECH_NONE, CAUSE_GREETING_TIMEOUT, CAUSE_TLS_TIMEOUT);
}

static void
woken(struct probe *p, int64_t now, const struct tls_facts *tls)
{
	if (now - p->opened >= p->patience)
		silent(p, false, tls);
	else if (hello_due(p) && now - p->opened >= PROBE_SILENCE)
		probe_hello(p);
}

static void
closed(struct probe *p, bool reset, const struct tls_facts *tls)
{
	bool spoke = p->state == PROBE_STARTS ||
	    (tls != NULL && tls->server_spoke);

	if (p->state == PROBE_WAITS && p->total == 0 && reset && !p->again &&
	    !p->encrypted) {
		p->row->verdict = PORT_RESET;
		p->row->cause = CAUSE_CONNECT_RESET;
		p->state = PROBE_OVER;
		return;
	}
	if (mute(p, tls))
		p->row->speech = SPEECH_CLOSED;
	broken_off(p, SPEECH_CLOSED, CAUSE_GREETING_CLOSED,
	    spoke ? CAUSE_TLS_CLOSED : CAUSE_TLS_SERVER_SETUP);
}

/* outcome - what a failed handshake comes to */
static enum cause
outcome(const struct tls_facts *tls)
{
	switch (tls->outcome) {
	case TLS_VERSION:
		return CAUSE_TLS_VERSION;
	case TLS_POLICY:
		return CAUSE_TLS_POLICY;
	case TLS_CLIENT_CERT:
		return CAUSE_TLS_CLIENT_CERTIFICATE;
	case TLS_OURS:
		return CAUSE_INTERNAL_ERROR;
	default:
		return CAUSE_TLS_HANDSHAKE;
	}
}

static void
failed(struct probe *p, const struct tls_facts *tls)
{
	char copy[TLS_FIRST_MAX];
	struct span first = { copy, tls->nfirst };
	struct span why = span_of(tls->reason);

	bool starttls = p->row->speech != SPEECH_UNKNOWN &&
	    p->row->speech != SPEECH_TLS;

	memcpy(copy, tls->first, tls->nfirst);
	if (tls->outcome == TLS_NOT_TLS) {
		why = span_line(&first);
		if (starttls)
			p->row->trouble = (uint8_t)handshake_clear(why);
		else
			p->row->speech = (uint8_t)speech_of(why);
	} else {
		if (!starttls)
			p->row->speech = SPEECH_TLS;
		p->row->trouble = outcome(tls);
		if (tls->outcome == TLS_ALERT)
			why = span_of(tls_alert_name(tls->alert));
	}
	probe_quote(p, why);
	p->state = PROBE_OVER;
}

/* shaken - TLS is up: a server that greets within it does so now.  TLS 1.3 may fail after that. */
static void
shaken(struct probe *p, const struct tls_facts *tls, int64_t now)
{
	if (p->state == PROBE_SHAKES && p->in.len > 0) {
		probe_behind(p, buf_span(&p->in));
		return;
	}
	if (tls->outcome != TLS_DONE) {
		failed(p, tls);
		return;
	}
	if (p->state != PROBE_SHAKES)
		return;
	p->row->tls_version = (uint8_t)tls->server_version;
	p->encrypted = true;
	buf_clear(&p->in);
	if (p->row->speech != SPEECH_UNKNOWN) {
		p->row->inside = p->row->speech;	/* STARTTLS */
		probe_leave(p);
		return;
	}
	p->row->speech = SPEECH_TLS;
	p->opened = now;
	p->state = PROBE_WAITS;
}

static struct want
wanted(const struct probe *p)
{
	struct want want = { .kind = WANT_READ };

	want.wake_at = p->opened + p->patience;
	if (hello_due(p))
		want.wake_at = p->opened + PROBE_SILENCE;
	if (p->state == PROBE_SHAKES)
		want.kind = WANT_TLS;
	if (p->state == PROBE_OVER)
		want = (struct want){ .kind = WANT_DONE };
	/* who was only slow may have answered to the hello: that says nothing of him */
	if (p->state == PROBE_OVER && p->hello && !p->tls_first &&
	    probe_is_mail(p))
		want.kind = WANT_CONNECT;
	return want;
}

struct want
probe_event(struct probe *p, const struct event *e)
{
	if (p->state == PROBE_OVER)
		return wanted(p);
	switch (e->kind) {
	case EVENT_CONNECTED:
		opened(p, e->at);
		break;
	case EVENT_BYTES:
		probe_bytes(p, e->bytes, e->at);
		break;
	case EVENT_TLS:
		shaken(p, e->tls, e->at);
		break;
	case EVENT_CLOSED:
		closed(p, e->reset, e->tls);
		break;
	case EVENT_WAKE:
		woken(p, e->at, e->tls);
		break;
	case EVENT_DEADLINE:
		silent(p, true, e->tls);
		break;
	default:
		break;
	}
	return wanted(p);
}
