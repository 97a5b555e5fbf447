/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_pop3_session - whole POP3 dialogues as tables of events
 */
#include "dialog/download.h"
#include "dialog/pop3.h"
#include "dialog/unique.h"
#include "session_play.h"

static const struct rung whole_ladder[] = {
	RUNG_LADDER(pop3_login_ladder),
	RUNG_LADDER(pop3_drop_ladder),
	RUNG_LADDER(pop3_fetch_ladder),
	RUNG_END
};

/* --- who logs in --- */

static bool
paper_md5(struct span first, struct span second, char hex[LOGIN_DIGEST_MAX])
{
	assert_true(span_is(first, "<1.2@x>") && span_is(second, "geheim"));
	memcpy(hex, "0123456789abcdef0123456789abcdef", LOGIN_DIGEST_MAX);
	return true;
}

static bool
no_md5(struct span first, struct span second, char hex[LOGIN_DIGEST_MAX])
{
	(void)first;
	(void)second;
	(void)hex;
	return false;
}

static const char *const only_plain[] = { "PLAIN" };
static const char *const only_login[] = { "LOGIN" };
static const char *const only_apop[] = { "APOP" };
static const char *const only_scram[] = { "SCRAM-SHA-256" };
static const char *const only_external[] = { "EXTERNAL" };

#define BOB .user = SPAN("bob"), .password = SPAN("geheim")

static const struct login plain = { BOB, .mechanisms = only_plain,
	.nmechanisms = 1 };
static const struct login login_mech = { BOB, .mechanisms = only_login,
	.nmechanisms = 1 };
static const struct login apop = { BOB, .mechanisms = only_apop,
	.nmechanisms = 1, .md5 = paper_md5 };
static const struct login apop_without = { BOB, .mechanisms = only_apop,
	.nmechanisms = 1, .md5 = no_md5 };
static const struct login scram = { BOB, .mechanisms = only_scram,
	.nmechanisms = 1, .sasl = paper_module };
static const struct login external = { .user = SPAN("bob"),
	.mechanisms = only_external, .nmechanisms = 1, .client_cert = true };
static const struct login utf8 = { .user = SPAN("b\xc3\xb6" "b"),
	.password = SPAN("gr\xc3\xbc\xc3\x9f") };
static const struct login spaced = { .user = SPAN("bob b"),
	.password = SPAN("a b") };
static const struct login long_plain = { .user = SPAN("bob"),
	.password = SPAN("0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "0123456789012345678901234567890123456789"
	    "01234567890123456789"), .mechanisms = only_plain,
	.nmechanisms = 1 };
static const struct login fetching = { BOB, .fetch = 1 };
static const struct login fetching_two = { BOB, .fetch = 2 };

/* --- what is said --- */

#define HI	"+OK hi\r\n"
#define CAPS	"+OK list\r\nUSER\r\nUIDL\r\nSASL PLAIN LOGIN\r\nSTLS\r\n.\r\n"
#define QUICK	"+OK list\r\nUSER\r\nSASL PLAIN LOGIN\r\nPIPELINING\r\nUIDL\r\n.\r\n"
#define SAY	"CAPA\r\nUSER bob\r\nPASS geheim\r\n"
#define ALL	SAY "STAT\r\nQUIT\r\n"
#define OK	"+OK\r\n"
#define STAT	"+OK 3 120\r\n"

static const struct row good_rows[] = {
	{ .name = "USER and PASS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, STAT }, .sent = ALL },
	{ .name = "one write", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, QUICK, OK OK, STAT }, .sent = ALL },
	{ .name = "one write, answers one by one", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, QUICK, OK, OK, STAT }, .sent = ALL },
	{ .name = "no CAPA", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, "-ERR what?\r\n", OK, OK, STAT }, .sent = ALL },
	{ .name = "LF and lower case", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "+ok\n", "+ok\nuser\n.\n", "+ok\n", "+ok\n",
	    "+ok 3 120\n" }, .sent = ALL },
	{ .name = "STLS", .tls = TLS_STARTTLS, .steps = { HI, CAPS, OK, TLS,
	    CAPS, OK, OK, STAT },
	    .sent = "CAPA\r\nSTLS\r\n" SAY "STAT\r\nQUIT\r\n" },
	{ .name = "STLS without CAPA", .tls = TLS_STARTTLS,
	    .steps = { HI, "-ERR\r\n", OK, TLS, "-ERR\r\n", OK, OK, STAT },
	    .sent = "CAPA\r\nSTLS\r\n" SAY "STAT\r\nQUIT\r\n" }
};

