/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_message - what is a message and what is not; Content-Type values; dates */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "reply/content_type.h"
#include "reply/imap_date.h"
#include "reply/message.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))
#define BYTES(text) { text, sizeof(text) - 1 }
#define MIXED(boundary) "From: a@b\r\nContent-Type: multipart/mixed; " \
	"boundary=" boundary "\r\n\r\n"
#define PART "--x\r\nContent-Type: text/plain\r\n\r\nhi\r\n"
#define X10 "xxxxxxxxxx"
#define X100 X10 X10 X10 X10 X10 X10 X10 X10 X10 X10
#define X900 X100 X100 X100 X100 X100 X100 X100 X100 X100

static const struct row {
	struct span		 bytes;
	enum message_fault	 fault;
	const char		*words;
} rows[] = {
	{ BYTES("From: a@b\r\n\r\nhi\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("From: a@b\n\nhi"), MESSAGE_WELL, NULL },
	{ BYTES("from : a\r\n\tfolded\r\n b\r\nX-8: \xc3\xbc\xff\r\n\r\n"),
	    MESSAGE_WELL, NULL },
	{ BYTES("From: a@b\r\n\r\na bare \r in it\r\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("X:\r\n\r\n" X900 X10 X10 X10 X10 X10 X10 X10 X10 X10
	    "12345678\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("X:\r\n\r\n" X900 X10 X10 X10 X10 X10 X10 X10 X10 X10
	    "123456789\r\n"), MESSAGE_LONG_LINE,
	    "line 3 is longer than 998 bytes" },
	{ BYTES("X:\r\n\r\n" X900 X900), MESSAGE_LONG_LINE, NULL },
	{ BYTES(""), MESSAGE_EMPTY, "it is empty" },
	{ BYTES("\r\nhi\r\n"), MESSAGE_NO_HEADER, "it has no header" },
	{ BYTES("From: a@b\r\nSubject: cut"), MESSAGE_OPEN_HEADER,
	    "it ends within its header" },
	{ BYTES("From: a@b\r\nhello there\r\n\r\n"), MESSAGE_BAD_FIELD,
	    "line 2 stands in a header and is no field" },
	{ BYTES("From a@b Mon Nov 23 21:00:00 2026\r\nX: y\r\n\r\n"),
	    MESSAGE_BAD_FIELD, NULL },
	{ BYTES(" folded first\r\n\r\n"), MESSAGE_BAD_FIELD, NULL },
	{ BYTES(": no name\r\n\r\n"), MESSAGE_BAD_FIELD, NULL },
	{ BYTES("X: y\r\n\r\na\0b\r\n"), MESSAGE_NUL,
	    "line 3 holds a NUL byte" },
	{ BYTES("X\0: y\r\n\r\n"), MESSAGE_NUL, NULL },
	/* multiparts */
	{ BYTES(MIXED("x") "pre\r\n" PART "--x--\r\nepilogue\r\n"),
	    MESSAGE_WELL, NULL },
	{ BYTES(MIXED("\"x\"") PART PART "--x-- \t"), MESSAGE_WELL, NULL },
	{ BYTES(MIXED("\"\\x\" (why)") PART "--x--"), MESSAGE_WELL, NULL },
	{ BYTES("Content-Type: multipart/mixed;\r\n\tcharset=\"a;b\";\r\n"
	    " boundary=x\r\n\r\n" PART "--x--\r\n"), MESSAGE_WELL, NULL },
	{ BYTES(MIXED("x") PART "--xy\r\n--x--y\r\n"), MESSAGE_UNCLOSED,
	    "the closing boundary of a multipart is missing" },
	{ BYTES(MIXED("x") PART), MESSAGE_UNCLOSED, NULL },
	{ BYTES(MIXED("x") "nothing\r\n"), MESSAGE_UNUSED,
	    "the boundary that it names never comes" },
	{ BYTES("Content-Type: multipart/mixed\r\n\r\n--x\r\n"),
	    MESSAGE_NO_BOUNDARY, "it is multipart and names no boundary" },
	{ BYTES(MIXED("\"\"") PART), MESSAGE_NO_BOUNDARY, NULL },
	/* a part without a body, a part without a header */
	{ BYTES(MIXED("x") "--x\r\nX: y\r\n--x\r\n\r\nhi\r\n--x--\r\n"),
	    MESSAGE_WELL, NULL },
	{ BYTES(MIXED("x") "--x\r\nno field\r\n--x--\r\n"),
	    MESSAGE_BAD_FIELD, NULL },
	/* within one another */
	{ BYTES(MIXED("x") "--x\r\nContent-Type: multipart/alternative; "
	    "boundary=xy\r\n\r\n--xy\r\n\r\na\r\n--xy--\r\n--x--\r\n"),
	    MESSAGE_WELL, NULL },
	{ BYTES(MIXED("x") "--x\r\nContent-Type: multipart/alternative; "
	    "boundary=xy\r\n\r\n--xy\r\n\r\na\r\n--x--\r\n"),
	    MESSAGE_UNCLOSED, NULL },
	{ BYTES(MIXED("x") "--x\r\nContent-Type: message/rfc822\r\n\r\n"
	    "From: b\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n"
	    "--z\r\n\r\n--z--\r\n--x--\r\n"), MESSAGE_WELL, NULL },
	{ BYTES(MIXED("x") "--x\r\nContent-Type: message/rfc822\r\n\r\n"
	    "aGVsbG8gd29ybGQ=\r\n--x--\r\n"), MESSAGE_WELL, NULL },
	/* what is not understood is not judged */
	{ BYTES("Content-Type: multipart/mixed; boundary*0=a; "
	    "boundary*1=b\r\n\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("Content-Type: multipart/mixed; boundary=\"x\r\n\r\n"),
	    MESSAGE_WELL, NULL },
	{ BYTES("Content-Type: multipart\r\n\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("Content-Type: multipart/mixed; boundary=" X100 X100
	    "\r\n\r\n"), MESSAGE_WELL, NULL },
	{ BYTES("Content-Type: multipart/mixed;\r\n x=" X900 ";\r\n y=" X900
	    ";\r\n z=" X900 "; boundary=b\r\n\r\n"), MESSAGE_WELL, NULL },
	/* the first fault counts */
	{ BYTES("X: y\r\n\r\n\0\r\n" X900 X900), MESSAGE_NUL, NULL }
};

static void
fed(struct message *m, struct span bytes, size_t piece)
{
	size_t i, n;

	message_begin(m);
	for (i = 0; i < bytes.len; i += n) {
		n = bytes.len - i < piece ? bytes.len - i : piece;
		message_bytes(m, (struct span){ bytes.p + i, n });
	}
	message_end(m);
}

/* whole, and cut into pieces of every size up to seven */
static void
test_rows(void **state)
{
	struct message m;
	struct buf words;
	size_t i, piece;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		for (piece = 0; piece < 8; piece++) {
			fed(&m, rows[i].bytes, piece == 0 ? SIZE_MAX : piece);
			if (m.fault != rows[i].fault)
				fail_msg("row %zu in pieces of %zu: fault %d",
				    i, piece, (int)m.fault);
		}
		buf_init(&words, 200);
		message_words(&m, &words);
		if (rows[i].words != NULL)
			assert_string_equal(buf_cstr(&words), rows[i].words);
		buf_free(&words);
	}
}

/* a whole message whose every beginning is one without an end */
static void
test_prefixes(void **state)
{
	static const char whole[] = MIXED("x") PART "--x--";
	struct message m;
	size_t n;

	(void)state;
	for (n = 0; n < sizeof(whole) - 1; n++) {
		fed(&m, (struct span){ whole, n }, SIZE_MAX);
		assert_int_not_equal(m.fault, MESSAGE_WELL);
	}
	fed(&m, (struct span){ whole, n }, SIZE_MAX);
	assert_int_equal(m.fault, MESSAGE_WELL);
}

/* as many multiparts within one another as somebody likes to send */
static void
test_depth(void **state)
{
	char text[128];
	struct message m;
	unsigned i;

	(void)state;
	message_begin(&m);
	for (i = 0; i < 1000; i++) {
		snprintf(text, sizeof(text), "Content-Type: multipart/mixed; "
		    "boundary=b%u\r\n\r\n--b%u\r\n", i, i);
		message_bytes(&m, span_of(text));
	}
	assert_int_equal(m.depth, MESSAGE_DEPTH);
	message_bytes(&m, span_of("\r\n--b0--\r\n"));
	assert_int_equal(message_end(&m), MESSAGE_UNCLOSED);
}

static const struct {
	const char	*value;
	bool		 good, has_boundary, vague;
	const char	*subtype, *boundary;
} types[] = {
	{ "text/plain", true, false, false, "plain", NULL },
	{ " multipart/mixed ; boundary = a b", true, true, true, "mixed",
	    "a" },
	{ "multipart/mixed; boundary=a=_b:c/d", true, true, false, "mixed",
	    "a=_b:c/d" },
	{ "multipart/(x\\)y)mixed;BOUNDARY=\"a b\"", true, true, false,
	    "mixed", "a b" },
	{ "a/b; boundary=1; boundary=2", true, true, false, "b", "1" },
	{ "a/b;;", true, false, false, "b", NULL },
	{ "a/b; c", true, false, true, "b", NULL },
	{ "a/b; boundary*=c", true, false, true, "b", NULL },
	{ "a/", false, false, false, "", NULL },
	{ "a", false, false, false, "", NULL },
	{ "(open", false, false, false, "", NULL },
	{ "", false, false, false, "", NULL }
};

static void
test_types(void **state)
{
	struct content_type t;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(types); i++) {
		assert_int_equal(content_type(span_of(types[i].value), &t),
		    types[i].good);
		if (!types[i].good)
			continue;
		assert_int_equal(t.has_boundary, types[i].has_boundary);
		assert_int_equal(t.vague, types[i].vague);
		assert_true(span_is(t.subtype, types[i].subtype));
		if (types[i].boundary != NULL)
			assert_true(span_is(t.boundary, types[i].boundary));
	}
}

