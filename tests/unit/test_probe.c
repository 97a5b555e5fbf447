/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_probe - what speaks on a port, as tables of events
 *
 * Each row is played twice: what the server says as a whole, and a byte at a
 * time.  Both must come to the same.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "dialog/hello.h"
#include "dialog/probe.h"
#include "report/cause.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

/* steps that are no bytes from the server */
#define WAKE	"\1wake"	/* the time asked for has come */
#define LATE	"\1late"	/* the deadline of the run */
#define FIN	"\1fin"
#define RST	"\1rst"
#define SPOKEN	"\1spoken"	/* an end, after the server's first TLS record */
#define TLS	"\1tls"		/* the handshake is done */
#define ALERT	"\1alert"	/* the server ended it: handshake_failure */
#define OLD	"\1old"		/* no version in common */
#define CLEAR	"\1clear"	/* it answered in clear: "* OK hi" */
#define BYE	"\1bye"		/* and so: "* BYE no key" */
#define AGAIN	"\1again"	/* the second connection */

/* what is sent, with the hello as one byte */
#define HELLO	"~"

enum {
	STEPS = 8,
	MS = 1000,
	PATIENCE = 8 * 1000 * MS
};

struct row {
	const char	*name;
	uint16_t	 port;
	enum probe_depth depth;
	const char	*steps[STEPS];
	const char	*sent;
	enum speech	 speech, inside;
	const char	*said;		/* S starttls, A asked, G greeted, L late */
	enum cause	 trouble;
	enum port_verdict verdict;	/* 0: still open */
	enum want_kind	 want;		/* in the end */
	const char	*words;		/* NULL: not looked at */
};

#define GREET	PROBE_GREETING
#define DEEP	PROBE_TLS
#define DONE	WANT_DONE

