/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_drive - real sockets on one side, sessions that only take notes on the
 * other
 *
 * session_event() and the TLS engine are played here: every event leaves a
 * letter, and a script says what is wanted then.  The servers are threads.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include "world/clock.h"
#include "world/drive.h"
#include "world/sockets.h"

enum {
	LONG = 30 * 1000 * 1000,	/* microseconds before a test gives up */
	SOON = 300 * 1000,
	NOTES_MAX = 4096,
	BIG = 200 * 1024
};

/* one session: S start, R resolved, C connected, N not connected, B bytes, T TLS, E orderly end, X reset, W wake, D deadline */
struct actor {
	struct session	 s;
	struct result	 result;
	char		 notes[NOTES_MAX];
	size_t		 nnotes;
	char		 heard[256];	/* the first bytes that came */
	size_t		 nheard;
	size_t		 bytes;		/* all that came */
	bool		 done;
	struct want	(*play)(struct actor *, const struct event *);
};

static char
letter(const struct event *e)
{
	switch (e->kind) {
	case EVENT_START:
		return 'S';
	case EVENT_RESOLVED:
		return 'R';
	case EVENT_CONNECTED:
		return e->connected->winner >= 0 ? 'C' : 'N';
	case EVENT_BYTES:
		return 'B';
	case EVENT_TLS:
		return 'T';
	case EVENT_CLOSED:
		return e->reset ? 'X' : 'E';
	case EVENT_WAKE:
		return 'W';
	default:
		return 'D';
	}
}

/* note - the same letter in a row counts once: packets come as they like */
static void
note(struct actor *a, char c)
{
	if (a->nnotes > 0 && a->notes[a->nnotes - 1] == c && c == 'B')
		return;
	if (a->nnotes < NOTES_MAX - 1)
		a->notes[a->nnotes++] = c;
}

struct want
session_event(struct session *s, const struct event *e)
{
	struct actor *a = (struct actor *)(void *)s;
	size_t i;

	assert_false(a->done);
	assert_true(e->at > 0);
	note(a, letter(e));
	if (e->kind == EVENT_BYTES) {
		a->bytes += e->bytes.len;
		for (i = 0; i < e->bytes.len &&
		    a->nheard < sizeof(a->heard) - 1; i++)
			a->heard[a->nheard++] = e->bytes.p[i];
	}
	return a->play(a, e);
}

/* the engine: every byte with one bit turned; "#" is the handshake, "!" a failure, "." the end */
struct tls {
	struct tls_facts facts;
	bool		 up;
};

static struct tls *
engine_start(struct tls_context *context, const struct target *target)
{
	(void)context;
	(void)target;
	return calloc(1, sizeof(struct tls));
}

static void
engine_free(struct tls *tls)
{
	free(tls);
}

static const struct tls_facts *
engine_facts(const struct tls *tls)
{
	return &tls->facts;
}

static enum tls_step
engine_feed(struct tls *tls, struct span bytes, struct buf *out, struct buf *in)
{
	enum tls_step step = TLS_MORE;
	size_t i;

	if (bytes.len == 0)
		buf_str(out, "hello#");
	for (i = 0; i < bytes.len; i++) {
		switch (bytes.p[i]) {
		case '#':
			step = tls->up ? TLS_MORE : TLS_UP;
			tls->up = true;
			break;
		case '!':
			tls->facts.outcome = TLS_ALERT;
			return TLS_FAILED;
		case '.':
			return TLS_END;
		default:
			buf_char(in, (char)(bytes.p[i] ^ 1));
		}
	}
	return step;
}

static bool
engine_write(struct tls *tls, struct span bytes, struct buf *out)
{
	size_t i;

	assert_true(tls->up);
	for (i = 0; i < bytes.len; i++)
		buf_char(out, (char)(bytes.p[i] ^ 1));
	return true;
}

static void
engine_bye(struct tls *tls, struct buf *out)
{
	assert_true(tls->up);
	buf_str(out, ".");
}

