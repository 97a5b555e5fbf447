/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp - what the checks that speak SMTP share above the dialogue
 */
#ifndef PLUGIN_SMTP_H
#define PLUGIN_SMTP_H

#include "base/target.h"
#include "dialog/smtp.h"
#include "plugin/login_check.h"

struct smtp_options {
	const char	*helo;
	const char	*from;		/* "<>" is the null sender */
	const char	*rcpt;
	bool		 lmtp;
	char		 host[HOST_MAX];	/* this host's own name */
	struct smtp_wishes wishes;
};

/* opt_helo - const char *: a host name or an address literal; opt_path - const char *: a mail address, or <> */
extern const struct opt_type opt_helo, opt_path;

/* smtp_check - do the options make sense together; for plugin.check */
bool	smtp_check(const struct smtp_options *, const struct settings *, struct opt_error *);
/* smtp_wish - what is to be said, for plugin.prepare: our name is --helo, else that of this host when it has a domain, else the address literal of our end of the connection (RFC 5321 section 4.1.4) */
void	smtp_wish(struct smtp_options *, struct login *);
/* smtp_conclude - the facts behind the result */
void	smtp_conclude(struct session *);
/* smtp_sums - "alice logged in at mx:587, which would take mail from a to b", of a session that is finished */
void	smtp_sums(const struct session *, char text[LOGIN_SUMS_MAX * 2]);
/* smtp_facts, lmtp_facts - members of "facts": those of login_facts(), hello, size, sender_taken and recipient_taken (null when not asked) */
void	smtp_facts(const struct run *, struct json *);
void	lmtp_facts(const struct run *, struct json *);

#endif
