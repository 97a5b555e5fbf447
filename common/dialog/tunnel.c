/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tunnel - ask a proxy for a way to the server
 */
#include <string.h>

#include "dialog/tunnel.h"
#include "reply/http_connect.h"

enum {
	SOCKS_CONNECT = 1,
	SOCKS_IPV4 = 1, SOCKS_NAME = 3, SOCKS_IPV6 = 4
};

static void
say_connect(struct tunnel *t, struct buf *out)
{
	struct target where = *t->target;
	char text[ADDRESS_TEXT];

	if (where.fixed.family != 0)
		span_copy(span_of(address_text(&where.fixed, text)),
		    where.host, sizeof(where.host));
	buf_str(out, "CONNECT ");
	target_write(out, &where);
	buf_str(out, " HTTP/1.1\r\nHost: ");
	target_write(out, &where);
	buf_str(out, "\r\n\r\n");
}

/* say_request - RFC 1928 section 4: VER CMD RSV ATYP DST.ADDR DST.PORT */
static void
say_request(struct tunnel *t, struct buf *out)
{
	static const char head[] = { SOCKS_VERSION, SOCKS_CONNECT, 0 };
	const struct target *to = t->target;
	struct span name = span_of(to->host);

	buf_add(out, head, sizeof(head));
	if (to->fixed.family != 0) {
		buf_char(out, to->fixed.family == 4 ? SOCKS_IPV4 : SOCKS_IPV6);
		buf_add(out, to->fixed.ip, to->fixed.family == 4 ? 4 : 16);
	} else {
		buf_char(out, SOCKS_NAME);
		buf_char(out, (char)name.len);
		buf_span_add(out, name);
	}
	buf_char(out, (char)(to->port >> 8));
	buf_char(out, (char)(to->port & 0xff));
	t->asked = true;
}

void
tunnel_begin(struct tunnel *t, const struct proxy *proxy,
    const struct target *target, struct buf *out)
{
	static const char hello[] = { SOCKS_VERSION, 1, SOCKS_NO_LOGIN };

	memset(t, 0, sizeof(*t));
	t->proxy = proxy;
	t->target = target;
	buf_init(&t->in, TUNNEL_IN_MAX);
	if (proxy->kind == PROXY_HTTP)
		say_connect(t, out);
	else
		buf_add(out, hello, sizeof(hello));
}

static enum tunnelling
failed(struct tunnel *t, enum via_outcome outcome, unsigned code)
{
	t->via.outcome = outcome;
	t->via.code = code;
	return TUNNEL_FAILED;
}

static enum tunnelling
hear_http(struct tunnel *t)
{
	struct buf words;
	struct span reason;
	enum tunnel_scan scan;
	unsigned status;
	size_t used;

	/* interim answers (1xx) have no meaning here and may be many */
	while ((scan = http_connect_reply(buf_span(&t->in), &status, &reason,
	    &used)) == TUNNEL_WHOLE && status < 200)
		buf_drop(&t->in, used);
	if (scan != TUNNEL_WHOLE)
		return scan == TUNNEL_MORE ? TUNNEL_ON :
		    failed(t, VIA_BABBLE, 0);
	if (status < 300) {
		buf_drop(&t->in, used);
		return TUNNEL_UP;
	}
	buf_init(&words, TEXT_QUOTE_BUF - 1);
	text_clean(&words, reason, TEXT_QUOTE_MAX);
	span_copy(buf_span(&words), t->via.words, sizeof(t->via.words));
	buf_free(&words);
	return failed(t, VIA_CODE, status);
}

static enum tunnelling
hear_socks(struct tunnel *t, struct buf *out)
{
	enum tunnel_scan scan;
	unsigned code;
	size_t used;

	if (!t->asked) {
		scan = socks_method(buf_span(&t->in), &code, &used);
		if (scan == TUNNEL_WHOLE && code == SOCKS_NO_METHOD)
			return failed(t, VIA_LOGIN, code);
		if (scan == TUNNEL_WHOLE) {
			buf_drop(&t->in, used);
			say_request(t, out);
		}
	} else {
		scan = socks_reply(buf_span(&t->in), &code, &used);
		if (scan == TUNNEL_WHOLE && code != SOCKS_GRANTED)
			return failed(t, VIA_CODE, code);
		if (scan == TUNNEL_WHOLE) {
			buf_drop(&t->in, used);
			return TUNNEL_UP;
		}
	}
	return scan == TUNNEL_BAD ? failed(t, VIA_BABBLE, 0) : TUNNEL_ON;
}

enum tunnelling
tunnel_bytes(struct tunnel *t, struct span bytes, struct buf *out)
{
	if (!buf_span_add(&t->in, bytes))
		return failed(t, VIA_BABBLE, 0);
	return t->proxy->kind == PROXY_HTTP ? hear_http(t) :
	    hear_socks(t, out);
}

void
tunnel_free(struct tunnel *t)
{
	buf_free(&t->in);
}
