/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_smtp_refusal - what SMTP servers say, and what it means
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/refusal.h"
#include "reply/smtp_reply.h"
#include "report/cause.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

#define G STAGE_GREETING
#define A STAGE_AUTH
#define S STAGE_SUBMIT

static const struct {
	const char	*line;
	enum stage	 stage;
	enum cause	 cause;
} rows[] = {
	/* by class, and by what was under way */
	{ "421 4.3.2 All servers busy", G, CAUSE_GREETING_UNAVAILABLE },
	{ "450 4.3.2 Service currently unavailable", G, CAUSE_GREETING_UNAVAILABLE },
	{ "554 5.7.1 no SMTP service here", G, CAUSE_GREETING_REFUSED },
	{ "521 5.7.1 not here", G, CAUSE_GREETING_REFUSED },
	{ "501 Syntactically invalid EHLO argument(s)", G, CAUSE_PROTOCOL_REJECTED },
	{ "503 5.5.1 Error", G, CAUSE_PROTOCOL_REJECTED },
	{ "530 Please login with USER and PASS.", G, CAUSE_GREETING_WRONG_PROTOCOL },
	{ "421 Too many concurrent SMTP connections; please try again later.", G, CAUSE_AUTH_CONNECTION_LIMIT },
	{ "421 4.7.0 mx Error: too many connections from 192.0.2.1", G, CAUSE_AUTH_CONNECTION_LIMIT },
	{ "421 4.7.0 mx Error: too many errors", A, CAUSE_AUTH_UNAVAILABLE },
	{ "421 4.7.0 mx Error: too many errors", S, CAUSE_SUBMIT_DEFERRED },
	{ "421", S, CAUSE_SUBMIT_DEFERRED }, { "421", A, CAUSE_AUTH_UNAVAILABLE },

	/* the login */
	{ "535 5.7.8 Authentication credentials invalid", A, CAUSE_AUTH_REJECTED },
	{ "535 Authentication credentials invalid", A, CAUSE_AUTH_REJECTED },
	{ "535", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.8 Error: authentication failed: authentication failure", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.8 Error: authentication failed: generic failure", A, CAUSE_AUTH_UNAVAILABLE },
	{ "535 5.7.8 Error: authentication failed: Connection lost to authentication server", A, CAUSE_AUTH_UNAVAILABLE },
	{ "535 Incorrect authentication data", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.0 authentication failed", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.1 in words that nobody knows", A, CAUSE_NONE },
	{ "550 5.7.1 in words that nobody knows", A, CAUSE_NONE },
	{ "435 Unable to authenticate at present", A, CAUSE_AUTH_UNAVAILABLE },
	{ "454 4.7.0 Temporary authentication failure", A, CAUSE_AUTH_UNAVAILABLE },
	{ "454 4.7.0 Temporary authentication failure: Connection lost to authentication server", A, CAUSE_AUTH_UNAVAILABLE },
	/* words of a wrong password give way to a code that clears it */
	{ "454 Incorrect authentication data", A, CAUSE_AUTH_UNAVAILABLE },
	{ "421 4.7.0 authentication failure", A, CAUSE_AUTH_UNAVAILABLE },
	{ "450 4.7.1 Error: too many AUTH commands from 192.0.2.1", A, CAUSE_AUTH_RATE_LIMITED },
	{ "432 4.7.12 A password transition is needed", A, CAUSE_AUTH_NO_MECHANISM },
	{ "432 4.3.2 Concurrent connections limit exceeded. Visit", S, CAUSE_AUTH_CONNECTION_LIMIT },
	{ "504 5.5.4 Unrecognized authentication type", A, CAUSE_AUTH_NO_MECHANISM },
	{ "501 5.5.2 cannot decode", A, CAUSE_PROTOCOL_REJECTED },
	{ "503 AUTH command used when not advertised", A, CAUSE_PROTOCOL_REJECTED },
	{ "500 5.5.1 Command unrecognized", A, CAUSE_PROTOCOL_REJECTED },
	{ "530 5.7.0 Must issue a STARTTLS command first", A, CAUSE_AUTH_NEEDS_TLS },
	{ "538 5.7.11 Encryption required for requested authentication mechanism", A, CAUSE_AUTH_NEEDS_TLS },
	{ "538 no", A, CAUSE_AUTH_NEEDS_TLS },
	{ "534 5.7.9 Authentication mechanism is too weak", A, CAUSE_AUTH_POLICY },
	{ "534-5.7.9 Application-specific password required. Learn more at\r\n5.7.9  https", A, CAUSE_AUTH_SECOND_FACTOR },
	{ "534-5.7.14 <https> Please log in via your web browser\r\n5.7.14 and", A, CAUSE_AUTH_POLICY },
	{ "535-5.7.8 Username and Password not accepted. Learn more at\r\n5.7.8  https", A, CAUSE_AUTH_REJECTED },
	{ "454 4.7.0 Too many login attempts, please try again later.", A, CAUSE_AUTH_RATE_LIMITED },
	{ "535 5.7.0 (#AUTH005) Too many bad auth attempts.", A, CAUSE_AUTH_RATE_LIMITED },
	{ "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.", A, CAUSE_AUTH_DISABLED },
	{ "535 5.7.139 Authentication unsuccessful, the user credentials were incorrect.", A, CAUSE_AUTH_REJECTED },
	{ "535 5.7.139 Authentication unsuccessful, basic authentication is disabled.", A, CAUSE_AUTH_POLICY },
	{ "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria", A, CAUSE_AUTH_POLICY },
	{ "535 5.7.3 Authentication unsuccessful [X]", A, CAUSE_AUTH_REFUSED },
	{ "525 5.7.13 Disabled", A, CAUSE_AUTH_DISABLED },

	/* the mail */
	{ "530 5.7.0 Authentication required", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during MAIL FROM", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "530 5.7.0 Must issue a STARTTLS command first", S, CAUSE_AUTH_NEEDS_TLS },
	{ "554 5.7.1 <a@b>: Relay access denied", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "454 4.7.1 <a@b>: Relay access denied", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "550 relay not permitted", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "550 5.7.1 <a@b>... Relaying denied", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "554 5.7.1 <x>: Client host rejected: Access denied", S, CAUSE_SUBMIT_RELAY_DENIED },
	{ "550 5.7.60 SMTP; Client does not have permissions to send as this sender", S, CAUSE_SUBMIT_REFUSED },
	{ "553 5.7.1 <a@b>: Sender address rejected: not owned by user bob", S, CAUSE_SUBMIT_REFUSED },
	{ "550 5.1.1 <a@b>: Recipient address rejected: User unknown", S, CAUSE_SUBMIT_REFUSED },
	{ "501 5.1.3 Bad recipient address syntax", S, CAUSE_SUBMIT_REFUSED },
	{ "555 5.5.4 Unsupported option", S, CAUSE_PROTOCOL_REJECTED },
	{ "503 5.5.1 need MAIL", S, CAUSE_PROTOCOL_REJECTED },
	{ "552 5.2.2 <a@b>: Mailbox is full", S, CAUSE_QUOTA_EXCEEDED },
	{ "554 5.2.2 mailbox full", S, CAUSE_QUOTA_EXCEEDED },
	{ "452 4.2.2 over quota", S, CAUSE_QUOTA_EXCEEDED },
	{ "552 exceeded storage allocation", S, CAUSE_QUOTA_EXCEEDED },
	{ "552 5.3.4 Message size exceeds fixed limit", S, CAUSE_SUBMIT_REFUSED },
	{ "452 4.3.1 Insufficient system storage", S, CAUSE_SUBMIT_DEFERRED },
	{ "450 4.2.0 <a@b>: Recipient address rejected: Greylisted, see http", S, CAUSE_SUBMIT_DEFERRED },
	{ "451 4.7.1 Greylisting in action, please come back later", S, CAUSE_SUBMIT_DEFERRED },
	{ "450 4.7.1 Error: too much mail from 192.0.2.1", S, CAUSE_AUTH_RATE_LIMITED },
	{ "550 5.4.5 Daily user sending quota exceeded.", S, CAUSE_AUTH_RATE_LIMITED },
	{ "554 5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException", S, CAUSE_AUTH_RATE_LIMITED }
};

static void
test_rows(void **state)
{
	enum cause cause;
	struct reply r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		assert_true(smtp_reply(span_of(rows[i].line), &r));
		cause = refusal_cause(&smtp_refusals, rows[i].stage, &r);
		if (cause != rows[i].cause)
			fail_msg("\"%s\" is %s", rows[i].line,
			    cause == CAUSE_NONE ? "nothing" :
			    cause_info(cause)->slug);
	}
}

