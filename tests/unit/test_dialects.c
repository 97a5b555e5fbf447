/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_dialects - every protocol from its greeting to TLS, as tables of events
 */
#include "dialog/dialects.h"
#include "session_play.h"

enum { COUNT_NAMES = 11 };

#define GO(dialect_name, told, ...) \
	{ .name = dialect_name, .tls = TLS_STARTTLS, \
	    .steps = { __VA_ARGS__ }, .sent = told }

/* --- what is said --- */

#define SIEVE_HI "\"IMPLEMENTATION\" \"x\"\r\n\"STARTTLS\"\r\nOK \"ready\"\r\n"
#define STREAM_OPEN "<?xml version='1.0'?><stream:stream to='mail.example' " \
	"version='1.0' xmlns='jabber:client' " \
	"xmlns:stream='http://etherx.jabber.org/streams'>"
#define S2S_OPEN "<?xml version='1.0'?><stream:stream to='mail.example' " \
	"version='1.0' xmlns='jabber:server' " \
	"xmlns:stream='http://etherx.jabber.org/streams'>"
#define ASK_TLS "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"
#define STREAM	"<?xml version='1.0'?><stream:stream id='1' version='1.0'>"
#define FEATURES "<stream:features><starttls xmlns='x'><required/>" \
	"</starttls></stream:features>"
#define PROCEED	"<proceed xmlns='x'/>"
#define END	"</stream:stream>"

static const struct row imap_rows[] = {
	GO("STARTTLS", "a1 CAPABILITY\r\na2 STARTTLS\r\na3 LOGOUT\r\n",
	    "* OK hi\r\n", "* CAPABILITY IMAP4rev1 STARTTLS\r\na1 OK\r\n",
	    "a2 OK go\r\n", TLS)
};

static const struct row pop3_rows[] = {
	GO("STLS", "CAPA\r\nSTLS\r\nQUIT\r\n", "+OK hi\r\n",
	    "+OK\r\nSTLS\r\n.\r\n", "+OK go\r\n", TLS)
};

static const struct row smtp_rows[] = {
	GO("STARTTLS", "EHLO [127.0.0.1]\r\nSTARTTLS\r\nQUIT\r\n",
	    "220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n", TLS)
};

static const struct row lmtp_rows[] = {
	GO("STARTTLS", "LHLO [127.0.0.1]\r\nSTARTTLS\r\nQUIT\r\n",
	    "220 hi\r\n", "250-hi\r\n250 STARTTLS\r\n", "220 go\r\n", TLS)
};

