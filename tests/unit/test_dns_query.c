/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_dns_query - name servers on loopback that answer, refuse, lie or sleep
 *
 * The servers live in the same loop as the query, so that nothing depends on
 * how fast anything is.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "reply/dns_message.h"
#include "world/clock.h"
#include "world/dns_query.h"
#include "world/sockets.h"

enum {
	SERVERS = 3,
	LONG = 60 * 1000 * 1000		/* microseconds before a test gives up */
};

/* what a server does with a question, per type: A, AAAA */
enum act { SLEEP, ADDRESS, NOTHING, NXNAME, FAIL, REFUSE, FORGE, CIRCLE,
	FLOOD };

struct server {
	struct watch	 watch;
	enum act	 act[2];
	unsigned	 asked;
	const char	*only;		/* NXNAME for any other name; NULL: the same for all */
	struct loop	*loop;
	struct sockaddr_storage flooded;	/* who gets FLOOD */
	unsigned	 sent;		/* datagrams of it */
};

struct stage {
	struct loop	*loop;
	struct server	 server[SERVERS];
	struct dns_servers conf;
	bool		 told;
	struct resolved	 r;
};

static size_t
add_address(uint8_t *message, size_t len, bool six)
{
	static const uint8_t four_rr[] = { 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 1,
	    0, 4, 192, 0, 2, 7 };
	static const uint8_t six_rr[] = { 0xc0, 12, 0, 28, 0, 1, 0, 0, 0, 1,
	    0, 16, 0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7 };
	size_t n = six ? sizeof(six_rr) : sizeof(four_rr);

	memcpy(message + len, six ? six_rr : four_rr, n);
	message[7] = 1;
	return len + n;
}

/* an alias of the name to itself */
static size_t
add_circle(uint8_t *message, size_t len)
{
	static const uint8_t rr[] = { 0xc0, 12, 0, 5, 0, 1, 0, 0, 0, 1, 0, 2,
	    0xc0, 12 };

	memcpy(message + len, rr, sizeof(rr));
	message[7] = 1;
	return len + sizeof(rr);
}

/* is_for - is the question in the message about that name? */
static bool
is_for(const uint8_t *message, size_t len, const char *name)
{
	uint8_t want[DNS_QUERY_MAX];
	size_t n = dns_message_query(want, 0, span_of(name), DNS_TYPE_A);

	return n == len && memcmp(message + 12, want + 12, n - 16) == 0;
}

/* flood - a few more datagrams that are no answer, whenever there is room */
static void
flood(struct watch *w, short revents)
{
	struct server *s = (struct server *)(void *)w;
	uint8_t m[512] = { 0 };
	unsigned i;

	(void)revents;
	for (i = 0; i < 20; i++, s->sent++)
		(void)sendto(w->fd, m, i * 20, 0,
		    (struct sockaddr *)&s->flooded,
		    sizeof(struct sockaddr_in));
}

static void
serve(struct watch *w, short revents)
{
	struct server *s = (struct server *)(void *)w;
	struct sockaddr_storage from;
	socklen_t fromlen = sizeof(from);
	uint8_t m[1024];
	ssize_t got = recvfrom(w->fd, m, 512, 0, (struct sockaddr *)&from,
	    &fromlen);
	size_t len = (size_t)got;
	enum act act;
	bool six;

	(void)revents;
	assert_true(got > 16);
	s->asked++;
	six = m[len - 3] == DNS_TYPE_AAAA;
	act = s->act[six];
	if (s->only != NULL && !is_for(m, len, s->only))
		act = NXNAME;
	m[2] |= 0x80;
	if (act == SLEEP)
		return;
	if (act == FLOOD) {
		s->flooded = from;
		w->ready = flood;
		assert_true(loop_watch(s->loop, w, w->fd, POLLOUT));
		return;
	}
	if (act == ADDRESS || act == FORGE)
		len = add_address(m, len, six);
	if (act == CIRCLE)
		len = add_circle(m, len);
	if (act == FORGE)
		m[0] ^= 1;
	if (act == NXNAME)
		m[3] |= 3;
	if (act == FAIL)
		m[3] |= 2;
	if (act == REFUSE)
		m[3] |= 5;
	assert_int_equal(sendto(w->fd, m, len, 0, (struct sockaddr *)&from,
	    fromlen), len);
}

