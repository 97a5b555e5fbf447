/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_ports - what the ports of a host come to
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "judge/ports_words.h"
#include "port_rows.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))
#define V4	"192.0.2.7"
#define V6	"2001:db8::7"

enum {
	FOUND = 3		/* findings of a row at most */
};

struct row {
	const char	*addresses;
	const char	*rows;
	const char	*policy;	/* NULL: the default */
	enum probe_depth depth;
	struct {
		enum cause	 cause;	/* CAUSE_NONE: no more findings */
		uint16_t	 port;
		enum stage	 stage;
		const char	*words;	/* contained in the sentence */
	} found[FOUND];
};

#define GREET		PROBE_GREETING
#define CONNECT(c, port, words)	{ CAUSE_CONNECT_ ## c, port, STAGE_CONNECT, \
	words }
#define GREETING(c, port, words) { CAUSE_GREETING_ ## c, port, \
	STAGE_GREETING, words }
#define SHAKING(c, port, words) { CAUSE_TLS_ ## c, port, STAGE_TLS, words }

static const struct row connecting[] = {
	/* nothing to say */
	{ V4, "25=silent 110=refused 143=silent 993=good", NULL, GREET,
	    { { 0 } } },
	{ V4, "25=refused 110=good 993=refused", NULL, GREET, { { 0 } } },
	{ V4, "143=good 993=silent", NULL, GREET, { { 0 } } },
	{ V4, "25=good 587=good", NULL, GREET, { { 0 } } },
	/* silence */
	{ V4, "25=silent 143=silent 993=silent", NULL, GREET,
	    { CONNECT(FILTERED, 993, "mail.example:993 does not answer: no "
	    "word from 192.0.2.7 within 3 seconds; likewise port "
	    "143") } },
	{ V4, "25=refused 993=silent", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 993, "mail.example:993 is silent at "
	    "192.0.2.7 while port 25 answers") } },
	{ V4, "25=good 80=reset 110=silent 587=self 995=silent", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 995, "mail.example:995 is silent at "
	    "192.0.2.7 while ports 25, 80 and 587 answer; likewise port "
	    "110") } },
	/* a router's word is none of the host */
	{ V4, "25=router 993=silent", NULL, GREET,
	    { CONNECT(FILTERED, 993, "does not answer") } },
	{ V4, "25=router 110=refused 993=silent", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 993, "while port 110 answers"),
	    CONNECT(REFUSED, 110, "refuses the connection") } },
	/* who rejects */
	{ V4, "25=good 993=router", NULL, GREET,
	    { CONNECT(REJECTED, 993, "a router, 10.0.0.1, rejects the "
	    "connection to mail.example:993") } },
	{ V4, "993=self", NULL, GREET, { CONNECT(REJECTED, 993,
	    "the server itself rejects the connection to") } },
	{ V4, "993=policy", NULL, GREET, { CONNECT(LOCAL_POLICY, 993,
	    "this host itself forbids the connection to "
	    "mail.example:993") } },
	{ V4, "993=gone", NULL, GREET, { CONNECT(UNREACHABLE, 993,
	    "a router, 10.0.0.1, says that mail.example:993 is "
	    "unreachable") } },
	{ V4, "993=noroute", NULL, GREET, { CONNECT(NO_NETWORK, 993,
	    "this host has no route to 192.0.2.7") } },
	{ V4, "993=refused", NULL, GREET, { CONNECT(REFUSED, 993,
	    "mail.example:993 refuses the connection") } },
	{ V4, "993=reset", NULL, GREET, { CONNECT(RESET, 993,
	    "cut it before a byte came") } },
	/* each cause once, 993 before 110 */
	{ V4, "110=refused 143=refused 993=silent 995=router", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 993, "while ports 110 and 143 answer"),
	    CONNECT(REJECTED, 995, "rejects"),
	    CONNECT(REFUSED, 143, "; likewise port 110") } },
	/* others that answer, more than a sentence lists */
	{ V4, "1=open 2=open 3=open 4=open 5=open 6=open 7=open 8=open "
	    "9=open 10=open 11=open 993=silent", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 993, "while ports 1, 2, 3, 4, 5, 6, 7, "
	    "8, 9, 10 and 1 more answer") } },
	/* what was not done */
	{ V4, "993=untried 995=untried", NULL, GREET,
	    { { CAUSE_INTERNAL_UNFINISHED, 993, STAGE_CONNECT,
	    "mail.example:993 was not tried before the time was up; "
	    "likewise port 995" } } },
	{ V4, "993=shortage", NULL, GREET,
	    { { CAUSE_INTERNAL_ERROR, 993, STAGE_CONNECT, "993" } } },
	/* where no port is one at which mail is fetched, all have to be good */
	{ V4, "25=good 587=refused", NULL, GREET,
	    { CONNECT(REFUSED, 587, "mail.example:587") } },
	{ V4, "25=silent 26=silent 27=silent 28=refused", NULL, GREET,
	    { CONNECT(PORT_BLOCKED, 25, "while port 28 answers; likewise "
	    "ports 26 and 27"), CONNECT(REFUSED, 28, "refuses") } },
	/* any answer will do */
	{ V4, "110=refused 143=open", NULL, PROBE_CONNECT, { { 0 } } },
	{ V4, "110=refused 993=silent", NULL, PROBE_CONNECT,
	    { CONNECT(PORT_BLOCKED, 993, "while port 110 answers"),
	    CONNECT(REFUSED, 110, "refuses") } },
	/* losses */
	{ V4, "25=lost3 993=lost1", NULL, GREET, { CONNECT(LOSSY, 25,
	    "mail.example:25 answered, but 3 of 5 attempts were lost on "
	    "the way") } },
	{ V4, "993=lost1", NULL, GREET, { { 0 } } },
	{ V4, "993=lost2", NULL, GREET, { CONNECT(LOSSY, 993,
	    "2 of 5 attempts were lost on the way or had "
	    "to be sent again, the slowest that came "
	    "through took 1100 ms") } },
	{ V4, "143=lost2 993=lost3", NULL, GREET, { CONNECT(LOSSY, 993,
	    "3 of 5 attempts were lost on the way or had "
	    "to be sent again, the slowest that came "
	    "through took 2 ms; other ports have losses too") } }
};

