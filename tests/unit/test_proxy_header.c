/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_proxy_header - the PROXY protocol, byte for byte
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "base/proxy_header.h"

#define V2	"\r\n\r\n\0\r\nQUIT\n"

static const struct {
	enum proxy_version version;
	const char	*from, *to;
	const char	*bytes;
	size_t		 n;
} rows[] = {
#define B(text)	(text), sizeof(text) - 1
	{ PROXY_HEADER_NONE, "192.0.2.1", "192.0.2.7", B("") },
	{ PROXY_HEADER_V1, "192.0.2.1", "192.0.2.7",
	    B("PROXY TCP4 192.0.2.1 192.0.2.7 40000 993\r\n") },
	{ PROXY_HEADER_V1, "2001:db8::1", "2001:db8::7",
	    B("PROXY TCP6 2001:db8::1 2001:db8::7 40000 993\r\n") },
	{ PROXY_HEADER_V1, NULL, "192.0.2.7", B("PROXY UNKNOWN\r\n") },
	{ PROXY_HEADER_V1, "2001:db8::1", "192.0.2.7",
	    B("PROXY UNKNOWN\r\n") },
	{ PROXY_HEADER_V2, "192.0.2.1", "192.0.2.7",
	    B(V2 "\x21\x11\0\x0c\xc0\0\x02\x01\xc0\0\x02\x07\x9c\x40\x03"
	    "\xe1") },
	{ PROXY_HEADER_V2, "2001:db8::1", "2001:db8::7",
	    B(V2 "\x21\x21\0\x24"
	    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01"
	    "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x07"
	    "\x9c\x40\x03\xe1") },
	{ PROXY_HEADER_V2, NULL, "192.0.2.7", B(V2 "\x20\0\0\0") }
};

static void
headers(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct endpoint from = { .port = 40000 }, to = { .port = 993 };
		struct buf b;

		if (rows[i].from != NULL)
			assert_true(address_parse(span_of(rows[i].from),
			    &from.address));
		assert_true(address_parse(span_of(rows[i].to), &to.address));
		buf_init(&b, 256);
		proxy_header_write(&b, rows[i].version, &from, &to);
		assert_int_equal(b.len, rows[i].n);
		if (b.len > 0)
			assert_memory_equal(buf_span(&b).p, rows[i].bytes,
			    b.len);
		buf_free(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(headers)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
