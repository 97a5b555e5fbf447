/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sweep - rows over real sockets on loopback
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

#include <cmocka.h>

#include "listeners.h"
#include "report/cause.h"
#include "world/clock.h"
#include "world/gate.h"
#include "world/sweep.h"

enum {
	MS = 1000,
	LONG = 30 * 1000 * MS,		/* before a test gives up */
	TURN = 5 * MS,			/* that the loop waits before the server has its turn */
	CLIENTS_MAX = 64,
	ROWS_MAX = 64
};

static const struct address four = { .family = 4, .ip = { 127, 0, 0, 1 } };
static const struct address six = { .family = 6, .ip = { [15] = 1 } };

#define GREETING	"* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n"

enum manner {
	GREETS,
	MUTE,
	RESETS,			/* as soon as it has accepted */
	OFFENDED		/* by a hello, before it greets; then it greets at once */
};

struct server {
	int		 fd;		/* -1: there is none */
	enum manner	 manner;
	int		 clients[CLIENTS_MAX];
	unsigned	 n;		/* connections so far */
	bool		 offended;
};

struct swept {
	struct sweep	*sweep;
	struct port_row	 rows[ROWS_MAX];
	size_t		 n;
	size_t		 next;
	size_t		 done;
	bool		 told[ROWS_MAX];
	unsigned	 most;		/* that were in flight at once */
};

static struct port_row *
next_row(void *arg)
{
	struct swept *s = arg;

	return s->next < s->n ? &s->rows[s->next++] : NULL;
}

static void
row_done(void *arg, struct port_row *row)
{
	struct swept *s = arg;

	assert_false(s->told[row - s->rows]);
	s->told[row - s->rows] = true;
	s->done++;
}

static void
put(int fd, const char *words)
{
	assert_true(sockets_send(fd, words, strlen(words)) > 0);
}

static void
accepted(struct server *server, int fd)
{
	const struct linger now = { .l_onoff = 1 };

	assert_true(server->n < CLIENTS_MAX && sockets_flags(fd));
	server->clients[server->n++] = fd;
	if (server->manner == RESETS) {
		assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_LINGER, &now,
		    sizeof(now)), 0);
		close(fd);
		server->clients[server->n - 1] = -1;
	} else if (server->manner == GREETS || server->offended) {
		put(fd, GREETING);
	}
}

/* serve - its turn */
static void
serve(struct server *server)
{
	char bytes[512];
	int fd;
	unsigned i;

	while (server->fd != -1 &&
	    (fd = accept(server->fd, NULL, NULL)) != -1)
		accepted(server, fd);
	for (i = 0; i < server->n && server->manner == OFFENDED; i++)
		if (!server->offended && sockets_recv(server->clients[i],
		    bytes, sizeof(bytes)) > 0) {
			put(server->clients[i], "* BYE what\r\n");
			server->offended = true;
		}
}

static void
server_free(struct server *server)
{
	unsigned i;

	for (i = 0; i < server->n; i++)
		if (server->clients[i] != -1)
			close(server->clients[i]);
	if (server->fd != -1)
		close(server->fd);
}

static struct sweep_config
config(struct swept *s, struct interfaces *interfaces)
{
	return (struct sweep_config){ .connect_timeout = LONG,
	    .patience = LONG, .attempts = 1, .depth = PROBE_GREETING,
	    .interfaces = interfaces, .log_fd = -1, .arg = s,
	    .next = next_row, .done = row_done };
}

/* run - until `until` (0: all rows are done), then stop */
static void
run(struct swept *s, const struct sweep_config *c, struct server *server,
    int64_t until)
{
	struct loop *loop = loop_new();
	int64_t end = clock_now() + LONG;

	assert_non_null(loop);
	s->sweep = sweep_new(loop, c);
	assert_non_null(s->sweep);
	while (s->done < s->n && (until == 0 || clock_now() < until)) {
		assert_true(clock_now() < end);
		(void)sweep_more(s->sweep, 0);
		if (sweep_busy(s->sweep) > s->most)
			s->most = sweep_busy(s->sweep);
		loop_once(loop, clock_now() + TURN);
		serve(server);
	}
	sweep_stop(s->sweep);
	assert_int_equal(sweep_busy(s->sweep), 0);
	assert_int_equal(s->done, s->next);
	assert_false(sweep_nomem(s->sweep));
	sweep_free(s->sweep);
	loop_free(loop);
}

