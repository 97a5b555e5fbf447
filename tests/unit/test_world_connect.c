/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_world_connect - real sockets on loopback: open, closed, silent, mixed
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "judge/path.h"
#include "world/clock.h"
#include "world/connect.h"
#include "world/sockets.h"
#include "listeners.h"

enum {
	LONG = 30 * 1000 * 1000		/* microseconds before a test gives up */
};

#define LOCAL4		{ .family = 4, .ip = { 127, 0, 0, 1 } }
#define LOCAL6		{ .family = 6, .ip = { [15] = 1 } }

static const struct address four = LOCAL4;
static const struct address six = LOCAL6;

struct outcome {
	bool			 told;
	struct connected	 c;
	int			 fd;
};

static void
told(void *arg, const struct connected *c, int fd)
{
	struct outcome *o = arg;

	assert_false(o->told);
	o->told = true;
	o->c = *c;
	o->fd = fd;
}

static struct outcome
connect_to(const struct connect_wish *wish)
{
	struct outcome o = { .fd = -1 };
	struct loop *loop = loop_new();
	int64_t end = clock_now() + LONG;

	assert_non_null(loop);
	assert_non_null(connect_start(loop, wish, told, &o));
	assert_false(o.told);
	while (!o.told && clock_now() < end)
		loop_once(loop, end);
	assert_true(o.told);
	loop_free(loop);
	return o;
}

static void
test_open(void **state)
{
	static const struct address list[] = { LOCAL4, LOCAL6 };
	struct interfaces interfaces = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		int fd = listener(&list[i], 0, 5);
		struct connect_wish wish = { .list = &list[i], .n = 1,
		    .interfaces = &interfaces };
		struct outcome o;

		if (fd == -1)
			continue;
		wish.port = port_of(fd);
		o = connect_to(&wish);
		assert_int_equal(o.c.winner, 0);
		assert_int_equal(o.c.n, 1);
		assert_true(o.fd >= 0);
		assert_true(o.c.attempts[0].ended >= o.c.attempts[0].started);
		assert_int_equal(path_cause(&o.c.attempts[0]), CAUSE_NONE);
		/* who connects asks nothing about interfaces */
		assert_false(interfaces.asked);
		close(o.fd);
		close(fd);
	}
	interfaces_free(&interfaces);
}

static void
test_closed(void **state)
{
	static const struct address list[] = { LOCAL4, LOCAL6 };
	struct interfaces interfaces = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < 2; i++) {
		/* bound and not listening: nobody else can get that port */
		int fd = listener(&list[i], 0, -1);
		struct connect_wish wish = { .list = &list[i], .n = 1,
		    .interfaces = &interfaces };
		struct outcome o;

		if (fd == -1)
			continue;
		wish.port = port_of(fd);
		o = connect_to(&wish);
		assert_int_equal(o.c.winner, -1);
		assert_int_equal(o.fd, -1);
		assert_int_equal(o.c.attempts[0].error, ECONNREFUSED);
		assert_false(o.c.attempts[0].icmp);
		assert_int_equal(path_cause(&o.c.attempts[0]),
		    CAUSE_CONNECT_REFUSED);
		close(fd);
	}
	interfaces_free(&interfaces);
}

/* the first address is closed, the second open: no need to wait for the race */
static void
test_fall_back(void **state)
{
	static const struct address other = { .family = 4,
	    .ip = { 127, 0, 0, 2 } };
	struct address list[] = { other, four };
	struct interfaces interfaces = { 0 };
	int fd = listener(&four, 0, 5);
	struct connect_wish wish = { .list = list, .n = 2,
	    .interfaces = &interfaces };
	struct outcome o;

	(void)state;
	assert_true(fd >= 0);
	wish.port = port_of(fd);
	o = connect_to(&wish);
	assert_int_equal(o.c.n, 2);
	assert_int_equal(o.c.winner, 1);
	assert_true(o.fd >= 0);
	assert_int_equal(o.c.attempts[0].error, ECONNREFUSED);
	assert_true(address_same(&o.c.attempts[1].address, &four));
	close(o.fd);
	close(fd);
	interfaces_free(&interfaces);
}

static void
test_silent(void **state)
{
	struct interfaces interfaces = { 0 };
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	struct connect_wish wish = { .list = &four, .n = 1,
	    .timeout = 200 * 1000, .interfaces = &interfaces };
	struct outcome o;

	(void)state;
	assert_true(fd >= 0);
	wish.port = port_of(fd);
	o = connect_to(&wish);
	assert_int_equal(o.c.winner, -1);
	assert_int_equal(o.c.attempts[0].error, ETIMEDOUT);
	assert_true(o.c.attempts[0].ended - o.c.attempts[0].started >=
	    wish.timeout);
	assert_int_equal(path_cause(&o.c.attempts[0]),
	    CAUSE_CONNECT_FILTERED);
	close_all(fd, holds);
	interfaces_free(&interfaces);
}