static const struct tls_engine engine = {
	.start = engine_start, .feed = engine_feed, .write = engine_write,
	.bye = engine_bye, .facts = engine_facts, .free = engine_free
};

/* a server: listens at once, serves one connection in a thread */
struct server {
	int		 fd;
	uint16_t	 port;
	pthread_t	 thread;
	void		(*serve)(struct server *, int fd);
	char		 got[256];
	size_t		 ngot;
	size_t		 bytes;
};

static void *
server_run(void *arg)
{
	struct server *s = arg;
	int fd = accept(s->fd, NULL, NULL);

	if (fd != -1) {
		s->serve(s, fd);
		close(fd);
	}
	return NULL;
}

static void
server_start(struct server *s, void (*serve)(struct server *, int))
{
	static const struct address local = { .family = 4,
	    .ip = { 127, 0, 0, 1 } };
	struct sockaddr_storage name;
	socklen_t len = sockets_name(&local, 0, &name);

	memset(s, 0, sizeof(*s));
	s->serve = serve;
	s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	assert_true(s->fd >= 0);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&name, len), 0);
	assert_int_equal(getsockname(s->fd, (struct sockaddr *)&name, &len),
	    0);
	memcpy(&s->port, (char *)&name + 2, sizeof(s->port));
	s->port = (uint16_t)(s->port >> 8 | s->port << 8);
	if (serve == NULL)
		return;
	assert_int_equal(listen(s->fd, 8), 0);
	assert_int_equal(pthread_create(&s->thread, NULL, server_run, s), 0);
}

static void
server_stop(struct server *s)
{
	if (s->serve != NULL)
		pthread_join(s->thread, NULL);
	close(s->fd);
}

/* hear - read up to and with that byte, or to the end */
static void
hear(struct server *s, int fd, char last)
{
	char c;

	while (recv(fd, &c, 1, 0) == 1) {
		s->bytes++;
		if (s->ngot < sizeof(s->got) - 1)
			s->got[s->ngot++] = c;
		if (c == last)
			return;
	}
}

static void
say(int fd, const char *text)
{
	(void)send(fd, text, strlen(text), MSG_NOSIGNAL);
}

static void
polite(struct server *s, int fd)
{
	say(fd, "welcome\n");
	hear(s, fd, '\n');
	say(fd, "bye\n");
}

static void
rude(struct server *s, int fd)
{
	struct linger now = { 1, 0 };

	say(fd, "welcome\n");
	hear(s, fd, '\n');
	(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof(now));
}

static void
endless(struct server *s, int fd)
{
	static const char junk[8192];

	(void)s;
	while (send(fd, junk, sizeof(junk), MSG_NOSIGNAL) > 0)
		continue;
}

static void
silent(struct server *s, int fd)
{
	hear(s, fd, '\0');
}

static const struct session_config plain;	/* of every actor */

/* the company that a run needs */
struct company {
	struct actor	*actors[16];
	size_t		 n;
	size_t		 next;
	size_t		 busy, busiest;
	bool		 no_tls;
};

static struct session *
next(void *arg)
{
	static const struct session_config config;
	struct company *co = arg;

	if (co->next == co->n)
		return NULL;
	co->actors[co->next]->s.config = &config;
	if (++co->busy > co->busiest)
		co->busiest = co->busy;
	return &co->actors[co->next++]->s;
}

static void
done(void *arg, struct session *s)
{
	struct actor *a = (struct actor *)(void *)s;
	struct company *co = arg;

	assert_false(a->done);
	a->done = true;
	co->busy--;
	if (s->partner != NULL)
		s->partner->partner = NULL;
}

static const struct tls_setup *
setup(void *arg, struct sheet *sheet)
{
	static const struct tls_setup ours = { .engine = &engine };
	struct company *co = arg;

	(void)sheet;
	return co->no_tls ? NULL : &ours;
}

