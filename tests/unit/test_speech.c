/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_speech - which protocol begins so
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "reply/speech.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

static const struct {
	const char	*bytes;
	enum speech	 speech;
	const char	*words;		/* NULL: nothing is known that begins so */
} rows[] = {
	{ "* OK hi", SPEECH_IMAP, "IMAP" },
	{ "* ok hi", SPEECH_IMAP, "IMAP" },
	{ "* PREAUTH hi", SPEECH_IMAP, "IMAP" },
	{ "* BYE no", SPEECH_IMAP, "IMAP" },
	{ "* NO", SPEECH_OTHER, NULL },
	{ "*OK", SPEECH_OTHER, NULL },
	{ "+OK", SPEECH_POP3, "POP3" },
	{ "-ERR no", SPEECH_POP3, "POP3" },
	{ "220 mx", SPEECH_SMTP, "SMTP or FTP" },
	{ "220-mx", SPEECH_SMTP, "SMTP or FTP" },
	{ "421 no", SPEECH_SMTP, "SMTP or FTP" },
	{ "554 no", SPEECH_SMTP, "SMTP" },
	{ "554-no", SPEECH_SMTP, "SMTP" },
	{ "2200 mx", SPEECH_OTHER, NULL },
	{ "220", SPEECH_OTHER, NULL },
	{ "\"IMPLEMENTATION\" \"x\"", SPEECH_SIEVE, "ManageSieve" },
	{ "BYE \"no\"", SPEECH_SIEVE, "ManageSieve" },
	{ "HTTP/1.1 400", SPEECH_HTTP, "HTTP" },
	{ "<html>", SPEECH_HTTP, "HTTP or XML" },
	{ "SSH-2.0-x", SPEECH_SSH, "SSH" },
	{ "200 news", SPEECH_NNTP, "NNTP" },
	{ "201 news", SPEECH_NNTP, "NNTP" },
	{ "RFB 003.008", SPEECH_OTHER, "VNC" },
	{ "\x16\x03\x01", SPEECH_TLS, NULL },
	{ "\x15", SPEECH_TLS, NULL },
	{ "\x17\x03", SPEECH_OTHER, NULL },
	{ "hello", SPEECH_OTHER, NULL },
	{ "", SPEECH_OTHER, NULL }
};

static void
openings(void **state)
{
	struct span bytes;
	const char *words;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		bytes = span_of(rows[i].bytes);
		if (speech_of(bytes) != rows[i].speech)
			fail_msg("'%s' is %s", rows[i].bytes,
			    speech_title(speech_of(bytes)));
		words = speech_words(bytes);
		if (rows[i].words == NULL)
			assert_null(words);
		else
			assert_string_equal(words, rows[i].words);
	}
}

/* reports tell each from every other one, but for what nobody knows */
static void
names(void **state)
{
	unsigned i, k;

	(void)state;
	assert_null(speech_name(SPEECH_UNKNOWN));
	for (i = SPEECH_UNKNOWN + 1; i < SPEECHES; i++) {
		assert_non_null(speech_name((enum speech)i));
		assert_non_null(speech_title((enum speech)i));
		for (k = SPEECH_UNKNOWN + 1; k < i; k++)
			assert_string_not_equal(speech_name((enum speech)i),
			    speech_name((enum speech)k));
	}
	assert_string_equal(speech_name(SPEECH_IMAP), "imap");
	assert_string_equal(speech_title(SPEECH_SIEVE), "ManageSieve");
	assert_string_equal(speech_title(SPEECH_NONE), "nothing");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(openings),
		cmocka_unit_test(names)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