/* whatever it says, 4yz never blames the password */
static void
test_temporary(void **state)
{
	char line[64];
	struct reply r;
	unsigned code;

	(void)state;
	for (code = 400; code < 500; code++) {
		memcpy(line, "4xx Login incorrect", 20);
		line[1] = (char)('0' + code / 10 % 10);
		line[2] = (char)('0' + code % 10);
		assert_true(smtp_reply(span_of(line), &r));
		assert_int_not_equal(refusal_cause(&smtp_refusals, A, &r),
		    CAUSE_AUTH_REJECTED);
	}
}

/* every row of codes can be reached, and says who says so */
static void
test_codes(void **state)
{
	const struct refusal_code *c;
	char line[32];
	struct reply r;
	size_t i;

	(void)state;
	for (c = smtp_refusals.codes; c->code != NULL; c++) {
		assert_true(strlen(c->source) > 5);
		for (i = 0; c->code[i] != '\0'; i++)
			line[i] = c->code[i] == 'x' ? '2' :
			    c->code[i] == '-' ? ' ' : c->code[i];
		line[i] = '\0';
		assert_true(smtp_reply(span_of(line), &r));
		for (i = 0; i < STAGE_COUNT; i++)
			if ((c->stages & 1u << i) != 0 &&
			    refusal_cause(&smtp_refusals, (enum stage)i, &r) ==
			    c->cause)
				break;
		if (i == STAGE_COUNT)
			fail_msg("\"%s\" is never reached", c->code);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_temporary),
		cmocka_unit_test(test_codes)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