static void
add(struct swept *s, const struct address *a, uint16_t port, unsigned n)
{
	for (; n > 0; n--) {
		assert_true(s->n < ROWS_MAX);
		s->rows[s->n].address = *a;
		s->rows[s->n++].port = port;
	}
}

static void
swept_free(struct swept *s, struct interfaces *interfaces)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		free(s->rows[i].words);
	interfaces_free(interfaces);
}

/* descriptors - that are open */
static unsigned
descriptors(void)
{
	unsigned n = 0;
	int fd;

	for (fd = 0; fd < 1024; fd++)
		if (fcntl(fd, F_GETFD) != -1)
			n++;
	return n;
}

static unsigned before;

static int
set_up(void **state)
{
	(void)state;
	before = descriptors();
	return 0;
}

static int
nothing_is_left(void **state)
{
	(void)state;
	return descriptors() == before ? 0 : -1;
}

static void
a_listener_that_greets(void **state)
{
	const struct address *const list[] = { &four, &six };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct server server = { .fd = listener(list[i], 0, 5) };
		struct interfaces interfaces = { 0 };
		struct swept s = { .n = 0 };
		struct sweep_config c = config(&s, &interfaces);

		if (server.fd == -1)
			continue;
		add(&s, list[i], port_of(server.fd), 1);
		run(&s, &c, &server, 0);
		assert_int_equal(s.rows[0].verdict, PORT_OPEN);
		assert_int_equal(s.rows[0].cause, CAUSE_NONE);
		assert_int_equal(s.rows[0].speech, SPEECH_IMAP);
		assert_true(s.rows[0].asked && s.rows[0].starttls);
		assert_true(s.rows[0].connect_usec > 0);
		assert_true(s.rows[0].greeting_usec > 0);
		assert_int_equal(s.rows[0].attempts, 1);
		assert_int_equal(s.rows[0].lost, 0);
		assert_int_equal(server.n, 1);
		/* who connects asks nothing about interfaces */
		assert_false(interfaces.asked);
		server_free(&server);
		swept_free(&s, &interfaces);
	}
}

/* nobody listens to a greeting that is not asked for */
static void
connecting_alone(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5) };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	c.depth = PROBE_CONNECT;
	add(&s, &four, port_of(server.fd), 1);
	run(&s, &c, &server, 0);
	assert_int_equal(s.rows[0].verdict, PORT_OPEN);
	assert_int_equal(s.rows[0].speech, SPEECH_UNKNOWN);
	assert_int_equal(s.rows[0].greeting_usec, 0);
	server_free(&server);
	swept_free(&s, &interfaces);
}

static void
a_closed_port(void **state)
{
	struct server server = { .fd = -1 };
	int fd = listener(&four, 0, -1);
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	c.attempts = 3;
	add(&s, &four, port_of(fd), 2);
	run(&s, &c, &server, 0);
	assert_int_equal(s.rows[1].verdict, PORT_REFUSED);
	assert_int_equal(s.rows[1].cause, CAUSE_CONNECT_REFUSED);
	assert_int_equal(s.rows[1].error, ECONNREFUSED);
	assert_int_equal(s.rows[1].attempts, 3);
	assert_int_equal(s.rows[1].lost, 0);
	close(fd);
	swept_free(&s, &interfaces);
}

static void
a_full_queue(void **state)
{
	struct server server = { .fd = -1 };
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	c.connect_timeout = 100 * MS;
	c.attempts = 3;
	add(&s, &four, port_of(fd), 1);
	run(&s, &c, &server, 0);
	assert_int_equal(s.rows[0].verdict, PORT_FILTERED);
	assert_int_equal(s.rows[0].cause, CAUSE_CONNECT_FILTERED);
	assert_int_equal(s.rows[0].error, ETIMEDOUT);
	assert_true(s.rows[0].connect_usec >= 100 * MS);
	assert_int_equal(s.rows[0].attempts, 3);
	assert_int_equal(s.rows[0].lost, 3);
	assert_false(s.rows[0].late);
	close_all(fd, holds);
	swept_free(&s, &interfaces);
}

