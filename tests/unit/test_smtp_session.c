/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_smtp_session - whole SMTP and LMTP dialogues as tables of events
 */
#include "dialog/smtp.h"
#include "session_play.h"

static const struct rung whole_ladder[] = {
	RUNG_LADDER(smtp_login_ladder),
	RUNG_LADDER(smtp_mail_ladder),
	RUNG_END
};

/* --- who logs in, and what is asked --- */

static const char *const only_login[] = { "LOGIN" };
static const char *const only_scram[] = { "SCRAM-SHA-256" };
static const char *const only_external[] = { "EXTERNAL" };

static const struct smtp_wishes us = { .helo = "us" };
static const struct smtp_wishes mail = { .helo = "us", .from = "a@x",
	.rcpt = "b@y" };
static const struct smtp_wishes sender = { .helo = "us", .from = "" };
static const struct smtp_wishes utf8 = { .helo = "us", .from = "a@x",
	.rcpt = "\xc3\xb6@y" };
static const struct smtp_wishes lmtp = { .helo = "us", .from = "",
	.rcpt = "bob", .lmtp = true };
static const struct smtp_wishes nameless = { .helo = NULL };

#define BOB .user = SPAN("bob"), .password = SPAN("geheim")

static const struct login plain = { BOB, .mail = &us };
static const struct login mailing = { BOB, .mail = &mail };
static const struct login sending = { BOB, .mail = &sender };
static const struct login utf8_mail = { BOB, .mail = &utf8 };
static const struct login login_mech = { BOB, .mail = &us,
	.mechanisms = only_login, .nmechanisms = 1 };
static const struct login scram = { BOB, .mail = &us,
	.mechanisms = only_scram, .nmechanisms = 1, .sasl = paper_module };
static const struct login external = { .user = SPAN("bob"), .mail = &us,
	.mechanisms = only_external, .nmechanisms = 1, .client_cert = true };
static const struct login nobody = { .mail = &mail };
static const struct login over_lmtp = { .mail = &lmtp };
static const struct login no_name = { BOB, .mail = &nameless };
#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
static const struct login long_plain = { .user = SPAN("bob"), .mail = &us,
	.password = SPAN(HUNDRED HUNDRED HUNDRED HUNDRED) };

/* --- what is said --- */

#define HI	"220 mx ESMTP\r\n"
#define CAPS	"250-mx hello\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n"
#define QUICK	"250-mx\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n"
#define IN	"235 2.7.0 in\r\n"
#define OK	"250 ok\r\n"
#define EHLO	"EHLO us\r\n"
#define PLAIN	"AUTH PLAIN AGJvYgBnZWhlaW0=\r\n"
#define SAY	EHLO PLAIN
#define QUIT	"QUIT\r\n"
#define MAIL	"MAIL FROM:<a@x>\r\n"
#define RCPT	"RCPT TO:<b@y>\r\n"
#define RSET	"RSET\r\n"

static const struct row good_rows[] = {
	{ .name = "implicit TLS", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, IN }, .sent = SAY QUIT },
	{ .name = "STARTTLS", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, CAPS, "220 go\r\n", TLS, CAPS, IN },
	    .sent = EHLO "STARTTLS\r\n" SAY QUIT },
	{ .name = "LF and lower case", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, "220-mx\n220\n", "250-mx\n250 auth plain\n",
	    "235\n" }, .sent = SAY QUIT },
	{ .name = "AUTH= of old", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, "250-mx\r\n250 AUTH=PLAIN\r\n", IN },
	    .sent = SAY QUIT },
	{ .name = "LOGIN", .tls = TLS_IMPLICIT, .login = &login_mech,
	    .steps = { TLS, HI, CAPS, "334 VXNlcm5hbWU6\r\n",
	    "334 UGFzc3dvcmQ6\r\n", IN },
	    .sent = EHLO "AUTH LOGIN\r\nYm9i\r\nZ2VoZWlt\r\n" QUIT },
	{ .name = "no name of our own", .tls = TLS_IMPLICIT,
	    .login = &no_name, .steps = { TLS, HI, CAPS, IN },
	    .sent = "EHLO [127.0.0.1]\r\n" PLAIN QUIT },
	{ .name = "EXTERNAL, nothing to say", .tls = TLS_IMPLICIT,
	    .login = &external, .steps = { TLS, HI,
	    "250-mx\r\n250 AUTH EXTERNAL\r\n", IN },
	    .sent = EHLO "AUTH EXTERNAL =\r\n" QUIT },
	{ .name = "too long for one command", .tls = TLS_IMPLICIT,
	    .login = &long_plain, .steps = { TLS, HI, CAPS, "334 \r\n", IN },
	    .sent = EHLO "AUTH PLAIN\r\nAGJvYgAwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5\r\n" QUIT },
	{ .name = "in clear, allowed", .tls = TLS_NONE, .cleartext = true,
	    .login = &plain, .steps = { HI, CAPS, IN }, .sent = SAY QUIT }
};