/* bind_all - each server at its own address, all at one port */
static bool
bind_all(struct stage *st)
{
	struct sockaddr_storage name;
	socklen_t len;
	size_t i;

	for (i = 0; i < SERVERS; i++) {
		struct watch *w = &st->server[i].watch;
		int fd = sockets_new(4, SOCK_DGRAM);
		uint16_t port;

		assert_true(fd >= 0);
		len = sockets_name(&st->conf.list[i], st->conf.port, &name);
		if (bind(fd, (struct sockaddr *)&name, len) == -1) {
			close(fd);
			return false;
		}
		assert_int_equal(getsockname(fd, (struct sockaddr *)&name,
		    &len), 0);
		memcpy(&port, (char *)&name + 2, sizeof(port));
		st->conf.port = (uint16_t)(port >> 8 | port << 8);
		w->ready = serve;
		st->server[i].loop = st->loop;
		assert_true(loop_watch(st->loop, w, fd, POLLIN));
	}
	return true;
}

static void
unbind_all(struct stage *st)
{
	size_t i;

	for (i = 0; i < SERVERS; i++) {
		int fd = st->server[i].watch.fd;

		loop_unwatch(st->loop, &st->server[i].watch);
		if (fd != -1)
			close(fd);
	}
	st->conf.port = 0;
}

static void
stage_set(struct stage *st)
{
	unsigned i, tries = 0;

	memset(st, 0, sizeof(*st));
	st->loop = loop_new();
	assert_non_null(st->loop);
	st->conf.n = SERVERS;
	st->conf.ndots = 1;
	for (i = 0; i < SERVERS; i++) {
		st->server[i].watch.fd = -1;
		st->conf.list[i] = (struct address){ .family = 4,
		    .ip = { 127, 0, 0, (uint8_t)(i + 2) } };
	}
	while (!bind_all(st)) {
		unbind_all(st);
		assert_true(tries++ < 20);
	}
}

static void
stage_clear(struct stage *st)
{
	unbind_all(st);
	loop_free(st->loop);
}

static void
told(void *arg, const struct resolved *r)
{
	struct stage *st = arg;

	assert_false(st->told);
	st->told = true;
	st->r = *r;
}

static void
ask(struct stage *st, const char *host, int family)
{
	int64_t end = clock_now() + LONG;

	st->told = false;
	assert_non_null(dns_query_start(st->loop, &st->conf, host, family,
	    told, st));
	assert_false(st->told);
	while (!st->told && clock_now() < end)
		loop_once(st->loop, end);
	assert_true(st->told);
}

struct row {
	enum act	 act[SERVERS][2];
	int		 family;
	enum dns_outcome outcome;
	size_t		 n;
	const char	*detail;
};

static const struct row rows[] = {
	{ { { ADDRESS, ADDRESS } }, 0, DNS_FOUND, 2, "" },
	{ { { ADDRESS, ADDRESS } }, 4, DNS_FOUND, 1, "" },
	{ { { ADDRESS, ADDRESS } }, 6, DNS_FOUND, 1, "" },
	{ { { ADDRESS, NOTHING } }, 0, DNS_FOUND, 1, "" },
	{ { { NOTHING, NOTHING } }, 0, DNS_NO_ADDRESS, 0,
	    "127.0.0.2 says so" },
	{ { { ADDRESS, NOTHING } }, 6, DNS_NO_ADDRESS, 0,
	    "127.0.0.2 says so" },
	{ { { NXNAME, NXNAME } }, 0, DNS_NXDOMAIN, 0,
	    "127.0.0.2 answers NXDOMAIN" },
	{ { { NXNAME, SLEEP } }, 0, DNS_NXDOMAIN, 0,
	    "127.0.0.2 answers NXDOMAIN" },
	/* the next one is asked when one fails, and may know better */
	{ { { FAIL, FAIL }, { REFUSE, REFUSE }, { ADDRESS, ADDRESS } }, 0,
	    DNS_FOUND, 2, "" },
	{ { { FAIL, FAIL }, { NXNAME, NXNAME } }, 0, DNS_NXDOMAIN, 0,
	    "127.0.0.3 answers NXDOMAIN" },
	{ { { FAIL, FAIL }, { REFUSE, REFUSE }, { CIRCLE, CIRCLE } }, 0,
	    DNS_SERVER_FAILURE, 0, "127.0.0.2 answers SERVFAIL, 127.0.0.3 "
	    "answers REFUSED, 127.0.0.4 answers with aliases that never end" },
	/* one family fails, the other does not */
	{ { { ADDRESS, FAIL }, { FAIL, FAIL }, { FAIL, FAIL } }, 0,
	    DNS_FOUND, 1, "" },
	{ { { NOTHING, FAIL }, { FAIL, FAIL }, { FAIL, FAIL } }, 0,
	    DNS_NO_ADDRESS, 0, "127.0.0.2 says so" }
};

