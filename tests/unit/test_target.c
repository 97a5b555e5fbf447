/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * target - what may be a host, and how a target is named
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/target.h"

#define ROWS(t)	(sizeof(t) / sizeof((t)[0]))

#define TEN	"abcdefghij"
#define L63	TEN TEN TEN TEN TEN TEN "abc"
#define L61	TEN TEN TEN TEN TEN TEN "a"

static const struct {
	const char	*text;
	bool		 host;
} hosts[] = {
	{ "localhost", true },
	{ "mail.example.org", true },
	{ "mail.example.org.", true },
	{ "MAIL.Example.ORG", true },
	{ "a", true },
	{ "a-b.c--d", true },
	{ "xn--bcher-kva.example", true },
	{ "_dmarc.example.org", true },
	{ "mail_1", true },
	{ "1and1.example", true },
	{ "3com", true },
	{ "0xcafe.example", true },
	{ "0xg", true },
	{ "1.2.3.4.example", true },
	{ "192.0.2.7", true },
	{ "2001:db8::7", true },
	{ "[2001:db8::7]", true },
	{ L63, true },
	{ L63 "." L63 "." L63 "." L61, true },
	{ "", false },
	{ ".", false },
	{ "..", false },
	{ ".a", false },
	{ "a..b", false },
	{ "a.org..", false },
	{ "-a", false },
	{ "-", false },
	{ "-oProxyCommand=x", false },
	{ "a-", false },
	{ "a.-b", false },
	{ "a-.b", false },
	{ "a.b-.", false },
	{ "a b", false },
	{ "a\nb", false },
	{ "a'b", false },
	{ "a;b", false },
	{ "a/b", false },
	{ "a:993", false },
	{ "user@a", false },
	{ "$(id)", false },
	{ "`id`", false },
	{ "*.example.org", false },
	{ "b\xc3\xbc" "cher.example", false },
	{ "1", false },
	{ "1.2.3", false },
	{ "127.1", false },
	{ "256.0.0.1", false },
	{ "1.2.3.4.", false },
	{ "1.2.3.4.5", false },
	{ "01.2.3.4", false },
	{ "2130706433", false },
	{ "0x7f000001", false },
	{ "0X7F.1", false },
	{ "a.0x1", false },
	{ "a.0x", false },
	{ "[192.0.2.7]", false },
	{ "[mail.example.org]", false },
	{ "[::1", false },
	{ "fe80::1%eth0", false },
	{ "::1:::", false },
	{ L63 "a", false },
	{ L63 "." L63 "." L63 "." L61 "a", false },
	{ L63 "." L63 "." L63 "." L61 ".", false },
};

static void
knows_hosts(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(hosts); i++)
		if (target_is_host(span_of(hosts[i].text)) != hosts[i].host)
			fail_msg("'%s'", hosts[i].text);
	assert_int_equal(strlen(L63 "." L63 "." L63 "." L61), HOST_MAX - 1);
	assert_false(target_is_host((struct span){ "a\0b", 3 }));
	assert_false(target_is_host((struct span){ "a\0", 2 }));
	assert_false(target_is_host((struct span){ NULL, 0 }));
}

static void
writes(void **state)
{
	static const struct {
		const char	*host;
		uint16_t	 port;
		const char	*text;
	} rows[] = {
		{ "mail.example.org", 993, "mail.example.org:993" },
		{ "192.0.2.7", 25, "192.0.2.7:25" },
		{ "2001:db8::7", 65535, "[2001:db8::7]:65535" },
		{ "a", 0, "a" },
		{ "2001:db8::7", 0, "2001:db8::7" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		struct target t = { .port = rows[i].port };
		struct buf b;

		assert_true(span_copy(span_of(rows[i].host), t.host,
		    sizeof(t.host)));
		buf_init(&b, HOST_MAX + 10);
		target_write(&b, &t);
		assert_string_equal(buf_cstr(&b), rows[i].text);
		buf_free(&b);
	}
}

static void
names_tls_modes(void **state)
{
	(void)state;
	assert_string_equal(tls_mode_name(TLS_NONE), "none");
	assert_string_equal(tls_mode_name(TLS_STARTTLS), "starttls");
	assert_string_equal(tls_mode_name(TLS_IMPLICIT), "implicit");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_hosts),
		cmocka_unit_test(writes),
		cmocka_unit_test(names_tls_modes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
