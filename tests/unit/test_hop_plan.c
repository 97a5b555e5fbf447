/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_hop_plan - which hop is asked when
 *
 * A way is two numbers: the hop of the server, and the last router that answers;
 * those behind stay silent.
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

/* a probe, and when it ends */
struct probe {
	size_t	trace, hop;
	int64_t	ends;
	bool	answered;
};

struct play {
	struct hop_plan	 plan;
	struct way	 ways[HOP_TRACES_MAX];
	int64_t		 now;
	int64_t		 delay;		/* of every answer */
	unsigned	 sent;		/* all probes */
	unsigned	 at_server[HOP_TRACES_MAX];
	struct probe	 probes[UNDER_WAY_MAX];
	size_t		 n;		/* under way */
};

static const struct address server = { .family = 4, .ip = { 192, 0, 2, 7 } };

static struct address
router(size_t hop)
{
	return (struct address){ .family = 4, .ip = { 10, 0, 0,
	    (uint8_t)hop } };
}

static void
ask(struct play *p, size_t trace, size_t hop)
{
	const struct way *w = &p->ways[trace];
	bool there = w->server != 0 && hop >= w->server;
	bool answered = there || hop <= w->last;

	assert_true(p->n < UNDER_WAY_MAX);
	hop_plan_sent(&p->plan, trace, hop);
	p->sent++;
	p->at_server[trace] += there;
	p->probes[p->n++] = (struct probe){ trace, hop,
	    p->now + (answered ? p->delay : PATIENCE), answered };
}

static void
end(struct play *p, const struct probe *probe)
{
	const struct way *w = &p->ways[probe->trace];
	struct hop_voice v = { .from = server, .answer = HOP_CONNECTED };

	if (w->server == 0 || probe->hop < w->server) {
		v.answer = HOP_EXPIRED;
		v.from = router(probe->hop);
	}
	hop_plan_heard(&p->plan, probe->trace, probe->hop,
	    probe->answered ? &v : NULL, p->now);
}

/* forget - what matters no more */
static void
forget(struct play *p)
{
	size_t i, kept = 0;

	for (i = 0; i < p->n; i++)
		if (hop_plan_matters(&p->plan, p->probes[i].trace,
		    p->probes[i].hop))
			p->probes[kept++] = p->probes[i];
		else
			hop_plan_unsent(&p->plan, p->probes[i].trace,
			    p->probes[i].hop);
	p->n = kept;
}

/* next - the probe that ends next; 0 also if there is none */
static size_t
next(const struct play *p)
{
	size_t best = 0, i;

	for (i = 1; i < p->n; i++)
		if (p->probes[i].ends < p->probes[best].ends)
			best = i;
	return best;
}

/* run - the plan, to its end; how long it took */
static int64_t
run(struct play *p)
{
	size_t trace, hop, i;
	struct probe probe;
	int64_t wake;

	for (;;) {
		while (hop_plan_next(&p->plan, p->now, &trace, &hop))
			ask(p, trace, hop);
		wake = hop_plan_wake(&p->plan, p->now);
		i = next(p);
		if (p->n == 0 && wake == 0)
			break;
		if (p->n == 0 || (wake != 0 && wake < p->probes[i].ends)) {
			assert_true(wake > p->now);
			p->now = wake;
			continue;
		}
		probe = p->probes[i];
		p->probes[i] = p->probes[--p->n];
		p->now = probe.ends;
		end(p, &probe);
		forget(p);
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
	/* the question three times, the comparison once, at each hop; one
	 * more may be under way behind the server before that answers */
	assert_in_range(p.at_server[0], 3, 4);
	assert_in_range(p.at_server[1], 1, 2);
	assert_int_equal(p.plan.traces[0].hops[3].sent, 3);
	assert_int_equal(p.plan.traces[1].hops[3].sent, 1);
	assert_int_equal(p.plan.traces[0].hops[1].answered, 3);
	assert_int_equal(p.plan.traces[1].hops[1].answered, 1);
	assert_in_range(p.sent, 16, 18);
}

/* who is far away gets more time, if that is known, and not many more connections */
static void
test_far_away(void **state)
{
	static const struct way ways[] = { { 9, 8 }, { 9, 8 } };
	struct play p;

	(void)state;
	begin(&p, ways, 2);
	p.delay = 300 * MS;
	p.plan.rtt = 300 * MS;
	(void)run(&p);
	assert_int_equal(p.plan.traces[0].n, 9);
	assert_int_equal(p.at_server[0], 4);
	assert_int_equal(p.at_server[1], 2);
	begin(&p, ways, 2);
	p.delay = 300 * MS;
	(void)run(&p);
	assert_int_equal(p.plan.traces[0].n, 9);
	assert_in_range(p.at_server[1], 3, 10);
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
	assert_in_range(p.at_server[0], 3, 5);
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
		ask(&p, trace, hop);
	while (p.n > 1)
		hop_plan_unsent(&p.plan, 0, p.probes[--p.n].hop);
	end(&p, &p.probes[0]);
	hop_plan_end(&p.plan);
	assert_int_equal(p.plan.traces[0].outcome, TRACE_CUT);
	assert_int_equal(p.plan.traces[0].n, 1);
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
	assert_in_range(p.sent, 4, 5);
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
		cmocka_unit_test(test_far_away),
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
