/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_hop_plan - which hop is asked when
 *
 * The network is a number: the hop of the server; routers up to `deaf` answer
 * at once, those behind stay silent.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <string.h>
#include <cmocka.h>

#include "dialog/hop_plan.h"

enum {
	MS = 1000,
	START = 5000 * MS,
	PATIENCE = 750 * MS,
	UNDER_WAY_MAX = HOP_TRACES_MAX * HOPS_MAX * 3
};

struct way {
	size_t	server;		/* 0: never reached */
	size_t	last;		/* the last router that answers */
};

struct play {
	struct hop_plan	 plan;
	struct way	 ways[HOP_TRACES_MAX];
	int64_t		 now;
	unsigned	 sent;		/* all probes */
	unsigned	 at_server[HOP_TRACES_MAX];
	/* probes that nobody will answer */
	struct { size_t trace, hop; int64_t since; } silent[UNDER_WAY_MAX];
	size_t		 nsilent;
};

static const struct address server = { .family = 4, .ip = { 192, 0, 2, 7 } };

static struct address
router(size_t hop)
{
	return (struct address){ .family = 4, .ip = { 10, 0, 0,
	    (uint8_t)hop } };
}

/* answer - what comes back at once, or nothing for the time being */
static void
answer(struct play *p, size_t trace, size_t hop)
{
	const struct way *w = &p->ways[trace];
	struct hop_voice v = { .from = server, .answer = HOP_CONNECTED };

	p->sent++;
	hop_plan_sent(&p->plan, trace, hop);
	if (w->server == 0 || hop < w->server) {
		if (hop > w->last) {
			assert_true(p->nsilent < UNDER_WAY_MAX);
			p->silent[p->nsilent].trace = trace;
			p->silent[p->nsilent].hop = hop;
			p->silent[p->nsilent++].since = p->now;
			return;
		}
		v.answer = HOP_EXPIRED;
		v.from = router(hop);
	} else {
		p->at_server[trace]++;
	}
	hop_plan_heard(&p->plan, trace, hop, &v, p->now);
}

/* run - the plan, to its end; how long it took */
static int64_t
run(struct play *p)
{
	size_t trace, hop, i, kept;
	int64_t wake;

	for (;;) {
		while (hop_plan_next(&p->plan, p->now, &trace, &hop))
			answer(p, trace, hop);
		for (i = kept = 0; i < p->nsilent; i++)
			if (hop_plan_matters(&p->plan, p->silent[i].trace,
			    p->silent[i].hop))
				p->silent[kept++] = p->silent[i];
			else
				hop_plan_unsent(&p->plan, p->silent[i].trace,
				    p->silent[i].hop);
		p->nsilent = kept;
		wake = hop_plan_wake(&p->plan, p->now);
		for (i = 0; i < p->nsilent; i++)
			if (wake == 0 || p->silent[i].since + PATIENCE < wake)
				wake = p->silent[i].since + PATIENCE;
		if (wake == 0)
			break;
		assert_true(wake > p->now);
		p->now = wake;
		for (i = kept = 0; i < p->nsilent; i++)
			if (p->silent[i].since + PATIENCE <= p->now)
				hop_plan_heard(&p->plan, p->silent[i].trace,
				    p->silent[i].hop, NULL, p->now);
			else
				p->silent[kept++] = p->silent[i];
		p->nsilent = kept;
	}
	hop_plan_end(&p->plan);
	return p->now - START;
}

static void
begin(struct play *p, const struct way *ways, size_t n)
{
	size_t i;

	memset(p, 0, sizeof(*p));
	p->now = START;
	p->plan.tries = 3;
	for (i = 0; i < n; i++) {
		assert_true(hop_plan_add(&p->plan, &server, TRACE_TCP,
		    (uint16_t)(1 + i), START));
		p->ways[i] = ways[i];
	}
}

static void
test_open(void **state)
{
	static const struct way ways[] = { { 4, 3 }, { 4, 3 } };
	struct play p;

	(void)state;
	begin(&p, ways, 2);
	assert_int_equal(run(&p), 0);
	assert_int_equal(p.plan.reach, 4);
	assert_int_equal(p.plan.traces[0].n, 4);
	assert_int_equal(p.plan.traces[1].n, 4);
	assert_int_equal(p.plan.traces[0].outcome, TRACE_DONE);
	/* the question three times, the comparison once, at each hop */
	assert_int_equal(p.at_server[0], 3);
	assert_int_equal(p.at_server[1], 1);
	assert_int_equal(p.plan.traces[0].hops[1].answered, 3);
	assert_int_equal(p.plan.traces[1].hops[1].answered, 1);
	assert_int_equal(p.sent, 16);
}

/* the server is known: nothing is asked behind it, though all is silent */
static void
test_known_server(void **state)
{
	static const struct way ways[] = { { 0, 2 }, { 4, 3 } };
	struct play p;
	int64_t took;

	(void)state;
	begin(&p, ways, 2);
	took = run(&p);
	assert_int_equal(took, PATIENCE);
	assert_int_equal(p.plan.traces[0].n, 4);
	assert_int_equal(p.plan.traces[0].hops[2].sent, 3);
	assert_int_equal(p.plan.traces[0].hops[2].answered, 0);
	assert_int_equal(p.plan.traces[0].hops[4].sent, 0);
	assert_int_equal(p.sent, 12 + 4);
}

