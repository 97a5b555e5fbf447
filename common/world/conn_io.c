/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * conn_io - bytes between a session, its TLS engine and its socket
 */
#define _GNU_SOURCE
#include "world/conn.h"

#include <errno.h>
#include <poll.h>

#include "world/error_queue.h"
#include "world/sockets.h"

/* send_from - as much of a buffer as the socket takes now */
static void
send_from(struct conn *c, struct buf *b)
{
	while (b->len > 0 && !c->broken) {
		struct span s = buf_span(b);
		ssize_t n = sockets_send(c->fd, s.p, s.len);

		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n == -1)
			c->broken = true;
		else
			buf_drop(b, (size_t)n);
	}
	/* there may be something left to read: that will tell how it ended */
	if (c->broken)
		buf_clear(b);
}

/* encrypt - what the session has to say */
static void
encrypt(struct conn *c)
{
	struct buf *out = &c->session->out;
	size_t cut = c->session->out_cut;
	struct span rest = buf_span(out);

	if (out->len == 0)
		return;
	if (cut > 0 && cut < rest.len) {
		(void)c->engine->write(c->tls, (struct span){ rest.p, cut },
		    &c->wire);
		rest.p += cut;
		rest.len -= cut;
	}
	(void)c->engine->write(c->tls, rest, &c->wire);
	buf_clear(out);
	c->session->out_cut = 0;
}

/* push - send what can be sent; true when something is left */
static bool
push(struct conn *c)
{
	struct buf *out = &c->session->out;

	send_from(c, &c->head);
	if (c->head.len > 0)
		return true;
	if (!c->hello) {
		send_from(c, out);
		return out->len > 0;
	}
	if (c->up)
		encrypt(c);
	send_from(c, &c->wire);
	return c->wire.len > 0;
}

/* ours - memory ran out, or a buffer that no server can fill did */
static bool
ours(struct conn *c)
{
	if (!c->head.nomem && !c->head.overflow &&
	    !c->wire.nomem && !c->wire.overflow &&
	    !c->plain.nomem && !c->plain.overflow &&
	    !c->session->out.nomem && !c->session->out.overflow)
		return false;
	c->session->result->sheet.nomem = true;
	conn_end(c);
	return true;
}

static void
tell_tls(struct conn *c)
{
	struct event e = { .kind = EVENT_TLS,
		.tls = c->engine->facts(c->tls) };

	conn_tell(c, &e);
}

static void
tell_bytes(struct conn *c, struct span bytes)
{
	struct event e = { .kind = EVENT_BYTES, .bytes = bytes };

	conn_tell(c, &e);
}

/* tell_closed - after it nothing can happen any more */
static void
tell_closed(struct conn *c, bool reset)
{
	struct event e = { .kind = EVENT_CLOSED, .reset = reset };

	if (c->via != NULL && c->via->asking) {
		conn_via_closed(c, reset);
		return;
	}
	if (c->tls != NULL && !c->up)
		e.tls = c->engine->facts(c->tls);
	conn_tell(c, &e);
	conn_end(c);
}

/* feed - cipher bytes into TLS, and on with what comes out of it */
static void
feed(struct conn *c, struct span bytes)
{
	enum tls_step step = c->engine->feed(c->tls, bytes, &c->wire,
	    &c->plain);

	if (ours(c))
		return;
	if (step == TLS_UP) {
		c->up = true;
		tell_tls(c);
	}
	if (c->session != NULL && c->plain.len > 0) {
		tell_bytes(c, buf_span(&c->plain));
		buf_clear(&c->plain);
	}
	if (c->session == NULL)
		return;
	if (step == TLS_FAILED) {
		/* our alert, so that the server's log knows why, too */
		(void)push(c);
		tell_tls(c);
		conn_end(c);
	} else if (step == TLS_END) {
		tell_closed(c, false);
	} else {
		conn_flush(c);
	}
}

void
conn_flush(struct conn *c)
{
	bool left;

	if (c->session == NULL || c->fd == -1)
		return;
	left = push(c);
	if (ours(c))
		return;
	if (!left && c->tls != NULL && !c->hello) {
		c->hello = true;
		feed(c, (struct span){ "", 0 });
		return;
	}
	if (loop_watch(c->env->loop, &c->watch, c->fd,
	    left ? POLLIN | POLLOUT : POLLIN))
		return;
	c->session->result->sheet.nomem = true;
	conn_end(c);
}

void
conn_last_words(struct conn *c)
{
	(void)push(c);
	if (c->up && c->wire.len == 0 && !c->broken) {
		c->engine->bye(c->tls, &c->wire);
		(void)push(c);
	}
}

/* hush - an error that says nothing of the connection must not wake us for ever */
static void
hush(struct conn *c)
{
	struct attempt unused = { 0 };

	if (sockets_error(c->fd) != 0)
		tell_closed(c, true);
	else if (error_queue_read(c->fd, &unused) == 0)
		tell_closed(c, true);
}

void
conn_bytes(struct conn *c, struct span bytes)
{
	if (c->via != NULL && c->via->asking)
		conn_via_bytes(c, bytes);
	else if (c->hello)
		feed(c, bytes);
	else
		tell_bytes(c, bytes);
}

/* receive - read once; false when there is no more for now */
static bool
receive(struct conn *c, short revents)
{
	char bytes[CONN_READ];
	ssize_t n = sockets_recv(c->fd, bytes, sizeof(bytes));

	if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
		if (revents & (POLLERR | POLLHUP))
			hush(c);
		return false;
	}
	if (n <= 0) {
		tell_closed(c, n == -1 || c->broken);
		return false;
	}
	conn_bytes(c, (struct span){ bytes, (size_t)n });
	return (size_t)n == sizeof(bytes);
}

void
conn_ready(struct watch *w, short revents)
{
	struct conn *c = (struct conn *)(void *)
	    ((char *)w - offsetof(struct conn, watch));
	unsigned i;

	if (revents & (POLLIN | POLLERR | POLLHUP)) {
		/* only the first look can find what the events spoke of */
		for (i = 0; i < CONN_READS && c->session != NULL; i++)
			if (!receive(c, i == 0 ? revents : 0))
				break;
	}
	if (revents & POLLOUT)
		conn_flush(c);
}
