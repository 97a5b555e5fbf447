/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trace_probe - one packet with a short life, and what came of it
 */
#include "world/trace_probe.h"

#include <errno.h>
#include <poll.h>

#include "judge/icmp.h"
#include "world/clock.h"
#include "world/error_queue.h"
#include "world/sockets.h"

enum {
	UDP_PORT = 33434,	/* where nobody listens, by the custom of such probes; one more for each hop */
	ECHO_REQUEST4 = 8,	/* RFC 792 */
	ECHO_REQUEST6 = 128,	/* RFC 4443 section 4.1 */
	PROBE_LEN = 32,		/* bytes of a datagram; with an echo its header is among them */
	ANSWER_MAX = 64,	/* bytes read of what comes back */
	WAKES_MAX = 8		/* wakes without a reason that are borne */
};

/* stuck - it failed before it was sent */
static enum trying
stuck(struct trace_probe *p, struct loop *loop, bool source)
{
	int error = errno;

	p->facts.local = true;
	p->facts.source = source;
	try_fail(&p->try, loop, error, 0);
	return TRY_FAILED;
}

/* connect_and_send - the kernel fills in identifier and checksum of an echo */
static bool
connect_and_send(const struct trace_probe *p)
{
	unsigned char bytes[PROBE_LEN] = { 0 };
	struct sockaddr_storage name;
	socklen_t len;
	uint16_t port = 0;

	if (p->kind == TRACE_ECHO)
		bytes[0] = p->facts.address.family == 4 ? ECHO_REQUEST4 :
		    ECHO_REQUEST6;
	else
		port = (uint16_t)(UDP_PORT + p->hop);
	len = sockets_name(&p->facts.address, port, &name);
	return connect(p->try.fd, (const struct sockaddr *)&name, len) == 0 &&
	    sockets_send(p->try.fd, bytes, sizeof(bytes)) != -1;
}

static enum trying
send_datagram(struct trace_probe *p, struct loop *loop,
    const struct address *source, void (*on_ready)(struct watch *, short))
{
	int family = p->facts.address.family;

	p->try.watch = (struct watch){ .ready = on_ready, .fd = -1 };
	p->facts.started = clock_now();
	p->try.fd = p->kind == TRACE_ECHO ? sockets_new_echo(family) :
	    sockets_new(family, SOCK_DGRAM);
	if (p->try.fd == -1)
		return stuck(p, loop, false);
	if (source->family != 0 && !sockets_bind(p->try.fd, source))
		return stuck(p, loop, true);
	error_queue_on(p->try.fd, family, true);
	sockets_hops(p->try.fd, family, p->hop);
	if (!connect_and_send(p))
		return stuck(p, loop, false);
	if (loop_watch(loop, &p->try.watch, p->try.fd, POLLIN))
		return TRY_ON;
	errno = ENOMEM;
	return stuck(p, loop, false);
}

/* settled - nobody needs the descriptor of a probe that reached its end */
static enum trying
settled(struct trace_probe *p, struct loop *loop, enum trying trying)
{
	if (trying == TRY_WON)
		try_drop(&p->try, loop);
	return trying;
}

enum trying
trace_probe_send(struct trace_probe *p, struct loop *loop,
    const struct hop_trace *t, const struct address *source,
    void (*on_ready)(struct watch *, short))
{
	p->kind = t->kind;
	p->facts = (struct attempt){ .address = t->to };
	p->try = (struct try){ .facts = &p->facts, .fd = -1, .hops = p->hop,
	    .least = p->least };
	if (p->kind != TRACE_TCP)
		return send_datagram(p, loop, source, on_ready);
	return settled(p, loop, try_start(&p->try, loop, &t->to, t->port,
	    source, on_ready));
}

static enum trying
datagram_ready(struct trace_probe *p, struct loop *loop, short revents)
{
	unsigned char bytes[ANSWER_MAX];
	int error = EHOSTUNREACH;

	(void)error_queue_read(p->try.fd, &p->facts);
	if (!p->facts.icmp) {
		if (sockets_recv(p->try.fd, bytes, sizeof(bytes)) != -1) {
			p->facts.ended = clock_now();
			try_drop(&p->try, loop);
			return TRY_WON;
		}
		error = errno;
		if (error == EAGAIN && p->try.wakes++ < WAKES_MAX)
			return TRY_ON;
	}
	try_fail(&p->try, loop, error, revents);
	return TRY_FAILED;
}

enum trying
trace_probe_ready(struct trace_probe *p, struct loop *loop, short revents)
{
	if (p->kind != TRACE_TCP)
		return datagram_ready(p, loop, revents);
	return settled(p, loop, try_ready(&p->try, loop, revents));
}

/* voice_icmp - what an ICMP error means that came back to a probe */
static void
voice_icmp(const struct trace_probe *p, struct hop_voice *v)
{
	const struct attempt *a = &p->facts;
	int family = a->address.family;

	v->from = a->offender;
	if (icmp_expired(family, a->icmp_type)) {
		v->answer = HOP_EXPIRED;
	} else if (p->kind == TRACE_UDP &&
	    icmp_port_unreachable(family, a->icmp_type, a->icmp_code) &&
	    address_same(&a->offender, &a->address)) {
		v->answer = HOP_PORT_UNREACHABLE;
	} else {
		v->answer = HOP_REJECTED;
		v->icmp_type = a->icmp_type;
		v->icmp_code = a->icmp_code;
	}
}

bool
trace_probe_voice(const struct trace_probe *p, struct hop_voice *v)
{
	const struct attempt *a = &p->facts;

	*v = (struct hop_voice){ .from = a->address,
	    .best_usec = (uint32_t)(a->ended - a->started) };
	if (a->icmp)
		voice_icmp(p, v);
	else if (a->error == 0)
		v->answer = p->kind == TRACE_TCP ? HOP_CONNECTED : HOP_REPLY;
	else if (p->kind == TRACE_TCP &&
	    (a->error == ECONNREFUSED || a->error == ECONNRESET))
		v->answer = HOP_RESET;
	return v->answer != HOP_SILENT;
}
