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

#include <sys/resource.h>

#include "world/clock.h"
#include "world/conn.h"
#include "world/lookup.h"

enum {
	RESERVED = 64,			/* descriptors that are not for connections */
	DESCRIPTORS_MAX = 64 * 1024,
	RESOLVING_MAX = 2 * LOOKUP_THREADS, /* names resolved at once: where all threads hang, the other half is resolved by our own questions */
	RESOLVING_COST = 4,		/* descriptors on top of the session's own */
	BATCH = 32,			/* sessions begun before others have their turn */
	BURST = 20			/* a part of a second that connections may come early */
};

/* how many may begin, and when */
struct gate {
	unsigned	slots;
	unsigned	descriptors;
	int64_t		interval;	/* microseconds between two; 0: none */
	int64_t		due;		/* when the next would be, were they evenly spread */
	bool		exhausted;	/* no sessions are left, for now: those that live may bring new ones */
};

static void
gate_init(struct gate *g, const struct drive_config *config)
{
	struct rlimit limit = { .rlim_cur = 2 * RESERVED };

	(void)getrlimit(RLIMIT_NOFILE, &limit);
	g->descriptors = limit.rlim_cur < DESCRIPTORS_MAX ?
	    (unsigned)limit.rlim_cur : DESCRIPTORS_MAX;
	g->descriptors = g->descriptors > RESERVED ?
	    g->descriptors - RESERVED : 1;
	g->slots = config->slots != 0 ? config->slots : g->descriptors;
	g->interval = config->rate != 0 ? 1000000 / config->rate : 0;
	g->due = 0;
	g->exhausted = false;
}

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
admit(struct gate *g, struct conn_env *env)
{
	const struct drive_config *config = env->config;
	unsigned i;

	for (i = 0; i < BATCH; i++) {
		int64_t now = clock_now();
		struct session *session;

		if (!has_room(g, env))
			return 0;
		if (g->due > now + 1000000 / BURST)
			return g->due - 1000000 / BURST;
		session = config->next(config->arg);
		g->exhausted = session == NULL;
		if (g->exhausted)
			return 0;
		if (g->due < now)
			g->due = now;
		g->due += g->interval;
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
run(struct gate *g, struct conn_env *env)
{
	const struct drive_config *config = env->config;

	while (!is_up(config)) {
		int64_t again = admit(g, env);

		conn_bury(env);
		if (env->live == NULL && g->exhausted)
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
	struct gate g;

	env.loop = loop_new();
	if (env.loop == NULL)
		return false;
	gate_init(&g, config);
	run(&g, &env);
	interfaces_free(&env.interfaces);
	loop_free(env.loop);
	return true;
}
