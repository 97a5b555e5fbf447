/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conn_via - a connection by way of a proxy
 *
 * The session asks for a connection and hears of one, or of none: what lies
 * between is done here, by the pure machine of dialog/tunnel.
 */
#define _GNU_SOURCE
#include "world/conn.h"

#include <stdlib.h>


static const struct connected nowhere = { .winner = -1 };

/* fail - there is no way; the last that the session hears */
static void
fail(struct conn *c, const struct resolved *r, const struct connected *facts,
    const struct via *via)
{
	struct event e = { .kind = EVENT_CONNECTED, .resolved = r,
	    .connected = facts, .via = via };

	conn_tell(c, &e);
	conn_end(c);
}

static void
connected(void *arg, const struct connected *facts, int fd)
{
	struct conn *c = arg;
	struct conn_via *v = c->via;

	c->connecting = NULL;
	c->env->nconnecting--;
	loop_unset(c->env->loop, &c->warm);
	if (facts->winner < 0) {
		fail(c, NULL, facts, NULL);
		return;
	}
	c->fd = fd;
	v->asking = true;
	tunnel_begin(&v->tunnel, c->env->config->proxy,
	    &c->session->result->target, &c->head);
	conn_flush(c);
}

static void
go(struct conn *c, const struct address *list, size_t n)
{
	const struct drive_config *config = c->env->config;
	struct connect_wish wish = { .list = list, .n = n,
	    .port = config->proxy->port, .source = config->source,
	    .timeout = config->connect_timeout,
	    .interfaces = &c->env->interfaces };

	c->connecting = connect_start(c->env->loop, &wish, connected, c);
	if (c->connecting != NULL) {
		c->env->nconnecting++;
		return;
	}
	c->session->result->sheet.nomem = true;
	conn_end(c);
}

static void
resolved(void *arg, const struct resolved *r)
{
	struct conn *c = arg;

	c->resolve = NULL;
	c->env->nresolving--;
	if (r->outcome == DNS_FOUND)
		go(c, r->list, r->n);
	else
		fail(c, r, &nowhere, NULL);
}

void
conn_via_connect(struct conn *c)
{
	const struct drive_config *config = c->env->config;
	struct address numeric;

	if (c->via != NULL)
		return;
	c->via = calloc(1, sizeof(*c->via));
	if (c->via == NULL) {
		c->session->result->sheet.nomem = true;
		conn_end(c);
		return;
	}
	if (address_parse(span_of(config->proxy->host), &numeric)) {
		go(c, &numeric, 1);
		return;
	}
	c->resolve = resolve_start(c->env->loop, config->proxy->host,
	    config->family, resolved, c);
	if (c->resolve != NULL) {
		c->env->nresolving++;
		return;
	}
	c->session->result->sheet.nomem = true;
	conn_end(c);
}

/* up - the session has its connection, and hears at once what came behind the proxy's answer */
static void
up(struct conn *c)
{
	static const struct connected somewhere = { .winner = 0 };
	struct event e = { .kind = EVENT_CONNECTED, .connected = &somewhere };
	struct buf rest = c->via->tunnel.in;

	/* the connection may end here, and its tunnel with it */
	buf_init(&c->via->tunnel.in, 0);
	c->via->asking = false;
	conn_tell(c, &e);
	if (c->session != NULL && rest.len > 0)
		conn_bytes(c, buf_span(&rest));
	buf_free(&rest);
}

void
conn_via_bytes(struct conn *c, struct span bytes)
{
	struct tunnel *t = &c->via->tunnel;

	switch (tunnel_bytes(t, bytes, &c->head)) {
	case TUNNEL_ON:
		conn_flush(c);
		break;
	case TUNNEL_UP:
		up(c);
		break;
	case TUNNEL_FAILED:
		if (t->in.nomem)
			c->session->result->sheet.nomem = true;
		fail(c, NULL, &nowhere, &t->via);
		break;
	}
}

void
conn_via_closed(struct conn *c, bool reset)
{
	struct via via = { .outcome = reset ? VIA_RESET : VIA_CLOSED };

	fail(c, NULL, &nowhere, &via);
}

void
conn_via_deadline(struct conn *c, struct event *e)
{
	static const struct via silent = { .outcome = VIA_SILENT };

	if (c->via == NULL)
		return;
	if (e->connected == NULL)
		e->connected = &nowhere;
	if (c->via->asking)
		e->via = &silent;
}

void
conn_via_free(struct conn *c)
{
	if (c->via != NULL)
		tunnel_free(&c->via->tunnel);
	free(c->via);
	c->via = NULL;
}