static const struct row imap_rows[] = {
	{ "capabilities in the greeting", 143, GREET,
	    { "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "SAG", 0, 0, DONE,
	    "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi" },
	{ "capabilities without STARTTLS", 143, GREET,
	    { "* OK [CAPABILITY IMAP4rev1] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "asked", 143, GREET, { "* OK hi\r\n",
	    "* CAPABILITY IMAP4rev1 STARTTLS\r\na OK done\r\n" },
	    "a CAPABILITY\r\nz LOGOUT\r\n", SPEECH_IMAP, 0, "SAG", 0, 0,
	    DONE, "* OK hi" },
	{ "asked in vain", 143, GREET, { "* OK hi\r\n",
	    "* CAPABILITY IMAP4rev1 STARTTLS=NO\r\na OK done\r\n" },
	    "a CAPABILITY\r\nz LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0,
	    DONE, NULL },
	{ "only the words speak of it", 143, GREET,
	    { "* OK [CAPABILITY IMAP4rev1] no STARTTLS here\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "asked, and the word is only quoted", 143, GREET, { "* OK hi\r\n",
	    "* OK use STARTTLS\r\na BAD what\r\n" },
	    "a CAPABILITY\r\nz LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0,
	    DONE, NULL },
	{ "BYE", 143, GREET, { "* BYE [UNAVAILABLE] later\r\n" },
	    "", SPEECH_IMAP, 0, "", CAUSE_GREETING_UNAVAILABLE, 0, DONE,
	    "* BYE [UNAVAILABLE] later" },
	{ "BYE in unknown words", 143, GREET, { "* BYE xyzzy\r\n" },
	    "", SPEECH_IMAP, 0, "", CAUSE_GREETING_UNAVAILABLE, 0, DONE,
	    NULL },
	{ "BYE that names a block", 143, GREET,
	    { "* BYE your address is blocked\r\n" }, "", SPEECH_IMAP, 0, "",
	    CAUSE_GREETING_REFUSED, 0, DONE, NULL },
	{ "PREAUTH with capabilities", 143, GREET,
	    { "* PREAUTH [CAPABILITY IMAP4rev1] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "PREAUTH", 143, GREET, { "* PREAUTH hi\r\n" },
	    "a CAPABILITY\r\n", SPEECH_IMAP, 0, "G", 0, 0, WANT_READ, NULL },
	{ "gone while it is asked", 143, GREET, { "* OK hi\r\n", FIN },
	    "a CAPABILITY\r\n", SPEECH_IMAP, 0, "G",
	    CAUSE_GREETING_CLOSED, 0, DONE, NULL },
	{ "silent while it is asked", 143, GREET, { "* OK hi\r\n", WAKE },
	    "a CAPABILITY\r\n", SPEECH_IMAP, 0, "G",
	    CAUSE_GREETING_TIMEOUT, 0, DONE, NULL },
	{ "the run ends while it is asked", 143, GREET,
	    { "* OK hi\r\n", LATE }, "a CAPABILITY\r\n", SPEECH_IMAP, 0,
	    "GL", CAUSE_GREETING_TIMEOUT, 0, DONE, NULL },
	{ "on a port without a name", 1143, GREET,
	    { "* OK [CAPABILITY IMAP4rev1] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "nobody listens", 143, PROBE_CONNECT, { "* OK hi\r\n" },
	    "", 0, 0, "", 0, 0, DONE, NULL }
};

static const struct row pop3_rows[] = {
	{ "STLS", 110, GREET, { "+OK hi\r\n", "+OK\r\nUSER\r\nSTLS\r\n.\r\n" },
	    "CAPA\r\nQUIT\r\n", SPEECH_POP3, 0, "SAG", 0, 0, DONE,
	    "+OK hi" },
	{ "no STLS", 110, GREET, { "+OK hi\r\n", "+OK\r\nUSER\r\n"
	    "IMPLEMENTATION STLS\r\n.\r\n" },
	    "CAPA\r\nQUIT\r\n", SPEECH_POP3, 0, "AG", 0, 0, DONE, NULL },
	{ "no CAPA", 110, GREET, { "+OK hi\r\n", "-ERR what\r\n" },
	    "CAPA\r\nQUIT\r\n", SPEECH_POP3, 0, "AG", 0, 0, DONE, NULL },
	{ "-ERR", 110, GREET, { "-ERR [SYS/TEMP] later\r\n" },
	    "", SPEECH_POP3, 0, "", CAUSE_GREETING_UNAVAILABLE, 0, DONE,
	    "-ERR [SYS/TEMP] later" }
};

#define EHLO	"EHLO [127.0.0.1]\r\n"
#define LHLO	"LHLO [127.0.0.1]\r\n"

static const struct row smtp_rows[] = {
	{ "one line, STARTTLS", 25, GREET, { "220 mx ESMTP\r\n",
	    "250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n" },
	    EHLO "QUIT\r\n", SPEECH_SMTP, 0, "SAG", 0, 0, DONE,
	    "220 mx ESMTP" },
	{ "several lines, none", 587, GREET, { "220-mx ESMTP\r\n220 hi\r\n",
	    "250-mx\r\n250-NOSTARTTLS\r\n250 HELP\r\n" },
	    EHLO "QUIT\r\n", SPEECH_SMTP, 0, "AG", 0, 0, DONE, NULL },
	{ "STARTTLS and more", 25, GREET, { "220 mx ESMTP\r\n",
	    "250-STARTTLS REQUIRED\r\n250 mx\r\n" },
	    EHLO "QUIT\r\n", SPEECH_SMTP, 0, "SAG", 0, 0, DONE, NULL },
	{ "421", 25, GREET, { "421 too busy\r\n" }, "", SPEECH_SMTP, 0, "",
	    CAUSE_GREETING_UNAVAILABLE, 0, DONE, "421 too busy" },
	{ "554", 25, GREET, { "554 no\r\n" }, "", SPEECH_SMTP, 0, "",
	    CAUSE_GREETING_REFUSED, 0, DONE, "554 no" },
	{ "554 in lines", 25, GREET, { "554-no\r\n554 never\r\n" }, "",
	    SPEECH_SMTP, 0, "", CAUSE_GREETING_REFUSED, 0, DONE, "554-no" },
	{ "EHLO and LHLO refused", 25, GREET, { "220 mx\r\n",
	    "502 what\r\n", "502 what\r\n" },
	    EHLO LHLO "QUIT\r\n", SPEECH_SMTP, 0, "AG", 0, 0, DONE, NULL },
	{ "no end of the greeting", 25, GREET, { "220-mx\r\n", WAKE },
	    "", SPEECH_SMTP, 0, "", CAUSE_GREETING_TIMEOUT, 0, DONE, NULL },
	{ "cut within the greeting", 25, GREET, { "220-mx\r\n", FIN },
	    "", SPEECH_SMTP, 0, "", CAUSE_GREETING_CLOSED, 0, DONE, NULL },
	{ "the run ends within it", 25, GREET, { "220-mx\r\n", LATE },
	    "", SPEECH_SMTP, 0, "L", CAUSE_GREETING_TIMEOUT, 0, DONE, NULL },
	{ "LMTP by its greeting", 24, GREET, { "220 mx LMTP\r\n",
	    "250-mx\r\n250 STARTTLS\r\n" },
	    LHLO "QUIT\r\n", SPEECH_LMTP, 0, "SAG", 0, 0, DONE, NULL },
	{ "LMTP by what it refuses", 24, GREET, { "220 mx ready\r\n",
	    "500 5.5.1 use LHLO\r\n", "250-mx\r\n250 PIPELINING\r\n" },
	    EHLO LHLO "QUIT\r\n", SPEECH_LMTP, 0, "AG", 0, 0, DONE, NULL }
};

#define SIEVE	"\"IMPLEMENTATION\" \"Sieve\"\r\n"

static const struct row other_rows[] = {
	{ "ManageSieve with STARTTLS", 4190, GREET,
	    { SIEVE "\"STARTTLS\"\r\nOK \"hi\"\r\n" },
	    "LOGOUT\r\n", SPEECH_SIEVE, 0, "SAG", 0, 0, DONE,
	    "\"IMPLEMENTATION\" \"Sieve\"" },
	{ "ManageSieve without", 4190, GREET,
	    { SIEVE "\"SIEVE\" \"STARTTLS\"\r\nOK\r\n" },
	    "LOGOUT\r\n", SPEECH_SIEVE, 0, "AG", 0, 0, DONE, NULL },
	{ "ManageSieve that sends away", 4190, GREET,
	    { SIEVE "BYE \"too many\"\r\n" }, "", SPEECH_SIEVE, 0, "",
	    CAUSE_GREETING_UNAVAILABLE, 0, DONE, "BYE \"too many\"" },
	{ "ManageSieve that says only that", 4190, GREET,
	    { "BYE \"too many\"\r\n" }, "", SPEECH_SIEVE, 0, "",
	    CAUSE_GREETING_UNAVAILABLE, 0, DONE, "BYE \"too many\"" },
	{ "HTTP", 143, GREET, { "HTTP/1.1 400 Bad Request\r\n" }, "",
	    SPEECH_HTTP, 0, "", 0, 0, DONE, "HTTP/1.1 400 Bad Request" },
	{ "SSH", 143, GREET, { "SSH-2.0-x\r\n" }, "", SPEECH_SSH, 0, "",
	    0, 0, DONE, "SSH-2.0-x" },
	{ "FTP", 25, GREET, { "220 FTP server\r\n" }, "", SPEECH_FTP, 0,
	    "", 0, 0, DONE, "220 FTP server" },
	{ "FTP in lines", 25, GREET, { "220-hi\r\n220 FTP server\r\n" }, "",
	    SPEECH_FTP, 0, "", 0, 0, DONE, NULL },
	{ "SMTP that names FTP", 25, GREET, { "220 FTP.example ESMTP\r\n" },
	    EHLO, SPEECH_SMTP, 0, "G", 0, 0, WANT_READ, NULL },
	{ "NNTP", 143, GREET, { "200 news\r\n" }, "", SPEECH_NNTP, 0, "",
	    0, 0, DONE, "200 news" },
	{ "binary", 143, GREET, { "\2\3\4" }, "", SPEECH_OTHER, 0, "", 0, 0,
	    DONE, NULL },
	{ "words of nobody", 143, GREET, { "hello\r\n" }, "", SPEECH_OTHER,
	    0, "", 0, 0, DONE, "hello" },
	{ "an empty line", 143, GREET, { "\r\n" }, "", SPEECH_OTHER,
	    0, "", 0, 0, DONE, NULL }
};

#define RECORD	"\x15\x03\x01"		/* how an answer to a hello begins */

static const struct row hello_rows[] = {
	{ "TLS on its port", 993, GREET, { RECORD }, HELLO, SPEECH_TLS, 0,
	    "", 0, 0, DONE, NULL },
	{ "clear words on a TLS port", 993, GREET, { "* OK hi\r\n" }, HELLO,
	    SPEECH_IMAP, 0, "", 0, 0, DONE, "* OK hi" },
	{ "nothing on a TLS port", 993, GREET, { WAKE }, HELLO, SPEECH_NONE,
	    0, "", 0, 0, DONE, NULL },
	{ "an end on a TLS port", 993, GREET, { FIN }, HELLO, SPEECH_CLOSED,
	    0, "", 0, 0, DONE, NULL },
	{ "a reset on a TLS port", 993, GREET, { RST }, HELLO, 0, 0, "", 0,
	    PORT_RESET, DONE, NULL },
	{ "half a line on a TLS port", 993, GREET, { "* OK h", FIN }, HELLO,
	    SPEECH_IMAP, 0, "", CAUSE_GREETING_CLOSED, 0, DONE, NULL },
	{ "TLS on a clear port", 143, GREET, { WAKE, RECORD }, HELLO,
	    SPEECH_TLS, 0, "", 0, 0, DONE, NULL },
	{ "TLS unasked", 143, GREET, { RECORD }, "", SPEECH_TLS, 0, "", 0, 0,
	    DONE, NULL },
	{ "one that is slow", 25, GREET, { WAKE, "554 no\r\n", AGAIN,
	    "220 mx\r\n", "250 STARTTLS\r\n" }, HELLO "|" EHLO "QUIT\r\n",
	    SPEECH_SMTP, 0, "SAG", 0, 0, DONE, "220 mx" },
	{ "one that is slow, half a line", 143, GREET,
	    { WAKE, "* BYE no", FIN, AGAIN, "* OK [CAPABILITY x]\r\n" },
	    HELLO "|z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "slow ManageSieve", 4190, GREET, { WAKE, "BYE \"what\"\r\n", AGAIN,
	    SIEVE "OK\r\n" }, HELLO "|LOGOUT\r\n", SPEECH_SIEVE, 0, "AG", 0,
	    0, DONE, NULL },
	{ "a second connection is wanted", 110, GREET,
	    { WAKE, "+OK hi\r\n" }, HELLO, SPEECH_POP3, 0, "", 0, 0,
	    WANT_CONNECT, NULL },
	{ "none for HTTP", 143, GREET, { WAKE, "HTTP/1.0 400 no\r\n" },
	    HELLO, SPEECH_HTTP, 0, "", 0, 0, DONE, NULL },
	{ "silent the second time", 25, GREET, { WAKE, "421 no\r\n", AGAIN,
	    WAKE }, HELLO "|", SPEECH_NONE, 0, "", 0, 0, DONE, "" },
	{ "gone the second time", 25, GREET, { WAKE, "421 no\r\n", AGAIN,
	    FIN }, HELLO "|", SPEECH_CLOSED, 0, "", 0, 0, DONE, "" },
	{ "reset the second time", 25, GREET, { WAKE, "421 no\r\n", AGAIN,
	    RST }, HELLO "|", SPEECH_CLOSED, 0, "", 0, 0, DONE, "" }
};

static const struct row silent_rows[] = {
	{ "silence", 143, GREET, { WAKE, WAKE }, HELLO, SPEECH_NONE, 0, "",
	    0, 0, DONE, NULL },
	{ "the run ends before a word", 143, GREET, { LATE }, "",
	    SPEECH_NONE, 0, "L", 0, 0, DONE, NULL },
	{ "an end", 143, GREET, { FIN }, "", SPEECH_CLOSED, 0, "", 0, 0,
	    DONE, NULL },
	{ "a reset", 143, GREET, { RST }, "", 0, 0, "", 0, PORT_RESET, DONE,
	    NULL },
	{ "an end after the hello", 143, GREET, { WAKE, FIN }, HELLO,
	    SPEECH_CLOSED, 0, "", 0, 0, DONE, NULL },
	{ "half a line and silence", 143, GREET, { "* OK h", WAKE }, "",
	    SPEECH_IMAP, 0, "", CAUSE_GREETING_TIMEOUT, 0, DONE, "* OK h" },
	{ "half a line and the end of the run", 143, GREET,
	    { "* OK h", LATE }, "", SPEECH_IMAP, 0, "L",
	    CAUSE_GREETING_TIMEOUT, 0, DONE, NULL },
	{ "half a line and an end", 110, GREET, { "+OK", FIN }, "",
	    SPEECH_POP3, 0, "", CAUSE_GREETING_CLOSED, 0, DONE, "+OK" },
	{ "half a line and a reset", 25, GREET, { "220 mx", RST }, "",
	    SPEECH_SMTP, 0, "", CAUSE_GREETING_CLOSED, 0, DONE, "220 mx" },
	{ "half a word and an end", 143, GREET, { "what", FIN }, "",
	    SPEECH_OTHER, 0, "", 0, 0, DONE, "what" },
	{ "a word without a line end", 7, GREET, { "what", WAKE }, "",
	    SPEECH_OTHER, 0, "", 0, 0, DONE, "what" }
};

#define IMAP_OFFER	"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"

static const struct row tls_rows[] = {
	{ "IMAP inside", 993, DEEP, { TLS, "* OK [CAPABILITY x] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_TLS, SPEECH_IMAP, "AG", 0, 0, DONE, NULL },
	{ "POP3 inside", 995, DEEP, { TLS, "+OK hi\r\n", "-ERR\r\n" },
	    "CAPA\r\nQUIT\r\n", SPEECH_TLS, SPEECH_POP3, "AG", 0, 0, DONE,
	    NULL },
	{ "SMTP inside", 465, DEEP, { TLS, "220 mx\r\n", "250 mx\r\n" },
	    EHLO "QUIT\r\n", SPEECH_TLS, SPEECH_SMTP, "AG", 0, 0, DONE,
	    NULL },
	{ "LMTP inside", 465, DEEP, { TLS, "220 LMTP\r\n", "250 mx\r\n" },
	    LHLO "QUIT\r\n", SPEECH_TLS, SPEECH_LMTP, "AG", 0, 0, DONE,
	    NULL },
	{ "FTP inside", 465, DEEP, { TLS, "220 FTP\r\n" }, "", SPEECH_TLS,
	    SPEECH_FTP, "", 0, 0, DONE, NULL },
	{ "TLS within TLS", 993, DEEP, { TLS, RECORD }, "", SPEECH_TLS,
	    SPEECH_OTHER, "", 0, 0, DONE, NULL },
	{ "nothing inside", 993, DEEP, { TLS, WAKE }, "", SPEECH_TLS,
	    SPEECH_NONE, "", 0, 0, DONE, NULL },
	{ "the run ends inside", 993, DEEP, { TLS, LATE }, "", SPEECH_TLS,
	    SPEECH_NONE, "L", 0, 0, DONE, NULL },
	{ "an end inside", 993, DEEP, { TLS, FIN }, "", SPEECH_TLS,
	    SPEECH_CLOSED, "", 0, 0, DONE, NULL },
	{ "a reset inside", 993, DEEP, { TLS, RST }, "", SPEECH_TLS,
	    SPEECH_CLOSED, "", 0, 0, DONE, NULL },
	{ "half a line inside", 993, DEEP, { TLS, "* OK h", FIN }, "",
	    SPEECH_TLS, SPEECH_IMAP, "", CAUSE_GREETING_CLOSED, 0, DONE,
	    NULL },
	{ "clear bytes before TLS are none of it", 993, DEEP, { "* BYE",
	    TLS, "* OK [CAPABILITY x] hi\r\n" }, "z LOGOUT\r\n", SPEECH_TLS,
	    SPEECH_IMAP, "AG", 0, 0, DONE, NULL },
	{ "shaking begins at once", 993, DEEP, { NULL }, "", 0, 0, "", 0, 0,
	    WANT_TLS, NULL },
	{ "no answer to the hello", 993, DEEP, { WAKE }, "", SPEECH_NONE, 0, "",
	    CAUSE_TLS_TIMEOUT, 0, DONE, NULL },
	{ "the run ends meanwhile", 993, DEEP, { LATE }, "", SPEECH_NONE, 0, "L",
	    CAUSE_TLS_TIMEOUT, 0, DONE, NULL },
	{ "an end instead", 993, DEEP, { FIN }, "", SPEECH_CLOSED, 0, "",
	    CAUSE_TLS_SERVER_SETUP, 0, DONE, NULL },
	{ "an end half-way", 993, DEEP, { SPOKEN }, "", 0, 0, "",
	    CAUSE_TLS_CLOSED, 0, DONE, NULL },
	{ "an alert", 993, DEEP, { ALERT }, "", SPEECH_TLS, 0, "",
	    CAUSE_TLS_HANDSHAKE, 0, DONE, "handshake_failure" },
	{ "no version", 993, DEEP, { OLD }, "", SPEECH_TLS, 0, "",
	    CAUSE_TLS_VERSION, 0, DONE, "old" },
	{ "clear words instead", 993, DEEP, { CLEAR }, "", SPEECH_IMAP, 0,
	    "", 0, 0, DONE, "* OK hi" }
};

static const struct row starttls_rows[] = {
	{ "IMAP", 143, DEEP, { IMAP_OFFER, "* untagged\r\nb OK go\r\n",
	    TLS }, "b STARTTLS\r\nz LOGOUT\r\n", SPEECH_IMAP, SPEECH_IMAP,
	    "SAG", 0, 0, DONE, NULL },
	{ "POP3", 110, DEEP, { "+OK hi\r\n", "+OK\r\nSTLS\r\n.\r\n",
	    "+OK go\r\n", TLS }, "CAPA\r\nSTLS\r\nQUIT\r\n", SPEECH_POP3,
	    SPEECH_POP3, "SAG", 0, 0, DONE, NULL },
	{ "SMTP", 587, DEEP, { "220 mx\r\n", "250 STARTTLS\r\n",
	    "220 go\r\n", TLS }, EHLO "STARTTLS\r\nQUIT\r\n", SPEECH_SMTP,
	    SPEECH_SMTP, "SAG", 0, 0, DONE, NULL },
	{ "LMTP", 24, DEEP, { "220 LMTP\r\n", "250 STARTTLS\r\n",
	    "220 go\r\n", TLS }, LHLO "STARTTLS\r\nQUIT\r\n", SPEECH_LMTP,
	    SPEECH_LMTP, "SAG", 0, 0, DONE, NULL },
	{ "ManageSieve", 4190, DEEP, { SIEVE "\"STARTTLS\"\r\nOK\r\n",
	    "OK go\r\n", TLS }, "STARTTLS\r\nLOGOUT\r\n", SPEECH_SIEVE,
	    SPEECH_SIEVE, "SAG", 0, 0, DONE, NULL },
	{ "not offered", 143, DEEP, { "* OK [CAPABILITY x] hi\r\n" },
	    "z LOGOUT\r\n", SPEECH_IMAP, 0, "AG", 0, 0, DONE, NULL },
	{ "refused", 143, DEEP, { IMAP_OFFER, "b NO key\r\n" },
	    "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG",
	    CAUSE_TLS_STARTTLS_REFUSED, 0, DONE, "b NO key" },
	{ "a farewell", 143, DEEP, { IMAP_OFFER, "* BYE key\r\n" },
	    "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG",
	    CAUSE_TLS_STARTTLS_REFUSED, 0, DONE, "* BYE key" },
	{ "4yz", 25, DEEP, { "220 mx\r\n", "250 STARTTLS\r\n",
	    "454 key\r\n" }, EHLO "STARTTLS\r\n", SPEECH_SMTP, 0, "SAG",
	    CAUSE_TLS_STARTTLS_REFUSED, 0, DONE, "454 key" },
	{ "-ERR", 110, DEEP, { "+OK hi\r\n", "+OK\r\nSTLS\r\n.\r\n",
	    "-ERR key\r\n" }, "CAPA\r\nSTLS\r\n", SPEECH_POP3, 0, "SAG",
	    CAUSE_TLS_STARTTLS_REFUSED, 0, DONE, NULL },
	{ "silence", 143, DEEP, { IMAP_OFFER, WAKE }, "b STARTTLS\r\n",
	    SPEECH_IMAP, 0, "SAG", CAUSE_TLS_TIMEOUT, 0, DONE, NULL },
	{ "an end", 143, DEEP, { IMAP_OFFER, FIN }, "b STARTTLS\r\n",
	    SPEECH_IMAP, 0, "SAG", CAUSE_TLS_CLOSED, 0, DONE, NULL },
	{ "the end of the run", 143, DEEP, { IMAP_OFFER, LATE },
	    "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAGL", CAUSE_TLS_TIMEOUT, 0,
	    DONE, NULL },
	{ "agreed, and an end", 143, DEEP, { IMAP_OFFER, "b OK go\r\n",
	    FIN }, "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG",
	    CAUSE_TLS_SERVER_SETUP, 0, DONE, NULL },
	{ "agreed, and an alert", 143, DEEP, { IMAP_OFFER, "b OK go\r\n",
	    ALERT }, "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG",
	    CAUSE_TLS_HANDSHAKE, 0, DONE, "handshake_failure" },
	{ "agreed, and clear words", 143, DEEP, { IMAP_OFFER,
	    "b OK go\r\n", CLEAR }, "b STARTTLS\r\n", SPEECH_IMAP, 0,
	    "SAG", CAUSE_TLS_INJECTION, 0, DONE, "* OK hi" },
	{ "agreed, and a farewell", 143, DEEP, { IMAP_OFFER, "b OK go\r\n",
	    BYE }, "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG",
	    CAUSE_TLS_STARTTLS_REFUSED, 0, DONE, "* BYE no key" },
	{ "what stands behind it in clear", 143, DEEP, { IMAP_OFFER,
	    "b OK go\r\nb NO never\r\n* BYE half" },
	    "b STARTTLS\r\n", SPEECH_IMAP, 0, "SAG", CAUSE_TLS_INJECTION,
	    0, DONE, NULL }
};

struct play {
	struct probe	 probe;
	struct port_row	 row;
	struct want	 want;
	struct buf	 sent;
	int64_t		 now;
};

/* gather - what was sent, a hello as its sign */
static void
gather(struct play *p)
{
	struct span out = buf_span(&p->probe.out), hello = hello_bytes();

	while (out.len > 0) {
		if (out.len >= hello.len &&
		    memcmp(out.p, hello.p, hello.len) == 0) {
			buf_str(&p->sent, HELLO);
			out.p += hello.len;
			out.len -= hello.len;
			continue;
		}
		buf_char(&p->sent, *out.p++);
		out.len--;
	}
	assert_false(p->probe.out.overflow);
	buf_clear(&p->probe.out);
}

static void
tell(struct play *p, struct event e)
{
	e.at = p->now += MS;
	p->want = probe_event(&p->probe, &e);
	gather(p);
}

static void
begin(struct play *p, const struct row *r, bool again)
{
	probe_init(&p->probe, &p->row, r->depth, again);
	p->probe.patience = PATIENCE;
	tell(p, (struct event){ .kind = EVENT_CONNECTED });
}

/* shake - hands, with that result */
static void
shake(struct play *p, const char *how)
{
	struct tls_facts facts = { .outcome = TLS_DONE, .alert = -1,
	    .server_version = 13, .server_spoke = true };
	const char *clear = strcmp(how, CLEAR) == 0 ?
	    "* OK hi\r\nmore\r\n" : "* BYE no key\r\n";

	assert_int_equal(p->want.kind, WANT_TLS);
	if (strcmp(how, ALERT) == 0) {
		facts.outcome = TLS_ALERT;
		facts.alert = 40;
	} else if (strcmp(how, OLD) == 0) {
		facts.outcome = TLS_VERSION;
		memcpy(facts.reason, "old", 4);
	} else if (strcmp(how, TLS) != 0) {
		facts.outcome = TLS_NOT_TLS;
		facts.nfirst = strlen(clear);
		memcpy(facts.first, clear, facts.nfirst);
	}
	tell(p, (struct event){ .kind = EVENT_TLS, .tls = &facts });
}

/* happen - a step that is no bytes */
static void
happen(struct play *p, const struct row *r, const char *step)
{
	struct tls_facts facts = { .alert = -1,
	    .server_spoke = strcmp(step, SPOKEN) == 0 };
	struct event e = { .kind = EVENT_CLOSED, .tls = &facts };

	if (strcmp(step, AGAIN) == 0) {
		assert_int_equal(p->want.kind, WANT_CONNECT);
		probe_free(&p->probe);
		buf_char(&p->sent, '|');
		begin(p, r, true);
		return;
	}
	if (strcmp(step, WAKE) == 0) {
		assert_true(p->want.wake_at > p->now);
		p->now = p->want.wake_at - MS;
		e.kind = EVENT_WAKE;
	} else if (strcmp(step, LATE) == 0) {
		e.kind = EVENT_DEADLINE;
	} else if (strcmp(step, RST) == 0) {
		e.reset = true;
	} else if (strcmp(step, FIN) != 0 && strcmp(step, SPOKEN) != 0) {
		shake(p, step);
		return;
	}
	tell(p, e);
}

static void
feed(struct play *p, struct span bytes, size_t piece)
{
	size_t n;

	for (; bytes.len > 0; bytes.p += n, bytes.len -= n) {
		n = bytes.len < piece ? bytes.len : piece;
		tell(p, (struct event){ .kind = EVENT_BYTES,
		    .bytes = { bytes.p, n } });
	}
}

static void
compare(const struct play *p, const struct row *r, struct buf *sent)
{
	const struct port_row *row = &p->row;
	char said[8], *s = said;

	if (row->starttls)
		*s++ = 'S';
	if (row->asked)
		*s++ = 'A';
	if (row->greeted)
		*s++ = 'G';
	if (row->late)
		*s++ = 'L';
	*s = '\0';
	assert_string_equal(buf_cstr(sent), r->sent);
	assert_int_equal(row->speech, r->speech);
	assert_int_equal(row->inside, r->inside);
	assert_string_equal(said, r->said);
	assert_int_equal(row->trouble, r->trouble);
	assert_int_equal(row->verdict, r->verdict == 0 ? PORT_OPEN :
	    r->verdict);
	assert_int_equal(row->cause, r->verdict == PORT_RESET ?
	    CAUSE_CONNECT_RESET : CAUSE_NONE);
	assert_int_equal(p->want.kind, r->want);
	if (r->words != NULL)
		assert_string_equal(row->words == NULL ? "" : row->words,
		    r->words);
}

static void
play(const struct row *r, size_t piece)
{
	struct play p = { .row = { .port = r->port, .verdict = PORT_OPEN },
	    .now = 5 };
	size_t i;

	buf_init(&p.sent, 4096);
	begin(&p, r, false);
	for (i = 0; i < STEPS && r->steps[i] != NULL; i++)
		if (r->steps[i][0] == '\1')
			happen(&p, r, r->steps[i]);
		else
			feed(&p, span_of(r->steps[i]), piece);
	print_message("%u: %s, by %zu\n", (unsigned)r->port, r->name, piece);
	compare(&p, r, &p.sent);
	/* after the end nothing happens any more */
	if (r->want == DONE) {
		feed(&p, span_of("* OK [CAPABILITY STARTTLS]\r\n"), 100);
		tell(&p, (struct event){ .kind = EVENT_CLOSED,
		    .reset = true });
		tell(&p, (struct event){ .kind = EVENT_WAKE });
		compare(&p, r, &p.sent);
	}
	probe_free(&p.probe);
	buf_free(&p.sent);
	free(p.row.words);
}

static void
play_all(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		play(&rows[i], SIZE_MAX);
		play(&rows[i], 1);
	}
}

#define TABLE(rows)							\
static void								\
rows ## _are_heard(void **state)					\
{									\
	(void)state;							\
	play_all(rows, ROWS(rows));					\
}

TABLE(imap_rows)
TABLE(pop3_rows)
TABLE(smtp_rows)
TABLE(other_rows)
TABLE(hello_rows)
TABLE(silent_rows)
TABLE(tls_rows)
TABLE(starttls_rows)

/* when a probe wants to be woken: for the hello, then for the end of patience */
static void
wakes(void **state)
{
	static const struct row r = { .port = 143, .depth = GREET };
	struct play p = { .row = { .port = 143, .verdict = PORT_OPEN } };
	int64_t opened;

	(void)state;
	buf_init(&p.sent, 4096);
	begin(&p, &r, false);
	opened = p.now;
	assert_int_equal(p.want.wake_at, opened + PROBE_SILENCE);
	/* a wake that nobody asked for says nothing */
	tell(&p, (struct event){ .kind = EVENT_WAKE });
	assert_int_equal(p.sent.len, 0);
	happen(&p, &r, WAKE);
	assert_string_equal(buf_cstr(&p.sent), HELLO);
	assert_int_equal(p.want.wake_at, opened + PATIENCE);
	probe_free(&p.probe);
	/* who is asked again is not hurried, and neither is who has no time */
	begin(&p, &r, true);
	assert_int_equal(p.want.wake_at, p.now + PATIENCE);
	probe_free(&p.probe);
	probe_init(&p.probe, &p.row, GREET, false);
	p.probe.patience = PROBE_SILENCE;
	tell(&p, (struct event){ .kind = EVENT_CONNECTED });
	happen(&p, &r, WAKE);
	assert_int_equal(p.want.kind, WANT_DONE);
	assert_int_equal(p.row.speech, SPEECH_NONE);
	assert_string_equal(buf_cstr(&p.sent), HELLO);
	probe_free(&p.probe);
	buf_free(&p.sent);
}

/* the delay of the greeting is that of its first byte */
static void
measures_the_first_byte(void **state)
{
	static const struct row r = { .port = 143, .depth = GREET };
	struct play p = { .row = { .port = 143, .verdict = PORT_OPEN } };

	(void)state;
	buf_init(&p.sent, 4096);
	begin(&p, &r, false);
	p.now += 41 * MS;
	feed(&p, span_of("* OK hi\r\n"), 1);
	assert_int_equal(p.row.greeting_usec, 42 * MS);
	probe_free(&p.probe);
	buf_free(&p.sent);
	free(p.row.words);
}

/* lines and bytes without an end; what is held stays within its cap */
static const struct {
	const char	*name;
	const char	*before;	/* said once */
	const char	*over;		/* and this over and over */
	enum speech	 speech;
	bool		 greeted, asked;
	enum cause	 trouble;
	enum probe_depth depth;
} endless[] = {
	{ "a line", "* OK ", "hi ", SPEECH_IMAP, false, false,
	    CAUSE_PROTOCOL_VIOLATION, GREET },
	{ "a line of nobody", "what ", "hi ", SPEECH_OTHER, false, false, 0,
	    GREET },
	{ "a greeting", "220-hi\r\n", "220-hi\r\n", SPEECH_SMTP, false,
	    false, CAUSE_PROTOCOL_VIOLATION, GREET },
	{ "offers", "* OK hi\r\n", "* CAPABILITY x\r\n", SPEECH_IMAP, true,
	    false, CAUSE_PROTOCOL_VIOLATION, GREET },
	{ "a line of offers", "* OK hi\r\n* CAPABILITY", " x",
	    SPEECH_IMAP, true, false, CAUSE_PROTOCOL_VIOLATION, GREET },
	{ "empty lines", "* OK hi\r\n", "\n", SPEECH_IMAP, true, false,
	    CAUSE_PROTOCOL_VIOLATION, GREET },
	{ "before the answer to STARTTLS", IMAP_OFFER, "* x\r\n",
	    SPEECH_IMAP, true, true, CAUSE_TLS_HANDSHAKE, DEEP }
};

static void
drown(size_t i, size_t piece)
{
	struct row r = { .depth = endless[i].depth };
	struct play p = { .row = { .port = 143, .verdict = PORT_OPEN } };
	struct buf flood;

	buf_init(&flood, 2 * 1024 * 1024);
	buf_str(&flood, endless[i].before);
	while (flood.len < 1024 * 1024)
		buf_str(&flood, endless[i].over);
	buf_init(&p.sent, 4096);
	begin(&p, &r, false);
	feed(&p, buf_span(&flood), piece);
	print_message("endless: %s, by %zu\n", endless[i].name, piece);
	assert_int_equal(p.want.kind, WANT_DONE);
	assert_true(p.probe.total <= PROBE_BYTES_MAX);
	assert_true(p.probe.in.size <= 2 * PROBE_LINE_MAX);
	assert_int_equal(p.row.speech, endless[i].speech);
	assert_int_equal(p.row.greeted, endless[i].greeted);
	assert_int_equal(p.row.asked, endless[i].asked);
	assert_int_equal(p.row.trouble, endless[i].trouble);
	probe_free(&p.probe);
	buf_free(&p.sent);
	buf_free(&flood);
	free(p.row.words);
}

static void
endless_talk_is_cut(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(endless); i++) {
		drown(i, SIZE_MAX);
		drown(i, 16 * 1024);
		drown(i, 1);
	}
}

/* NUL bytes in a greeting, and control bytes in what is quoted */
static void
bad_bytes_are_cleaned(void **state)
{
	static const char greeting[] = "* OK a\0b\033[31m|\r\n";
	static const struct row r = { .port = 143, .depth = GREET };
	struct play p = { .row = { .port = 143, .verdict = PORT_OPEN } };
	const char *c;

	(void)state;
	buf_init(&p.sent, 4096);
	begin(&p, &r, false);
	feed(&p, (struct span){ greeting, sizeof(greeting) - 1 }, 1);
	assert_int_equal(p.row.speech, SPEECH_IMAP);
	assert_true(p.row.greeted);
	for (c = p.row.words; *c != '\0'; c++)
		assert_true(*c >= ' ' && *c != '|');
	assert_string_equal(buf_cstr(&p.sent), "a CAPABILITY\r\n");
	probe_free(&p.probe);
	buf_free(&p.sent);
	free(p.row.words);
	p.row.words = NULL;
	buf_init(&p.sent, 4096);
	begin(&p, &r, false);
	feed(&p, (struct span){ "\0\0\0", 3 }, 1);
	assert_int_equal(p.want.kind, WANT_DONE);
	assert_int_equal(p.row.speech, SPEECH_OTHER);
	probe_free(&p.probe);
	buf_free(&p.sent);
	free(p.row.words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(imap_rows_are_heard),
		cmocka_unit_test(pop3_rows_are_heard),
		cmocka_unit_test(smtp_rows_are_heard),
		cmocka_unit_test(other_rows_are_heard),
		cmocka_unit_test(hello_rows_are_heard),
		cmocka_unit_test(silent_rows_are_heard),
		cmocka_unit_test(tls_rows_are_heard),
		cmocka_unit_test(starttls_rows_are_heard),
		cmocka_unit_test(wakes),
		cmocka_unit_test(measures_the_first_byte),
		cmocka_unit_test(endless_talk_is_cut),
		cmocka_unit_test(bad_bytes_are_cleaned)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
