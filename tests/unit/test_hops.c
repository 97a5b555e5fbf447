/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_hops - where packets stop, from traces to words
 *
 * A trace is written as one word for each hop, with three probes to each:
 *
 *	2	router 2 says that a probe died there; 2+4 one of two routers does
 *	-	silence
 *	C R U E	connected, reset, port unreachable, reply, all from the server
 *	x2 h2	router 2 rejects (administratively prohibited), says that the
 *		host is unreachable; xS the server, xO this host, xQ somebody
 *		who is no hop, x? nobody knows who
 *	:1	behind any of these: one probe was lost
 *	.	nothing was waited for
 *	< =	at the end: the answer has come less far than the server's
 *		should, or as far
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "judge/hop_arrival.h"
#include "judge/hops_words.h"

enum {
	PROBES = 3,
	SERVER = 9,
	US = 8,
	STRANGER = 7,
	ROUND_TRIP = 440	/* microseconds */
};

/* address - 10.99.N.2 or fd99:N::2 */
static struct address
address(int family, uint8_t n)
{
	struct address a4 = { .family = 4, .ip = { 10, 99, n, 2 } };
	struct address a6 = { .family = 6, .ip = { 0xfd, 0x99, 0, n,
	    [15] = 2 } };

	return family == 4 ? a4 : a6;
}

static void
reject(struct hop_voice *v, int family, char who, bool unreachable)
{
	v->answer = HOP_REJECTED;
	v->icmp_type = family == 4 ? 3 : 1;
	if (unreachable)
		v->icmp_code = family == 4 ? 1 : 3;
	else
		v->icmp_code = family == 4 ? 13 : 1;
	v->ours = who == 'O';
	switch (who) {
	case 'S':
		v->from = address(family, SERVER);
		break;
	case 'O':
		v->from = address(family, US);
		break;
	case 'Q':
		v->from = address(family, STRANGER);
		break;
	case '?':
		v->from.family = 0;
		break;
	default:
		v->from = address(family, (uint8_t)(who - '0'));
		break;
	}
}

/* voice - what the word says, at p */
static struct hop_voice
voice(int family, const char *p)
{
	struct hop_voice v = { .from = address(family, SERVER),
	    .best_usec = ROUND_TRIP };

	switch (*p) {
	case 'C':
		v.answer = HOP_CONNECTED;
		break;
	case 'R':
		v.answer = HOP_RESET;
		break;
	case 'U':
		v.answer = HOP_PORT_UNREACHABLE;
		break;
	case 'E':
		v.answer = HOP_REPLY;
		break;
	case 'x':
	case 'h':
		reject(&v, family, p[1], *p == 'h');
		break;
	default:
		v.answer = HOP_EXPIRED;
		v.from = address(family, (uint8_t)(*p - '0'));
		break;
	}
	return v;
}

static void
one_hop(struct hop *h, int family, const char *word, size_t len)
{
	const char *colon = memchr(word, ':', len);
	const char *plus = memchr(word, '+', len);
	int heard = PROBES - (colon != NULL ? colon[1] - '0' : 0);
	struct hop_voice v;

	if (*word == '.')
		return;
	h->sent = PROBES;
	if (*word == '-')
		return;
	while (heard-- > 0) {
		v = voice(family, heard == 0 && plus != NULL ? plus + 1 :
		    word);
		hop_hear(h, &v);
	}
}

static struct hop_trace
trace(int family, enum trace_kind kind, uint16_t port, const char *words)
{
	struct hop_trace t = { .to = address(family, SERVER),
	    .kind = (uint8_t)kind, .port = port };

	while (*words != '\0') {
		size_t len = strcspn(words, " ");

		if (*words == '<' || *words == '=') {
			t.came = *words == '<' ? CAME_NEARER : CAME_FAR;
			break;
		}
		one_hop(&t.hops[t.n++], family, words, len);
		words += len + (words[len] == ' ');
	}
	return t;
}

struct row {
	int		 family;
	const char	*blocked, *open, *udp, *echo;
	enum hops_what	 what;
	size_t		 hop;
	const char	*sentence;
};

