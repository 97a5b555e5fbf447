/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * doveadm_reply - the answer of Dovecot's HTTP API, as it comes
 */
#include <string.h>

#include "reply/doveadm_reply.h"

enum {
	IN_RESULT = 2,		/* arrays that are open around a word */
	IN_ROWS = 3		/* and around a row */
};

void
doveadm_reply_begin(struct doveadm_reply *r,
    bool (*word)(void *, struct span), bool (*object)(void *, struct span),
    void *arg)
{
	memset(r, 0, sizeof(*r));
	buf_init(&r->piece, DOVEADM_OBJECT_MAX);
	r->word = word;
	r->object = object;
	r->arg = arg;
}

void
doveadm_reply_end(struct doveadm_reply *r)
{
	buf_free(&r->piece);
}

/* piece_done - hand it over */
static enum doveadm_read
piece_done(struct doveadm_reply *r)
{
	struct span piece = buf_span(&r->piece);
	bool on;

	if (r->word_here && piece.len > DOVEADM_WORD_MAX)
		return DOVEADM_NONSENSE;
	on = r->word_here ? r->word(r->arg, piece) : r->object(r->arg, piece);
	buf_clear(&r->piece);
	r->last = DOVEADM_VALUE;
	return on ? DOVEADM_MORE : DOVEADM_ENOUGH;
}

/* in_string - one more byte of a string; true when it ends with it */
static bool
in_string(struct doveadm_reply *r, char c)
{
	if (r->escaped)
		r->escaped = false;
	else if (c == '\\')
		r->escaped = true;
	else if (c == '"')
		r->quoted = false;
	return !r->quoted;
}

/* in_piece - one more byte of a word or of an object */
static enum doveadm_read
in_piece(struct doveadm_reply *r, char c)
{
	if (!buf_char(&r->piece, c))
		return r->piece.nomem ? DOVEADM_NOMEM : DOVEADM_NONSENSE;
	/* control characters stand in no string, and NUL nowhere */
	if (r->quoted && (unsigned char)c < 0x20)
		return DOVEADM_NONSENSE;
	if (r->quoted)
		return in_string(r, c) && r->word_here ? piece_done(r) :
		    DOVEADM_MORE;
	if (c == '"')
		r->quoted = true;
	else if (c == '{' || c == '[')
		r->nested++;
	else if (c == '}' || c == ']')
		r->nested--;
	if (r->nested > DOVEADM_NESTED_MAX)
		return DOVEADM_NONSENSE;
	return r->nested == 0 ? piece_done(r) : DOVEADM_MORE;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* begin_piece - a word or an object, where one may stand */
static enum doveadm_read
begin_piece(struct doveadm_reply *r, char c)
{
	bool word = c == '"';

	if (r->last == DOVEADM_VALUE || r->depth < IN_RESULT ||
	    (word && r->depth != IN_RESULT))
		return DOVEADM_NONSENSE;
	r->word_here = word;
	r->quoted = word;
	r->nested = word ? 0 : 1;
	if (!buf_char(&r->piece, c))
		return DOVEADM_NOMEM;
	return DOVEADM_MORE;
}

static enum doveadm_read
close_array(struct doveadm_reply *r)
{
	if (r->depth == 0 || r->last == DOVEADM_COMMA)
		return DOVEADM_NONSENSE;
	r->depth--;
	r->last = DOVEADM_VALUE;
	return r->depth == 0 ? DOVEADM_WHOLE : DOVEADM_MORE;
}

/* between - a byte outside of words and objects */
static enum doveadm_read
between(struct doveadm_reply *r, char c)
{
	if (blank(c))
		return r->state;
	if (r->state == DOVEADM_WHOLE)
		return DOVEADM_NONSENSE;
	if (c == '"' || c == '{')
		return begin_piece(r, c);
	if (c == ']')
		return close_array(r);
	if (c == '[' && r->last != DOVEADM_VALUE && r->depth < IN_ROWS) {
		r->depth++;
		r->last = DOVEADM_FIRST;
		return DOVEADM_MORE;
	}
	if (c != ',' || r->last != DOVEADM_VALUE || r->depth == 0)
		return DOVEADM_NONSENSE;
	r->last = DOVEADM_COMMA;
	return DOVEADM_MORE;
}

enum doveadm_read
doveadm_reply_take(struct doveadm_reply *r, struct span bytes)
{
	size_t i;

	for (i = 0; i < bytes.len && (r->state == DOVEADM_MORE ||
	    r->state == DOVEADM_WHOLE); i++)
		r->state = r->quoted || r->nested > 0 ?
		    in_piece(r, bytes.p[i]) : between(r, bytes.p[i]);
	return r->state;
}
