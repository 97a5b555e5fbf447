/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * advice - what is offered for pasting into a shell
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/proxy.h"
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
	{ "mail.example.org", 389, "ldap", NULL, NULL,
	    CAUSE_TLS_STARTTLS_REFUSED, STAGE_TLS,
	    "openssl s_client -connect 'mail.example.org:389'"
	    " -servername 'mail.example.org' -starttls ldap" },
	{ "mail.example.org", 5432, "postgres", "192.0.2.7", NULL,
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
	    "openssl s_client -connect '192.0.2.7:5432'"
	    " -servername 'mail.example.org' -starttls postgres" },
	{ "mail.example.org", 5269, "xmpp-server", "192.0.2.7", NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "openssl s_client -connect '192.0.2.7:5269'"
	    " -servername 'mail.example.org' -starttls xmpp-server"
	    " -name 'mail.example.org'" },
	{ "mail.example.org", 21, "ftp", NULL, NULL,
	    CAUSE_GREETING_TIMEOUT, STAGE_GREETING,
	    "nc -C 'mail.example.org' '21'" },
	{ "mail.example.org", 119, "nntp", NULL, NULL,
	    CAUSE_TLS_INJECTION, STAGE_TLS,
	    "openssl s_client -connect 'mail.example.org:119'"
	    " -servername 'mail.example.org' -starttls nntp" },
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

static const struct proxy socks = { PROXY_SOCKS5H, "gate.example", 1080 };
static const struct proxy http = { PROXY_HTTP, "192.0.2.80", 3128 };
static const struct proxy http6 = { PROXY_HTTP, "2001:db8::80", 80 };
static const struct proxy odd = { PROXY_SOCKS5H, "it's", 1 };

static const struct {
	const struct proxy *proxy;
	const char	*host;
	uint16_t	 port;
	const char	*protocol;
	const char	*sni;		/* NULL the host */
	const char	*fixed;
	enum cause	 cause;
	enum stage	 stage;
	const char	*want;
} detours[] = {
	{ &http, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "openssl s_client -proxy '192.0.2.80:3128'"
	    " -connect 'mail.example.org:993'"
	    " -servername 'mail.example.org'" },
	{ &http6, "mail.example.org", 143, "imap", NULL, "192.0.2.9",
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "curl -v --ssl-reqd --connect-to '::192.0.2.9:143'"
	    " --proxy 'http://[2001:db8::80]:80'"
	    " 'imap://mail.example.org:143'" },
	{ &http6, "mail.example.org", 993, "imap", NULL, "192.0.2.9",
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "openssl s_client -proxy '[2001:db8::80]:80'"
	    " -connect '192.0.2.9:993' -servername 'mail.example.org'"
	    " -crlf -quiet" },
	{ &http, "mail.example.org", 993, "imap", NULL, "2001:db8::9",
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "curl -v --connect-to '::[2001:db8::9]:993'"
	    " --proxy 'http://192.0.2.80:3128'"
	    " 'imaps://mail.example.org:993'" },
	{ &socks, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "curl -v --proxy 'socks5h://gate.example:1080'"
	    " 'imaps://mail.example.org:993'" },
	{ &socks, "mail.example.org", 143, "imap", NULL, NULL,
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "curl -v --ssl-reqd --proxy 'socks5h://gate.example:1080'"
	    " 'imap://mail.example.org:143'" },
	{ &socks, "mail.example.org", 143, "imap", NULL, NULL,
	    CAUSE_TLS_PORT_SPEAKS_TLS, STAGE_GREETING,
	    "curl -v --proxy 'socks5h://gate.example:1080'"
	    " 'imaps://mail.example.org:143'" },
	{ &socks, "mail.example.org", 993, "pop3", "pop.example.org", NULL,
	    CAUSE_MAILBOX_IN_USE, STAGE_MAILBOX,
	    "curl -v --connect-to '::mail.example.org:993'"
	    " --proxy 'socks5h://gate.example:1080'"
	    " 'pop3s://pop.example.org:993'" },
	{ &socks, "2001:db8::7", 993, "imap", "", NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "curl -v --proxy 'socks5h://gate.example:1080'"
	    " 'imaps://[2001:db8::7]:993'" },
	{ &socks, "mail.example.org", 993, "sieve", NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS, "" },
	{ &socks, "mail.example.org", 993, NULL, NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS, "" },
	{ &socks, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
	    "nc -vz -w 5 -X 5 -x 'gate.example:1080'"
	    " 'mail.example.org' '993'" },
	{ &http6, "mail.example.org", 80, "imap", NULL, NULL,
	    CAUSE_AUTH_REJECTED, STAGE_AUTH,
	    "nc -C -X connect -x '[2001:db8::80]:80'"
	    " 'mail.example.org' '80'" },
	{ &socks, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_DNS_NXDOMAIN, STAGE_DNS, "getent ahosts 'gate.example'" },
	{ &odd, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CERT_EXPIRED, STAGE_TLS,
	    "curl -v --proxy 'socks5h://it'\\''s:1'"
	    " 'imaps://mail.example.org:993'" },
	{ &odd, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_CONNECT_REFUSED, STAGE_CONNECT,
	    "nc -vz -w 5 -X 5 -x 'it'\\''s:1' 'mail.example.org' '993'" },
	{ &socks, "mail.example.org", 993, "imap", NULL, NULL,
	    CAUSE_USAGE_OPTION, STAGE_NONE, "" }
};

static void
commands_take_the_same_way(void **unused)
{
	struct target t;
	struct buf out;
	size_t i;

	(void)unused;
	for (i = 0; i < ROWS(detours); i++) {
		t = sample_target(detours[i].host, detours[i].port);
		t.protocol = detours[i].protocol;
		t.proxy = detours[i].proxy;
		/* what the connection went to is the proxy */
		t.address = address_from("198.51.100.1");
		t.fixed = address_from(detours[i].fixed);
		if (detours[i].sni != NULL)
			assert_true(span_copy(span_of(detours[i].sni), t.sni,
			    sizeof(t.sni)));
		buf_init(&out, OUT_MAX);
		advice_by_hand(&out, &t, detours[i].cause, detours[i].stage);
		assert_string_equal(buf_cstr(&out), detours[i].want);
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
a_result_may_have_a_command_of_its_own(void **unused)
{
	struct run run = { .results = NULL };
	struct result *r = sample_result(&run, "mail.example.org", 993);
	struct buf out, own;

	(void)unused;
	buf_init(&out, OUT_MAX);
	buf_init(&own, OUT_MAX);
	(void)buf_str(&own, "df -h ");
	advice_word(&own, "/it's");
	result_by_hand(r, &own);
	advice_shows(&out, r, NULL, CAUSE_QUOTA_NEAR, STAGE_QUOTA);
	assert_string_equal(buf_cstr(&out), "df -h '/it'\\''s'");
	buf_clear(&out);
	/* nothing shows what is wrong with our own options */
	advice_shows(&out, r, NULL, CAUSE_USAGE_OPTION, STAGE_QUOTA);
	advice_shows(&out, r, NULL, CAUSE_NONE, STAGE_NONE);
	assert_string_equal(buf_cstr(&out), "");
	buf_free(&out);
	buf_free(&own);
	run_free(&run);
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
		cmocka_unit_test(commands_take_the_same_way),
		cmocka_unit_test(no_name_is_asked_for_without_one),
		cmocka_unit_test(a_result_may_have_a_command_of_its_own),
		cmocka_unit_test(next_names_the_party)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