static void
join(struct company *co, struct actor *a, uint16_t port,
    struct want (*play)(struct actor *, const struct event *))
{
	memset(a, 0, sizeof(*a));
	a->s.result = &a->result;
	a->result.target.port = port;
	a->result.target.fixed = (struct address){ .family = 4,
	    .ip = { 127, 0, 0, 1 } };
	a->s.config = &plain;
	buf_init(&a->s.out, SESSION_OUT_MAX);
	buf_init(&a->s.log, SESSION_LOG_MAX);
	a->play = play;
	co->actors[co->n++] = a;
}

static void
leave(struct actor *a)
{
	assert_true(a->done);
	buf_free(&a->s.out);
	buf_free(&a->s.log);
}

static struct drive_config
config_of(struct company *co, int64_t patience)
{
	return (struct drive_config){ .deadline = clock_now() + patience,
	    .log_fd = -1, .arg = co, .next = next, .done = done,
	    .tls = setup };
}

static struct want
talk(struct actor *a, const struct event *e)
{
	struct want want = { WANT_READ, 0 };

	if (e->kind == EVENT_START)
		want.kind = WANT_CONNECT;
	if (e->kind == EVENT_CONNECTED && e->connected->winner < 0)
		want.kind = WANT_DONE;
	if (e->kind == EVENT_BYTES && a->bytes == e->bytes.len)
		buf_str(&a->s.out, "quit\n");
	if (e->kind == EVENT_CLOSED || e->kind == EVENT_DEADLINE)
		want.kind = WANT_DONE;
	return want;
}

static void
test_talk(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, polite);
	join(&co, &a, server.port, talk);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCBE");
	assert_string_equal(a.heard, "welcome\nbye\n");
	assert_string_equal(server.got, "quit\n");
	assert_int_equal(a.result.target.address.family, 4);
	leave(&a);
}

static void
test_reset(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, rude);
	join(&co, &a, server.port, talk);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCBX");
	leave(&a);
}

static void
test_refused(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, NULL);
	join(&co, &a, server.port, talk);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SN");
	assert_int_equal(a.result.target.address.family, 0);
	leave(&a);
}

/* sleep_twice - woken by the partner, and by its end */
static struct want
sleep_twice(struct actor *a, const struct event *e)
{
	struct want want = { WANT_READ, 0 };
	size_t i, wakes = 0;

	for (i = 0; i < a->nnotes; i++)
		wakes += a->notes[i] == 'W';
	if (e->kind == EVENT_START)
		want.kind = WANT_CONNECT;
	if (wakes == 2 || e->kind == EVENT_DEADLINE)
		want.kind = WANT_DONE;
	return want;
}

static struct want
talk_and_rouse(struct actor *a, const struct event *e)
{
	a->s.rouses = e->kind == EVENT_BYTES && a->bytes == e->bytes.len;
	return talk(a, e);
}

static void
test_partners(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server quiet, lively;
	struct actor a, b;

	(void)state;
	server_start(&quiet, silent);
	server_start(&lively, polite);
	join(&co, &a, quiet.port, sleep_twice);
	join(&co, &b, lively.port, talk_and_rouse);
	a.s.partner = &b.s;
	b.s.partner = &a.s;
	assert_true(drive(&config));
	server_stop(&quiet);
	server_stop(&lively);
	assert_string_equal(a.notes, "SCWW");
	assert_string_equal(b.notes, "SCBE");
	assert_null(a.s.partner);
	leave(&a);
	leave(&b);
}

/* one sends for ever: the deadline comes all the same, and so does the other one's turn */
static void
test_flood(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, SOON);
	struct server flood, other;
	struct actor a, b;

	(void)state;
	server_start(&flood, endless);
	server_start(&other, polite);
	join(&co, &a, flood.port, talk);
	join(&co, &b, other.port, talk);
	assert_true(drive(&config));
	server_stop(&flood);
	server_stop(&other);
	assert_string_equal(a.notes, "SCBD");
	assert_string_equal(b.notes, "SCBE");
	leave(&a);
	leave(&b);
}

