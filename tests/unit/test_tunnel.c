/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_tunnel - what proxies answer, and what is made of it
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/tunnel.h"
#include "reply/http_connect.h"

#define B(text)	(text), sizeof(text) - 1
#define ASKED	"\x05\x01\0"
#define NAMED	ASKED "\x05\x01\0\x03\x06m.test\x03\xe1"
#define HTTP	"CONNECT m.test:993 HTTP/1.1\r\nHost: m.test:993\r\n\r\n"

struct row {
	enum proxy_kind	 kind;
	const char	*address;	/* of --address; NULL none */
	const char	*said;
	size_t		 nsaid;
	const char	*heard;
	size_t		 nheard;
	size_t		 needed;	/* bytes after which it is decided; 0: it never is */
	enum via_outcome outcome;
	enum cause	 cause;
	const char	*words;		/* in the finding */
};

static const struct row rows[] = {
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\0\0\x01\x7f\0\0\x01\x04\x38* OK"), 12, VIA_UP,
	    CAUSE_NONE, NULL },
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\0\0\x03\x02hi\0\0* OK"), 11, VIA_UP, CAUSE_NONE,
	    NULL },
	{ PROXY_SOCKS5H, "192.0.2.7",
	    B(ASKED "\x05\x01\0\x01\xc0\0\x02\x07\x03\xe1"),
	    B("\x05\0\x05\0\0\x04" "0123456789abcdef\0\0* OK"), 24, VIA_UP,
	    CAUSE_NONE, NULL },
	{ PROXY_SOCKS5H, NULL, B(ASKED), B("\x05\xff"), 2, VIA_LOGIN,
	    CAUSE_CONNECT_REJECTED, "wants a login" },
	{ PROXY_SOCKS5H, NULL, B(ASKED), B("\x05\x02"), 2, VIA_BABBLE,
	    CAUSE_PROTOCOL_VIOLATION, "SOCKS 5" },
	{ PROXY_SOCKS5H, NULL, B(ASKED), B("\x04\0"), 1, VIA_BABBLE,
	    CAUSE_PROTOCOL_VIOLATION, "SOCKS 5" },
	{ PROXY_SOCKS5H, NULL, B(NAMED), B("\x05\0\x05\0\0\x02"), 6,
	    VIA_BABBLE, CAUSE_PROTOCOL_VIOLATION, "SOCKS 5" },
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\x01\0\x01\0\0\0\0\0\0"), 12, VIA_CODE,
	    CAUSE_CONNECT_UNREACHABLE, "1 (general failure)" },
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\x02\0\x01\0\0\0\0\0\0"), 12, VIA_CODE,
	    CAUSE_CONNECT_REJECTED, "2 (not allowed by its rules)" },
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\x05\0\x01\0\0\0\0\0\0"), 12, VIA_CODE,
	    CAUSE_CONNECT_REFUSED, "5 (connection refused)" },
	{ PROXY_SOCKS5H, NULL, B(NAMED),
	    B("\x05\0\x05\xc8\0\x01\0\0\0\0\0\0"), 12, VIA_CODE,
	    CAUSE_CONNECT_UNREACHABLE, "it answers 200" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 200 OK\r\n\r\n* OK"), 19,
	    VIA_UP, CAUSE_NONE, NULL },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.0 204\nA: b\n\n* OK"), 19,
	    VIA_UP, CAUSE_NONE, NULL },
	{ PROXY_HTTP, NULL, B(HTTP),
	    B("HTTP/1.1 103 Wait\r\n\r\nHTTP/1.1 200 \r\n\r\n* OK"), 38,
	    VIA_UP, CAUSE_NONE, NULL },
	{ PROXY_HTTP, "2001:db8::7",
	    B("CONNECT [2001:db8::7]:993 HTTP/1.1\r\n"
	    "Host: [2001:db8::7]:993\r\n\r\n"),
	    B("HTTP/1.1 403 No | way\r\n\r\n"), 25, VIA_CODE,
	    CAUSE_CONNECT_REJECTED, "it answers 403" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 502 Bad\r\nA: b\r\n\r\n"),
	    26, VIA_CODE, CAUSE_CONNECT_UNREACHABLE, "502 \"Bad\"" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 504 \r\n\r\n"), 17,
	    VIA_CODE, CAUSE_CONNECT_FILTERED, "it answers 504" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 2000\r\n"), 15, VIA_BABBLE,
	    CAUSE_PROTOCOL_VIOLATION, "HTTP" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/2 200"), 6, VIA_BABBLE,
	    CAUSE_PROTOCOL_VIOLATION, "HTTP" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 099 x\r\n"), 16, VIA_BABBLE,
	    CAUSE_PROTOCOL_VIOLATION, "HTTP" },
	{ PROXY_HTTP, NULL, B(HTTP), B("HTTP/1.1 200 OK\r\nA: b\r\n"), 0,
	    VIA_UP, CAUSE_NONE, NULL }
};

