/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * event - the one seam between the pure half of the house and the world
 *
 *	session_event(session, event) -> want
 *
 * The world tells what happened and when; the session says what it wants next.
 * Tests, fuzzers and the loop over real sockets speak this and nothing else.
 * Times are microseconds of one monotonic clock; no one below asks what time
 * it is.  Pointers in an event are valid during the call only, but for
 * tls facts, which live as long as the connection.
 */
#ifndef DIALOG_EVENT_H
#define DIALOG_EVENT_H

#include "base/span.h"
#include "judge/net_facts.h"
#include "judge/tls_facts.h"
#include "judge/via.h"

enum event_kind {
	EVENT_START,		/* begin */
	EVENT_RESOLVED,		/* answers WANT_RESOLVE */
	EVENT_CONNECTED,	/* answers WANT_CONNECT, with or without a winner */
	EVENT_BYTES,		/* application bytes: in clear, or out of TLS once it is up */
	EVENT_TLS,		/* answers WANT_TLS: facts->outcome; also later, when a fatal alert came */
	EVENT_CLOSED,		/* the connection ended: orderly, or by a reset */
	EVENT_WAKE,		/* the time asked for with wake_at has come */
	EVENT_DEADLINE		/* the run's time is up, or SIGTERM; answers resolve and connect as well */
};

struct event {
	enum event_kind			 kind;
	int64_t				 at;
	const struct resolved		*resolved;	/* RESOLVED; DEADLINE while resolving (what is known); CONNECTED without a winner: the proxy's name */
	const struct connected		*connected;	/* CONNECTED; DEADLINE while connecting */
	const struct via		*via;		/* CONNECTED without a winner, DEADLINE: what the proxy answered */
	struct span			 bytes;		/* BYTES */
	const struct tls_facts		*tls;		/* TLS; CLOSED and DEADLINE during a handshake */
	bool				 reset;		/* CLOSED */
};

enum want_kind {
	WANT_RESOLVE,		/* addresses of target.host */
	WANT_CONNECT,		/* a connection to one of the addresses told by RESOLVED, or to target.fixed */
	WANT_READ,		/* send what is in session.out, then read */
	WANT_TLS,		/* send what is in session.out in clear, then start the handshake */
	WANT_DONE		/* send what is in session.out if that is possible at once, and close */
};

struct want {
	enum want_kind	kind;
	int64_t		wake_at;	/* send EVENT_WAKE then; 0: no need */
};

#endif
