/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * smtp_refusal - what SMTP servers say when they refuse, and what they mean
 *
 * The first row that fits counts; limits and temporary trouble stand first.  A
 * row says who uses these words: a file of the server's source, its manual, or
 * a discussion on GitHub ("owner/repository#number") that shows the line.
 *
 * Where no words are known the codes speak: SMTP has many, and an enhanced one
 * beside most (RFC 3463, RFC 5248).  4yz never becomes auth.rejected, whatever
 * the words are, for a code that names another cause clears the password.
 */
#include "dialog/refusal.h"

static const struct refusal_words words[] = {
	/* too many connections, too much mail: of a server or a provider */
	{ "Too many concurrent SMTP connections", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Exim src/daemon.c; PHPMailer/PHPMailer#2070" },
	{ "too many connections from", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT, "Postfix src/smtpd/smtpd.c" },
	{ "Concurrent connections limit exceeded", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Exchange Online: sabuhish/fastapi-mail#75, nodemailer/nodemailer#1613" },
	{ "maximum number of concurrent connections has exceeded", AT_ANY, CAUSE_AUTH_CONNECTION_LIMIT,
	    "Exchange: Ombi-app/Ombi#4429" },
	{ "too many AUTH commands from", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Postfix src/smtpd/smtpd_sasl_proto.c" },
	{ "too much mail from", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Postfix src/smtpd/smtpd.c" },
	{ "too many recipients from", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Postfix src/smtpd/smtpd.c" },
	{ "too many new TLS sessions from", AT_ANY, CAUSE_AUTH_RATE_LIMITED, "Postfix src/smtpd/smtpd.c" },
	{ "Too many bad auth attempts", AT_AUTH, CAUSE_AUTH_RATE_LIMITED,
	    "Yahoo: PHPMailer/PHPMailer#2034, nodemailer/nodemailer#1112" },
	{ "Too many login attempts, please try again later", AT_AUTH, CAUSE_AUTH_RATE_LIMITED,
	    "Gmail: geoffsmith82/GmailAuthSMTP#12" },
	{ "Daily user sending", AT_SUBMIT, CAUSE_AUTH_RATE_LIMITED,
	    "Gmail: gen-smtp/gen_smtp#140, woowacourse-teams/2025-ah-madda#635" },
	{ "SubmissionQuotaExceeded", AT_SUBMIT, CAUSE_AUTH_RATE_LIMITED,
	    "Exchange Online: MicrosoftDocs/OfficeDocs-Support#1150" },
	{ "Email Sending Quota Exceeded", AT_SUBMIT, CAUSE_AUTH_RATE_LIMITED, "go-gomail/gomail#174" },

	/* what lies behind the server is down, though the code blames the password */
	{ "authentication failed: Connection lost to authentication server", AT_AUTH, CAUSE_AUTH_UNAVAILABLE,
	    "Postfix src/xsasl/xsasl_dovecot_server.c" },

	/* TLS is wanted first */
	{ "STARTTLS", AT_GREETING | AT_AUTH | AT_SUBMIT, CAUSE_AUTH_NEEDS_TLS,
	    "RFC 3207 section 4; Postfix src/smtpd/smtpd.c; Sendmail sendmail/srvrsmtp.c" },
	{ "TLS connection required", AT_AUTH | AT_SUBMIT, CAUSE_AUTH_NEEDS_TLS, "RFC 4954 section 6: 538 and 530" },
	{ "Encryption required for requested authentication", AT_AUTH, CAUSE_AUTH_NEEDS_TLS,
	    "RFC 4954 section 6: 538 5.7.11" },

	/* not mail at all */
	{ "Please login with USER and PASS", AT_GREETING, CAUSE_GREETING_WRONG_PROTOCOL,
	    "vsftpd prelogin.c: an FTP server" },

	/* Exchange Online says 535 5.7.139 for many things, and a few words more */
	{ "SmtpClientAuthentication is disabled", AT_AUTH, CAUSE_AUTH_DISABLED,
	    "Exchange Online: simonrob/email-oauth2-proxy#193, nodemailer/nodemailer#1484" },
	{ "the user credentials were incorrect", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Exchange Online: codassassin/email-bomber-v2.0#1" },
	{ "535 5.7.139", AT_AUTH, CAUSE_AUTH_POLICY, "Exchange Online: rpremraj/mailR#107, gophish/gophish#3220" },
	{ "535 5.7.3 ", AT_AUTH, CAUSE_AUTH_REFUSED,
	    "Exchange: jstedfast/MailKit#700, HChaoHui/msOauth2api#3, with the right password, too" },
	{ "your password is too simple", AT_AUTH, CAUSE_AUTH_EXPIRED, "Tiscali: MailCore/mailcore2#1517" },

	/* the server takes the mail of its own users only, and of those it knows */
	{ "Relay access denied", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Postfix src/smtpd/smtpd_check.c; docker-mailserver/docker-mailserver#385" },
	{ "relay not permitted", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Exim src/configure.default; namshi/docker-smtp#77" },
	{ "Relaying denied", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Sendmail cf/m4/proto.m4; nodemailer/nodemailer#1480" },
	{ "Relay denied", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED, "mailcow/mailcow-dockerized#2095" },
	{ "Unable to relay", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Exchange: jstedfast/MailKit#873, nodemailer/nodemailer#386" },
	{ "list of allowed rcpthosts", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED, "qmail qmail-smtpd.c, err_nogateway()" },
	{ "Client host rejected: Access denied", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Postfix src/smtpd/smtpd_check.c: reject behind permit_sasl_authenticated" },
	{ "Unauthenticated senders not allowed", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED, "SendGrid: sendgrid/docs#6473" },
	{ "not authenticated to send", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED,
	    "Exchange: simonrob/email-oauth2-proxy#315" },
	{ "Authentication required", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED, "RFC 4954 section 6: 530 5.7.0" },
	/* of the sender, which is not one of this user */
	{ "not owned by user", AT_SUBMIT, CAUSE_SUBMIT_REFUSED, "Postfix src/smtpd/smtpd_check.c" },
	{ "permissions to send as this sender", AT_SUBMIT, CAUSE_SUBMIT_REFUSED,
	    "Exchange: gophish/gophish#1600, swiftmailer/swiftmailer#1030" },

	/* wrong user name or password, and nothing else */
	{ "Username and Password not accepted", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Gmail: jef/streetmerchant#1190, dawidd6/action-send-mail#120" },
	{ "Incorrect authentication data", AT_AUTH, CAUSE_AUTH_REJECTED,
	    "Exim src/smtp_in.c; jhomlala/catcher#198" },
	{ "535 5.7.0 authentication failed", AT_AUTH, CAUSE_AUTH_REJECTED, "Sendmail sendmail/srvrsmtp.c" },
	{ "Invalid login or password", AT_AUTH, CAUSE_AUTH_REJECTED, "Brevo: marcpope/borgbackupserver#16" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

static const struct refusal_code codes[] = {
	/* the mailbox at the other end is full, for good or for now */
	{ "552 5.3.4", AT_SUBMIT, CAUSE_SUBMIT_REFUSED, "RFC 3463 section 3.4: the message is too big for the system" },
	{ "4xx 4.2.2", AT_SUBMIT, CAUSE_QUOTA_EXCEEDED, "RFC 3463 section 3.3" },
	{ "5xx 5.2.2", AT_SUBMIT, CAUSE_QUOTA_EXCEEDED, "RFC 3463 section 3.3" },
	{ "552 -", AT_SUBMIT, CAUSE_QUOTA_EXCEEDED, "RFC 5321 section 4.2.2: exceeded storage allocation" },

	/* of the login */
	{ "432 4.7.12", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "RFC 4954 section 6: log in by PLAIN once" },
	{ "534 5.7.9", AT_AUTH, CAUSE_AUTH_POLICY, "RFC 4954 section 6: the mechanism is too weak" },
	{ "534", AT_AUTH, CAUSE_AUTH_POLICY, "RFC 4954 section 6, RFC 5248" },
	{ "538", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "RFC 4954 section 6" },
	{ "530", AT_AUTH, CAUSE_AUTH_NEEDS_TLS, "RFC 3207 section 4" },
	{ "504", AT_AUTH, CAUSE_AUTH_NO_MECHANISM, "RFC 4954 section 4" },
	{ "535 5.7.8", AT_AUTH, CAUSE_AUTH_REJECTED, "RFC 4954 section 6" },
	{ "535 -", AT_AUTH, CAUSE_AUTH_REJECTED, "RFC 4954 section 6: the only meaning that it gives to 535" },
	{ "525 5.7.13", AT_AUTH, CAUSE_AUTH_DISABLED, "RFC 5248 section 3, registry: user account disabled" },
	{ "5xx 5.7.13", AT_AUTH, CAUSE_AUTH_DISABLED, "RFC 5248 section 3, registry: user account disabled" },
	{ "5xx 5.7.30", AT_ANY & ~AT_GREETING, CAUSE_AUTH_NEEDS_TLS, "RFC 5248 registry, RFC 8689: TLS is required" },

	/* of the mail */
	{ "530", AT_SUBMIT, CAUSE_SUBMIT_RELAY_DENIED, "RFC 4954 section 6: authentication required" },
	{ "501", AT_SUBMIT, CAUSE_SUBMIT_REFUSED, "RFC 5321 section 4.3.2: an address that the server cannot read" },

	/* a command that the server does not take */
	{ "500", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },
	{ "501", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },
	{ "502", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },
	{ "503", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },
	{ "504", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },
	{ "555", AT_ANY, CAUSE_PROTOCOL_REJECTED, "RFC 5321 section 4.2.2" },

	/* everything else, by its class */
	{ "4xx", AT_GREETING, CAUSE_GREETING_UNAVAILABLE, "RFC 5321 section 4.2.1" },
	{ "4xx", AT_AUTH, CAUSE_AUTH_UNAVAILABLE, "RFC 5321 section 4.2.1, RFC 4954 section 6" },
	{ "4xx", AT_SUBMIT, CAUSE_SUBMIT_DEFERRED, "RFC 5321 section 4.2.1, RFC 6647 for greylisting" },
	{ "5xx", AT_GREETING, CAUSE_GREETING_REFUSED, "RFC 5321 section 3.1" },
	{ "5xx", AT_SUBMIT, CAUSE_SUBMIT_REFUSED, "RFC 5321 section 4.2.1" },
	{ NULL, 0, CAUSE_NONE, NULL }
};

const struct refusal_table smtp_refusals = {
	/* its own first: "try again later" follows most of its limits, too */
	{ words, server_limits, server_rejections }, codes
};