static const struct row clear_rows[] = {
	{ .name = "in clear, allowed", .tls = TLS_NONE, .cleartext = true,
	    .steps = { HI, "+OK\r\nUSER\r\n.\r\n", OK, OK, STAT },
	    .sent = ALL },
	{ .name = "in clear, APOP", .tls = TLS_NONE, .cleartext = true,
	    .steps = { "+OK hi <1.2@x>\r\n", CAPS, OK, STAT },
	    .sent = "CAPA\r\nAPOP bob 0123456789abcdef0123456789abcdef\r\n"
	    "STAT\r\nQUIT\r\n", .login = &apop },
	{ .name = "in clear, not allowed", .tls = TLS_NONE,
	    .steps = { HI, CAPS }, .cause = CAUSE_AUTH_CLEARTEXT,
	    .stage = STAGE_AUTH, .sent = "CAPA\r\nQUIT\r\n" },
	{ .name = "APOP in clear, not allowed", .tls = TLS_NONE,
	    .steps = { "+OK hi <1.2@x>\r\n", CAPS },
	    .cause = CAUSE_AUTH_CLEARTEXT, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nQUIT\r\n", .login = &apop },
	{ .name = "no USER without TLS", .tls = TLS_NONE,
	    .steps = { HI, "+OK\r\nSTLS\r\nUIDL\r\n.\r\n" },
	    .cause = CAUSE_AUTH_NEEDS_TLS, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nQUIT\r\n", .sentence = "no USER in CAPA" }
};

static const enum sasl_result two_steps[] = { SASL_GO_ON, SASL_COMPLETE };
static const enum sasl_result one_step[] = { SASL_GO_ON };

#define PLAIN		"AGJvYgBnZWhlaW0="
#define LONG_PLAIN	"AGJvYgAwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz" \
	"NDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0" \
	"NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1" \
	"Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODk="
#define SCRAM		"+OK\r\nSASL SCRAM-SHA-256\r\n.\r\n"

static const struct row sasl_rows[] = {
	{ .name = "PLAIN waits for the server", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "+ \r\n", OK, STAT },
	    .sent = "CAPA\r\nAUTH PLAIN\r\n" PLAIN "\r\nSTAT\r\nQUIT\r\n",
	    .login = &plain },
	{ .name = "PLAIN in one write", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, QUICK, OK, STAT },
	    .sent = "CAPA\r\nAUTH PLAIN " PLAIN "\r\nSTAT\r\nQUIT\r\n",
	    .login = &plain },
	{ .name = "an initial response too long for a command",
	    .tls = TLS_IMPLICIT, .steps = { TLS, HI, QUICK, "+\r\n", OK,
	    STAT }, .sent = "CAPA\r\nAUTH PLAIN\r\n" LONG_PLAIN
	    "\r\nSTAT\r\nQUIT\r\n", .login = &long_plain },
	{ .name = "LOGIN", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "+ VXNlcjo=\r\n", "+ UGFzcw==\r\n", OK,
	    STAT }, .sent = "CAPA\r\nAUTH LOGIN\r\nYm9i\r\nZ2VoZWlt\r\n"
	    "STAT\r\nQUIT\r\n", .login = &login_mech },
	{ .name = "EXTERNAL is empty", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, "+OK\r\nSASL EXTERNAL\r\nPIPELINING\r\n.\r\n",
	    OK, STAT }, .sent = "CAPA\r\nAUTH EXTERNAL =\r\nSTAT\r\nQUIT\r\n",
	    .login = &external },
	{ .name = "8-bit names go by SASL", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "+ \r\n", OK, STAT },
	    .sent = "CAPA\r\nAUTH PLAIN\r\nAGLDtmIAZ3LDvMOf\r\nSTAT\r\nQUIT\r\n",
	    .login = &utf8 },
	{ .name = "so does a name with a space", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "+ \r\n", OK, STAT },
	    .sent = "CAPA\r\nAUTH PLAIN\r\nAGJvYiBiAGEgYg==\r\nSTAT\r\nQUIT\r\n",
	    .login = &spaced },
	{ .name = "APOP within TLS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "+OK hi <1.2@x>\r\n", QUICK, OK, STAT },
	    .sent = "CAPA\r\nAPOP bob 0123456789abcdef0123456789abcdef\r\n"
	    "STAT\r\nQUIT\r\n", .login = &apop },
	{ .name = "a timestamp from before TLS is nobody's",
	    .tls = TLS_STARTTLS, .steps = { "+OK hi <1.2@x>\r\n", CAPS, OK,
	    TLS, CAPS }, .cause = CAUSE_AUTH_NO_MECHANISM,
	    .stage = STAGE_AUTH, .sent = "CAPA\r\nSTLS\r\nCAPA\r\nQUIT\r\n",
	    .login = &apop },
	{ .name = "APOP without MD5", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "+OK hi <1.2@x>\r\n", CAPS },
	    .cause = CAUSE_INTERNAL_MODULE, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nQUIT\r\n", .login = &apop_without },
	{ .name = "SCRAM", .tls = TLS_IMPLICIT, .steps = { TLS, HI, SCRAM,
	    "+ \r\n", "+ cw==\r\n", OK, STAT }, .sent = "CAPA\r\n"
	    "AUTH SCRAM-SHA-256\r\nbTA=\r\n\r\nSTAT\r\nQUIT\r\n",
	    .login = &scram, .sasl = two_steps },
	{ .name = "SCRAM unproven", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    SCRAM, "+ \r\n", OK }, .cause = CAUSE_AUTH_SERVER_UNPROVEN,
	    .stage = STAGE_AUTH, .sent = "CAPA\r\nAUTH SCRAM-SHA-256\r\n"
	    "bTA=\r\nQUIT\r\n", .login = &scram, .sasl = one_step },
	{ .name = "a challenge too many", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "+ \r\n", "+ \r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nAUTH PLAIN\r\n" PLAIN "\r\n*\r\n",
	    .login = &plain },
	{ .name = "a challenge to PASS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, "+ \r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_AUTH,
	    .sent = SAY }
};