/* nobody finds the server: eight hops of silence are enough */
static void
test_unknown_server(void **state)
{
	static const struct way ways[] = { { 0, 2 }, { 0, 2 } };
	struct play p;
	int64_t took;

	(void)state;
	begin(&p, ways, 2);
	took = run(&p);
	assert_true(took > PATIENCE && took <= PATIENCE + 250 * MS);
	assert_int_equal(p.plan.traces[0].n, 10);
	assert_int_equal(p.plan.traces[1].n, 10);
	assert_int_equal(p.plan.traces[0].hops[9].sent, 3);
	assert_int_equal(p.plan.traces[1].hops[1].sent, 1);
	assert_int_equal(p.plan.traces[1].hops[2].sent, 3);
}

/* silent routers on a way that goes on are passed */
static void
test_silent_routers(void **state)
{
	static const struct way ways[] = { { 7, 0 } };
	struct play p;

	(void)state;
	begin(&p, ways, 1);
	assert_true(run(&p) <= PATIENCE + 250 * MS);
	assert_int_equal(p.plan.reach, 7);
	assert_int_equal(p.plan.traces[0].n, 7);
	assert_int_equal(p.at_server[0], 3);
	assert_int_equal(p.plan.traces[0].hops[0].sent, 3);
}

/* a way that is longer than another is gone to its end */
static void
test_longer_way(void **state)
{
	static const struct way ways[] = { { 6, 5 }, { 3, 2 } };
	struct play p;

	(void)state;
	begin(&p, ways, 2);
	assert_int_equal(run(&p), 0);
	assert_int_equal(p.plan.reach, 3);
	assert_int_equal(p.plan.traces[0].n, 6);
	assert_int_equal(p.plan.traces[1].n, 3);
}

/* a way without end: no hop beyond the last */
static void
test_endless(void **state)
{
	static const struct way ways[] = { { 0, HOPS_MAX } };
	struct play p;

	(void)state;
	begin(&p, ways, 1);
	assert_true(run(&p) <= 250 * MS);
	assert_int_equal(p.plan.traces[0].n, HOPS_MAX);
	assert_int_equal(p.plan.traces[0].hops[HOPS_MAX - 1].answered, 3);
	assert_int_equal(p.sent, 3 * HOPS_MAX);
}

/* a reset may be anybody's: it ends its own trace, and none else */
static void
test_reset(void **state)
{
	static const struct way ways[] = { { 0, 9 }, { 0, 9 } };
	struct hop_voice reset = { .from = server, .answer = HOP_RESET };
	struct play p;

	(void)state;
	begin(&p, ways, 2);
	hop_plan_sent(&p.plan, 0, 2);
	hop_plan_heard(&p.plan, 0, 2, &reset, p.now);
	assert_int_equal(p.plan.reach, 0);
	(void)run(&p);
	assert_int_equal(p.plan.traces[0].n, 2);
	assert_int_equal(p.plan.traces[1].n, 17);
}

static void
test_cut(void **state)
{
	static const struct way ways[] = { { 0, 2 } };
	struct play p;
	size_t trace, hop;

	(void)state;
	begin(&p, ways, 1);
	while (hop_plan_next(&p.plan, p.now, &trace, &hop))
		answer(&p, trace, hop);
	while (p.nsilent-- > 0)
		hop_plan_unsent(&p.plan, 0, p.silent[p.nsilent].hop);
	hop_plan_end(&p.plan);
	assert_int_equal(p.plan.traces[0].outcome, TRACE_CUT);
	assert_int_equal(p.plan.traces[0].n, 2);
}

static void
test_closed(void **state)
{
	static const struct way ways[] = { { 4, 3 }, { 4, 3 } };
	struct play p;

	(void)state;
	begin(&p, ways, 2);
	hop_plan_close(&p.plan, 0, TRACE_FORBIDDEN, 13);
	assert_int_equal(run(&p), 0);
	assert_int_equal(p.plan.traces[0].outcome, TRACE_FORBIDDEN);
	assert_int_equal(p.plan.traces[0].error, 13);
	assert_int_equal(p.plan.traces[0].n, 0);
	assert_int_equal(p.plan.traces[1].n, 4);
	assert_int_equal(p.sent, 4);
}

static void
test_too_many(void **state)
{
	struct hop_plan plan = { .tries = 1 };
	size_t i;

	(void)state;
	for (i = 0; i < HOP_TRACES_MAX; i++)
		assert_true(hop_plan_add(&plan, &server, TRACE_TCP, 1, START));
	assert_false(hop_plan_add(&plan, &server, TRACE_TCP, 1, START));
	assert_int_equal(plan.n, HOP_TRACES_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_known_server),
		cmocka_unit_test(test_unknown_server),
		cmocka_unit_test(test_silent_routers),
		cmocka_unit_test(test_longer_way),
		cmocka_unit_test(test_endless),
		cmocka_unit_test(test_reset),
		cmocka_unit_test(test_cut),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_too_many)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
