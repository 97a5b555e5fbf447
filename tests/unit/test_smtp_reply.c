/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_smtp_reply - SMTP server bytes to replies, however they are cut up
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/buf.h"
#include "reply/smtp_reply.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
assert_span(struct span span, const char *want)
{
	char text[512];

	assert_true(span.len < sizeof(text));
	if (span.len > 0)
		memcpy(text, span.p, span.len);
	text[span.len] = '\0';
	assert_string_equal(text, want);
}

/* what bytes came to, fed in pieces of `step` */
struct heard {
	enum scan_result result;
	struct buf	 in;
	size_t		 pos;
	size_t		 fed;		/* bytes that had been given when it was told */
};

static struct heard
hear(struct span all, size_t step)
{
	struct heard h = { .result = SCAN_MORE };
	struct scan scan = { 0 };
	size_t n;

	buf_init(&h.in, 1024 * 1024);
	while (h.fed < all.len && h.result == SCAN_MORE) {
		n = step < all.len - h.fed ? step : all.len - h.fed;
		buf_add(&h.in, all.p + h.fed, n);
		h.fed += n;
		while ((h.result = smtp_scan(&scan, buf_span(&h.in), false)) ==
		    SCAN_DROP)
			buf_cut(&h.in, scan.pos, (size_t)scan.body);
	}
	h.pos = scan.pos;
	return h;
}

static const struct {
	const char		*bytes;
	enum reply_kind		 kind;
	enum reply_status	 status;
	unsigned		 number;
	const char		*enhanced, *text;
} good[] = {
	{ "220 mx ESMTP\r\n", REPLY_TAGGED, REPLY_OK, 220, "", "mx ESMTP" },
	{ "250\r\n", REPLY_TAGGED, REPLY_OK, 250, "", "" },
	{ "250 \r\n", REPLY_TAGGED, REPLY_OK, 250, "", "" },
	{ "250 ok\n", REPLY_TAGGED, REPLY_OK, 250, "", "ok" },
	{ "250-a\r\n250 b\r\n", REPLY_TAGGED, REPLY_OK, 250, "", "a\r\nb" },
	{ "250-a\n250-\n250\n", REPLY_TAGGED, REPLY_OK, 250, "", "a" },
	{ "250-a\r\n250-B C\r\n250 D\r\n", REPLY_TAGGED, REPLY_OK, 250, "",
	    "a\r\nB C\r\nD" },
	{ "250 2.1.0 Ok\r\n", REPLY_TAGGED, REPLY_OK, 250, "2.1.0",
	    "2.1.0 Ok" },
	{ "535 5.7.8\r\n", REPLY_TAGGED, REPLY_NO, 535, "5.7.8", "5.7.8" },
	{ "535 5.7.139 no\r\n", REPLY_TAGGED, REPLY_NO, 535, "5.7.139",
	    "5.7.139 no" },
	{ "535-5.7.8 a\r\n535 5.7.8 b\r\n", REPLY_TAGGED, REPLY_NO, 535,
	    "5.7.8", "5.7.8 a\r\n5.7.8 b" },
	/* no enhanced codes */
	{ "535 4.7.8 other class\r\n", REPLY_TAGGED, REPLY_NO, 535, "",
	    "4.7.8 other class" },
	{ "535 5.7 half\r\n", REPLY_TAGGED, REPLY_NO, 535, "", "5.7 half" },
	{ "535 5.7.1234 long\r\n", REPLY_TAGGED, REPLY_NO, 535, "",
	    "5.7.1234 long" },
	{ "535 5.7.8x\r\n", REPLY_TAGGED, REPLY_NO, 535, "", "5.7.8x" },
	{ "550 5.1.1.\r\n", REPLY_TAGGED, REPLY_NO, 550, "", "5.1.1." },
	{ "421 4.3.2 bye\r\n", REPLY_TAGGED, REPLY_NO, 421, "4.3.2",
	    "4.3.2 bye" },
	{ "500 what?\r\n", REPLY_TAGGED, REPLY_BAD, 500, "", "what?" },
	{ "555 what?\r\n", REPLY_TAGGED, REPLY_NO, 555, "", "what?" },
	{ "334 VXNlcg==\r\n", REPLY_CONTINUE, REPLY_DATA, 334, "",
	    "VXNlcg==" },
	{ "334 \r\n", REPLY_CONTINUE, REPLY_DATA, 334, "", "" },
	{ "334\r\n", REPLY_CONTINUE, REPLY_DATA, 334, "", "" },
	{ "220 caf\xc3\xa9 \xff\r\n", REPLY_TAGGED, REPLY_OK, 220, "",
	    "caf\xc3\xa9 \xff" }
};

