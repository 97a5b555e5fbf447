/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_bulk_talk - what is said to fill packets, and what is waited for before
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/bulk_talk.h"
#include "dialog/padded_hello.h"

enum {
	AMOUNT = 3650,
	ALL = 64 * 1024,
	TURNS = 4
};

static const struct address here = { .family = 4, .ip = { 192, 0, 2, 7 } };
static const struct address here6 = { .family = 6,
    .ip = { 0xfe, 0x80, [15] = 7 }, .scope = 3 };

/* what the server says, one answer after the other, and what is said to each */
static const struct {
	enum speech	 speech;
	struct { const char *hears, *says; } turns[TURNS];
	enum bulk_talk_step	 step;	/* in the end */
	const char		*last;	/* what is said last; NULL: it is TLS, or nothing */
} rows[] = {
	{ SPEECH_IMAP, { { "* OK ready\r\n", "b1 CAPABILITY\r\n" } },
	    BULK_TALK_ON, " LOGOUT\r\n" },
	{ SPEECH_IMAP, { { "* PREAUTH ready\r\n", "b1 CAPABILITY\r\n" } },
	    BULK_TALK_ON, " LOGOUT\r\n" },
	{ SPEECH_IMAP, { { "* BYE too busy\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_IMAP, { { "+OK\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_IMAP, { { "* OK rea", "" } }, BULK_TALK_GREETING, NULL },
	{ SPEECH_POP3, { { "+OK ready\r\n", "CAPA\r\n" } }, BULK_TALK_ON,
	    "CAPA\r\nQUIT\r\n" },
	{ SPEECH_POP3, { { "-ERR busy\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_SIEVE, { { "\"SASL\" \"PLAIN\"\r\n", "" },
	    { "\"SIEVE\" \"x\"\r\nOK\r\n", "CAPABILITY\r\n" } },
	    BULK_TALK_ON, "LOGOUT\r\n" },
	{ SPEECH_SIEVE, { { "BYE \"busy\"\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_SMTP, { { "220-mail\r\n", "" },
	    { "220 ready\r\n", "EHLO [192.0.2.7]\r\n" },
	    { "250-mail\r\n250-STARTTLS\r\n250 HELP\r\n", "STARTTLS\r\n" },
	    { "220 go ahead\r\n", "\x16\x03\x01" } }, BULK_TALK_ON,
	    NULL },
	{ SPEECH_SMTP, { { "220 ready\r\n", "EHLO [192.0.2.7]\r\n" },
	    { "250-mail\r\n250 PIPELINING\r\n", "NOOP ...." } },
	    BULK_TALK_ON, "QUIT\r\n" },
	{ SPEECH_SMTP, { { "220\r\n", "EHLO [192.0.2.7]\r\n" },
	    { "250\r\n", "NOOP ...." } }, BULK_TALK_ON, "QUIT\r\n" },
	{ SPEECH_SMTP, { { "554 no\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_SMTP, { { "220 ready\r\n", "EHLO [192.0.2.7]\r\n" },
	    { "502 what?\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_SMTP, { { "220 ready\r\n", "EHLO [192.0.2.7]\r\n" },
	    { "250-mail\r\n250 STARTTLS\r\n", "STARTTLS\r\n" },
	    { "454 not now\r\n", "" } }, BULK_TALK_ODD, NULL },
	{ SPEECH_LMTP, { { "220 ready\r\n", "LHLO [192.0.2.7]\r\n" },
	    { "250 mail\r\n", "NOOP ...." } }, BULK_TALK_ON, "QUIT\r\n" },
	{ SPEECH_TLS, { { "", "\x16\x03\x01" } }, BULK_TALK_ON, NULL }
};

static bool
begins(struct span s, const char *start)
{
	return s.len >= strlen(start) && memcmp(s.p, start, strlen(start)) == 0;
}

static void
check_lines(const char *said, size_t len)
{
	struct span all = { said, len };

	while (all.len > 0) {
		struct span line = span_line(&all);

		/* RFC 5321 section 4.5.3.1.4, its LF is gone */
		assert_true(line.len <= 511);
		assert_true(line.len > 1 && line.p[line.len - 1] == '\r');
	}
}

/* check_bulk - enough, and with a farewell at its end, where there are lines */
static void
check_bulk(struct span s, const char *last)
{
	size_t tail = last != NULL ? strlen(last) : 0;

	assert_true(s.len >= AMOUNT);
	assert_true(s.len < 2 * AMOUNT);
	if (tail == 0)
		return;
	check_lines(s.p, s.len);
	assert_memory_equal(s.p + s.len - tail, last, tail);
}

static void
play(size_t row, size_t step)
{
	struct bulk_talk t;
	struct buf out;
	struct span s;
	size_t i, before;

	buf_init(&out, ALL);
	bulk_talk_begin(&t, rows[row].speech, "mail.example.org", &here,
	    AMOUNT, &out);
	for (i = 0; i < TURNS && rows[row].turns[i].hears != NULL; i++) {
		s = span_of(rows[row].turns[i].hears);
		before = rows[row].speech == SPEECH_TLS ? 0 : out.len;
		while (s.len > 0) {
			size_t n = step == 0 || step > s.len ? s.len : step;

			/* nothing is said before the end of a line */
			assert_int_equal(out.len, before);
			bulk_talk_hear(&t, (struct span){ s.p, n }, &out);
			s.p += n;
			s.len -= n;
		}
		s = buf_span(&out);
		s.p += before;
		s.len -= before;
		if (!begins(s, rows[row].turns[i].says) ||
		    (rows[row].turns[i].says[0] == '\0' && s.len > 0))
			fail_msg("row %d, turn %d: %.40s", (int)row, (int)i,
			    s.p);
	}
	assert_int_equal(t.step, rows[row].step);
	if (t.step == BULK_TALK_ON)
		check_bulk(s, rows[row].last);
	assert_false(out.overflow);
	buf_free(&out);
	bulk_talk_free(&t);
}

static void
test_rows(void **state)
{
	size_t row;

	(void)state;
	for (row = 0; row < sizeof(rows) / sizeof(rows[0]); row++) {
		play(row, 0);
		play(row, 1);
		play(row, 3);
	}
}

/* an IPv6 literal has a tag and no zone */
static void
test_name6(void **state)
{
	struct bulk_talk t;
	struct buf out;

	(void)state;
	buf_init(&out, ALL);
	bulk_talk_begin(&t, SPEECH_SMTP, "", &here6, AMOUNT, &out);
	bulk_talk_hear(&t, span_of("220 hi\r\n"), &out);
	assert_string_equal(buf_cstr(&out), "EHLO [IPv6:fe80::7]\r\n");
	buf_free(&out);
	bulk_talk_free(&t);
}

/* each command has a tag of its own */
static void
test_tags(void **state)
{
	struct bulk_talk t;
	struct span all;
	struct buf out;
	uint64_t number, want = 0;

	(void)state;
	buf_init(&out, ALL);
	bulk_talk_begin(&t, SPEECH_IMAP, "", &here, AMOUNT, &out);
	bulk_talk_hear(&t, span_of("* OK\r\n"), &out);
	all = buf_span(&out);
	while (all.len > 0) {
		struct span line = span_line(&all);
		struct span tag = span_word(&line);

		assert_int_equal(tag.p[0], 'b');
		tag.p++;
		tag.len--;
		assert_true(span_number(tag, &number));
		assert_int_equal(number, ++want);
	}
	assert_true(want > 100);
	buf_free(&out);
	bulk_talk_free(&t);
}

/* as much as the packets are large, within bounds */
static void
test_amounts(void **state)
{
	static const struct { size_t asked, least, most; } amounts[] = {
		{ 0, BULK_TALK_MIN, BULK_TALK_MIN + 100 },
		{ 5000, 5000, 5100 },
		{ 1000 * 1000, BULK_TALK_MAX, BULK_TALK_MAX + 100 }
	};
	size_t i;

	(void)state;
	for (i = 0; i < 3; i++) {
		struct bulk_talk t;
		struct buf out;

		buf_init(&out, ALL);
		bulk_talk_begin(&t, SPEECH_POP3, "", &here, amounts[i].asked,
		    &out);
		bulk_talk_hear(&t, span_of("+OK\r\n"), &out);
		assert_true(out.len >= amounts[i].least);
		assert_true(out.len <= amounts[i].most);
		buf_free(&out);
		bulk_talk_free(&t);
	}
}

/* a greeting without end */
static void
test_endless(void **state)
{
	struct bulk_talk t;
	struct buf out;
	int i;

	(void)state;
	buf_init(&out, ALL);
	bulk_talk_begin(&t, SPEECH_SMTP, "", &here, AMOUNT, &out);
	for (i = 0; i < 10000 && t.step == BULK_TALK_GREETING; i++)
		bulk_talk_hear(&t, span_of("220-more\r\n"), &out);
	assert_int_equal(t.step, BULK_TALK_ODD);
	assert_true(i * 10 <= BULK_TALK_HEARD + 10);
	/* and what comes then is nobody's business */
	bulk_talk_hear(&t, span_of("220 end\r\n"), &out);
	assert_int_equal(out.len, 0);
	buf_free(&out);
	bulk_talk_free(&t);
}

static void
test_can(void **state)
{
	int i, n = 0;

	(void)state;
	for (i = 0; i < SPEECHES; i++)
		n += bulk_talk_can((enum speech)i);
	assert_int_equal(n, 6);
	assert_false(bulk_talk_can(SPEECH_HTTP));
	assert_true(bulk_talk_can(SPEECH_TLS));
}

/* a hello has just the length that was asked for, whatever the name */
static void
test_hello_size(void **state)
{
	static const size_t sizes[] = { 0, PADDED_HELLO_MIN, 1500, 4000,
	    PADDED_HELLO_MAX, 100000 };
	char longest[254];
	const char *const hosts[] = { "", "a", "mail.example.org", longest };
	size_t i, j;

	(void)state;
	memset(longest, 'x', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	for (i = 0; i < 6; i++) {
		for (j = 0; j < 4; j++) {
			size_t want = sizes[i] < PADDED_HELLO_MIN ?
			    PADDED_HELLO_MIN : sizes[i] > PADDED_HELLO_MAX ?
			    PADDED_HELLO_MAX : sizes[i];
			struct buf out;
			struct span s;

			buf_init(&out, ALL);
			padded_hello_write(&out, hosts[j], sizes[i]);
			s = buf_span(&out);
			assert_int_equal(s.len, want);
			/* one record, then the alert of seven bytes */
			assert_int_equal((uint8_t)s.p[3] << 8 |
			    (uint8_t)s.p[4], want - 7 - 5);
			assert_int_equal(s.p[s.len - 7], 0x15);
			assert_int_equal(memmem(s.p, s.len, hosts[j],
			    strlen(hosts[j])) != NULL, 1);
			buf_free(&out);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_name6),
		cmocka_unit_test(test_tags),
		cmocka_unit_test(test_amounts),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_can),
		cmocka_unit_test(test_hello_size)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
