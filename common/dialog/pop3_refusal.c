/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pop3_refusal - what POP3 servers say when they refuse, and what they mean
 *
 * The words that the same server says in IMAP and SMTP, too, stand in
 * server_refusal.c.  The first row that fits counts.  A row says who uses these
 * words: a file of the server's source, or a discussion on GitHub
 * ("owner/repository#number") that shows the line.
 *
 * Two codes say less than they seem to.  [AUTH] is any trouble with the
 * credentials (RFC 3206 section 5), so words go before it, and all words but
 * those of a wrong password are read first.  [IN-USE] is what Dovecot puts
 * before a limit of connections.
 */
#include "dialog/refusal.h"

static const struct refusal_words words[] = {
	/* too many connections, too many logins */
	{ "exceeded the login limit", AT_AUTH | AT_BOX, CAUSE_AUTH_RATE_LIMITED,
	    "Outlook.com: webOS popclient, PopProtocolCommandErrorResponse.cpp" },
	{ "login allowed only every", AT_AUTH | AT_BOX, CAUSE_AUTH_RATE_LIMITED,
	    "Outlook.com: webOS popclient, PopProtocolCommandErrorResponse.cpp" },
	{ "Logins must be at least*apart", AT_AUTH | AT_BOX, CAUSE_AUTH_RATE_LIMITED,
	    "Cyrus imap/pop3d.c, openinbox()" },
	{ "Too many open connections", AT_AUTH, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Cyrus imap/pop3d.c, openinbox()" },

	/* it will pass, or the server has to be looked at */
	TEMPORARY("Temporary problem, please try again later", "Courier imap/pop3login.c"),
	TEMPORARY("Server out of memory, aborting connection", "Courier imap/pop3login.c"),
	{ "Authentication to backend server failed", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Cyrus imap/pop3d.c, openinbox()" },
	{ "account is having maintenance", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },
	{ "your password has expired", AT_AUTH, CAUSE_AUTH_EXPIRED,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },

	/* TLS is wanted first */
	{ "TLS required to log in", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Courier imap/pop3login.c" },
	{ "only valid after entering TLS mode", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },
	{ "command only available under a layer", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Cyrus imap/pop3d.c" },
	{ "POP3 access disabled via insecure connection", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_NEEDS_TLS,
	    "Courier imap/pop3dserver.c" },

	/* POP3 is switched off for the account */
	{ "not enabled for POP access", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_DISABLED,
	    "Gmail, Yahoo: in prose that names the settings page, to PASS or to STAT" },
	{ "pop access not enabled for account", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },
	{ "POP3 access disabled for this account", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_DISABLED,
	    "Courier imap/pop3dserver.c" },
	{ "mechanism not supported", AT_AUTH, CAUSE_AUTH_NO_MECHANISM,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },

	/* the maildrop: another session has it, or it does not open */
	{ "Mailbox is locked by another POP3 session", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE,
	    "Dovecot src/pop3/pop3-client.c" },
	{ "Unable to lock maildrop", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE,
	    "Cyrus imap/pop3d.c, openinbox(); RFC 1939 section 7" },
	{ "maildrop already locked", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE, "RFC 1939 section 7" },
	{ "Maildrop lock busy", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE, "qpopper popper/pop_dropcopy.c" },
	{ "lock busy!*Is another session active", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE,
	    "qpopper popper/pop_dropcopy.c" },
	{ "Can't get lock.  Mailbox in use", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE,
	    "UW and Panda src/ipopd/ipop3d.c" },
	{ "mailbox is already locked", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE,
	    "hMailServer POP3Connection.cpp" },
	{ "mailbox already in use", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_IN_USE, "horms/perdition#4" },
	{ "Unable to open maildrop", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    "Cyrus imap/pop3d.c, openinbox()" },
	{ "Unable to open user's INBOX", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE,
	    "UW and Panda src/ipopd/ipop3d.c" },
	{ "Mailbox could not be opened", AT_AUTH | AT_BOX, CAUSE_MAILBOX_UNAVAILABLE,
	    "Outlook.com: webOS popclient, PopProtocolCommandErrorResponse.cpp" },
	{ "chdir Maildir (", AT_AUTH | AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, "Courier imap/pop3dserver.c" },

	/* the server takes offence at a command */
	{ "Protocol error. Connection is closed", AT_ANY, CAUSE_PROTOCOL_REJECTED,
	    "Exchange: the words for a command that is too long" },

	/* wrong user name or password, and nothing else */
	{ "Logon failure: unknown user name or bad password", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Exchange: mattnenterprise/rust-pop3#17" },
	{ "[AUTH] Invalid login$", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus imap/pop3d.c, cmd_pass()" },
	{ "-ERR LOGIN failed$", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Zimbra store/src/java/com/zimbra/cs/pop3/Pop3Handler.java" },
	{ "-ERR Login failed.$", AT_AUTH, CAUSE_AUTH_REJECTED, "Courier imap/pop3login.c" },
	{ "-ERR Authentication failed.$", AT_AUTH, CAUSE_AUTH_REJECTED, "Courier imap/pop3login.c" },
	{ "Invalid user name or password", AT_AUTH, CAUSE_AUTH_REJECTED, "hMailServer POP3Connection.cpp" },
	{ "-ERR Bad login$", AT_AUTH, CAUSE_AUTH_REJECTED, "UW and Panda src/ipopd/ipop3d.c" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_code codes[] = {
	{ "IN-USE", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 2449 section 8.1.1" },
	{ "IN-USE", AT_AUTH | AT_BOX, CAUSE_MAILBOX_IN_USE, "RFC 2449 section 8.1.1" },
	{ "LOGIN-DELAY", AT_LOGIN | AT_BOX, CAUSE_AUTH_RATE_LIMITED, "RFC 2449 section 8.1.1" },
	{ "SYS/TEMP", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 3206 section 4" },
	{ "SYS/TEMP", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 3206 section 4" },
	{ "SYS/TEMP", AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, "RFC 3206 section 4" },
	{ "SYS/TEMP", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 3206 section 4" },
	{ "SYS/PERM", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 3206 section 4" },
	{ "SYS/PERM", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 3206 section 4" },
	{ "SYS/PERM", AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, "RFC 3206 section 4" },
	{ "SYS/PERM", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 3206 section 4" },
	{ "AUTH", AT_AUTH, CAUSE_AUTH_REJECTED, "RFC 3206 section 5" },
	{ "UTF8", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 6856 section 5" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

const struct refusal_table pop3_refusals = {
	{ server_limits, words, server_rejections }, codes
};
