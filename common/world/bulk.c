/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bulk - say much to a server and see whether it comes through
 */
#define _GNU_SOURCE
#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "world/bulk.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "dialog/bulk_talk.h"
#include "world/clock.h"
#include "world/segments.h"
#include "world/sockets.h"

enum {
	READ = 16 * 1024,	/* bytes read at once */
	READS = 4,		/* reads before others have their turn */
	OUT_MAX = 64 * 1024	/* bytes that wait to be sent */
};

struct bulk {
	struct loop		*loop;
	struct watch		 watch;
	struct timer		 timer;
	struct bulk_wish	 wish;
	struct bulk_facts	 facts;
	enum bulk_trial		 trial;
	int64_t			 begun;		/* the try under way */
	int			 fd;
	bool			 connected;
	size_t			 amount;	/* bytes to say, the same in all tries; 0 not known yet */
	struct bulk_talk	 talk;
	struct buf		 out;
	void			(*done)(void *, const struct bulk_facts *);
	void			*arg;
};

static bool	begin(struct bulk *);

static struct bulk_try *
now_trying(struct bulk *b)
{
	return &b->facts.tries[b->trial];
}

/* hang_up - of the try under way */
static void
hang_up(struct bulk *b)
{
	loop_unwatch(b->loop, &b->watch);
	loop_unset(b->loop, &b->timer);
	bulk_talk_free(&b->talk);
	buf_free(&b->out);
	if (b->fd != -1)
		close(b->fd);
	b->fd = -1;
	b->connected = false;
}

void
bulk_cancel(struct bulk *b)
{
	if (b == NULL)
		return;
	hang_up(b);
	free(b);
}

/* finish - all tries that there was a reason for */
static void
finish(struct bulk *b)
{
	void (*done)(void *, const struct bulk_facts *) = b->done;
	struct bulk_facts copy = b->facts;
	void *arg = b->arg;

	bulk_cancel(b);
	done(arg, &copy);
}

/* finish_try - and begin with the next */
static void
finish_try(struct bulk *b, enum bulk_end end)
{
	static const struct linger none = { .l_onoff = 1 };
	struct bulk_try *t = now_trying(b);

	t->end = end;
	if (b->connected)
		segments_count(b->fd, t);
	/* neither end goes on for minutes with what does not come through */
	if (end == BULK_STALLED || end == BULK_LONG)
		(void)setsockopt(b->fd, SOL_SOCKET, SO_LINGER, &none,
		    sizeof(none));
	hang_up(b);
	b->trial++;
	if (b->trial == BULK_TRIALS || !bulk_goes_on(&b->facts, b->trial) ||
	    !begin(b))
		finish(b);
}

/* moved - something did: patience begins anew, as far as the time of this try goes */
static bool
moved(struct bulk *b)
{
	int64_t at = clock_now() + b->wish.patience;

	if (at > b->begun + BULK_LIMIT)
		at = b->begun + BULK_LIMIT;
	return loop_set(b->loop, &b->timer, at);
}

static void
due(struct timer *timer)
{
	struct bulk *b = (struct bulk *)(void *)
	    ((char *)timer - offsetof(struct bulk, timer));

	if (!b->connected)
		finish_try(b, BULK_UNCONNECTED);
	else if (b->talk.step != BULK_TALK_ON)
		finish_try(b, BULK_EARLY);
	else if (clock_now() >= b->begun + BULK_LIMIT)
		finish_try(b, BULK_LONG);
	else
		finish_try(b, BULK_STALLED);
}

/* flush - send what there is to be sent, and wait for what comes; false when the try is over */
static bool
flush(struct bulk *b)
{
	struct span s = buf_span(&b->out);
	ssize_t n = 0;

	if (s.len > 0)
		n = sockets_send(b->fd, s.p, s.len);
	/* who does not take it any more may have said why: that is read first */
	if (n == -1 && errno != EAGAIN && errno != ENOBUFS)
		buf_clear(&b->out);
	if (n > 0) {
		buf_drop(&b->out, (size_t)n);
		if (b->talk.step == BULK_TALK_ON)
			now_trying(b)->sent += (uint32_t)n;
	}
	if (!b->out.nomem && !b->out.overflow && (n <= 0 || moved(b)) &&
	    loop_watch(b->loop, &b->watch, b->fd,
		b->out.len > 0 ? POLLIN | POLLOUT : POLLIN))
		return true;
	finish_try(b, BULK_EARLY);
	return false;
}

