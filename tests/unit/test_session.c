/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_session - whole IMAP dialogues as tables of events
 */
#include "dialog/imap.h"
#include "dialog/download.h"
#include "dialog/imap_fetch.h"
#include "dialog/imap_mailbox.h"
#include "session_play.h"

static const struct rung whole_ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_fetch_ladder),
	RUNG_END
};

/* --- who logs in --- */

static const struct sasl_functions *
no_module(struct buf *why)
{
	buf_str(why, "the SASL module is not installed");
	return NULL;
}

static const char *const only_scram[] = { "SCRAM-SHA-256" };
static const char *const only_login[] = { "LOGIN" };
static const char *const only_external[] = { "EXTERNAL" };

static const struct login quoting = { .user = SPAN("a \"b\\c"),
	.password = SPAN("p\\w\"d"), .mailbox = SPAN("a\"b") };
static const struct login utf8 = { .user = SPAN("b\xc3\xb6" "b"),
	.password = SPAN("gr\xc3\xbc\xc3\x9f"),
	.mailbox = SPAN("Entw\xc3\xbcrfe & more") };
static const struct login scram = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.mechanisms = only_scram, .nmechanisms = 1, .sasl = paper_module };
static const struct login moduleless = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.mechanisms = only_scram, .nmechanisms = 1, .sasl = no_module };
static const struct login login_mech = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.mechanisms = only_login, .nmechanisms = 1 };
static const struct login external = { .user = SPAN("bob"),
	.mailbox = SPAN("INBOX"), .mechanisms = only_external,
	.nmechanisms = 1, .client_cert = true };

/* --- dialogues --- */

#define GREETING	"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\r\n"
#define BARE		"* OK [CAPABILITY IMAP4rev1] hi\r\n"
#define CAPS		"* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\na1 OK\r\n"
#define PLAIN		"AGJvYgBnZWhlaW0="
#define SAY_PLAIN	"a1 AUTHENTICATE PLAIN " PLAIN "\r\n"
#define SAY_BOX		"a2 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n" \
			"a3 EXAMINE \"INBOX\"\r\n"
#define IN		"a1 OK in\r\n"
#define STATUS		"* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\na2 OK\r\n"
#define EXAMINE		"* 3 EXISTS\r\n* OK [UIDVALIDITY 7] ok\r\n" \
			"a3 OK [READ-ONLY] open\r\n"
#define SAID		SAY_PLAIN SAY_BOX
#define OUT		"a4 LOGOUT\r\n"
#define ALL		SAID OUT

static const struct row good_rows[] = {
	{ .name = "caps in the greeting", .tls = TLS_IMPLICIT,
	    .steps = { TLS, GREETING, IN, STATUS, EXAMINE },
	    .sent = ALL },
	{ .name = "both answers at once", .tls = TLS_IMPLICIT,
	    .steps = { TLS, GREETING, IN, STATUS EXAMINE },
	    .sent = ALL },
	{ .name = "caps asked for", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "* OK hi\r\n", CAPS, "a2 OK in\r\n",
	    "* STATUS \"INBOX\" (UNSEEN 0 MESSAGES 3)\r\na3 OK\r\n",
	    "a4 OK\r\n" }, .sent = "a1 CAPABILITY\r\n"
	    "a2 AUTHENTICATE PLAIN " PLAIN "\r\n"
	    "a3 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a4 EXAMINE \"INBOX\"\r\na5 LOGOUT\r\n" },
	{ .name = "no text, bare LF, lower case", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "* ok\n",
	    "* capability imap4rev1 auth=plain sasl-ir\na1 ok\n",
	    "a2 ok\n", "a3 ok\n", "a4 ok\n" },
	    .sent = "a1 CAPABILITY\r\n"
	    "a2 AUTHENTICATE PLAIN " PLAIN "\r\n"
	    "a3 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a4 EXAMINE \"INBOX\"\r\na5 LOGOUT\r\n" },
	{ .name = "STARTTLS", .tls = TLS_STARTTLS,
	    .steps = { "* OK [CAPABILITY IMAP4rev1 STARTTLS "
	    "LOGINDISABLED] hi\r\n", "a1 OK go\r\n", TLS,
	    "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\na2 OK\r\n",
	    "a3 OK in\r\n", "a4 OK\r\n", "a5 OK\r\n" },
	    .sent = "a1 STARTTLS\r\na2 CAPABILITY\r\n"
	    "a3 AUTHENTICATE PLAIN " PLAIN "\r\n"
	    "a4 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a5 EXAMINE \"INBOX\"\r\na6 LOGOUT\r\n" },
	{ .name = "STARTTLS, caps asked for", .tls = TLS_STARTTLS,
	    .steps = { "* OK hi\r\n",
	    "* CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN\r\na1 OK\r\n",
	    "a2 OK go\r\n", TLS,
	    "* CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN\r\na3 OK\r\n",
	    "a4 OK in\r\n", "a5 OK\r\n", "a6 OK\r\n" },
	    .sent = "a1 CAPABILITY\r\na2 STARTTLS\r\na3 CAPABILITY\r\n"
	    "a4 AUTHENTICATE PLAIN " PLAIN "\r\n"
	    "a5 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a6 EXAMINE \"INBOX\"\r\na7 LOGOUT\r\n" },
	{ .name = "PREAUTH inside TLS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "* PREAUTH hi bob\r\n",
	    "* STATUS INBOX (MESSAGES 3)\r\na1 OK\r\n", "a2 OK\r\n" },
	    .sent = "a1 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
	    "a2 EXAMINE \"INBOX\"\r\na3 LOGOUT\r\n" },
	{ .name = "in clear, allowed", .tls = TLS_NONE,
	    .cleartext = true,
	    .steps = { GREETING, IN, STATUS, EXAMINE }, .sent = ALL },
	{ .name = "noise on the way", .tls = TLS_IMPLICIT,
	    .steps = { TLS, GREETING, "* OK [ALERT] noon\r\n" IN,
	    "* 1 RECENT\r\n* FLAGS ()\r\n* LIST () \"/\" {5}\r\nINBOX"
	    "\r\n" STATUS, EXAMINE }, .sent = ALL }
};

static void
test_good(void **state)
{
	(void)state;
	play(good_rows, COUNT(good_rows));
}

