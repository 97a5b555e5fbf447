/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_refusal - the words of servers, and what they mean
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/refusal.h"
#include "reply/imap_reply.h"
#include "reply/pop3_reply.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static enum cause
cause_of(const char *line, enum stage stage)
{
	struct reply r;

	assert_true(imap_reply(span_of(line), &r));
	return refusal_cause(&imap_refusals, stage, &r);
}

static void
test_says(void **state)
{
	static const struct {
		const char	*text, *words;
		bool		 says;
	} rows[] = {
		{ "a2 NO LOGIN failed.", "login FAILED", true },
		{ "a2 NO LOGIN failed.", "failed.$", true },
		{ "a2 NO LOGIN failed. Later", "failed.$", false },
		{ "failed. and failed.", "failed.$", true },
		{ "abc", "abc", true }, { "abc", "abc$", true },
		{ "abc", "abcd", false }, { "abc", "abcd$", false },
		{ "", "a", false }, { "", "a$", false }, { "", "", true },
		{ "one two three", "one*three", true },
		{ "one two three", "three*one", false },
		{ "one two three", "one*three$", true },
		{ "one two three", "one*two$", false },
		{ "aa", "a*a", true }, { "a", "a*a", false },
		{ "aaab", "aab", true }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_int_equal(refusal_says(span_of(rows[i].text),
		    rows[i].words), rows[i].says);
}

static const struct {
	const char	*line;
	enum cause	 cause;
} login_words_rows[] = {
	/* Gmail */
	{ "a2 NO [ALERT] Application-specific password required: "
	    "https://support.google.com/accounts/answer/185833 (Failure)",
	    CAUSE_AUTH_SECOND_FACTOR },
	{ "a2 NO [ALERT] Please log in via your web browser: "
	    "https://support.google.com/mail/accounts/answer/78754 (Failure)",
	    CAUSE_AUTH_POLICY },
	{ "a2 NO [WEBALERT https://accounts.google.com/x] Web login required.",
	    CAUSE_AUTH_POLICY },
	{ "a2 NO [WEBALERT https://accounts.google.com/x] Sorry",
	    CAUSE_AUTH_POLICY },
	{ "a2 NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO [ALERT] Invalid credentials (Failure)",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO [OVERQUOTA] Account exceeded command or bandwidth limits. abc",
	    CAUSE_AUTH_RATE_LIMITED },
	{ "a2 NO [ALERT] Too many simultaneous connections. (Failure)",
	    CAUSE_AUTH_CONNECTION_LIMIT },
	{ "a2 NO [ALERT] Your account is not enabled for IMAP use. "
	    "Please visit your Gmail settings page and enable your "
	    "account for IMAP access. (Failure)", CAUSE_AUTH_DISABLED },
	{ "a2 NO [ALERT] IMAP access is disabled for your domain.",
	    CAUSE_AUTH_DISABLED },
	/* Exchange, Outlook.com */
	{ "a2 NO LOGIN failed.", CAUSE_AUTH_REJECTED },
	{ "a2 NO AUTHENTICATE failed.", CAUSE_AUTH_REJECTED },
	{ "a2 NO Basic authentication is disabled.",
	    CAUSE_AUTH_POLICY },
	{ "a2 NO LOGIN failed. Account is blocked. Login to your "
	    "account via a web browser to verify your identity.",
	    CAUSE_AUTH_DISABLED },
	{ "a2 BAD User is authenticated but not connected.",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "a2 BAD Command received in Invalid state.",
	    CAUSE_AUTH_REFUSED },
	{ "a2 NO Server Unavailable. 15", CAUSE_AUTH_UNAVAILABLE },
	{ "a2 BAD Request is throttled. Suggested Backoff Time: "
	    "299961 milliseconds", CAUSE_AUTH_RATE_LIMITED },
	/* Dovecot */
	{ "a2 NO [AUTHENTICATIONFAILED] Authentication failed.",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO [UNAVAILABLE] Temporary authentication failure. "
	    "[mail:2024-01-01 00:00:00]", CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO Temporary authentication failure.",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO [UNAVAILABLE] Maximum number of connections from "
	    "user+IP exceeded (mail_max_userip_connections=10)",
	    CAUSE_AUTH_CONNECTION_LIMIT },
	{ "* BYE Internal login failure. Refer to server log for more "
	    "information.", CAUSE_AUTH_UNAVAILABLE },
	{ "* BYE Timeout while finishing login.",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "* BYE Internal error occurred. Refer to server log for more "
	    "information.", CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO [PRIVACYREQUIRED] Plaintext authentication disallowed "
	    "on non-secure (SSL/TLS) connections.",
	    CAUSE_AUTH_NEEDS_TLS },
	{ "a2 NO Cleartext authentication disallowed on non-secure "
	    "(SSL/TLS) connections.", CAUSE_AUTH_NEEDS_TLS },
	{ "a2 NO [CONTACTADMIN] Login disabled for this user",
	    CAUSE_AUTH_DISABLED },
	{ "a2 NO [EXPIRED] Password expired", CAUSE_AUTH_EXPIRED },
	{ "a2 NO [AUTHORIZATIONFAILED] Authorization failed",
	    CAUSE_AUTH_UNAUTHORIZED },
	{ "* BYE Too many invalid IMAP commands.",
	    CAUSE_PROTOCOL_REJECTED },
	/* Cyrus and its SASL library */
	{ "a2 NO Login failed: authentication failure",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO authentication failure", CAUSE_AUTH_REJECTED },
	{ "a2 NO Login failed: generic failure",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO Login failed: account disabled",
	    CAUSE_AUTH_DISABLED },
	{ "a2 NO Login failed: passphrase expired, has to be reset",
	    CAUSE_AUTH_EXPIRED },
	{ "a2 NO Login failed: passphrase locked",
	    CAUSE_AUTH_DISABLED },
	{ "a2 NO authorization failure", CAUSE_AUTH_UNAUTHORIZED },
	{ "a2 NO no mechanism available", CAUSE_AUTH_NO_MECHANISM },
	{ "a2 NO Login only available under a layer",
	    CAUSE_AUTH_NEEDS_TLS },
	{ "a2 NO Too many open connections (5 of 5 from h)",
	    CAUSE_AUTH_CONNECTION_LIMIT },
	{ "a2 NO Invalid user", CAUSE_AUTH_REJECTED },
	/* Courier */
	{ "a2 NO Login failed.", CAUSE_AUTH_REJECTED },
	{ "* BYE Temporary problem, please try again later",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "* BYE IMAP access disabled for this account.",
	    CAUSE_AUTH_DISABLED },
	{ "* BYE IMAP access disabled via insecure connection.",
	    CAUSE_AUTH_NEEDS_TLS },
	{ "* BYE Your account is temporarily unavailable (+t bit set "
	    "on home directory).", CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO STARTTLS required", CAUSE_AUTH_NEEDS_TLS },
	/* Zimbra */
	{ "a2 NO cleartext logins disabled", CAUSE_AUTH_NEEDS_TLS },
	{ "a2 NO [ALERT] account undergoing maintenance; please try "
	    "again later", CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO [ALERT] password must be changed before IMAP login "
	    "permitted", CAUSE_AUTH_EXPIRED },
	{ "a2 NO account does not have IMAP access enabled",
	    CAUSE_AUTH_DISABLED },
	{ "a2 NO LOGIN failed (wrong host)", CAUSE_AUTH_REFERRAL },
	/* Yahoo, iCloud, Zoho, Yandex, Mail.ru, QQ */
	{ "a2 NO [AUTHENTICATIONFAILED] LOGIN Invalid credentials",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO [LIMIT] LOGIN Rate limit hit.",
	    CAUSE_AUTH_RATE_LIMITED },
	{ "a2 NO [SERVERBUG] LOGIN Server error - Please try again later",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "a2 BAD [UNAVAILABLE] Service temporarily unavailable",
	    CAUSE_AUTH_UNAVAILABLE },
	{ "a2 NO [ALERT] You are yet to enable IMAP for your account. "
	    "Please contact your administrator (Failure)",
	    CAUSE_AUTH_DISABLED },
	{ "a2 NO [AUTHENTICATIONFAILED] LOGIN invalid credentials or "
	    "IMAP is disabled sc=x", CAUSE_AUTH_REJECTED },
	{ "a2 NO NEOBHODIM parol prilozheniya "
	    "https://help.mail.ru/mail/security/protection/external",
	    CAUSE_AUTH_SECOND_FACTOR },
	{ "a2 NO Login fail. Account is abnormal, service is not open, "
	    "password is incorrect, login frequency limited, or system "
	    "is busy.", CAUSE_AUTH_REFUSED },
	/* others */
	{ "a2 NO Invalid login credentials", CAUSE_AUTH_REJECTED },
	{ "a2 NO Invalid user name or password.",
	    CAUSE_AUTH_REJECTED },
	{ "a2 BAD A SSL/TLS-connection is required for authentication.",
	    CAUSE_AUTH_NEEDS_TLS },
	{ "a2 NO LOGIN wrong username or password",
	    CAUSE_AUTH_REJECTED },
	{ "a2 NO [ALERT] LOGIN DENIED -- COUNTRY IS BLACKLISTED",
	    CAUSE_AUTH_POLICY },
	{ "a2 NO Authentication rate limit from one source exceeded",
	    CAUSE_AUTH_RATE_LIMITED },
	{ "a2 NO too many login attempts", CAUSE_AUTH_RATE_LIMITED },
	{ "a2 NO [AUTHENTICATIONFAILED] Too many authentication attempts",
	    CAUSE_AUTH_RATE_LIMITED },
	{ "* BYE SSL certificate error", CAUSE_TLS_CLIENT_CERTIFICATE },
	{ "a2 NO Re-Authentication Failure", CAUSE_AUTH_REFUSED }
};

static void
test_login_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(login_words_rows); i++)
		assert_string_equal(cause_info(cause_of(login_words_rows[i].line,
		    STAGE_AUTH))->slug,
		    cause_info(login_words_rows[i].cause)->slug);
}

/* a wrong password is never concluded from words that nobody published, nor against a code */
static void
test_no_guess(void **state)
{
	static const struct {
		const char	*line;
		enum cause	 cause;
	} rows[] = {
		{ "a2 NO", CAUSE_NONE },
		{ "a2 NO the moon is in the wrong house", CAUSE_NONE },
		{ "a2 NO LOGIN failed due to a database outage", CAUSE_NONE },
		{ "a2 NO LOGIN failed", CAUSE_NONE },
		{ "a2 NO Login failed: 17", CAUSE_NONE },
		{ "a2 NO authentication failure of the proxy", CAUSE_NONE },
		{ "a2 NO Authentication failed", CAUSE_NONE },
		{ "a2 NO password", CAUSE_NONE },
		{ "a2 NO [ALERT] sorry", CAUSE_NONE },
		{ "a2 NO [CONTACTADMIN] sorry", CAUSE_NONE },
		{ "a2 NO [CANNOT] sorry", CAUSE_NONE },
		{ "a2 NO [X-UNHEARD-OF] sorry", CAUSE_NONE },
		{ "a2 BAD unknown command", CAUSE_NONE },
		{ "a2 NO [UNAVAILABLE] Invalid credentials",
		    CAUSE_AUTH_UNAVAILABLE },
		{ "a2 NO [LIMIT] authentication failure",
		    CAUSE_AUTH_CONNECTION_LIMIT },
		{ "a2 NO [EXPIRED] Login incorrect", CAUSE_AUTH_EXPIRED },
		{ "a2 NO [INUSE] LOGIN failed.", CAUSE_AUTH_UNAVAILABLE }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(cause_info(cause_of(rows[i].line,
		    STAGE_AUTH))->slug, cause_info(rows[i].cause)->slug);
}

static const struct {
	const char	*code;
	enum cause	 greeting, auth, mailbox, fetch;
} codes_rows[] = {
	{ "UNAVAILABLE", CAUSE_GREETING_UNAVAILABLE,
	    CAUSE_AUTH_UNAVAILABLE, CAUSE_MAILBOX_UNAVAILABLE,
	    CAUSE_FETCH_REFUSED },
	{ "AUTHENTICATIONFAILED", CAUSE_NONE, CAUSE_AUTH_REJECTED,
	    CAUSE_NONE, CAUSE_NONE },
	{ "AUTHORIZATIONFAILED", CAUSE_GREETING_REFUSED,
	    CAUSE_AUTH_UNAUTHORIZED, CAUSE_NONE, CAUSE_NONE },
	{ "EXPIRED", CAUSE_NONE, CAUSE_AUTH_EXPIRED, CAUSE_NONE,
	    CAUSE_NONE },
	{ "PRIVACYREQUIRED", CAUSE_NONE, CAUSE_AUTH_NEEDS_TLS,
	    CAUSE_NONE, CAUSE_NONE },
	{ "CONTACTADMIN", CAUSE_GREETING_REFUSED, CAUSE_NONE,
	    CAUSE_NONE, CAUSE_NONE },
	{ "NOPERM", CAUSE_GREETING_REFUSED, CAUSE_AUTH_UNAUTHORIZED,
	    CAUSE_MAILBOX_FORBIDDEN, CAUSE_MAILBOX_FORBIDDEN },
	{ "INUSE", CAUSE_NONE, CAUSE_AUTH_UNAVAILABLE,
	    CAUSE_MAILBOX_IN_USE, CAUSE_MAILBOX_IN_USE },
	{ "EXPUNGEISSUED", CAUSE_NONE, CAUSE_NONE,
	    CAUSE_MAILBOX_UNAVAILABLE, CAUSE_FETCH_REFUSED },
	{ "CORRUPTION", CAUSE_NONE, CAUSE_AUTH_UNAVAILABLE,
	    CAUSE_MAILBOX_DAMAGED, CAUSE_MAILBOX_DAMAGED },
	{ "SERVERBUG", CAUSE_GREETING_UNAVAILABLE,
	    CAUSE_AUTH_UNAVAILABLE, CAUSE_MAILBOX_UNAVAILABLE,
	    CAUSE_FETCH_REFUSED },
	{ "CLIENTBUG", CAUSE_NONE, CAUSE_PROTOCOL_REJECTED,
	    CAUSE_PROTOCOL_REJECTED, CAUSE_PROTOCOL_REJECTED },
	{ "CANNOT", CAUSE_NONE, CAUSE_NONE, CAUSE_MAILBOX_UNAVAILABLE,
	    CAUSE_NONE },
	{ "LIMIT", CAUSE_AUTH_CONNECTION_LIMIT,
	    CAUSE_AUTH_CONNECTION_LIMIT, CAUSE_NONE, CAUSE_NONE },
	{ "OVERQUOTA", CAUSE_NONE, CAUSE_QUOTA_EXCEEDED,
	    CAUSE_QUOTA_EXCEEDED, CAUSE_QUOTA_EXCEEDED },
	{ "ALREADYEXISTS", CAUSE_NONE, CAUSE_NONE, CAUSE_NONE,
	    CAUSE_NONE },
	{ "NONEXISTENT", CAUSE_NONE, CAUSE_NONE,
	    CAUSE_MAILBOX_MISSING, CAUSE_MAILBOX_MISSING },
	{ "TRYCREATE", CAUSE_NONE, CAUSE_NONE, CAUSE_MAILBOX_MISSING,
	    CAUSE_MAILBOX_MISSING },
	{ "REFERRAL imap://x/", CAUSE_AUTH_REFERRAL,
	    CAUSE_AUTH_REFERRAL, CAUSE_AUTH_REFERRAL,
	    CAUSE_AUTH_REFERRAL },
	{ "TEMPFAIL", CAUSE_NONE, CAUSE_AUTH_UNAVAILABLE,
	    CAUSE_MAILBOX_UNAVAILABLE, CAUSE_FETCH_REFUSED },
	{ "ALERT", CAUSE_NONE, CAUSE_NONE, CAUSE_NONE, CAUSE_NONE }
};

static void
test_codes(void **state)
{
	char line[128];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(codes_rows); i++) {
		snprintf(line, sizeof(line), "a2 NO [%s] x", codes_rows[i].code);
		assert_int_equal(cause_of(line, STAGE_GREETING),
		    codes_rows[i].greeting);
		assert_int_equal(cause_of(line, STAGE_AUTH), codes_rows[i].auth);
		assert_int_equal(cause_of(line, STAGE_MAILBOX),
		    codes_rows[i].mailbox);
		assert_int_equal(cause_of(line, STAGE_FETCH), codes_rows[i].fetch);
	}
}

static void
test_greeting_words(void **state)
{
	static const struct {
		const char	*line;
		enum cause	 cause;
	} rows[] = {
		{ "* BYE overloaded", CAUSE_NONE },
		{ "* BYE your address is blocked", CAUSE_GREETING_REFUSED },
		{ "* BYE Access denied", CAUSE_GREETING_REFUSED },
		{ "* BYE You have been banned", CAUSE_GREETING_REFUSED },
		{ "* BYE Your address is temporarily blocked",
		    CAUSE_GREETING_UNAVAILABLE },
		{ "* BYE Too many connections from your IP",
		    CAUSE_AUTH_CONNECTION_LIMIT },
		{ "* BYE Too many simultaneous connections. (Failure)",
		    CAUSE_AUTH_CONNECTION_LIMIT },
		{ "* BYE Zimbra IMAP server closing connection; service busy",
		    CAUSE_GREETING_UNAVAILABLE },
		{ "* BYE Service not available mail IMAP4rev1",
		    CAUSE_GREETING_UNAVAILABLE },
		{ "* BYE Connection queue full", CAUSE_GREETING_UNAVAILABLE },
		{ "* BYE Server shutting down.", CAUSE_GREETING_UNAVAILABLE },
		{ "* BYE [REFERRAL imap://other/] go there",
		    CAUSE_AUTH_REFERRAL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++)
		assert_string_equal(cause_info(cause_of(rows[i].line,
		    STAGE_GREETING))->slug, cause_info(rows[i].cause)->slug);
}

static const struct {
	const char	*line;
	enum cause	 cause;
} mailbox_words_rows[] = {
	{ "a4 NO Mailbox doesn't exist: Nowhere (0.001 + 0.000 secs).",
	    CAUSE_MAILBOX_MISSING },
	{ "a4 NO Client tried to access nonexistent namespace. "
	    "(Mailbox name should probably be prefixed with: INBOX.)",
	    CAUSE_MAILBOX_MISSING },
	{ "a4 NO Mailbox does not exist", CAUSE_MAILBOX_MISSING },
	{ "a4 NO [NONEXISTENT] Unknown Mailbox: x (Failure)",
	    CAUSE_MAILBOX_MISSING },
	{ "a4 BAD Folder could not be found.", CAUSE_MAILBOX_MISSING },
	{ "a4 NO [NOPERM] Permission denied",
	    CAUSE_MAILBOX_FORBIDDEN },
	{ "a4 NO Access denied for SELECT/EXAMINE on x (ACL \"r\" required)",
	    CAUSE_MAILBOX_FORBIDDEN },
	{ "a4 NO Mailbox has an invalid format",
	    CAUSE_MAILBOX_DAMAGED },
	{ "a4 NO Mailbox format corruption detected",
	    CAUSE_MAILBOX_DAMAGED },
	{ "a4 NO [CANNOT] Mailbox isn't a valid mbox file",
	    CAUSE_MAILBOX_DAMAGED },
	{ "a4 NO System I/O error", CAUSE_MAILBOX_UNAVAILABLE },
	{ "a4 NO [SERVERBUG] Internal error occurred. Refer to server "
	    "log for more information. [2024-01-01 00:00:00]",
	    CAUSE_MAILBOX_UNAVAILABLE },
	{ "a4 NO Unable to open this mailbox.",
	    CAUSE_MAILBOX_UNAVAILABLE },
	{ "a4 NO Server Unavailable. 15", CAUSE_MAILBOX_UNAVAILABLE },
	{ "a4 BAD User is authenticated but not connected.",
	    CAUSE_MAILBOX_UNAVAILABLE },
	{ "a4 NO EXAMINE Unsafe Login. Please contact kefu@188.com "
	    "for help", CAUSE_AUTH_POLICY },
	{ "a4 NO [OVERQUOTA] Account exceeded command or bandwidth "
	    "limits.", CAUSE_AUTH_RATE_LIMITED },
	{ "a4 NO Over quota", CAUSE_QUOTA_EXCEEDED },
	{ "a4 NO [OVERQUOTA] Not enough disk quota",
	    CAUSE_QUOTA_EXCEEDED },
	{ "* NO [ALERT] Mailbox is over STORAGE quota",
	    CAUSE_QUOTA_EXCEEDED },
	{ "* NO [ALERT] Mailbox is at 93% of STORAGE quota",
	    CAUSE_QUOTA_NEAR },
	{ "* BYE IMAP access disabled for this account.",
	    CAUSE_AUTH_DISABLED },
	{ "a4 NO Invalid credentials", CAUSE_NONE },
	{ "a4 NO storage is on fire", CAUSE_NONE }
};

static void
test_mailbox_words(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(mailbox_words_rows); i++)
		assert_string_equal(cause_info(cause_of(mailbox_words_rows[i].line,
		    STAGE_MAILBOX))->slug, cause_info(mailbox_words_rows[i].cause)->slug);
}

static enum cause
pop3_cause_of(const char *line, enum stage stage)
{
	struct reply r;

	assert_true(pop3_reply(span_of(line), &r));
	return refusal_cause(&pop3_refusals, stage, &r);
}

/* what POP3 servers say, at which stage, and what it means */
static const struct {
	const char	*line;
	enum stage	 stage;
	enum cause	 cause;
} pop3_rows[] = {
	/* Gmail */
	{ "-ERR [AUTH] Username and password not accepted.", STAGE_AUTH,
	    CAUSE_AUTH_REJECTED },
	{ "-ERR [AUTH] Account exceeded pop command or bandwidth limits",
	    STAGE_AUTH, CAUSE_AUTH_RATE_LIMITED },
	{ "-ERR [AUTH] Application-specific password required: https://x",
	    STAGE_AUTH, CAUSE_AUTH_SECOND_FACTOR },
	{ "-ERR [AUTH] Web login required: https://x", STAGE_AUTH,
	    CAUSE_AUTH_POLICY },
	{ "-ERR [SYS/PERM] Your account is not enabled for POP access.",
	    STAGE_MAILBOX, CAUSE_AUTH_DISABLED },
	/* Exchange, Outlook.com */
	{ "-ERR Logon failure: unknown user name or bad password.",
	    STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR Exceeded the login limit for a 15 minute period.",
	    STAGE_AUTH, CAUSE_AUTH_RATE_LIMITED },
	{ "-ERR login allowed only every 15 minutes", STAGE_AUTH,
	    CAUSE_AUTH_RATE_LIMITED },
	{ "-ERR Protocol error. Connection is closed. 10", STAGE_AUTH,
	    CAUSE_PROTOCOL_REJECTED },
	/* Dovecot */
	{ "-ERR [AUTH] Authentication failed.", STAGE_AUTH,
	    CAUSE_AUTH_REJECTED },
	{ "-ERR [SYS/TEMP] Temporary authentication failure. [x:1]",
	    STAGE_AUTH, CAUSE_AUTH_UNAVAILABLE },
	{ "-ERR [IN-USE] Mailbox is locked by another POP3 session.",
	    STAGE_MAILBOX, CAUSE_MAILBOX_IN_USE },
	{ "-ERR [IN-USE] Maximum number of connections from user+IP exceeded "
	    "(mail_max_userip_connections=3)", STAGE_AUTH,
	    CAUSE_AUTH_CONNECTION_LIMIT },
	{ "-ERR [SYS/TEMP] Internal error occurred. Refer to server log",
	    STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE },
	{ "-ERR [AUTH] Plaintext authentication disallowed on non-secure "
	    "(SSL/TLS) connections.", STAGE_AUTH, CAUSE_AUTH_NEEDS_TLS },
	/* Cyrus */
	{ "-ERR [AUTH] Invalid login", STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR [AUTH] authenticating: authentication failure", STAGE_AUTH,
	    CAUSE_AUTH_REJECTED },
	{ "-ERR [AUTH] authenticating: generic failure", STAGE_AUTH,
	    CAUSE_AUTH_UNAVAILABLE },
	{ "-ERR [AUTH] USER command only available under a layer",
	    STAGE_AUTH, CAUSE_AUTH_NEEDS_TLS },
	{ "-ERR [IN-USE] Unable to lock maildrop: Mailbox is locked by POP "
	    "server", STAGE_AUTH, CAUSE_MAILBOX_IN_USE },
	{ "-ERR [SYS/PERM] Unable to open maildrop: Mailbox does not exist",
	    STAGE_AUTH, CAUSE_MAILBOX_UNAVAILABLE },
	{ "-ERR [LOGIN-DELAY] Logins must be at least 5 minutes apart",
	    STAGE_AUTH, CAUSE_AUTH_RATE_LIMITED },
	/* Courier */
	{ "-ERR Login failed.", STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR Login failed. Later.", STAGE_AUTH, CAUSE_NONE },
	{ "-ERR Temporary problem, please try again later", STAGE_AUTH,
	    CAUSE_AUTH_UNAVAILABLE },
	{ "-ERR TLS required to log in.", STAGE_AUTH, CAUSE_AUTH_NEEDS_TLS },
	{ "-ERR POP3 access disabled for this account.", STAGE_MAILBOX,
	    CAUSE_AUTH_DISABLED },
	/* Zimbra, hMailServer, UW, qpopper, Yahoo */
	{ "-ERR LOGIN failed", STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR pop access not enabled for account", STAGE_AUTH,
	    CAUSE_AUTH_DISABLED },
	{ "-ERR your password has expired", STAGE_AUTH, CAUSE_AUTH_EXPIRED },
	{ "-ERR only valid after entering TLS mode", STAGE_AUTH,
	    CAUSE_AUTH_NEEDS_TLS },
	{ "-ERR Your mailbox is already locked", STAGE_AUTH,
	    CAUSE_MAILBOX_IN_USE },
	{ "-ERR Can't get lock.  Mailbox in use", STAGE_AUTH,
	    CAUSE_MAILBOX_IN_USE },
	{ "-ERR Bad login", STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR Maildrop lock busy!  Is another session active?", STAGE_AUTH,
	    CAUSE_MAILBOX_IN_USE },
	{ "-ERR [SYS/TEMP] Server error - Please try again later.",
	    STAGE_AUTH, CAUSE_AUTH_UNAVAILABLE },
	/* codes alone, each where it is said */
	{ "-ERR [IN-USE] x", STAGE_AUTH, CAUSE_MAILBOX_IN_USE },
	{ "-ERR [IN-USE] x", STAGE_FETCH, CAUSE_MAILBOX_IN_USE },
	{ "-ERR [LOGIN-DELAY] x", STAGE_AUTH, CAUSE_AUTH_RATE_LIMITED },
	{ "-ERR [SYS/TEMP] x", STAGE_GREETING, CAUSE_GREETING_UNAVAILABLE },
	{ "-ERR [SYS/TEMP] x", STAGE_AUTH, CAUSE_AUTH_UNAVAILABLE },
	{ "-ERR [SYS/TEMP] x", STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE },
	{ "-ERR [SYS/TEMP] x", STAGE_FETCH, CAUSE_FETCH_REFUSED },
	{ "-ERR [SYS/PERM] x", STAGE_GREETING, CAUSE_GREETING_REFUSED },
	{ "-ERR [SYS/PERM] x", STAGE_AUTH, CAUSE_AUTH_UNAVAILABLE },
	{ "-ERR [SYS/PERM] x", STAGE_MAILBOX, CAUSE_MAILBOX_UNAVAILABLE },
	{ "-ERR [SYS/PERM] x", STAGE_FETCH, CAUSE_FETCH_REFUSED },
	{ "-ERR [AUTH] x", STAGE_AUTH, CAUSE_AUTH_REJECTED },
	{ "-ERR [AUTH] x", STAGE_MAILBOX, CAUSE_NONE },
	{ "-ERR [UTF8] x", STAGE_FETCH, CAUSE_FETCH_REFUSED },
	{ "-ERR [NEW] x", STAGE_AUTH, CAUSE_NONE },
	/* words that name no reason, and greetings in prose */
	{ "-ERR no", STAGE_AUTH, CAUSE_NONE },
	{ "-ERR invalid command", STAGE_AUTH, CAUSE_NONE },
	{ "-ERR too many connections", STAGE_GREETING,
	    CAUSE_AUTH_CONNECTION_LIMIT },
	{ "-ERR you are banned", STAGE_GREETING, CAUSE_GREETING_REFUSED }
};

static void
test_pop3(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(pop3_rows); i++)
		if (pop3_cause_of(pop3_rows[i].line, pop3_rows[i].stage) !=
		    pop3_rows[i].cause)
			fail_msg("\"%s\" is %s", pop3_rows[i].line,
			    cause_info(pop3_cause_of(pop3_rows[i].line,
			    pop3_rows[i].stage))->slug);
}

/* lay_out - the rows in the order in which they are looked at */
static size_t
lay_out(const struct refusal_table *table, const struct refusal_words **rows)
{
	const struct refusal_words *w;
	size_t i, n = 0;

	for (i = 0; i < REFUSAL_LISTS && table->words[i] != NULL; i++)
		for (w = table->words[i]; w->words != NULL; w++)
			rows[n++] = w;
	assert_true(n < 500);
	return n;
}

/* said - a text that says the words of a row and nothing else */
static void
said(const char *words, char text[256])
{
	size_t i;

	for (i = 0; words[i] != '\0'; i++)
		text[i] = words[i] == '*' ? ' ' : words[i];
	text[i] = '\0';
	if (i > 0 && text[i - 1] == '$')
		text[i - 1] = '\0';
}

/* every row can be reached by its own words, names who says so, and speaks of some stage */
static void
table_is_sound(const struct refusal_table *table)
{
	const struct refusal_words *rows[500];
	char text[256];
	size_t i, n, row;

	n = lay_out(table, rows);
	for (row = 0; row < n; row++) {
		const struct refusal_words *w = rows[row];

		assert_true(strlen(w->source) > 5);
		assert_int_not_equal(w->stages, 0);
		assert_int_not_equal(w->cause, CAUSE_NONE);
		assert_true(strlen(w->words) >= 6 && strlen(w->words) < 200);
		said(w->words, text);
		assert_true(refusal_says(span_of(text), w->words));
		for (i = 0; i < row; i++)
			if ((rows[i]->stages & w->stages) == w->stages &&
			    refusal_says(span_of(text), rows[i]->words) &&
			    rows[i]->cause != w->cause)
				fail_msg("\"%s\" hides \"%s\"",
				    rows[i]->words, w->words);
	}
}

static void
test_table(void **state)
{
	(void)state;
	table_is_sound(&imap_refusals);
	table_is_sound(&pop3_refusals);
	table_is_sound(&smtp_refusals);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_says),
		cmocka_unit_test(test_login_words),
		cmocka_unit_test(test_no_guess),
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_greeting_words),
		cmocka_unit_test(test_mailbox_words),
		cmocka_unit_test(test_pop3),
		cmocka_unit_test(test_table)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