static const struct row bad_rows[] = {
	{ .name = "refused greeting", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "-ERR [SYS/PERM] go away\r\n" },
	    .cause = CAUSE_GREETING_REFUSED, .stage = STAGE_GREETING,
	    .sent = "", .sentence = "greets with a refusal" },
	{ .name = "greeting in unknown words", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "-ERR hm\r\n" },
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sent = "" },
	{ .name = "IMAP", .tls = TLS_NONE, .steps = { "* OK hi\r\n" },
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING,
	    .sent = "", .sentence = "speaks IMAP, not POP3" },
	{ .name = "SMTP", .tls = TLS_NONE, .steps = { "220 hi\r\n" },
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING,
	    .sent = "", .sentence = "speaks SMTP or FTP, not POP3" },
	{ .name = "no greeting", .tls = TLS_IMPLICIT, .steps = { TLS, TIME },
	    .cause = CAUSE_GREETING_TIMEOUT, .stage = STAGE_GREETING,
	    .sent = "" },
	{ .name = "end before the greeting", .tls = TLS_IMPLICIT,
	    .steps = { TLS, FIN }, .cause = CAUSE_GREETING_CLOSED,
	    .stage = STAGE_GREETING, .sent = "" },
	{ .name = "STLS not offered", .tls = TLS_STARTTLS,
	    .steps = { HI, "+OK\r\nUSER\r\n.\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS,
	    .sent = "CAPA\r\nQUIT\r\n", .sentence = "does not offer STLS" },
	{ .name = "STLS unknown without CAPA", .tls = TLS_STARTTLS,
	    .steps = { HI, "-ERR\r\n", "-ERR\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS,
	    .sent = "CAPA\r\nSTLS\r\nQUIT\r\n" },
	{ .name = "STLS refused", .tls = TLS_STARTTLS,
	    .steps = { HI, CAPS, "-ERR no key\r\n" },
	    .cause = CAUSE_TLS_STARTTLS_REFUSED, .stage = STAGE_TLS,
	    .sent = "CAPA\r\nSTLS\r\nQUIT\r\n", .sentence = "no key" },
	{ .name = "CAPA refused for good reason", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, "-ERR [SYS/TEMP] later\r\n" },
	    .cause = CAUSE_AUTH_UNAVAILABLE, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nQUIT\r\n" },
	{ .name = "no way in", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, "+OK\r\nSASL GSSAPI\r\n.\r\n" },
	    .cause = CAUSE_AUTH_NO_MECHANISM, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nQUIT\r\n", .sentence = "offers GSSAPI" },
	{ .name = "USER refused", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, "-ERR [AUTH] who?\r\n" },
	    .cause = CAUSE_AUTH_REJECTED, .stage = STAGE_AUTH,
	    .sent = "CAPA\r\nUSER bob\r\nQUIT\r\n" },
	{ .name = "PASS refused", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, "-ERR hm\r\n" },
	    .cause = CAUSE_AUTH_REFUSED, .stage = STAGE_AUTH,
	    .sent = SAY "QUIT\r\n" },
	{ .name = "PASS refused in one write", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, QUICK, OK "-ERR [AUTH] no\r\n" },
	    .cause = CAUSE_AUTH_REJECTED, .stage = STAGE_AUTH,
	    .sent = SAY "QUIT\r\n" },
	{ .name = "in use", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, "-ERR [IN-USE] locked\r\n" },
	    .cause = CAUSE_MAILBOX_IN_USE, .stage = STAGE_AUTH,
	    .sent = SAY "QUIT\r\n" },
	{ .name = "in and out", .tls = TLS_IMPLICIT, .steps = { TLS, HI, CAPS,
	    OK, "+OK Logged in.\r\n-ERR [SYS/TEMP] broken\r\n" },
	    .cause = CAUSE_MAILBOX_UNAVAILABLE, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\nQUIT\r\n" },
	{ .name = "in and out in one write", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, QUICK,
	    OK "+OK Logged in.\r\n-ERR [IN-USE] busy\r\n" },
	    .cause = CAUSE_MAILBOX_IN_USE, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\nQUIT\r\n" },
	{ .name = "silence at STAT", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, TIME },
	    .cause = CAUSE_MAILBOX_TIMEOUT, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\nQUIT\r\n" },
	{ .name = "end at PASS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, FIN }, .cause = CAUSE_AUTH_CLOSED,
	    .stage = STAGE_AUTH, .sent = SAY },
	{ .name = "STAT refused", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, "-ERR hm\r\n" },
	    .cause = CAUSE_MAILBOX_UNAVAILABLE, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\nQUIT\r\n" },
	{ .name = "STAT without a number", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, "+OK fine\r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\n", .sentence = "without a number" },
	{ .name = "nonsense at STAT", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, "3 120\r\n" },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\n" }
};