static const struct row speaking[] = {
	{ V4, "143=bare", NULL, GREET, { SHAKING(STARTTLS_MISSING, 143,
	    "mail.example:143 does not offer STARTTLS") } },
	{ V4, "110=bare 143=bare", NULL, GREET, { SHAKING(STARTTLS_MISSING,
	    143, "; likewise port 110") } },
	{ V4, "143=bare", NULL, PROBE_CONNECT, { { 0 } } },
	{ V4, "143=bare", "open:143", GREET, { { 0 } } },
	{ V4, "143=bare 993=good", NULL, GREET, { { 0 } } },
	{ V4, "25=bare", NULL, GREET, { { 0 } } },
	{ V4, "143=unasked", NULL, GREET, { { 0 } } },
	/* something else speaks */
	{ V4, "143=tls", NULL, GREET, { SHAKING(PORT_SPEAKS_TLS, 143,
	    "mail.example:143 speaks TLS at once where IMAP in clear is "
	    "usual") } },
	{ V4, "993=imap", NULL, GREET, { SHAKING(PORT_SPEAKS_PLAINTEXT, 993,
	    "mail.example:993 speaks IMAP in clear where TLS is usual: "
	    "\"* OK hi\"") } },
	{ V4, "993=http", NULL, GREET, { GREETING(WRONG_PROTOCOL, 993,
	    "mail.example:993 speaks HTTP, not IMAP: "
	    "\"HTTP/1.1 400\"") } },
	{ V4, "143=smtp", NULL, GREET, { GREETING(WRONG_PROTOCOL, 143,
	    "speaks SMTP, not IMAP: \"220 mx\"") } },
	{ V4, "24=smtp", NULL, GREET, { GREETING(WRONG_PROTOCOL, 24,
	    "speaks SMTP, not LMTP") } },
	{ V4, "143=other", NULL, GREET, { GREETING(WRONG_PROTOCOL, 143,
	    "speaks an unknown protocol, not IMAP") } },
	{ V4, "993=inside", NULL, PROBE_TLS, { GREETING(WRONG_PROTOCOL, 993,
	    "speaks POP3 inside TLS, not IMAP: \"+OK\"") } },
	{ V4, "995=inside", NULL, PROBE_TLS, { { 0 } } },
	{ V4, "7=http", NULL, GREET, { { 0 } } },
	{ V4, "7=mute", NULL, GREET, { { 0 } } },
	{ V4, "7=cut", NULL, GREET, { GREETING(CLOSED, 7, "ends it") } },
	/* silence and ends */
	{ V4, "143=mute", NULL, GREET, { GREETING(TIMEOUT, 143,
	    "mail.example:143 opens the connection in 2 ms and "
	    "sends no greeting within 8 seconds") } },
	{ V4, "143=quick", NULL, GREET, { GREETING(TIMEOUT, 143,
	    "mail.example:143 opens the connection in less than 1 ms and sends no "
	    "greeting") } },
	{ V4, "143=cut", NULL, GREET, { GREETING(CLOSED, 143,
	    "mail.example:143 opens the connection in 2 ms and "
	    "ends it before a greeting") } },
	{ V4, "993=mute", NULL, GREET, { SHAKING(TIMEOUT, 993,
	    "opens the connection in 2 ms and does not come to "
	    "TLS within 8 seconds") } },
	{ V4, "993=cut", NULL, GREET, { SHAKING(SERVER_SETUP, 993,
	    "ends the connection at the first TLS message") } },
	{ V4, "143=half", NULL, GREET, { GREETING(TIMEOUT, 143,
	    "in 2 ms and does not end its greeting within 8 "
	    "seconds: \"* OK\"") } },
	{ V4, "143=torn", NULL, GREET, { GREETING(CLOSED, 143,
	    "and ends it in the middle of the greeting: \"* OK\"") } },
	{ V4, "993=hollow", NULL, PROBE_TLS, { GREETING(TIMEOUT, 993,
	    "sends no greeting within") } },
	{ V4, "993=hollowed", NULL, PROBE_TLS, { GREETING(CLOSED, 993,
	    "before a greeting") } },
	/* what it says of itself */
	{ V4, "143=busy", NULL, GREET, { GREETING(UNAVAILABLE, 143,
	    "mail.example:143 turns us away: \"* BYE later\"") } },
	{ V4, "25=banned", NULL, GREET, { GREETING(REFUSED, 25,
	    "mail.example:25 turns us away: \"554 no\"") } },
	{ V4, "143=curt", NULL, GREET, { GREETING(UNAVAILABLE, 143,
	    "mail.example:143 turns us away") } },
	{ V4, "143=busy 993=good", NULL, GREET, { { 0 } } },
	/* handshakes */
	{ V4, "993=alert", NULL, PROBE_TLS, { SHAKING(HANDSHAKE, 993,
	    "breaks the TLS handshake: \"bad_alert\"") } },
	{ V4, "993=old", NULL, PROBE_TLS, { SHAKING(VERSION, 993,
	    "speaks no TLS version that is accepted here") } },
	{ V4, "993=weak", NULL, PROBE_TLS, { SHAKING(POLICY, 993,
	    "is refused by the security level of this host") } },
	{ V4, "993=wants", NULL, PROBE_TLS, { SHAKING(CLIENT_CERTIFICATE,
	    993, "demands a client certificate") } },
	{ V4, "143=stuck", NULL, PROBE_TLS, { SHAKING(TIMEOUT, 143,
	    "does not come to TLS within 8 seconds") } },
	{ V4, "993=broken", NULL, PROBE_TLS, { SHAKING(CLOSED, 993,
	    "ends the connection half-way through the TLS handshake") } },
	{ V4, "993=keyless", NULL, PROBE_TLS, { SHAKING(SERVER_SETUP, 993,
	    "ends the connection at the first TLS message") } },
	{ V4, "143=nostart", NULL, PROBE_TLS, { SHAKING(STARTTLS_REFUSED,
	    143, "offers STARTTLS and refuses it: \"454 key\"") } },
	{ V4, "143=clear", NULL, PROBE_TLS, { SHAKING(INJECTION, 143,
	    "sends text in clear where the TLS handshake belongs: "
	    "\"* OK hi\"") } },
	{ V4, "993=ours", NULL, PROBE_TLS, { { CAUSE_INTERNAL_ERROR, 993,
	    STAGE_CONNECT, "was not asked: TLS failed on this side" } } }
};

