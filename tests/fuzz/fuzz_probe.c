/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fuzz_probe - what speaks on a port, with any bytes in any order of events
 *
 * The first byte chooses port, depth, transcript and patience; then come steps:
 * a byte that says what happens, a byte of length, and so many bytes.  B feeds
 * them, T is a good handshake, F a failed one, N one that is answered in clear
 * with them, C an orderly end, S one after TLS records, R a reset, W a wake, D
 * the deadline, A the second connection, where one is wanted.  All is played
 * twice, and bytes come one by one the second time: nothing may change by that.
 */
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "dialog/hello.h"
#include "dialog/probe.h"
#include "fuzz.h"
#include "report_look.h"

enum {
	PORT_BITS = 0x07,
	DEPTH_SHIFT = 3,		/* two bits */
	FLAG_LOG = 0x20,
	FLAG_HASTY = 0x40,
	STEP = 1000,
	LOG_MAX = 64 * 1024
};

struct play {
	struct probe	 probe;
	struct port_row	 row;
	struct buf	 log;
	struct want	 want;
	int64_t		 at;
	uint8_t		 options;
	bool		 piecemeal;
};

static void
must(bool good)
{
	if (!good)
		abort();
}

/* sent - only what we always say, and not a byte of what was heard */
static void
sent(struct span out)
{
	static const char *const known[] = {
		"a CAPABILITY\r\n", "b STARTTLS\r\n", "z LOGOUT\r\n",
		"LOGOUT\r\n", "STARTTLS\r\n", "STLS\r\n", "CAPA\r\n",
		"QUIT\r\n", "EHLO [192.0.2.1]\r\n", "LHLO [192.0.2.1]\r\n"
	};
	struct span hello = hello_bytes();
	size_t i, n;

	while (out.len > 0) {
		n = out.len >= hello.len &&
		    memcmp(out.p, hello.p, hello.len) == 0 ? hello.len : 0;
		for (i = 0; n == 0 && i < sizeof(known) / sizeof(known[0]);
		    i++)
			if (out.len >= strlen(known[i]) &&
			    memcmp(out.p, known[i], strlen(known[i])) == 0)
				n = strlen(known[i]);
		must(n > 0);
		out.p += n;
		out.len -= n;
	}
}

static void
tell(struct play *p, struct event e)
{
	bool over = p->want.kind == WANT_DONE;

	e.at = p->at;
	p->want = probe_event(&p->probe, &e);
	must(!over || p->want.kind == WANT_DONE);
	must(p->want.kind == WANT_DONE || p->want.kind == WANT_CONNECT ||
	    p->want.wake_at > 0);
	must(!over || p->probe.out.len == 0);
	must(!p->probe.out.overflow && !p->probe.in.overflow);
	must(p->probe.in.size <= 2 * PROBE_LINE_MAX);
	must(p->probe.total <= PROBE_BYTES_MAX);
	sent(buf_span(&p->probe.out));
	buf_clear(&p->probe.out);
	look_at_text(buf_span(&p->log), (struct span){ NULL, 0 });
	buf_clear(&p->log);
	if (p->row.words == NULL)
		return;
	look_at_text(span_of(p->row.words), (struct span){ NULL, 0 });
	must(strlen(p->row.words) < TEXT_QUOTE_BUF);
}

static void
begin(struct play *p, bool again)
{
	probe_init(&p->probe, &p->row,
	    (enum probe_depth)((p->options >> DEPTH_SHIFT) % 4 % 3), again);
	must(address_parse(span_of("192.0.2.1"), &p->probe.local));
	p->probe.patience = (p->options & FLAG_HASTY) != 0 ?
	    PROBE_SILENCE / 2 : 8 * PROBE_SILENCE;
	if ((p->options & FLAG_LOG) != 0)
		p->probe.log = &p->log;
	memset(&p->want, 0, sizeof(p->want));
	tell(p, (struct event){ .kind = EVENT_CONNECTED });
}