/* --- the download --- */

#define LISTS	"UIDL\r\nLIST\r\n"
#define UIDS	"+OK\r\n1 a\r\n2 b\r\n3 a\r\n.\r\n"
#define LIST	"+OK\r\n1 40\r\n2 40\r\n3 17\r\n.\r\n"
#define LETTER	"+OK\r\nFrom: a\r\n\r\n..b\r\n.\r\n"

static const struct row fetch_rows[] = {
	{ .name = "the newest", .tls = TLS_IMPLICIT, .steps = { TLS, HI, CAPS,
	    OK, OK, STAT, UIDS, LIST, LETTER },
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .login = &fetching },
	{ .name = "the newest two", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    CAPS, OK, OK, STAT, UIDS, LIST, LETTER, LETTER },
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nRETR 2\r\nQUIT\r\n",
	    .login = &fetching_two },
	{ .name = "nothing there", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    CAPS, OK, OK, "+OK 0 0\r\n" }, .sent = ALL,
	    .login = &fetching },
	{ .name = "UIDL refused", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    CAPS, OK, OK, STAT, "-ERR no\r\n", LIST, LETTER },
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .login = &fetching },
	{ .name = "LIST refused", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    CAPS, OK, OK, STAT, UIDS, "-ERR no\r\n" },
	    .cause = CAUSE_MAILBOX_UNAVAILABLE, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\n" LISTS "QUIT\r\n", .login = &fetching },
	{ .name = "LIST and STAT disagree", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK, STAT, UIDS,
	    "+OK\r\n1 40\r\nx\r\n4 1\r\n.\r\n", LETTER },
	    .cause = CAUSE_MAILBOX_DEGRADED, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .sentence = "counts 3 messages by STAT and lists 1, with 2 lines",
	    .login = &fetching },
	{ .name = "RETR refused", .tls = TLS_IMPLICIT, .steps = { TLS, HI,
	    CAPS, OK, OK, STAT, UIDS, LIST, "-ERR no such message\r\n" },
	    .cause = CAUSE_FETCH_REFUSED, .stage = STAGE_FETCH,
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .sentence = "refuses to deliver message 3", .login = &fetching },
	{ .name = "cut short", .tls = TLS_IMPLICIT, .steps = { TLS, HI, CAPS,
	    OK, OK, STAT, UIDS, LIST, "+OK\r\nFrom: a\r\n", FIN },
	    .cause = CAUSE_FETCH_INCOMPLETE, .stage = STAGE_FETCH,
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\n",
	    .sentence = "(9 bytes came)", .login = &fetching },
	{ .name = "stalled", .tls = TLS_IMPLICIT, .steps = { TLS, HI, CAPS,
	    OK, OK, STAT, UIDS, LIST, "+OK\r\n", TIME },
	    .cause = CAUSE_FETCH_TIMEOUT, .stage = STAGE_FETCH,
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .sentence = "(no byte of the message came)", .login = &fetching },
	{ .name = "no message", .tls = TLS_IMPLICIT, .steps = { TLS, HI, CAPS,
	    OK, OK, STAT, UIDS, LIST, "+OK\r\n.\r\n" },
	    .cause = CAUSE_FETCH_MALFORMED, .stage = STAGE_FETCH,
	    .sent = SAY "STAT\r\n" LISTS "RETR 3\r\nQUIT\r\n",
	    .sentence = "it is empty", .login = &fetching }
};

