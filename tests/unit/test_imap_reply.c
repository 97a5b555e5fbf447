/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_imap_reply - IMAP server bytes to replies, however they are cut up
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "reply/imap_reply.h"

#define COUNT(rows) (sizeof(rows) / sizeof((rows)[0]))

static void
assert_span(struct span span, const char *want)
{
	char text[512];

	if (want == NULL)
		want = "";
	assert_true(span.len < sizeof(text));
	if (span.len > 0)
		memcpy(text, span.p, span.len);
	text[span.len] = '\0';
	assert_string_equal(text, want);
	assert_int_equal(span.len, strlen(want));
}

/* good replies; `number` is UINT64_MAX where there is none */
static const struct {
	const char		*bytes;
	enum reply_kind		 kind;
	enum reply_status	 status;
	unsigned		 tag;
	const char		*word;
	uint64_t		 number;
	const char		*code;
	const char		*args;
	const char		*text;
	const char		*words;	/* to be quoted; NULL: the text */
} good[] = {
	{ "* OK ready\r\n", REPLY_UNTAGGED, REPLY_OK, 0, NULL, UINT64_MAX,
	    NULL, NULL, "ready", NULL },
	{ "* OK\r\n", REPLY_UNTAGGED, REPLY_OK, 0, NULL, UINT64_MAX, NULL,
	    NULL, "", NULL },
	{ "* ok lower case\n", REPLY_UNTAGGED, REPLY_OK, 0, NULL, UINT64_MAX,
	    NULL, NULL, "lower case", NULL },
	{ "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Hello\r\n", REPLY_UNTAGGED,
	    REPLY_OK, 0, NULL, UINT64_MAX, "CAPABILITY",
	    "IMAP4rev1 AUTH=PLAIN", "Hello",
	    "[CAPABILITY IMAP4rev1 AUTH=PLAIN] Hello" },
	{ "* PREAUTH in already\r\n", REPLY_UNTAGGED, REPLY_PREAUTH, 0, NULL,
	    UINT64_MAX, NULL, NULL, "in already", NULL },
	{ "* BYE [ALERT] going\r\n", REPLY_UNTAGGED, REPLY_BYE, 0, NULL,
	    UINT64_MAX, "ALERT", "", "going", "[ALERT] going" },
	{ "* NO [ALERT]going\r\n", REPLY_UNTAGGED, REPLY_NO, 0, NULL,
	    UINT64_MAX, "ALERT", "", "going", "[ALERT]going" },
	{ "* BAD what\r\n", REPLY_UNTAGGED, REPLY_BAD, 0, NULL, UINT64_MAX,
	    NULL, NULL, "what", NULL },
	{ "* CAPABILITY IMAP4rev1 ID\r\n", REPLY_UNTAGGED, REPLY_DATA, 0,
	    "CAPABILITY", UINT64_MAX, NULL, NULL, "IMAP4rev1 ID", NULL },
	{ "* 23 EXISTS\r\n", REPLY_UNTAGGED, REPLY_DATA, 0, "EXISTS", 23,
	    NULL, NULL, "", NULL },
	{ "* 18446744073709551615 EXISTS\r\n", REPLY_UNTAGGED, REPLY_DATA, 0,
	    "EXISTS", UINT64_MAX, NULL, NULL, "", NULL },
	{ "* 99999999999999999999 EXISTS\r\n", REPLY_UNTAGGED, REPLY_DATA, 0,
	    "99999999999999999999", UINT64_MAX, NULL, NULL, "EXISTS", NULL },
	{ "* -3 EXISTS\r\n", REPLY_UNTAGGED, REPLY_DATA, 0, "-3", UINT64_MAX,
	    NULL, NULL, "EXISTS", NULL },
	{ "* STATUS INBOX (MESSAGES 3 UNSEEN 1)\r\n", REPLY_UNTAGGED,
	    REPLY_DATA, 0, "STATUS", UINT64_MAX, NULL, NULL,
	    "INBOX (MESSAGES 3 UNSEEN 1)", NULL },
	{ "* STATUS {5}\r\nINBOX (MESSAGES 3)\r\n", REPLY_UNTAGGED,
	    REPLY_DATA, 0, "STATUS", UINT64_MAX, NULL, NULL,
	    "{5}\r\nINBOX (MESSAGES 3)", NULL },
	{ "* LIST () \"/\" ~{4+}\r\na\r\nb\r\n", REPLY_UNTAGGED, REPLY_DATA,
	    0, "LIST", UINT64_MAX, NULL, NULL, "() \"/\" ~{4+}\r\na\r\nb",
	    NULL },
	{ "* X {0}\r\n {1}\r\n\n {2}\r\n{3\r\n", REPLY_UNTAGGED, REPLY_DATA,
	    0, "X", UINT64_MAX, NULL, NULL, "{0}\r\n {1}\r\n\n {2}\r\n{3",
	    NULL },
	{ "a1 OK done\r\n", REPLY_TAGGED, REPLY_OK, 1, NULL, UINT64_MAX, NULL,
	    NULL, "done", NULL },
	{ "A27 no done\r\n", REPLY_TAGGED, REPLY_NO, 27, NULL, UINT64_MAX,
	    NULL, NULL, "done", NULL },
	{ "a2 NO\r\n", REPLY_TAGGED, REPLY_NO, 2, NULL, UINT64_MAX, NULL,
	    NULL, "", NULL },
	{ "a2 BAD [CLIENTBUG] x\r\n", REPLY_TAGGED, REPLY_BAD, 2, NULL,
	    UINT64_MAX, "CLIENTBUG", "", "x", "[CLIENTBUG] x" },
	{ "a2 NO [REFERRAL imap://a@b/] go there \r\n", REPLY_TAGGED,
	    REPLY_NO, 2, NULL, UINT64_MAX, "REFERRAL", "imap://a@b/",
	    "go there", "[REFERRAL imap://a@b/] go there" },
	{ "a2 NO [never closed\r\n", REPLY_TAGGED, REPLY_NO, 2, NULL,
	    UINT64_MAX, NULL, NULL, "[never closed", NULL },
	{ "a2 NO [] x\r\n", REPLY_TAGGED, REPLY_NO, 2, NULL, UINT64_MAX, "",
	    "", "x", NULL },
	{ "a2 NO caf\xe9 \x01\r\n", REPLY_TAGGED, REPLY_NO, 2, NULL,
	    UINT64_MAX, NULL, NULL, "caf\xe9 \x01", NULL },
	{ "+ \r\n", REPLY_CONTINUE, REPLY_DATA, 0, NULL, UINT64_MAX, NULL,
	    NULL, "", NULL },
	{ "+\r\n", REPLY_CONTINUE, REPLY_DATA, 0, NULL, UINT64_MAX, NULL,
	    NULL, "", NULL },
	{ "+ cj1h\r\n", REPLY_CONTINUE, REPLY_DATA, 0, NULL, UINT64_MAX, NULL,
	    NULL, "cj1h", NULL },
	{ "+go\n", REPLY_CONTINUE, REPLY_DATA, 0, NULL, UINT64_MAX, NULL,
	    NULL, "go", NULL }
};