static const struct row rows[] = {
	/* silence */
	{ 4, "1 2 - -", "1 2 3 C", "1 2 3 U", NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 go on to 10.99.3.2 (hop 3) by the same path" },
	{ 6, "1 2 - -", "1 2 3 C", "1 2 3 U", NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind fd99:2::2 (hop 2); those to "
	    "the open port 143 go on to fd99:3::2 (hop 3) by the same path" },
	{ 4, "1 2 3 -", "1 2 3 C", NULL, NULL, HOPS_VANISH, 3,
	    "packets to port 993 vanish behind the last router, 10.99.3.2 "
	    "(hop 3): the server, or a filter right before it, drops them; "
	    "those to the open port 143 reach the server (hop 4) by the same "
	    "path" },
	{ 4, "- - - -", "1 2 3 C", NULL, NULL, HOPS_VANISH, 0,
	    "packets to port 993 vanish before any router answers; those to "
	    "the open port 143 go on to 10.99.1.2 (hop 1)" },
	{ 4, "- -", "C", NULL, NULL, HOPS_VANISH, 0,
	    "packets to port 993 vanish, and no router lies in between: the "
	    "server, or a filter of this host, drops them; those to the open "
	    "port 143 reach the server (hop 1)" },
	{ 4, "1 2 - -", NULL, "1 2 3 U", "1 2 3 E", HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); UDP packets "
	    "go on to 10.99.3.2 (hop 3) by the same path" },
	{ 4, "1 2 - -", NULL, "1 2 - -", "1 2 3 E", HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); echo "
	    "requests go on to 10.99.3.2 (hop 3) by the same path" },
	{ 4, "1 2 - -", NULL, "1 2 - -", NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); UDP packets "
	    "vanish there, too" },
	{ 4, "1 2 - -", NULL, NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2)" },
	/* a rejection does not tell how far a packet comes */
	{ 4, "1 2 - -", NULL, "1 2 x2", NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2)" },
	/* another way */
	{ 4, "1 2 - -", "1 5 6 C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 take another path from hop 2 on, by 10.99.5.2 "
	    "(hop 2)" },
	{ 4, "1 2+5 - -", "1 5 6 C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 go on to 10.99.6.2 (hop 3) by the same path" },
	/* the last router by another way is not known to be the last by this */
	{ 4, "1 2 3 -", "1 5 6 C", NULL, NULL, HOPS_VANISH, 3,
	    "packets to port 993 vanish behind 10.99.3.2 (hop 3); those to "
	    "the open port 143 take another path from hop 2 on, by 10.99.5.2 "
	    "(hop 2)" },
	/* nor where the ways meet again */
	{ 4, "1 2 3 -", "1 5 3 C", NULL, NULL, HOPS_VANISH, 3,
	    "packets to port 993 vanish behind 10.99.3.2 (hop 3); those to "
	    "the open port 143 take another path from hop 2 on, by 10.99.5.2 "
	    "(hop 2)" },
	/* hops that answer sparingly, or not at all */
	{ 4, "1 2:1 - -", "1 2 3 C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 go on to 10.99.3.2 (hop 3) by the same path; "
	    "hop 2 itself left 1 of 3 unanswered, so that packets may have "
	    "come further" },
	{ 4, "1 2 - -", "1 2 3:2 C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 go on to 10.99.3.2 (hop 3) by the same path, "
	    "which left 2 of 3 unanswered and may have been passed" },
	{ 4, "1 2 - -", "1 2 - C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 reach the server (hop 4) by the same path, "
	    "with hop 3 as silent, so that all may have come further" },
	{ 4, "- - - -", "- - - C", NULL, NULL, HOPS_VANISH, 0,
	    "packets to port 993 vanish before any router answers; those to "
	    "the open port 143 reach the server (hop 4), with hops 1 to 3 as "
	    "silent, so that all may have come further" },
	{ 4, "- 2 - -", "1 2 3 C", NULL, NULL, HOPS_VANISH, 2,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 2); those to "
	    "the open port 143 go on to 10.99.3.2 (hop 3) by the same path" },
	/* a rejection */
	{ 4, "1 2 x2", "1 2 3 C", NULL, NULL, HOPS_REJECT, 2,
	    "10.99.2.2 (hop 2) rejects port 993 (administratively "
	    "prohibited); packets to the open port 143 go on to 10.99.3.2 "
	    "(hop 3) by the same path" },
	{ 6, "1 2 3 x3", NULL, NULL, NULL, HOPS_REJECT, 3,
	    "fd99:3::2 (hop 3) rejects port 993 (administratively "
	    "prohibited)" },
	/* before it looks at the time to live */
	{ 4, "1 x2", "1 2 3 C", NULL, NULL, HOPS_REJECT, 2,
	    "10.99.2.2 (hop 2) rejects port 993 (administratively "
	    "prohibited); packets to the open port 143 go on to 10.99.3.2 "
	    "(hop 3) by the same path" },
	{ 4, "1 2 xQ", NULL, NULL, NULL, HOPS_REJECT, 0,
	    "10.99.7.2 (hop 2 or 3) rejects port 993 (administratively "
	    "prohibited)" },
	{ 4, "x?", NULL, NULL, NULL, HOPS_REJECT, 0,
	    "an unknown router (hop 1) rejects port 993 (administratively "
	    "prohibited)" },
	{ 4, "1 2 3 xS", "1 2 3 C", NULL, NULL, HOPS_REJECT, 4,
	    "the server itself, 10.99.9.2 (hop 4), rejects port 993 "
	    "(administratively prohibited)" },
	{ 4, "1 2 3 hS", "1 2 3 C", NULL, NULL, HOPS_REJECT, 4,
	    "the server itself, 10.99.9.2 (hop 4), rejects port 993 (host "
	    "unreachable)" },
	{ 4, "xO", "1 2 3 C", NULL, NULL, HOPS_REJECT, 0,
	    "this host itself rejects port 993 (administratively "
	    "prohibited)" },
	{ 4, "1 2 h2", "1 2 - -", NULL, NULL, HOPS_REJECT, 2,
	    "10.99.2.2 (hop 2) says of packets to port 993: host "
	    "unreachable" },
	/* who lets another port pass knows the way */
	{ 4, "1 2 h2", "1 2 3 C", NULL, NULL, HOPS_REJECT, 2,
	    "10.99.2.2 (hop 2) rejects port 993 (host unreachable); packets "
	    "to the open port 143 go on to 10.99.3.2 (hop 3) by the same "
	    "path" },
	/* a reset */
	{ 4, "1 2 R", "1 2 3 C", NULL, NULL, HOPS_FORGED, 2,
	    "a reset for port 993 comes from hop 3 although the server is at "
	    "hop 4: a filter behind 10.99.2.2 (hop 2) forged it" },
	{ 4, "1 2 R", NULL, NULL, "1 2 3 E", HOPS_FORGED, 2,
	    "a reset for port 993 comes from hop 3 although the server is at "
	    "hop 4: a filter behind 10.99.2.2 (hop 2) forged it" },
	{ 4, "R", NULL, "1 2 3 U", NULL, HOPS_FORGED, 0,
	    "a reset for port 993 comes from hop 1 although the server is at "
	    "hop 4: this host or the first router forged it" },
	{ 4, "- R", NULL, "1 2 3 U", NULL, HOPS_FORGED, 0,
	    "a reset for port 993 comes from hop 2 although the server is at "
	    "hop 4: a filter on the way forged it" },
	/* by another way it may be as near */
	{ 4, "1 2 R", "1 5 6 C", NULL, NULL, HOPS_REFUSE, 2,
	    "a reset for port 993 comes from hop 3, from somewhere behind "
	    "10.99.2.2 (hop 2): by another path the server is at hop 4" },
	{ 4, "1 2 3 R", "1 2 3 C", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, where the server is: the server, or a "
	    "filter behind 10.99.3.2 (hop 3), refuses port 993" },
	{ 4, "1 2 3 R", NULL, NULL, NULL, HOPS_REFUSE, 3,
	    "a reset for port 993 comes from hop 4, from somewhere behind "
	    "10.99.3.2 (hop 3): how far away the server is is not known" },
	{ 4, "R", "C", NULL, NULL, HOPS_REFUSE, 0,
	    "a reset comes from hop 1, where the server is: the server, or a "
	    "filter on the way, refuses port 993" },
	/* how far it has come is told by a port that connects from there */
	{ 4, "1 2 3 R <", "1 2 3 C =", NULL, NULL, HOPS_FORGED, 3,
	    "a reset for port 993 has not come as far as the answers of the "
	    "open port 143: 10.99.3.2 (hop 3), the last router, forged it" },
	{ 6, "1 2 - R <", "1 2 3 C =", NULL, NULL, HOPS_FORGED, 2,
	    "a reset for port 993 has not come as far as the answers of the "
	    "open port 143: a filter behind fd99:2::2 (hop 2) forged it" },
	{ 4, "1 2 3 R =", "1 2 3 C =", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, from as far away as the answers of the "
	    "open port 143: the server refuses port 993, or a filter right "
	    "before it does" },
	{ 4, "1 2 3 R <", "1 5 6 C =", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, where the server is: the server, or a "
	    "filter behind 10.99.3.2 (hop 3), refuses port 993" },
	/* a way back that is shorter makes all look nearer */
	{ 4, "1 2 3 R <", "1 2 3 C <", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, where the server is: the server, or a "
	    "filter behind 10.99.3.2 (hop 3), refuses port 993" },
	{ 4, "1 2 3 R <", "1 2 3 C", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, where the server is: the server, or a "
	    "filter behind 10.99.3.2 (hop 3), refuses port 993" },
	{ 4, "1 2 3 R", "1 2 3 C =", NULL, NULL, HOPS_REFUSE, 3,
	    "a reset comes from hop 4, where the server is: the server, or a "
	    "filter behind 10.99.3.2 (hop 3), refuses port 993" },
	/* it connects */
	{ 4, "1 2 3 C", NULL, NULL, "1 2 3 E", HOPS_OPEN, 3,
	    "packets to port 993 are answered from hop 4" },
	{ 4, "1 C", NULL, NULL, "1 2 3 E", HOPS_FORGED, 1,
	    "port 993 is answered from hop 2 although the server is at hop 4: "
	    "something behind 10.99.1.2 (hop 1) answers in its place" },
	/* no end */
	{ 4, "1 2 3 2 3 2 3", NULL, NULL, NULL, HOPS_CIRCLE, 2,
	    "packets to port 993 go round in a circle: they come by 10.99.2.2 "
	    "(hop 2) again at hop 4" },
	/* once more only: ways of unequal length cross there */
	{ 4, "1 2 3 2 - -", NULL, NULL, NULL, HOPS_VANISH, 4,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 4)" },
	/* a router that passes a packet on without counting is no circle */
	{ 4, "1 2 2 - -", NULL, NULL, NULL, HOPS_VANISH, 3,
	    "packets to port 993 vanish behind 10.99.2.2 (hop 3)" },
	/* nothing was waited for */
	{ 4, "1 2 .", "1 2 3 C", NULL, NULL, HOPS_UNKNOWN, 0,
	    "there was not the time to see where packets to port 993 stop" },
	{ 4, "", "1 2 3 C", NULL, NULL, HOPS_UNKNOWN, 0,
	    "there was not the time to see where packets to port 993 stop" }
};

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];
		struct hop_trace blocked = trace(r->family, TRACE_TCP, 993,
		    r->blocked), open, udp, echo;
		struct hops_case c = { .blocked = &blocked };
		struct hops_verdict v;
		struct buf words;

		if (r->open != NULL) {
			open = trace(r->family, TRACE_TCP, 143, r->open);
			c.open = &open;
		}
		if (r->udp != NULL) {
			udp = trace(r->family, TRACE_UDP, 0, r->udp);
			c.udp = &udp;
		}
		if (r->echo != NULL) {
			echo = trace(r->family, TRACE_ECHO, 0, r->echo);
			c.echo = &echo;
		}
		v = hops_judge(&c);
		buf_init(&words, 1000);
		hops_say(&words, &c, &v);
		assert_string_equal(buf_cstr(&words), r->sentence);
		assert_int_equal(v.what, r->what);
		assert_int_equal(v.hop, r->hop);
		buf_free(&words);
	}
}