static void
test_good(void **state)
{
	(void)state;
	play(good_rows, COUNT(good_rows));
}

static void
test_clear(void **state)
{
	(void)state;
	play(clear_rows, COUNT(clear_rows));
}

static void
test_sasl(void **state)
{
	(void)state;
	play(sasl_rows, COUNT(sasl_rows));
}

static void
test_bad(void **state)
{
	(void)state;
	play(bad_rows, COUNT(bad_rows));
}

static void
test_fetch(void **state)
{
	(void)state;
	play(fetch_rows, COUNT(fetch_rows));
}

/* what comes in one piece with the answer before it, and so before its question */
static const struct row early_rows[] = {
	{ .name = "injection", .tls = TLS_STARTTLS,
	    .steps = { HI, CAPS, "+OK go\r\n+OK injected\r\n" },
	    .cause = CAUSE_TLS_INJECTION, .stage = STAGE_TLS,
	    .sent = "CAPA\r\nSTLS\r\n" },
	{ .name = "two greetings", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI HI, CAPS }, .cause = CAUSE_PROTOCOL_VIOLATION,
	    .stage = STAGE_AUTH, .sent = "CAPA\r\n" },
	{ .name = "in twice", .tls = TLS_IMPLICIT,
	    .steps = { TLS, HI, CAPS, OK, OK OK },
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_MAILBOX,
	    .sent = SAY "STAT\r\n" }
};