static const struct row greeting_rows[] = {
	{ "unavailable", TLS_IMPLICIT, { TLS,
	    "* BYE [UNAVAILABLE] try again\r\n" },
	    CAUSE_GREETING_UNAVAILABLE, STAGE_GREETING, "",
	    "\"[UNAVAILABLE] try again\"" },
	{ "unknown words", TLS_IMPLICIT, { TLS, "* BYE tired\r\n" },
	    CAUSE_GREETING_UNAVAILABLE, STAGE_GREETING, "", "tired" },
	{ "blocked", TLS_STARTTLS, { "* BYE you are blocked\r\n" },
	    CAUSE_GREETING_REFUSED, STAGE_GREETING, "", "blocked" },
	{ "limit", TLS_IMPLICIT, { TLS,
	    "* BYE Too many connections\r\n" },
	    CAUSE_AUTH_CONNECTION_LIMIT, STAGE_GREETING, "", NULL },
	{ "silence", TLS_IMPLICIT, { TLS, TIME },
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING, "",
	    "sent no greeting within" },
	{ "half a greeting", TLS_STARTTLS, { "* OK he", TIME },
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING, "", NULL },
	{ "end", TLS_IMPLICIT, { TLS, FIN }, CAUSE_GREETING_CLOSED,
	    STAGE_GREETING, "", "closed the connection before" },
	{ "end in clear", TLS_STARTTLS, { FIN },
	    CAUSE_GREETING_CLOSED, STAGE_GREETING, "", NULL },
	{ "half, then the end", TLS_IMPLICIT, { TLS, "* OK", FIN },
	    CAUSE_GREETING_CLOSED, STAGE_GREETING, "", NULL },
	{ "reset inside TLS", TLS_IMPLICIT, { TLS, RST },
	    CAUSE_GREETING_CLOSED, STAGE_GREETING, "", "reset" },
	{ "reset at once", TLS_STARTTLS, { RST }, CAUSE_CONNECT_RESET,
	    STAGE_CONNECT, "", NULL },
	{ "reset after a byte", TLS_STARTTLS, { "*", RST },
	    CAUSE_GREETING_CLOSED, STAGE_GREETING, "", NULL },
	{ "SMTP", TLS_STARTTLS, { "220 mail ESMTP\r\n" },
	    CAUSE_GREETING_WRONG_PROTOCOL, STAGE_GREETING, "",
	    "SMTP or FTP" },
	{ "POP3", TLS_IMPLICIT, { TLS, "+OK ready\r\n" },
	    CAUSE_GREETING_WRONG_PROTOCOL, STAGE_GREETING, "",
	    "POP3" },
	{ "SSH", TLS_NONE, { "SSH-2.0-x\r\n" },
	    CAUSE_GREETING_WRONG_PROTOCOL, STAGE_GREETING, "", "SSH" },
	{ "HTTP", TLS_IMPLICIT, { TLS, "HTTP/1.1 400 Bad\r\n" },
	    CAUSE_GREETING_WRONG_PROTOCOL, STAGE_GREETING, "",
	    "HTTP" },
	{ "TLS alert", TLS_STARTTLS, { "\x15" },
	    CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, "", NULL },
	{ "junk", TLS_IMPLICIT, { TLS, "what\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_GREETING, "", "what" },
	{ "data", TLS_IMPLICIT, { TLS, "* 3 EXISTS\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_GREETING, "", NULL },
	{ "no", TLS_IMPLICIT, { TLS, "* NO not today\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_GREETING, "", NULL },
	{ "tagged", TLS_IMPLICIT, { TLS, "a1 OK ready\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_GREETING, "", NULL },
	{ "PREAUTH before STARTTLS", TLS_STARTTLS,
	    { "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n" },
	    CAUSE_TLS_PREAUTH, STAGE_TLS, "", NULL }
};

static void
test_greeting(void **state)
{
	(void)state;
	play(greeting_rows, COUNT(greeting_rows));
}

#define CLEAR	"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"

static const struct row starttls_rows[] = {
	{ "missing", TLS_STARTTLS, { GREETING },
	    CAUSE_TLS_STARTTLS_MISSING, STAGE_TLS, "a1 LOGOUT\r\n",
	    NULL },
	{ "refused", TLS_STARTTLS, { CLEAR, "a1 NO no key\r\n" },
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
	    "a1 STARTTLS\r\na2 LOGOUT\r\n", "no key" },
	{ "called wrong", TLS_STARTTLS, { CLEAR, "a1 BAD what\r\n" },
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
	    "a1 STARTTLS\r\na2 LOGOUT\r\n", "what" },
	{ "goodbye", TLS_STARTTLS, { CLEAR, "* BYE no key\r\n" },
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
	    "a1 STARTTLS\r\na2 LOGOUT\r\n", "no key" },
	{ "silence", TLS_STARTTLS, { CLEAR, TIME }, CAUSE_TLS_TIMEOUT,
	    STAGE_TLS, "a1 STARTTLS\r\na2 LOGOUT\r\n",
	    "did not answer STARTTLS" },
	{ "end", TLS_STARTTLS, { CLEAR, FIN }, CAUSE_TLS_CLOSED,
	    STAGE_TLS, "a1 STARTTLS\r\n", NULL },
	{ "reset", TLS_STARTTLS, { CLEAR, RST }, CAUSE_TLS_CLOSED,
	    STAGE_TLS, "a1 STARTTLS\r\n", NULL },
	{ "alert", TLS_STARTTLS, { CLEAR, "a1 OK\r\n", NOTLS },
	    CAUSE_TLS_HANDSHAKE, STAGE_TLS, "a1 STARTTLS\r\n", NULL },
	{ "silence in the handshake", TLS_STARTTLS,
	    { CLEAR, "a1 OK\r\n", TIME }, CAUSE_TLS_TIMEOUT,
	    STAGE_TLS, "a1 STARTTLS\r\n", NULL },
	{ "continuation", TLS_STARTTLS, { CLEAR, "+ go\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_TLS, "a1 STARTTLS\r\n",
	    NULL },
	{ "capabilities: silence", TLS_STARTTLS,
	    { "* OK hi\r\n", TIME }, CAUSE_GREETING_TIMEOUT,
	    STAGE_GREETING, "a1 CAPABILITY\r\na2 LOGOUT\r\n", NULL },
	{ "capabilities: end", TLS_STARTTLS, { "* OK hi\r\n", FIN },
	    CAUSE_GREETING_CLOSED, STAGE_GREETING,
	    "a1 CAPABILITY\r\n", NULL },
	{ "believed only inside", TLS_STARTTLS,
	    { "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN] hi\r\n",
	    "a1 OK go\r\n", TLS,
	    "* CAPABILITY IMAP4rev1 LOGINDISABLED\r\na2 OK\r\n" },
	    CAUSE_AUTH_NO_MECHANISM, STAGE_AUTH,
	    "a1 STARTTLS\r\na2 CAPABILITY\r\na3 LOGOUT\r\n", "none" }
};

static void
test_starttls(void **state)
{
	(void)state;
	play(starttls_rows, COUNT(starttls_rows));
}

static const struct {
	const char	*answer;
	enum cause	 cause;
} injection_rows[] = {
	{ "a1 OK go\r\n* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
	    CAUSE_TLS_INJECTION },
	{ "a1 OK go\r\na2 OK [CAPABILITY IMAP4rev1] in\r\n",
	    CAUSE_TLS_INJECTION },
	{ "a1 OK go\r\nx", CAUSE_TLS_INJECTION },
	{ "a1 OK go\r\n* BYE no key\r\n", CAUSE_TLS_STARTTLS_REFUSED }
};

/* bytes behind the STARTTLS answer are there only when they come with it */
static void
test_injection(void **state)
{
	static const struct row row = { .name = "injection",
		.tls = TLS_STARTTLS };
	char *flood;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(injection_rows); i++) {
		start(&row);
		play_step(CLEAR, false);
		play_step(injection_rows[i].answer, false);
		assert_int_equal(want.kind, WANT_DONE);
		assert_int_equal(r.sheet.nfindings, 1);
		assert_int_equal(r.sheet.findings[0].cause, injection_rows[i].cause);
		assert_int_equal(r.sheet.findings[0].stage, STAGE_TLS);
		assert_string_equal(buf_cstr(&sent), "a1 STARTTLS\r\n");
		finish();
	}
	/* what is quoted does not tell the password */
	start(&row);
	play_step(CLEAR, false);
	play_step("a1 OK go\r\n* geheim and ge\xe2\x80\x8bheim\r\n", false);
	assert_non_null(strstr(r.sheet.findings[0].sentence,
	    "* *** and ***"));
	finish();
	/* also when it is more than any buffer holds */
	flood = malloc(1000000);
	assert_non_null(flood);
	memset(flood, 'x', 1000000);
	memcpy(flood, "a1 OK go\r\n", 10);
	start(&row);
	play_step(CLEAR, false);
	happen((struct event){ .kind = EVENT_BYTES,
	    .bytes = { flood, 1000000 } });
	assert_true(sheet_has(&r.sheet, CAUSE_TLS_INJECTION));
	assert_false(r.sheet.nomem);
	finish();
	free(flood);
}

static void
test_tls_first(void **state)
{
	static const struct row rows[] = {
		{ "alert", TLS_IMPLICIT, { NOTLS }, CAUSE_TLS_HANDSHAKE,
		    STAGE_TLS, "", NULL },
		{ "silence", TLS_IMPLICIT, { TIME }, CAUSE_TLS_TIMEOUT,
		    STAGE_TLS, "", NULL },
		{ "end", TLS_IMPLICIT, { FIN }, CAUSE_TLS_CLOSED, STAGE_TLS,
		    "", NULL },
		{ "an alert after the handshake", TLS_IMPLICIT,
		    { TLS, GREETING, NOTLS }, CAUSE_TLS_HANDSHAKE, STAGE_TLS,
		    SAID, NULL }
	};

	(void)state;
	play(rows, COUNT(rows));
}

static const struct row login_rows[] = {
	{ "rejected", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n" },
	    CAUSE_AUTH_REJECTED, STAGE_AUTH, SAID OUT,
	    "\"[AUTHENTICATIONFAILED] Authentication failed.\"" },
	{ "unavailable", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 NO [UNAVAILABLE] later\r\n" }, CAUSE_AUTH_UNAVAILABLE,
	    STAGE_AUTH, SAID OUT, "later" },
	{ "unknown words", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 NO the moon\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    SAID OUT, "\"the moon\"" },
	{ "called wrong", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 BAD what\r\n" }, CAUSE_PROTOCOL_REJECTED, STAGE_AUTH,
	    SAID OUT, "what" },
	{ "goodbye in known words", TLS_IMPLICIT, { TLS, GREETING,
	    "* BYE Internal login failure. Refer\r\n" },
	    CAUSE_AUTH_UNAVAILABLE, STAGE_AUTH,
	    SAID OUT, "goodbye" },
	{ "goodbye", TLS_IMPLICIT, { TLS, GREETING, "* BYE now\r\n" },
	    CAUSE_AUTH_CLOSED, STAGE_AUTH, SAID OUT,
	    "now" },
	{ "silence", TLS_IMPLICIT, { TLS, GREETING, TIME },
	    CAUSE_AUTH_TIMEOUT, STAGE_AUTH, SAID OUT,
	    "did not answer the login" },
	{ "words, no answer", TLS_IMPLICIT, { TLS, GREETING,
	    "* OK wait\r\n", TIME }, CAUSE_AUTH_TIMEOUT, STAGE_AUTH,
	    SAID OUT, NULL },
	{ "end", TLS_IMPLICIT, { TLS, GREETING, FIN },
	    CAUSE_AUTH_CLOSED, STAGE_AUTH, SAID, "closed" },
	{ "reset", TLS_IMPLICIT, { TLS, GREETING, RST },
	    CAUSE_AUTH_CLOSED, STAGE_AUTH, SAID, "reset" },
	{ "referral", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 NO [REFERRAL imap://b@other/] there\r\n" },
	    CAUSE_AUTH_REFERRAL, STAGE_AUTH, SAID OUT,
	    "imap://b@other/" },
	{ "a tag of nobody", TLS_IMPLICIT, { TLS, GREETING,
	    "a9 OK in\r\n" }, CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    SAID, "a9 OK in" },
	{ "another protocol now", TLS_IMPLICIT, { TLS, GREETING,
	    "HTTP/1.1 500 x\r\n" }, CAUSE_PROTOCOL_VIOLATION,
	    STAGE_AUTH, SAID, NULL },
	{ "capability refused", TLS_IMPLICIT, { TLS, "* OK\r\n",
	    "a1 BAD what\r\n" }, CAUSE_PROTOCOL_REJECTED, STAGE_AUTH,
	    "a1 CAPABILITY\r\na2 LOGOUT\r\n", NULL },
	{ "capability empty", TLS_IMPLICIT, { TLS, "* OK\r\n",
	    "a1 OK\r\n" }, CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    "a1 CAPABILITY\r\n", NULL },
	{ "capability: silence", TLS_IMPLICIT, { TLS, "* OK\r\n",
	    TIME }, CAUSE_AUTH_TIMEOUT, STAGE_AUTH,
	    "a1 CAPABILITY\r\na2 LOGOUT\r\n", NULL },
	{ "in clear", TLS_NONE, { GREETING }, CAUSE_AUTH_CLEARTEXT,
	    STAGE_AUTH, "a1 LOGOUT\r\n", NULL },
	{ "LOGINDISABLED in clear", TLS_NONE,
	    { "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED]\r\n" },
	    CAUSE_AUTH_NEEDS_TLS, STAGE_AUTH, "a1 LOGOUT\r\n",
	    "LOGINDISABLED", .cleartext = true },
	{ "LOGINDISABLED, nothing else", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=GSSAPI]\r\n" },
	    CAUSE_AUTH_NO_MECHANISM, STAGE_AUTH, "a1 LOGOUT\r\n",
	    "it offers GSSAPI" },
	{ "no module", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256]\r\n" },
	    CAUSE_INTERNAL_MODULE, STAGE_AUTH, "a1 LOGOUT\r\n",
	    "not installed", &moduleless }
};

static void
test_login(void **state)
{
	(void)state;
	play(login_rows, COUNT(login_rows));
}

#define SAY_LOGIN	"a1 LOGIN \"bob\" \"geheim\"\r\n"
#define B64_BOB		"Ym9i"
#define B64_GEHEIM	"Z2VoZWlt"
#define IR_UTF8		"AGLDtmIAZ3LDvMOf"

static const struct row wire_rows[] = {
	{ "LOGIN", TLS_IMPLICIT, { TLS, BARE, "a1 NO x\r\n" },
	    CAUSE_AUTH_REFUSED, STAGE_AUTH, SAY_LOGIN SAY_BOX OUT,
	    NULL },
	{ "LOGIN rather than PLAIN in two steps", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN]\r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    SAY_LOGIN SAY_BOX OUT, NULL },
	{ "quoting", TLS_IMPLICIT, { TLS, BARE, "a1 NO x\r\n" },
	    CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 LOGIN \"a \\\"b\\\\c\" \"p\\\\w\\\"d\"\r\n"
	    "a2 STATUS \"a\\\"b\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"a\\\"b\"\r\n" OUT, NULL, &quoting },
	{ "literals", TLS_IMPLICIT, { TLS, BARE, "+ go\r\n",
	    "+ go\r\n", "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED,
	    STAGE_AUTH, "a1 LOGIN {4}\r\nb\xc3\xb6" "b {6}\r\n"
	    "gr\xc3\xbc\xc3\x9f\r\na2 LOGOUT\r\n", NULL, &utf8 },
	{ "literal refused", TLS_IMPLICIT, { TLS, BARE,
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 LOGIN {4}\r\na2 LOGOUT\r\n", NULL, &utf8 },
	{ "second literal refused", TLS_IMPLICIT, { TLS, BARE,
	    "+\r\n", "a1 BAD x\r\n" }, CAUSE_PROTOCOL_REJECTED,
	    STAGE_AUTH, "a1 LOGIN {4}\r\nb\xc3\xb6" "b {6}\r\n"
	    "a2 LOGOUT\r\n", NULL, &utf8 },
	{ "literal unanswered", TLS_IMPLICIT, { TLS, BARE, TIME },
	    CAUSE_AUTH_TIMEOUT, STAGE_AUTH, "a1 LOGIN {4}\r\n", NULL,
	    &utf8 },
	{ "one continuation too many", TLS_IMPLICIT, { TLS, BARE,
	    "+\r\n" }, CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    SAY_LOGIN SAY_BOX, NULL },
	{ "LITERAL+", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 LITERAL+]\r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 LOGIN {4+}\r\nb\xc3\xb6" "b {6+}\r\n"
	    "gr\xc3\xbc\xc3\x9f\r\n"
	    "a2 STATUS \"Entw&APw-rfe &- more\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"Entw&APw-rfe &- more\"\r\n" OUT, NULL, &utf8 },
	{ "LITERAL-", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 LITERAL-]\r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 LOGIN {4+}\r\nb\xc3\xb6" "b {6+}\r\n"
	    "gr\xc3\xbc\xc3\x9f\r\n"
	    "a2 STATUS \"Entw&APw-rfe &- more\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"Entw&APw-rfe &- more\"\r\n" OUT, NULL, &utf8 },
	{ "8 bit rather in PLAIN", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN]\r\n", "+ \r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE PLAIN\r\n" IR_UTF8 "\r\na2 LOGOUT\r\n",
	    NULL, &utf8 },
	{ "8 bit in one step", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE PLAIN " IR_UTF8 "\r\n"
	    "a2 STATUS \"Entw&APw-rfe &- more\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"Entw&APw-rfe &- more\"\r\n" OUT,
	    NULL, &utf8 },
	{ "PLAIN where LOGIN is off", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=PLAIN]\r\n",
	    "+\r\n", "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE PLAIN\r\n" PLAIN "\r\na2 LOGOUT\r\n",
	    NULL },
	{ "PLAIN asked twice", TLS_IMPLICIT, { TLS, GREETING,
	    "+ \r\n" }, CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    SAID "*\r\n", NULL },
	{ "AUTH=LOGIN", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN]\r\n",
	    "+ VXNlcm5hbWU6\r\n", "+ UGFzc3dvcmQ6\r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE LOGIN\r\n" B64_BOB "\r\n" B64_GEHEIM
	    "\r\na2 LOGOUT\r\n", NULL, &login_mech },
	{ "AUTH=LOGIN asked three times", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED AUTH=LOGIN]\r\n",
	    "+\r\n", "+\r\n", "+\r\n" }, CAUSE_PROTOCOL_VIOLATION,
	    STAGE_AUTH, "a1 AUTHENTICATE LOGIN\r\n" B64_BOB "\r\n"
	    B64_GEHEIM "\r\n*\r\n", NULL, &login_mech },
	{ "EXTERNAL", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=EXTERNAL]\r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE EXTERNAL =\r\n" SAY_BOX OUT, NULL,
	    &external },
	{ "EXTERNAL in two steps", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1 AUTH=EXTERNAL]\r\n", "+ \r\n",
	    "a1 NO x\r\n" }, CAUSE_AUTH_REFUSED, STAGE_AUTH,
	    "a1 AUTHENTICATE EXTERNAL\r\n\r\na2 LOGOUT\r\n", NULL,
	    &external }
};

