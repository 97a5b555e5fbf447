/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sweep - very many ports: who is let in when, and how attempts end
 */
#define _GNU_SOURCE
#include "world/sweep.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judge/path.h"
#include "world/clock.h"
#include "world/sweep_parts.h"

enum {
	LONG_ENOUGH = 1000 * 1000	/* microseconds after which silence means something, though there was no time for more */
};

_Static_assert(sizeof(struct flight) <= PROBE_COST, "a probe is small");

static void	attempt(struct flight *);

static struct flight *
flight_of_timer(struct timer *timer)
{
	return (struct flight *)(void *)
	    ((char *)timer - offsetof(struct flight, timer));
}

static void
land(struct flight *f)
{
	struct sweep *s = f->sweep;
	struct port_row *row = f->row;

	loop_unset(s->loop, &f->timer);
	if (f->prev != NULL)
		f->prev->next = f->next;
	else
		s->flying = f->next;
	if (f->next != NULL)
		f->next->prev = f->prev;
	s->nflying--;
	f->row = NULL;
	f->next = s->landed;
	s->landed = f;
	s->config.done(s->config.arg, row);
}

/* verdict - the word for the cause that an attempt ended for */
static enum port_verdict
verdict(enum cause cause)
{
	switch (cause) {
	case CAUSE_NONE:
		return PORT_OPEN;
	case CAUSE_CONNECT_REFUSED:
		return PORT_REFUSED;
	case CAUSE_CONNECT_RESET:
		return PORT_RESET;
	case CAUSE_CONNECT_REJECTED:
	case CAUSE_CONNECT_LOCAL_POLICY:
		return PORT_REJECTED;
	case CAUSE_CONNECT_FILTERED:
		return PORT_FILTERED;
	case CAUSE_CONNECT_UNREACHABLE:
	case CAUSE_CONNECT_NO_NETWORK:
		return PORT_UNREACHABLE;
	default:
		return PORT_UNTRIED;
	}
}

/* note - how the attempt ended, in the row */
static void
note(struct flight *f, enum cause cause)
{
	const struct attempt *a = &f->facts;
	struct port_row *row = f->row;
	int64_t usec = a->ended - a->started;

	row->verdict = (uint8_t)verdict(cause);
	row->cause = (uint8_t)cause;
	row->connect_usec = usec < 1 ? 1 : usec > UINT32_MAX ? UINT32_MAX :
	    (uint32_t)usec;
	row->error = (uint16_t)a->error;
	row->icmp = a->icmp;
	row->icmp_type = a->icmp_type;
	row->icmp_code = a->icmp_code;
	row->offender = a->offender;
	row->offender_is_ours = a->offender_is_ours;
	row->on_link = a->on_link;
	row->local = a->local;
	row->again = (uint8_t)(a->retransmits > 255 ? 255 : a->retransmits);
}

/* ended - an attempt that counts; one that connected decides, whatever the others come to */
static void
ended(struct flight *f)
{
	struct port_row *row = f->row;
	enum cause cause;

	try_place(&f->facts, f->sweep->config.interfaces);
	cause = path_cause(&f->facts);
	row->attempts++;
	if (cause == CAUSE_CONNECT_FILTERED || f->facts.retransmits > 0)
		row->lost++;
	if (row->verdict != PORT_OPEN)
		note(f, cause);
	if (cause == CAUSE_NONE && f->facts.ended - f->facts.started >
	    row->slowest_usec)
		row->slowest_usec = (uint32_t)(f->facts.ended -
		    f->facts.started);
}

/* connected - talk over it, or be content */
static void
connected(struct flight *f)
{
	struct loop *loop = f->sweep->loop;
	bool talk = f->again || (!f->talked &&
	    f->sweep->config.depth != PROBE_CONNECT);

	if (!f->again)
		ended(f);
	if (talk && talk_start(f, try_take(&f->try, loop)))
		return;
	if (!talk)
		try_drop(&f->try, loop);
	flight_go_on(f, false);
}

static void
failed(struct flight *f)
{
	if (!f->again)
		ended(f);
	flight_go_on(f, false);
}

static void
ready(struct watch *w, short revents)
{
	struct flight *f = (struct flight *)(void *)
	    ((char *)w - offsetof(struct flight, try));

	switch (try_ready(&f->try, f->sweep->loop, revents)) {
	case TRY_ON:
		break;
	case TRY_WON:
		connected(f);
		break;
	case TRY_FAILED:
		failed(f);
		break;
	}
}

