/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_lookup - many names, few threads
 *
 * getaddrinfo() is played here: it knows numbers, and blocks for a name that
 * begins with "hang" until the test opens the door.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/address.h"
#include "world/lookup.h"
#include "world/sockets.h"

enum {
	LONG = 30 * 1000,	/* milliseconds before a test gives up */
	NAMES = 600,
	TEXT = 32
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static unsigned hanging;	/* threads before the door */
static unsigned most;		/* calls at once, at most */
static unsigned running;
static unsigned calls;
static unsigned threads;	/* that ever asked */
static _Thread_local bool known_thread;
static bool open_door;

/* enter - a call begins; it may have to wait */
static void
enter(bool hang)
{
	pthread_mutex_lock(&lock);
	calls++;
	running++;
	threads += !known_thread;
	known_thread = true;
	if (running > most)
		most = running;
	if (hang) {
		hanging++;
		pthread_cond_broadcast(&changed);
		while (!open_door)
			pthread_cond_wait(&changed, &lock);
		hanging--;
		pthread_cond_broadcast(&changed);
	}
	pthread_mutex_unlock(&lock);
}

static void
leave(void)
{
	pthread_mutex_lock(&lock);
	running--;
	pthread_cond_broadcast(&changed);
	pthread_mutex_unlock(&lock);
}

/* set_door - open it, or close it behind all that had to wait */
static void
set_door(bool open)
{
	pthread_mutex_lock(&lock);
	open_door = open;
	pthread_cond_broadcast(&changed);
	while (open && running > 0)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static void
wait_hanging(unsigned n)
{
	pthread_mutex_lock(&lock);
	while (hanging < n)
		pthread_cond_wait(&changed, &lock);
	pthread_mutex_unlock(&lock);
}

static unsigned
count_of(const unsigned *counter)
{
	unsigned n;

	pthread_mutex_lock(&lock);
	n = *counter;
	pthread_mutex_unlock(&lock);
	return n;
}

int
getaddrinfo(const char *host, const char *service,
    const struct addrinfo *hints, struct addrinfo **list)
{
	struct sockaddr_storage name;
	struct address a;
	struct addrinfo *info;
	bool known;

	assert_null(service);
	enter(strncmp(host, "hang", 4) == 0);
	known = address_parse(span_of(host), &a) &&
	    (hints->ai_family == AF_UNSPEC ||
	    (hints->ai_family == AF_INET) == (a.family == 4));
	if (known) {
		info = calloc(1, sizeof(*info) + sizeof(name));
		assert_non_null(info);
		info->ai_addr = (void *)(info + 1);
		info->ai_addrlen = sockets_name(&a, 0, &name);
		memcpy(info->ai_addr, &name, sizeof(name));
		*list = info;
	}
	leave();
	return known ? 0 : EAI_NONAME;
}

void
freeaddrinfo(struct addrinfo *list)
{
	free(list);
}

static struct resolved
wait_for(struct lookup *l)
{
	struct pollfd p = { .fd = lookup_fd(l), .events = POLLIN };
	struct resolved r;

	assert_non_null(l);
	assert_int_equal(poll(&p, 1, LONG), 1);
	assert_true(lookup_done(l, &r));
	return r;
}

static void
name_of(char text[TEXT], unsigned i)
{
	(void)snprintf(text, TEXT, "10.%u.%u.%u", i % 7, i / 256, i % 256);
}

/* is it the address of that number? */
static void
check(const struct resolved *r, unsigned i)
{
	char text[TEXT], found[ADDRESS_TEXT];

	name_of(text, i);
	assert_int_equal(r->outcome, DNS_FOUND);
	assert_int_equal(r->n, 1);
	assert_string_equal(address_text(&r->list[0], found), text);
}

/* open_descriptors - of this process */
static unsigned
open_descriptors(void)
{
	unsigned n = 0;
	int fd;

	for (fd = 0; fd < 4096; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

static void
test_one(void **state)
{
	struct lookup *l = lookup_start("10.1.2.3", 0);
	struct resolved r = wait_for(l);
	char text[ADDRESS_TEXT];

	(void)state;
	assert_int_equal(r.outcome, DNS_FOUND);
	assert_string_equal(address_text(&r.list[0], text), "10.1.2.3");
	lookup_drop(l);
	l = lookup_start("10.1.2.3", 6);
	r = wait_for(l);
	assert_int_equal(r.outcome, DNS_NXDOMAIN);
	lookup_drop(l);
	l = lookup_start("::1", 6);
	r = wait_for(l);
	assert_int_equal(r.outcome, DNS_FOUND);
	assert_int_equal(r.list[0].family, 6);
	lookup_drop(l);
	lookup_drop(NULL);
}

/* one after the other: a thread is used again */
static void
test_reuse(void **state)
{
	unsigned i;

	(void)state;
	for (i = 0; i < NAMES; i++) {
		char text[TEXT];
		struct resolved r;
		struct lookup *l;

		name_of(text, i);
		l = lookup_start(text, 4);
		r = wait_for(l);
		check(&r, i);
		lookup_drop(l);
	}
	assert_int_equal(count_of(&threads), 1);
}

/* all at once: each gets its own answer, and never are more asked than there are threads */
static void
test_many(void **state)
{
	static struct lookup *all[NAMES];
	char text[TEXT];
	unsigned i;

	(void)state;
	for (i = 0; i < NAMES; i++) {
		name_of(text, i);
		all[i] = lookup_start(text, 0);
		assert_non_null(all[i]);
	}
	for (i = NAMES; i-- > 0; ) {
		struct resolved r = wait_for(all[i]);

		check(&r, i);
		lookup_drop(all[i]);
	}
	assert_true(count_of(&most) <= LOOKUP_THREADS);
}

/* some threads hang for ever: the others do all the work */
static void
test_hang(void **state)
{
	struct lookup *stuck[LOOKUP_THREADS - 1];
	unsigned i, before = open_descriptors();
	struct resolved r;

	(void)state;
	set_door(false);
	for (i = 0; i < LOOKUP_THREADS - 1; i++) {
		stuck[i] = lookup_start("hang", 0);
		assert_non_null(stuck[i]);
	}
	wait_hanging(LOOKUP_THREADS - 1);
	test_many(state);
	for (i = 0; i < LOOKUP_THREADS - 1; i++) {
		assert_true(lookup_begun(stuck[i]));
		assert_false(lookup_done(stuck[i], &r));
	}
	/* half of them is let go while it is busy, and leaves nothing open */
	for (i = 0; i < LOOKUP_THREADS / 2; i++)
		lookup_drop(stuck[i]);
	assert_int_equal(open_descriptors(),
	    before + 2 * (LOOKUP_THREADS - 1 - LOOKUP_THREADS / 2));
	set_door(true);
	for (; i < LOOKUP_THREADS - 1; i++) {
		assert_int_equal(wait_for(stuck[i]).outcome, DNS_NXDOMAIN);
		lookup_drop(stuck[i]);
	}
	assert_int_equal(open_descriptors(), before);
}

/* all threads hang: what waits can still be taken back, and what stays gets its turn */
static void
test_queue(void **state)
{
	static struct lookup *waiting[NAMES];
	struct lookup *stuck[LOOKUP_THREADS];
	unsigned i, asked;
	char text[TEXT];
	struct resolved r;

	(void)state;
	set_door(false);
	for (i = 0; i < LOOKUP_THREADS; i++)
		stuck[i] = lookup_start("hang", 0);
	wait_hanging(LOOKUP_THREADS);
	asked = count_of(&calls);
	for (i = 0; i < NAMES; i++) {
		name_of(text, i);
		waiting[i] = lookup_start(text, 0);
		assert_non_null(waiting[i]);
	}
	/* the first, the last, and of the rest every other one */
	for (i = 0; i < NAMES; i++) {
		assert_false(lookup_done(waiting[i], &r));
		assert_false(lookup_begun(waiting[i]));
		if (i % 2 == 0 || i == NAMES - 1) {
			lookup_drop(waiting[i]);
			waiting[i] = NULL;
		}
	}
	/* those that asked have gone; the threads go on with what waits */
	for (i = 0; i < LOOKUP_THREADS; i++)
		lookup_drop(stuck[i]);
	set_door(true);
	for (i = 1; i < NAMES - 1; i += 2) {
		r = wait_for(waiting[i]);
		check(&r, i);
		lookup_drop(waiting[i]);
	}
	assert_int_equal(count_of(&calls) - asked, NAMES / 2 - 1);
}

/* dropped at any moment, also just when it is done */
static void
test_drop(void **state)
{
	unsigned i, before = open_descriptors();
	struct lookup *last;

	(void)state;
	for (i = 0; i < 20 * NAMES; i++) {
		struct lookup *l = lookup_start("10.0.0.1", 0);

		assert_non_null(l);
		if (i % 3 == 0)
			(void)sched_yield();
		lookup_drop(l);
	}
	last = lookup_start("10.0.0.1", 0);
	(void)wait_for(last);
	lookup_drop(last);
	set_door(true);
	assert_int_equal(open_descriptors(), before);
}

/* no descriptor is left: said at once, and nothing is kept */
static void
test_descriptors(void **state)
{
	struct rlimit limit, none;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
	none = limit;
	none.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	assert_null(lookup_start("10.0.0.1", 0));
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);
	test_one(state);
	/* and all of it was done by so few */
	assert_true(count_of(&threads) <= LOOKUP_THREADS);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_reuse),
		cmocka_unit_test(test_one),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_hang),
		cmocka_unit_test(test_queue),
		cmocka_unit_test(test_drop),
		cmocka_unit_test(test_descriptors)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