/* how the credentials go out; a NO ends each row, its cause is auth.refused */
static void
test_wire(void **state)
{
	(void)state;
	play(wire_rows, COUNT(wire_rows));
}

#define SCRAM	"* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=SCRAM-SHA-256]\r\n"
#define SCRAM2	"* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256]\r\n"
#define M0	"bTA="
#define M1	"bTE="

static const enum sasl_result well[] = { SASL_GO_ON, SASL_GO_ON,
	SASL_COMPLETE };
static const enum sasl_result unproven[] = { SASL_GO_ON, SASL_GO_ON,
	SASL_UNPROVEN };
static const enum sasl_result senseless[] = { SASL_GO_ON,
	SASL_BAD_CHALLENGE };
static const enum sasl_result broken[] = { SASL_GO_ON, SASL_FAILED };
static const enum sasl_result broken_at_once[] = { SASL_FAILED };

static const struct row scram_rows[] = {
	{ "proven", TLS_IMPLICIT, { TLS, SCRAM, "+ YzE=\r\n",
	    "+ YzI=\r\n", IN, STATUS, EXAMINE }, CAUSE_NONE,
	    STAGE_NONE, "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n" M1
	    "\r\n\r\n" SAY_BOX "a4 LOGOUT\r\n", NULL, &scram,
	    .sasl = well },
	{ "proven, in one more step", TLS_IMPLICIT, { TLS, SCRAM2,
	    "+ go ahead\r\n", "+ YzE=\r\n", "+ YzI=\r\n", IN, STATUS,
	    EXAMINE }, CAUSE_NONE, STAGE_NONE,
	    "a1 AUTHENTICATE SCRAM-SHA-256\r\n" M0 "\r\n" M1
	    "\r\n\r\n" SAY_BOX "a4 LOGOUT\r\n", NULL, &scram,
	    .sasl = well },
	{ "unproven", TLS_IMPLICIT, { TLS, SCRAM, "+ YzE=\r\n",
	    "+ YzI=\r\n" }, CAUSE_AUTH_SERVER_UNPROVEN, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n" M1
	    "\r\n*\r\na2 LOGOUT\r\n", NULL, &scram,
	    .sasl = unproven },
	{ "OK without proof", TLS_IMPLICIT, { TLS, SCRAM,
	    "+ YzE=\r\n", IN }, CAUSE_AUTH_SERVER_UNPROVEN,
	    STAGE_AUTH, "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n" M1
	    "\r\na2 LOGOUT\r\n", "without proving", &scram,
	    .sasl = well },
	{ "OK at once", TLS_IMPLICIT, { TLS, SCRAM, IN },
	    CAUSE_AUTH_SERVER_UNPROVEN, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\na2 LOGOUT\r\n",
	    NULL, &scram, .sasl = well },
	{ "rejected", TLS_IMPLICIT, { TLS, SCRAM, "+ YzE=\r\n",
	    "a1 NO [AUTHENTICATIONFAILED] no\r\n" },
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n" M1
	    "\r\na2 LOGOUT\r\n", NULL, &scram, .sasl = well },
	{ "no base64", TLS_IMPLICIT, { TLS, SCRAM, "+ r=ab!c\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n*\r\n",
	    "not base64", &scram, .sasl = well },
	{ "no sense", TLS_IMPLICIT, { TLS, SCRAM, "+ YzE=\r\n" },
	    CAUSE_PROTOCOL_VIOLATION, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n*\r\n",
	    "makes no sense", &scram, .sasl = senseless },
	{ "our module fails", TLS_IMPLICIT, { TLS, SCRAM,
	    "+ YzE=\r\n" }, CAUSE_INTERNAL_ERROR, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0
	    "\r\n*\r\na2 LOGOUT\r\n", NULL, &scram, .sasl = broken },
	{ "our module fails at once", TLS_IMPLICIT, { TLS, SCRAM },
	    CAUSE_INTERNAL_ERROR, STAGE_AUTH, "a1 LOGOUT\r\n", NULL,
	    &scram, .sasl = broken_at_once },
	{ "silence", TLS_IMPLICIT, { TLS, SCRAM, TIME },
	    CAUSE_AUTH_TIMEOUT, STAGE_AUTH,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\na2 LOGOUT\r\n",
	    NULL, &scram, .sasl = well },
	/* allowed in clear, for the password is not sent */
	{ "in clear", TLS_NONE, { SCRAM, "+ YzE=\r\n", "+ YzI=\r\n",
	    IN, STATUS, EXAMINE }, CAUSE_NONE, STAGE_NONE,
	    "a1 AUTHENTICATE SCRAM-SHA-256 " M0 "\r\n" M1
	    "\r\n\r\n" SAY_BOX "a4 LOGOUT\r\n", NULL, &scram,
	    .sasl = well }
};

static void
test_scram(void **state)
{
	(void)state;
	play(scram_rows, COUNT(scram_rows));
	start(&scram_rows[0]);
	play_step(TLS, false);
	play_step(SCRAM, false);
	play_step("+ YzE=\r\n", false);
	assert_string_equal(paper.seen, "|c1|");
	finish();
}

#define LIST	"a4 LIST \"\" \"*\"\r\na5 LOGOUT\r\n"

static const struct row mailbox_rows[] = {
	{ "missing", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 NO Mailbox doesn't exist: INBOX\r\n",
	    "a3 NO [NONEXISTENT] Mailbox doesn't exist: INBOX\r\n",
	    "a4 OK\r\n" }, CAUSE_MAILBOX_MISSING, STAGE_MAILBOX, SAID LIST,
	    "refuses to open INBOX" },
	{ "forbidden", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 NO no\r\n", "a3 NO [NOPERM] no\r\n" },
	    CAUSE_MAILBOX_FORBIDDEN, STAGE_MAILBOX, SAID OUT, NULL },
	{ "unknown words", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "a3 NO fire\r\n" }, CAUSE_MAILBOX_UNAVAILABLE,
	    STAGE_MAILBOX, SAID OUT, "\"fire\"" },
	{ "called wrong", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "a3 BAD what\r\n" }, CAUSE_PROTOCOL_REJECTED,
	    STAGE_MAILBOX, SAID OUT, NULL },
	{ "EXAMINE answered first", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a3 OK open\r\n", "a2 OK\r\n" }, CAUSE_NONE, STAGE_NONE,
	    SAID OUT, NULL },
	{ "silence", TLS_IMPLICIT, { TLS, GREETING, IN, TIME },
	    CAUSE_MAILBOX_TIMEOUT, STAGE_MAILBOX, SAID OUT, NULL },
	{ "silence, halfway", TLS_IMPLICIT, { TLS, GREETING, IN,
	    STATUS, "* 3 EX", TIME }, CAUSE_MAILBOX_TIMEOUT,
	    STAGE_MAILBOX, SAID OUT, NULL },
	{ "end", TLS_IMPLICIT, { TLS, GREETING, IN, FIN },
	    CAUSE_MAILBOX_CLOSED, STAGE_MAILBOX, SAID, NULL },
	{ "reset", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS, RST },
	    CAUSE_MAILBOX_CLOSED, STAGE_MAILBOX, SAID, NULL },
	{ "goodbye", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "* BYE crash\r\n" }, CAUSE_MAILBOX_CLOSED, STAGE_MAILBOX,
	    SAID OUT, "crash" },
	{ "goodbye in known words", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "* BYE IMAP access disabled for this account.\r\n" },
	    CAUSE_AUTH_DISABLED, STAGE_MAILBOX, SAID OUT, NULL },
	{ "warned", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "* NO inode table is full\r\n" EXAMINE },
	    CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, SAID OUT,
	    "inode table is full" },
	{ "warned before the login was over", TLS_IMPLICIT, { TLS,
	    GREETING, "* NO slow disk\r\n" IN, STATUS, EXAMINE },
	    CAUSE_MAILBOX_DEGRADED, STAGE_MAILBOX, SAID OUT,
	    "slow disk" },
	{ "warned by BAD", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "* BAD index\r\n" EXAMINE }, CAUSE_MAILBOX_DEGRADED,
	    STAGE_MAILBOX, SAID OUT, "index" },
	{ "full", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "* NO [OVERQUOTA] full\r\n" EXAMINE },
	    CAUSE_QUOTA_EXCEEDED, STAGE_MAILBOX, SAID OUT,
	    "[OVERQUOTA] full" },
	{ "nearly full", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "* NO [ALERT] Mailbox is at 93% of STORAGE quota\r\n"
	    EXAMINE }, CAUSE_QUOTA_NEAR, STAGE_MAILBOX, SAID OUT,
	    "93%" },
	{ "uncounted", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 NO not now\r\n", EXAMINE }, CAUSE_MAILBOX_DEGRADED,
	    STAGE_MAILBOX, SAID OUT, "refused its STATUS" },
	{ "names", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev1]\r\n", IN, "a2 OK\r\n",
	    "a3 OK\r\n" }, CAUSE_NONE, STAGE_NONE,
	    "a1 LOGIN \"a \\\"b\\\\c\" \"p\\\\w\\\"d\"\r\n"
	    "a2 STATUS \"a\\\"b\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"a\\\"b\"\r\n" OUT, NULL, &quoting },
	{ "modified UTF-7", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 OK\r\n", "a3 OK\r\n" }, CAUSE_NONE, STAGE_NONE,
	    "a1 AUTHENTICATE PLAIN " IR_UTF8 "\r\n"
	    "a2 STATUS \"Entw&APw-rfe &- more\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"Entw&APw-rfe &- more\"\r\n" OUT, NULL,
	    &utf8 },
	{ "IMAP4rev2 alone speaks UTF-8", TLS_IMPLICIT, { TLS,
	    "* OK [CAPABILITY IMAP4rev2 SASL-IR AUTH=PLAIN LITERAL-]"
	    "\r\n", IN, "a2 OK\r\n", "a3 OK\r\n" }, CAUSE_NONE,
	    STAGE_NONE, "a1 AUTHENTICATE PLAIN " IR_UTF8 "\r\n"
	    "a2 STATUS {16+}\r\nEntw\xc3\xbcrfe & more (MESSAGES "
	    "UNSEEN)\r\na3 EXAMINE {16+}\r\nEntw\xc3\xbcrfe & more\r\n"
	    OUT, NULL, &utf8 },
	{ "with literals that wait, one after another", TLS_IMPLICIT,
	    { TLS, "* OK [CAPABILITY IMAP4rev2 SASL-IR AUTH=PLAIN]"
	    "\r\n", IN, "+\r\n", "a2 OK\r\n", "+\r\n", "a3 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE,
	    "a1 AUTHENTICATE PLAIN " IR_UTF8 "\r\n"
	    "a2 STATUS {16}\r\nEntw\xc3\xbcrfe & more (MESSAGES "
	    "UNSEEN)\r\na3 EXAMINE {16}\r\nEntw\xc3\xbcrfe & more\r\n"
	    OUT, NULL, &utf8 }
};