static const struct row policies[] = {
	{ V4, "25=silent 110=refused 587=good 993=good",
	    "open:993,open:587,closed:110,filtered:25", GREET, { { 0 } } },
	{ V4, "110=untried", "closed:110", GREET,
	    { { CAUSE_INTERNAL_UNFINISHED, 110, STAGE_CONNECT,
	    "was not tried before the time was up, and closed was "
	    "expected" } } },
	{ V4, "110=bare 143=good", "closed:110-143", GREET,
	    { CONNECT(UNEXPECTED_OPEN, 143, "mail.example:143 is open at "
	    "192.0.2.7, and policy wants it shut; likewise port 110") } },
	{ V4, "25=refused 587=good", "filtered:25,open:587", GREET,
	    { CONNECT(REFUSED, 25, "or a filter resets it, and filtered was "
	    "expected") } },
	{ V4, "25=good", "filtered:25", GREET,
	    { CONNECT(UNEXPECTED_OPEN, 25, "is open at") } },
	{ V4, "25=silent 26=refused", "refused:25-26", GREET,
	    { CONNECT(PORT_BLOCKED, 25, "while port 26 answers, and refused "
	    "was expected") } },
	{ V4, "25=router 26=self 27=policy", "rejected:25-27", GREET,
	    { { 0 } } },
	{ V4, "25=gone 26=noroute", "unreachable:25-26", GREET, { { 0 } } },
	{ V4, "25=reset 26=refused", "reset:25-26", GREET,
	    { CONNECT(REFUSED, 26, "and reset was expected") } },
	{ V4, "25=reset 26=refused 27=silent 28=router 29=gone",
	    "closed:25-29", GREET, { { 0 } } },
	/* each for itself, and told apart by what was expected */
	{ V4, "25=refused 26=refused 27=refused", "filtered:25,reset:26-27",
	    GREET, { CONNECT(REFUSED, 25, "filtered was expected"),
	    CONNECT(REFUSED, 26, "reset was expected; likewise port 27") } },
	{ V4, "993=good 995=refused", "open:993,open:995", GREET,
	    { CONNECT(REFUSED, 995, "mail.example:995 refuses") } },
	{ V4, "587=http 993=silent", "open:587,open:993", GREET,
	    { CONNECT(PORT_BLOCKED, 993, "while port 587 answers"),
	    GREETING(WRONG_PROTOCOL, 587, "speaks HTTP, not SMTP") } },
	/* what nothing is expected of is a fact */
	{ V4, "110=silent 993=good", "open:993", GREET, { { 0 } } },
	{ V4, "110=good 993=silent", "open:110", GREET, { { 0 } } },
	/* one open address is enough to break it */
	{ V4 " " V6, "110=refused 993=good / 110=good 993=good",
	    "closed:110,open:993", GREET, { CONNECT(UNEXPECTED_OPEN, 110,
	    "mail.example:110 is open at 2001:db8::7") } }
};

