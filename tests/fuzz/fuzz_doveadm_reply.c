/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_doveadm_reply - answers of Dovecot's HTTP API, whole and byte by byte
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "reply/doveadm_reply.h"

enum {
	SAID_MAX = 16 * 1024 * 1024
};

static bool
take(void *arg, enum doveadm_piece piece, size_t nth, struct span text)
{
	(void)buf_fmt(arg, "%zu%d", nth, (int)piece);
	(void)buf_span_add(arg, text);
	return true;
}

static enum doveadm_state
play(const uint8_t *data, size_t size, size_t step, struct buf *said)
{
	struct doveadm_reply r;
	enum doveadm_state state;
	size_t at, n;

	buf_init(said, SAID_MAX);
	doveadm_reply_init(&r, take, said);
	for (at = 0; at < size; at += n) {
		n = size - at < step ? size - at : step;
		if (!doveadm_reply_feed(&r, (struct span){
		    (const char *)data + at, n }))
			break;
	}
	state = r.state;
	doveadm_reply_free(&r);
	return state;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf whole, cut;
	uint64_t number;

	if (play(data, size, size + 1, &whole) != play(data, size, 1, &cut) ||
	    whole.len != cut.len ||
	    memcmp(buf_cstr(&whole), buf_cstr(&cut), whole.len) != 0)
		abort();
	buf_free(&whole);
	buf_free(&cut);
	(void)doveadm_reply_number((struct span){ (const char *)data, size },
	    &number);
	return 0;
}