static void
test_far(void **state)
{
	struct hop_trace t = { .to = address(4, SERVER), .port = 993,
	    .n = HOPS_MAX };
	struct hops_case c = { .blocked = &t };
	struct hops_verdict v;
	struct buf words;
	uint8_t i;

	(void)state;
	for (i = 0; i < HOPS_MAX; i++) {
		struct hop_voice heard = { .answer = HOP_EXPIRED,
		    .from = address(4, (uint8_t)(100 + i)) };

		t.hops[i].sent = 1;
		hop_hear(&t.hops[i], &heard);
	}
	v = hops_judge(&c);
	assert_int_equal(v.what, HOPS_FAR);
	buf_init(&words, 1000);
	hops_say(&words, &c, &v);
	assert_string_equal(buf_cstr(&words), "packets to port 993 have not "
	    "arrived yet at 10.99.129.2 (hop 30)");
	buf_free(&words);
}

static void
test_outcomes(void **state)
{
	static const struct {
		struct hop_trace t;
		const char *sentence, *title;
	} cases[] = {
		{ { .kind = TRACE_ECHO, .outcome = TRACE_FORBIDDEN },
		    "this user may not send echo requests here",
		    "ICMP echo: not allowed to this user here" },
		{ { .port = 993, .outcome = TRACE_BLIND },
		    "this system does not tell where packets to port 993 stop",
		    "TCP port 993: this system does not tell who answers" },
		{ { .port = 993, .outcome = TRACE_STUCK, .error = 13 },
		    "packets to port 993 do not leave this host (error 13)",
		    "TCP port 993: nothing leaves this host (error 13)" },
		{ { .kind = TRACE_UDP, .outcome = TRACE_CUT },
		    "there was not the time to see where UDP packets stop",
		    "UDP: the time ended before it was complete" },
		{ { .kind = TRACE_UDP },
		    "there was not the time to see where UDP packets stop",
		    "UDP" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct hops_case c = { .blocked = &cases[i].t };
		struct hops_verdict v = hops_judge(&c);
		struct buf out;

		assert_int_equal(v.what, HOPS_UNKNOWN);
		buf_init(&out, 1000);
		hops_say(&out, &c, &v);
		assert_string_equal(buf_cstr(&out), cases[i].sentence);
		buf_clear(&out);
		hops_title(&out, &cases[i].t);
		assert_string_equal(buf_cstr(&out), cases[i].title);
		buf_free(&out);
	}
}

/* silence of a hop is loss only if what passes it is lost, too */
static void
test_loss(void **state)
{
	static const struct {
		enum trace_kind kind;
		const char *words, *loss;
	} cases[] = {
		{ TRACE_TCP, "1 2 3:2 C:1", "packets to port 993 are lost from "
		    "hop 3 on: hop 3 10.99.3.2 lost 2 of 3, hop 4 10.99.9.2 "
		    "lost 1 of 3" },
		{ TRACE_TCP, "1:1 2:2 - R:1", "packets to port 993 are lost "
		    "from hop 1 on: hop 1 10.99.1.2 lost 1 of 3, hop 2 "
		    "10.99.2.2 lost 2 of 3, hop 4 10.99.9.2 lost 1 of 3" },
		{ TRACE_ECHO, "1 2:1 E:2", "echo requests are lost from hop 2 "
		    "on: hop 2 10.99.2.2 lost 1 of 3, hop 3 10.99.9.2 lost 2 "
		    "of 3" },
		{ TRACE_TCP, "1:1 2 3 C:1", "packets to port 993 are lost from "
		    "hop 4 on: hop 4 10.99.9.2 lost 1 of 3" },
		{ TRACE_TCP, "1:1 2:2 3:2 C", NULL },
		/* ICMP errors are sent sparingly */
		{ TRACE_UDP, "1 2:1 3:2 U:2", NULL },
		{ TRACE_TCP, "1 2:1 x2:2", NULL },
		{ TRACE_TCP, "1 2:1 - -", NULL },
		{ TRACE_TCP, "", NULL }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct hop_trace t = trace(4, cases[i].kind, 993,
		    cases[i].words);
		struct buf out;

		buf_init(&out, 1000);
		assert_int_equal(hops_say_loss(&out, &t),
		    cases[i].loss != NULL);
		assert_string_equal(buf_cstr(&out), cases[i].loss != NULL ?
		    cases[i].loss : "");
		buf_free(&out);
	}
}

static const struct {
	const char *words, *lines;
} listed[] = {
	{ "1 2+5:1 - C", "hop 1  10.99.1.2  0.4 ms  0 of 3 lost\n"
	    "hop 2  10.99.2.2, 10.99.5.2  0.4 ms  1 of 3 lost\n"
	    "hop 3  no answer  3 of 3 lost\n"
	    "hop 4  10.99.9.2  0.4 ms  0 of 3 lost  answers\n" },
	{ "1 - - - -", "hop 1  10.99.1.2  0.4 ms  0 of 3 lost\n"
	    "hop 2  no answer  3 of 3 lost\n" },
	{ "1 x1", "hop 1  10.99.1.2  0.4 ms  0 of 3 lost\n"
	    "hop 2  10.99.1.2  0.4 ms  0 of 3 lost  rejects "
	    "(administratively prohibited)\n" },
	{ ". R", "hop 1  not waited for\n"
	    "hop 2  10.99.9.2  0.4 ms  0 of 3 lost  resets\n" },
	{ "x?", "hop 1  unknown  0.4 ms  0 of 3 lost  rejects "
	    "(administratively prohibited)\n" },
	{ "1 2 3 2 3 2 3 2", "hop 1  10.99.1.2  0.4 ms  0 of 3 lost\n"
	    "hop 2  10.99.2.2  0.4 ms  0 of 3 lost\n"
	    "hop 3  10.99.3.2  0.4 ms  0 of 3 lost\n"
	    "hop 4  10.99.2.2  0.4 ms  0 of 3 lost\n" },
	{ "1", "hop 1  10.99.1.2  0.4 ms  0 of 3 lost\n" },
	{ "", "" }
};

static void
test_lines(void **state)
{
	size_t i, hop;

	(void)state;
	for (i = 0; i < sizeof(listed) / sizeof(listed[0]); i++) {
		struct hop_trace t = trace(4, TRACE_TCP, 993,
		    listed[i].words);
		struct buf out;

		buf_init(&out, 1000);
		for (hop = 1; hop <= hops_lines(&t); hop++) {
			hops_line(&out, &t, hop);
			buf_char(&out, '\n');
		}
		assert_string_equal(buf_cstr(&out), listed[i].lines);
		hop = out.len;
		hops_line(&out, &t, 0);
		hops_line(&out, &t, t.n + 1);
		assert_int_equal(out.len, hop);
		buf_free(&out);
	}
}

static void
test_times(void **state)
{
	static const struct {
		uint32_t usec;
		const char *line;
	} cases[] = {
		{ 0, "hop 1  10.99.1.2  0.1 ms  0 of 1 lost" },
		{ 149, "hop 1  10.99.1.2  0.1 ms  0 of 1 lost" },
		{ 150, "hop 1  10.99.1.2  0.2 ms  0 of 1 lost" },
		{ 12340, "hop 1  10.99.1.2  12.3 ms  0 of 1 lost" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct hop_trace t = { .n = 1, .hops[0].sent = 1 };
		struct hop_voice v = { .answer = HOP_EXPIRED,
		    .from = address(4, 1), .best_usec = cases[i].usec };
		struct buf out;

		hop_hear(&t.hops[0], &v);
		buf_init(&out, 1000);
		hops_line(&out, &t, 1);
		assert_string_equal(buf_cstr(&out), cases[i].line);
		buf_free(&out);
	}
}

/* many voices: three are kept, all are counted, the best time of each */
static void
test_voices(void **state)
{
	struct hop h = { .sent = 6 };
	uint8_t i;

	(void)state;
	for (i = 1; i <= 5; i++) {
		struct hop_voice v = { .answer = HOP_EXPIRED,
		    .from = address(4, i), .best_usec = 1000u * i };

		hop_hear(&h, &v);
	}
	assert_int_equal(h.nvoices, HOP_VOICES);
	assert_int_equal(h.answered, 5);
	h.voices[0].answer = HOP_EXPIRED;
	{
		struct hop_voice v = { .answer = HOP_EXPIRED,
		    .from = address(4, 1), .best_usec = 10 };

		hop_hear(&h, &v);
	}
	assert_int_equal(h.voices[0].times, 2);
	assert_int_equal(h.voices[0].best_usec, 10);
	assert_int_equal(h.answered, 6);
}

/* whatever an answer began its life with: is it nearer than the server? */
static void
test_arrival(void **state)
{
	static const uint8_t begins[] = { 64, 128, 255 };
	static const uint8_t four[ARRIVALS] = { 62, 65, 126, 129, 253 };
	size_t server, from, i, n;

	(void)state;
	for (n = 0; n < ARRIVALS; n++)
		assert_int_equal(arrival_least(4, n), four[n]);
	for (i = 0; i < 3; i++)
		for (server = 2; server <= HOPS_MAX; server++)
			for (from = 1; from <= server + 2; from++) {
				bool answered[ARRIVALS];

				for (n = 0; n < ARRIVALS; n++)
					answered[n] = begins[i] - (from - 1) >=
					    arrival_least(server, n);
				assert_int_equal(arrival_came(answered),
				    from < server ? CAME_NEARER : CAME_FAR);
			}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_far),
		cmocka_unit_test(test_outcomes),
		cmocka_unit_test(test_loss),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_times),
		cmocka_unit_test(test_voices),
		cmocka_unit_test(test_arrival)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
