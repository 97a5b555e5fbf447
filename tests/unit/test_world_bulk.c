/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_world_bulk - real sockets on loopback; servers are threads that answer
 * each connection as a script says
 *
 * Loopback loses nothing, so a server that does not answer is all that can be
 * seen of a black hole here; tests/t/mtu has real ones.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cmocka.h>

#include <openssl/ssl.h>

#include "dialog/padded_hello.h"
#include "world/bulk.h"
#include "world/clock.h"
#include "world/sockets.h"

enum {
	PATIENCE = 150 * 1000,	/* microseconds */
	LONG = 30 * 1000 * 1000	/* before a test gives up */
};

static const struct address here = { .family = 4, .ip = { 127, 0, 0, 1 } };

/*
 * What each connection gets: '.' a greeting, an answer and an orderly end;
 * '-' a greeting and silence; 'x' a greeting, an answer and a reset; '!' a
 * refusal; 'e' an end before a word; 's' nothing at all; '*' answers without
 * end.
 */
struct server {
	const char	*script;
	int		 fd;
	uint16_t	 port;
	pthread_t	 thread;
	int		 held[8];	/* connections kept in silence */
	size_t		 nheld;
};

static void
write_all(int fd, const char *text)
{
	(void)!send(fd, text, strlen(text), MSG_NOSIGNAL);
}

/* read_farewell - up to LOGOUT */
static void
read_farewell(int fd)
{
	char bytes[64 * 1024];
	size_t len = 0;
	ssize_t n;

	while (len < sizeof(bytes) &&
	    (n = read(fd, bytes + len, sizeof(bytes) - len)) > 0) {
		len += (size_t)n;
		if (memmem(bytes, len, " LOGOUT\r\n", 9) != NULL)
			return;
	}
}

static void
serve(struct server *s, int fd, char how)
{
	static const char filler[4096] = { [0 ... 4094] = 'x' };
	struct linger linger = { 1, 0 };

	if (how == 's' || how == '-')
		s->held[s->nheld++] = fd;
	if (how == 's')
		return;
	if (how != 'e')
		write_all(fd, how == '!' ? "* BYE no\r\n" : "* OK\r\n");
	if (how == '-')
		return;
	if (how != 'e' && how != '!')
		read_farewell(fd);
	while (how == '*' && send(fd, filler, sizeof(filler),
	    MSG_NOSIGNAL) > 0)
		continue;
	if (how == '.' || how == 'x')
		write_all(fd, "b1 OK done\r\n");
	if (how == 'x') {
		/* read before the reset takes it away */
		usleep(50 * 1000);
		(void)setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger,
		    sizeof(linger));
	}
	close(fd);
}

static void *
run(void *arg)
{
	struct server *s = arg;
	const char *how;

	for (how = s->script; *how != '\0'; how++) {
		int fd = accept(s->fd, NULL, NULL);

		if (fd == -1)
			break;
		serve(s, fd, *how);
	}
	return NULL;
}

static void
start(struct server *s, const char *script)
{
	struct sockaddr_storage name;
	struct endpoint ours, theirs;
	socklen_t len = sockets_name(&here, 0, &name);

	memset(s, 0, sizeof(*s));
	s->script = script;
	s->fd = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(s->fd >= 0);
	assert_int_equal(bind(s->fd, (struct sockaddr *)&name, len), 0);
	assert_int_equal(listen(s->fd, 8), 0);
	sockets_ends(s->fd, &ours, &theirs);
	s->port = ours.port;
	assert_int_equal(pthread_create(&s->thread, NULL, run, s), 0);
}

static void
stop(struct server *s)
{
	/* one that still waits for a connection is not joined for ever */
	(void)shutdown(s->fd, SHUT_RDWR);
	pthread_join(s->thread, NULL);
	while (s->nheld > 0)
		close(s->held[--s->nheld]);
	close(s->fd);
}

struct outcome {
	bool			told;
	struct bulk_facts	f;
};

static void
told(void *arg, const struct bulk_facts *f)
{
	struct outcome *o = arg;

	assert_false(o->told);
	o->told = true;
	o->f = *f;
}

