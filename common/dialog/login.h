/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * login - how to prove who we are, decided once for all protocols
 *
 * Inside verified TLS it is what mail clients use: PLAIN, else LOGIN.  Anywhere
 * else the strongest mechanism in common, and a password in clear only when
 * --allow-cleartext says so.  APOP of POP3 counts among the mechanisms; from what
 * it shows a weak password can be found out, so in clear it is as the password.
 * A list by --auth is tried in its own order.
 */
#ifndef DIALOG_LOGIN_H
#define DIALOG_LOGIN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"
#include "dialog/sasl.h"
#include "dialog/session.h"

struct imap_push;
struct imap_wishes;
struct smtp_wishes;

enum {
	LOGIN_DIGEST_MAX = 33	/* MD5 in hexadecimal digits, with NUL */
};

/* who logs in and how it may be done; the same for a whole run */
struct login {
	struct span		 user;
	struct span		 password;	/* p NULL: none given */
	const char *const	*mechanisms;	/* --auth, upper case */
	size_t			 nmechanisms;
	struct span		 mailbox;	/* to be opened after the login, UTF-8; where the protocol has such a thing */
	const struct imap_wishes *wishes;	/* what else is wanted of it over IMAP (dialog/imap_mailbox.h); NULL nothing */
	const struct smtp_wishes *mail;	/* what is to be said over SMTP (dialog/smtp.h) */
	unsigned		 fetch;		/* download so many of the newest messages */
	int64_t			 idle;		/* microseconds to wait in IDLE once the mailbox is open; 0 none */
	struct imap_push	*push;		/* see whether that is told of a new message (dialog/imap_push.h); NULL not */
	bool			 strongest;	/* --auth=strongest */
	bool			 client_cert;	/* EXTERNAL is possible */
	const struct sasl_functions *(*sasl)(struct buf *why); /* load the module; NULL with a sentence */
	bool			(*md5)(struct span, struct span, char hex[LOGIN_DIGEST_MAX]);	/* of the two, one behind the other, for APOP; false where there is no MD5 */
};

/* what the server offers, as the protocol found out */
struct login_offer {
	char	 names[SASL_MECHANISMS_MAX][SASL_NAME_MAX];	/* upper case */
	size_t	 n;
	const char *command;	/* the protocol's own login command that is not refused: "LOGIN", "USER"; NULL none */
	const char *disabled;	/* the sign that the server takes no password here: "LOGINDISABLED"; NULL it does */
};

enum login_how { LOGIN_NONE, LOGIN_COMMAND, LOGIN_SASL, LOGIN_APOP };

struct login_choice {
	enum login_how		 how;
	char			 mechanism[SASL_NAME_MAX];	/* or the name of the command */
	const struct sasl_functions *functions;		/* NULL: made here */
};

/* login_offers - add a mechanism to the offer; names that are no mechanism names (RFC 4422 section 3.1) and those beyond the cap are left out */
void	login_offers(struct login_offer *, struct span name);
/* login_offered - is it among them */
bool	login_offered(const struct login_offer *, const char *name);
/* login_needs_sasl - user or password hold what a quoted string of the login command should not carry: 8-bit text */
bool	login_needs_sasl(const struct login *);
/*
 * login_choose - false with a finding of the auth stage: auth.cleartext,
 * auth.needs-tls, auth.no-mechanism, internal.module.  `command_first`: the
 * login command is preferred to SASL PLAIN (one round trip less).
 */
bool	login_choose(struct session *, const struct login *, const struct login_offer *, bool command_first, struct login_choice *);

#endif
