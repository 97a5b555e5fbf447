/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3 - the POP3 rungs: greeting, CAPA, STLS, login, STAT, UIDL, LIST, RETR
 * (RFC 1939, 2449, 2595, 3206, 5034)
 *
 * Answers come in the order of the questions.  Where the server offers
 * PIPELINING (RFC 2449 section 6.6), USER and PASS go out in one write.  Nothing
 * follows the login unasked: Courier and Cyrus hand the connection to another
 * process or layer there, and lose what they had read already.  Nothing is ever
 * deleted.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls, auth.*, mailbox.*, fetch.* and whatever the refusal
 * tables say.
 */
#ifndef DIALOG_POP3_H
#define DIALOG_POP3_H

#include "dialog/ladder.h"
#include "dialog/login_state.h"
#include "dialog/session.h"

enum {
	POP3_STAMP_MAX = 256,		/* bytes of a timestamp for APOP; a longer one is not used */
	POP3_ENTRY_MAX = 1024,		/* bytes of a line of CAPA, LIST or UIDL that are looked at (512 are allowed) */
	POP3_CAPA_LINES = 1000,		/* lines of CAPA: no server has so many */
	POP3_ENTRIES_MAX = 4 * 1000 * 1000,	/* lines of LIST or UIDL: no maildrop has so many */
	POP3_COMMAND_MAX = 255		/* RFC 2449 section 4: bytes of a command with its line end */
};

/* capabilities that change what we do */
enum pop3_cap {
	POP3_STLS	= 1 << 0,
	POP3_USER	= 1 << 1,
	POP3_PIPELINING	= 1 << 2,
	POP3_UIDL	= 1 << 3
};

struct unique;

/* a line of an answer that is still coming */
struct pop3_line {
	char		 text[POP3_ENTRY_MAX];
	size_t		 len;
	bool		 cut;		/* it is longer */
	uint64_t	 lines;		/* whole ones so far */
};

/* what is known of the maildrop */
struct pop3_drop {
	bool		 opened;	/* STAT was answered: */
	uint64_t	 messages;
	bool		 has_bytes;
	uint64_t	 bytes;
	bool		 has_list;	/* so was LIST: */
	uint64_t	 listed;	/* entries */
	uint64_t	 list_odd;	/* lines that are none */
	bool		 has_uidl;	/* and UIDL */
	uint64_t	 uids;
	uint64_t	 uidl_odd;
	uint64_t	 duplicates;	/* that another message has, too */
	uint64_t	*sizes;		/* by LIST, of the newest messages, that of the newest first; UINT64_MAX not told */
	unsigned	 nsizes;
	struct unique	*unique;	/* while UIDL is heard */
};

/* what is known of the server: session.talk */
struct pop3 {
	struct login_state login;
	unsigned	 caps;		/* enum pop3_cap */
	bool		 no_capa;	/* the server does not know CAPA */
	char		 stamp[POP3_STAMP_MAX];	/* of a greeting that may be believed, "" none */
	struct pop3_line line;
	struct pop3_drop drop;
};

/* up to what the server offers: greeting, CAPA, STLS, CAPA */
extern const struct rung pop3_hello_ladder[];
/* the whole way in: that, and the login */
extern const struct rung pop3_login_ladder[];
/* STAT, and UIDL and LIST where messages are to be downloaded (pop3_drop.c) */
extern const struct rung pop3_drop_ladder[];
/* RETR, the newest message first (pop3_fetch.c) */
extern const struct rung pop3_fetch_ladder[];
extern const struct protocol pop3_protocol;

struct pop3	*pop3_of(const struct session *);
/* pop3_lines - cut a piece of an answer into lines and hand on each that is whole; false as soon as `take` says so */
bool		 pop3_lines(struct session *, struct span piece, bool (*take)(struct session *, struct span));
/* pop3_lines_begin - before the first piece of an answer */
void		 pop3_lines_begin(struct session *);
/* pop3_capa - a line of CAPA */
bool		 pop3_capa(struct session *, struct span line);

#endif