static void
test_mailbox(void **state)
{
	(void)state;
	play(mailbox_rows, COUNT(mailbox_rows));
}

/* --- the name that was meant --- */

#define SAY_AS(name) SAY_PLAIN "a2 STATUS \"" name "\" (MESSAGES UNSEEN)\r\n" \
	"a3 EXAMINE \"" name "\"\r\n" LIST
#define NOT_THERE "a2 NO no\r\n", "a3 NO [NONEXISTENT] no such mailbox\r\n"
#define NEAREST_ROW(what, who, name, answer, words) { what, TLS_IMPLICIT, \
	{ TLS, GREETING, IN, NOT_THERE, answer }, CAUSE_MAILBOX_MISSING, \
	STAGE_MAILBOX, SAY_AS(name), words, who }

static const struct login sent_login = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("sent") };
static const struct login entwurfe = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("Entw\xc3\xbcrf") };
static const struct login nested_login = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("Archive/2024") };

static const struct row nearest_rows[] = {
	NEAREST_ROW("case", &sent_login, "sent",
	    "* LIST () \".\" Trash\r\n* LIST (\\Sent) \".\" Sent\r\n"
	    "* LIST () \".\" Spent\r\na4 OK\r\n",
	    "no such mailbox\"; the nearest that exists is Sent; the separator"
	    " is \".\""),
	NEAREST_ROW("prefix", &sent_login, "sent",
	    "* LIST () \".\" INBOX\r\n* LIST () \".\" INBOX.Sent\r\na4 OK\r\n",
	    "nearest that exists is INBOX.Sent; the separator is \".\""),
	NEAREST_ROW("a slip, in UTF-8", &entwurfe, "Entw&APw-rf",
	    "* LIST () \"/\" \"Entw&APw-rfe\"\r\na4 OK\r\n",
	    "nearest that exists is Entw\xc3\xbcrfe; the separator is \"/\""),
	NEAREST_ROW("separator", &nested_login, "Archive/2024",
	    "* LIST () \"\\\\\" {12}\r\nArchive\\2024\r\na4 OK\r\n",
	    "nearest that exists is Archive\\2024; the separator is \"\\\""),
	{ "with its namespace", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 OK [CAPABILITY IMAP4rev1 NAMESPACE] in\r\n", NOT_THERE,
	    "* NAMESPACE ((\"INBOX.\" \".\")) NIL NIL\r\na4 OK\r\n",
	    "a5 OK\r\n" }, CAUSE_MAILBOX_MISSING, STAGE_MAILBOX,
	    SAY_PLAIN "a2 STATUS \"sent\" (MESSAGES UNSEEN)\r\n"
	    "a3 EXAMINE \"sent\"\r\na4 NAMESPACE\r\n"
	    "a5 LIST \"\" \"*\"\r\na6 LOGOUT\r\n",
	    "; names begin with \"INBOX.\"; the separator is \".\"",
	    &sent_login },
	NEAREST_ROW("none can be opened", &sent_login, "sent",
	    "* LIST (\\Noselect) NIL Sent\r\na4 OK\r\n", "no such mailbox\""),
	NEAREST_ROW("none is near", &sent_login, "sent",
	    "* LIST () NIL INBOX\r\n* LIST () NIL Junk\r\na4 OK\r\n",
	    "; none of the 2 that exist has a name like that"),
	NEAREST_ROW("LIST is refused", &sent_login, "sent",
	    "a4 NO not you\r\n", "no such mailbox\"")
};

