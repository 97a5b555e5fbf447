/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conn - one session and the connection that it talks over
 */
#define _GNU_SOURCE
#include "world/conn.h"

#include <sys/types.h>
#include <sys/socket.h>

#include <stdlib.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/transcript.h"

static void
obey(struct conn *c, const struct want *want)
{
	if (want->wake_at == 0)
		loop_unset(c->env->loop, &c->wake);
	else if (want->wake_at != c->wake.at &&
	    !loop_set(c->env->loop, &c->wake, want->wake_at))
		c->session->result->sheet.nomem = true;
	switch (want->kind) {
	case WANT_RESOLVE:
		conn_resolve(c);
		break;
	case WANT_CONNECT:
		conn_connect(c);
		break;
	case WANT_READ:
		conn_flush(c);
		break;
	case WANT_TLS:
		conn_secure(c);
		break;
	case WANT_DONE:
		conn_end(c);
		break;
	}
}

/* rouse - a session has something to see that another one did, or ended */
static void
rouse(struct conn_env *env, const struct session *session)
{
	struct conn *c = env->live;

	while (c != NULL && c->session != session)
		c = c->next;
	if (session != NULL && c != NULL &&
	    !loop_set(env->loop, &c->wake, clock_now()))
		c->session->result->sheet.nomem = true;
}

/* hand_back - the session is the caller's again */
static void
hand_back(struct conn_env *env, struct session *session)
{
	const struct session *partner = session->partner;

	env->config->done(env->config->arg, session);
	rouse(env, partner);
}

void
conn_tell(struct conn *c, struct event *e)
{
	struct want want;

	if (c->session == NULL)
		return;
	e->at = clock_now();
	want = session_event(c->session, e);
	if (c->session->rouses) {
		c->session->rouses = false;
		rouse(c->env, c->session->partner);
	}
	transcript_write(c->env->config->log_fd, &c->session->log, 0);
	obey(c, &want);
}

static void
wake(struct timer *timer)
{
	struct event e = { .kind = EVENT_WAKE };

	conn_tell((struct conn *)(void *)
	    ((char *)timer - offsetof(struct conn, wake)), &e);
}

/* too_far - somebody else needs the rest of the time */
static void
too_far(struct timer *timer)
{
	struct conn *c = (struct conn *)(void *)
	    ((char *)timer - offsetof(struct conn, reach));

	if (c->session->config->lenient || c->resolve != NULL ||
	    c->connecting != NULL ||
	    (c->via != NULL && c->via->asking))
		conn_deadline(c);
}

static void
link_in(struct conn *c)
{
	struct conn_env *env = c->env;

	c->next = env->live;
	if (env->live != NULL)
		env->live->prev = c;
	env->live = c;
	env->nlive++;
}

static void
link_out(struct conn *c)
{
	struct conn_env *env = c->env;

	if (c->prev != NULL)
		c->prev->next = c->next;
	else
		env->live = c->next;
	if (c->next != NULL)
		c->next->prev = c->prev;
	env->nlive--;
	c->next = env->ended;
	env->ended = c;
}

void
conn_start(struct conn_env *env, struct session *session)
{
	struct conn *c = calloc(1, sizeof(*c));
	struct event e = { .kind = EVENT_START };
	int64_t reach;

	if (c == NULL) {
		session->result->sheet.nomem = true;
		hand_back(env, session);
		return;
	}
	c->env = env;
	c->session = session;
	c->watch = (struct watch){ .ready = conn_ready, .fd = -1 };
	c->wake.due = wake;
	c->warm.due = conn_warm;
	c->reach.due = too_far;
	c->fd = -1;
	buf_init(&c->head, CONN_HEAD_MAX);
	buf_init(&c->wire, CONN_WIRE_MAX);
	buf_init(&c->plain, CONN_PLAIN_MAX);
	link_in(c);
	reach = session->config->lenient ? env->config->patience :
	    env->config->reach;
	if (reach != 0 && !loop_set(env->loop, &c->reach, clock_now() + reach))
		session->result->sheet.nomem = true;
	conn_tell(c, &e);
}

void
conn_deadline(struct conn *c)
{
	struct event e = { .kind = EVENT_DEADLINE };
	struct resolved known;

	if (c->resolve != NULL) {
		resolve_so_far(c->resolve, &known);
		e.resolved = &known;
	}
	if (c->connecting != NULL)
		e.connected = connect_stop(c->connecting);
	conn_via_deadline(c, &e);
	if (c->tls != NULL && !c->up)
		e.tls = c->engine->facts(c->tls);
	conn_tell(c, &e);
	conn_end(c);
}

/* give_up - whatever is under way */
static void
give_up(struct conn *c)
{
	struct conn_env *env = c->env;

	if (c->resolve != NULL)
		env->nresolving--;
	resolve_cancel(c->resolve);
	if (c->connecting != NULL)
		env->nconnecting--;
	connect_cancel(c->connecting);
	loop_unset(env->loop, &c->wake);
	loop_unset(env->loop, &c->warm);
	loop_unset(env->loop, &c->reach);
	loop_unwatch(env->loop, &c->watch);
}

void
conn_end(struct conn *c)
{
	const struct drive_config *config = c->env->config;
	struct session *session = c->session;
	struct result *result;
	bool keep;

	if (session == NULL)
		return;
	result = session->result;
	keep = session->config->keep_tls;
	if (c->fd != -1)
		conn_last_words(c);
	give_up(c);
	transcript_write(config->log_fd, &session->log, config->deadline);
	c->session = NULL;
	hand_back(c->env, session);
	if (c->tls != NULL && keep)
		result->facts = c->engine->take_facts(c->tls);
	if (c->tls != NULL)
		c->engine->free(c->tls);
	conn_via_free(c);
	if (c->fd != -1) {
		(void)shutdown(c->fd, SHUT_WR);
		close(c->fd);
	}
	buf_free(&c->head);
	buf_free(&c->wire);
	buf_free(&c->plain);
	link_out(c);
}

void
conn_bury(struct conn_env *env)
{
	while (env->ended != NULL) {
		struct conn *c = env->ended;

		env->ended = c->next;
		free(c);
	}
}
