/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session - one target, from its name to its verdict, without touching a socket
 *
 * Resolve, connect, TLS and the ladder of a protocol, driven by events.  What
 * is learnt goes into the result; what is to be sent stands in `out`.
 */
#ifndef DIALOG_SESSION_H
#define DIALOG_SESSION_H

#include "base/buf.h"
#include "base/text.h"
#include "dialog/event.h"
#include "dialog/ladder.h"
#include "judge/cert.h"
#include "report/result.h"

enum {
	SESSION_OUT_MAX = 256 * 1024,	/* bytes waiting to be sent: a secret in base64 and more */
	SESSION_LOG_MAX = 1024 * 1024,
	SECRET_FORMS_MAX = 3
};

/* the same for all sessions of a run; borrowed, outlives them */
struct session_config {
	const struct protocol	*protocol;	/* NULL: only connect (and TLS) */
	const struct rung	*ladder;
	const void		*cfg;		/* the check's own options */
	const void		*login;		/* the protocol's credentials and wishes: struct imap_login ...; NULL none */
	struct span		 secret;	/* masked wherever the server repeats it, */
	struct span		 secret_forms[SECRET_FORMS_MAX];	/* and so are these, its spellings on the wire; empty ones count for nothing */
	struct cert_moment	 moment;
	int			 family;	/* 0 4 6 */
	bool			 verify;	/* --no-verify clears it */
	bool			 allow_cleartext;
	int64_t			 deadline;	/* absolute, microseconds */
	int64_t			 started;	/* absolute; for "within 10 s" */
	const struct proxy	*proxy;		/* connect by way of it, and resolve no name; NULL none */
	bool			 keep_tls;	/* what TLS showed stays behind in result.facts (struct tls_facts) */
	bool			 greet_only;	/* climb no further than greeting and TLS */
	bool			 lenient;	/* shake hands with whoever it is and whatever he has, and go no further than that */
	bool			 all_addresses;	/* keep those that the name has */
	bool			 log;		/* keep a transcript for -vvv */
	const char		*log_mark;	/* before each line of it; NULL nothing */
};

enum session_phase {
	PHASE_START, PHASE_RESOLVE, PHASE_CONNECT, PHASE_TLS, PHASE_TALK,
	PHASE_AFTERWORD,	/* TLS is up, nothing is to be said: does the server object? */
	PHASE_DONE
};

struct session {
	const struct session_config *config;
	struct result		*result;	/* borrowed; the index may move between sessions, not during one */
	struct buf		 out;		/* to be sent; the world drops what it has sent */
	size_t		 out_cut;	/* inside TLS, what stands behind so many bytes of it goes into a record of its own; 0: it does not matter */
	struct buf		 log;		/* transcript lines, secrets already redacted; the world drains it */
	enum session_phase	 phase;
	bool			 secure;	/* TLS is up and the peer's identity was verified (or need not be) */
	bool			 encrypted;	/* TLS is up */
	bool			 peer_spoke;	/* a byte came from the server */
	bool			 peer_greeted;	/* its greeting was taken */
	bool			 finished;	/* the ladder was climbed to its end */
	bool			 by_deadline;	/* findings made now are the deadline's */
	bool			 probing;	/* a hello was sent to a silent port, to see whether it speaks TLS */
	int64_t			 phase_at;	/* when the phase began */
	struct address		 local;		/* our own end of the connection; family 0 not known */
	const struct tls_facts	*tls;		/* once there was a handshake; lives with the connection */
	struct ladder		 climb;		/* where we are on the ladder */
	struct address		*addresses;	/* with all_addresses: what the name resolved to; freed with the session */
	size_t			 naddresses;
	void			*talk;		/* the protocol's own state, made and freed by it */
	bool			 calls;		/* a rung wishes for a second session with the same peer; whoever makes that clears it */
	struct session		*partner;	/* the second session, or that of whom it is the second, while both live; borrowed */
	bool			 rouses;	/* there is something for the partner to see: the world sends it EVENT_WAKE, and clears this */
	char			 whom[HOST_MAX + 8];	/* "host:port" for sentences */
};

/* session_init - for a target whose result stands ready; allocates nothing yet */
void		session_init(struct session *, const struct session_config *, struct result *);
/* session_event - tell what happened, hear what is wanted.  After WANT_DONE every event gives WANT_DONE. */
struct want	session_event(struct session *, const struct event *);
/* session_free - wipe and free its buffers; the result stays */
void		session_free(struct session *);

/* session_find - a finding of a stage, with the deadline's mark when it is the deadline's */
struct finding	*session_find(struct session *, enum cause, enum stage, const char *detail, const char *fmt, ...)
		    __attribute__((format(printf, 5, 6)));
/* session_log - a line of the transcript: who speaks ("<", ">"), cleaned and masked */
void		session_log(struct session *, const char *who, struct span);
/* session_quote - a server's words made fit to stand in a sentence: cleaned, secret masked, at most TEXT_QUOTE_MAX, into `text`, which is returned */
const char	*session_quote(const struct session *, struct span, char text[TEXT_QUOTE_BUF]);
/* session_hide - a copy of the facts for the judge, borrowed as they were, with the secret masked in what came instead of TLS */
struct tls_facts	session_hide(const struct session *, const struct tls_facts *);

#endif
