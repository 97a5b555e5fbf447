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
#include "judge/port_known.h"
#include "report/cause.h"

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
	row->speech = SPEECH_UNKNOWN;
	row->trouble = CAUSE_NONE;
	row->greeting_usec = 0;
	row->greeted = false;
}

void
probe_free(struct probe *p)
{
	buf_free(&p->in);
	buf_free(&p->out);
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

/* wordless - not a byte came where a greeting was due */
static void
wordless(struct probe *p, enum speech how)
{
	if (p->encrypted)
		p->row->inside = (uint8_t)how;
	else
		p->row->speech = (uint8_t)how;
}

/* cut_short - it had begun to speak, and did not come to an end */
static void
cut_short(struct probe *p, enum cause cause)
{
	bool greeting = p->state == PROBE_WAITS;

	if (greeting)
		probe_line(p, buf_span(&p->in));
	if (greeting)
		p->row->greeted = false;
	if (probe_is_mail(p) && p->row->trouble == CAUSE_NONE)
		p->row->trouble = (uint8_t)cause;
}

/* silent - nothing more came for as long as it was to be waited for */
static void
silent(struct probe *p, bool deadline)
{
	p->row->late = deadline;
	if (p->state == PROBE_SHAKES)
		p->row->trouble = CAUSE_TLS_TIMEOUT;
	else if (p->state == PROBE_WAITS && p->in.len == 0)
		wordless(p, SPEECH_NONE);
	else
		cut_short(p, p->state == PROBE_STARTS ? CAUSE_TLS_TIMEOUT :
		    CAUSE_GREETING_TIMEOUT);
	p->state = PROBE_OVER;
}

static void
woken(struct probe *p, int64_t now)
{
	if (now - p->opened >= p->patience)
		silent(p, false);
	else if (p->state == PROBE_WAITS && !p->hello && !p->again &&
	    p->total == 0)
		probe_hello(p);
}

static void
closed(struct probe *p, bool reset, const struct tls_facts *tls)
{
	struct port_row *row = p->row;

	if (p->state == PROBE_SHAKES) {
		row->trouble = tls != NULL && tls->server_spoke ?
		    CAUSE_TLS_CLOSED : CAUSE_TLS_SERVER_SETUP;
	} else if (p->state != PROBE_WAITS || p->in.len > 0) {
		cut_short(p, p->state == PROBE_STARTS ? CAUSE_TLS_CLOSED :
		    CAUSE_GREETING_CLOSED);
	} else if (reset && !p->again && !p->encrypted) {
		row->verdict = PORT_RESET;
		row->cause = CAUSE_CONNECT_RESET;
	} else {
		wordless(p, SPEECH_CLOSED);
	}
	p->state = PROBE_OVER;
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
		if (starttls)
			p->row->trouble = CAUSE_TLS_STARTTLS_REFUSED;
		else
			p->row->speech = speech_of(first);
		why = first;
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
	if (tls->outcome != TLS_DONE) {
		failed(p, tls);
		return;
	}
	if (p->state != PROBE_SHAKES)
		return;
	p->row->tls_version = (uint8_t)tls->server_version;
	p->encrypted = true;
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
	if (p->state == PROBE_WAITS && !p->hello && !p->again &&
	    !p->encrypted && p->total == 0 && PROBE_SILENCE < p->patience)
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
		woken(p, e->at);
		break;
	case EVENT_DEADLINE:
		silent(p, true);
		break;
	default:
		break;
	}
	return wanted(p);
}