static void
check_good(size_t i, size_t step)
{
	struct span all = span_of(good[i].bytes);
	struct heard h = hear(all, step);
	struct reply r;

	assert_int_equal(h.result, SCAN_REPLY);
	assert_int_equal(h.fed, all.len);
	assert_true(smtp_reply((struct span){ buf_span(&h.in).p, h.pos },
	    &r));
	assert_int_equal(r.kind, good[i].kind);
	assert_int_equal(r.status, good[i].status);
	assert_int_equal(r.tag, 0);
	assert_true(r.has_number);
	assert_int_equal(r.number, good[i].number);
	assert_span(r.code_args, good[i].enhanced);
	assert_span(r.text, good[i].text);
	assert_ptr_equal(reply_words(&r).p, r.line.p);
	buf_free(&h.in);
}

static void
test_good(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		check_good(i, 1);
		check_good(i, 3);
		check_good(i, 10000);
	}
}

/* no proper prefix is a reply; the whole is, with more behind it */
static void
test_prefix_law(void **state)
{
	struct heard h;
	char more[256];
	size_t i, len, n;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		len = strlen(good[i].bytes);
		for (n = 1; n < len; n++) {
			h = hear((struct span){ good[i].bytes, n }, n);
			assert_int_equal(h.result, SCAN_MORE);
			buf_free(&h.in);
		}
		memcpy(more, good[i].bytes, len);
		memcpy(more + len, "250 x\r\n", 8);
		h = hear(span_of(more), len + 7);
		assert_int_equal(h.result, SCAN_REPLY);
		assert_int_equal(h.in.len - h.pos, 7);
		buf_free(&h.in);
	}
}

static void
test_bad(void **state)
{
	static const char *const bad[] = {
		"\r\n", "* OK hi\r\n", "+OK\r\n", "HTTP/1.1 400\r\n",
		"22 hi\r\n", "2200 hi\r\n", "220hi\r\n", "220\thi\r\n",
		"120 hi\r\n", "620 hi\r\n", " 220 hi\r\n", "2x0 hi\r\n",
		"250-a\r\n251 b\r\n", "250-a\r\nb\r\n", "250-a\r\n\r\n",
		"250-a\r\n 250 b\r\n", "250-a\r\n25\r\n", "\x16\x03\x01",
		"250-a\r\n250+b\r\n"
	};
	struct heard h;
	struct reply r;
	size_t i, step;

	(void)state;
	for (i = 0; i < COUNT(bad); i++) {
		for (step = 1; step < 100; step += 98) {
			h = hear(span_of(bad[i]), step);
			if (h.result == SCAN_MORE || (h.result == SCAN_REPLY &&
			    smtp_reply((struct span){ buf_span(&h.in).p,
			    h.pos }, &r)))
				fail_msg("\"%s\" is no reply", bad[i]);
			buf_free(&h.in);
		}
	}
}

/* endless - so many times the same, and what came of it */
static enum scan_result
endless(const char *once, size_t times, size_t step)
{
	struct buf all;
	struct heard h;

	buf_init(&all, 1024 * 1024);
	while (times-- > 0)
		buf_str(&all, once);
	h = hear(buf_span(&all), step);
	buf_free(&all);
	buf_free(&h.in);
	return h.result;
}

static void
test_caps(void **state)
{
	(void)state;
	assert_int_equal(endless("250-x\r\n", SMTP_LINES_MAX - 1, 7000),
	    SCAN_MORE);
	assert_int_equal(endless("250-x\r\n", SMTP_LINES_MAX + 1, 7000),
	    SCAN_BAD);
	assert_int_equal(endless("x", SMTP_LINE_MAX, 100), SCAN_MORE);
	assert_int_equal(endless("x", SMTP_LINE_MAX + 1, 100), SCAN_BAD);
	assert_int_equal(endless("250-012345678901234567890123456789012345678"
	    "901234567890123456789012345678901234567890123456789\r\n", 600,
	    5000), SCAN_MORE);
	assert_int_equal(endless("250-012345678901234567890123456789012345678"
	    "901234567890123456789012345678901234567890123456789\r\n", 760,
	    5000), SCAN_BAD);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good),
		cmocka_unit_test(test_prefix_law),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_caps)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
