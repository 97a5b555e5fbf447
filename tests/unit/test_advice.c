/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice - what is offered for pasting into a shell
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/advice.h"
#include "sample_run.h"

enum {
	OUT_MAX = 2000
};

static const struct {
	const char	*host;
	uint16_t	 port;		/* sample_target() says which TLS */
	const char	*protocol;
	const char	*address;	/* where the connection went */
	const char	*fixed;		/* --address */
	enum cause	 cause;
	enum stage	 stage;
	const char	*want;
} rows[] = {
	{ "mail.example.org", 993, "imap", "192.0.2.7", NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "openssl s_client -connect '192.0.2.7:993'"
	    " -servername 'mail.example.org'" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_NONE,
	    "openssl s_client -connect 'mail.example.org:993'"
	    " -servername 'mail.example.org'" },
	{ "mail.example.org", 993, "imap", "2001:db8::7", NULL,
	    CAUSE_TLS_VERSION, STAGE_TLS,
	    "openssl s_client -connect '[2001:db8::7]:993'"
	    " -servername 'mail.example.org'" },
	{ "mail.example.org", 993, "imap", NULL, "192.0.2.9",
	    CAUSE_TLS_HANDSHAKE, STAGE_TLS,
	    "openssl s_client -connect '192.0.2.9:993'"
	    " -servername 'mail.example.org'" },
	{ "mail.example.org", 143, "imap", NULL, NULL,
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
	    "openssl s_client -connect 'mail.example.org:143'"
	    " -servername 'mail.example.org' -starttls imap" },
	{ "mail.example.org", 143, "imap", NULL, NULL,
	    CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_GREETING,
	    "openssl s_client -connect 'mail.example.org:143'"
	    " -servername 'mail.example.org'" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_TLS_PORT_SPEAKS_PLAINTEXT, STAGE_TLS,
	    "nc -C 'mail.example.org' '993'" },
	{ "mail.example.org", 587, "smtp", NULL, NULL,
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "openssl s_client -connect 'mail.example.org:587'"
	    " -servername 'mail.example.org' -starttls smtp -crlf -quiet" },
	{ "mail.example.org", 110, "pop3", NULL, NULL,
	    CAUSE_MAILBOX_IN_USE, STAGE_MAILBOX,
	    "openssl s_client -connect 'mail.example.org:110'"
	    " -servername 'mail.example.org' -starttls pop3 -crlf -quiet" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_SLOW, STAGE_FETCH,
	    "openssl s_client -connect 'mail.example.org:993'"
	    " -servername 'mail.example.org' -crlf -quiet" },
	{ "mail.example.org", 80, "imap", "2001:db8::7", NULL,
	    CAUSE_AUTH_REJECTED, STAGE_AUTH, "nc -C '2001:db8::7' '80'" },
	{ "mail.example.org", 143, "gopher", NULL, NULL,
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "nc -C 'mail.example.org' '143'" },
	{ "mail.example.org", 143, NULL, NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "nc -C 'mail.example.org' '143'" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
	    "openssl s_client -connect 'mail.example.org:993'"
	    " -servername 'mail.example.org' -crlf -quiet" },
	{ "mail.example.org", 143, "imap", NULL, NULL,
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
	    "nc -C 'mail.example.org' '143'" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_DNS_NXDOMAIN, STAGE_DNS,
	    "getent ahosts 'mail.example.org'" },
	{ "mail.example.org", 0, NULL, NULL, NULL,
	    CAUSE_DNS_LAME, STAGE_NONE, "getent ahosts 'mail.example.org'" },
	{ "mail.example.org", 993, "imap", "192.0.2.7", NULL,
	    CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
	    "nc -vz -w 5 'mail.example.org' '993'" },
	{ "mail.example.org", 993, "imap", NULL, "2001:db8::9",
	    CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
	    "nc -vz -w 5 '2001:db8::9' '993'" },
	{ "it's", 993, "imap", NULL, NULL, CAUSE_CONNECT_REFUSED,
	    STAGE_CONNECT, "nc -vz -w 5 'it'\\''s' '993'" },
	{ "';id;'", 993, "imap", NULL, NULL, CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "openssl s_client -connect ''\\'';id;'\\'':993'"
	    " -servername ''\\'';id;'\\'''" },
	{ "mail.example.org", 0, "imap", NULL, NULL,
	    CAUSE_CONNECT_REFUSED, STAGE_CONNECT, "" },
	{ "", 993, "imap", NULL, NULL, CAUSE_CERT_EXPIRED, STAGE_TLS, "" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_USAGE_OPTION, STAGE_NONE, "" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_INTERNAL_ERROR, STAGE_TLS, "" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_THRESHOLD, STAGE_NONE, "" },
	{ "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_NONE, STAGE_TLS, "" }
};

static void
commands_hold_only_what_the_caller_gave(void **unused)
{
	struct target t;
	struct buf out;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(rows); i++) {
		t = sample_target(rows[i].host, rows[i].port);
		t.protocol = rows[i].protocol;
		t.address = address_from(rows[i].address);
		t.fixed = address_from(rows[i].fixed);
		buf_init(&out, OUT_MAX);
		advice_by_hand(&out, &t, rows[i].cause, rows[i].stage);
		assert_string_equal(buf_cstr(&out), rows[i].want);
		buf_free(&out);
	}
}

static void
no_name_is_asked_for_without_one(void **unused)
{
	struct target t = sample_target("192.0.2.7", 993);
	struct buf out;

	(void)unused;
	t.sni[0] = '\0';
	buf_init(&out, OUT_MAX);
	advice_by_hand(&out, &t, CAUSE_CERT_EXPIRED, STAGE_TLS);
	assert_string_equal(buf_cstr(&out),
	    "openssl s_client -connect '192.0.2.7:993'");
	buf_free(&out);
}

static void
next_names_the_party(void **unused)
{
	struct buf out;

	(void)unused;
	buf_init(&out, OUT_MAX);
	advice_next(&out, CAUSE_NONE);
	assert_string_equal(buf_cstr(&out), "");
	advice_next(&out, CAUSE_CERT_EXPIRED);
	assert_string_equal(buf_cstr(&out),
	    "server: renew it and reload the server");
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(commands_hold_only_what_the_caller_gave),
		cmocka_unit_test(no_name_is_asked_for_without_one),
		cmocka_unit_test(next_names_the_party)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