static struct want
boast(struct actor *a, const struct event *e)
{
	struct want want = { WANT_READ, 0 };
	size_t i;

	if (e->kind == EVENT_CONNECTED) {
		for (i = 0; i < BIG - 1; i++)
			buf_char(&a->s.out, 'x');
		buf_char(&a->s.out, '\n');
		return want;
	}
	return talk(a, e);
}

static void
deaf_for_a_while(struct server *s, int fd)
{
	struct pollfd p = { .fd = -1 };

	/* until then the buffers of both sides are full */
	(void)poll(&p, 1, 100);
	hear(s, fd, '\n');
	say(fd, "done\n");
	hear(s, fd, '\n');
}

static void
test_big(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;
	int small = 4096;

	(void)state;
	server_start(&server, NULL);
	(void)setsockopt(server.fd, SOL_SOCKET, SO_RCVBUF, &small,
	    sizeof(small));
	server.serve = deaf_for_a_while;
	assert_int_equal(listen(server.fd, 1), 0);
	assert_int_equal(pthread_create(&server.thread, NULL, server_run,
	    &server), 0);
	join(&co, &a, server.port, boast);
	assert_true(drive(&config));
	server_stop(&server);
	assert_int_equal(server.bytes, BIG + 5);
	assert_string_equal(a.heard, "done\n");
	leave(&a);
}

/* the words at the end are sent, and nobody waits for an answer */
static struct want
say_and_go(struct actor *a, const struct event *e)
{
	struct want want = talk(a, e);

	if (e->kind == EVENT_BYTES)
		want.kind = WANT_DONE;
	return want;
}

static void
test_last_words(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, polite);
	join(&co, &a, server.port, say_and_go);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCB");
	assert_string_equal(server.got, "quit\n");
	leave(&a);
}

static struct want
nap(struct actor *a, const struct event *e)
{
	struct want want = talk(a, e);

	if (e->kind == EVENT_CONNECTED)
		want.wake_at = e->at + 10 * 1000;
	if (e->kind == EVENT_WAKE)
		want.kind = WANT_DONE;
	return want;
}

static void
test_wake(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, silent);
	join(&co, &a, server.port, nap);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCW");
	leave(&a);
}

static struct want
upgrade(struct actor *a, const struct event *e)
{
	struct want want = talk(a, e);

	if (e->kind == EVENT_BYTES && a->bytes == e->bytes.len) {
		buf_clear(&a->s.out);
		buf_str(&a->s.out, "start\n");
		want.kind = WANT_TLS;
	}
	if (e->kind == EVENT_TLS) {
		want.kind = e->tls->outcome == TLS_DONE ? WANT_READ :
		    WANT_DONE;
		buf_str(&a->s.out, "secret");
	}
	return want;
}

/* TLS as the engine above plays it: letters have one bit turned */
static void
secure(struct server *s, int fd)
{
	say(fd, "ready\n");
	hear(s, fd, '\n');
	hear(s, fd, '#');
	say(fd, "#ij");
	hear(s, fd, 'u');
	say(fd, "ij.");
}

static void
secure_fails(struct server *s, int fd)
{
	say(fd, "ready\n");
	hear(s, fd, '#');
	say(fd, "!");
	hear(s, fd, '\0');
}

static void
test_tls(void **state)
{
	static const struct {
		void		(*serve)(struct server *, int);
		const char	*notes, *heard, *got;
	} rows[] = {
		{ secure, "SCBTBE", "ready\nhkhk", "start\nhello#rdbsdu" },
		{ secure_fails, "SCBT", "ready\n", "start\nhello#" }
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct company co = { .n = 0 };
		struct drive_config config = config_of(&co, LONG);
		struct server server;
		struct actor a;

		server_start(&server, rows[i].serve);
		join(&co, &a, server.port, upgrade);
		assert_true(drive(&config));
		server_stop(&server);
		assert_string_equal(a.notes, rows[i].notes);
		assert_string_equal(a.heard, rows[i].heard);
		assert_string_equal(server.got, rows[i].got);
		leave(&a);
	}
}

