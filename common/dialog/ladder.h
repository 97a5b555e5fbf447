/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ladder - a dialogue as a table of rungs
 *
 * A rung says something and hears the answer.  Rungs are climbed in order;
 * `when` leaves one out.  A rung with `early` may be said before the answers of
 * those before it have come: its time then runs from the last of those.  With
 * several of them out, a server may drop what it had not read when it
 * answered the first: ladder_repeat() says the rest again, one by one, and what
 * comes late to the first saying counts as the answer all the same.  A rung
 * with `count` is repeated over a list, `window` of them at a time.  `sub`
 * stands for a whole other ladder, so that ladders compose.  `body` takes a
 * literal or dot-stuffed lines as they stream by.
 */
#ifndef DIALOG_LADDER_H
#define DIALOG_LADDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/span.h"
#include "reply/reply.h"
#include "reply/scan.h"
#include "report/stage.h"

struct refusal_table;
struct session;

enum {
	LADDER_MAX = 48,	/* rungs after sub-ladders are laid out */
	WINDOW_MAX = 8,		/* exchanges outstanding at once */
	REPLIES_MAX = 100000,	/* replies without an end to any exchange: no server sends that many */
	LADDER_IN_MAX = 256 * 1024,	/* bytes of one reply with the literals that are not streamed; more than any protocol's own cap and a slice */
	LADDER_SLICE = 16 * 1024	/* bytes that are looked at before more are taken in */
};

/* a tag that no server can send */
#define TAG_NONE ((unsigned)-1)

/* what a rung makes of a reply */
enum heard {
	HEARD_MORE,		/* not the last word yet */
	HEARD_OK,		/* this exchange is done */
	HEARD_AGAIN,		/* no answer that counts: say it again once nothing else is out (a rung returns it once for an exchange: see `twice`) */
	HEARD_TLS,		/* done, and now the handshake */
	HEARD_STOP,		/* done, and nothing more is to be said: climb no further (no finding, or one was made) */
	HEARD_FAIL		/* a finding was made */
};

/* one question and its answer */
struct exchange {
	uint8_t		 rung;		/* index into the laid out ladder */
	bool		 done;		/* answered out of order, waiting for those before it */
	unsigned	 turn;		/* of `count` */
	unsigned	 tag;		/* number of its tag, where the protocol has tags */
	unsigned	 before;	/* its first tag, when it was said twice and that may still be answered; TAG_NONE */
	bool		 twice;		/* said again, or about to be */
	bool		 again;		/* to be said again as soon as it is the oldest */
	bool		 unsent;	/* said while the bytes at hand were looked at: no answer can be among them */
	int64_t		 since;		/* its time runs from here */
};

struct rung {
	enum stage		 stage;
	/* when - climb it at all? asked when its turn has come; NULL always */
	bool			(*when)(const struct session *);
	/* say - append to session.out through the protocol's own say functions; false when it found a reason not to (a finding was made); NULL: only listen */
	bool			(*say)(struct session *, struct exchange *);
	/* hear - every reply while it is the oldest outstanding exchange, and the one that carries its tag */
	enum heard		(*hear)(struct session *, struct exchange *, const struct reply *);
	/* early - may it be said already? NULL never */
	bool			(*early)(const struct session *);
	/* count - how many turns; NULL one.  window - how many at a time; 0 is one */
	unsigned		(*count)(const struct session *);
	unsigned		 window;
	/* body - bytes of a body as they stream; `left` after these, 0 also where nothing tells; false when it makes no sense (a finding was made); NULL: bodies become part of the reply */
	bool			(*body)(struct session *, struct exchange *, struct span, uint64_t left);
	/* patience - microseconds of silence after which `wake` is called, once; 0 never; NULL never */
	int64_t			(*patience)(const struct session *);
	void			(*wake)(struct session *);
	/* silent, ended - "did not answer ...", "at ...": of a server that says nothing, or goes; NULL: in the words of the stage */
	const char		*silent;
	const char		*ended;
	const struct rung	*sub;
	bool			 end;
};