static void
test_answers(void **state)
{
	struct stage st;
	size_t i, j;

	(void)state;
	stage_set(&st);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (j = 0; j < SERVERS; j++)
			memcpy(st.server[j].act, rows[i].act[j],
			    sizeof(rows[i].act[j]));
		ask(&st, "mail.example", rows[i].family);
		assert_int_equal(st.r.outcome, rows[i].outcome);
		assert_int_equal(st.r.n, rows[i].n);
		assert_string_equal(st.r.detail, rows[i].detail);
	}
	stage_clear(&st);
}

/* a sleeping server costs a second; a forged answer counts for nothing */
static void
test_sleepers(void **state)
{
	static const enum act found[2] = { ADDRESS, ADDRESS };
	static const enum act half[2] = { ADDRESS, SLEEP };
	static const enum act forged[2] = { FORGE, FORGE };
	struct stage st;

	(void)state;
	stage_set(&st);
	memcpy(st.server[1].act, found, sizeof(found));
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_FOUND);
	assert_int_equal(st.server[2].asked, 0);
	memcpy(st.server[0].act, half, sizeof(half));
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_FOUND);
	assert_int_equal(st.r.n, 1);
	memcpy(st.server[0].act, forged, sizeof(forged));
	st.conf.n = 1;
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_NO_ANSWER);
	assert_string_equal(st.r.detail, "127.0.0.2 is silent");
	stage_clear(&st);
}

/* what is no answer keeps nobody waiting, however much of it there is */
static void
test_flood(void **state)
{
	static const enum act floods[2] = { FLOOD, FLOOD };
	static const enum act found[2] = { ADDRESS, ADDRESS };
	struct stage st;
	int64_t begin = clock_now();

	(void)state;
	stage_set(&st);
	memcpy(st.server[0].act, floods, sizeof(floods));
	memcpy(st.server[1].act, found, sizeof(found));
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_FOUND);
	assert_true(st.server[0].sent > 1000);
	st.conf.n = 1;
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_NO_ANSWER);
	assert_string_equal(st.r.detail, "127.0.0.2 is silent");
	assert_true(clock_now() - begin < LONG / 2);
	stage_clear(&st);
}

static void
test_no_server(void **state)
{
	struct stage st;
	uint16_t port;
	int fd;

	(void)state;
	stage_set(&st);
	/* the third address is let go, and so nobody's at that port */
	port = st.conf.port;
	fd = st.server[2].watch.fd;
	loop_unwatch(st.loop, &st.server[2].watch);
	close(fd);
	st.conf.list[0] = st.conf.list[2];
	st.conf.n = 1;
	st.conf.port = port;
	ask(&st, "mail.example", 0);
	assert_int_equal(st.r.outcome, DNS_NO_ANSWER);
	assert_string_equal(st.r.detail, "127.0.0.4 runs no name server");
	stage_clear(&st);
}

