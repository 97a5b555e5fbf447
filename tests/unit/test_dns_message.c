/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_dns_message - questions written, answers read, hostile ones borne
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "reply/dns_message.h"

enum { ID = 0x1234 };

#define NAME		"mail.example"
#define QNAME		"\4mail\7example\0"
#define HEADER(flags, answers) \
	"\x12\x34" flags "\0\1" answers "\0\0\0\0"
#define QUESTION_A	QNAME "\0\1\0\1"
#define QUESTION_AAAA	QNAME "\0\34\0\1"
#define OK		"\x81\x80"
#define HERE		"\xc0\x0c"		/* the name in the question */
#define TTL		"\0\0\0\1"
#define A(name, ip)	name "\0\1\0\1" TTL "\0\4" ip
#define BYTES(s)	{ s, sizeof(s) - 1 }

static void
test_query(void **state)
{
	static const char want[] = "\x12\x34\1\0\0\1\0\0\0\0\0\0" QUESTION_A;
	uint8_t out[DNS_QUERY_MAX];
	size_t n;

	(void)state;
	n = dns_message_query(out, ID, span_of("Mail.EXAMPLE."), DNS_TYPE_A);
	assert_int_equal(n, sizeof(want) - 1);
	assert_memory_equal(out, want, n);
	n = dns_message_query(out, ID, span_of("a"), DNS_TYPE_AAAA);
	assert_int_equal(n, 12 + 3 + 4);
	assert_int_equal(out[n - 3], DNS_TYPE_AAAA);
}

static void
test_query_bad(void **state)
{
	static const char *const names[] = { "", ".", "a..b", ".a", "a..",
	    "0123456789012345678901234567890123456789012345678901234567890123"
	};
	uint8_t out[DNS_QUERY_MAX];
	char longest[256];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(dns_message_query(out, ID, span_of(names[i]),
		    DNS_TYPE_A), 0);
	for (i = 0; i < sizeof(longest); i++)
		longest[i] = i % 2 == 0 ? 'a' : '.';
	assert_int_equal(dns_message_query(out, ID,
	    (struct span){ longest, 253 }, DNS_TYPE_A), DNS_QUERY_MAX);
	assert_int_equal(dns_message_query(out, ID,
	    (struct span){ longest, 255 }, DNS_TYPE_A), 0);
}

struct row {
	struct span	message;
	bool		answers;
	unsigned	rcode;
	size_t		n;
	bool		truncated;
	bool		loop;
};

/* each holds the question for A */
static const struct row rows[] = {
	/* one address, two, and one of somebody else */
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A A(HERE, "\xc0\0\2\7")),
	    true, 0, 1, false, false },
	{ BYTES(HEADER(OK, "\0\2") QUESTION_A A(HERE, "\xc0\0\2\7")
	    A("\4MAIL\7Example\0", "\xc0\0\2\10")), true, 0, 2, false, false },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A A("\3foo\0", "\xc0\0\2\7")),
	    true, 0, 0, false, false },
	/* aliases in order, out of order, round in a circle, to nowhere */
	{ BYTES(HEADER(OK, "\0\2") QUESTION_A
	    HERE "\0\5\0\1" TTL "\0\3\1b\0" A("\1b\0", "\xc0\0\2\7")),
	    true, 0, 1, false, false },
	{ BYTES(HEADER(OK, "\0\3") QUESTION_A A("\1c\0", "\xc0\0\2\7")
	    "\1b\0\0\5\0\1" TTL "\0\3\1c\0" HERE "\0\5\0\1" TTL "\0\3\1b\0"),
	    true, 0, 1, false, false },
	{ BYTES(HEADER(OK, "\0\2") QUESTION_A
	    HERE "\0\5\0\1" TTL "\0\3\1b\0"
	    "\1b\0\0\5\0\1" TTL "\0\2" HERE), true, 0, 0, false, true },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A
	    HERE "\0\5\0\1" TTL "\0\3\1b\0"), true, 0, 0, false, false },
	/* codes */
	{ BYTES(HEADER("\x81\x83", "\0\0") QUESTION_A), true, DNS_NXNAME, 0,
	    false, false },
	{ BYTES(HEADER("\x81\x82", "\0\0") QUESTION_A), true, DNS_SERVFAIL, 0,
	    false, false },
	{ BYTES("\x12\x34\x81\x81\0\0\0\0\0\0\0\0"), true, DNS_FORMERR, 0,
	    false, false },
	{ BYTES("\x12\x34\x81\x80\0\0\0\0\0\0\0\0"), false, 0, 0,
	    false, false },
	/* cut short, and saying so */
	{ BYTES(HEADER("\x83\x80", "\0\2") QUESTION_A A(HERE, "\xc0\0\2\7")),
	    true, 0, 1, true, false },
	{ BYTES(HEADER(OK, "\0\2") QUESTION_A A(HERE, "\xc0\0\2\7")),
	    false, 0, 0, false, false },
	/* wrong length of an address, wrong class: not looked at */
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A
	    HERE "\0\1\0\1" TTL "\0\3\xc0\0\2"), true, 0, 0, false, false },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A
	    HERE "\0\1\0\3" TTL "\0\4\xc0\0\2\7"), true, 0, 0, false, false },
	/* record longer than the message */
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A
	    HERE "\0\1\0\1" TTL "\xff\xff\xc0\0\2\7"), false, 0, 0,
	    false, false },
	/* pointers to themselves, forward, cut off; label types unknown */
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A A("\xc0\x1e", "\xc0\0\2\7")),
	    false, 0, 0, false, false },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A A("\xc0\x30", "\xc0\0\2\7")),
	    false, 0, 0, false, false },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A "\xc0"), false, 0, 0,
	    false, false },
	{ BYTES(HEADER(OK, "\0\1") QUESTION_A A("\x80" "a\0", "\1\2\3\4")),
	    false, 0, 0, false, false },
	{ BYTES("\x12\x34" OK "\0\1\0\1\0\0\0\0\xc0\x0c\0\1\0\1"), false, 0,
	    0, false, false },
	/* not our answer: id, a question, another name, type or class */
	{ BYTES("\x12\x35" OK "\0\1\0\0\0\0\0\0" QUESTION_A), false, 0, 0,
	    false, false },
	{ BYTES(HEADER("\1\0", "\0\0") QUESTION_A), false, 0, 0,
	    false, false },
	{ BYTES(HEADER("\xa9\x80", "\0\0") QUESTION_A), false, 0, 0,
	    false, false },
	{ BYTES(HEADER(OK, "\0\0") "\4mail\7exampla\0\0\1\0\1"), false, 0, 0,
	    false, false },
	{ BYTES(HEADER(OK, "\0\0") QUESTION_AAAA), false, 0, 0,
	    false, false },
	{ BYTES(HEADER(OK, "\0\0") QNAME "\0\1\0\3"), false, 0, 0,
	    false, false },
	{ BYTES(""), false, 0, 0, false, false },
	{ BYTES("\x12\x34\x81"), false, 0, 0, false, false }
};