/* heard - bytes came; false when the try is over */
static bool
heard(struct bulk *b, struct span bytes)
{
	struct bulk_try *t = now_trying(b);

	if (b->talk.step == BULK_TALK_ON) {
		t->received += (uint32_t)bytes.len;
		if (t->received >= BULK_ENOUGH) {
			finish_try(b, BULK_PASSED);
			return false;
		}
		return moved(b);
	}
	bulk_talk_hear(&b->talk, bytes, &b->out);
	if (b->talk.step == BULK_TALK_ODD || b->talk.heard.nomem) {
		finish_try(b, BULK_EARLY);
		return false;
	}
	return flush(b);
}

/* ended - the server has */
static void
ended(struct bulk *b, bool cut)
{
	if (b->talk.step != BULK_TALK_ON)
		finish_try(b, BULK_EARLY);
	else
		finish_try(b, cut ? BULK_CUT : BULK_PASSED);
}

static void
hear(struct bulk *b)
{
	char bytes[READ];
	unsigned i;

	for (i = 0; i < READS; i++) {
		ssize_t n = sockets_recv(b->fd, bytes, sizeof(bytes));

		if (n == -1 && errno == EAGAIN)
			return;
		if (n <= 0) {
			ended(b, n == -1);
			return;
		}
		if (!heard(b, (struct span){ bytes, (size_t)n }))
			return;
	}
}

/* up - it is connected: begin to talk */
static void
up(struct bulk *b)
{
	struct endpoint ours, theirs;

	b->connected = true;
	sockets_ends(b->fd, &ours, &theirs);
	now_trying(b)->full = (uint32_t)segments_full(b->fd);
	if (b->amount == 0)
		b->amount = (size_t)now_trying(b)->full * 5 / 2;
	bulk_talk_begin(&b->talk, b->wish.speech,
	    b->wish.host != NULL ? b->wish.host : "", &ours.address,
	    b->amount, &b->out);
	if (moved(b))
		(void)flush(b);
	else
		finish_try(b, BULK_EARLY);
}

static void
ready(struct watch *w, short revents)
{
	struct bulk *b = (struct bulk *)(void *)
	    ((char *)w - offsetof(struct bulk, watch));

	if (!b->connected) {
		if (sockets_error(b->fd) != 0)
			finish_try(b, BULK_UNCONNECTED);
		else if (revents & POLLOUT)
			up(b);
		return;
	}
	if ((revents & POLLOUT) && !flush(b))
		return;
	if (revents & (POLLIN | POLLERR | POLLHUP))
		hear(b);
}

/* dial - false when it cannot even be begun */
static bool
dial(struct bulk *b)
{
	const struct bulk_wish *w = &b->wish;
	struct sockaddr_storage name;
	socklen_t len;

	b->fd = sockets_new(w->address.family, SOCK_STREAM);
	if (b->fd == -1)
		return false;
	if (b->trial == BULK_SMALL && !segments_limit(b->fd,
	    w->address.family == 4 ? BULK_SMALL_4 : BULK_SMALL_6))
		return false;
	len = sockets_name(&w->source, 0, &name);
	if (w->source.family != 0 &&
	    bind(b->fd, (const struct sockaddr *)&name, len) == -1)
		return false;
	len = sockets_name(&w->address, w->port, &name);
	if (connect(b->fd, (const struct sockaddr *)&name, len) == -1 &&
	    errno != EINPROGRESS && errno != EINTR)
		return false;
	return loop_watch(b->loop, &b->watch, b->fd, POLLOUT) && moved(b);
}

/* begin - the next try; one that fails at once ends from the loop, as all do; false without memory */
static bool
begin(struct bulk *b)
{
	b->begun = clock_now();
	buf_init(&b->out, OUT_MAX);
	return dial(b) || loop_set(b->loop, &b->timer, b->begun);
}

struct bulk *
bulk_start(struct loop *loop, const struct bulk_wish *wish,
    void (*done)(void *, const struct bulk_facts *), void *arg)
{
	struct bulk *b;

	if (!bulk_talk_can(wish->speech))
		return NULL;
	b = calloc(1, sizeof(*b));
	if (b == NULL)
		return NULL;
	b->loop = loop;
	b->watch = (struct watch){ .ready = ready, .fd = -1 };
	b->timer.due = due;
	b->wish = *wish;
	if (b->wish.patience == 0)
		b->wish.patience = BULK_PATIENCE;
	b->facts.family = wish->address.family;
	b->fd = -1;
	b->done = done;
	b->arg = arg;
	if (begin(b))
		return b;
	bulk_cancel(b);
	return NULL;
}