#define BAD_ROW(title, why, where, words, told, ...) \
	{ .name = title, .tls = TLS_STARTTLS, \
	    .steps = { __VA_ARGS__ }, .cause = CAUSE_##why, \
	    .stage = STAGE_##where, .sentence = words, .sent = told }

static const struct row sieve_rows[] = {
	GO("STARTTLS", "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "OK\r\n", TLS),
	GO("literals, LF", "STARTTLS\r\nLOGOUT\r\n",
	    "{8}\r\nSTARTTLS\nok\n", "OK \"go\"\n", TLS),
	BAD_ROW("not offered", TLS_STARTTLS_MISSING, TLS, "STARTTLS",
	    "LOGOUT\r\n", "\"SIEVE\" \"x\"\r\nOK\r\n"),
	BAD_ROW("refused", TLS_STARTTLS_REFUSED, TLS, "\"no key\"",
	    "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "NO \"no key\"\r\n"),
	BAD_ROW("sent away at STARTTLS", TLS_STARTTLS_REFUSED, TLS, "no key",
	    "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "BYE \"no key\"\r\n"),
	BAD_ROW("busy", GREETING_UNAVAILABLE, GREETING, "TRYLATER", "",
	    "BYE (TRYLATER) \"busy\"\r\n"),
	BAD_ROW("no reason", GREETING_UNAVAILABLE, GREETING, "a refusal", "",
	    "NO\r\n"),
	BAD_ROW("banned", GREETING_REFUSED, GREETING, "banned", "",
	    "BYE \"you are banned\"\r\n"),
	BAD_ROW("IMAP", GREETING_WRONG_PROTOCOL, GREETING,
	    "speaks IMAP, not ManageSieve", "", "* OK hi\r\n"),
	BAD_ROW("TLS at once", TLS_PORT_SPEAKS_TLS, TLS, NULL, "",
	    "\x15\3\3"),
	BAD_ROW("nonsense", PROTOCOL_VIOLATION, GREETING, "hello", "",
	    "hello\r\n"),
	BAD_ROW("data for an answer", PROTOCOL_VIOLATION, TLS, NULL,
	    "STARTTLS\r\n", SIEVE_HI, "\"x\"\r\n"),
	BAD_ROW("silence", GREETING_TIMEOUT, GREETING, "sent no greeting", "",
	    TIME),
	BAD_ROW("an end", GREETING_CLOSED, GREETING, NULL, "",
	    "\"SIEVE\" \"x\"\r\n", FIN),
	BAD_ROW("silence at STARTTLS", TLS_TIMEOUT, TLS, "STARTTLS",
	    "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, TIME),
	BAD_ROW("handshake fails", TLS_HANDSHAKE, TLS, NULL, "STARTTLS\r\n",
	    SIEVE_HI, "OK\r\n", NOTLS)
};

/* of the whole ladder, with what is said inside TLS */
static const struct row sieve_whole_rows[] = {
	GO("capabilities again", "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "OK\r\n",
	    TLS, "\"SIEVE\" \"x\"\r\nOK\r\n"),
	BAD_ROW("silence inside TLS", AUTH_TIMEOUT, AUTH, "inside TLS",
	    "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "OK\r\n", TLS, TIME),
	BAD_ROW("sent away inside TLS", AUTH_UNAVAILABLE, AUTH, "to go on",
	    "STARTTLS\r\nLOGOUT\r\n", SIEVE_HI, "OK\r\n", TLS, "BYE\r\n"),
	{ .name = "implicit TLS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, SIEVE_HI }, .sent = "LOGOUT\r\n" }
};

#define AUTH_TLS "AUTH TLS\r\n"

static const struct row ftp_rows[] = {
	GO("AUTH TLS", AUTH_TLS "QUIT\r\n", "220 hi\r\n", "234 go\r\n", TLS),
	GO("many lines, slow", AUTH_TLS "QUIT\r\n",
	    "120 soon\r\n220-hi\r\nall\r\n220 hi\r\n", "334-a\r\n334 go\r\n",
	    TLS),
	{ .name = "implicit TLS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "220 hi\r\n" }, .sent = "QUIT\r\n" },
	BAD_ROW("unknown", TLS_STARTTLS_MISSING, TLS,
	    "does not know AUTH TLS: \"500 what?\"", AUTH_TLS "QUIT\r\n",
	    "220 hi\r\n", "500 what?\r\n"),
	BAD_ROW("no mechanism", TLS_STARTTLS_MISSING, TLS, "504",
	    AUTH_TLS "QUIT\r\n", "220 hi\r\n", "504 no such\r\n"),
	BAD_ROW("needs a login first", TLS_STARTTLS_REFUSED, TLS,
	    "refuses AUTH TLS: \"530 Please login\"", AUTH_TLS "QUIT\r\n",
	    "220 hi\r\n", "530 Please login\r\n"),
	BAD_ROW("no key", TLS_STARTTLS_REFUSED, TLS, "431",
	    AUTH_TLS "QUIT\r\n", "220 hi\r\n", "431 unavailable\r\n"),
	BAD_ROW("an answer to another question", PROTOCOL_VIOLATION, TLS,
	    "200", AUTH_TLS, "220 hi\r\n", "200 ok\r\n"),
	BAD_ROW("busy", GREETING_UNAVAILABLE, GREETING, "421", "",
	    "421 busy\r\n"),
	BAD_ROW("too many", AUTH_CONNECTION_LIMIT, GREETING, "421", "",
	    "421 too many connections\r\n"),
	BAD_ROW("not wanted", GREETING_REFUSED, GREETING, "530", "",
	    "530 go away\r\n"),
	BAD_ROW("POP3", GREETING_WRONG_PROTOCOL, GREETING,
	    "speaks POP3, not FTP", "", "+OK hi\r\n"),
	BAD_ROW("TLS at once", TLS_PORT_SPEAKS_TLS, TLS, NULL, "",
	    "\x15\3\3"),
	BAD_ROW("a line that is none", PROTOCOL_VIOLATION, GREETING, "220",
	    "", "2200 hi\r\n"),
	BAD_ROW("a code that greets nobody", PROTOCOL_VIOLATION, GREETING,
	    "230", "", "230 hi\r\n"),
	BAD_ROW("silence", GREETING_TIMEOUT, GREETING, NULL, "", TIME),
	BAD_ROW("silence at AUTH", TLS_TIMEOUT, TLS, "did not answer AUTH TLS",
	    AUTH_TLS "QUIT\r\n", "220 hi\r\n", TIME),
	BAD_ROW("an end at AUTH", TLS_CLOSED, TLS, "at AUTH TLS", AUTH_TLS,
	    "220 hi\r\n", FIN)
};

#define CAPS	"CAPABILITIES\r\n"
#define LIST	"101 list\r\nVERSION 2\r\nSTARTTLS\r\n.\r\n"

static const struct row nntp_rows[] = {
	GO("STARTTLS", CAPS "STARTTLS\r\nQUIT\r\n", "200 hi\r\n", LIST,
	    "382 go\r\n", TLS),
	GO("without a list", CAPS "STARTTLS\r\nQUIT\r\n", "201 hi\r\n",
	    "500 what?\r\n", "382 go\r\n", TLS),
	{ .name = "implicit TLS", .tls = TLS_IMPLICIT,
	    .steps = { TLS, "200 hi\r\n" }, .sent = "QUIT\r\n" },
	BAD_ROW("not offered", TLS_STARTTLS_MISSING, TLS, NULL,
	    CAPS "QUIT\r\n", "200 hi\r\n", "101 list\r\nREADER\r\n.\r\n"),
	BAD_ROW("unknown", TLS_STARTTLS_MISSING, TLS, "does not know",
	    CAPS "STARTTLS\r\nQUIT\r\n", "200 hi\r\n", "500 what?\r\n",
	    "500 what?\r\n"),
	BAD_ROW("refused", TLS_STARTTLS_REFUSED, TLS, "580 no key",
	    CAPS "STARTTLS\r\nQUIT\r\n", "200 hi\r\n", LIST,
	    "580 no key\r\n"),
	BAD_ROW("offered and unknown", TLS_STARTTLS_REFUSED, TLS, "500",
	    CAPS "STARTTLS\r\nQUIT\r\n", "200 hi\r\n", LIST,
	    "500 what?\r\n"),
	BAD_ROW("busy", GREETING_UNAVAILABLE, GREETING, "400", "",
	    "400 busy\r\n"),
	BAD_ROW("not wanted", GREETING_REFUSED, GREETING, "502", "",
	    "502 go away\r\n"),
	BAD_ROW("SSH", GREETING_WRONG_PROTOCOL, GREETING, "speaks SSH", "",
	    "SSH-2.0-x\r\n"),
	BAD_ROW("silence", GREETING_TIMEOUT, GREETING, "CAPABILITIES",
	    CAPS "QUIT\r\n", "200 hi\r\n", TIME),
	BAD_ROW("an end", GREETING_CLOSED, GREETING, "at CAPABILITIES", CAPS,
	    "200 hi\r\n", "101 list\r\n", FIN)
};

static const struct row xmpp_rows[] = {
	GO("STARTTLS", STREAM_OPEN ASK_TLS, STREAM FEATURES, PROCEED, TLS),
	GO("white space", STREAM_OPEN ASK_TLS, STREAM "\n" FEATURES, "\n"
	    PROCEED, TLS),
	BAD_ROW("not offered", TLS_STARTTLS_MISSING, TLS, NULL,
	    STREAM_OPEN END, STREAM "<stream:features><bind/>"
	    "</stream:features>"),
	BAD_ROW("an old server", TLS_STARTTLS_MISSING, TLS, NULL,
	    STREAM_OPEN END, "<stream:stream id='1'>"),
	BAD_ROW("refused", TLS_STARTTLS_REFUSED, TLS, "<failure",
	    STREAM_OPEN ASK_TLS END, STREAM FEATURES, "<failure xmlns='x'/>"),
	BAD_ROW("ended", TLS_STARTTLS_REFUSED, TLS, "no reason given",
	    STREAM_OPEN ASK_TLS END, STREAM FEATURES, END),
	BAD_ROW("unknown name", GREETING_REFUSED, GREETING,
	    "\"host-unknown: not here\"", STREAM_OPEN END, STREAM
	    "<stream:error><host-unknown/><text>not here</text></stream:error>"),
	BAD_ROW("shutting down", GREETING_UNAVAILABLE, GREETING,
	    "\"system-shutdown\"", STREAM_OPEN END, STREAM
	    "<stream:error><system-shutdown/></stream:error>"),
	BAD_ROW("another name space", PROTOCOL_REJECTED, GREETING, NULL,
	    STREAM_OPEN END, STREAM
	    "<stream:error><invalid-namespace/></stream:error>"),
	BAD_ROW("no stream", GREETING_WRONG_PROTOCOL, GREETING,
	    "HTTP or XML", STREAM_OPEN, "<a/>"),
	BAD_ROW("a second stream", PROTOCOL_VIOLATION, GREETING, NULL,
	    STREAM_OPEN, STREAM STREAM),
	BAD_ROW("a message for an answer", PROTOCOL_VIOLATION, TLS, NULL,
	    STREAM_OPEN ASK_TLS, STREAM FEATURES, "<message/>"),
	BAD_ROW("SMTP", GREETING_WRONG_PROTOCOL, GREETING, "not XMPP",
	    STREAM_OPEN, "220 hi\r\n"),
	BAD_ROW("HTML", GREETING_WRONG_PROTOCOL, GREETING, "HTTP or XML",
	    STREAM_OPEN, "<!DOCTYPE html>"),
	BAD_ROW("TLS at once", TLS_PORT_SPEAKS_TLS, TLS, NULL, STREAM_OPEN,
	    "\x15\3\3"),
	BAD_ROW("silence", GREETING_TIMEOUT, GREETING, "opening of a stream",
	    STREAM_OPEN, TIME),
	BAD_ROW("an end", GREETING_CLOSED, GREETING, "a stream was opened",
	    STREAM_OPEN, FIN),
	BAD_ROW("silence at STARTTLS", TLS_TIMEOUT, TLS, NULL,
	    STREAM_OPEN ASK_TLS END, STREAM FEATURES, TIME)
};

static const struct row s2s_rows[] = {
	GO("STARTTLS", S2S_OPEN ASK_TLS, STREAM FEATURES, PROCEED, TLS)
};

/* --- protocols with NUL bytes: what is said is compared as bytes --- */

/* a piece of such an answer; `told` is the whole conversation of ours */
struct bytes_row {
	const char	*name;
	struct span	 answer;
	bool		 tls;		/* the handshake begins behind it */
	enum cause	 cause;
	enum stage	 stage;
	const char	*sentence;
	bool		 farewell;
	bool		 whole;		/* only at once it is told for what it is */
};

static const char starttls[] = "0\x1d\2\1\1\x77\x18\x80\x16"
    "1.3.6.1.4.1.1466.20037";
static const char unbind[] = "0\5\2\1\2\x42";
static const char ssl_request[] = "\0\0\0\x08\4\xd2\x16\x2f";

static const struct bytes_row ldap_rows[] = {
	{ "success", SPAN("0\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\0"), .tls = true,
	    .farewell = true },
	{ "unknown", SPAN("0\x0f\2\1\1\x78\x0a\x0a\1\2\4\0\4\3eek"),
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS,
	    .sentence = "does not know StartTLS: protocolError (2), \"eek\"",
	    .farewell = true },
	{ "refused", SPAN("0\x0c\2\1\1\x78\7\x0a\1\x34\4\0\4\0"),
	    .cause = CAUSE_TLS_STARTTLS_REFUSED, .stage = STAGE_TLS,
	    .sentence = "refuses StartTLS: unavailable (52)",
	    .farewell = true },
	{ "sent away", SPAN("0\x0f\2\1\0\x78\x0a\x0a\1\x34\4\0\4\3" "eek"),
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sentence = "notice of disconnection: unavailable (52), \"eek\"" },
	{ "not understood", SPAN("0\x0c\2\1\0\x78\7\x0a\1\2\4\0\4\0"),
	    .cause = CAUSE_PROTOCOL_REJECTED, .stage = STAGE_GREETING },
	{ "of another question", SPAN("0\x0c\2\1\7\x78\7\x0a\1\0\4\0\4\0"),
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_GREETING },
	{ "a bind response", SPAN("0\x0c\2\1\1\x61\7\x0a\1\0\4\0\4\0"),
	    .cause = CAUSE_PROTOCOL_VIOLATION, .stage = STAGE_GREETING },
	{ "IMAP", SPAN("* OK hi\r\n"),
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING },
	{ "TLS at once", SPAN("\x15\3\3\0\2\2\x0a"),
	    .cause = CAUSE_TLS_PORT_SPEAKS_TLS, .stage = STAGE_TLS }
};

static const struct bytes_row postgres_rows[] = {
	{ "S", SPAN("S"), .tls = true },
	{ "N", SPAN("N"), .cause = CAUSE_TLS_STARTTLS_MISSING,
	    .stage = STAGE_TLS, .sentence = "\"N\"" },
	{ "full", SPAN("E\0\0\0\x19SFATAL\0C53300\0Mfull\0\0"),
	    .cause = CAUSE_AUTH_CONNECTION_LIMIT, .stage = STAGE_GREETING,
	    .sentence = "\"53300 full\"" },
	{ "no TLS", SPAN("E\0\0\0\x19SFATAL\0C0A000\0Mfull\0\0"),
	    .cause = CAUSE_TLS_STARTTLS_MISSING, .stage = STAGE_TLS },
	{ "no process", SPAN("Ecould not fork\n\0"),
	    .cause = CAUSE_GREETING_UNAVAILABLE, .stage = STAGE_GREETING,
	    .sentence = "\"could not fork\"" },
	/* whose first letter would be a yes */
	{ "SSH", SPAN("SSH-2.0-x\r\n"),
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING,
	    .sentence = "speaks SSH", .whole = true },
	{ "SMTP", SPAN("220 hi\r\n"),
	    .cause = CAUSE_GREETING_WRONG_PROTOCOL, .stage = STAGE_GREETING },
	{ "TLS at once", SPAN("\x15\3\3\0\2\2\x0a"),
	    .cause = CAUSE_TLS_PORT_SPEAKS_TLS, .stage = STAGE_TLS }
};

static const struct row frame = { .name = "bytes", .tls = TLS_STARTTLS };

static void
feed(struct span bytes, bool bytewise)
{
	size_t i, step = bytewise ? 1 : bytes.len;

	for (i = 0; i < bytes.len; i += step)
		happen((struct event){ .kind = EVENT_BYTES,
		    .bytes = { bytes.p + i, step } });
}

static void
check_found(enum cause cause, enum stage stage, const char *sentence)
{
	const struct finding *f = r.sheet.findings;

	assert_int_equal(want.kind, WANT_DONE);
	assert_int_equal(r.sheet.nfindings, cause == CAUSE_NONE ? 0 : 1);
	assert_int_equal(s.finished, cause == CAUSE_NONE);
	if (cause == CAUSE_NONE)
		return;
	assert_string_equal(cause_info(f->cause)->slug,
	    cause_info(cause)->slug);
	assert_int_equal(f->stage, stage);
	assert_int_equal(r.stages[stage].progress, PROGRESS_FAILED);
	if (sentence != NULL && strstr(f->sentence, sentence) == NULL)
		fail_msg("\"%s\" is not in \"%s\"", sentence, f->sentence);
}

static void
play_bytes(const struct bytes_row *rows, size_t n, struct span question,
    struct span farewell)
{
	struct span told;
	size_t i;
	int bytewise;

	for (i = 0; i < n * 2; i++) {
		const struct bytes_row *row = &rows[i / 2];

		bytewise = i % 2 == 1 && !row->whole;
		start(&frame);
		feed(row->answer, bytewise);
		if (row->tls) {
			assert_int_equal(want.kind, WANT_TLS);
			play_step(TLS, false);
		}
		check_found(row->cause, row->stage, row->sentence);
		told = buf_span(&sent);
		assert_int_equal(told.len, question.len +
		    (row->farewell ? farewell.len : 0));
		assert_memory_equal(told.p, question.p, question.len);
		if (row->farewell)
			assert_memory_equal(told.p + question.len, farewell.p,
			    farewell.len);
		finish();
	}
}

/* --- the table --- */

static void
choose(const char *name)
{
	const struct dialect *d = dialect_of(span_of(name));

	assert_non_null(d);
	played = d->protocol;
	played_ladder = d->ladder;
	played_greet_only = true;
}

static void
test_lines(void **state)
{
	(void)state;
	choose("imap");
	play(imap_rows, COUNT(imap_rows));
	choose("pop3");
	play(pop3_rows, COUNT(pop3_rows));
	choose("smtp");
	play(smtp_rows, COUNT(smtp_rows));
	choose("lmtp");
	play(lmtp_rows, COUNT(lmtp_rows));
	choose("ftp");
	play(ftp_rows, COUNT(ftp_rows));
	choose("nntp");
	play(nntp_rows, COUNT(nntp_rows));
	choose("xmpp");
	play(xmpp_rows, COUNT(xmpp_rows));
	choose("xmpp-server");
	play(s2s_rows, COUNT(s2s_rows));
}

static void
test_sieve(void **state)
{
	(void)state;
	choose("sieve");
	play(sieve_rows, COUNT(sieve_rows));
	played_greet_only = false;
	play(sieve_whole_rows, COUNT(sieve_whole_rows));
}

static void
test_bytes(void **state)
{
	(void)state;
	choose("ldap");
	play_bytes(ldap_rows, COUNT(ldap_rows), (struct span){ starttls,
	    sizeof(starttls) - 1 }, (struct span){ unbind, sizeof(unbind) });
	choose("postgres");
	play_bytes(postgres_rows, COUNT(postgres_rows), (struct span)
	    { ssl_request, sizeof(ssl_request) - 1 }, (struct span){ "", 0 });
}

/* silence and an end instead of the first answer, where the client speaks first */
static void
test_first_silence(void **state)
{
	static const char *const names[] = { "ldap", "postgres" };
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(names); i++) {
		choose(names[i]);
		start(&frame);
		play_step(TIME, false);
		check_found(CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
		    "did not answer S");
		finish();
		start(&frame);
		play_step(FIN, false);
		check_found(CAUSE_GREETING_CLOSED, STAGE_GREETING, "at S");
		finish();
	}
}

/* --- bytes in clear behind the answer to STARTTLS --- */

static const struct injection {
	const char	*name;
	const char	*before[3];	/* up to the answer, without it */
	struct span	 answer;
	struct span	 injected;
	struct span	 farewell;	/* what a server says in clear that changes its mind; empty: nothing that is known */
} injections[] = {
	{ "imap", { "* OK hi\r\n", "* CAPABILITY STARTTLS\r\na1 OK\r\n" },
	    SPAN("a2 OK go\r\n"), SPAN("* CAPABILITY X\r\n"),
	    SPAN("* BYE no key\r\n") },
	{ "pop3", { "+OK\r\n", "+OK\r\nSTLS\r\n.\r\n" }, SPAN("+OK go\r\n"),
	    SPAN("+OK in\r\n"), SPAN("-ERR no key\r\n") },
	{ "smtp", { "220 hi\r\n", "250-x\r\n250 STARTTLS\r\n" },
	    SPAN("220 go\r\n"), SPAN("250 x\r\n"), SPAN("454 no key\r\n") },
	{ "lmtp", { "220 hi\r\n", "250-x\r\n250 STARTTLS\r\n" },
	    SPAN("220 go\r\n"), SPAN("250 x\r\n"), SPAN("454 no key\r\n") },
	{ "sieve", { SIEVE_HI }, SPAN("OK\r\n"), SPAN("\"SASL\" \"\"\r\n"),
	    SPAN("BYE \"no key\"\r\n") },
	{ "ftp", { "220 hi\r\n" }, SPAN("234 go\r\n"), SPAN("230 in\r\n"),
	    SPAN("421 no key\r\n") },
	{ "nntp", { "200 hi\r\n", LIST }, SPAN("382 go\r\n"),
	    SPAN("281 in\r\n"), SPAN("400 no key\r\n") },
	{ "xmpp", { STREAM FEATURES }, SPAN(PROCEED), SPAN(FEATURES),
	    SPAN(END) },
	{ "xmpp-server", { STREAM FEATURES }, SPAN(PROCEED), SPAN("\n "),
	    SPAN("<stream:error><reset/></stream:error>") },
	{ "ldap", { NULL }, SPAN("0\x0c\2\1\1\x78\7\x0a\1\0\4\0\4\0"),
	    SPAN("0\x0c\2\1\2\x61\7\x0a\1\0\4\0\4\0"), { NULL, 0 } },
	{ "postgres", { NULL }, SPAN("S"), SPAN("R\0\0\0\x08\0\0\0\0"),
	    { NULL, 0 } }
};

static void
inject(const struct injection *row, struct span behind, enum cause cause)
{
	struct buf both;
	size_t i;

	choose(row->name);
	start(&frame);
	for (i = 0; i < COUNT(row->before) && row->before[i] != NULL; i++)
		play_step(row->before[i], false);
	buf_init(&both, 4096);
	buf_span_add(&both, row->answer);
	buf_span_add(&both, behind);
	feed(buf_span(&both), false);
	check_found(cause, STAGE_TLS, NULL);
	buf_free(&both);
	finish();
}

static void
test_injection(void **state)
{
	size_t i;

	(void)state;
	assert_int_equal(COUNT(injections), COUNT_NAMES);
	for (i = 0; i < COUNT(injections); i++) {
		inject(&injections[i], injections[i].injected,
		    CAUSE_TLS_INJECTION);
		if (injections[i].farewell.len > 0)
			inject(&injections[i], injections[i].farewell,
			    CAUSE_TLS_STARTTLS_REFUSED);
	}
}

/* --- names and ports --- */

static const struct {
	uint16_t	 port;
	const char	*name;
	enum tls_mode	 mode;
} ports[] = {
	{ 143, "imap", TLS_STARTTLS }, { 993, "imap", TLS_IMPLICIT },
	{ 110, "pop3", TLS_STARTTLS }, { 995, "pop3", TLS_IMPLICIT },
	{ 25, "smtp", TLS_STARTTLS }, { 587, "smtp", TLS_STARTTLS },
	{ 465, "smtp", TLS_IMPLICIT }, { 24, "lmtp", TLS_STARTTLS },
	{ 4190, "sieve", TLS_STARTTLS }, { 389, "ldap", TLS_STARTTLS },
	{ 636, "ldap", TLS_IMPLICIT }, { 21, "ftp", TLS_STARTTLS },
	{ 990, "ftp", TLS_IMPLICIT }, { 119, "nntp", TLS_STARTTLS },
	{ 563, "nntp", TLS_IMPLICIT }, { 5222, "xmpp", TLS_STARTTLS },
	{ 5223, "xmpp", TLS_IMPLICIT }, { 5269, "xmpp-server", TLS_STARTTLS },
	{ 5270, "xmpp-server", TLS_IMPLICIT },
	{ 5432, "postgres", TLS_STARTTLS }
};

static void
test_table(void **state)
{
	const struct dialect *d;
	size_t i;

	(void)state;
	for (i = 0; dialect_names[i] != NULL; i++) {
		d = dialect_of(span_of(dialect_names[i]));
		assert_non_null(d);
		assert_string_equal(d->protocol->name, dialect_names[i]);
		assert_non_null(d->protocol->refusals);
	}
	assert_int_equal(i, COUNT_NAMES);
	assert_non_null(dialect_of(span_of("LDAP")));
	assert_null(dialect_of(span_of("ldaps")));
	assert_null(dialect_of(span_of("")));
	for (i = 0; i < COUNT(ports); i++) {
		d = dialect_of_port(ports[i].port);
		assert_non_null(d);
		assert_string_equal(d->protocol->name, ports[i].name);
		assert_int_equal(dialect_mode(d, ports[i].port),
		    ports[i].mode);
	}
	assert_null(dialect_of_port(443));
	assert_null(dialect_of_port(0));
	assert_int_equal(dialect_mode(dialect_of(span_of("ldap")), 10389),
	    TLS_STARTTLS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_sieve),
		cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_first_silence),
		cmocka_unit_test(test_injection),
		cmocka_unit_test(test_table)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