/* finding - what the judge says of the answer */
static void
finding(const struct row *row, const struct proxy *proxy,
    const struct via *via)
{
	struct sheet sheet = { 0 };

	via_judge(&sheet, proxy, NULL, NULL, via, "m.test:993", false);
	assert_int_equal(sheet.nfindings, 1);
	assert_int_equal(sheet.findings[0].cause, row->cause);
	assert_int_equal(sheet.findings[0].stage, STAGE_CONNECT);
	assert_non_null(strstr(sheet.findings[0].sentence,
	    "the proxy p.test:3128 "));
	assert_non_null(strstr(sheet.findings[0].sentence, row->words));
	sheet_free(&sheet);
}

/* play - the answer in slices of so many bytes */
static void
play(const struct row *row, size_t slice)
{
	const struct proxy proxy = { row->kind, "p.test", 3128 };
	struct target target = { .host = "m.test", .port = 993 };
	enum tunnelling state = TUNNEL_ON;
	struct tunnel t;
	struct buf out;
	size_t n, at = 0;

	if (row->address != NULL)
		assert_true(address_parse(span_of(row->address),
		    &target.fixed));
	buf_init(&out, TUNNEL_OUT_MAX);
	tunnel_begin(&t, &proxy, &target, &out);
	while (at < row->nheard && state == TUNNEL_ON) {
		if (row->needed > 0)
			assert_true(at < row->needed);
		n = slice < row->nheard - at ? slice : row->nheard - at;
		state = tunnel_bytes(&t, (struct span){ row->heard + at, n },
		    &out);
		at += n;
	}
	assert_int_equal(state, row->needed == 0 ? TUNNEL_ON :
	    row->outcome == VIA_UP ? TUNNEL_UP : TUNNEL_FAILED);
	if (slice == 1 && row->needed > 0)
		assert_int_equal(at, row->needed);
	if (state == TUNNEL_UP)
		assert_int_equal(t.in.len, at - row->needed);
	assert_int_equal(out.len, row->nsaid);
	assert_memory_equal(buf_span(&out).p, row->said, row->nsaid);
	assert_int_equal(t.via.outcome, row->outcome);
	if (state == TUNNEL_FAILED)
		finding(row, &proxy, &t.via);
	tunnel_free(&t);
	buf_free(&out);
}

static void
dialogues(void **state)
{
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		play(&rows[i], 1);
		/* the second answer cannot come before its question is said */
		if (rows[i].kind == PROXY_HTTP)
			play(&rows[i], 4096);
		play(&rows[i], 2);
	}
}

/* an answer without end costs no more than its cap */
static void
endless(void **state)
{
	static const char line[] = "HTTP/1.1 200 OK\r\n";
	const struct proxy proxy = { PROXY_HTTP, "p.test", 3128 };
	const struct target target = { .host = "m.test", .port = 993 };
	enum tunnelling now = TUNNEL_ON;
	struct tunnel t;
	struct buf out;
	size_t n = 0;

	(void)state;
	buf_init(&out, TUNNEL_OUT_MAX);
	tunnel_begin(&t, &proxy, &target, &out);
	now = tunnel_bytes(&t, span_of(line), &out);
	while (now == TUNNEL_ON && n++ < HTTP_HEAD_MAX)
		now = tunnel_bytes(&t, span_of("X: y\r\n"), &out);
	assert_int_equal(now, TUNNEL_FAILED);
	assert_int_equal(t.via.outcome, VIA_BABBLE);
	tunnel_free(&t);
	buf_free(&out);
}

/* the proxy's own name and address */
static void
stranded(void **state)
{
	const struct proxy proxy = { PROXY_HTTP, "p.test", 3128 };
	const struct resolved none = { .outcome = DNS_NXDOMAIN };
	struct connected refused = { .n = 1, .winner = -1 };
	struct sheet sheet = { 0 };

	(void)state;
	via_judge(&sheet, &proxy, &none, &refused, NULL, "m.test:993", false);
	refused.attempts[0].ended = 1;
	refused.attempts[0].error = ECONNREFUSED;
	refused.attempts[0].local = true;
	assert_true(address_parse(span_of("192.0.2.7"),
	    &refused.attempts[0].address));
	via_judge(&sheet, &proxy, NULL, &refused, NULL, "m.test:993", false);
	assert_int_equal(sheet.nfindings, 2);
	assert_int_equal(sheet.findings[0].cause, CAUSE_DNS_NXDOMAIN);
	assert_string_equal(sheet.findings[0].sentence,
	    "the proxy p.test does not exist");
	assert_int_equal(sheet.findings[1].cause, CAUSE_CONNECT_REFUSED);
	assert_non_null(strstr(sheet.findings[1].sentence,
	    "the proxy p.test:3128 refuses"));
	sheet_free(&sheet);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dialogues),
		cmocka_unit_test(endless),
		cmocka_unit_test(stranded)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
