/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * sweep_talk - a probe over its connection: bytes in, bytes out
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/error_queue.h"
#include "world/sockets.h"
#include "world/sweep_parts.h"
#include "world/tls_engine.h"
#include "world/transcript.h"

enum {
	TALK_READ = 16 * 1024,		/* bytes read at once */
	TALK_WIRE_MAX = 64 * 1024,	/* bytes that wait on either side of TLS */
	TALK_LOG_MAX = 64 * 1024
};

struct talk {
	struct watch	 watch;
	struct flight	*flight;
	struct probe	 probe;
	struct buf	 log;
	int		 fd;
	const struct tls_engine *engine;	/* while there is TLS */
	struct tls	*tls;
	struct buf	 wire;		/* out of TLS, to be sent */
	struct buf	 plain;		/* out of TLS, for the probe */
	bool		 up;
	bool		 reset;		/* sending showed it: reading will tell of an end */
};

static bool	tell(struct talk *, struct event *);

/* hang_up - the connection goes */
static void
hang_up(struct talk *t)
{
	struct sweep *s = t->flight->sweep;

	loop_unset(s->loop, &t->flight->timer);
	loop_unwatch(s->loop, &t->watch);
	transcript_write(s->config.log_fd, &t->log, 0);
	t->flight->talk = NULL;
	if (t->tls != NULL)
		t->engine->free(t->tls);
	close(t->fd);
	probe_free(&t->probe);
	buf_free(&t->log);
	buf_free(&t->wire);
	buf_free(&t->plain);
	free(t);
}

/* send_from - as far as the system takes it at once */
static void
send_from(struct talk *t, struct buf *out)
{
	struct span s = buf_span(out);
	ssize_t n = 0;

	while (s.len > 0 && (n = sockets_send(t->fd, s.p, s.len)) > 0) {
		buf_drop(out, (size_t)n);
		s = buf_span(out);
	}
	/* an end that sending shows is told when reading shows it */
	if (n == -1 && errno != EAGAIN && errno != EWOULDBLOCK) {
		t->reset = errno == ECONNRESET;
		buf_clear(out);
	}
}

/* flush - send what there is; is there more? */
static bool
flush(struct talk *t)
{
	if (t->tls == NULL) {
		send_from(t, &t->probe.out);
		return t->probe.out.len > 0;
	}
	if (t->up && t->probe.out.len > 0) {
		(void)t->engine->write(t->tls, buf_span(&t->probe.out),
		    &t->wire);
		buf_clear(&t->probe.out);
	}
	send_from(t, &t->wire);
	return t->wire.len > 0;
}

static void
finish(struct talk *t, bool again)
{
	struct flight *f = t->flight;

	(void)flush(t);
	hang_up(t);
	flight_go_on(f, again);
}

/* wait - for bytes, for room to send, and for the time that the probe wants to hear of; false without memory */
static bool
wait(struct talk *t, bool more, int64_t wake_at)
{
	struct loop *loop = t->flight->sweep->loop;
	short events = more ? POLLIN | POLLOUT : POLLIN;

	return (t->watch.events == events ||
	    loop_watch(loop, &t->watch, t->fd, events)) &&
	    (t->flight->timer.at == wake_at ||
	    loop_set(loop, &t->flight->timer, wake_at));
}

/* feed - cipher bytes into TLS, and on with what comes out of it; false when the talk is over and gone */
static bool
feed(struct talk *t, struct span bytes)
{
	enum tls_step step = t->engine->feed(t->tls, bytes, &t->wire,
	    &t->plain);
	struct event up = { .kind = EVENT_TLS,
	    .tls = t->engine->facts(t->tls) };
	struct event more = { .kind = EVENT_BYTES };
	struct event end = { .kind = EVENT_CLOSED };
	struct buf plain;
	bool on = true;

	if (step == TLS_UP)
		t->up = true;
	if (step == TLS_UP || step == TLS_FAILED)
		on = tell(t, &up);
	if (on && t->plain.len > 0) {
		plain = t->plain;
		buf_init(&t->plain, plain.cap);
		more.bytes = buf_span(&plain);
		on = tell(t, &more);
		buf_free(&plain);
	}
	if (on && step == TLS_END)
		return tell(t, &end);
	if (on)
		(void)wait(t, flush(t), t->flight->timer.at);
	return on;
}