#define MORE	"192.0.2.8"

static const struct row spread[] = {
	{ V4 " " V6, "993=good / 993=silent", NULL, GREET,
	    { CONNECT(IPV6_DOWN, 0, "mail.example serves at 192.0.2.7 but at "
	    "none of its IPv6 addresses: 2001:db8::7") } },
	{ V6 " " V4, "993=refused / 993=good", NULL, GREET,
	    { CONNECT(IPV6_DOWN, 0, "none of its IPv6") } },
	{ V4 " " V6, "993=good / 993=noroute", NULL, GREET, { { 0 } } },
	{ V4 " " V6, "993=good / 993=untried", NULL, GREET, { { 0 } } },
	{ V4 " " V6, "993=good / 993=good", NULL, GREET, { { 0 } } },
	{ V4 " " V6, "993=silent / 993=good", NULL, GREET,
	    { CONNECT(ADDRESS_DOWN, 0, "mail.example serves at 2001:db8::7 "
	    "but not at 192.0.2.7") } },
	{ V4 " " MORE, "993=good / 993=refused", NULL, GREET,
	    { CONNECT(ADDRESS_DOWN, 0, "serves at 192.0.2.7 but not at "
	    "192.0.2.8") } },
	{ V4 " " MORE " " V6, "993=good / 993=refused / 993=silent", NULL,
	    GREET, { CONNECT(IPV6_DOWN, 0, "2001:db8::7"),
	    CONNECT(ADDRESS_DOWN, 0, "but not at 192.0.2.8") } },
	{ V4 " " V6 " 2001:db8::8", "993=good / 993=good / 993=silent", NULL,
	    GREET, { CONNECT(ADDRESS_DOWN, 0, "serves at 192.0.2.7 and "
	    "2001:db8::7 but not at 2001:db8::8") } },
	{ V4 " " V6, "993=silent / 993=refused", NULL, GREET,
	    { CONNECT(REFUSED, 993, "2001:db8::7") } },
	{ V4 " " V6, "993=silent / 993=noroute", NULL, GREET,
	    { CONNECT(FILTERED, 993, "no word from 192.0.2.7") } },
	/* one retrieval port at each address is enough */
	{ V4 " " MORE, "143=good 993=silent / 143=refused 993=good", NULL,
	    GREET, { { 0 } } },
	{ V4 " " MORE, "25=silent 993=good / 25=good 993=good", NULL, GREET,
	    { { 0 } } },
	/* a port that has to be good is so at some address only */
	{ V4 " " MORE, "587=good 993=good / 587=refused 993=good",
	    "open:587,open:993", GREET, { CONNECT(ADDRESS_DOWN, 587,
	    "mail.example:587 serves at 192.0.2.7 but not at 192.0.2.8, "
	    "where it is refused") } },
	{ V4 " " MORE, "25=good 587=good / 25=good 587=silent", NULL, GREET,
	    { CONNECT(ADDRESS_DOWN, 587, "where it is filtered") } },
	{ V4 " " MORE, "25=good 587=good / 25=good 587=http", NULL, GREET,
	    { CONNECT(ADDRESS_DOWN, 587, "serves at 192.0.2.7 but not "
	    "at 192.0.2.8, where it is open and says nothing of use") } },
	/* closed ports say nothing of addresses */
	{ V4 " " MORE, "110=refused / 110=silent", "closed:110", GREET,
	    { { 0 } } }
};