static void
test_answers(void **state)
{
	struct dns_answer answer;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];

		assert_int_equal(dns_message_answer(r->message, ID,
		    span_of(NAME), DNS_TYPE_A, &answer), r->answers);
		if (!r->answers)
			continue;
		assert_int_equal(answer.rcode, r->rcode);
		assert_int_equal(answer.n, r->n);
		assert_int_equal(answer.truncated, r->truncated);
		assert_int_equal(answer.alias_loop, r->loop);
		if (r->n > 0)
			assert_memory_equal(answer.list[0].ip, "\xc0\0\2\7",
			    4);
	}
}

static void
test_ipv6(void **state)
{
	static const char message[] = HEADER(OK, "\0\1") QUESTION_AAAA
	    HERE "\0\34\0\1" TTL "\0\x10" "\x20\1\x0d\xb8\0\0\0\0"
	    "\0\0\0\0\0\0\0\7";
	struct span s = { message, sizeof(message) - 1 };
	struct dns_answer answer;
	char text[ADDRESS_TEXT];

	(void)state;
	assert_true(dns_message_answer(s, ID, span_of(NAME), DNS_TYPE_AAAA,
	    &answer));
	assert_int_equal(answer.n, 1);
	assert_string_equal(address_text(&answer.list[0], text),
	    "2001:db8::7");
}

/* every message cut at every place: nothing may be read beyond its end */
static void
test_cut(void **state)
{
	struct dns_answer answer;
	size_t i, len;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct span whole = rows[i].message;

		for (len = 0; len < whole.len; len++) {
			char *copy = malloc(len > 0 ? len : 1);

			assert_non_null(copy);
			memcpy(copy, whole.p, len);
			(void)dns_message_answer((struct span){ copy, len },
			    ID, span_of(NAME), DNS_TYPE_A, &answer);
			free(copy);
		}
	}
}

static void
test_many(void **state)
{
	static const char head[] = HEADER(OK, "\0\x64") QUESTION_A;
	static const char record[] = A(HERE, "\xc0\0\2\7");
	char message[sizeof(head) + 100 * sizeof(record)];
	struct dns_answer answer;
	size_t i, len = sizeof(head) - 1;

	(void)state;
	memcpy(message, head, len);
	for (i = 0; i < 100; i++) {
		memcpy(message + len, record, sizeof(record) - 1);
		len += sizeof(record) - 1;
	}
	assert_true(dns_message_answer((struct span){ message, len }, ID,
	    span_of(NAME), DNS_TYPE_A, &answer));
	assert_int_equal(answer.n, DNS_ADDRESSES_MAX);
}

static void
test_rcode_words(void **state)
{
	(void)state;
	assert_string_equal(dns_rcode_words(2), "answers SERVFAIL");
	assert_string_equal(dns_rcode_words(3), "answers NXDOMAIN");
	assert_string_equal(dns_rcode_words(5), "answers REFUSED");
	assert_string_equal(dns_rcode_words(15), "answers with an error code");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_query),
		cmocka_unit_test(test_query_bad),
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_ipv6),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_rcode_words)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