static const struct row mail_rows[] = {
	{ .name = "step by step", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, CAPS, IN, OK, "251 ok\r\n", OK },
	    .sent = SAY MAIL RCPT RSET QUIT },
	{ .name = "one write", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, QUICK, IN, OK OK OK },
	    .sent = SAY MAIL RCPT RSET QUIT },
	{ .name = "one write, answers one by one", .tls = TLS_IMPLICIT,
	    .login = &mailing, .steps = { TLS, HI, QUICK, IN, OK, OK, OK },
	    .sent = SAY MAIL RCPT RSET QUIT },
	{ .name = "the null sender alone", .tls = TLS_IMPLICIT,
	    .login = &sending, .steps = { TLS, HI, CAPS, IN, OK, OK },
	    .sent = SAY "MAIL FROM:<>\r\n" RSET QUIT },
	{ .name = "SMTPUTF8", .tls = TLS_IMPLICIT, .login = &utf8_mail,
	    .steps = { TLS, HI, "250-mx\r\n250-SMTPUTF8\r\n250 AUTH PLAIN\r\n",
	    IN, OK, OK, OK }, .sent = SAY "MAIL FROM:<a@x> SMTPUTF8\r\n"
	    "RCPT TO:<\xc3\xb6@y>\r\n" RSET QUIT },
	{ .name = "no SMTPUTF8", .tls = TLS_IMPLICIT, .login = &utf8_mail,
	    .steps = { TLS, HI, CAPS, IN }, .cause = CAUSE_SUBMIT_REFUSED,
	    .stage = STAGE_SUBMIT, .sentence = "SMTPUTF8", .sent = SAY QUIT },
	{ .name = "without a login", .tls = TLS_NONE, .login = &nobody,
	    .steps = { HI, CAPS, OK, OK, OK },
	    .sent = EHLO MAIL RCPT RSET QUIT },
	{ .name = "LMTP", .tls = TLS_NONE, .login = &over_lmtp,
	    .steps = { HI, CAPS, OK, OK, OK }, .sent = "LHLO us\r\n"
	    "MAIL FROM:<>\r\nRCPT TO:<bob>\r\n" RSET QUIT },
	{ .name = "LHLO is unknown", .tls = TLS_NONE, .login = &over_lmtp,
	    .steps = { HI, "500 what?\r\n" },
	    .cause = CAUSE_PROTOCOL_REJECTED, .stage = STAGE_GREETING,
	    .sent = "LHLO us\r\n" QUIT },
	{ .name = "sender refused", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, CAPS, IN, "550 5.1.8 no\r\n" },
	    .cause = CAUSE_SUBMIT_REFUSED, .stage = STAGE_SUBMIT,
	    .sentence = "the sender a@x: \"550 5.1.8 no\"",
	    .sent = SAY MAIL QUIT },
	{ .name = "recipient deferred", .tls = TLS_IMPLICIT,
	    .login = &mailing, .steps = { TLS, HI, CAPS, IN, OK,
	    "450 4.2.0 Greylisted\r\n" }, .cause = CAUSE_SUBMIT_DEFERRED,
	    .stage = STAGE_SUBMIT, .sentence = "the recipient b@y",
	    .sent = SAY MAIL RCPT QUIT },
	{ .name = "relay denied, in one write", .tls = TLS_IMPLICIT,
	    .login = &mailing, .steps = { TLS, HI, QUICK, IN,
	    OK "554 5.7.1 <b@y>: Relay access denied\r\n" OK },
	    .cause = CAUSE_SUBMIT_RELAY_DENIED, .stage = STAGE_SUBMIT,
	    .sent = SAY MAIL RCPT RSET QUIT },
	{ .name = "full", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, CAPS, IN, OK, "552 5.2.2 full\r\n" },
	    .cause = CAUSE_QUOTA_EXCEEDED, .stage = STAGE_SUBMIT,
	    .sent = SAY MAIL RCPT QUIT },
	{ .name = "RSET refused", .tls = TLS_IMPLICIT, .login = &sending,
	    .steps = { TLS, HI, CAPS, IN, OK, "500 what?\r\n" },
	    .cause = CAUSE_PROTOCOL_REJECTED, .stage = STAGE_SUBMIT,
	    .sent = SAY "MAIL FROM:<>\r\n" RSET QUIT },
	{ .name = "a challenge to MAIL", .tls = TLS_IMPLICIT,
	    .login = &mailing, .steps = { TLS, HI, CAPS, IN, "354 go\r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_SUBMIT,
	    .sent = SAY MAIL },
	{ .name = "silence at MAIL", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, CAPS, IN, TIME },
	    .cause = CAUSE_SUBMIT_TIMEOUT, .stage = STAGE_SUBMIT,
	    .sentence = "did not answer MAIL", .sent = SAY MAIL QUIT },
	{ .name = "end at RCPT", .tls = TLS_IMPLICIT, .login = &mailing,
	    .steps = { TLS, HI, CAPS, IN, OK, FIN },
	    .cause = CAUSE_SUBMIT_CLOSED, .stage = STAGE_SUBMIT,
	    .sentence = "at RCPT", .sent = SAY MAIL RCPT }
};