static struct bulk_facts
probe(const struct bulk_wish *wish)
{
	struct outcome o = { .told = false };
	struct loop *loop = loop_new();
	int64_t end = clock_now() + LONG;

	assert_non_null(loop);
	assert_non_null(bulk_start(loop, wish, told, &o));
	assert_false(o.told);
	while (!o.told && clock_now() < end)
		loop_once(loop, end);
	assert_true(o.told);
	loop_free(loop);
	return o.f;
}

/* a script, how the tries end, and what is concluded */
static const struct {
	const char	*script;
	enum bulk_end	 ends[BULK_TRIALS];
	enum cause	 cause;
} rows[] = {
	{ ".", { BULK_PASSED }, CAUSE_NONE },
	{ "x", { BULK_CUT }, CAUSE_NONE },
	{ "!", { BULK_EARLY }, CAUSE_NONE },
	{ "e", { BULK_EARLY }, CAUSE_NONE },
	{ "s", { BULK_EARLY }, CAUSE_NONE },
	{ "*", { BULK_PASSED }, CAUSE_NONE },
	{ "--", { BULK_STALLED, BULK_STALLED }, CAUSE_NONE },
	{ "-s", { BULK_STALLED, BULK_EARLY }, CAUSE_NONE },
	{ "-..", { BULK_STALLED, BULK_PASSED, BULK_PASSED }, CAUSE_NONE },
	{ "-.-", { BULK_STALLED, BULK_PASSED, BULK_STALLED },
	    CAUSE_CONNECT_MTU },
	{ "-x-", { BULK_STALLED, BULK_CUT, BULK_STALLED },
	    CAUSE_CONNECT_MTU }
};

static void
test_rows(void **state)
{
	size_t i, j;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct bulk_wish wish = { .address = here,
		    .speech = SPEECH_IMAP, .patience = PATIENCE };
		struct bulk_facts f;
		struct server s;

		start(&s, rows[i].script);
		wish.port = s.port;
		f = probe(&wish);
		stop(&s);
		for (j = 0; j < BULK_TRIALS; j++)
			if (f.tries[j].end != rows[i].ends[j])
				fail_msg("%s: try %d ends %d", rows[i].script,
				    (int)j, (int)f.tries[j].end);
		assert_int_equal(bulk_cause(&f), rows[i].cause);
	}
}

/* what was counted, and that the second try is made with small segments */
static void
test_counts(void **state)
{
	struct bulk_wish wish = { .address = here, .speech = SPEECH_IMAP,
	    .patience = PATIENCE };
	const struct bulk_try *full, *small;
	struct bulk_facts f;
	struct server s;

	(void)state;
	start(&s, "-.-");
	wish.port = s.port;
	f = probe(&wish);
	stop(&s);
	full = &f.tries[BULK_FULL];
	small = &f.tries[BULK_SMALL];
	assert_true(full->sent > 3000);
	assert_int_equal(full->sent, small->sent);
	assert_int_equal(full->received, 0);
	assert_int_equal(small->received, strlen("b1 OK done\r\n"));
	if (!full->counted)
		return;
	assert_int_equal(full->unacked, 0);
	assert_true(small->mss <= BULK_SMALL_4);
	assert_true(full->mss > BULK_SMALL_4);
	assert_int_equal(bulk_way(&f), BULK_FROM);
}

static void
test_unconnected(void **state)
{
	static const struct address foreign = { .family = 4,
	    .ip = { 203, 0, 113, 7 } };
	struct bulk_wish wish = { .address = here, .speech = SPEECH_IMAP,
	    .patience = PATIENCE };
	struct bulk_facts f;
	struct server s;

	(void)state;
	start(&s, "");
	wish.port = s.port;
	wish.source = foreign;
	f = probe(&wish);
	assert_int_equal(f.tries[BULK_FULL].end, BULK_UNCONNECTED);
	assert_int_equal(f.tries[BULK_SMALL].end, BULK_UNTRIED);
	stop(&s);
	wish.source.family = 0;
	f = probe(&wish);
	assert_int_equal(f.tries[BULK_FULL].end, BULK_UNCONNECTED);
}

static unsigned
open_descriptors(void)
{
	unsigned n = 0;
	int fd;

	for (fd = 0; fd < 1024; fd++)
		n += fcntl(fd, F_GETFD) != -1;
	return n;
}

