/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * probe - what speaks on a port, once a connection to it is open
 *
 *	probe_event(probe, event) -> want
 *
 * On a port where TLS comes first a hello is said at once, elsewhere after
 * PROBE_SILENCE; with PROBE_TLS the world shakes hands in earnest.  A mail
 * server that greets is asked what it offers, and told goodbye.  A server that
 * had not greeted before the hello came may take offence at it (RFC 5321
 * section 4.3.1: it may wait on purpose), so that one is asked again on a new
 * connection (WANT_CONNECT), patiently.  What is learnt goes into the row.
 */
#ifndef DIALOG_PROBE_H
#define DIALOG_PROBE_H

#include "base/buf.h"
#include "dialog/event.h"
#include "judge/port_facts.h"

enum {
	PROBE_SILENCE = 1000 * 1000,	/* microseconds of silence before a hello */
	PROBE_LINE_MAX = 8 * 1024,	/* bytes of one line */
	PROBE_BYTES_MAX = 64 * 1024,	/* bytes in all: nobody offers so much */
	PROBE_OUT_MAX = 256
};

enum probe_state {
	PROBE_WAITS,		/* for the first word */
	PROBE_GREETED,		/* the greeting goes on */
	PROBE_ASKED,		/* what it offers */
	PROBE_STARTS,		/* TLS, and was told so in clear */
	PROBE_SHAKES,		/* hands */
	PROBE_OVER
};

struct probe {
	struct port_row		*row;		/* borrowed */
	struct address		 local;		/* our own end */
	struct buf		 in;		/* a line that has no end yet */
	struct buf		 out;		/* to be sent; the world drops what it has sent */
	struct buf		*log;		/* lines of a transcript; borrowed; NULL none */
	int64_t			 opened;
	int64_t			 patience;	/* microseconds for the first word */
	size_t			 total;		/* bytes that came */
	enum probe_depth	 depth;
	enum probe_state	 state;
	bool			 tls_first;	/* what the port is known for */
	bool			 hello;		/* one was said */
	bool			 again;		/* this is the second connection: no hello */
	bool			 lmtp;		/* LHLO was said */
	bool			 encrypted;
};

/* probe_init - allocates nothing; `again` after WANT_CONNECT */
void		probe_init(struct probe *, struct port_row *, enum probe_depth, bool again);
/* probe_event - CONNECTED (the connection is open; connected is not looked at), BYTES, TLS, CLOSED, WAKE, DEADLINE; these three with `tls` during a handshake.  After WANT_DONE every event gives WANT_DONE. */
struct want	probe_event(struct probe *, const struct event *);
/* probe_free - its buffers; the row stays */
void		probe_free(struct probe *);

#endif
