/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * imap_refusal - what IMAP servers say when they refuse, and what they mean
 *
 * The first row that fits counts, so limits and temporary trouble stand before
 * everything else, and words of a wrong password stand last.  A row says who
 * uses these words: a file of the server's source, or a discussion on GitHub
 * ("owner/repository#number") that shows the line.  Words seen nowhere are left
 * out, and so are words that name no reason.
 *
 * Response codes without a row name no cause: ALERT, ALREADYEXISTS (only CREATE
 * and RENAME get it), CANNOT and CONTACTADMIN at the login.
 */
#include "dialog/refusal.h"

static const struct refusal_words words[] = {
	/* too many connections, too many requests */
	{ "Too many open connections (", AT_AUTH, CAUSE_AUTH_CONNECTION_LIMIT, "Cyrus imap/imapd.c, checklimits()" },
	{ "too many login attempts", AT_AUTH, CAUSE_AUTH_RATE_LIMITED,
	    "Proton Bridge: ProtonMail/gluon internal/backend/errors.go" },
	{ "Download was rate limited", AT_FETCH, CAUSE_AUTH_RATE_LIMITED, "WildDuck lib/handlers/on-fetch.js" },

	/* it will pass, or the server has to be looked at */
	TEMPORARY("closing connection; service busy", "Zimbra store/src/java/com/zimbra/cs/imap/ImapConfig.java"),
	TEMPORARY("Server shutting down", "Dovecot src/imap/main.c; Stalwart crates/imap/src/core/session.rs"),
	TEMPORARY("Courier-IMAP server shut down by signal", "Courier imap/mainloop.C"),
	TEMPORARY("Temporary problem, please try again later", "Courier imap/imaplogin.C"),
	TEMPORARY("account is temporarily unavailable", "Courier imap/imapd.C"),
	TEMPORARY("Clock skew detected. Check the clock on the file server", "Courier imap/imapd.C"),
	TEMPORARY("Database failure", "Stalwart crates/imap-proto/src/lib.rs"),
	{ "Service not available", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "UW imapd src/imapd/imapd.c" },
	{ "account undergoing maintenance", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },

	/* TLS is wanted first, or a certificate of ours */
	{ "SSL certificate error", AT_LOGIN, CAUSE_TLS_CLIENT_CERTIFICATE, "nginx src/mail/ngx_mail_imap_module.c" },
	{ "No required SSL certificate", AT_LOGIN, CAUSE_TLS_CLIENT_CERTIFICATE,
	    "nginx src/mail/ngx_mail_imap_module.c" },
	{ "only available under a layer", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "Cyrus imap/imapd.c, cmd_login() and cmd_authenticate()" },
	{ "cleartext logins disabled", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "Zimbra ImapHandler.java; mleonhard/imapbackup#3" },
	{ "STARTTLS required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Courier imap/imaplogin.C" },
	{ "STARTTLS is required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "hMailServer IMAPCommandLogin.cpp" },
	{ "SSL/TLS-connection is required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "hMailServer IMAPCommandLogin.cpp" },
	{ "IMAP access disabled via insecure connection", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_NEEDS_TLS,
	    "Courier imap/imapd.C, chkdisabled()" },

	/* the password is not enough, is too old, or is not taken any more */
	{ "LOGIN DENIED -- COUNTRY IS BLACKLISTED", AT_AUTH, CAUSE_AUTH_POLICY, "imapsync FAQ.d/FAQ.OnlineUI.txt" },
	{ "password must be changed before IMAP login", AT_AUTH, CAUSE_AUTH_EXPIRED,
	    "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },

	/* the account, or IMAP for it, is switched off */
	{ "not enabled for IMAP use", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Gmail: MailCore/mailcore2 src/core/imap/MCIMAPSession.cpp" },
	{ "IMAP access is disabled", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Gmail: MailCore/mailcore2 src/core/imap/MCIMAPSession.cpp" },
	{ "yet to enable IMAP for your account", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Zoho: closeio/sync-engine tests/auth/test_utils.py" },
	{ "account does not have IMAP access enabled", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },
	{ "IMAP access disabled for this account", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_DISABLED,
	    "Courier imap/imapd.C, chkdisabled()" },
	{ "mechanism not supported", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "Zimbra ImapHandler.java, doAUTHENTICATE()" },
	{ "Unsupported Authenticate mechanism", AT_AUTH, CAUSE_AUTH_NO_MECHANISM,
	    "hMailServer IMAPCommandAuthenticate.cpp" },
	{ "failed (wrong host)", AT_AUTH, CAUSE_AUTH_REFERRAL, "Zimbra ImapHandler.java, startSession()" },
	{ "This is an IMAP server$", AT_ANY, CAUSE_PROTOCOL_REJECTED,
	    "Cyrus imap/imapd.c: what is no IMAP is sent away" },
	{ "Too many invalid IMAP commands", AT_ANY, CAUSE_PROTOCOL_REJECTED,
	    "Dovecot src/imap-login/imap-login-client.c" },

	/* the mailbox is full: before its other troubles, which may follow from that */
	{ "You exceeded your mail quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Courier imap/imapd.C" },
	{ "NO Over quota$", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Cyrus imap/imap_err.et, QUOTA_EXCEEDED" },

	/* the mailbox is not there, not ours, or broken */
	{ "Mailbox doesn't exist", AT_BOX, CAUSE_MAILBOX_MISSING, "Dovecot src/lib-storage/mail-error.h" },
	{ "tried to access nonexistent namespace", AT_BOX, CAUSE_MAILBOX_MISSING,
	    "Dovecot src/imap/imap-commands-util.c" },
	{ "Mailbox does not exist", AT_BOX, CAUSE_MAILBOX_MISSING,
	    "Cyrus imap/imap_err.et; Courier imap/imapd.C; Stalwart crates/imap/src/op/select.rs" },
	{ "Unknown Mailbox", AT_BOX, CAUSE_MAILBOX_MISSING, "Gmail: imapsync FAQ.d/FAQ.Gmail.txt" },
	{ "no such mailbox", AT_BOX, CAUSE_MAILBOX_MISSING,
	    "UW c-client; Proton Bridge: ProtonMail/gluon internal/state/errors.go" },
	{ "Folder could not be found", AT_BOX, CAUSE_MAILBOX_MISSING, "hMailServer IMAPCommandExamine.cpp" },
	{ "Invalid mailbox name", AT_BOX, CAUSE_MAILBOX_MISSING, "Cyrus imap/imap_err.et, MAILBOX_BADNAME" },
	{ "Mailbox has been moved to another server", AT_BOX, CAUSE_AUTH_REFERRAL,
	    "Cyrus imap/imap_err.et, MAILBOX_MOVED" },
	{ "Access denied for*(ACL", AT_BOX, CAUSE_MAILBOX_FORBIDDEN, "Courier imap/imapd.C, accessdenied()" },
	{ "Unable to open this mailbox", AT_BOX, CAUSE_MAILBOX_UNAVAILABLE, "Courier imap/imapd.C" },

	/* wrong user name or password, and nothing else */
	{ "Invalid credentials", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Gmail: pimalaya/himalaya#52; WildDuck imap-core/lib/commands/login.js" },
	{ "Invalid login credentials", AT_AUTH, CAUSE_AUTH_REJECTED, "UW imapd src/imapd/imapd.c" },
	{ "NO Invalid user$", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus imap/imap_err.et, INVALID_USER" },
	{ "LOGIN bad username or password", AT_AUTH, CAUSE_AUTH_REJECTED, "closeio/sync-engine inbox/auth/utils.py" },
	{ "Invalid user name or password", AT_AUTH, CAUSE_AUTH_REJECTED, "hMailServer IMAPCommandLogin.cpp" },
	{ "Invalid user name. Please use full email address", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "hMailServer IMAPCommandAuthenticate.cpp" },
	{ "NO LOGIN failed.$", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Exchange: mjs/imapclient#602, jstedfast/MailKit#483; Courier imap/imaplogin.C" },
	{ "NO AUTHENTICATE failed.$", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Exchange: jstedfast/MailKit#483, imapsync FAQ.d/FAQ.Exchange.txt" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_code codes[] = {
	{ "UNAVAILABLE", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 5530" },
	{ "UNAVAILABLE", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 5530" },
	{ "UNAVAILABLE", AT_MAILBOX | AT_QUOTA, CAUSE_MAILBOX_UNAVAILABLE, "RFC 5530" },
	{ "UNAVAILABLE", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 5530" },
	{ "AUTHENTICATIONFAILED", AT_AUTH, CAUSE_AUTH_REJECTED, "RFC 5530" },
	{ "AUTHORIZATIONFAILED", AT_AUTH, CAUSE_AUTH_UNAUTHORIZED, "RFC 5530" },
	{ "AUTHORIZATIONFAILED", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 5530" },
	{ "EXPIRED", AT_AUTH, CAUSE_AUTH_EXPIRED, "RFC 5530" },
	{ "PRIVACYREQUIRED", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "RFC 5530" },
	{ "CONTACTADMIN", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 5530" },
	{ "NOPERM", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 5530" },
	{ "NOPERM", AT_AUTH, CAUSE_AUTH_UNAUTHORIZED, "RFC 5530" },
	{ "NOPERM", AT_BOX, CAUSE_MAILBOX_FORBIDDEN, "RFC 5530" },
	/* somebody else holds a lock that is needed */
	{ "INUSE", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 5530" },
	{ "INUSE", AT_BOX, CAUSE_MAILBOX_IN_USE, "RFC 5530" },
	{ "EXPUNGEISSUED", AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, "RFC 5530" },
	{ "EXPUNGEISSUED", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 5530" },
	{ "CORRUPTION", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 5530" },
	{ "CORRUPTION", AT_BOX, CAUSE_MAILBOX_DAMAGED, "RFC 5530" },
	{ "SERVERBUG", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 5530" },
	{ "SERVERBUG", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 5530" },
	{ "SERVERBUG", AT_MAILBOX | AT_QUOTA, CAUSE_MAILBOX_UNAVAILABLE, "RFC 5530" },
	{ "SERVERBUG", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 5530" },
	{ "CLIENTBUG", AT_AUTH | AT_BOX, CAUSE_PROTOCOL_REJECTED, "RFC 5530" },
	{ "CANNOT", AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, "RFC 5530" },
	{ "LIMIT", AT_LOGIN, CAUSE_AUTH_CONNECTION_LIMIT, "RFC 5530" },
	{ "OVERQUOTA", AT_AUTH | AT_BOX, CAUSE_QUOTA_EXCEEDED, "RFC 5530, RFC 9208" },
	{ "NONEXISTENT", AT_BOX, CAUSE_MAILBOX_MISSING, "RFC 5530" },
	{ "TRYCREATE", AT_BOX, CAUSE_MAILBOX_MISSING, "RFC 3501 section 7.1" },
	{ "REFERRAL", AT_LOGIN, CAUSE_AUTH_REFERRAL, "RFC 2221" },
	{ "REFERRAL", AT_BOX, CAUSE_AUTH_REFERRAL, "RFC 2193" },
	{ "WEBALERT", AT_AUTH, CAUSE_AUTH_POLICY, "Gmail: jstedfast/MailKit#1214" },
	{ "TEMPFAIL", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "WildDuck imap-core/lib/commands/login.js" },
	{ "TEMPFAIL", AT_MAILBOX | AT_QUOTA, CAUSE_MAILBOX_UNAVAILABLE, "WildDuck imap-core/lib/commands/select.js" },
	{ "TEMPFAIL", AT_FETCH, CAUSE_FETCH_REFUSED, "WildDuck imap-core/lib/commands/fetch.js" },
	{ "UNKNOWN-CTE", AT_FETCH, CAUSE_FETCH_REFUSED, "RFC 3516" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

const struct refusal_table imap_refusals = {
	{ server_limits, words, server_rejections }, codes
};
