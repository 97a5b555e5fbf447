/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conn_open - from a name to a connection, and to TLS
 */
#define _GNU_SOURCE
#include "world/conn.h"

#include <errno.h>

#include "world/clock.h"
#include "world/sockets.h"

enum {
	/*
	 * A server that answers a SYN sooner than this is not made to wait
	 * for the TLS library; for one further away its loading is free.
	 */
	WARM_AFTER = 1000		/* microseconds */
};

static void
resolved(void *arg, const struct resolved *r)
{
	struct event e = { .kind = EVENT_RESOLVED, .resolved = r };
	struct conn *c = arg;

	c->resolve = NULL;
	c->env->nresolving--;
	c->resolved = r;
	conn_tell(c, &e);
	c->resolved = NULL;
}

void
conn_resolve(struct conn *c)
{
	static const struct resolved ours = { .outcome = DNS_OURS };
	struct event e = { .kind = EVENT_RESOLVED, .resolved = &ours };

	if (c->resolve != NULL)
		return;
	c->resolve = resolve_start(c->env->loop,
	    c->session->result->target.host, c->env->config->family, resolved,
	    c);
	if (c->resolve != NULL)
		c->env->nresolving++;
	else
		conn_tell(c, &e);
}

/* get_tls - engine and context, NULL when there can be none */
static const struct tls_setup *
get_tls(struct conn *c)
{
	const struct drive_config *config = c->env->config;
	const struct tls_setup *setup = NULL;

	if (c->session->config->lenient)
		return config->tls_lenient(config->arg,
		    &c->session->result->sheet);
	c->env->warm = true;
	if (!c->no_tls)
		setup = config->tls(config->arg, &c->session->result->sheet);
	c->no_tls = setup == NULL;
	return setup;
}

void
conn_warm(struct timer *timer)
{
	struct conn *c = (struct conn *)(void *)
	    ((char *)timer - offsetof(struct conn, warm));

	if (!c->env->warm)
		(void)get_tls(c);
}

/* introduce - say who speaks to whom, where that is wanted */
static void
introduce(struct conn *c)
{
	struct endpoint from = { .port = 0 }, to = { .port = 0 };

	if (c->env->config->header == PROXY_HEADER_NONE)
		return;
	sockets_ends(c->fd, &from, &to);
	proxy_header_write(&c->head, c->env->config->header, &from, &to);
}

static void
connected(void *arg, const struct connected *facts, int fd)
{
	struct event e = { .kind = EVENT_CONNECTED, .connected = facts };
	struct conn *c = arg;

	c->connecting = NULL;
	c->env->nconnecting--;
	loop_unset(c->env->loop, &c->warm);
	c->fd = fd;
	if (facts->winner >= 0) {
		c->session->result->target.address =
		    facts->attempts[facts->winner].address;
		introduce(c);
	}
	conn_tell(c, &e);
}

/* cannot_connect - no memory even to try */
static void
cannot_connect(struct conn *c, const struct address *to)
{
	struct connected facts = { .n = 1, .winner = -1 };
	struct event e = { .kind = EVENT_CONNECTED, .connected = &facts };

	facts.attempts[0] = (struct attempt){ .address = *to, .error = ENOMEM,
	    .started = clock_now(), .ended = clock_now(), .local = true };
	conn_tell(c, &e);
}

void
conn_connect(struct conn *c)
{
	const struct drive_config *config = c->env->config;
	const struct target *t = &c->session->result->target;
	struct connect_wish wish = { .list = &t->fixed, .port = t->port,
	    .source = config->source, .timeout = config->connect_timeout,
	    .interfaces = &c->env->interfaces };

	if (c->connecting != NULL || c->fd != -1)
		return;
	if (config->proxy != NULL) {
		conn_via_connect(c);
		return;
	}
	if (t->fixed.family != 0) {
		wish.n = 1;
	} else if (c->resolved != NULL) {
		wish.list = c->resolved->list;
		wish.n = c->resolved->n;
	}
	c->connecting = connect_start(c->env->loop, &wish, connected, c);
	if (c->connecting == NULL) {
		cannot_connect(c, &wish.list[0]);
		return;
	}
	c->env->nconnecting++;
	if (t->tls != TLS_NONE && !c->env->warm)
		(void)loop_set(c->env->loop, &c->warm,
		    clock_now() + WARM_AFTER);
}

void
conn_secure(struct conn *c)
{
	static const struct tls_facts ours = { .outcome = TLS_OURS,
	    .alert = -1, .reason = "out of memory" };
	struct event e = { .kind = EVENT_TLS, .tls = &ours };
	const struct tls_setup *setup;

	if (c->tls == NULL) {
		setup = get_tls(c);
		if (setup == NULL) {
			c->session->result->stages[STAGE_TLS].progress =
			    PROGRESS_FAILED;
			conn_end(c);
			return;
		}
		c->engine = setup->engine;
		c->tls = setup->engine->start(setup->context,
		    &c->session->result->target);
	}
	if (c->tls == NULL)
		conn_tell(c, &e);
	else
		conn_flush(c);
}
