/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_trace - traces on loopback, where the server is the first hop
 *
 * What routers answer is tested in networks of its own, by t/hops.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "world/clock.h"
#include "world/error_queue.h"
#include "world/sockets.h"
#include "world/trace.h"

enum {
	LONG = 20 * 1000 * 1000		/* microseconds that no test needs */
};

struct outcome {
	unsigned	 calls;
	size_t		 n;
	struct hop_trace traces[4];
};

static const struct address ends[] = {
	{ .family = 4, .ip = { 127, 0, 0, 1 } },
	{ .family = 6, .ip = { [15] = 1 } }
};

static void
done(void *arg, const struct hop_trace *traces, size_t n)
{
	struct outcome *o = arg;
	size_t i;

	o->calls++;
	o->n = n;
	for (i = 0; i < n && i < 4; i++)
		o->traces[i] = traces[i];
}

/* listener - on a port of the address that the system chooses; -1 where there is no such family */
static int
listener(const struct address *at, uint16_t *port)
{
	int fd = sockets_new(at->family, SOCK_STREAM);
	struct endpoint ours, theirs;

	if (fd == -1 || !sockets_bind(fd, at) || listen(fd, 16) != 0) {
		if (fd != -1)
			close(fd);
		return -1;
	}
	sockets_ends(fd, &ours, &theirs);
	*port = ours.port;
	return fd;
}

static void
run(const struct trace_wish *wish, struct outcome *o)
{
	struct loop *loop = loop_new();
	int64_t until = clock_now() + LONG;

	assert_non_null(loop);
	memset(o, 0, sizeof(*o));
	assert_non_null(trace_start(loop, wish, done, o));
	/* never from within trace_start() */
	assert_int_equal(o->calls, 0);
	while (o->calls == 0 && clock_now() < until)
		loop_once(loop, until);
	assert_int_equal(o->calls, 1);
	loop_free(loop);
}

/* descriptors - how many are open */
static unsigned
descriptors(void)
{
	DIR *d = opendir("/proc/self/fd");
	unsigned n = 0;

	if (d == NULL)
		return 0;
	while (readdir(d) != NULL)
		n++;
	closedir(d);
	return n;
}

static void
test_loopback(void **state)
{
	unsigned before = descriptors();
	struct outcome o;
	uint16_t ports[2];
	size_t i;
	int fd;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct trace_wish wish = { .to = ends[i], .ports = ports,
		    .nports = 2, .udp = true };

		fd = listener(&ends[i], &ports[0]);
		if (fd == -1)
			continue;
		close(fd);
		fd = listener(&ends[i], &ports[1]);
		run(&wish, &o);
		close(fd);
		assert_int_equal(o.n, 3);
		if (!error_queue_exists()) {
			assert_int_equal(o.traces[0].outcome, TRACE_BLIND);
			assert_int_equal(o.traces[0].n, 0);
			continue;
		}
		assert_int_equal(o.traces[0].port, ports[0]);
		assert_int_equal(o.traces[0].n, 1);
		assert_int_equal(o.traces[0].hops[0].sent, TRACE_TRIES);
		assert_int_equal(hop_voice(&o.traces[0].hops[0])->answer,
		    HOP_RESET);
		assert_int_equal(o.traces[1].n, 1);
		assert_int_equal(hop_voice(&o.traces[1].hops[0])->answer,
		    HOP_CONNECTED);
		assert_int_equal(o.traces[2].kind, TRACE_UDP);
		assert_int_equal(hop_voice(&o.traces[2].hops[0])->answer,
		    HOP_PORT_UNREACHABLE);
	}
	assert_int_equal(descriptors(), before);
}

/* the voice is known to be this host's when interfaces are there to ask */
static void
test_ours(void **state)
{
	struct interfaces interfaces = { 0 };
	struct trace_wish wish = { .to = ends[0], .udp = true,
	    .interfaces = &interfaces };
	struct outcome o;

	(void)state;
	if (!error_queue_exists())
		skip();
	run(&wish, &o);
	assert_int_equal(o.n, 1);
	assert_true(hop_voice(&o.traces[0].hops[0])->ours);
	interfaces_free(&interfaces);
}

static void
test_nothing(void **state)
{
	struct trace_wish wish = { .to = ends[0] };
	struct outcome o;

	(void)state;
	run(&wish, &o);
	assert_int_equal(o.n, 0);
}

static void
test_source(void **state)
{
	struct trace_wish wish = { .to = ends[0], .udp = true,
	    .source = { .family = 4, .ip = { 192, 0, 2, 1 } } };
	struct outcome o;

	(void)state;
	if (!error_queue_exists())
		skip();
	run(&wish, &o);
	assert_int_equal(o.traces[0].outcome, TRACE_STUCK);
	assert_int_equal(o.traces[0].error, EADDRNOTAVAIL);
	assert_int_equal(o.traces[0].n, 0);
	/* nor from an address of the other family */
	wish.source = ends[1];
	run(&wish, &o);
	assert_int_equal(o.traces[0].outcome, TRACE_STUCK);
}

/* no descriptor at all is this host's own shortage */
static void
test_no_descriptor(void **state)
{
	struct trace_wish wish = { .to = ends[0], .udp = true };
	struct loop *loop = loop_new();
	struct rlimit was, none;
	struct outcome o = { 0 };

	(void)state;
	if (!error_queue_exists())
		skip();
	assert_non_null(loop);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	none = was;
	none.rlim_cur = 0;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_non_null(trace_start(loop, &wish, done, &o));
	loop_once(loop, 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_int_equal(o.calls, 1);
	assert_int_equal(o.traces[0].outcome, TRACE_STUCK);
	assert_int_equal(o.traces[0].error, EMFILE);
	loop_free(loop);
}

/* stopped and cancelled before anything was heard */
static void
test_stop(void **state)
{
	struct trace_wish wish = { .to = ends[0], .udp = true };
	unsigned before = descriptors();
	struct loop *loop = loop_new();
	const struct hop_trace *traces;
	struct outcome o = { 0 };
	struct tracing *g;
	size_t n;

	(void)state;
	if (!error_queue_exists())
		skip();
	assert_non_null(loop);
	g = trace_start(loop, &wish, done, &o);
	assert_non_null(g);
	traces = trace_stop(g, &n);
	assert_int_equal(n, 1);
	assert_int_equal(traces[0].outcome, TRACE_CUT);
	assert_int_equal(traces[0].n, 0);
	trace_cancel(g);
	trace_cancel(NULL);
	loop_free(loop);
	assert_int_equal(o.calls, 0);
	assert_int_equal(descriptors(), before);
}

static void
test_deadline_is_past(void **state)
{
	struct trace_wish wish = { .to = ends[0], .udp = true,
	    .deadline = 1 };
	struct outcome o;

	(void)state;
	if (!error_queue_exists())
		skip();
	run(&wish, &o);
	assert_int_equal(o.traces[0].outcome, TRACE_CUT);
	assert_int_equal(o.traces[0].n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_loopback),
		cmocka_unit_test(test_ours),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_no_descriptor),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_deadline_is_past)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
