/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ladder_say - which rung is to be said, and whether it may be said already
 */
#include <string.h>

#include "dialog/ladder_parts.h"
#include "dialog/session.h"

/* lay_out - the rungs of a ladder and of those within it, one after another */
static void
lay_out(struct ladder *l, const struct rung *rung)
{
	for (; !rung->end; rung++) {
		if (rung->sub != NULL)
			lay_out(l, rung->sub);
		else if (l->nrungs < LADDER_MAX)
			l->rungs[l->nrungs++] = rung;
	}
}

/* turns - how often the rung is to be said */
static unsigned
turns(const struct session *s, const struct rung *rung)
{
	return rung->count == NULL ? 1 : rung->count(s);
}

/* outstanding - how many exchanges of the rung to be said next are under way */
static unsigned
outstanding(const struct ladder *l)
{
	unsigned n = 0;
	size_t i;

	for (i = 0; i < l->nqueue; i++)
		if (l->queue[i].rung == l->next)
			n++;
	return n;
}

/* may_say - is it the turn of the next rung, with what is still unanswered? */
static bool
may_say(const struct session *s)
{
	const struct ladder *l = &s->climb;
	const struct rung *rung = l->rungs[l->next];
	unsigned window = rung->window > 0 ? rung->window : 1;

	if (l->nqueue == 0)
		return true;
	if (l->nqueue == WINDOW_MAX)
		return false;
	if (outstanding(l) > 0)
		return outstanding(l) < window &&
		    outstanding(l) == l->nqueue;
	return rung->early != NULL && rung->early(s);
}

/* say_one - the next turn of the next rung goes into the queue */
static bool
say_one(struct session *s)
{
	struct ladder *l = &s->climb;
	const struct rung *rung = l->rungs[l->next];
	struct exchange *x = &l->queue[l->nqueue];

	memset(x, 0, sizeof(*x));
	x->rung = (uint8_t)l->next;
	x->turn = l->turn;
	x->since = l->now;
	x->unsent = true;
	x->before = TAG_NONE;
	l->nqueue++;
	l->turn++;
	return rung->say == NULL || rung->say(s, x);
}

/* wanted - is the rung to be climbed in this session? */
static bool
wanted(const struct session *s, const struct rung *rung)
{
	if (s->config->greet_only && rung->stage != STAGE_GREETING &&
	    rung->stage != STAGE_TLS)
		return false;
	return rung->when == NULL || rung->when(s);
}

/*
 * to_be_said - is there a rung whose turn it is?  Those that were said often
 * enough, and those that need not be said, are passed.  `when` and `count` are
 * first asked when the rung may be said: what they depend on is known by then.
 */
static bool
to_be_said(struct session *s)
{
	struct ladder *l = &s->climb;
	const struct rung *rung;

	for (; l->next < l->nrungs; l->next++, l->turn = 0) {
		rung = l->rungs[l->next];
		if (l->turn > 0 && l->turn >= turns(s, rung))
			continue;
		if (!may_say(s))
			return false;
		if (l->turn > 0 || (wanted(s, rung) && turns(s, rung) > 0))
			return true;
	}
	return false;
}

bool
ladder_say_again(struct session *s)
{
	struct ladder *l = &s->climb;
	struct exchange *x = &l->queue[0];
	unsigned first = x->tag;
	const struct rung *rung;

	if (l->nqueue == 0 || !x->again)
		return true;
	rung = ladder_rung(l, x);
	x->again = false;
	x->unsent = true;
	if (!rung->say(s, x))
		return false;
	if (l->spent_to == 0)
		l->spent_from = first < x->tag ? first : x->tag;
	l->spent_to = x->tag;
	return true;
}

/* ladder_say - everything that can be said now */
enum climbing
ladder_say(struct session *s)
{
	struct ladder *l = &s->climb;

	bool well = ladder_say_again(s);

	while (!well || to_be_said(s)) {
		if (!well || !say_one(s)) {
			s->result->stages[ladder_stage(s)].progress =
			    PROGRESS_FAILED;
			return CLIMB_FELL;
		}
	}
	return l->nqueue == 0 ? CLIMB_TOP : CLIMB_ON;
}

enum climbing
ladder_begin(struct session *s, int64_t now)
{
	struct ladder *l = &s->climb;

	memset(l, 0, sizeof(*l));
	buf_init(&l->in, LADDER_IN_MAX);
	lay_out(l, s->config->ladder);
	l->now = now;
	return ladder_say(s);
}

enum climbing
ladder_secured(struct session *s, int64_t now)
{
	s->climb.now = now;
	s->climb.replies = 0;
	return ladder_say(s);
}
