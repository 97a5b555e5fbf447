/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_speech - first bytes, and whose they are */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "reply/speech.h"

static const struct {
	const char	*bytes;
	enum speech	 speech;
} rows[] = {
	{ "* OK ready", SPEECH_IMAP }, { "* BYE no", SPEECH_IMAP },
	{ "* PREAUTH hello", SPEECH_IMAP },
	{ "+OK ready", SPEECH_POP3 }, { "-ERR no", SPEECH_POP3 },
	{ "220 mail.example.org ESMTP", SPEECH_SMTP },
	{ "220-mail.example.org ESMTP", SPEECH_SMTP },
	{ "421 busy", SPEECH_SMTP }, { "554 no service", SPEECH_SMTP },
	/* what is not in the book, but in use */
	{ "450 4.7.1 not now", SPEECH_SMTP }, { "451 not now", SPEECH_SMTP },
	{ "521 no mail here", SPEECH_SMTP }, { "550 no", SPEECH_SMTP },
	{ "550-no", SPEECH_SMTP }, { "571 no", SPEECH_SMTP },
	{ "200 news", SPEECH_NNTP }, { "400 later", SPEECH_NNTP },
	{ "502 no", SPEECH_NNTP },
	{ "550", SPEECH_OTHER }, { "550no", SPEECH_OTHER },
	{ "5500 no", SPEECH_OTHER }, { "5x0 no", SPEECH_OTHER },
	{ "600 no", SPEECH_OTHER }, { "350 go on", SPEECH_OTHER },
	{ "SSH-2.0-x", SPEECH_SSH }, { "HTTP/1.1 400 Bad", SPEECH_HTTP },
	{ "\x15\x03\x01", SPEECH_TLS }, { "\x16\x03\x03", SPEECH_TLS },
	{ "hello", SPEECH_OTHER }, { "", SPEECH_OTHER }
};

static void
test_rows(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
		    speech_name(speech_of(span_of(rows[i].bytes))),
		    speech_name(rows[i].speech));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