static void
test_nearest(void **state)
{
	static const struct row silent = NEAREST_ROW("silence", &sent_login,
	    "sent", "* LIST () \"/\" Sent\r\n", NULL);

	(void)state;
	play(nearest_rows, COUNT(nearest_rows));
	/* what happens in the search cannot hide what was found before */
	start(&silent);
	play_step(TLS, false);
	play_step(GREETING, false);
	play_step(IN, false);
	play_step("a2 NO no\r\na3 NO [NONEXISTENT] no\r\n", false);
	play_step(TIME, false);
	assert_int_equal(want.kind, WANT_DONE);
	assert_int_equal(r.sheet.findings[0].cause, CAUSE_MAILBOX_MISSING);
	assert_false(r.sheet.findings[0].by_deadline);
	finish();
}

/* --- several mailboxes, and a search --- */

static const struct imap_wishes three_wishes = { .nmailboxes = 3,
	.mailboxes = { SPAN("INBOX"), SPAN("a"), SPAN("b") },
	.search = "UNSEEN FROM x" };
static const struct login three = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .wishes = &three_wishes };

#define STATUSES "* STATUS a (MESSAGES 3 UNSEEN 1)\r\na2 OK\r\n", \
	"* STATUS b (MESSAGES 4 UNSEEN 0)\r\na3 OK\r\n", \
	"* STATUS INBOX (MESSAGES 5 UNSEEN 2)\r\na4 OK\r\n"
#define SAY_THREE SAY_PLAIN "a2 STATUS \"a\" (MESSAGES UNSEEN)\r\n" \
	"a3 STATUS \"b\" (MESSAGES UNSEEN)\r\n" \
	"a4 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\na5 EXAMINE \"a\"\r\n"

static const struct row several_rows[] = {
	{ "well", TLS_IMPLICIT, { TLS, GREETING, IN, STATUSES,
	    "* 3 EXISTS\r\na5 OK\r\n", "* 4 EXISTS\r\na6 OK\r\n",
	    "* 5 EXISTS\r\na7 OK\r\n", "* SEARCH 2 3\r\na8 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_THREE "a6 EXAMINE \"b\"\r\n"
	    "a7 EXAMINE \"INBOX\"\r\na8 SEARCH UNSEEN FROM x\r\n"
	    "a9 LOGOUT\r\n", NULL, &three },
	{ "ESEARCH", TLS_IMPLICIT, { TLS, GREETING,
	    "a1 OK [CAPABILITY IMAP4rev1 ESEARCH] in\r\n", STATUSES,
	    "a5 OK\r\n", "a6 OK\r\n", "a7 OK\r\n",
	    "* ESEARCH (TAG \"a8\") COUNT 2\r\na8 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_THREE "a6 EXAMINE \"b\"\r\n"
	    "a7 EXAMINE \"INBOX\"\r\n"
	    "a8 SEARCH RETURN (COUNT) UNSEEN FROM x\r\n"
	    "a9 LOGOUT\r\n", NULL, &three },
	{ "one is refused", TLS_IMPLICIT, { TLS, GREETING, IN, STATUSES,
	    "a5 OK\r\n", "a6 NO [NOPERM] no\r\n" },
	    CAUSE_MAILBOX_FORBIDDEN, STAGE_MAILBOX, SAY_THREE
	    "a6 EXAMINE \"b\"\r\na7 LOGOUT\r\n", "to open b", &three },
	{ "the search is refused", TLS_IMPLICIT, { TLS, GREETING, IN,
	    STATUSES, "a5 OK\r\n", "a6 OK\r\n", "a7 OK\r\n",
	    "a8 BAD what\r\n" }, CAUSE_PROTOCOL_REJECTED, STAGE_MAILBOX,
	    SAY_THREE "a6 EXAMINE \"b\"\r\na7 EXAMINE \"INBOX\"\r\n"
	    "a8 SEARCH UNSEEN FROM x\r\na9 LOGOUT\r\n", "the search",
	    &three }
};

static void
test_several(void **state)
{
	size_t i, j;

	(void)state;
	play(several_rows, COUNT(several_rows));
	for (i = 0; i < 2; i++) {
		start(&several_rows[i]);
		for (j = 0; several_rows[i].steps[j] != NULL; j++)
			play_step(several_rows[i].steps[j], false);
		assert_int_equal(imap_of(&s)->box.messages, 12);
		assert_int_equal(imap_of(&s)->box.unseen, 3);
		assert_true(imap_of(&s)->box.has_found);
		assert_int_equal(imap_of(&s)->box.found, 2);
		finish();
	}
}

/* --- the download --- */

static const struct imap_wishes date_wish = { .newest = true };
static const struct login fetching = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.fetch = 1 };
static const struct login fetching_two = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.fetch = 2 };
static const struct login dating = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.wishes = &date_wish };

#define ITEMS	" (UID RFC822.SIZE INTERNALDATE BODY.PEEK[])\r\n"
#define SAY_FETCH SAID "a4 FETCH 3" ITEMS
#define OUT5	"a5 LOGOUT\r\n"
#define DATED	"INTERNALDATE \"14-Nov-2023 22:13:20 +0000\" "
#define MESSAGE	"From: b@c\r\n\r\nhi\r\n"	/* 17 bytes */
#define FETCH3	"* 3 FETCH (UID 30 RFC822.SIZE 17 " DATED "BODY[] "
#define BEGUN	TLS, GREETING, IN, STATUS, EXAMINE

