/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_tls - what a server says instead of, or in, a handshake
 *
 * The same bytes fed whole and one by one must come to the same.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "world/tls.h"

static struct tls_context *
context(void)
{
	static const struct tls_config config = { .min = 12,
	    .now = 1793491200 };
	enum cause cause;
	struct buf why;
	struct tls_context *made;

	buf_init(&why, 4096);
	made = tls_context_new(&config, &cause, &why);
	buf_free(&why);
	return made;
}

/* play - feed it in pieces; what the handshake has come to */
static enum tls_outcome
play(struct tls_context *c, struct span bytes, size_t piece)
{
	static const struct target target = { .host = "mail.example.test",
	    .sni = "mail.example.test", .port = 993, .protocol = "imap" };
	struct tls *tls = tls_new(c, &target);
	enum tls_outcome outcome;
	enum tls_step step;
	struct buf out, in;
	size_t n;

	if (tls == NULL)
		abort();
	buf_init(&out, 1024 * 1024);
	buf_init(&in, 1024 * 1024);
	step = tls_feed(tls, (struct span){ NULL, 0 }, &out, &in);
	while (step == TLS_MORE && bytes.len > 0) {
		n = bytes.len < piece ? bytes.len : piece;
		step = tls_feed(tls, (struct span){ bytes.p, n }, &out, &in);
		bytes.p += n;
		bytes.len -= n;
	}
	outcome = tls_facts(tls)->outcome;
	if (in.len > 0 || memchr(tls_facts(tls)->reason, '\0',
	    sizeof(tls_facts(tls)->reason)) == NULL)
		abort();
	tls_free(tls);
	buf_free(&out);
	buf_free(&in);
	return outcome;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct tls_context *c;
	struct span bytes = { (const char *)data, size };

	if (c == NULL)
		c = context();
	if (c == NULL || size > 2048)
		return 0;
	if (play(c, bytes, size + 1) != play(c, bytes, 1))
		abort();
	return 0;
}