static void
test_parse(void **state)
{
	struct reply r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		assert_true(imap_reply(span_of(good[i].bytes), &r));
		assert_int_equal(r.kind, good[i].kind);
		assert_int_equal(r.status, good[i].status);
		assert_int_equal(r.tag, good[i].tag);
		assert_span(r.word, good[i].word);
		if (r.has_number)
			assert_int_equal(r.number, good[i].number);
		else
			assert_true(good[i].number == UINT64_MAX);
		assert_span(r.code, good[i].code);
		assert_span(r.code_args, good[i].args);
		assert_span(r.text, good[i].text);
		assert_span(reply_words(&r), good[i].words == NULL ?
		    good[i].text : good[i].words);
	}
}

static void
test_violations(void **state)
{
	static const char *const bad[] = {
		"\r\n", "*\r\n", "* \r\n", "* 3\r\n", "*OK hello\r\n",
		"OK hello\r\n", "a\r\n", "a1\r\n", "a1 done\r\n",
		"a1 BYE now\r\n", "a1 PREAUTH x\r\n", "ax OK\r\n",
		"b1 OK\r\n", "X999 OK\r\n", "a4294967296 OK\r\n",
		"a99999999999999999999 OK\r\n", "a-1 OK\r\n", "220 smtp\r\n",
		"SSH-2.0-x\r\n", "-ERR\r\n"
	};
	struct reply r;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(bad); i++)
		assert_false(imap_reply(span_of(bad[i]), &r));
}