static const struct {
	const char	*text;
	bool		 good;
	int64_t		 moment;
} dates[] = {
	{ "14-Nov-2023 22:13:20 +0000", true, 1700000000 },
	{ "15-nov-2023 00:13:20 +0200", true, 1700000000 },
	{ "14-Nov-2023 16:43:20 -0530", true, 1700000000 },
	{ " 1-Jan-1970 00:00:00 +0000", true, 0 },
	{ "1-Jan-1970 00:00:01 +0000", true, 1 },
	{ "31-Feb-2023 00:00:00 +0000", false, 0 },
	{ "14-Nov-2023 22:13 +0000", false, 0 },
	{ "14-Nov-2023 22:13:20", false, 0 },
	{ "14-Nov-2023 22:13:20 UTC", false, 0 },
	{ "14-Nov-2023 22:13:20 +00:00", false, 0 },
	{ "14-Nov-2023 22:13:20 +0060", false, 0 },
	{ "14 Nov 2023 22:13:20 +0000", false, 0 },
	{ "14-Foo-2023 22:13:20 +0000", false, 0 },
	{ "14-Nov-20233 22:13:20 +0000", false, 0 },
	{ "", false, 0 }
};

static void
test_dates(void **state)
{
	static const char item[] = "(UID 3 INTERNALDATE "
	    "\"14-Nov-2023 22:13:20 +0000\" FLAGS ())";
	int64_t moment;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(dates); i++) {
		moment = 0;
		assert_int_equal(imap_date(span_of(dates[i].text), &moment),
		    dates[i].good);
		assert_true(moment == dates[i].moment);
	}
	assert_true(imap_date_after(span_of(item), "INTERNALDATE", &moment));
	assert_int_equal(moment, 1700000000);
	assert_false(imap_date_after(span_of(item), "UID", &moment));
	assert_false(imap_date_after(span_of(item), "DATE", &moment));
	assert_false(imap_date_after(span_of("INTERNALDATE \"14-Nov-2023"),
	    "INTERNALDATE", &moment));
	assert_false(imap_date_after(span_of("INTERNALDATE NIL"),
	    "INTERNALDATE", &moment));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows), cmocka_unit_test(test_prefixes),
		cmocka_unit_test(test_depth), cmocka_unit_test(test_types),
		cmocka_unit_test(test_dates)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
