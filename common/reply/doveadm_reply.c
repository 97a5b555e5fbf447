/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - answers of Dovecot's HTTP API, cut into pieces as they come
 */
#include <string.h>

#include "reply/doveadm_reply.h"

enum {
	IN_ANSWER = 1,		/* depths */
	IN_OUTCOME = 2,
	IN_ROWS = 3,
	IN_ROW = 4
};

void
doveadm_reply_init(struct doveadm_reply *r, doveadm_taker *take, void *arg)
{
	memset(r, 0, sizeof(*r));
	r->take = take;
	r->arg = arg;
	buf_init(&r->piece, DOVEADM_ROW_MAX);
	buf_init(&r->outcome, DOVEADM_OUTCOME_MAX);
}

void
doveadm_reply_free(struct doveadm_reply *r)
{
	buf_free(&r->piece);
	buf_free(&r->outcome);
}

/* hand - the piece over, and be ready for the next */
static void
hand(struct doveadm_reply *r, enum doveadm_piece piece, struct buf *from)
{
	if (!r->take(r->arg, piece, r->nth, buf_span(from)))
		r->state = DOVEADM_UNWANTED;
	buf_clear(from);
}

/* keep - the byte belongs to the row or the outcome under way */
static void
keep(struct doveadm_reply *r, char c)
{
	struct buf *to = r->row ? &r->piece : &r->outcome;

	if (!buf_char(to, c))
		r->state = to->nomem ? DOVEADM_NO_MEMORY : DOVEADM_TOO_LONG;
}

static void
open_bracket(struct doveadm_reply *r, char c)
{
	if (++r->depth > DOVEADM_DEPTH_MAX) {
		r->state = DOVEADM_TOO_DEEP;
		return;
	}
	if ((r->depth <= IN_OUTCOME && c != '[')) {
		r->state = DOVEADM_NO_ANSWER;
		return;
	}
	if (r->depth == IN_ROWS)
		r->rows = c == '[';
	if (r->depth == IN_ROW && r->rows)
		r->row = true;
	if (r->depth >= IN_OUTCOME)
		keep(r, c);
}

static void
close_bracket(struct doveadm_reply *r, char c)
{
	if (r->depth == 0 || (r->depth <= IN_OUTCOME && c != ']')) {
		r->state = DOVEADM_NO_ANSWER;
		return;
	}
	if (r->depth >= IN_OUTCOME)
		keep(r, c);
	r->depth--;
	if (r->state != DOVEADM_UNDER_WAY)
		return;
	if (r->depth == 0) {
		r->state = DOVEADM_DONE;
	} else if (r->depth == IN_ANSWER) {
		hand(r, DOVEADM_OUTCOME, &r->outcome);
		r->nth++;
	} else if (r->depth == IN_ROWS && r->row) {
		hand(r, DOVEADM_ROW, &r->piece);
		r->row = false;
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* plain - a byte outside of strings */
static void
plain(struct doveadm_reply *r, char c)
{
	if (c == '[' || c == '{') {
		open_bracket(r, c);
	} else if (c == ']' || c == '}') {
		close_bracket(r, c);
	} else if (r->depth >= IN_OUTCOME) {
		r->string = c == '"';
		/* what parted rows that are gone */
		if (r->depth != IN_ROWS || !r->rows || c != ',')
			keep(r, c);
	} else if (!is_blank(c) && (r->depth == 0 || c != ',')) {
		r->state = DOVEADM_NO_ANSWER;
	}
}

static void
feed(struct doveadm_reply *r, char c)
{
	if (r->state == DOVEADM_DONE) {
		if (!is_blank(c))
			r->state = DOVEADM_NO_ANSWER;
	} else if (r->string) {
		keep(r, c);
		r->string = r->escaped || c != '"';
		r->escaped = !r->escaped && c == '\\';
	} else {
		plain(r, c);
	}
}

bool
doveadm_reply_feed(struct doveadm_reply *r, struct span bytes)
{
	size_t i;

	for (i = 0; i < bytes.len && r->state <= DOVEADM_DONE; i++)
		feed(r, bytes.p[i]);
	return r->state <= DOVEADM_DONE;
}

bool
doveadm_reply_number(struct span digits, uint64_t *out)
{
	size_t i;

	if (digits.len == 0)
		return false;
	for (i = 0; i < digits.len; i++)
		if (digits.p[i] < '0' || digits.p[i] > '9')
			return false;
	if (!span_number(digits, out))
		*out = UINT64_MAX;
	return true;
}
