/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp - the SMTP and LMTP rungs: greeting, EHLO, STARTTLS, AUTH, and as far
 * into a mail as RCPT (RFC 5321, 3207, 4954, 2033, 2920, 6531)
 *
 * Answers come in the order of the questions.  Where the server offers
 * PIPELINING, MAIL, RCPT and RSET go out in one write.  DATA is never said, so
 * no mail is ever sent.
 *
 * Causes: greeting.*, protocol.*, tls.starttls-missing, tls.starttls-refused,
 * tls.port-speaks-tls, auth.*, submit.*, quota.exceeded and whatever the
 * refusal tables say.
 */
#ifndef DIALOG_SMTP_H
#define DIALOG_SMTP_H

#include "dialog/ladder.h"
#include "dialog/login_state.h"
#include "dialog/session.h"

enum {
	SMTP_COMMAND_MAX = 512,	/* RFC 5321 section 4.5.3.1.4: bytes of a command with its line end */
	SMTP_PATH_MAX = 254	/* RFC 5321 section 4.5.3.1.3: bytes of an address, without its brackets */
};

/* extensions that change what we do */
enum smtp_cap {
	SMTP_STARTTLS	= 1 << 0,
	SMTP_PIPELINING	= 1 << 1,
	SMTP_UTF8	= 1 << 2,
	SMTP_AUTH	= 1 << 3
};

/* how the server was greeted */
enum smtp_hello { HELLO_NONE, HELLO_EHLO, HELLO_HELO, HELLO_LHLO };

/* what is wanted of a server, the same for a whole run */
struct smtp_wishes {
	const char	*helo;		/* our own name; NULL: the address literal of our end */
	const char	*from;		/* go on with a mail from there, "" the null sender; NULL no mail */
	const char	*rcpt;		/* to there; NULL no recipient */
	bool		 lmtp;
};

/* what is known of the server: session.talk */
struct smtp {
	struct login_state login;
	unsigned	 caps;		/* enum smtp_cap */
	enum smtp_hello	 hello;		/* that the server took */
	bool		 no_ehlo;	/* it does not know EHLO */
	char		 masked[32];	/* an extension whose name was struck out on the way, "" none */
	bool		 has_size;	/* SIZE with a limit (RFC 1870): */
	uint64_t	 size;
	bool		 from_taken, rcpt_taken;
};

/* up to what the server offers: greeting, EHLO, STARTTLS, EHLO */
extern const struct rung smtp_hello_ladder[];
/* the whole way in: that, and the login where there is one */
extern const struct rung smtp_login_ladder[];
/* MAIL, RCPT and RSET, where a mail is wanted (smtp_mail.c) */
extern const struct rung smtp_mail_ladder[];
extern const struct protocol smtp_protocol;
extern const struct protocol lmtp_protocol;

struct smtp	*smtp_of(const struct session *);
/* smtp_wishes_of - those of the run */
const struct smtp_wishes *smtp_wishes_of(const struct session *);
/* smtp_is_lmtp - is LMTP spoken: by the wishes of the run, or by the protocol alone */
bool		 smtp_is_lmtp(const struct session *);
/* smtp_hello_taken - the answer to a greeting of ours: what the server offers */
void		 smtp_hello_taken(struct session *, enum smtp_hello, const struct reply *);
/* smtp_name - who we say we are */
const char	*smtp_name(const struct session *, char text[ADDRESS_TEXT]);

#endif