static const struct row greeting_rows[] = {
	{ .name = "421", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { "421 4.3.2 later\r\n" },
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sent = "" },
	{ .name = "554", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { "554-go\r\n554 away\r\n" },
	    .cause = CAUSE_GREETING_REFUSED, .stage = STAGE_GREETING,
	    .sentence = "\"554-go away\"", .sent = "" },
	{ .name = "250 is no greeting", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { OK }, .cause = CAUSE_PROTOCOL_VIOLATION,
	    .stage = STAGE_GREETING, .sent = "" },
	{ .name = "IMAP", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { "* OK IMAP4 ready\r\n" },
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING,
	    .sent = "" },
	{ .name = "FTP", .tls = TLS_STARTTLS, .login = &plain, .steps = {
	    "220 (vsFTPd 3)\r\n", "530 Please login with USER and PASS.\r\n" },
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING,
	    .sent = EHLO QUIT },
	{ .name = "greeting and farewell", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI "421 4.7.0 busy\r\n" },
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sent = EHLO QUIT },
	{ .name = "EHLO gets 421", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, "421 4.7.0 busy\r\n" },
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sent = EHLO QUIT },
	{ .name = "EHLO gets 550", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, "550 no\r\n" }, .cause = CAUSE_GREETING_REFUSED,
	    .stage = STAGE_GREETING, .sent = EHLO QUIT },
	{ .name = "HELO, then nothing to log in by", .tls = TLS_IMPLICIT,
	    .login = &plain, .steps = { TLS, HI, "502 what?\r\n", OK },
	    .cause = CAUSE_AUTH_NO_MECHANISM, .stage = STAGE_AUTH,
	    .sent = EHLO "HELO us\r\n" QUIT },
	{ .name = "HELO, and no STARTTLS", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI, "500 what?\r\n",
	    "250-mx\r\n250 STARTTLS\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS,
	    .sent = EHLO "HELO us\r\n" QUIT },
	{ .name = "neither EHLO nor HELO", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI, "500 what?\r\n", "500 what?\r\n" },
	    .cause = CAUSE_PROTOCOL_REJECTED, .stage = STAGE_GREETING,
	    .sent = EHLO "HELO us\r\n" QUIT },
	{ .name = "silence at EHLO", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, TIME }, .cause = CAUSE_GREETING_TIMEOUT,
	    .stage = STAGE_GREETING, .sentence = "did not answer EHLO",
	    .sent = EHLO QUIT },
	{ .name = "end at EHLO", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, FIN }, .cause = CAUSE_GREETING_CLOSED,
	    .stage = STAGE_GREETING, .sentence = "at EHLO", .sent = EHLO },
	{ .name = "EHLO of two codes", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, "250-mx\r\n251 STARTTLS\r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_GREETING,
	    .sent = EHLO }
};