static const struct row fetch_rows[] = {
	{ "well", TLS_IMPLICIT, { BEGUN,
	    FETCH3 "{17}\r\n" MESSAGE ")\r\na4 OK done\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_FETCH OUT5, NULL, &fetching },
	{ "what looks like an answer, in the message", TLS_IMPLICIT, { BEGUN,
	    FETCH3 "{30}\r\nX: y\r\n\r\na4 NO [ALERT] no {9}\r\n)\r\n"
	    "a4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_FETCH OUT5, NULL, &fetching },
	{ "two, with flags of others between", TLS_IMPLICIT, { BEGUN,
	    FETCH3 "{17}\r\n" MESSAGE ")\r\n* 1 FETCH (FLAGS ())\r\n"
	    "* 4 EXISTS\r\na4 OK\r\n",
	    "* 2 FETCH (BODY[] {17}\r\n" MESSAGE " UID 29)\r\na5 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_FETCH "a5 FETCH 2" ITEMS
	    "a6 LOGOUT\r\n", NULL, &fetching_two },
	{ "literal8, other parts", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (BODY[HEADER] {3}\r\nabc BODY[] ~{17}\r\n" MESSAGE
	    ")\r\na4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_FETCH OUT5, NULL, &fetching },
	{ "as a string", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (BODY[] \"X: y\")\r\na4 OK\r\n" },
	    CAUSE_FETCH_MALFORMED, STAGE_FETCH, SAY_FETCH OUT5,
	    "4 bytes, which is no valid one: it ends within its header",
	    &fetching },
	{ "empty literal", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (BODY[] {0}\r\n)\r\na4 OK\r\n" },
	    CAUSE_FETCH_MALFORMED, STAGE_FETCH, SAY_FETCH OUT5,
	    "it is empty", &fetching },
	{ "another size than it was said to have", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (RFC822.SIZE 5000 BODY[] {17}\r\n" MESSAGE
	    ")\r\na4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_FETCH OUT5, NULL, &fetching },
	{ "no message", TLS_IMPLICIT, { BEGUN, FETCH3
	    "{10}\r\nhello you!)\r\na4 OK\r\n" },
	    CAUSE_FETCH_MALFORMED, STAGE_FETCH, SAY_FETCH OUT5,
	    "line 1 stands in a header", &fetching },
	{ "refused", TLS_IMPLICIT, { BEGUN, "a4 NO damaged\r\n" },
	    CAUSE_FETCH_REFUSED, STAGE_FETCH, SAY_FETCH OUT5,
	    "refuses to deliver message 3 of INBOX: \"damaged\"", &fetching },
	{ "OK and no message", TLS_IMPLICIT, { BEGUN, "a4 OK\r\n" },
	    CAUSE_FETCH_REFUSED, STAGE_FETCH, SAY_FETCH OUT5,
	    "counts 3 messages in INBOX and does not deliver number 3",
	    &fetching },
	{ "NIL", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (UID 30 BODY[] NIL)\r\na4 OK\r\n" },
	    CAUSE_FETCH_REFUSED, STAGE_FETCH, SAY_FETCH OUT5, NULL,
	    &fetching },
	{ "another message", TLS_IMPLICIT, { BEGUN,
	    "* 2 FETCH (BODY[] {17}\r\n" MESSAGE ")\r\na4 OK\r\n" },
	    CAUSE_FETCH_REFUSED, STAGE_FETCH, SAY_FETCH OUT5, NULL,
	    &fetching },
	{ "called wrong", TLS_IMPLICIT, { BEGUN, "a4 BAD what\r\n" },
	    CAUSE_PROTOCOL_REJECTED, STAGE_FETCH, SAY_FETCH OUT5, NULL,
	    &fetching },
	{ "warned", TLS_IMPLICIT, { BEGUN, "* NO slow\r\n" FETCH3
	    "{17}\r\n" MESSAGE ")\r\na4 OK\r\n" }, CAUSE_MAILBOX_DEGRADED,
	    STAGE_MAILBOX, SAY_FETCH OUT5, "\"slow\"", &fetching },
	{ "silence", TLS_IMPLICIT, { BEGUN, TIME }, CAUSE_FETCH_TIMEOUT,
	    STAGE_FETCH, SAY_FETCH OUT5, "(no byte of the message came)",
	    &fetching },
	{ "stalled", TLS_IMPLICIT, { BEGUN, FETCH3 "{17}\r\nFrom:", TIME },
	    CAUSE_FETCH_TIMEOUT, STAGE_FETCH, SAY_FETCH OUT5,
	    "(5 of 17 bytes came)", &fetching },
	{ "end", TLS_IMPLICIT, { BEGUN, FETCH3 "{17}\r\nFrom: b", FIN },
	    CAUSE_FETCH_INCOMPLETE, STAGE_FETCH, SAY_FETCH,
	    "(7 of 17 bytes came)", &fetching },
	{ "empty mailbox", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    "* 0 EXISTS\r\na3 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAID OUT, NULL, &fetching },
	{ "the date alone", TLS_IMPLICIT, { BEGUN,
	    "* 3 FETCH (" DATED "UID 30)\r\na4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAID "a4 FETCH 3 (INTERNALDATE)\r\n" OUT5,
	    NULL, &dating }
};

static void
test_fetch(void **state)
{
	(void)state;
	play(fetch_rows, COUNT(fetch_rows));
}

/* what is known behind it, and how little is kept on the way */
static void
test_fetch_facts(void **state)
{
	struct imap *m;
	size_t i;

	(void)state;
	start(&fetch_rows[0]);
	for (i = 0; i < 5; i++)
		play_step(fetch_rows[0].steps[i], false);
	play_step("* 3 FETCH (RFC822.SIZE 5 " DATED "BODY[] {4294967295}\r\n"
	    "X: y\r\n\r\n", false);
	m = imap_of(&s);
	for (i = 0; i < 100000; i++)
		play_step("0123456789012345678901234567890123456789\r\n",
		    false);
	assert_int_equal(m->login.download->bytes, 4200008);
	assert_true(s.climb.in.size < 64 * 1024);
	assert_false(m->delivered);
	finish();

	start(&fetch_rows[2]);
	for (i = 0; fetch_rows[2].steps[i] != NULL; i++)
		play_step(fetch_rows[2].steps[i], true);
	m = imap_of(&s);
	assert_true(m->box.has_newest);
	assert_int_equal(m->box.newest, 1700000000);
	assert_int_equal(m->login.download->messages, 2);
	assert_int_equal(m->login.download->bytes, 34);
	assert_int_equal(m->login.download->resized, 0);
	assert_string_equal(r.stages[STAGE_FETCH].note,
	    "2 messages, 34 bytes");
	finish();
}

/* --- the oldest unseen message --- */

static const struct imap_wishes oldest_wish = { .oldest = true };
static const struct login waiting = { .user = SPAN("bob"),
	.password = SPAN("geheim"), .mailbox = SPAN("INBOX"),
	.wishes = &oldest_wish };

#define WITH_ESEARCH TLS, GREETING, \
	"a1 OK [CAPABILITY IMAP4rev1 ESEARCH] in\r\n", STATUS
#define OLD	"INTERNALDATE \"14-Nov-2023 22:13:20 +0000\""
#define SAY_DATE2 "a5 FETCH 2 (INTERNALDATE)\r\n"
#define TOLD2	"* 2 FETCH (FLAGS () " OLD ")\r\na5 OK\r\n"
#define EXISTS(n) "* " #n " EXISTS\r\na3 OK\r\n"
#define SAY_UNSEEN SAID "a4 SEARCH UNSEEN\r\n"

/* those before the mark tell a date, those behind it none */
enum { DATED_ROWS = 6 };

static const struct row oldest_rows[] = {
	{ "a plain search", TLS_IMPLICIT, { BEGUN,
	    "* SEARCH 2 3\r\na4 OK\r\n", TOLD2 }, CAUSE_NONE, STAGE_NONE,
	    SAY_UNSEEN SAY_DATE2 "a6 LOGOUT\r\n", NULL, &waiting },
	{ "in no order, twice, and numbers that are no place", TLS_IMPLICIT,
	    { BEGUN, "* SEARCH 3 0 99999999999999999999 x 4\r\n"
	    "* SEARCH 2\r\na4 OK\r\n", "* 3 FETCH (INTERNALDATE "
	    "\"01-Jan-2020 00:00:00 +0000\")\r\n" TOLD2 }, CAUSE_NONE,
	    STAGE_NONE, SAY_UNSEEN SAY_DATE2 "a6 LOGOUT\r\n", NULL,
	    &waiting },
	{ "ESEARCH", TLS_IMPLICIT, { WITH_ESEARCH, EXAMINE,
	    "* ESEARCH (TAG \"a4\") MIN 2\r\na4 OK\r\n", TOLD2 },
	    CAUSE_NONE, STAGE_NONE, SAID
	    "a4 SEARCH RETURN (MIN) UNSEEN\r\n" SAY_DATE2
	    "a6 LOGOUT\r\n", NULL, &waiting },
	{ "ESEARCH that answers like its elder", TLS_IMPLICIT, {
	    WITH_ESEARCH, EXAMINE, "* SEARCH 2\r\na4 OK\r\n", TOLD2 },
	    CAUSE_NONE, STAGE_NONE, SAID
	    "a4 SEARCH RETURN (MIN) UNSEEN\r\n" SAY_DATE2
	    "a6 LOGOUT\r\n", NULL, &waiting },
	{ "a large mailbox, slice by slice", TLS_IMPLICIT, { TLS, GREETING,
	    IN, STATUS, EXISTS(20001), "* SEARCH\r\na4 OK\r\n",
	    "* SEARCH 10002 10003\r\na5 OK\r\n",
	    "* 10002 FETCH (" OLD ")\r\na6 OK\r\n" }, CAUSE_NONE,
	    STAGE_NONE, SAID "a4 SEARCH 1:10000 UNSEEN\r\n"
	    "a5 SEARCH 10001:20000 UNSEEN\r\n"
	    "a6 FETCH 10002 (INTERNALDATE)\r\na7 LOGOUT\r\n", NULL,
	    &waiting },
	{ "the last slice", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    EXISTS(10001), "a4 OK\r\n", "* SEARCH 10001\r\na5 OK\r\n",
	    "* 10001 FETCH (" OLD ")\r\na6 OK\r\n" }, CAUSE_NONE,
	    STAGE_NONE, SAID "a4 SEARCH 1:10000 UNSEEN\r\n"
	    "a5 SEARCH 10001:10001 UNSEEN\r\n"
	    "a6 FETCH 10001 (INTERNALDATE)\r\na7 LOGOUT\r\n", NULL,
	    &waiting },
	{ "a large mailbox at once, and none", TLS_IMPLICIT, { WITH_ESEARCH,
	    EXISTS(4294967295), "* ESEARCH (TAG \"a4\")\r\na4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAID "a4 SEARCH RETURN (MIN) UNSEEN\r\n"
	    "a5 LOGOUT\r\n", NULL, &waiting },
	{ "none", TLS_IMPLICIT, { BEGUN, "* SEARCH\r\na4 OK\r\n" },
	    CAUSE_NONE, STAGE_NONE, SAY_UNSEEN OUT5, NULL, &waiting },
	{ "an empty mailbox", TLS_IMPLICIT, { TLS, GREETING, IN, STATUS,
	    EXISTS(0) }, CAUSE_NONE, STAGE_NONE, SAID OUT, NULL, &waiting },
	{ "places beyond the end", TLS_IMPLICIT, { BEGUN,
	    "* SEARCH 4 5\r\na4 OK\r\n" }, CAUSE_NONE, STAGE_NONE,
	    SAY_UNSEEN OUT5, NULL, &waiting },
	{ "no date", TLS_IMPLICIT, { BEGUN, "* SEARCH 2\r\na4 OK\r\n",
	    "* 3 FETCH (" OLD ")\r\n* 2 FETCH (INTERNALDATE \"soon\")\r\n"
	    "a5 OK\r\n" }, CAUSE_NONE, STAGE_NONE,
	    SAY_UNSEEN SAY_DATE2 "a6 LOGOUT\r\n", NULL, &waiting },
	{ "the search is called wrong", TLS_IMPLICIT, { BEGUN,
	    "a4 BAD what\r\n" }, CAUSE_PROTOCOL_REJECTED, STAGE_MAILBOX,
	    SAY_UNSEEN OUT5, "the search for unseen messages", &waiting },
	{ "the date is refused", TLS_IMPLICIT, { BEGUN,
	    "* SEARCH 2\r\na4 OK\r\n", "a5 NO gone\r\n" },
	    CAUSE_MAILBOX_UNAVAILABLE, STAGE_MAILBOX,
	    SAY_UNSEEN SAY_DATE2 "a6 LOGOUT\r\n", "the date of a message",
	    &waiting },
	{ "silence", TLS_IMPLICIT, { BEGUN, TIME }, CAUSE_MAILBOX_TIMEOUT,
	    STAGE_MAILBOX, SAY_UNSEEN OUT5, NULL, &waiting }
};

static void
test_oldest(void **state)
{
	const struct imap_box *box;
	size_t i, j;

	(void)state;
	play(oldest_rows, COUNT(oldest_rows));
	for (i = 0; i < COUNT(oldest_rows); i++) {
		start(&oldest_rows[i]);
		for (j = 0; oldest_rows[i].steps[j] != NULL; j++)
			play_step(oldest_rows[i].steps[j], false);
		box = &imap_of(&s)->box;
		assert_int_equal(box->has_oldest, i < DATED_ROWS);
		if (box->has_oldest)
			assert_int_equal(box->oldest, 1700000000);
		assert_int_equal(strcmp(oldest_rows[i].name, "no date") == 0,
		    strstr(r.stages[STAGE_MAILBOX].note,
		    "unseen message 2 arrived is not told") != NULL);
		finish();
	}
}

/* a mailbox that seems endless is not searched for ever */
static void
test_oldest_is_capped(void **state)
{
	static const char *const begun[] = { TLS, GREETING, IN, STATUS,
		EXISTS(4294967295) };
	char answer[32];
	unsigned i;

	(void)state;
	start(&oldest_rows[0]);
	for (i = 0; i < COUNT(begun); i++)
		play_step(begun[i], false);
	for (i = 4; want.kind != WANT_DONE && i < 1000; i++) {
		snprintf(answer, sizeof(answer), "a%u OK\r\n", i);
		play_step(answer, false);
	}
	assert_int_equal(i, 104);
	assert_non_null(strstr(buf_cstr(&sent),
	    "a103 SEARCH 990001:1000000 UNSEEN\r\na104 LOGOUT\r\n"));
	finish();
}

#define AGAIN_STATUS	"a4 STATUS \"INBOX\" (MESSAGES UNSEEN)\r\n"
#define AGAIN_EXAMINE	"a5 EXAMINE \"INBOX\"\r\n"
#define TWICE		SAID AGAIN_STATUS AGAIN_EXAMINE "a6 LOGOUT\r\n"
#define COUNTS		"* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\n"

/* what went out with the login was dropped, refused or answered late */
static const struct row together_rows[] = {
	{ "dropped", TLS_IMPLICIT, { TLS, GREETING, IN, WAKE,
	    COUNTS "a4 OK\r\n", "a5 OK open\r\n" }, CAUSE_NONE,
	    STAGE_NONE, TWICE, NULL },
	{ "only late", TLS_IMPLICIT, { TLS, GREETING, IN, WAKE, STATUS,
	    EXAMINE }, CAUSE_NONE, STAGE_NONE,
	    SAID AGAIN_STATUS "a5 LOGOUT\r\n", NULL },
	{ "late, and answered twice", TLS_IMPLICIT, { TLS, GREETING, IN,
	    WAKE, STATUS, COUNTS "a4 OK\r\n", EXAMINE }, CAUSE_NONE,
	    STAGE_NONE, SAID AGAIN_STATUS "a5 LOGOUT\r\n", NULL },
	{ "dropped, and silent for good", TLS_IMPLICIT, { TLS, GREETING,
	    IN, WAKE, TIME }, CAUSE_MAILBOX_TIMEOUT, STAGE_MAILBOX,
	    SAID AGAIN_STATUS "a5 LOGOUT\r\n", NULL },
	{ "refused before the login was answered", TLS_IMPLICIT, { TLS,
	    GREETING, "a2 BAD not now\r\n", "a3 NO not now\r\n", IN,
	    "a4 OK\r\n", "a5 OK open\r\n" }, CAUSE_NONE, STAGE_NONE,
	    TWICE, NULL },
	{ "refused behind the login's answer", TLS_IMPLICIT, { TLS,
	    GREETING, IN, "a2 BAD one at a time\r\n",
	    "a3 BAD one at a time\r\n", "a4 OK\r\n", "a5 OK open\r\n" },
	    CAUSE_NONE, STAGE_NONE, TWICE, NULL },
	{ "refused, and again", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 BAD x\r\n", "a3 BAD x\r\n", "a4 OK\r\n",
	    "a5 BAD really\r\n" }, CAUSE_PROTOCOL_REJECTED,
	    STAGE_MAILBOX, TWICE, "really" },
	{ "the login fails, the rest too", TLS_IMPLICIT, { TLS, GREETING,
	    "a2 BAD x\r\n", "a3 BAD x\r\n",
	    "a1 NO [AUTHENTICATIONFAILED] no\r\n" },
	    CAUSE_AUTH_REJECTED, STAGE_AUTH, SAID OUT, NULL },
	{ "the login is answered last", TLS_IMPLICIT, { TLS, GREETING,
	    EXAMINE, STATUS, IN }, CAUSE_NONE, STAGE_NONE, SAID OUT,
	    NULL },
	{ "an answer too many", TLS_IMPLICIT, { TLS, GREETING, IN,
	    "a2 OK\r\n", "a2 OK\r\n" }, CAUSE_PROTOCOL_VIOLATION,
	    STAGE_MAILBOX, SAID, "a2 OK" }
};

static void
test_together(void **state)
{
	(void)state;
	play(together_rows, COUNT(together_rows));
}

/* AUTHENTICATE has a record of its own, and in clear nothing goes with it */
static void
test_login_stands_alone(void **state)
{
	static const struct row secure = { .name = "secure",
		.tls = TLS_IMPLICIT };
	static const struct row clear = { .name = "clear", .tls = TLS_NONE,
		.cleartext = true };

	(void)state;
	start(&secure);
	play_step(TLS, false);
	play_step(GREETING, false);
	assert_string_equal(buf_cstr(&sent), SAID);
	assert_int_equal(s.out_cut, strlen(SAY_PLAIN));
	finish();
	start(&clear);
	play_step(GREETING, false);
	assert_string_equal(buf_cstr(&sent), SAY_PLAIN);
	play_step(IN, false);
	assert_string_equal(buf_cstr(&sent), SAID);
	finish();
	start(&clear);
	play_step(BARE, false);
	assert_string_equal(buf_cstr(&sent),
	    "a1 LOGIN \"bob\" \"geheim\"\r\n" SAY_BOX);
	finish();
}

/* Courier's login process forgets what came with the login */
static void
test_login_at_courier(void **state)
{
	static const struct row row = { .name = "Courier",
		.tls = TLS_IMPLICIT };

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step("* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Courier-IMAP "
	    "ready. Copyright 1998-2019\r\n", false);
	assert_string_equal(buf_cstr(&sent),
	    "a1 LOGIN \"bob\" \"geheim\"\r\n");
	play_step("a1 OK LOGIN Ok.\r\n", false);
	assert_string_equal(buf_cstr(&sent),
	    "a1 LOGIN \"bob\" \"geheim\"\r\n" SAY_BOX);
	finish();
}

static void
test_facts(void **state)
{
	static const struct row row = { .name = "facts", .tls = TLS_IMPLICIT };
	struct imap *m;

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step(GREETING, false);
	play_step("* CAPABILITY IMAP4rev1 QUOTA x\r\n" IN, false);
	play_step(STATUS, false);
	play_step(EXAMINE, false);
	m = imap_of(&s);
	assert_string_equal(buf_cstr(&m->login.caps_text), "IMAP4rev1\nQUOTA\nx");
	assert_string_equal(m->login.choice.mechanism, "PLAIN");
	assert_true(m->login.logged_in && m->box.opened);
	assert_true(m->box.has_messages && m->box.has_unseen);
	assert_int_equal(m->box.messages, 3);
	assert_int_equal(m->box.unseen, 1);
	assert_true(m->box.has_exists && m->box.has_uidvalidity);
	assert_int_equal(m->box.exists, 3);
	assert_int_equal(m->box.uidvalidity, 7);
	assert_string_equal(m->login.server_text, "[READ-ONLY] open");
	/* greeting, login and mailbox took ten each, STATUS and EXAMINE apart */
	assert_int_equal(r.stages[STAGE_DNS].usec, 10);
	assert_int_equal(r.stages[STAGE_CONNECT].usec, 10);
	assert_int_equal(r.stages[STAGE_TLS].usec, 10);
	assert_int_equal(r.stages[STAGE_GREETING].usec, 10);
	assert_int_equal(r.stages[STAGE_AUTH].usec, 10);
	assert_int_equal(r.stages[STAGE_MAILBOX].usec, 20);
	assert_string_equal(r.stages[STAGE_AUTH].note, "bob by PLAIN");
	finish();
}

/* the login command is called LOGIN, however it was chosen */
static void
test_login_name(void **state)
{
	static const struct row row = { .name = "name", .tls = TLS_IMPLICIT };

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step(BARE, false);
	play_step(IN, false);
	assert_string_equal(imap_of(&s)->login.choice.mechanism, "LOGIN");
	assert_string_equal(r.stages[STAGE_AUTH].note, "bob by LOGIN");
	finish();
}

/* an answer that came before its question was sent is no answer */
static void
test_early_answer(void **state)
{
	static const char *const early[] = {
		GREETING "a1 OK logged in already\r\n",
		GREETING "a1 NO [AUTHENTICATIONFAILED] no\r\n",
		GREETING "+ \r\n"
	};
	static const struct row row = { .name = "early", .tls = TLS_IMPLICIT };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(early); i++) {
		start(&row);
		play_step(TLS, false);
		play_step(early[i], false);
		assert_int_equal(want.kind, WANT_DONE);
		assert_int_equal(r.sheet.nfindings, 1);
		assert_int_equal(r.sheet.findings[0].cause,
		    CAUSE_PROTOCOL_VIOLATION);
		assert_int_equal(r.sheet.findings[0].stage, STAGE_AUTH);
		finish();
	}
	/* a goodbye may come at any time */
	start(&row);
	play_step(TLS, false);
	play_step(GREETING, false);
	play_step(IN "* BYE IMAP access disabled for this account.\r\n",
	    false);
	assert_int_equal(r.sheet.findings[0].cause, CAUSE_AUTH_DISABLED);
	finish();
}

static const struct {
	const char	*answer;
	enum cause	 cause;
	enum stage	 stage;
	uint16_t	 port;
} silent_port_rows[] = {
	{ "\x15\x03\x01", CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, 993 },
	{ "\x16\x03\x03", CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_TLS, 143 },
	{ "* BAD what\r\n", CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
	    993 },
	{ FIN, CAUSE_GREETING_TIMEOUT, STAGE_GREETING, 993 },
	{ RST, CAUSE_GREETING_TIMEOUT, STAGE_GREETING, 143 },
	{ TIME, CAUSE_GREETING_TIMEOUT, STAGE_GREETING, 993 }
};

/* a port that says nothing in clear is asked whether it wants TLS */
static void
test_silent_port(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(silent_port_rows); i++) {
		struct row row = { .name = "silent", .tls = TLS_STARTTLS,
			.port = silent_port_rows[i].port };

		start(&row);
		assert_int_equal(want.kind, WANT_READ);
		if (silent_port_rows[i].port == 993)
			assert_int_equal(want.wake_at, 1000000 + now);
		else
			assert_true(want.wake_at > 7999000 &&
			    want.wake_at < 8001000);
		assert_int_equal(sent.len, 0);
		play_step(WAKE, false);
		assert_int_equal(want.wake_at, 0);
		/* one whole record, whose header tells its length */
		assert_int_equal(sent.len, 5 +
		    (unsigned char)buf_cstr(&sent)[4]);
		assert_int_equal(buf_cstr(&sent)[0], 0x16);
		play_step(silent_port_rows[i].answer, false);
		assert_int_equal(want.kind, WANT_DONE);
		assert_int_equal(r.sheet.nfindings, 1);
		assert_int_equal(r.sheet.findings[0].cause, silent_port_rows[i].cause);
		assert_int_equal(r.sheet.findings[0].stage, silent_port_rows[i].stage);
		assert_int_equal(sent.len, 5 + 0x5b);
		finish();
	}
}

/* what went over the wire is told without the secret, and what a server repeats of it is masked */
static void
test_secrets(void **state)
{
	static const struct row row = { .name = "secrets",
		.tls = TLS_IMPLICIT };
	const char *log;

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step(GREETING, false);
	play_step("* OK [ALERT] geheim is weak\r\n", false);
	play_step("a1 NO no bob:geheim, and no ge\xe2\x80\x8bheim\r\n", false);
	assert_int_equal(r.sheet.nfindings, 1);
	assert_non_null(strstr(r.sheet.findings[0].sentence,
	    "no bob:***, and no ***"));
	log = buf_cstr(&s.log);
	assert_string_equal(log,
	    "< * OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\n"
	    "> a1 AUTHENTICATE PLAIN (secret)\n"
	    "> a2 STATUS INBOX (MESSAGES UNSEEN)\n> a3 EXAMINE INBOX\n"
	    "< * OK [ALERT] *** is weak\n"
	    "< a1 NO no bob:***, and no ***\n"
	    "> a4 LOGOUT\n");
	finish();

	start(&row);
	play_step(TLS, false);
	play_step(BARE, false);
	play_step(IN, false);
	log = buf_cstr(&s.log);
	assert_non_null(strstr(log, "> a1 LOGIN bob (secret)\n"));
	assert_null(strstr(log, "geheim"));
	assert_non_null(strstr(log,
	    "> a2 STATUS INBOX (MESSAGES UNSEEN)\n> a3 EXAMINE INBOX\n"));
	finish();
}

static void
test_secret_steps(void **state)
{
	static const struct row row = { .name = "steps", .tls = TLS_IMPLICIT,
		.login = &login_mech };

	(void)state;
	start(&row);
	play_step(TLS, false);
	play_step("* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=LOGIN]\r\n", false);
	play_step("+ VXNlcm5hbWU6\r\n", false);
	play_step("+ UGFzc3dvcmQ6\r\n", false);
	assert_non_null(strstr(buf_cstr(&s.log),
	    "> (secret)\n< + UGFzc3dvcmQ6\n> (secret)\n"));
	assert_null(strstr(buf_cstr(&s.log), B64_GEHEIM));
	finish();
}

/* names and connections that never come */
static void
test_before_the_talk(void **state)
{
	struct resolved names = { .outcome = DNS_NXDOMAIN };
	struct connected to = { .n = 1, .winner = -1 };

	(void)state;
	memset(&r, 0, sizeof(r));
	memcpy(r.target.host, "mail.example", 13);
	r.target.port = 993;
	r.target.tls = TLS_IMPLICIT;
	config = (struct session_config){ .protocol = &imap_protocol,
	    .ladder = whole_ladder, .login = &bob, .verify = true };
	buf_init(&sent, 100);
	session_init(&s, &config, &r);
	happen((struct event){ .kind = EVENT_START });
	happen((struct event){ .kind = EVENT_RESOLVED, .resolved = &names });
	assert_int_equal(want.kind, WANT_DONE);
	assert_true(sheet_has(&r.sheet, CAUSE_DNS_NXDOMAIN));
	finish();

	memset(&r, 0, sizeof(r));
	memcpy(r.target.host, "192.0.2.7", 10);
	r.target.port = 993;
	r.target.tls = TLS_IMPLICIT;
	buf_init(&sent, 100);
	session_init(&s, &config, &r);
	happen((struct event){ .kind = EVENT_START });
	assert_int_equal(want.kind, WANT_CONNECT);
	to.attempts[0] = (struct attempt){ .address = r.target.fixed,
	    .started = 1, .ended = 2, .error = 111 };
	happen((struct event){ .kind = EVENT_CONNECTED, .connected = &to });
	assert_int_equal(want.kind, WANT_DONE);
	assert_true(sheet_has(&r.sheet, CAUSE_CONNECT_REFUSED));
	/* nothing moves it any more */
	happen((struct event){ .kind = EVENT_START });
	happen((struct event){ .kind = EVENT_DEADLINE });
	happen((struct event){ .kind = EVENT_CLOSED });
	assert_int_equal(want.kind, WANT_DONE);
	assert_int_equal(r.sheet.nfindings, 1);
	finish();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good), cmocka_unit_test(test_greeting),
		cmocka_unit_test(test_starttls),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_tls_first),
		cmocka_unit_test(test_login), cmocka_unit_test(test_wire),
		cmocka_unit_test(test_scram), cmocka_unit_test(test_mailbox),
		cmocka_unit_test(test_nearest), cmocka_unit_test(test_several),
		cmocka_unit_test(test_oldest),
		cmocka_unit_test(test_oldest_is_capped),
		cmocka_unit_test(test_fetch), cmocka_unit_test(test_fetch_facts),
		cmocka_unit_test(test_facts),
		cmocka_unit_test(test_login_name),
		cmocka_unit_test(test_early_answer),
		cmocka_unit_test(test_together),
		cmocka_unit_test(test_login_stands_alone),
		cmocka_unit_test(test_login_at_courier),
		cmocka_unit_test(test_silent_port),
		cmocka_unit_test(test_secrets),
		cmocka_unit_test(test_secret_steps),
		cmocka_unit_test(test_before_the_talk)
	};

	played = &imap_protocol;
	played_ladder = whole_ladder;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