static unsigned
count(const struct row *r)
{
	unsigned n = 0;

	while (n < FOUND && r->found[n].cause != CAUSE_NONE)
		n++;
	return n;
}

static void
compare(const struct row *r, const struct sheet *sheet)
{
	const struct finding *f;
	size_t i;

	for (i = 0; i < sheet->nfindings; i++)
		print_message("%s (%s): %s\n", r->rows,
		    cause_info(sheet->findings[i].cause)->slug,
		    sheet->findings[i].sentence);
	assert_int_equal(sheet->nfindings, count(r));
	for (i = 0; i < sheet->nfindings; i++) {
		f = &sheet->findings[i];
		assert_int_equal(f->cause, r->found[i].cause);
		assert_int_equal(f->port, r->found[i].port);
		assert_int_equal(f->stage, r->found[i].stage);
		if (strstr(f->sentence, r->found[i].words) == NULL)
			fail_msg("'%s' lacks '%s'", f->sentence,
			    r->found[i].words);
	}
}

static struct port_policy policy;

static uint16_t
no_name(struct span name)
{
	(void)name;
	return 0;
}

/* judged - the result, to be freed */
static struct result
judged(const char *host, const struct row *r)
{
	struct ports_wish wish = { .policy = &policy, .depth = r->depth,
	    .patience = 8 * 1000 * 1000 };
	struct port_host h = host_of(r->addresses, r->rows);
	struct result result;
	struct buf why;

	memset(&policy, 0, sizeof(policy));
	memset(&result, 0, sizeof(result));
	buf_init(&why, 512);
	assert_true(r->policy == NULL || port_policy_parse(&policy,
	    span_of(r->policy), no_name, &why));
	span_copy(span_of(host), result.target.host,
	    sizeof(result.target.host));
	ports_judge(&result, &h, &wish);
	assert_false(result.sheet.nomem);
	host_free(&h);
	return result;
}