static void
test_no_tls(void **state)
{
	struct company co = { .no_tls = true };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	server_start(&server, polite);
	join(&co, &a, server.port, upgrade);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCB");
	assert_int_equal(a.result.stages[STAGE_TLS].progress,
	    PROGRESS_FAILED);
	leave(&a);
}

static void
test_slots(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server servers[6];
	struct actor actors[6];
	size_t i;

	(void)state;
	config.slots = 2;
	for (i = 0; i < 6; i++) {
		server_start(&servers[i], polite);
		join(&co, &actors[i], servers[i].port, talk);
	}
	assert_true(drive(&config));
	assert_int_equal(co.busiest, 2);
	assert_int_equal(co.busy, 0);
	for (i = 0; i < 6; i++) {
		server_stop(&servers[i]);
		assert_string_equal(actors[i].notes, "SCBE");
		leave(&actors[i]);
	}
}

static void
test_rate(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor actors[4];
	int64_t start = clock_now();
	size_t i;

	(void)state;
	config.rate = 10;
	server_start(&server, NULL);
	for (i = 0; i < 4; i++)
		join(&co, &actors[i], server.port, talk);
	assert_true(drive(&config));
	/* three gaps of a tenth of a second, of which half a one is grace */
	assert_true(clock_now() - start >= 250 * 1000);
	for (i = 0; i < 4; i++)
		leave(&actors[i]);
	server_stop(&server);
}

static volatile sig_atomic_t stopped;

static void
on_signal(int number)
{
	stopped = number;
}

/* the signal comes while nobody waits: it is seen all the same */
static struct want
shoot(struct actor *a, const struct event *e)
{
	if (e->kind == EVENT_CONNECTED) {
		assert_int_equal(raise(SIGTERM), 0);
		assert_int_equal(stopped, 0);
	}
	return talk(a, e);
}

static void
test_stop(void **state)
{
	struct sigaction action = { .sa_handler = on_signal }, before;
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	config.stop = &stopped;
	stopped = 0;
	assert_int_equal(sigaction(SIGTERM, &action, &before), 0);
	server_start(&server, silent);
	join(&co, &a, server.port, shoot);
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SCD");
	assert_true(clock_now() < config.deadline);
	leave(&a);
	/* nothing begins after it */
	co.n = co.next = 0;
	join(&co, &a, server.port, talk);
	assert_true(drive(&config));
	assert_string_equal(a.notes, "");
	sigaction(SIGTERM, &before, NULL);
}

static struct want
resolve_first(struct actor *a, const struct event *e)
{
	struct want want = talk(a, e);

	if (e->kind == EVENT_START)
		want.kind = WANT_RESOLVE;
	if (e->kind == EVENT_RESOLVED)
		want.kind = e->resolved->outcome == DNS_FOUND ?
		    WANT_CONNECT : WANT_DONE;
	return want;
}

/* localhost is known everywhere, without any name server */
static void
test_resolve(void **state)
{
	struct company co = { .n = 0 };
	struct drive_config config = config_of(&co, LONG);
	struct server server;
	struct actor a;

	(void)state;
	config.family = 4;
	server_start(&server, polite);
	join(&co, &a, server.port, resolve_first);
	a.result.target.fixed.family = 0;
	memcpy(a.result.target.host, "localhost", sizeof("localhost"));
	assert_true(drive(&config));
	server_stop(&server);
	assert_string_equal(a.notes, "SRCBE");
	leave(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_talk),
		cmocka_unit_test(test_reset),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_partners),
		cmocka_unit_test(test_flood),
		cmocka_unit_test(test_big),
		cmocka_unit_test(test_last_words),
		cmocka_unit_test(test_wake),
		cmocka_unit_test(test_tls),
		cmocka_unit_test(test_no_tls),
		cmocka_unit_test(test_slots),
		cmocka_unit_test(test_rate),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_resolve)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
