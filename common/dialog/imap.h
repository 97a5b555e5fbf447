/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap - the IMAP rungs: greeting, capability, STARTTLS, login (RFC 3501, 9051,
 * 2595, 4959 SASL-IR, 7888 LITERAL+ and LITERAL-)
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.preauth, tls.port-speaks-tls, auth.*, and whatever the refusal tables say.
 */
#ifndef DIALOG_IMAP_H
#define DIALOG_IMAP_H

#include "dialog/imap_id.h"
#include "dialog/imap_idle.h"
#include "dialog/imap_push.h"
#include "dialog/ladder.h"
#include "dialog/login_state.h"
#include "dialog/session.h"

enum {
	IMAP_PENDING_MAX = 128 * 1024,	/* bytes of a command that wait for a continuation */
	IMAP_PARTS_MAX = 4		/* literals of one command */
};

/* capabilities that change what we do */
enum imap_cap {
	CAP_REV1	= 1 << 0,
	CAP_REV2	= 1 << 1,
	CAP_STARTTLS	= 1 << 2,
	CAP_LOGINDISABLED = 1 << 3,
	CAP_SASL_IR	= 1 << 4,
	CAP_LITERAL_PLUS = 1 << 5,
	CAP_LITERAL_MINUS = 1 << 6,
	CAP_ID		= 1 << 7,
	CAP_IDLE	= 1 << 8
};

struct imap_folders;
struct imap_nearest;
struct imap_quotas;

/* what opening a mailbox told */
struct imap_box {
	char		 name[TEXT_QUOTE_BUF];	/* as it may be shown */
	bool		 opened;
	bool		 has_messages, has_unseen;	/* by STATUS */
	uint64_t	 messages, unseen;
	bool		 has_exists, has_uidvalidity;	/* by EXAMINE */
	uint64_t	 exists, uidvalidity;
	bool		 has_newest;
	int64_t		 newest;	/* INTERNALDATE of the newest message, in seconds since 1970 */
	char		 status_refused[TEXT_QUOTE_BUF];	/* the words of the last one */
	uint32_t	 uncounted;	/* a bit for each turn whose STATUS was refused */
	unsigned	 counted, counted_unseen;	/* mailboxes that are summed up in messages and unseen */
	bool		 missing;	/* mailbox.missing was found */
	bool		 has_found;	/* by SEARCH */
	uint64_t	 found;
	uint64_t	 oldest_place;	/* of the first unseen message; 0 none, or not asked for */
	bool		 has_oldest;
	int64_t		 oldest;	/* its INTERNALDATE, in seconds since 1970 */
};

/* what is known of the server and of the command under way: session.talk */
struct imap {
	struct login_state login;
	unsigned	 caps;		/* enum imap_cap */
	bool		 preauth;
	unsigned	 tags;		/* given out so far */
	bool		 forgets;	/* the server may drop what comes in the write of the login */
	bool		 together;	/* what follows the login went out, or may go out, with it */
	bool		 in_step;	/* the server has answered some of that as it should: it drops nothing */
	struct buf	 pending;	/* rest of a command, behind synchronising literals */
	size_t		 parts[IMAP_PARTS_MAX];	/* bytes of it that may go at each continuation */
	size_t		 nparts;
	struct buf	 line;		/* the command for the transcript, secrets left out */
	char		 warned[TEXT_QUOTE_BUF];	/* the first untagged NO or BAD with its code, "" none */
	struct imap_box	 box;
	struct imap_folders *folders;	/* the same of the largest */
	struct imap_quotas *quotas;	/* made when they are asked for */
	struct imap_nearest *nearest;	/* made when a mailbox is missing */
	/* of the message under way */
	bool		 streaming;	/* a literal passes by */
	bool		 ours;		/* which is the message */
	bool		 delivered;
	struct imap_id	*id;		/* what the server said it is; NULL nothing */
	bool		 id_heard;	/* ID was answered */
	struct imap_idle idle;
	struct imap_put	 put;		/* of the second session */
	uint64_t	 size;		/* messages in the open mailbox, by the last EXISTS and the EXPUNGEs after it */
	bool		 grew;		/* the reply at hand raised it */
	bool		 alerted;	/* login.server_text is an ALERT, which is not replaced by less */
};

/* up to what the server offers: greeting, capabilities, STARTTLS, capabilities */
extern const struct rung imap_hello_ladder[];
/* the whole way in: that, and the login */
extern const struct rung imap_login_ladder[];
extern const struct protocol imap_protocol;

struct imap	*imap_of(const struct session *);

/* imap_say_capability, imap_hear_capability - once more after the login, which may have changed them; a refusal means that it did not */
bool		 imap_say_capability(struct session *, struct exchange *);
enum heard	 imap_hear_capability(struct session *, struct exchange *, const struct reply *);

/*
 * Commands are put together piece by piece: begin, pieces, end.  A piece that a
 * quoted string cannot hold becomes a literal; behind a synchronising literal
 * the rest waits for the server's continuation, which imap_continue() takes.
 */
void	imap_begin(struct session *, struct exchange *, const char *verb);
/* imap_word - as it is: atoms, lists; only text of our own */
void	imap_word(struct session *, const char *);
/* imap_astring - any text; `secret` keeps it out of the transcript */
void	imap_astring(struct session *, struct span, bool secret);
/* imap_message - a message, always as a literal */
void	imap_message(struct session *, struct span);
/* imap_mailbox - a mailbox name in UTF-8: modified UTF-7 unless the server speaks IMAP4rev2 only */
void	imap_mailbox(struct session *, struct span);
bool	imap_end(struct session *);
/* imap_decoded - such a name as people write it; one that is no modified UTF-7 is left as it is */
void	imap_decoded(const struct session *, struct span wire, struct buf *);
/* imap_wire_is_free - may another command follow?  One with a literal that waits keeps the wire to itself. */
bool	imap_wire_is_free(const struct session *);
/* imap_initial - the initial response of AUTHENTICATE, in base64, kept out of the transcript */
void	imap_initial(struct session *, struct span text);
/* imap_forget_command - the answer has come: what still waited for a continuation is void */
void	imap_forget_command(struct session *);
/* imap_continue - the server asked for more of a command: send it; false if nothing waits */
bool	imap_continue(struct session *);

#endif
