/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_session - whole IMAP sessions, as events
 *
 * The first byte chooses options, then come steps: a byte that says what
 * happens, a byte of length, and so many bytes.  An upper-case letter of the
 * first 'B' in "B" feeds bytes; T is a good handshake, F a failed one, C an
 * orderly end, R a reset, W the wake-up, D the deadline.
 */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dialog/imap.h"
#include "dialog/imap_fetch.h"
#include "dialog/imap_mailbox.h"
#include "fuzz.h"

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_id_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_fetch_ladder),
	RUNG_LADDER(imap_idle_ladder),
	RUNG_END
};

static void
make_target(struct target *t, uint8_t flags)
{
	static const char host[] = "mail.example.test";

	memset(t, 0, sizeof(*t));
	memcpy(t->host, host, sizeof(host));
	memcpy(t->sni, host, sizeof(host));
	address_parse(span_of("192.0.2.7"), &t->fixed);
	t->port = 993;
	t->tls = (enum tls_mode)(flags % 3);
	t->protocol = "imap";
	t->user = "alice";
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
	session_event(s, &e);
	buf_clear(&s->out);
	buf_clear(&s->log);
}

static void
begin(struct session *s)
{
	static struct connected c;
	struct event e = { .kind = EVENT_START, .at = 1 };

	session_event(s, &e);
	memset(&c, 0, sizeof(c));
	c.n = 1;
	c.attempts[0].ended = 2;
	e.kind = EVENT_CONNECTED;
	e.at = 2;
	e.connected = &c;
	session_event(s, &e);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char secret[] = "s3cret";
	static const struct imap_wishes wishes = { .fetch = 2,
	    .search = "UNSEEN" };
	struct login login = { .user = span_of("alice"),
	    .password = span_of(secret), .mailbox = span_of("INBOX") };
	struct session_config config = { .protocol = &imap_protocol,
	    .ladder = ladder, .login = &login, .secret = span_of(secret),
	    .deadline = 10 * 1000 * 1000, .log = true, .verify = true };
	struct run run;
	struct target target;
	struct session s;
	int64_t at = 3;
	size_t n;

	if (size < 1)
		return 0;
	if ((data[0] & 0x20) != 0)
		login.wishes = &wishes;
	config.allow_cleartext = (data[0] & 0x10) != 0;
	login.idle = (data[0] & 0x20) != 0 ? 1500 : 0;
	memset(&run, 0, sizeof(run));
	make_target(&target, data[0] & 0x0f);
	if (run_new_result(&run, &target) == NULL)
		return 0;
	session_init(&s, &config, &run.results[0]);
	begin(&s);
	for (data++, size--; size >= 2; data += 2 + n, size -= 2 + n) {
		n = data[1] < size - 2 ? data[1] : size - 2;
		step(&s, data[0], (struct span){ (const char *)data + 2, n },
		    at += 1000);
	}
	step(&s, 'D', (struct span){ NULL, 0 }, at);
	session_free(&s);
	run_free(&run);
	return 0;
}
