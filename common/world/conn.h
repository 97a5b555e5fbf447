/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conn - one session and the connection that it talks over
 *
 * conn.c tells the session what happened and does what it wants, conn_open.c
 * opens the connection, conn_via.c opens it by way of a proxy, conn_io.c moves the bytes.  A connection that has ended stays in `ended` until nobody
 * can be in the midst of it any more.
 */
#ifndef WORLD_CONN_H
#define WORLD_CONN_H

#include "dialog/tunnel.h"
#include "world/connect.h"
#include "world/drive.h"
#include "world/loop.h"
#include "world/resolve.h"

enum {
	CONN_READ = 16 * 1024,		/* bytes read at once: what a TLS record holds */
	CONN_READS = 4,			/* reads before others have their turn */
	CONN_PLAIN_MAX = 64 * 1024,	/* bytes out of TLS that wait for the session */
	CONN_HEAD_MAX = TUNNEL_OUT_MAX,	/* words to a proxy; a PROXY header has 107 bytes as text, 52 in binary */
	CONN_WIRE_MAX = 2 * SESSION_OUT_MAX	/* bytes out of TLS that wait to be sent */
};

/* what all connections of a run share */
struct conn_env {
	const struct drive_config *config;
	struct loop		*loop;
	struct interfaces	 interfaces;
	struct conn		*live;
	struct conn		*ended;
	unsigned		 nlive;
	unsigned		 nresolving;
	unsigned		 nconnecting;
	bool			 warm;		/* the TLS context was asked for */
};

/* the way by a proxy */
struct conn_via {
	struct tunnel		 tunnel;
	bool			 asking;	/* what comes is the proxy's */
};

struct conn {
	struct conn_env		*env;
	struct session		*session;	/* NULL once it has ended */
	struct conn		*prev, *next;
	struct watch		 watch;
	struct timer		 wake;
	struct timer		 warm;
	struct timer		 reach;		/* connected by then */
	struct resolve		*resolve;
	const struct resolved	*resolved;	/* while the session hears of it */
	struct connecting	*connecting;
	struct conn_via		*via;		/* NULL without a proxy, and before it is connected to */
	int			 fd;
	bool			 broken;	/* nothing can be sent any more */
	bool			 no_tls;	/* there is no TLS context; the sheet says why */
	bool			 hello;		/* the handshake has begun */
	bool			 up;		/* TLS is */
	struct tls		*tls;
	const struct tls_engine	*engine;	/* of `tls` */
	struct buf		 head;		/* in clear, to be sent before all else */
	struct buf		 wire;		/* out of TLS, to be sent */
	struct buf		 plain;		/* out of TLS, for the session */
};

/* conn_start - drive the session, which may be over before this returns */
void	conn_start(struct conn_env *, struct session *);
/* conn_deadline - time is up: tell the session and end */
void	conn_deadline(struct conn *);
/* conn_bury - free those that have ended */
void	conn_bury(struct conn_env *);

/* conn_tell - tell the session what happened and do what it wants; the connection may have ended after it */
void	conn_tell(struct conn *, struct event *);
/* conn_end - the last words, and over */
void	conn_end(struct conn *);

/* conn_resolve, conn_connect, conn_secure - do what the session wants, unless it is under way already */
void	conn_resolve(struct conn *);
void	conn_connect(struct conn *);
void	conn_secure(struct conn *);
/* conn_warm - for the loop: a good moment to make the TLS context */
void	conn_warm(struct timer *);

/* conn_via_connect - by way of the proxy, unless that is under way already */
void	conn_via_connect(struct conn *);
/* conn_via_bytes, conn_via_closed - of the proxy, while it is asked */
void	conn_via_bytes(struct conn *, struct span);
void	conn_via_closed(struct conn *, bool reset);
/* conn_via_deadline - put into the event how far it was */
void	conn_via_deadline(struct conn *, struct event *);
void	conn_via_free(struct conn *);

/* conn_bytes - what the server sent, in clear or for TLS */
void	conn_bytes(struct conn *, struct span);
/* conn_flush - send what there is to be sent, begin with TLS once all that was to be said in clear is sent, and wait for what may come */
void	conn_flush(struct conn *);
/* conn_last_words - send what can be sent at once */
void	conn_last_words(struct conn *);
/* conn_ready - for the loop */
void	conn_ready(struct watch *, short revents);

#endif