static const struct row tls_rows[] = {
	{ .name = "none offered", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, OK }, .cause = CAUSE_TLS_STARTTLS_MISSING,
	    .stage = STAGE_TLS, .sent = EHLO QUIT },
	{ .name = "struck out", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, "250-mx\r\n250 XXXXXXXA\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS,
	    .sentence = "\"XXXXXXXA\"", .sent = EHLO QUIT },
	{ .name = "454", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, CAPS, "454 4.7.0 TLS not available\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_REFUSED, .stage = STAGE_TLS,
	    .sent = EHLO "STARTTLS\r\n" QUIT },
	{ .name = "250 is no way into TLS", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI, CAPS, OK },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_TLS,
	    .sent = EHLO "STARTTLS\r\n" },
	{ .name = "what came before TLS is void", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI, CAPS, "220 go\r\n", TLS, OK },
	    .cause = CAUSE_AUTH_NO_MECHANISM, .stage = STAGE_AUTH,
	    .sent = EHLO "STARTTLS\r\n" EHLO QUIT },
	{ .name = "no AUTH before STARTTLS", .tls = TLS_NONE, .cleartext = true,
	    .login = &plain, .steps = { HI, "250-mx\r\n250 STARTTLS\r\n" },
	    .cause = CAUSE_AUTH_NEEDS_TLS, .stage = STAGE_AUTH,
	    .sent = EHLO QUIT },
	{ .name = "in clear, not allowed", .tls = TLS_NONE, .login = &plain,
	    .steps = { HI, CAPS }, .cause = CAUSE_AUTH_CLEARTEXT,
	    .stage = STAGE_AUTH, .sent = EHLO QUIT }
};

static const struct row injection_rows[] = {
	{ .name = "behind 220", .tls = TLS_STARTTLS, .login = &plain,
	    .steps = { HI, CAPS, "220 go\r\n250 owned\r\n" },
	    .cause = CAUSE_TLS_INJECTION, .stage = STAGE_TLS,
	    .sent = EHLO "STARTTLS\r\n" },
	{ .name = "a farewell behind 220", .tls = TLS_STARTTLS,
	    .login = &plain, .steps = { HI, CAPS,
	    "220 go\r\n421 4.3.2 bye\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_REFUSED, .stage = STAGE_TLS,
	    .sent = EHLO "STARTTLS\r\n" }
};

static const enum sasl_result proven[] = { SASL_GO_ON, SASL_GO_ON,
	SASL_COMPLETE };
static const enum sasl_result early[] = { SASL_GO_ON };

static const struct row auth_rows[] = {
	{ .name = "535", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, "535 5.7.8 no\r\n" },
	    .cause = CAUSE_AUTH_REJECTED, .stage = STAGE_AUTH,
	    .sent = SAY QUIT },
	{ .name = "unknown words", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, "535 5.7.1 because\r\n" },
	    .cause = CAUSE_AUTH_REFUSED, .stage = STAGE_AUTH,
	    .sentence = "\"535 5.7.1 because\"", .sent = SAY QUIT },
	{ .name = "454", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, "454 4.7.0 later\r\n" },
	    .cause = CAUSE_AUTH_UNAVAILABLE, .stage = STAGE_AUTH,
	    .sent = SAY QUIT },
	{ .name = "EHLO within TLS gets 421", .tls = TLS_IMPLICIT,
	    .login = &plain, .steps = { TLS, HI, "421 bye\r\n" },
	    .cause = CAUSE_AUTH_UNAVAILABLE, .stage = STAGE_AUTH,
	    .sent = EHLO QUIT },
	{ .name = "250 is no login", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, CAPS },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_AUTH,
	    .sent = SAY },
	{ .name = "354 is no challenge", .tls = TLS_IMPLICIT,
	    .login = &plain, .steps = { TLS, HI, CAPS, "354 go\r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_AUTH,
	    .sent = SAY },
	{ .name = "more challenges than PLAIN has", .tls = TLS_IMPLICIT,
	    .login = &plain, .steps = { TLS, HI, CAPS, "334 \r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_AUTH,
	    .sent = SAY "*\r\n" },
	{ .name = "SCRAM", .tls = TLS_IMPLICIT, .login = &scram,
	    .sasl = proven, .steps = { TLS, HI,
	    "250-mx\r\n250 AUTH SCRAM-SHA-256\r\n", "334 Yw==\r\n",
	    "334 ZA==\r\n", IN }, .sent = EHLO
	    "AUTH SCRAM-SHA-256 bTA=\r\nbTE=\r\n\r\n" QUIT },
	{ .name = "a server that proves nothing", .tls = TLS_IMPLICIT,
	    .login = &scram, .sasl = early, .steps = { TLS, HI,
	    "250-mx\r\n250 AUTH SCRAM-SHA-256\r\n", IN },
	    .cause = CAUSE_AUTH_SERVER_UNPROVEN, .stage = STAGE_AUTH,
	    .sent = EHLO "AUTH SCRAM-SHA-256 bTA=\r\n" QUIT },
	{ .name = "silence", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, TIME }, .cause = CAUSE_AUTH_TIMEOUT,
	    .stage = STAGE_AUTH, .sent = SAY QUIT },
	{ .name = "end", .tls = TLS_IMPLICIT, .login = &plain,
	    .steps = { TLS, HI, CAPS, FIN }, .cause = CAUSE_AUTH_CLOSED,
	    .stage = STAGE_AUTH, .sent = SAY }
};