static void
due(struct timer *timer)
{
	struct flight *f = flight_of_timer(timer);

	if (f->talk != NULL) {
		talk_wake(f);
	} else if (f->try.fd != -1) {
		try_fail(&f->try, f->sweep->loop, ETIMEDOUT, 0);
		failed(f);
	} else {
		attempt(f);
	}
}

static void
attempt(struct flight *f)
{
	struct sweep *s = f->sweep;
	enum trying trying;

	memset(&f->facts, 0, sizeof(f->facts));
	f->try.facts = &f->facts;
	trying = try_start(&f->try, s->loop, &f->row->address, f->row->port,
	    &s->config.source, ready);
	if (trying == TRY_ON && !loop_set(s->loop, &f->timer,
	    f->facts.started + s->config.connect_timeout)) {
		try_fail(&f->try, s->loop, ENOMEM, 0);
		trying = TRY_FAILED;
	}
	if (trying == TRY_WON)
		connected(f);
	else if (trying == TRY_FAILED)
		failed(f);
}

void
flight_go_on(struct flight *f, bool again)
{
	f->again = again;
	if (!again && f->row->attempts >= f->sweep->config.attempts) {
		land(f);
		return;
	}
	/* from the loop, lest attempts that end at once pile up on the stack */
	if (!loop_set(f->sweep->loop, &f->timer, clock_now())) {
		f->sweep->nomem = true;
		land(f);
	}
}

static bool
begin(struct sweep *s, struct port_row *row)
{
	struct flight *f = s->landed;

	/* those that have landed fly again */
	if (f != NULL)
		s->landed = f->next;
	else
		f = malloc(sizeof(*f));
	if (f == NULL)
		return false;
	memset(f, 0, sizeof(*f));
	f->sweep = s;
	f->row = row;
	f->timer.due = due;
	f->try.fd = -1;
	f->next = s->flying;
	if (s->flying != NULL)
		s->flying->prev = f;
	s->flying = f;
	s->nflying++;
	attempt(f);
	return true;
}

struct sweep *
sweep_new(struct loop *loop, const struct sweep_config *config)
{
	struct sweep *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->loop = loop;
	s->config = *config;
	gate_init(&s->gate, config->slots, config->rate);
	return s;
}

int64_t
sweep_more(struct sweep *s, unsigned descriptors)
{
	struct port_row *row;
	unsigned i;

	for (i = 0; i < GATE_BATCH; i++) {
		int64_t now = clock_now(), again = gate_closed(&s->gate, now);

		if (s->nflying > 0 && (s->nflying >= s->gate.slots ||
		    s->nflying + descriptors >= s->gate.descriptors))
			return 0;
		if (again != 0)
			return again;
		row = s->config.next(s->config.arg);
		if (row == NULL)
			return 0;
		gate_pass(&s->gate, now);
		if (!begin(s, row)) {
			s->nomem = true;
			s->config.done(s->config.arg, row);
		}
	}
	return clock_now();
}

unsigned
sweep_busy(const struct sweep *s)
{
	return s->nflying;
}

bool
sweep_nomem(const struct sweep *s)
{
	return s->nomem;
}

/* cut - an attempt that had no time: silence only if it was long enough to mean something */
static void
cut(struct flight *f)
{
	int64_t now = clock_now();
	bool tried = f->try.fd != -1 &&
	    now - f->facts.started >= LONG_ENOUGH;

	if (tried) {
		try_fail(&f->try, f->sweep->loop, ETIMEDOUT, 0);
		f->row->late = true;
		ended(f);
	}
	try_drop(&f->try, f->sweep->loop);
}

void
sweep_stop(struct sweep *s)
{
	struct flight *f;

	while ((f = s->flying) != NULL) {
		if (f->talk != NULL)
			talk_stop(f);
		else if (!f->again)
			cut(f);
		else
			try_drop(&f->try, s->loop);
		land(f);
	}
}

void
sweep_free(struct sweep *s)
{
	struct flight *f;

	if (s == NULL)
		return;
	sweep_stop(s);
	while ((f = s->landed) != NULL) {
		s->landed = f->next;
		free(f);
	}
	free(s);
}