#define RUNG_END { .end = true }
#define RUNG_LADDER(ladder) { .sub = (ladder) }

/* a protocol: bytes to replies, and what belongs to its ends */
struct protocol {
	const char	*name;			/* "imap": service name, starttls dialect */
	const char	*title;			/* "IMAP", for sentences */
	const char	*service;		/* how SASL knows it; NULL: by the name */
	uint16_t	 port_plain;		/* with --tls=starttls or none */
	uint16_t	 port_tls;		/* with --tls=implicit */
	enum tls_mode_default { DEFAULT_IMPLICIT, DEFAULT_STARTTLS } usual;
	/* scan - go on scanning; `bodies`: stop at a body so that it can be streamed */
	enum scan_result (*scan)(struct scan *, struct span, bool bodies);
	/* parse - the bytes of one reply to a struct reply; false: a violation */
	bool		(*parse)(struct span, struct reply *);
	const struct refusal_table *refusals;	/* what its servers say when they refuse */
	/* open, close - the protocol's state in session.talk; open returns false without memory */
	bool		(*open)(struct session *);
	void		(*close)(struct session *);
	/* secured - what was said in clear is void now */
	void		(*secured)(struct session *);
	/* babble - bytes that are no reply of this protocol: report what they are; `first` says that they are the first of all */
	void		(*babble)(struct session *, struct span, bool first);
	/* aside - look at every reply before its exchange does (BYE, capabilities, alerts): HEARD_MORE to hand it on, HEARD_OK when it was used up, HEARD_STOP and HEARD_FAIL to end */
	enum heard	(*aside)(struct session *, const struct reply *);
	/* farewell - say goodbye; nobody will wait for the answer */
	void		(*farewell)(struct session *);
};

/* where a session stands on its ladder */
struct ladder {
	const struct rung	*rungs[LADDER_MAX];
	size_t			 nrungs;
	size_t			 next;		/* rung to be said next */
	unsigned		 turn;		/* its turn */
	struct exchange		 queue[WINDOW_MAX];	/* oldest first */
	size_t			 nqueue;
	struct buf		 in;
	struct scan		 scan;
	uint64_t		 body_size;	/* of the last body of the oldest exchange; 0 when nobody told */
	uint64_t		 body_came;	/* of it so far */
	uint64_t		 body_left;	/* of it, still to be streamed */
	unsigned		 spent_from, spent_to;	/* tags of exchanges said twice: they may be answered twice, too; 0 none */
	bool			 early;		/* the reply under way began before the oldest exchange was sent */
	bool			 nonsense;	/* a body was refused by its rung */
	unsigned		 replies;	/* since the last end of an exchange */
	bool			 woken;		/* patience ran out for the oldest exchange */
	int64_t			 now;		/* of the event being handled */
};

/* how a climb stands after it was fed */
enum climbing { CLIMB_ON, CLIMB_TLS, CLIMB_TOP, CLIMB_FELL };

/* ladder_begin - lay out the rungs and say what can be said; session.talk is open */
enum climbing	ladder_begin(struct session *, int64_t now);
/* ladder_bytes - feed what the server sent */
enum climbing	ladder_bytes(struct session *, struct span, int64_t now);
/* ladder_secured - the handshake that a rung asked for is done */
enum climbing	ladder_secured(struct session *, int64_t now);
/* ladder_wake - time has come; *wake_at in ladder_patience() said so */
void		ladder_wake(struct session *, int64_t now);
/* ladder_repeat - for a rung's `wake`: say the oldest exchange again, and the others when their turn comes; false when it cannot be said */
bool		ladder_repeat(struct session *);
/* ladder_patience - when to call ladder_wake(), 0 never */
int64_t		ladder_patience(const struct session *);
/* ladder_stage - of the oldest exchange, the stage that silence or an end belongs to */
enum stage	ladder_stage(const struct session *);
/* ladder_free - wipe and free */
void		ladder_free(struct ladder *);

#endif
