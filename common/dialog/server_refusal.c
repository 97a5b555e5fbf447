/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * server_refusal - what servers and providers say when they refuse, in whatever
 * protocol they are spoken to
 *
 * Their login and storage code is the same behind IMAP, POP3 and SMTP, and so
 * are the words.  The first row that fits counts.  A row says who uses these
 * words: a file of the server's source, or a discussion on GitHub
 * ("owner/repository#number") that shows the line.
 */
#include "dialog/refusal.h"

const struct refusal_words server_limits[] = {
	/* too many connections, too many requests */
	{ "exceeded*bandwidth limits", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Gmail: ljmerza/ha-email-sensor#16" },
	{ "Too many simultaneous connections", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Gmail: jstedfast/MailKit#377; WildDuck lib/handlers/on-auth.js" },
	{ "mail_max_userip_connections", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Dovecot src/login-common/sasl-server.c; mscdex/node-imap#606" },
	{ "Maximum number of connections", AT_LOGIN, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Dovecot src/login-common/sasl-server.c" },
	{ "Too many connections from this", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Cyrus imap/imap_err.et, LIMIT_USER and LIMIT_HOST" },
	{ "too many connections", AT_GREETING, CAUSE_AUTH_CONNECTION_LIMIT,
	    "RFC 3501 section 7.1.5, RFC 1939 section 4: a greeting in prose" },
	{ "Request is throttled", AT_ANY, CAUSE_AUTH_RATE_LIMITED,
	    "Exchange Online: ikvk/imap_tools#135, simonrob/email-oauth2-proxy#191" },
	{ "Rate limit hit", AT_ANY, CAUSE_AUTH_RATE_LIMITED,
	    "Yahoo: M66B/FairEmail app/src/main/java/eu/faircode/email/Core.java" },
	{ "Authentication rate limit", AT_AUTH, CAUSE_AUTH_RATE_LIMITED, "Mailu: Mailu/Mailu#1251" },
	{ "Too many bad login attempts", AT_AUTH, CAUSE_AUTH_RATE_LIMITED, "Yahoo: jstedfast/MailKit#320" },
	{ "Too many authentication attempts", AT_LOGIN, CAUSE_AUTH_RATE_LIMITED,
	    "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Too many requests", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Too many concurrent requests", AT_ANY, CAUSE_AUTH_RATE_LIMITED,
	    "Stalwart crates/trc/src/event/enums_impl.rs" },

	/* it will pass, or the server has to be looked at */
	TEMPORARY("Server Unavailable", "Exchange: lefcha/imapfilter#146, OfflineIMAP/offlineimap#291"),
	TEMPORARY("Service temporarily unavailable", "iCloud: MailCore/mailcore2#1642"),
	TEMPORARY("Server error - Please try again later", "Yahoo: joeyates/imap-backup#218; FairEmail Core.java"),
	TEMPORARY("Service is temporarily not available", "Yahoo: LukeSmithxyz/mutt-wizard#764"),
	TEMPORARY("Internal error. Try again later", "M66B/FairEmail app/src/main/java/eu/faircode/email/Core.java"),
	TEMPORARY("Internal error occurred. Refer to server log",
	    "Dovecot src/lib-storage/mail-error.h, src/imap/main.c"),
	TEMPORARY("Connection queue full", "Dovecot src/login-common/client-common.c"),
	TEMPORARY("Server(s) unavailable to complete operation", "Cyrus imap/imap_err.et, SERVER_UNAVAILABLE"),
	TEMPORARY("System I/O error", "Cyrus imap/imap_err.et, IOERROR"),
	TEMPORARY("Operating System Error", "Cyrus imap/imap_err.et, SYS_ERROR"),
	TEMPORARY("mail system storage has been exceeded", "Cyrus imap/imap_err.et, NOSPACE"),
	{ "temporarily", AT_GREETING, CAUSE_GREETING_UNAVAILABLE,
	    "RFC 3501 section 7.1.5, RFC 1939 section 4: a greeting in prose" },
	{ "try again later", AT_GREETING, CAUSE_GREETING_UNAVAILABLE,
	    "RFC 3501 section 7.1.5, RFC 1939 section 4: a greeting in prose" },
	{ "Temporary authentication failure", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Dovecot src/login-common/login-common.h" },
	{ "Internal login failure", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Dovecot src/login-common/client-common-auth.c" },
	{ "Timeout while finishing login", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Dovecot src/login-common/client-common.c" },
	{ "remote authentication server unavailable", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Cyrus SASL lib/common.c, SASL_UNAVAIL" },
	{ "transient failure (e.g., weak key)", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Cyrus SASL lib/common.c, SASL_TRYAGAIN" },
	{ "generic failure$", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Cyrus SASL lib/common.c, SASL_FAIL: no answer from saslauthd or the database" },
	{ "authenticated but not connected", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Exchange Online: jstedfast/MailKit#1494" },
	{ "authenticated but not connected", AT_BOX, CAUSE_MAILBOX_UNAVAILABLE,
	    "Exchange Online: getmail6/getmail6#214, mscdex/node-imap#523" },

	/* the greeting of a server that does not want us */
	{ "blocked", AT_GREETING, CAUSE_GREETING_REFUSED, "Stalwart enums_impl.rs: Blocked IP address" },
	{ "banned", AT_GREETING, CAUSE_GREETING_REFUSED, "Stalwart enums_impl.rs: Banned due to ..." },
	{ "blacklisted", AT_GREETING, CAUSE_GREETING_REFUSED,
	    "imapsync FAQ.d/FAQ.OnlineUI.txt: COUNTRY IS BLACKLISTED" },
	{ "denied", AT_GREETING, CAUSE_GREETING_REFUSED, "imapsync FAQ.d/FAQ.OnlineUI.txt: LOGIN DENIED" },
	{ "not allowed", AT_GREETING, CAUSE_GREETING_REFUSED,
	    "RFC 3501 section 7.1.5, RFC 1939 section 4: a greeting in prose" },

	/* TLS is wanted first, or a certificate of ours */
	{ "authentication disallowed on non-secure", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "Dovecot src/login-common/login-common.h" },
	{ "encryption needed to use mechanism", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "Cyrus SASL lib/common.c, SASL_ENCRYPT" },

	/* the password is not enough, is too old, or is not taken any more */
	{ "Application-specific password required", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR,
	    "Gmail: imapsync/imapsync#175, LukeSmithxyz/mutt-wizard#831" },
	{ "NEOBHODIM parol prilozheniya", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR,
	    "Mail.ru: thunderbird/thunderbird-android#9069" },
	{ "using authorized code to login", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR,
	    "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ "Please using weixin token", AT_AUTH, CAUSE_AUTH_SECOND_FACTOR,
	    "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ "Please log in via your web browser", AT_AUTH, CAUSE_AUTH_POLICY,
	    "Gmail: mailcow/mailcow-dockerized#4277, pmengal/MailSystem.NET#17" },
	{ "Web login required", AT_AUTH, CAUSE_AUTH_POLICY,
	    "Gmail: pmengal/MailSystem.NET#17, smiley22/S22.Imap#116" },
	{ "Basic authentication is disabled", AT_AUTH, CAUSE_AUTH_POLICY, "Outlook.com: holon-run/uxc#445" },
	{ "mechanism too weak for this user", AT_AUTH, CAUSE_AUTH_POLICY, "Cyrus SASL lib/common.c, SASL_TOOWEAK" },
	{ "Unsafe Login. Please contact", AT_AUTH | AT_BOX, CAUSE_AUTH_POLICY,
	    "NetEase: pimalaya/himalaya#651, joeyates/imap-backup#217" },
	{ "Banned due to", AT_AUTH, CAUSE_AUTH_POLICY, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "Blocked IP address", AT_AUTH, CAUSE_AUTH_POLICY, "Stalwart crates/trc/src/event/enums_impl.rs" },
	{ "passphrase expired, has to be reset", AT_AUTH, CAUSE_AUTH_EXPIRED,
	    "Cyrus SASL lib/common.c, SASL_EXPIRED" },
	{ "Password expired", AT_AUTH, CAUSE_AUTH_EXPIRED, "Dovecot src/auth/auth-request.c" },

	/* the account, or IMAP for it, is switched off */
	{ "Account is blocked. Login to your account via a web browser", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Outlook.com: mscdex/node-imap#799, cozy/cozy-emails#621" },
	{ "Login disabled for this user", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Dovecot src/login-common/client-common-auth.c" },
	{ "account disabled", AT_AUTH, CAUSE_AUTH_DISABLED, "Cyrus SASL lib/common.c, SASL_DISABLED" },
	{ "passphrase locked", AT_AUTH, CAUSE_AUTH_DISABLED, "Cyrus SASL lib/common.c, SASL_PWLOCK" },
	{ "authorization failure", AT_AUTH, CAUSE_AUTH_UNAUTHORIZED, "Cyrus SASL lib/common.c, SASL_NOAUTHZ" },
	{ "no mechanism available", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "Cyrus SASL lib/common.c, SASL_NOMECH" },

	/* the mailbox is full: before its other troubles, which may follow from that */
	{ "Mailbox is over*quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Cyrus imap/imap_err.et, NO_OVERQUOTA" },
	{ "Mailbox is at*% of*quota", AT_BOX, CAUSE_QUOTA_NEAR, "Cyrus imap/imap_err.et, NO_CLOSEQUOTA" },
	{ "Quota exceeded (mailbox for user is full)", AT_BOX, CAUSE_QUOTA_EXCEEDED,
	    "Dovecot src/plugins/quota/quota-settings.c" },
	{ "Not enough disk quota", AT_BOX, CAUSE_QUOTA_EXCEEDED, "Dovecot src/lib-storage/mail-error.h" },

	/* the mailbox is not there, not ours, or broken */
	{ "Permission denied", AT_BOX, CAUSE_MAILBOX_FORBIDDEN,
	    "Dovecot src/lib-storage/mail-error.h; Cyrus imap/imap_err.et" },
	{ "Mailbox has an invalid format", AT_BOX, CAUSE_MAILBOX_DAMAGED,
	    "Cyrus imap/imap_err.et, MAILBOX_BADFORMAT" },
	{ "Mailbox format corruption detected", AT_BOX, CAUSE_MAILBOX_DAMAGED,
	    "Cyrus imap/imap_err.et, MAILBOX_CHECKSUM" },
	{ "isn't a valid mbox file", AT_BOX, CAUSE_MAILBOX_DAMAGED, "Dovecot: imapsync imapsync, error_type()" },
	{ "Mailbox is locked", AT_BOX, CAUSE_MAILBOX_IN_USE, "Cyrus imap/imap_err.et, MAILBOX_LOCKED" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

const struct refusal_words server_rejections[] = {
	/* words that name all reasons at once, and so none */
	{ "Account is abnormal, service is not open, password is incorrect", AT_AUTH, CAUSE_AUTH_REFUSED,
	    "QQ: chengazhen/cursor-auto-free#294" },
	{ "Command received in Invalid state", AT_AUTH, CAUSE_AUTH_REFUSED,
	    "Exchange Online: sameersbn/docker-redmine#519, techsneeze/dmarcts-report-parser#25" },
	{ "Re-Authentication Failure", AT_AUTH, CAUSE_AUTH_REFUSED,
	    "Perdition perdition/perdition.c: the server behind it said no" },

	/* wrong user name or password, and nothing else */
	{ "authentication failure$", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus SASL lib/common.c, SASL_BADAUTH" },
	{ "Login incorrect", AT_AUTH, CAUSE_AUTH_REJECTED, "Cyrus imap/imap_err.et, INVALID_LOGIN" },
	{ "wrong username or password", AT_AUTH, CAUSE_AUTH_REJECTED, "Zarafa: imapsync/imapsync#164" },
	{ "Incorrect username or password", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Yahoo: closeio/sync-engine inbox/auth/utils.py" },
	{ "Authorized code is incorrect", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "QQ: closeio/sync-engine inbox/auth/utils.py" },
	{ NULL, 0, CAUSE_NONE, NULL }
};