/* several attempts connect, and one of them is talked over */
static void
several_attempts(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5) };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	c.attempts = 3;
	add(&s, &four, port_of(server.fd), 1);
	run(&s, &c, &server, 0);
	serve(&server);
	assert_int_equal(s.rows[0].attempts, 3);
	assert_int_equal(s.rows[0].lost, 0);
	assert_int_equal(s.rows[0].speech, SPEECH_IMAP);
	assert_true(s.rows[0].slowest_usec > 0);
	assert_int_equal(server.n, 3);
	server_free(&server);
	swept_free(&s, &interfaces);
}

static void
a_reset(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5),
	    .manner = RESETS };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	add(&s, &four, port_of(server.fd), 1);
	run(&s, &c, &server, 0);
	assert_int_equal(s.rows[0].verdict, PORT_RESET);
	assert_int_equal(s.rows[0].cause, CAUSE_CONNECT_RESET);
	server_free(&server);
	swept_free(&s, &interfaces);
}

/* who takes offence at a hello is asked once more, and that is no attempt */
static void
a_slow_one_is_asked_again(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5),
	    .manner = OFFENDED };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	add(&s, &four, port_of(server.fd), 1);
	run(&s, &c, &server, 0);
	assert_true(server.offended);
	assert_int_equal(server.n, 2);
	assert_int_equal(s.rows[0].attempts, 1);
	assert_int_equal(s.rows[0].speech, SPEECH_IMAP);
	assert_true(s.rows[0].greeted && s.rows[0].starttls);
	server_free(&server);
	swept_free(&s, &interfaces);
}

/* no more at once than slots, and no faster than the rate */
static void
slots(void **state)
{
	struct server server = { .fd = -1 };
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);
	int64_t begun = clock_now();

	(void)state;
	c.connect_timeout = 50 * MS;
	c.slots = 2;
	add(&s, &four, port_of(fd), 6);
	run(&s, &c, &server, 0);
	assert_int_equal(s.done, 6);
	assert_int_equal(s.most, 2);
	assert_true(clock_now() - begun >= 150 * MS);
	close_all(fd, holds);
	swept_free(&s, &interfaces);
}

static void
rate(void **state)
{
	struct server server = { .fd = -1 };
	int fd = listener(&four, 0, -1);
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);
	int64_t begun = clock_now();

	(void)state;
	c.rate = 100;
	add(&s, &four, port_of(fd), 30);
	run(&s, &c, &server, 0);
	/* 29 intervals, of which a twentieth of a second may be made up */
	assert_true(clock_now() - begun >= 239 * MS);
	close(fd);
	swept_free(&s, &interfaces);
}

/* the end of the run, before silence means something and after that */
static void
stopped_while_connecting(void **state)
{
	static const struct {
		int64_t			after;
		enum port_verdict	verdict;
		unsigned		attempts;
	} rows[] = {
		{ 50 * MS, PORT_UNTRIED, 0 },
		{ 1050 * MS, PORT_FILTERED, 1 }
	};
	struct server server = { .fd = -1 };
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		struct interfaces interfaces = { 0 };
		struct swept s = { .n = 0 };
		struct sweep_config c = config(&s, &interfaces);

		c.slots = 2;
		add(&s, &four, port_of(fd), 3);
		run(&s, &c, &server, clock_now() + rows[i].after);
		assert_int_equal(s.done, 2);
		assert_int_equal(s.rows[1].verdict, rows[i].verdict);
		assert_int_equal(s.rows[1].attempts, rows[i].attempts);
		assert_int_equal(s.rows[1].late, rows[i].attempts != 0);
		assert_int_equal(s.rows[2].verdict, PORT_UNTRIED);
		swept_free(&s, &interfaces);
	}
	close_all(fd, holds);
}