static void
feed(struct play *p, struct span bytes)
{
	size_t n;

	for (; bytes.len > 0; bytes.p += n, bytes.len -= n) {
		n = p->piecemeal ? 1 : bytes.len;
		tell(p, (struct event){ .kind = EVENT_BYTES,
		    .bytes = { bytes.p, n } });
	}
}

static void
shake(struct play *p, uint8_t what, struct span bytes)
{
	struct tls_facts facts = { .outcome = TLS_DONE, .alert = 40,
	    .server_version = 13 };

	if (what == 'N') {
		facts.outcome = TLS_NOT_TLS;
		facts.nfirst = bytes.len < TLS_FIRST_MAX ? bytes.len :
		    TLS_FIRST_MAX;
		memcpy(facts.first, bytes.p, facts.nfirst);
	} else if (what == 'F') {
		facts.outcome = bytes.len == 0 ? TLS_ALERT :
		    (enum tls_outcome)(TLS_VERSION +
		    (uint8_t)bytes.p[0] % (TLS_OURS - TLS_VERSION + 1));
	}
	tell(p, (struct event){ .kind = EVENT_TLS, .tls = &facts });
}

static void
step(struct play *p, uint8_t what, struct span bytes)
{
	struct tls_facts facts = { .alert = -1, .server_spoke = what == 'S' };
	struct event e = { .kind = EVENT_CLOSED, .reset = what == 'R',
	    .tls = &facts };

	p->at += STEP;
	if (what == 'A') {
		if (p->want.kind != WANT_CONNECT)
			return;
		probe_free(&p->probe);
		begin(p, true);
		return;
	}
	if (what == 'T' || what == 'F' || what == 'N') {
		shake(p, what, bytes);
		return;
	}
	if (what == 'W') {
		/* in time where there is a time, and sometimes too early */
		if (bytes.len == 0 && p->want.wake_at > p->at)
			p->at = p->want.wake_at;
		e.kind = EVENT_WAKE;
	} else if (what == 'D') {
		e.kind = EVENT_DEADLINE;
	} else if (what != 'C' && what != 'S' && what != 'R') {
		feed(p, bytes);
		return;
	}
	tell(p, e);
}

/* end - with two wakes at the latest every probe is over */
static void
end(struct play *p)
{
	unsigned i;

	for (i = 0; i < 2 && p->want.kind != WANT_DONE &&
	    p->want.kind != WANT_CONNECT; i++)
		step(p, 'W', (struct span){ NULL, 0 });
	must(p->want.kind == WANT_DONE || p->want.kind == WANT_CONNECT);
	must(p->row.verdict == PORT_OPEN || p->row.verdict == PORT_RESET);
	must(p->row.speech < SPEECHES && p->row.inside < SPEECHES);
	probe_free(&p->probe);
	buf_free(&p->log);
}

static struct port_row
play(const uint8_t *data, size_t size, bool piecemeal)
{
	static const uint16_t ports[] = {
		24, 25, 110, 143, 993, 995, 4190, 1143
	};
	struct play p = { .options = data[0], .piecemeal = piecemeal,
	    .at = 1 };
	size_t n;

	p.row.port = ports[data[0] & PORT_BITS];
	p.row.verdict = PORT_OPEN;
	buf_init(&p.log, LOG_MAX);
	begin(&p, false);
	for (data++, size--; size >= 2; data += 2 + n, size -= 2 + n) {
		n = data[1] < size - 2 ? data[1] : size - 2;
		step(&p, data[0], (struct span){ (const char *)data + 2, n });
	}
	end(&p);
	free(p.row.words);
	p.row.words = NULL;
	return p.row;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct port_row whole, pieces;

	if (size < 1)
		return 0;
	whole = play(data, size, false);
	pieces = play(data, size, true);
	must(whole.verdict == pieces.verdict && whole.cause == pieces.cause);
	must(whole.speech == pieces.speech && whole.inside == pieces.inside);
	must(whole.trouble == pieces.trouble);
	must(whole.greeting_usec == pieces.greeting_usec);
	must(whole.starttls == pieces.starttls);
	must(whole.asked == pieces.asked && whole.greeted == pieces.greeted);
	must(whole.late == pieces.late);
	return 0;
}
