/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * drive - sessions over real sockets: who is let in when
 *
 * A session takes its slot when it begins.  Besides, one that resolves may
 * need a thread and several descriptors for a moment and one that connects two,
 * so that new ones wait while too many do.  Descriptors of a thread whose name
 * nobody waits for any more are among those that are kept back.
 */
#define _GNU_SOURCE
#include "world/drive.h"

#include "world/clock.h"
#include "world/conn.h"
#include "world/gate.h"
#include "world/lookup.h"

enum {
	RESOLVING_MAX = 2 * LOOKUP_THREADS, /* names resolved at once: where all threads hang, the other half is resolved by our own questions */
	RESOLVING_COST = 4		/* descriptors on top of the session's own */
};

/* who waits before the gate */
struct queue {
	struct gate	gate;
	bool		exhausted;	/* no sessions are left, for now: those that live may bring new ones */
};

static bool
has_room(const struct gate *g, const struct conn_env *env)
{
	if (env->nlive == 0)
		return true;
	return env->nlive < g->slots && env->nresolving < RESOLVING_MAX &&
	    env->nlive + env->nconnecting + RESOLVING_COST * env->nresolving <
	    g->descriptors;
}

/*
 * admit - begin with as many sessions as may be.  When to ask again, 0 when
 * another one must end first or there are none left.
 */
static int64_t
admit(struct queue *q, struct conn_env *env)
{
	const struct drive_config *config = env->config;
	unsigned i;

	for (i = 0; i < GATE_BATCH; i++) {
		int64_t now = clock_now(), again = gate_closed(&q->gate, now);
		struct session *session;

		if (!has_room(&q->gate, env))
			return 0;
		if (again != 0)
			return again;
		session = config->next(config->arg);
		q->exhausted = session == NULL;
		if (q->exhausted)
			return 0;
		gate_pass(&q->gate, now);
		conn_start(env, session);
	}
	return clock_now();
}

static bool
is_up(const struct drive_config *config)
{
	return (config->stop != NULL && *config->stop) ||
	    clock_now() >= config->deadline;
}

static void
run(struct queue *q, struct conn_env *env)
{
	const struct drive_config *config = env->config;

	while (!is_up(config)) {
		int64_t again = admit(q, env);

		conn_bury(env);
		if (env->live == NULL && q->exhausted)
			return;
		if (again == 0 || again > config->deadline)
			again = config->deadline;
		loop_once(env->loop, again);
		conn_bury(env);
	}
	while (env->live != NULL)
		conn_deadline(env->live);
	conn_bury(env);
}

bool
drive(const struct drive_config *config)
{
	struct conn_env env = { .config = config };
	struct queue q = { .exhausted = false };

	env.loop = loop_new();
	if (env.loop == NULL)
		return false;
	gate_init(&q.gate, config->slots, config->rate);
	run(&q, &env);
	interfaces_free(&env.interfaces);
	loop_free(env.loop);
	return true;
}
