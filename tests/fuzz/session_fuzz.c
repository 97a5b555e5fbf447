/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * session_fuzz - play a session from bytes
 */
#include <stdlib.h>
#include <string.h>

#include "report_look.h"
#include "session_fuzz.h"

/* bits of the first byte; the low three are the TLS mode, 3 more for a longer session, 6 more with a second one */
enum {
	TLS_BITS	= 0x07,
	FLAG_CLEARTEXT	= 0x10,
	FLAG_STRONGEST	= 0x20,
	FLAG_NO_MODULE	= 0x40,
	FLAG_8BIT	= 0x80,
	FLAG_WISHES	= 0x08
};

static const char secret[] = "s3cret", user_8bit[] = "al\303\257ce";

/* sasl_start - the exchange is a block that has to be given back */
static void *
sasl_start(const char *mechanism, const char *service, const char *host,
    struct span user, struct span password)
{
	(void)service;
	(void)host;
	if (user.len == 0 || password.len == 0)
		abort();
	return mechanism[0] == 'D' ? NULL : malloc(1);
}

/* sasl_step - the challenge says what comes of it */
static enum sasl_result
sasl_step(void *exchange, struct span challenge, struct buf *out)
{
	if (exchange == NULL)
		abort();
	if (challenge.len == 0)
		return SASL_GO_ON;
	buf_span_add(out, challenge);
	buf_str(out, secret);
	return (enum sasl_result)((unsigned char)challenge.p[0] %
	    (SASL_FAILED + 1));
}

static const struct sasl_functions fake_sasl = { sasl_start, sasl_step, free };

static const struct sasl_functions *
load_sasl(struct buf *why)
{
	(void)why;
	return &fake_sasl;
}

static const struct sasl_functions *
load_nothing(struct buf *why)
{
	buf_str(why, "the module is not installed");
	return NULL;
}

static void
make_target(struct target *t, const struct protocol *protocol, uint8_t flags)
{
	static const char host[] = "mail.example.test";

	memset(t, 0, sizeof(*t));
	memcpy(t->host, host, sizeof(host));
	memcpy(t->sni, host, sizeof(host));
	address_parse(span_of("192.0.2.7"), &t->fixed);
	t->port = protocol->port_tls;
	t->tls = (enum tls_mode)(flags % 3);
	t->protocol = protocol->name;
	t->user = "alice";
}

/* tell - one event, and what the world does after it */
static void
tell(struct session *s, struct event *e)
{
	struct session *partner = s->partner;
	struct want want = session_event(s, e);

	look_at_text(buf_span(&s->log), span_of(secret));
	buf_clear(&s->out);
	buf_clear(&s->log);
	if (want.kind == WANT_DONE && partner != NULL) {
		s->partner = partner->partner = NULL;
		s->rouses = true;
	}
	if (s->rouses && partner != NULL) {
		s->rouses = false;
		tell(partner, &(struct event){ .kind = EVENT_WAKE,
		    .at = e->at });
	}
}

static void
step(struct session *s, uint8_t what, struct span bytes, int64_t at)
{
	static const struct tls_facts good = { .outcome = TLS_DONE,
	    .alert = -1, .verified = true };
	static const struct tls_facts bad = { .outcome = TLS_ALERT,
	    .alert = 40, .server_spoke = true };
	struct event e = { .kind = EVENT_BYTES, .at = at, .bytes = bytes };

	if (what == 'T' || what == 'F') {
		e.kind = EVENT_TLS;
		e.tls = what == 'T' ? &good : &bad;
	} else if (what == 'C' || what == 'R') {
		e.kind = EVENT_CLOSED;
		e.reset = what == 'R';
		e.tls = &bad;
	} else if (what == 'W') {
		e.kind = EVENT_WAKE;
	} else if (what == 'D') {
		e.kind = EVENT_DEADLINE;
	}
	tell(s, &e);
}