static void
stopped_while_talking(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5),
	    .manner = MUTE };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);

	(void)state;
	add(&s, &four, port_of(server.fd), 2);
	run(&s, &c, &server, clock_now() + 50 * MS);
	assert_int_equal(s.done, 2);
	assert_int_equal(s.rows[0].verdict, PORT_OPEN);
	assert_int_equal(s.rows[0].speech, SPEECH_NONE);
	assert_true(s.rows[0].late);
	server_free(&server);
	swept_free(&s, &interfaces);
}

static void
nothing_to_do(void **state)
{
	struct loop *loop = loop_new();
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);
	struct sweep *sweep = sweep_new(loop, &c);

	(void)state;
	assert_int_equal(sweep_more(sweep, 0), 0);
	assert_int_equal(sweep_busy(sweep), 0);
	sweep_stop(sweep);
	sweep_free(sweep);
	sweep_free(NULL);
	loop_free(loop);
}

/* others that need all descriptors leave room for one */
static void
descriptors_are_shared(void **state)
{
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	struct loop *loop = loop_new();
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);
	struct sweep *sweep = sweep_new(loop, &c);

	(void)state;
	add(&s, &four, port_of(fd), 3);
	assert_int_equal(sweep_more(sweep, 1024 * 1024), 0);
	assert_int_equal(sweep_busy(sweep), 1);
	assert_int_equal(sweep_more(sweep, 0), 0);
	assert_int_equal(sweep_busy(sweep), 3);
	sweep_free(sweep);
	assert_int_equal(s.done, 3);
	loop_free(loop);
	close_all(fd, holds);
	swept_free(&s, &interfaces);
}

static void
a_transcript(void **state)
{
	struct server server = { .fd = listener(&four, 0, 5) };
	struct interfaces interfaces = { 0 };
	struct swept s = { .n = 0 };
	struct sweep_config c = config(&s, &interfaces);
	char text[1024] = "";
	int ends[2];

	(void)state;
	assert_true(sockets_pipe(ends));
	c.log_fd = ends[1];
	add(&s, &four, port_of(server.fd), 1);
	run(&s, &c, &server, 0);
	assert_true(read(ends[0], text, sizeof(text) - 1) > 0);
	assert_non_null(strstr(text, "< * OK [CAPABILITY"));
	assert_non_null(strstr(text, "> z LOGOUT"));
	close(ends[0]);
	close(ends[1]);
	server_free(&server);
	swept_free(&s, &interfaces);
}

static void
gates(void **state)
{
	struct gate g;
	int64_t now = 1000 * MS;
	unsigned i;

	(void)state;
	gate_init(&g, 7, 0);
	assert_int_equal(g.slots, 7);
	for (i = 0; i < 1000; i++) {
		assert_int_equal(gate_closed(&g, now), 0);
		gate_pass(&g, now);
	}
	gate_init(&g, 0, 1000);
	assert_int_equal(g.slots, g.descriptors);
	assert_true(g.slots > 0);
	for (i = 0; i < 1000 && gate_closed(&g, now) == 0; i++)
		gate_pass(&g, now);
	assert_int_equal(i, 51);	/* those of a twentieth of a second */
	assert_int_equal(gate_closed(&g, now), now + MS);
	assert_int_equal(gate_closed(&g, now + MS), 0);
	/* time that nobody used is not saved up */
	now += LONG;
	for (i = 0; i < 1000 && gate_closed(&g, now) == 0; i++)
		gate_pass(&g, now);
	assert_int_equal(i, 51);
}

#define TEST(f)	cmocka_unit_test_setup_teardown(f, set_up, nothing_is_left)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_listener_that_greets),
		TEST(connecting_alone),
		TEST(a_closed_port),
		TEST(a_full_queue),
		TEST(several_attempts),
		TEST(a_reset),
		TEST(a_slow_one_is_asked_again),
		TEST(slots),
		TEST(rate),
		TEST(stopped_while_connecting),
		TEST(stopped_while_talking),
		TEST(nothing_to_do),
		TEST(descriptors_are_shared),
		TEST(a_transcript),
		TEST(gates)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
