/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * snmp_talk - tables of an SNMP agent, over UDP and within a deadline
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "world/clock.h"
#include "world/snmp_parts.h"
#include "world/sockets.h"

enum {
	STEP = 50 * 1000,	/* microseconds after which a signal is looked for and the module is told that time passes */
	AT_ONCE = 16		/* datagrams read at one go */
};

/* talk_send - for the module: a datagram is on its way, or the socket has an error */
static bool
talk_send(void *arg, struct span datagram)
{
	struct talk *t = arg;

	if (sockets_send(t->fd, datagram.p, datagram.len) >= 0)
		return true;
	/* what was not taken is sent again when it is overdue */
	if (errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS)
		return true;
	t->error = errno;
	return false;
}

static bool
open_socket(struct talk *t)
{
	const struct snmp_wish *wish = t->wish;
	struct sockaddr_storage name;
	socklen_t len;

	t->fd = sockets_new(t->seen->address.family, SOCK_DGRAM);
	if (t->fd == -1 || (wish->source.family != 0 &&
	    !sockets_bind(t->fd, &wish->source))) {
		t->error = errno;
		t->ours = t->fd == -1 || wish->source.family != 0;
		return false;
	}
	len = sockets_name(&t->seen->address, wish->port, &name);
	if (connect(t->fd, (const struct sockaddr *)&name, len) == 0)
		return true;
	t->error = errno;
	return false;
}

/* hear_all - what has come; false when the socket has an error */
static bool
hear_all(struct talk *t)
{
	const struct snmp_functions *module = t->wish->module;
	unsigned i;
	ssize_t n;

	for (i = 0; i < AT_ONCE && t->state == SNMP_WAITS; i++) {
		n = sockets_recv(t->fd, t->datagram, sizeof(t->datagram));
		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return true;
		if (n == -1) {
			t->error = errno;
			return false;
		}
		t->state = module->hear(t->snmp,
		    (struct span){ t->datagram, (size_t)n });
		if (t->state == SNMP_WAITS && !module->met(t->snmp))
			t->seen->strays++;
		else if (t->seen->connected == 0)
			t->seen->connected = clock_now();
	}
	return t->error == 0;
}

/* answer - wait for one; false when there is none, or a state other than SNMP_ANSWERED */
static bool
answer(struct talk *t)
{
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	int64_t left;

	while (t->state == SNMP_WAITS && t->error == 0) {
		/* who has answered once is given all the time there is */
		left = (t->seen->connected != 0 ? t->wish->deadline :
		    t->until) - clock_now();
		if (left <= 0 || *t->wish->stop != 0)
			return false;
		if (left > STEP)
			left = STEP;
		if (poll(&p, 1, (int)((left + 999) / 1000)) > 0 &&
		    !hear_all(t))
			return false;
		t->state = t->wish->module->tick(t->snmp);
	}
	return t->state == SNMP_ANSWERED;
}

/* walk - one table from its first question to its last answer */
static bool
walk(struct talk *t, struct snmp_walk *w)
{
	struct snmp_name names[SNMP_COLUMNS_MAX];
	const struct snmp_value *values;
	unsigned rows;
	size_t n;

	while ((n = snmp_walk_ask(w, names, &rows)) > 0) {
		t->state = t->wish->module->ask(t->snmp, names, n, rows);
		if (!answer(t))
			return false;
		t->seen->answers++;
		values = t->wish->module->values(t->snmp, &n);
		if (!snmp_walk_hear(w, values, n)) {
			t->walk = w;
			return false;
		}
	}
	return true;
}

/* one - address: all tables */
static bool
one(struct talk *t, struct snmp_walk *walks, size_t n)
{
	struct buf *why = &t->refusal->why;
	size_t i;

	if (!open_socket(t))
		return false;
	t->snmp = t->wish->module->open(t->wish->account, talk_send, t, why);
	if (t->snmp == NULL)
		return false;
	for (i = 0; i < n; i++)
		if (!walk(t, &walks[i]))
			return false;
	return true;
}

static void
close_one(struct talk *t)
{
	if (t->snmp != NULL) {
		t->met = t->wish->module->met(t->snmp);
		t->status = t->wish->module->status(t->snmp);
		t->wish->module->close(t->snmp);
	}
	if (t->fd != -1)
		close(t->fd);
}

static void
open_one(struct talk *t, const struct snmp_wish *wish, struct snmp_seen *seen,
    struct quota_refusal *refusal)
{
	memset(t, 0, sizeof(*t));
	t->wish = wish;
	t->seen = seen;
	t->refusal = refusal;
	t->fd = -1;
	t->state = SNMP_WAITS;
}

bool
snmp_talk(const struct snmp_wish *wish, struct snmp_walk *walks, size_t n,
    struct snmp_seen *seen, struct quota_refusal *refusal)
{
	struct talk t;
	int64_t now;
	size_t i;
	bool ok = false;

	memset(seen, 0, sizeof(*seen));
	open_one(&t, wish, seen, refusal);
	for (i = 0; i < wish->n && !ok; i++) {
		now = clock_now();
		open_one(&t, wish, seen, refusal);
		t.until = now + (wish->deadline - now) /
		    (int64_t)(wish->n - i);
		seen->address = wish->addresses[i];
		ok = one(&t, walks, n);
		close_one(&t);
		/* whoever answers is asked no more at another address */
		if (seen->connected != 0 || refusal->why.len > 0 ||
		    *wish->stop != 0)
			break;
	}
	if (!ok)
		snmp_talk_refuse(&t);
	return ok;
}
