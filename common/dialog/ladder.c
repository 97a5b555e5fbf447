/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ladder - climb a table of rungs: say, hear, time, blame
 *
 * Exchanges stand in a queue, the oldest in front.  Only the oldest hears
 * untagged replies and continuations; a tagged one goes to the exchange whose
 * tag it bears.  Times are kept here alone, so that no rung can forget them.
 */
#include <string.h>

#include "dialog/ladder_parts.h"
#include "dialog/session.h"

/* time_spent - close the books of an exchange: its stage took from since to now */
static void
time_spent(struct session *s, const struct exchange *x)
{
	struct ladder *l = &s->climb;
	enum stage stage = ladder_rung(l, x)->stage;

	result_spent(s->result, stage, l->now - x->since);
	if (s->result->stages[stage].progress == PROGRESS_NONE)
		s->result->stages[stage].progress = PROGRESS_OK;
}

/* drop_done - take the answered exchanges off the front; the time of the next runs from here */
static void
drop_done(struct session *s)
{
	struct ladder *l = &s->climb;

	while (l->nqueue > 0 && l->queue[0].done) {
		time_spent(s, &l->queue[0]);
		l->nqueue--;
		l->body_size = l->body_came = 0;
		memmove(l->queue, l->queue + 1,
		    l->nqueue * sizeof(l->queue[0]));
		if (l->nqueue > 0)
			l->queue[0].since = l->now;
		l->woken = false;
	}
}

/* by_tag - the exchange that a reply belongs to; NULL: to none */
static struct exchange *
by_tag(struct ladder *l, const struct reply *r)
{
	size_t i;

	if (r->kind != REPLY_TAGGED)
		return l->nqueue > 0 ? &l->queue[0] : NULL;
	for (i = 0; i < l->nqueue; i++)
		if ((l->queue[i].tag == r->tag ||
		    l->queue[i].before == r->tag) && !l->queue[i].done)
			return &l->queue[i];
	return NULL;
}

/* fall - the climb ends at the stage of the oldest exchange, with a finding that may blame another one */
static enum climbing
fall(struct session *s, const struct exchange *x)
{
	const struct sheet *sh = &s->result->sheet;
	struct stage_row *stages = s->result->stages;
	enum stage stage = x == NULL ? STAGE_NONE :
	    ladder_rung(&s->climb, x)->stage;
	enum stage blamed = sh->nfindings == 0 ? STAGE_NONE :
	    sh->findings[sh->nfindings - 1].stage;

	if (stage != STAGE_NONE) {
		time_spent(s, x);
		stages[stage].progress = PROGRESS_FAILED;
	}
	if (blamed != STAGE_NONE)
		stages[blamed].progress = PROGRESS_FAILED;
	return CLIMB_FELL;
}

/* take_heard - what follows from a rung's word about a reply */
static enum climbing
take_heard(struct session *s, struct exchange *x, enum heard heard)
{
	struct ladder *l = &s->climb;

	switch (heard) {
	case HEARD_MORE:
		return CLIMB_ON;
	case HEARD_FAIL:
		return fall(s, x);
	case HEARD_STOP:
		time_spent(s, x);
		return CLIMB_TOP;
	case HEARD_TLS:
		time_spent(s, x);
		l->nqueue = 0;
		return CLIMB_TLS;
	case HEARD_AGAIN:
		x->twice = x->again = true;
		x->tag = x->before = TAG_NONE;
		return ladder_say(s);
	case HEARD_OK:
		break;
	}
	x->done = true;
	l->replies = 0;
	drop_done(s);
	return ladder_say(s);
}

/* late - it answers what was said before it was said again: then the server drops nothing, and the others need not be said again */
static bool
late(struct ladder *l, const struct exchange *x, const struct reply *r)
{
	size_t i;

	if (r->kind != REPLY_TAGGED || r->tag != x->before)
		return false;
	for (i = 0; i < l->nqueue; i++)
		if (l->queue[i].tag != TAG_NONE)
			l->queue[i].again = false;
	return true;
}

/* is_spent - the second answer to what was said twice */
static bool
is_spent(const struct ladder *l, const struct reply *r)
{
	return r->kind == REPLY_TAGGED && l->spent_to != 0 &&
	    r->tag >= l->spent_from && r->tag <= l->spent_to;
}

/* too_early - it cannot answer what was not sent when it came; without tags not even when it only began before that */
static bool
too_early(const struct ladder *l, const struct exchange *x,
    const struct reply *r)
{
	return r->kind != REPLY_UNTAGGED && (x->unsent ||
	    (l->early && r->kind == REPLY_TAGGED && r->tag == 0));
}

/* one_reply - hand a parsed reply to whom it concerns */
static enum climbing
one_reply(struct session *s, const struct reply *r)
{
	struct ladder *l = &s->climb;
	struct exchange *x;
	enum heard heard;

	heard = s->config->protocol->aside(s, r);
	if (heard == HEARD_OK)
		return CLIMB_ON;
	x = by_tag(l, r);
	if (heard != HEARD_MORE)
		return x == NULL ? CLIMB_FELL : take_heard(s, x, heard);
	if (x == NULL && is_spent(l, r))
		return CLIMB_ON;
	if (x == NULL || (!late(l, x, r) && too_early(l, x, r))) {
		s->config->protocol->babble(s, r->line, false);
		return fall(s, l->nqueue > 0 ? &l->queue[0] : NULL);
	}
	return take_heard(s, x, ladder_rung(l, x)->hear(s, x, r));
}