/* shake - begin with the handshake; false when the talk is over and gone */
static bool
shake(struct talk *t)
{
	static const struct tls_facts ours = { .outcome = TLS_OURS,
	    .alert = -1, .reason = "there is no TLS" };
	const struct sweep_config *c = &t->flight->sweep->config;
	struct event e = { .kind = EVENT_TLS, .tls = &ours };
	const struct tls_setup *setup;
	struct target target;

	setup = c->tls(c->arg, t->flight->row, &target);
	if (setup != NULL) {
		t->engine = setup->engine;
		t->tls = setup->engine->start(setup->context, &target);
	}
	if (t->tls == NULL)
		return tell(t, &e);
	buf_init(&t->wire, TALK_WIRE_MAX);
	buf_init(&t->plain, TALK_WIRE_MAX);
	return feed(t, (struct span){ "", 0 });
}

/* tell - the probe what happened, and do what it wants; false when the talk is over and gone */
static bool
tell(struct talk *t, struct event *e)
{
	struct want want;
	bool more;

	e->at = clock_now();
	want = probe_event(&t->probe, e);
	transcript_write(t->flight->sweep->config.log_fd, &t->log, 0);
	if (want.kind == WANT_DONE || want.kind == WANT_CONNECT) {
		finish(t, want.kind == WANT_CONNECT);
		return false;
	}
	more = flush(t);
	if (!wait(t, more, want.wake_at)) {
		t->flight->sweep->nomem = true;
		finish(t, false);
		return false;
	}
	return want.kind != WANT_TLS || t->tls != NULL || more || shake(t);
}

/* shaking - how far a handshake is, NULL: none is under way */
static const struct tls_facts *
shaking(const struct talk *t)
{
	return t->tls != NULL && !t->up ? t->engine->facts(t->tls) : NULL;
}

/* closed - by the server; false: the talk is over and gone */
static bool
closed(struct talk *t, bool reset)
{
	struct event e = { .kind = EVENT_CLOSED, .reset = reset };

	e.tls = shaking(t);
	return tell(t, &e);
}

/* hush - an error that says nothing of the connection must not wake us for ever */
static bool
hush(struct talk *t)
{
	struct attempt unused = { 0 };

	if (sockets_error(t->fd) != 0 ||
	    error_queue_read(t->fd, &unused) == 0)
		return closed(t, true);
	return true;
}

/* hear - what came; false when the talk is over and gone */
static bool
hear(struct talk *t, short revents)
{
	struct event e = { .kind = EVENT_BYTES };
	char bytes[TALK_READ];
	ssize_t n = sockets_recv(t->fd, bytes, sizeof(bytes));

	if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return (revents & (POLLERR | POLLHUP)) == 0 || hush(t);
	if (n <= 0)
		return closed(t, n == -1 || t->reset);
	e.bytes = (struct span){ bytes, (size_t)n };
	return t->tls != NULL ? feed(t, e.bytes) : tell(t, &e);
}

static void
ready(struct watch *w, short revents)
{
	struct talk *t = (struct talk *)(void *)w;
	bool more;

	if ((revents & (POLLIN | POLLERR | POLLHUP)) != 0 && !hear(t, revents))
		return;
	if ((revents & POLLOUT) == 0)
		return;
	more = flush(t);
	if (!wait(t, more, t->flight->timer.at))
		t->flight->sweep->nomem = true;
	if (!more && t->tls == NULL && t->probe.state == PROBE_SHAKES)
		(void)shake(t);
}

bool
talk_start(struct flight *f, int fd)
{
	struct event e = { .kind = EVENT_CONNECTED };
	struct endpoint ours, theirs;
	struct talk *t = calloc(1, sizeof(*t));

	if (t == NULL) {
		f->sweep->nomem = true;
		close(fd);
		return false;
	}
	f->talk = t;
	t->flight = f;
	t->fd = fd;
	t->watch = (struct watch){ .ready = ready, .fd = -1 };
	buf_init(&t->log, TALK_LOG_MAX);
	probe_init(&t->probe, f->row, f->sweep->config.depth, f->again);
	sockets_ends(fd, &ours, &theirs);
	t->probe.local = ours.address;
	t->probe.patience = f->sweep->config.patience;
	if (f->sweep->config.log_fd != -1)
		t->probe.log = &t->log;
	f->talked = true;
	f->again = false;
	(void)tell(t, &e);
	return true;
}

void
talk_wake(struct flight *f)
{
	struct event e = { .kind = EVENT_WAKE, .tls = shaking(f->talk) };

	(void)tell(f->talk, &e);
}

void
talk_stop(struct flight *f)
{
	struct event e = { .kind = EVENT_DEADLINE, .at = clock_now(),
	    .tls = shaking(f->talk) };

	(void)probe_event(&f->talk->probe, &e);
	(void)flush(f->talk);
	hang_up(f->talk);
}
