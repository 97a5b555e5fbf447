/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dns_server - ask one name server, and hear what it says
 */
#define _GNU_SOURCE
#include "world/dns_state.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "world/sockets.h"

enum {
	DATAGRAMS_MAX = 16	/* read at one go */
};

static bool
open_socket(struct dns_query *q, unsigned i)
{
	struct server *s = &q->server[i];
	struct sockaddr_storage name;
	socklen_t len;

	if (s->fd != -1)
		return true;
	len = sockets_name(&q->servers.list[i], q->servers.port, &name);
	s->fd = sockets_new(q->servers.list[i].family, SOCK_DGRAM);
	if (s->fd == -1)
		return false;
	return connect(s->fd, (const struct sockaddr *)&name, len) == 0 &&
	    loop_watch(q->loop, &s->watch, s->fd, POLLIN);
}

/* dead - nothing can be sent to it or read from it */
static void
dead(struct server *s, int error)
{
	s->state = DEAD;
	s->error = error;
	loop_unwatch(s->query->loop, &s->watch);
	if (s->fd != -1)
		close(s->fd);
	s->fd = -1;
}

bool
dns_server_ask(struct dns_query *q, unsigned n)
{
	struct server *s = &q->server[n];
	uint8_t message[DNS_QUERY_MAX];
	size_t i, len;

	if (!open_socket(q, n)) {
		dead(s, errno);
		return false;
	}
	for (i = 0; i < q->nquestions; i++) {
		if (q->question[i].state != OPEN)
			continue;
		len = dns_message_query(message, q->question[i].id,
		    span_of(q->name), q->question[i].type);
		q->unnameable = len == 0;
		if (len > 0 && sockets_send(s->fd, message, len) == -1) {
			dead(s, errno);
			return false;
		}
	}
	if (s->state == UNASKED)
		s->state = SILENT;
	return true;
}

/* fails - the server gave an answer that is none */
static void
fails(struct server *s, const char *words)
{
	s->state = FAILS;
	s->words = words;
}

static void
answered(struct server *s, struct question *question,
    const struct dns_answer *a)
{
	struct dns_query *q = s->query;
	size_t i;

	if (a->rcode != DNS_NOERROR && a->rcode != DNS_NXNAME) {
		fails(s, dns_rcode_words(a->rcode));
		return;
	}
	if (a->n == 0 && a->alias_loop) {
		fails(s, "answers with aliases that never end");
		return;
	}
	if (a->n == 0 && a->truncated) {
		fails(s, "answers with more than fits a datagram");
		return;
	}
	s->state = ANSWERS;
	question->server = (unsigned)(s - q->server);
	question->n = a->n;
	memcpy(question->list, a->list, sizeof(a->list));
	question->state = a->n > 0 ? SOME : EMPTY;
	/* a name that does not exist has no address of the other family */
	for (i = 0; a->n == 0 && a->rcode == DNS_NXNAME &&
	    i < q->nquestions; i++) {
		q->question[i].state = NO_NAME;
		q->question[i].server = question->server;
	}
}

/* take - one datagram */
static void
take(struct server *s, struct span message)
{
	struct dns_query *q = s->query;
	struct dns_answer answer;
	size_t i;

	for (i = 0; i < q->nquestions; i++) {
		struct question *question = &q->question[i];

		if (question->state != OPEN || !dns_message_answer(message,
		    question->id, span_of(q->name), question->type, &answer))
			continue;
		answered(s, question, &answer);
		return;
	}
}

void
dns_server_hear(struct server *s)
{
	char message[DNS_DATAGRAM_MAX];
	unsigned i;

	for (i = 0; i < DATAGRAMS_MAX; i++) {
		ssize_t n = sockets_recv(s->fd, message, sizeof(message));

		if (n == -1 && (errno == EAGAIN || errno == EWOULDBLOCK))
			return;
		if (n == -1) {
			dead(s, errno);
			return;
		}
		take(s, (struct span){ message, (size_t)n });
	}
}