/* what comes in one segment is no injection when it comes alone: played whole only */
static void
play_whole(const struct row *rows, size_t n)
{
	size_t i, j;

	for (i = 0; i < n; i++) {
		start(&rows[i]);
		for (j = 0; j < STEPS_MAX && rows[i].steps[j] != NULL; j++)
			play_step(rows[i].steps[j], false);
		check(&rows[i], false);
		finish();
	}
}

static void
test_rows(void **state)
{
	(void)state;
	play(good_rows, COUNT(good_rows));
	play(mail_rows, COUNT(mail_rows));
	play(greeting_rows, COUNT(greeting_rows));
	play(tls_rows, COUNT(tls_rows));
	play(auth_rows, COUNT(auth_rows));
	play_whole(injection_rows, COUNT(injection_rows));
}

static void
test_facts(void **state)
{
	const struct row row = { .tls = TLS_IMPLICIT, .login = &mailing };
	const struct smtp *m;

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step(HI, false);
	play_step("250-mx\r\n250-SIZE 1000\r\n250-AUTH PLAIN\r\n"
	    "250 XVERP\r\n", false);
	play_step(IN, false);
	m = s.talk;
	assert_int_equal(m->hello, HELLO_EHLO);
	assert_true(m->has_size && m->size == 1000);
	assert_string_equal(m->masked, "");
	assert_true(login_caps_has(&m->login, "XVERP"));
	assert_true(m->login.logged_in && !m->from_taken);
	play_step(OK, false);
	assert_true(m->from_taken && !m->rcpt_taken);
	finish();
}

/* our name, where none is given: the literal of our end */
static void
test_name(void **state)
{
	static const struct {
		const char	*address, *name;
	} rows[] = {
		{ "192.0.2.9", "[192.0.2.9]" },
		{ "2001:db8::9", "[IPv6:2001:db8::9]" }
	};
	const struct row row = { .tls = TLS_IMPLICIT, .login = &no_name };
	char text[ADDRESS_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		start(&row);
		address_parse(span_of(rows[i].address), &s.local);
		assert_string_equal(smtp_name(&s, text), rows[i].name);
		finish();
	}
}

static int
setup(void **state)
{
	(void)state;
	played = &smtp_protocol;
	played_ladder = whole_ladder;
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_name)
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}