/* prefix_law - no proper prefix is a reply; the whole is, with or without more behind it */
static void
test_prefix_law(void **state)
{
	char more[256];
	size_t i, len, n;

	(void)state;
	for (i = 0; i < COUNT(good); i++) {
		struct scan grown = { 0 };

		len = strlen(good[i].bytes);
		for (n = 0; n < len; n++) {
			struct span part = { good[i].bytes, n };
			struct scan fresh = { 0 };

			assert_int_equal(imap_scan(&fresh, part, false),
			    SCAN_MORE);
			assert_int_equal(imap_scan(&grown, part, false),
			    SCAN_MORE);
			assert_int_equal(fresh.pos, grown.pos);
			assert_int_equal(fresh.pos, n);
		}
		assert_int_equal(imap_scan(&grown, span_of(good[i].bytes),
		    false), SCAN_REPLY);
		assert_int_equal(grown.pos, len);
		assert_true(len + 8 < sizeof(more));
		memcpy(more, good[i].bytes, len);
		memcpy(more + len, "* 1 X\r\n", 8);
		grown = (struct scan){ 0 };
		assert_int_equal(imap_scan(&grown, span_of(more), false),
		    SCAN_REPLY);
		assert_int_equal(grown.pos, len);
	}
}

/* with bodies, a literal is announced and then behaves as if it were not there */
static void
test_bodies(void **state)
{
	struct span rest = span_of("* 1 FETCH (BODY[] {5}\r\n FLAGS {0}\r\n)\r\n");
	struct scan scan = { 0 };

	(void)state;
	assert_int_equal(imap_scan(&scan, rest, true), SCAN_BODY);
	assert_int_equal(scan.body, 5);
	assert_int_equal(scan.pos, strlen("* 1 FETCH (BODY[] {5}\r\n"));
	assert_int_equal(imap_scan(&scan, rest, true), SCAN_BODY);
	assert_int_equal(scan.body, 0);
	assert_int_equal(imap_scan(&scan, rest, true), SCAN_REPLY);
	assert_int_equal(scan.pos, rest.len);
	scan = (struct scan){ 0 };
	assert_int_equal(imap_scan(&scan,
	    span_of("* 1 FETCH (BODY[] {4294967296}\r\n"), true), SCAN_BODY);
	assert_true(scan.body == 4294967296u);
}

/* scan_filled - what a line of `n` bytes with its line end comes to */
static enum scan_result
scan_filled(size_t n, bool bytewise)
{
	char *line = malloc(n);
	struct scan scan = { 0 };
	enum scan_result result = SCAN_MORE;
	size_t i;

	assert_non_null(line);
	memset(line, 'x', n);
	memcpy(line, "* OK ", 5);
	line[n - 1] = '\n';
	for (i = bytewise ? 1 : n; i <= n && result == SCAN_MORE; i++)
		result = imap_scan(&scan, (struct span){ line, i }, false);
	free(line);
	return result;
}

static void
test_line_cap(void **state)
{
	(void)state;
	assert_int_equal(scan_filled(IMAP_LINE_MAX, false), SCAN_REPLY);
	assert_int_equal(scan_filled(IMAP_LINE_MAX, true), SCAN_REPLY);
	assert_int_equal(scan_filled(IMAP_LINE_MAX + 1, false), SCAN_BAD);
	assert_int_equal(scan_filled(IMAP_LINE_MAX + 1, true), SCAN_BAD);
}

static void
test_literal_caps(void **state)
{
	static const struct {
		const char	*bytes;
		enum scan_result result;
	} rows[] = {
		{ "* X {100}\r\n", SCAN_MORE },
		{ "* X {196000}\r\n", SCAN_MORE },
		{ "* X {196608}\r\n", SCAN_BAD },
		{ "* X {150000}\r\n", SCAN_MORE },
		{ "* X {2147483647}\r\n", SCAN_BAD },
		{ "* X {4294967296}\r\n", SCAN_BAD },
		{ "* X {18446744073709551615}\r\n", SCAN_BAD },
		{ "* X {18446744073709551616}\r\n", SCAN_BAD },
		{ "* X {99999999999999999999999999}\r\n", SCAN_BAD },
		/* these are no literals */
		{ "* X {-1}\r\n", SCAN_REPLY }, { "* X {}\r\n", SCAN_REPLY },
		{ "* X {+}\r\n", SCAN_REPLY }, { "* X {3} \"\r\n", SCAN_REPLY },
		{ "* X 3}\r\n", SCAN_REPLY }
	};
	size_t i, n, len;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		struct scan whole = { 0 }, grown = { 0 };
		enum scan_result result = SCAN_MORE;

		len = strlen(rows[i].bytes);
		assert_int_equal(imap_scan(&whole, span_of(rows[i].bytes),
		    false), rows[i].result);
		for (n = 1; n <= len && result == SCAN_MORE; n++)
			result = imap_scan(&grown,
			    (struct span){ rows[i].bytes, n }, false);
		assert_int_equal(result, rows[i].result);
	}
}