static void
test_search(void **state)
{
	static const enum act found[2] = { ADDRESS, ADDRESS };
	static const struct {
		const char	*host;
		const char	*only;
		enum dns_outcome outcome;
		unsigned	 asked;		/* questions: two for each name */
	} cases[] = {
		{ "mail", "mail.b.example", DNS_FOUND, 4 },
		{ "mail", "mail", DNS_FOUND, 6 },
		{ "mail.sub", "mail.sub", DNS_FOUND, 2 },
		{ "mail.sub", "mail.sub.a.example", DNS_FOUND, 4 },
		{ "mail.sub.", "mail.sub.a.example", DNS_NXDOMAIN, 2 },
		{ "mail", "none", DNS_NXDOMAIN, 6 }
	};
	struct stage st;
	size_t i;

	(void)state;
	stage_set(&st);
	st.conf.n = 1;
	st.conf.nsearch = 2;
	memcpy(st.conf.search[0], "a.example", 10);
	memcpy(st.conf.search[1], "b.example", 10);
	memcpy(st.server[0].act, found, sizeof(found));
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		st.server[0].only = cases[i].only;
		st.server[0].asked = 0;
		ask(&st, cases[i].host, 0);
		assert_int_equal(st.r.outcome, cases[i].outcome);
		assert_int_equal(st.server[0].asked, cases[i].asked);
	}
	stage_clear(&st);
}

static void
test_unnameable(void **state)
{
	struct stage st;
	char host[HOST_MAX];

	(void)state;
	stage_set(&st);
	memset(host, 'a', 70);
	host[70] = '\0';
	ask(&st, host, 0);
	assert_int_equal(st.r.outcome, DNS_NXDOMAIN);
	assert_int_equal(st.server[0].asked, 0);
	stage_clear(&st);
}

static void
test_cancel(void **state)
{
	struct dns_query *q;
	struct resolved r;
	struct stage st;

	(void)state;
	stage_set(&st);
	q = dns_query_start(st.loop, &st.conf, "mail.example", 0, told, &st);
	assert_non_null(q);
	/* the first round asks, the second brings the question there */
	loop_once(st.loop, 0);
	loop_once(st.loop, 0);
	dns_query_so_far(q, &r);
	assert_int_equal(r.outcome, DNS_NO_ANSWER);
	assert_string_equal(r.detail, "127.0.0.2 is silent");
	dns_query_cancel(q);
	loop_once(st.loop, clock_now());
	assert_false(st.told);
	stage_clear(&st);
}

static const struct {
	const char	*text;
	size_t		 n;
	const char	*first;
	size_t		 nsearch;
	unsigned	 ndots;
} confs[] = {
	{ "", 1, "127.0.0.1", 0, 1 },
	{ "nameserver 192.0.2.1\n", 1, "192.0.2.1", 0, 1 },
	{ "nameserver\t192.0.2.1", 1, "192.0.2.1", 0, 1 },
	{ "# nameserver 192.0.2.9\n;x\nnameserver 2001:db8::1\n"
	    "nameserver 192.0.2.1\nnameserver 192.0.2.2\n"
	    "nameserver 192.0.2.3\n", 3, "2001:db8::1", 0, 1 },
	{ "nameserver bogus\nnameserver 192.0.2.1\n", 1, "192.0.2.1",
	    0, 1 },
	{ "nameserver fe80::1%no-such-interface\n", 1, "127.0.0.1",
	    0, 1 },
	{ "domain a.example\nsearch b.example  c.example.\n"
	    "options rotate ndots:3 timeout:1\n", 1, "127.0.0.1", 2,
	    3 },
	{ "search b.example c.example\ndomain a.example\n", 1,
	    "127.0.0.1", 1, 1 },
	{ "options ndots:99999\n", 1, "127.0.0.1", 0, 15 },
	{ "options ndots:x\nsearch a|b <c>\n", 1, "127.0.0.1", 0, 1 },
	{ "search a b c d e f g h\n", 1, "127.0.0.1", 6, 1 }
};

static void
test_conf(void **state)
{
	struct dns_servers s;
	char text[ADDRESS_TEXT];
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(confs) / sizeof(confs[0]); i++) {
		dns_servers_parse(span_of(confs[i].text), &s);
		assert_int_equal(s.n, confs[i].n);
		assert_string_equal(address_text(&s.list[0], text),
		    confs[i].first);
		assert_int_equal(s.nsearch, confs[i].nsearch);
		assert_int_equal(s.ndots, confs[i].ndots);
		assert_int_equal(s.port, DNS_PORT);
	}
	dns_servers_read("/nonexistent/resolv.conf", &s);
	assert_int_equal(s.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_answers),
		cmocka_unit_test(test_sleepers),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_no_server),
		cmocka_unit_test(test_search),
		cmocka_unit_test(test_unnameable),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_conf)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
