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
#include "world/sockets.h"
#include "world/sweep_parts.h"
#include "world/transcript.h"

enum {
	TALK_READ = 16 * 1024,		/* bytes read at once */
	TALK_LOG_MAX = 64 * 1024
};

struct talk {
	struct watch	 watch;
	struct flight	*flight;
	struct probe	 probe;
	struct buf	 log;
	int		 fd;
};

/* hang_up - the connection goes */
static void
hang_up(struct talk *t)
{
	struct sweep *s = t->flight->sweep;

	loop_unset(s->loop, &t->flight->timer);
	loop_unwatch(s->loop, &t->watch);
	transcript_write(s->config.log_fd, &t->log, 0);
	t->flight->talk = NULL;
	close(t->fd);
	probe_free(&t->probe);
	buf_free(&t->log);
	free(t);
}

/* flush - send what there is, as far as the system takes it at once */
static void
flush(struct talk *t)
{
	struct span s = buf_span(&t->probe.out);
	ssize_t n = 0;

	while (s.len > 0 && (n = sockets_send(t->fd, s.p, s.len)) > 0) {
		buf_drop(&t->probe.out, (size_t)n);
		s = buf_span(&t->probe.out);
	}
	/* an end that sending shows is told when reading shows it */
	if (n == -1 && errno != EAGAIN && errno != EWOULDBLOCK)
		buf_clear(&t->probe.out);
}

static void
finish(struct talk *t, bool again)
{
	struct flight *f = t->flight;

	flush(t);
	hang_up(t);
	flight_go_on(f, again);
}

/* wait - for bytes, for room to send, and for the time that the probe wants to hear of; false without memory */
static bool
wait(struct talk *t, int64_t wake_at)
{
	struct loop *loop = t->flight->sweep->loop;
	short events = t->probe.out.len > 0 ? POLLIN | POLLOUT : POLLIN;

	return (t->watch.events == events ||
	    loop_watch(loop, &t->watch, t->fd, events)) &&
	    (t->flight->timer.at == wake_at ||
	    loop_set(loop, &t->flight->timer, wake_at));
}

/* tell - the probe what happened, and do what it wants; false when the talk is over and gone */
static bool
tell(struct talk *t, struct event *e)
{
	struct want want;

	e->at = clock_now();
	want = probe_event(&t->probe, e);
	transcript_write(t->flight->sweep->config.log_fd, &t->log, 0);
	if (want.kind == WANT_DONE || want.kind == WANT_CONNECT) {
		finish(t, want.kind == WANT_CONNECT);
		return false;
	}
	flush(t);
	if (wait(t, want.wake_at))
		return true;
	t->flight->sweep->nomem = true;
	finish(t, false);
	return false;
}

/* hear - what came; false when the talk is over and gone */
static bool
hear(struct talk *t)
{
	struct event e = { .kind = EVENT_BYTES };
	char bytes[TALK_READ];
	ssize_t n = sockets_recv(t->fd, bytes, sizeof(bytes));

	if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return true;
	if (n > 0) {
		e.bytes = (struct span){ bytes, (size_t)n };
	} else {
		e.kind = EVENT_CLOSED;
		e.reset = n == -1;
	}
	return tell(t, &e);
}

static void
ready(struct watch *w, short revents)
{
	struct talk *t = (struct talk *)(void *)w;

	if ((revents & (POLLIN | POLLERR | POLLHUP)) != 0 && !hear(t))
		return;
	if ((revents & POLLOUT) != 0) {
		flush(t);
		if (!wait(t, t->flight->timer.at))
			t->flight->sweep->nomem = true;
	}
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
	struct event e = { .kind = EVENT_WAKE };

	(void)tell(f->talk, &e);
}

void
talk_stop(struct flight *f)
{
	struct event e = { .kind = EVENT_DEADLINE, .at = clock_now() };

	(void)probe_event(&f->talk->probe, &e);
	flush(f->talk);
	hang_up(f->talk);
}
