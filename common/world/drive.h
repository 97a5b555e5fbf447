/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drive - sessions over real sockets
 *
 * Takes sessions from an iterator as slots and rate allow, does what each
 * wants (resolve, connect with Happy Eyeballs and the error queue, read, write,
 * TLS), tells it what happened, and hands it back when it is done.  A session
 * that rouses its partner, or ends, has that woken.  One loop, one deadline for
 * all.
 */
#ifndef WORLD_DRIVE_H
#define WORLD_DRIVE_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/address.h"
#include "base/proxy_header.h"
#include "dialog/session.h"
#include "world/tls_engine.h"

struct drive_config {
	int64_t		 deadline;		/* clock_now() time */
	int64_t		 connect_timeout;	/* microseconds, 0: up to the deadline */
	int64_t		 patience;		/* microseconds that a lenient session has for all it does, after which it gets its EVENT_DEADLINE; 0: up to the deadline */
	int64_t		 reach;			/* microseconds that a session has until it is connected, after which it gets its EVENT_DEADLINE; 0: up to the deadline */
	struct address	 source;		/* family 0: the system chooses */
	int		 family;
	const struct proxy *proxy;		/* borrowed; NULL none */
	enum proxy_version header;		/* sent before anything else */
	unsigned	 slots;			/* sessions at once; 0: descriptor limit - 64 */
	unsigned	 rate;			/* new connections a second; 0 unlimited */
	const volatile sig_atomic_t *stop;	/* set by a signal: everything gets its EVENT_DEADLINE */
	int		 log_fd;		/* transcripts go there; -1 nowhere */
	void		*arg;			/* for the functions below */
	/* next - the next session to drive, EVENT_START not yet sent; NULL: no more */
	struct session	*(*next)(void *arg);
	/* done - the session is done and its connection still there for its facts; it is the caller's again */
	void		(*done)(void *arg, struct session *);
	/* tls - engine and context, made at the first call and there until the last session is done; NULL when they cannot be (the sheet got the finding) */
	const struct tls_setup *(*tls)(void *arg, struct sheet *);
	/* tls_lenient - the same for sessions that are lenient; only asked for those */
	const struct tls_setup *(*tls_lenient)(void *arg, struct sheet *);
};

/* drive - until all sessions are done; false when the loop itself could not be made (memory, descriptors) */
bool	drive(const struct drive_config *);

#endif