/* babbled - bytes that can never become a reply, or a body that makes no sense and was judged */
static enum climbing
babbled(struct session *s)
{
	struct ladder *l = &s->climb;

	if (!l->nonsense)
		s->config->protocol->babble(s, buf_span(&l->in),
		    !s->peer_greeted);
	return fall(s, l->nqueue > 0 ? &l->queue[0] : NULL);
}

/*
 * stream - hand over what is there of a body and take it out of the buffer, so
 * that the reply goes on behind its literal as if there were none
 */
static bool
stream(struct session *s)
{
	struct ladder *l = &s->climb;
	struct span in = buf_span(&l->in);
	size_t n = in.len - l->scan.pos;
	bool well;

	if (n > l->body_left)
		n = (size_t)l->body_left;
	l->body_left -= n;
	l->body_came += n;
	in.p += l->scan.pos;
	in.len = n;
	if (n == 0)
		return true;
	well = ladder_rung(l, &l->queue[0])->body(s, &l->queue[0], in,
	    l->body_left);
	buf_cut(&l->in, l->scan.pos, n);
	return well;
}

/* begin_body - a new one, or more of one whose end nobody told */
static void
begin_body(struct ladder *l)
{
	l->body_left = l->scan.body;
	if (l->scan.open)
		return;
	l->body_size = l->scan.body;
	l->body_came = 0;
}

/* scan_on - go on scanning, bodies streamed by, until a reply is whole or bytes are wanting */
static enum scan_result
scan_on(struct session *s)
{
	struct ladder *l = &s->climb;
	bool bodies = l->nqueue > 0 &&
	    ladder_rung(l, &l->queue[0])->body != NULL;
	enum scan_result result;

	for (;;) {
		if (l->body_left > 0 && !stream(s)) {
			l->nonsense = true;
			return SCAN_BAD;
		}
		if (l->body_left > 0)
			return SCAN_MORE;
		result = s->config->protocol->scan(&l->scan,
		    buf_span(&l->in), bodies);
		if (result == SCAN_BODY)
			begin_body(l);
		else if (result == SCAN_DROP)
			buf_cut(&l->in, l->scan.pos, (size_t)l->scan.body);
		else
			return result;
	}
}

/* all_replies - every whole reply in the buffer, until the climb ends */
static enum climbing
all_replies(struct session *s)
{
	struct ladder *l = &s->climb;
	enum climbing climbing = CLIMB_ON;
	enum scan_result result;
	struct reply reply;
	struct span bytes;

	while (climbing == CLIMB_ON) {
		if (l->scan.pos == 0)
			l->early = l->in.len > 0 && l->nqueue > 0 &&
			    l->queue[0].unsent;
		if ((result = scan_on(s)) == SCAN_MORE)
			break;
		bytes = (struct span){ buf_span(&l->in).p, l->scan.pos };
		if (result == SCAN_BAD || ++l->replies > REPLIES_MAX ||
		    !s->config->protocol->parse(bytes, &reply))
			return babbled(s);
		session_log(s, "<", reply.line);
		climbing = one_reply(s, &reply);
		buf_drop(&l->in, l->scan.pos);
		memset(&l->scan, 0, sizeof(l->scan));
	}
	return climbing;
}

/* take_in - the next slice goes into the buffer */
static bool
take_in(struct ladder *l, struct span *bytes)
{
	size_t n = bytes->len < LADDER_SLICE ? bytes->len : LADDER_SLICE;

	if (!buf_add(&l->in, bytes->p, n))
		return false;
	bytes->p += n;
	bytes->len -= n;
	return true;
}

enum climbing
ladder_bytes(struct session *s, struct span bytes, int64_t now)
{
	struct ladder *l = &s->climb;
	enum climbing climbing = CLIMB_ON;
	size_t i;

	l->now = now;
	for (i = 0; i < l->nqueue; i++)
		l->queue[i].unsent = false;
	while (bytes.len > 0 && climbing == CLIMB_ON) {
		if (!take_in(l, &bytes)) {
			s->result->sheet.nomem |= l->in.nomem;
			return l->in.nomem ? CLIMB_FELL : babbled(s);
		}
		climbing = all_replies(s);
	}
	/* what came behind the end is kept: the session looks at it */
	if (climbing == CLIMB_TLS)
		take_in(l, &bytes);
	return climbing;
}

void
ladder_wake(struct session *s, int64_t now)
{
	struct ladder *l = &s->climb;
	int64_t at = ladder_patience(s);

	l->now = now;
	if (at == 0 || now < at)
		return;
	l->woken = true;
	ladder_rung(l, &l->queue[0])->wake(s);
}

bool
ladder_repeat(struct session *s)
{
	struct ladder *l = &s->climb;
	size_t i;

	for (i = 0; i < l->nqueue; i++) {
		struct exchange *x = &l->queue[i];

		if (x->done || x->twice)
			continue;
		x->twice = x->again = true;
		x->before = x->tag;
	}
	return ladder_say_again(s);
}

int64_t
ladder_patience(const struct session *s)
{
	const struct ladder *l = &s->climb;
	const struct rung *rung;
	int64_t patience;

	if (l->nqueue == 0 || l->woken)
		return 0;
	rung = ladder_rung(l, &l->queue[0]);
	patience = rung->patience == NULL ? 0 : rung->patience(s);
	return patience == 0 ? 0 : l->queue[0].since + patience;
}

enum stage
ladder_stage(const struct session *s)
{
	const struct ladder *l = &s->climb;

	if (l->nqueue > 0)
		return ladder_rung(l, &l->queue[0])->stage;
	if (l->next < l->nrungs)
		return l->rungs[l->next]->stage;
	return STAGE_NONE;
}

void
ladder_free(struct ladder *l)
{
	buf_free(&l->in);
	memset(l, 0, sizeof(*l));
}
