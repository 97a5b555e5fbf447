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

#define AT_LOGIN	(AT_GREETING | AT_AUTH)
#define AT_BOX		(AT_MAILBOX | AT_FETCH | AT_QUOTA)

/* the same words are the fault of whatever was under way */
#define TEMPORARY(words, source) \
	{ words, AT_GREETING, CAUSE_GREETING_UNAVAILABLE, source }, \
	{ words, AT_AUTH, CAUSE_AUTH_UNAVAILABLE, source }, \
	{ words, AT_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE, source }, \
	{ words, AT_FETCH, CAUSE_FETCH_REFUSED, source }

static const struct refusal_words words[] = {
	/* too many connections, too many requests */
	{ "exceeded*bandwidth limits", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Gmail: ljmerza/ha-email-sensor#16" },
	{ "Too many simultaneous connections", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT, "Gmail: jstedfast/MailKit#377; WildDuck lib/handlers/on-auth.js" },
	{ "mail_max_userip_connections", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT, "Dovecot src/login-common/sasl-server.c; mscdex/node-imap#606" },
	{ "Maximum number of connections", AT_LOGIN, CAUSE_AUTH_CONNECTION_LIMIT, "Dovecot src/login-common/sasl-server.c" },
	{ "Too many open connections (", AT_AUTH, CAUSE_AUTH_CONNECTION_LIMIT, "Cyrus imap/imapd.c, checklimits()" },
	{ "Too many connections from this", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT, "Cyrus imap/imap_err.et, LIMIT_USER and LIMIT_HOST" },
	{ "too many connections", AT_GREETING, CAUSE_AUTH_CONNECTION_LIMIT, "RFC 3501 section 7.1.5: a greeting in prose" },
	{ "Request is throttled", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Exchange Online: ikvk/imap_tools#135, simonrob/email-oauth2-proxy#191" },
	{ "Rate limit hit", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Yahoo: M66B/FairEmail app/src/main/java/eu/faircode/email/Core.java" },
	{ "Authentication rate limit", AT_AUTH, CAUSE_AUTH_RATE_LIMITED, "Mailu: Mailu/Mailu#1251" },
	{ "too many login attempts", AT_AUTH, CAUSE_AUTH_RATE_LIMITED, "Proton Bridge: ProtonMail/gluon internal/backend/errors.go" },
	{ "Too many bad login attempts", AT_AUTH, CAUSE_AUTH_RATE_LIMITED, "Yahoo: jstedfast/MailKit#320" },
	{ "Too many authentication attempts", AT_LOGIN, CAUSE_AUTH_RATE_LIMITED, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Too many requests", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Too many concurrent requests", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Download was rate limited", AT_FETCH, CAUSE_AUTH_RATE_LIMITED, "WildDuck lib/handlers/on-fetch.js" },

	/* it will pass, or the server has to be looked at */
	TEMPORARY("Server Unavailable", "Exchange: lefcha/imapfilter#146, OfflineIMAP/offlineimap#291"),
	TEMPORARY("Service temporarily unavailable", "iCloud: MailCore/mailcore2#1642"),
	TEMPORARY("Server error - Please try again later", "Yahoo: joeyates/imap-backup#218; FairEmail Core.java"),
	TEMPORARY("Service is temporarily not available", "Yahoo: LukeSmithxyz/mutt-wizard#764"),
	TEMPORARY("Internal error. Try again later", "M66B/FairEmail app/src/main/java/eu/faircode/email/Core.java"),
	TEMPORARY("Internal error occurred. Refer to server log", "Dovecot src/lib-storage/mail-error.h, src/imap/main.c"),
	TEMPORARY("closing connection; service busy", "Zimbra store/src/java/com/zimbra/cs/imap/ImapConfig.java"),
	TEMPORARY("Server shutting down", "Dovecot src/imap/main.c; Stalwart crates/imap/src/core/session.rs"),
	TEMPORARY("Courier-IMAP server shut down by signal", "Courier imap/mainloop.C"),
	TEMPORARY("Connection queue full", "Dovecot src/login-common/client-common.c"),
	TEMPORARY("Temporary problem, please try again later", "Courier imap/imaplogin.C"),
	TEMPORARY("account is temporarily unavailable", "Courier imap/imapd.C"),
	TEMPORARY("Clock skew detected. Check the clock on the file server", "Courier imap/imapd.C"),
	TEMPORARY("Server(s) unavailable to complete operation", "Cyrus imap/imap_err.et, SERVER_UNAVAILABLE"),
	TEMPORARY("System I/O error", "Cyrus imap/imap_err.et, IOERROR"),
	TEMPORARY("Operating System Error", "Cyrus imap/imap_err.et, SYS_ERROR"),
	TEMPORARY("mail system storage has been exceeded", "Cyrus imap/imap_err.et, NOSPACE"),
	TEMPORARY("Database failure", "Stalwart crates/imap-proto/src/lib.rs"),
	{ "Service not available", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "UW imapd src/imapd/imapd.c" },
	{ "temporarily", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 3501 section 7.1.5: a greeting in prose" },
	{ "try again later", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 3501 section 7.1.5: a greeting in prose" },
	{ "Temporary authentication failure", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Dovecot src/login-common/login-common.h" },
	{ "Internal login failure", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Dovecot src/login-common/client-common-auth.c" },
	{ "Timeout while finishing login", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Dovecot src/login-common/client-common.c" },
	{ "account undergoing maintenance", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },
	{ "remote authentication server unavailable", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Cyrus SASL lib/common.c, SASL_UNAVAIL" },
	{ "transient failure (e.g., weak key)", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Cyrus SASL lib/common.c, SASL_TRYAGAIN" },
	{ "generic failure$", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Cyrus SASL lib/common.c, SASL_FAIL: no answer from saslauthd or the database" },
	{ "authenticated but not connected", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "Exchange Online: jstedfast/MailKit#1494" },
	{ "authenticated but not connected", AT_BOX, CAUSE_MAILBOX_UNAVAILABLE, "Exchange Online: getmail6/getmail6#214, mscdex/node-imap#523" },

	/* the greeting of a server that does not want us */
	{ "blocked", AT_GREETING, CAUSE_GREETING_REFUSED, "Stalwart enums_impl.rs: Blocked IP address" },
	{ "banned", AT_GREETING, CAUSE_GREETING_REFUSED, "Stalwart enums_impl.rs: Banned due to ..." },
	{ "blacklisted", AT_GREETING, CAUSE_GREETING_REFUSED, "imapsync FAQ.d/FAQ.OnlineUI.txt: COUNTRY IS BLACKLISTED" },
	{ "denied", AT_GREETING, CAUSE_GREETING_REFUSED, "imapsync FAQ.d/FAQ.OnlineUI.txt: LOGIN DENIED" },
	{ "not allowed", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 3501 section 7.1.5: a greeting in prose" },

	/* TLS is wanted first, or a certificate of ours */
	{ "SSL certificate error", AT_LOGIN, CAUSE_TLS_CLIENT_CERTIFICATE, "nginx src/mail/ngx_mail_imap_module.c" },
	{ "No required SSL certificate", AT_LOGIN, CAUSE_TLS_CLIENT_CERTIFICATE, "nginx src/mail/ngx_mail_imap_module.c" },
	{ "authentication disallowed on non-secure", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Dovecot src/login-common/login-common.h" },
	{ "only available under a layer", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Cyrus imap/imapd.c, cmd_login() and cmd_authenticate()" },
	{ "encryption needed to use mechanism", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Cyrus SASL lib/common.c, SASL_ENCRYPT" },
	{ "cleartext logins disabled", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Zimbra ImapHandler.java; mleonhard/imapbackup#3" },
	{ "STARTTLS required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "Courier imap/imaplogin.C" },
	{ "STARTTLS is required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "hMailServer IMAPCommandLogin.cpp" },
	{ "SSL/TLS-connection is required", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "hMailServer IMAPCommandLogin.cpp" },
	{ "IMAP access disabled via insecure connection", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_NEEDS_TLS, "Courier imap/imapd.C, chkdisabled()" },

	/* the password is not enough, is too old, or is not taken any more */
	{ "Application-specific password required", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR, "Gmail: imapsync/imapsync#175, LukeSmithxyz/mutt-wizard#831" },
	{ "NEOBHODIM parol prilozheniya", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR, "Mail.ru: thunderbird/thunderbird-android#9069" },
	{ "using authorized code to login", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR, "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ "Please using weixin token", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR, "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ "Please log in via your web browser", AT_AUTH, CAUSE_AUTH_POLICY, "Gmail: mailcow/mailcow-dockerized#4277, pmengal/MailSystem.NET#17" },
	{ "Web login required", AT_AUTH, CAUSE_AUTH_POLICY, "Gmail: pmengal/MailSystem.NET#17, smiley22/S22.Imap#116" },
	{ "Basic authentication is disabled", AT_AUTH, CAUSE_AUTH_POLICY, "Outlook.com: holon-run/uxc#445" },
	{ "LOGIN DENIED -- COUNTRY IS BLACKLISTED", AT_AUTH, CAUSE_AUTH_POLICY, "imapsync FAQ.d/FAQ.OnlineUI.txt" },
	{ "mechanism too weak for this user", AT_AUTH, CAUSE_AUTH_POLICY, "Cyrus SASL lib/common.c, SASL_TOOWEAK" },
	{ "Unsafe Login. Please contact", AT_AUTH | AT_BOX, CAUSE_AUTH_POLICY, "NetEase: pimalaya/himalaya#651, joeyates/imap-backup#217" },
	{ "Banned due to", AT_AUTH, CAUSE_AUTH_POLICY, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Blocked IP address", AT_AUTH, CAUSE_AUTH_POLICY, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "password must be changed before IMAP login", AT_AUTH, CAUSE_AUTH_EXPIRED, "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },
	{ "passphrase expired, has to be reset", AT_AUTH, CAUSE_AUTH_EXPIRED, "Cyrus SASL lib/common.c, SASL_EXPIRED" },
	{ "Password expired", AT_AUTH, CAUSE_AUTH_EXPIRED, "Dovecot src/auth/auth-request.c" },

	/* the account, or IMAP for it, is switched off */
	{ "Account is blocked. Login to your account via a web browser", AT_AUTH, CAUSE_AUTH_DISABLED, "Outlook.com: mscdex/node-imap#799, cozy/cozy-emails#621" },
	{ "not enabled for IMAP use", AT_AUTH, CAUSE_AUTH_DISABLED, "Gmail: MailCore/mailcore2 src/core/imap/MCIMAPSession.cpp" },
	{ "IMAP access is disabled", AT_AUTH, CAUSE_AUTH_DISABLED, "Gmail: MailCore/mailcore2 src/core/imap/MCIMAPSession.cpp" },
	{ "yet to enable IMAP for your account", AT_AUTH, CAUSE_AUTH_DISABLED, "Zoho: closeio/sync-engine tests/auth/test_utils.py" },
	{ "account does not have IMAP access enabled", AT_AUTH, CAUSE_AUTH_DISABLED, "Zimbra store/src/java/com/zimbra/cs/imap/ImapHandler.java" },
	{ "IMAP access disabled for this account", AT_AUTH | AT_MAILBOX, CAUSE_AUTH_DISABLED, "Courier imap/imapd.C, chkdisabled()" },
	{ "Login disabled for this user", AT_AUTH, CAUSE_AUTH_DISABLED, "Dovecot src/login-common/client-common-auth.c" },
	{ "account disabled", AT_AUTH, CAUSE_AUTH_DISABLED, "Cyrus SASL lib/common.c, SASL_DISABLED" },
	{ "passphrase locked", AT_AUTH, CAUSE_AUTH_DISABLED, "Cyrus SASL lib/common.c, SASL_PWLOCK" },
	{ "authorization failure", AT_AUTH, CAUSE_AUTH_UNAUTHORIZED, "Cyrus SASL lib/common.c, SASL_NOAUTHZ" },
	{ "no mechanism available", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "Cyrus SASL lib/common.c, SASL_NOMECH" },
	{ "mechanism not supported", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "Zimbra ImapHandler.java, doAUTHENTICATE()" },
	{ "Unsupported Authenticate mechanism", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "hMailServer IMAPCommandAuthenticate.cpp" },
	{ "failed (wrong host)", AT_AUTH, CAUSE_AUTH_REFERRAL, "Zimbra ImapHandler.java, startSession()" },
	{ "This is an IMAP server$", AT_ANY, CAUSE_PROTOCOL_REJECTED, "Cyrus imap/imapd.c: what is no IMAP is sent away" },
	{ "Too many invalid IMAP commands", AT_ANY, CAUSE_PROTOCOL_REJECTED, "Dovecot src/imap-login/imap-login-client.c" },

	/* the mailbox is full: before its other troubles, which may follow from that */
	{ "Mailbox is over*quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Cyrus imap/imap_err.et, NO_OVERQUOTA" },
	{ "Mailbox is at*% of*quota", AT_BOX, CAUSE_QUOTA_NEAR, "Cyrus imap/imap_err.et, NO_CLOSEQUOTA" },
	{ "You exceeded your mail quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Courier imap/imapd.C" },
	{ "Quota exceeded (mailbox for user is full)", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Dovecot src/plugins/quota/quota-settings.c" },
	{ "Not enough disk quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Dovecot src/lib-storage/mail-error.h" },

	/* the mailbox is not there, not ours, or broken */
	{ "Mailbox doesn't exist", AT_BOX, CAUSE_MAILBOX_MISSING, "Dovecot src/lib-storage/mail-error.h" },
	{ "tried to access nonexistent namespace", AT_BOX, CAUSE_MAILBOX_MISSING, "Dovecot src/imap/imap-commands-util.c" },
	{ "Mailbox does not exist", AT_BOX, CAUSE_MAILBOX_MISSING, "Cyrus imap/imap_err.et; Courier imap/imapd.C; Stalwart crates/imap/src/op/select.rs" },
	{ "Unknown Mailbox", AT_BOX, CAUSE_MAILBOX_MISSING, "Gmail: imapsync FAQ.d/FAQ.Gmail.txt" },
	{ "no such mailbox", AT_BOX, CAUSE_MAILBOX_MISSING, "UW c-client; Proton Bridge: ProtonMail/gluon internal/state/errors.go" },
	{ "Folder could not be found", AT_BOX, CAUSE_MAILBOX_MISSING, "hMailServer IMAPCommandExamine.cpp" },
	{ "Invalid mailbox name", AT_BOX, CAUSE_MAILBOX_MISSING, "Cyrus imap/imap_err.et, MAILBOX_BADNAME" },
	{ "Mailbox has been moved to another server", AT_BOX, CAUSE_AUTH_REFERRAL, "Cyrus imap/imap_err.et, MAILBOX_MOVED" },
	{ "Permission denied", AT_BOX, CAUSE_MAILBOX_FORBIDDEN, "Dovecot src/lib-storage/mail-error.h; Cyrus imap/imap_err.et" },
	{ "Access denied for*(ACL", AT_BOX, CAUSE_MAILBOX_FORBIDDEN, "Courier imap/imapd.C, accessdenied()" },
	{ "Mailbox has an invalid format", AT_BOX, CAUSE_MAILBOX_DAMAGED, "Cyrus imap/imap_err.et, MAILBOX_BADFORMAT" },
	{ "Mailbox format corruption detected", AT_BOX, CAUSE_MAILBOX_DAMAGED, "Cyrus imap/imap_err.et, MAILBOX_CHECKSUM" },
	{ "isn't a valid mbox file", AT_BOX, CAUSE_MAILBOX_DAMAGED, "Dovecot: imapsync imapsync, error_type()" },
	{ "Mailbox is locked", AT_BOX, CAUSE_MAILBOX_IN_USE, "Cyrus imap/imap_err.et, MAILBOX_LOCKED" },
	{ "Unable to open this mailbox", AT_BOX, CAUSE_MAILBOX_UNAVAILABLE, "Courier imap/imapd.C" },

	/* words that name all reasons at once, and so none */
	{ "Account is abnormal, service is not open, password is incorrect", AT_AUTH, CAUSE_AUTH_REFUSED, "QQ: chengazhen/cursor-auto-free#294" },
	{ "Command received in Invalid state", AT_AUTH, CAUSE_AUTH_REFUSED, "Exchange Online: sameersbn/docker-redmine#519, techsneeze/dmarcts-report-parser#25" },
	{ "Re-Authentication Failure", AT_AUTH, CAUSE_AUTH_REFUSED, "Perdition perdition/perdition.c: the server behind it said no" },

	/* wrong user name or password, and nothing else */
	{ "Invalid credentials", AT_AUTH, CAUSE_AUTH_REJECTED, "Gmail: pimalaya/himalaya#52; WildDuck imap-core/lib/commands/login.js" },
	{ "Invalid login credentials", AT_AUTH, CAUSE_AUTH_REJECTED, "UW imapd src/imapd/imapd.c" },
	{ "authentication failure$", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus SASL lib/common.c, SASL_BADAUTH" },
	{ "Login incorrect", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus imap/imap_err.et, INVALID_LOGIN" },
	{ "NO Invalid user$", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus imap/imap_err.et, INVALID_USER" },
	{ "wrong username or password", AT_AUTH, CAUSE_AUTH_REJECTED, "Zarafa: imapsync/imapsync#164" },
	{ "Incorrect username or password", AT_AUTH, CAUSE_AUTH_REJECTED, "Yahoo: closeio/sync-engine inbox/auth/utils.py" },
	{ "LOGIN bad username or password", AT_AUTH, CAUSE_AUTH_REJECTED, "closeio/sync-engine inbox/auth/utils.py" },
	{ "Authorized code is incorrect", AT_AUTH, CAUSE_AUTH_REJECTED, "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ "Invalid user name or password", AT_AUTH, CAUSE_AUTH_REJECTED, "hMailServer IMAPCommandLogin.cpp" },
	{ "Invalid user name. Please use full email address", AT_AUTH, CAUSE_AUTH_REJECTED, "hMailServer IMAPCommandAuthenticate.cpp" },
	{ "NO LOGIN failed.$", AT_AUTH, CAUSE_AUTH_REJECTED, "Exchange: mjs/imapclient#602, jstedfast/MailKit#483; Courier imap/imaplogin.C" },
	{ "NO AUTHENTICATE failed.$", AT_AUTH, CAUSE_AUTH_REJECTED, "Exchange: jstedfast/MailKit#483, imapsync FAQ.d/FAQ.Exchange.txt" },
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

const struct refusal_table imap_refusals = { words, codes };