/* several literals together may not exceed what one may */
static void
test_reply_cap(void **state)
{
	static const char head[] = "* X {150000}\r\n";
	size_t n = strlen(head);
	char *bytes = malloc(n + 150000 + 16);
	struct scan scan = { 0 };

	(void)state;
	assert_non_null(bytes);
	memcpy(bytes, head, n);
	memset(bytes + n, 'x', 150000);
	memcpy(bytes + n + 150000, " {50000}\r\n", 10);
	assert_int_equal(imap_scan(&scan, (struct span){ bytes,
	    n + 150000 + 9 }, false), SCAN_MORE);
	assert_int_equal(imap_scan(&scan, (struct span){ bytes,
	    n + 150000 + 10 }, false), SCAN_BAD);
	free(bytes);
}

/* another protocol, binary, is known by its first byte: there may be no line end to wait for */
static void
test_binary(void **state)
{
	static const char alert[] = { 0x15, 3, 1, 0, 2, 2, 70 };
	struct scan scan = { 0 };

	(void)state;
	assert_int_equal(imap_scan(&scan, (struct span){ alert, 1 }, false),
	    SCAN_BAD);
	scan = (struct scan){ 0 };
	assert_int_equal(imap_scan(&scan, (struct span){ "\0", 1 }, false),
	    SCAN_BAD);
	scan = (struct scan){ 0 };
	assert_int_equal(imap_scan(&scan, (struct span){ "\r", 1 }, false),
	    SCAN_MORE);
}

static void
test_number_after(void **state)
{
	static const struct {
		const char	*list, *word;
		bool		 found;
		uint64_t	 value;
	} rows[] = {
		{ "(MESSAGES 3 UNSEEN 1)", "MESSAGES", true, 3 },
		{ "(MESSAGES 3 UNSEEN 1)", "UNSEEN", true, 1 },
		{ "(messages 3 unseen 1)", "UNSEEN", true, 1 },
		{ "( MESSAGES 0 )", "MESSAGES", true, 0 },
		{ "MESSAGES 3", "MESSAGES", true, 3 },
		{ "(MESSAGES 3)", "UNSEEN", false, 0 },
		{ "(UNSEEN)", "UNSEEN", false, 0 },
		{ "(UNSEEN x MESSAGES 3)", "UNSEEN", false, 0 },
		{ "(UNSEEN -1)", "UNSEEN", false, 0 },
		{ "(UNSEEN 99999999999999999999)", "UNSEEN", false, 0 },
		{ "", "UNSEEN", false, 0 }
	};
	uint64_t value;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		value = 77;
		assert_int_equal(imap_number_after(span_of(rows[i].list),
		    rows[i].word, &value), rows[i].found);
		if (rows[i].found)
			assert_int_equal(value, rows[i].value);
	}
}

static void
test_string(void **state)
{
	static const struct {
		const char	*bytes;
		bool		 ok;
		const char	*string, *rest;
	} rows[] = {
		{ "INBOX (X 1)", true, "INBOX", "(X 1)" },
		{ "  INBOX", true, "INBOX", "" },
		{ "\"a b\" c", true, "a b", " c" },
		{ "\"a\\\"b\\\\c\"", true, "a\"b\\c", "" },
		{ "\"\" x", true, "", " x" },
		{ "{3}\r\na\nb (X)", true, "a\nb", " (X)" },
		{ "{0}\r\n x", true, "", " x" },
		{ "{3+}\nabc", true, "abc", "" },
		{ "", false, "", "" },
		{ "\"open", false, "", "\"open" },
		{ "\"open\\\"", false, "", "\"open\\\"" },
		{ "{9}\r\nabc", false, "", "{9}\r\nabc" },
		{ "{18446744073709551615}\r\nabc", false, "",
		    "{18446744073709551615}\r\nabc" },
		{ "{x}\r\nabc", false, "", "{x}\r\nabc" },
		{ "{3}", false, "", "{3}" }
	};
	struct span rest;
	struct buf out;
	size_t i;

	(void)state;
	for (i = 0; i < COUNT(rows); i++) {
		buf_init(&out, 256);
		rest = span_of(rows[i].bytes);
		assert_int_equal(imap_string(&rest, &out), rows[i].ok);
		if (rows[i].ok)
			assert_string_equal(buf_cstr(&out), rows[i].string);
		assert_span(rest, rows[i].rest);
		buf_free(&out);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_parse),
		cmocka_unit_test(test_violations),
		cmocka_unit_test(test_prefix_law),
		cmocka_unit_test(test_bodies),
		cmocka_unit_test(test_line_cap),
		cmocka_unit_test(test_literal_caps),
		cmocka_unit_test(test_reply_cap),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_number_after),
		cmocka_unit_test(test_string)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