/* stopped in the midst, it leaves nothing behind and tells nobody */
static void
test_cancel(void **state)
{
	struct bulk_wish wish = { .address = here, .speech = SPEECH_IMAP };
	struct outcome o = { .told = false };
	struct loop *loop = loop_new();
	unsigned before;
	struct bulk *b;
	struct server s;
	int i;

	(void)state;
	before = open_descriptors();
	start(&s, "-");
	wish.port = s.port;
	b = bulk_start(loop, &wish, told, &o);
	assert_non_null(b);
	for (i = 0; i < 3; i++)
		loop_once(loop, clock_now() + 20 * 1000);
	bulk_cancel(b);
	bulk_cancel(NULL);
	stop(&s);
	loop_once(loop, clock_now() + 20 * 1000);
	assert_false(o.told);
	assert_int_equal(open_descriptors(), before);
	loop_free(loop);
}

/* who speaks HTTP is not asked */
static void
test_others(void **state)
{
	struct bulk_wish wish = { .address = here, .port = 1,
	    .speech = SPEECH_HTTP };
	struct loop *loop = loop_new();

	(void)state;
	assert_null(bulk_start(loop, &wish, told, NULL));
	loop_free(loop);
}

static int
on_name(SSL *ssl, int *alert, void *arg)
{
	const char *name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);

	(void)alert;
	if (name != NULL)
		*(bool *)arg = strcmp(name, "mail.example.org") == 0;
	return SSL_TLSEXT_ERR_OK;
}

static SSL_CTX *
tls_server(int version, const char *group, bool *named)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_server_method());
	const char *pki = getenv("PKI");
	char path[512], groups[32];

	assert_non_null(ctx);
	(void)snprintf(path, sizeof(path), "%s/wildcard.pem",
	    pki != NULL ? pki : ".");
	assert_int_equal(SSL_CTX_use_certificate_chain_file(ctx, path), 1);
	(void)snprintf(path, sizeof(path), "%s/wildcard.key",
	    pki != NULL ? pki : ".");
	assert_int_equal(SSL_CTX_use_PrivateKey_file(ctx, path,
	    SSL_FILETYPE_PEM), 1);
	assert_int_equal(SSL_CTX_set_min_proto_version(ctx, version), 1);
	assert_int_equal(SSL_CTX_set_max_proto_version(ctx, version), 1);
	/* OpenSSL takes no constant text there */
	(void)snprintf(groups, sizeof(groups), "%s", group);
	assert_int_equal(SSL_CTX_set1_groups_list(ctx, groups), 1);
	SSL_CTX_set_tlsext_servername_callback(ctx, on_name);
	SSL_CTX_set_tlsext_servername_arg(ctx, named);
	return ctx;
}

/* a real server takes the hello, sends its certificate, and hears the farewell */
static void
greet(int version, const char *group)
{
	bool named = false;
	SSL_CTX *ctx = tls_server(version, group, &named);
	SSL *ssl = SSL_new(ctx);
	BIO *in = BIO_new(BIO_s_mem()), *out = BIO_new(BIO_s_mem());
	struct buf hello;
	int n;

	buf_init(&hello, PADDED_HELLO_MAX);
	padded_hello_write(&hello, "mail.example.org", 4000);
	assert_int_equal(BIO_write(in, buf_span(&hello).p, (int)hello.len),
	    4000);
	SSL_set_bio(ssl, in, out);
	n = SSL_accept(ssl);
	assert_true(n <= 0);
	assert_int_equal(SSL_get_error(ssl, n), SSL_ERROR_ZERO_RETURN);
	assert_true(named);
	/* its certificate alone has more */
	assert_true(BIO_pending(out) > 700);
	assert_int_equal(BIO_pending(in), 0);
	SSL_free(ssl);
	SSL_CTX_free(ctx);
	buf_free(&hello);
}

static void
test_hello(void **state)
{
	(void)state;
	greet(TLS1_2_VERSION, "X25519");
	greet(TLS1_2_VERSION, "P-256");
	greet(TLS1_3_VERSION, "X25519");
	greet(TLS1_3_VERSION, "P-256");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_unconnected),
		cmocka_unit_test(test_cancel),
		cmocka_unit_test(test_others),
		cmocka_unit_test(test_hello)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