static void
judge_all(const struct row *rows, size_t n)
{
	struct result result;
	size_t i;

	for (i = 0; i < n; i++) {
		result = judged("mail.example", &rows[i]);
		compare(&rows[i], &result.sheet);
		result_free(&result);
	}
}

#define TABLE(rows)							\
static void								\
rows ## _rows(void **state)						\
{									\
	(void)state;							\
	judge_all(rows, ROWS(rows));					\
}

TABLE(connecting)
TABLE(speaking)
TABLE(policies)
TABLE(spread)

static void
literals_stand_in_brackets(void **state)
{
	static const struct row rows[] = {
		{ V6, "25=refused 993=silent", NULL, GREET,
		    { CONNECT(PORT_BLOCKED, 993, "[2001:db8::7]:993 is silent "
		    "at 2001:db8::7 while") } },
		{ V6, "993=lost2", NULL, GREET, { CONNECT(LOSSY, 993,
		    "[2001:db8::7]:993 answered, but 2 of 5") } }
	};
	struct result result;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		result = judged(V6, &rows[i]);
		compare(&rows[i], &result.sheet);
		result_free(&result);
	}
}

/* stages that failed, how TLS begins, and what the end of the run has made */
static void
marks(void **state)
{
	static const struct row rows[] = {
		{ V4, "993=old", NULL, PROBE_TLS, { { 0 } } },
		{ V4, "143=late", NULL, GREET, { { 0 } } },
		{ V4, "25=untried", NULL, GREET, { { 0 } } },
		{ V4, "25=mute", NULL, GREET, { { 0 } } }
	};
	static const struct {
		enum stage	stage;
		enum tls_mode	tls;
		bool		by_deadline;
	} want[] = {
		{ STAGE_TLS, TLS_IMPLICIT, false },
		{ STAGE_GREETING, TLS_NONE, true },
		{ STAGE_CONNECT, TLS_NONE, true },
		{ STAGE_GREETING, TLS_NONE, false }
	};
	struct result result;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		result = judged("mail.example", &rows[i]);
		assert_int_equal(result.sheet.nfindings, 1);
		assert_int_equal(result.sheet.findings[0].tls, want[i].tls);
		assert_int_equal(result.sheet.findings[0].by_deadline,
		    want[i].by_deadline);
		assert_int_equal(result.stages[want[i].stage].progress,
		    PROGRESS_FAILED);
		if (want[i].stage != STAGE_CONNECT)
			assert_int_equal(result.stages[STAGE_CONNECT].progress,
			    PROGRESS_OK);
		result_free(&result);
	}
}

/* many - a line of so many ports from 1 on, all of that fate */
static void
many(struct buf *out, unsigned n, const char *fate)
{
	unsigned i;

	buf_init(out, 64 * 1024);
	for (i = 1; i <= n; i++)
		buf_fmt(out, "%s%u=%s", i > 1 ? " " : "", i, fate);
}

static void
many_ports_in_one_breath(void **state)
{
	struct row row = { V4, NULL, NULL, PROBE_CONNECT, { CONNECT(REFUSED,
	    1, "; likewise ports 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and "
	    "87 more") } };
	struct result result;
	struct buf text;

	(void)state;
	many(&text, 100, "refused");
	row.rows = buf_cstr(&text);
	result = judged("mail.example", &row);
	compare(&row, &result.sheet);
	result_free(&result);
	buf_free(&text);
}