/* the first address is silent: the second one is tried while it still is */
static void
test_race(void **state)
{
	static const struct address other = { .family = 4,
	    .ip = { 127, 0, 0, 2 } };
	struct address list[] = { other, four };
	struct interfaces interfaces = { 0 };
	int holds[4];
	int open = listener(&four, 0, 5);
	int fd;
	struct connect_wish wish = { .list = list, .n = 2,
	    .interfaces = &interfaces };
	struct outcome o;

	(void)state;
	assert_true(open >= 0);
	wish.port = port_of(open);
	fd = full_listener(&other, wish.port, holds);
	if (fd == -1)
		skip();
	o = connect_to(&wish);
	assert_int_equal(o.c.winner, 1);
	assert_int_equal(o.c.attempts[0].ended, 0);
	close(o.fd);
	close(open);
	close_all(fd, holds);
	interfaces_free(&interfaces);
}

static void
test_source(void **state)
{
	static const struct address from = { .family = 4,
	    .ip = { 127, 0, 0, 3 } };
	static const struct address foreign = { .family = 4,
	    .ip = { 203, 0, 113, 7 } };
	struct interfaces interfaces = { 0 };
	int fd = listener(&four, 0, 5);
	struct connect_wish wish = { .list = &four, .n = 1, .source = from,
	    .interfaces = &interfaces };
	struct sockaddr_storage name;
	socklen_t len = sizeof(name);
	struct address got;
	struct outcome o;

	(void)state;
	wish.port = port_of(fd);
	o = connect_to(&wish);
	assert_int_equal(o.c.winner, 0);
	assert_int_equal(getsockname(o.fd, (struct sockaddr *)&name, &len),
	    0);
	assert_true(sockets_address((struct sockaddr *)&name, &got));
	assert_true(address_same(&got, &from));
	close(o.fd);
	wish.source = foreign;
	o = connect_to(&wish);
	assert_int_equal(path_cause(&o.c.attempts[0]), CAUSE_USAGE_OPTION);
	wish.source = six;
	o = connect_to(&wish);
	assert_int_equal(o.c.n, 1);
	assert_int_equal(path_cause(&o.c.attempts[0]), CAUSE_USAGE_OPTION);
	close(fd);
	interfaces_free(&interfaces);
}

static void
test_stop(void **state)
{
	struct interfaces interfaces = { 0 };
	struct loop *loop = loop_new();
	struct outcome o = { .fd = -1 };
	int holds[4];
	int fd = full_listener(&four, 0, holds);
	struct connect_wish wish = { .list = &four, .n = 1,
	    .interfaces = &interfaces };
	const struct connected *c;
	struct connecting *going;

	(void)state;
	wish.port = port_of(fd);
	going = connect_start(loop, &wish, told, &o);
	assert_non_null(going);
	c = connect_stop(going);
	assert_int_equal(c->n, 1);
	assert_int_equal(c->winner, -1);
	assert_int_equal(c->attempts[0].error, ETIMEDOUT);
	connect_cancel(going);
	loop_once(loop, clock_now());
	assert_false(o.told);
	close_all(fd, holds);
	loop_free(loop);
	interfaces_free(&interfaces);
}

static void
test_nothing_to_try(void **state)
{
	struct interfaces interfaces = { 0 };
	struct connect_wish wish = { .interfaces = &interfaces };
	struct outcome o;

	(void)state;
	o = connect_to(&wish);
	assert_int_equal(o.c.n, 0);
	assert_int_equal(o.c.winner, -1);
}

static void
test_interfaces(void **state)
{
	static const struct address nobodys = { .family = 4,
	    .ip = { 203, 0, 113, 7 } };
	static const struct address link_local = { .family = 6,
	    .ip = { 0xfe, 0x80, [15] = 9 } };
	struct interfaces interfaces = { 0 };

	(void)state;
	assert_true(interfaces_ours(&interfaces, &four));
	assert_true(interfaces_ours(&interfaces, &six));
	assert_false(interfaces_ours(&interfaces, &nobodys));
	assert_true(interfaces_on_link(&interfaces, &link_local));
	assert_false(interfaces_on_link(&interfaces, &four));
	interfaces_free(&interfaces);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_closed),
		cmocka_unit_test(test_fall_back),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_race),
		cmocka_unit_test(test_source),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_nothing_to_try),
		cmocka_unit_test(test_interfaces)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