static void
begin(struct session *s, int64_t at)
{
	static struct connected c;
	struct event e = { .kind = EVENT_START, .at = at };

	session_event(s, &e);
	memset(&c, 0, sizeof(c));
	c.n = 1;
	c.attempts[0].ended = at + 1;
	e.kind = EVENT_CONNECTED;
	e.at = at + 1;
	e.connected = &c;
	session_event(s, &e);
}

/* call - the first session calls for the second */
static void
call(struct session *first, struct session *second, int64_t at)
{
	first->calls = false;
	first->partner = second;
	second->partner = first;
	begin(second, at);
}

/* play - the steps, and the deadline for who is not over before */
static void
play(struct session *first, struct session *second, const uint8_t *data,
    size_t size)
{
	bool small, called = false;
	int64_t at = 3;
	size_t n;

	begin(first, 1);
	for (; size >= 2; data += 2 + n, size -= 2 + n) {
		n = data[1] < size - 2 ? data[1] : size - 2;
		small = called && data[0] >= 'a' && data[0] <= 'z';
		step(small ? second : first,
		    (uint8_t)(small ? data[0] - 'a' + 'A' : data[0]),
		    (struct span){ (const char *)data + 2, n }, at += 1000);
		if (first->calls && second->config != NULL) {
			call(first, second, at);
			called = true;
		}
	}
	step(first, 'D', (struct span){ NULL, 0 }, at);
	if (called)
		step(second, 'D', (struct span){ NULL, 0 }, at);
}

/* paper_md5 - a digest that tells nothing */
static bool
paper_md5(struct span first, struct span second, char hex[LOGIN_DIGEST_MAX])
{
	(void)first;
	(void)second;
	memset(hex, '0', LOGIN_DIGEST_MAX - 1);
	hex[LOGIN_DIGEST_MAX - 1] = '\0';
	return true;
}

/* play_run - in results of its own; where one calls for another there are two sessions */
static void
play_run(const struct fuzzed *what, const struct session_config *config,
    const uint8_t *data, size_t size)
{
	struct session_config other = *config;
	struct session first, second;
	struct target target;
	struct run run;

	memset(&run, 0, sizeof(run));
	run.plugin = what->plugin;
	run.version = "1";
	make_target(&target, what->protocol, data[0] & TLS_BITS);
	if (run_new_result(&run, &target) == NULL || (what->second != NULL &&
	    run_new_result(&run, &target) == NULL))
		abort();
	session_init(&first, config, &run.results[0]);
	memset(&second, 0, sizeof(second));
	other.ladder = what->second;
	if (what->second != NULL)
		session_init(&second, &other, &run.results[1]);
	play(&first, &second, data + 1, size - 1);
	if (what->conclude != NULL)
		what->conclude(&first);
	session_free(&first);
	if (what->second != NULL)
		session_free(&second);
	look_at_report(&run, (1u << STAGE_COUNT) - 1, span_of(secret));
	run_free(&run);
}

int
session_fuzz(const struct fuzzed *what, const uint8_t *data, size_t size)
{
	struct login login = { .user = span_of("alice"), .md5 = paper_md5,
	    .password = span_of(secret), .mailbox = span_of("INBOX") };
	struct session_config config = { .protocol = what->protocol,
	    .ladder = what->ladder, .login = &login, .secret = span_of(secret),
	    .deadline = 10 * 1000 * 1000, .log = true, .verify = true };

	if (size < 1)
		return 0;
	config.allow_cleartext = (data[0] & FLAG_CLEARTEXT) != 0;
	login.strongest = (data[0] & FLAG_STRONGEST) != 0;
	login.sasl = data[0] & FLAG_NO_MODULE ? load_nothing : load_sasl;
	if ((data[0] & FLAG_8BIT) != 0)
		login.user = span_of(user_8bit);
	what->wish(&login, (data[0] & FLAG_WISHES) != 0,
	    (data[0] & TLS_BITS) / 3);
	play_run(what, &config, data, size);
	return 0;
}