static void
sums(void **state)
{
	static const struct {
		const char	*addresses;
		const char	*rows;
		const char	*text;
	} rows[] = {
		{ V4, "25=good", "open 25" },
		{ V4, "25=good 110=refused 587=good 993=http",
		    "open 25, 587 and 993; refused 110" },
		{ V4, "1=untried 2=reset 3=gone 4=silent 5=router 6=refused "
		    "7=open", "open 7; refused 6; rejected 5; filtered 4; "
		    "unreachable 3; reset 2; untried 1" },
		/* the best of all addresses */
		{ V4 " " MORE, "25=silent 26=untried / 25=open 26=gone",
		    "open 25; unreachable 26" },
		{ V4 " " MORE, "25=reset 26=self / 25=silent 26=refused",
		    "refused 26; reset 25" },
		{ V4, "1=open 2=open 3=open 4=open 5=open 6=open 7=open "
		    "8=open 9=open 10=open", "open 1, 2, 3, 4, 5, 6, 7, 8, 9 "
		    "and 10" },
		{ V4, "1=open 2=open 3=open 4=open 5=open 6=open 7=open "
		    "8=open 9=open 10=open 11=open 12=open", "open 1, 2, 3, "
		    "4, 5, 6, 7, 8, 9, 10 and 2 more" }
	};
	struct port_host h;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		h = host_of(rows[i].addresses, rows[i].rows);
		buf_init(&out, 1024);
		ports_sums(&out, &h);
		assert_string_equal(buf_cstr(&out), rows[i].text);
		buf_free(&out);
		host_free(&h);
	}
}

static void
lists(void **state)
{
	static const uint16_t ports[] = { 110, 143, 993, 65535 };
	static const struct {
		size_t		 n, most;
		const char	*text;
	} rows[] = {
		{ 0, 4, "" },
		{ 1, 4, "110" },
		{ 2, 4, "110 and 143" },
		{ 4, 4, "110, 143, 993 and 65535" },
		{ 4, 3, "110, 143, 993 and 1 more" },
		{ 4, 1, "110 and 3 more" }
	};
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		buf_init(&out, 1024);
		ports_list(&out, ports, rows[i].n, rows[i].most);
		assert_string_equal(buf_cstr(&out), rows[i].text);
		buf_free(&out);
	}
}

static void
known_ports(void **state)
{
	static const struct {
		uint16_t	 port;
		enum speech	 speech;
		bool		 tls_first, retrieves;
		const char	*protocol;
	} rows[] = {
		{ 24, SPEECH_LMTP, false, false, "lmtp" },
		{ 25, SPEECH_SMTP, false, false, "smtp" },
		{ 110, SPEECH_POP3, false, true, "pop3" },
		{ 143, SPEECH_IMAP, false, true, "imap" },
		{ 465, SPEECH_SMTP, true, false, "smtp" },
		{ 587, SPEECH_SMTP, false, false, "smtp" },
		{ 993, SPEECH_IMAP, true, true, "imap" },
		{ 995, SPEECH_POP3, true, true, "pop3" },
		{ 4190, SPEECH_SIEVE, false, false, "sieve" },
		{ 80, SPEECH_UNKNOWN, false, false, NULL }
	};
	const struct port_known *known;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		known = port_known(rows[i].port);
		assert_int_equal(known->port, rows[i].protocol != NULL ?
		    rows[i].port : 0);
		assert_int_equal(known->speech, rows[i].speech);
		assert_int_equal(known->tls_first, rows[i].tls_first);
		assert_int_equal(known->retrieves, rows[i].retrieves);
		if (rows[i].protocol == NULL)
			assert_null(known->protocol);
		else
			assert_string_equal(known->protocol,
			    rows[i].protocol);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(connecting_rows),
		cmocka_unit_test(speaking_rows),
		cmocka_unit_test(policies_rows),
		cmocka_unit_test(spread_rows),
		cmocka_unit_test(literals_stand_in_brackets),
		cmocka_unit_test(marks),
		cmocka_unit_test(many_ports_in_one_breath),
		cmocka_unit_test(sums),
		cmocka_unit_test(lists),
		cmocka_unit_test(known_ports)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