static void
test_early(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < COUNT(early_rows); i++) {
		start(&early_rows[i]);
		for (j = 0; early_rows[i].steps[j] != NULL; j++)
			play_step(early_rows[i].steps[j], false);
		check(&early_rows[i], false);
		finish();
	}
}

/* what is learnt on the way */
static void
test_learnt(void **state)
{
	const struct pop3 *m;
	size_t i;

	(void)state;
	start(&fetch_rows[1]);
	for (i = 0; i < STEPS_MAX && fetch_rows[1].steps[i] != NULL; i++)
		play_step(fetch_rows[1].steps[i], true);
	m = pop3_of(&s);
	assert_true(m->login.logged_in && m->drop.opened);
	assert_string_equal(buf_cstr(&((struct pop3 *)s.talk)->login.caps_text),
	    "USER\nUIDL\nSASL PLAIN LOGIN\nSTLS");
	assert_true(login_caps_has(&m->login, "sasl"));
	assert_false(login_caps_has(&m->login, "PLAIN"));
	assert_int_equal(m->login.offer.n, 2);
	assert_string_equal(m->login.choice.mechanism, "USER");
	assert_int_equal(m->drop.messages, 3);
	assert_int_equal(m->drop.bytes, 120);
	assert_int_equal(m->drop.listed, 3);
	assert_int_equal(m->drop.uids, 3);
	assert_int_equal(m->drop.duplicates, 1);
	/* "From: a", an empty line and ".b": 15 bytes, where LIST says 17 and 40 */
	assert_int_equal(m->login.download->messages, 2);
	assert_int_equal(m->login.download->bytes, 30);
	assert_int_equal(m->login.download->resized, 2);
	assert_true(strstr(buf_cstr(&s.log), "geheim") == NULL);
	finish();
}

/* a list without end is a violation, long before it fills anything */
static void
test_endless_capa(void **state)
{
	static const struct row row = { .name = "endless",
		.tls = TLS_IMPLICIT };
	int i;

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step(HI, false);
	play_step("+OK\r\n", false);
	for (i = 0; i < POP3_CAPA_LINES + 2 && want.kind != WANT_DONE; i++)
		play_step("X\r\n", false);
	assert_int_equal(want.kind, WANT_DONE);
	assert_int_equal(r.sheet.nfindings, 1);
	assert_int_equal(r.sheet.findings[0].cause,
	    CAUSE_PROTOCOL_VIOLATION);
	assert_true(strstr(r.sheet.findings[0].sentence, "without end") !=
	    NULL);
	finish();
}

static void
test_unique(void **state)
{
	struct unique *u = unique_new(3);
	char name[16];
	int i, again = 0;

	(void)state;
	assert_non_null(u);
	assert_false(unique_add(u, span_of("a")));
	assert_false(unique_add(u, span_of("b")));
	assert_true(unique_add(u, span_of("a")));
	assert_false(unique_add(u, span_of("")));
	/* more names than it has room for do no harm */
	for (i = 0; i < 1000; i++) {
		snprintf(name, sizeof(name), "n%d", i);
		again += unique_add(u, span_of(name));
	}
	assert_int_equal(again, 0);
	unique_free(u);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_clear),
		cmocka_unit_test(test_sasl),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_fetch),
		cmocka_unit_test(test_early),
		cmocka_unit_test(test_learnt),
		cmocka_unit_test(test_endless_capa),
		cmocka_unit_test(test_unique)
	};

	played = &pop3_protocol;
	played_ladder = whole_ladder;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
