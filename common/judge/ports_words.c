/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_words - sentences about the ports of a host
 */
#include <stdio.h>
#include <string.h>

#include "base/when.h"
#include "judge/names.h"
#include "judge/path_words.h"
#include "judge/port_known.h"
#include "judge/ports_words.h"

enum {
	SUMS_SHOWN = 10,	/* ports of each verdict in the sums */
	ADDRESSES_SHOWN = 4	/* addresses that a sentence lists */
};

void
ports_list(struct buf *out, const uint16_t *ports, size_t n, size_t most)
{
	size_t i, shown = n > most ? most : n;

	for (i = 0; i < shown; i++) {
		if (i > 0)
			buf_str(out, i + 1 == n ? " and " : ", ");
		buf_fmt(out, "%u", (unsigned)ports[i]);
	}
	if (n > shown)
		buf_fmt(out, " and %zu more", n - shown);
}

void
ports_took(struct buf *out, uint32_t usec)
{
	if (usec < 1000)
		buf_str(out, "less than 1 ms");
	else
		buf_fmt(out, "%u ms", (unsigned)(usec / 1000));
}

/* verdict_of - the best that a port came to at any of the addresses */
static enum port_verdict
verdict_of(const struct port_host *h, size_t port)
{
	static const enum port_verdict best[] = {
		PORT_OPEN, PORT_REFUSED, PORT_RESET, PORT_REJECTED,
		PORT_FILTERED, PORT_UNREACHABLE, PORT_UNTRIED
	};
	size_t i, a;

	for (i = 0; i < sizeof(best) / sizeof(best[0]); i++)
		for (a = 0; a < h->naddresses; a++)
			if (ports_row(h, a, port)->verdict == best[i])
				return best[i];
	return PORT_UNTRIED;
}

void
ports_sums(struct buf *out, const struct port_host *h)
{
	static const enum port_verdict order[] = {
		PORT_OPEN, PORT_REFUSED, PORT_REJECTED, PORT_FILTERED,
		PORT_UNREACHABLE, PORT_RESET, PORT_UNTRIED
	};
	uint16_t ports[SUMS_SHOWN];
	size_t i, k, n;
	bool any = false;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		n = 0;
		for (k = 0; k < h->nports; k++)
			if (verdict_of(h, k) == order[i] && n++ < SUMS_SHOWN)
				ports[n - 1] = h->rows[k].port;
		if (n == 0)
			continue;
		buf_fmt(out, "%s%s ", any ? "; " : "",
		    port_verdict_name(order[i]));
		ports_list(out, ports, n, SUMS_SHOWN);
		any = true;
	}
}

void
ports_speeches(struct buf *out, const struct port_host *h)
{
	const struct port_row *row;
	size_t i, n = 0;

	for (i = 0; i < h->naddresses * h->nports; i++) {
		row = &h->rows[i];
		if (row->verdict != PORT_OPEN ||
		    row->speech == SPEECH_UNKNOWN || n++ >= SUMS_SHOWN)
			continue;
		buf_fmt(out, "%s%s%s on %u", n > 1 ? ", " : "",
		    speech_title((enum speech)row->speech),
		    row->starttls ? " with STARTTLS" : "",
		    (unsigned)row->port);
	}
	if (n > SUMS_SHOWN)
		buf_fmt(out, " and %zu more", n - SUMS_SHOWN);
}

/* attempt - the row as the judge of paths knows it */
static struct attempt
attempt_of(const struct port_row *row)
{
	return (struct attempt){ .address = row->address,
	    .ended = row->connect_usec, .error = row->error,
	    .local = row->local, .icmp = row->icmp,
	    .icmp_type = row->icmp_type, .icmp_code = row->icmp_code,
	    .offender = row->offender,
	    .offender_is_ours = row->offender_is_ours,
	    .on_link = row->on_link, .retransmits = row->again };
}

/* alike - the addresses of the host at which the port has the same fault */
static void
alike(struct buf *out, const struct ports_words *w, enum cause cause)
{
	size_t port = (size_t)(w->row - w->ports->rows) % w->ports->nports;
	struct address list[ADDRESSES_MAX];
	const struct port_row *row;
	size_t a, n = 0;

	for (a = 0; a < w->ports->naddresses && n < ADDRESSES_MAX; a++) {
		row = ports_row(w->ports, a, port);
		if (ports_cause(w->ports, row, w->wish) == cause)
			list[n++] = row->address;
	}
	names_list(out, list, n, ADDRESSES_SHOWN);
}

/* connecting - the words that every check has for it */
static void
connecting(struct buf *out, const struct ports_words *w, const char *whom,
    enum cause cause)
{
	struct attempt a = attempt_of(w->row);
	struct path_words path = { .whom = whom, .port = w->row->port,
	    .attempt = &a };

	buf_init(&path.addresses, SENTENCE_MAX);
	buf_init(&path.text, SENTENCE_MAX);
	alike(&path.addresses, w, cause);
	path_words(&path, cause);
	buf_span_add(out, buf_span(&path.text));
	if (path.addresses.nomem || path.text.nomem)
		out->nomem = true;
	buf_free(&path.addresses);
	buf_free(&path.text);
}

/* blocked - and which ports of that address are not */
static void
blocked(struct buf *out, const struct ports_words *w, const char *whom)
{
	char text[ADDRESS_TEXT];
	uint16_t ports[SUMS_SHOWN];
	const struct port_row *row;
	size_t i, n = 0;

	for (i = 0; i < w->ports->nports; i++) {
		row = ports_row(w->ports, w->address, i);
		if (ports_said(row) && n++ < SUMS_SHOWN)
			ports[n - 1] = row->port;
	}
	buf_fmt(out, "%s is silent at %s while port%s ", whom,
	    address_text(&w->row->address, text), n == 1 ? "" : "s");
	ports_list(out, ports, n, SUMS_SHOWN);
	buf_fmt(out, " %s", n == 1 ? "answers" : "answer");
}

/* quote - what the server said, where it said a word */
static void
quote(struct buf *out, const struct ports_words *w)
{
	if (w->row->words != NULL)
		buf_fmt(out, ": \"%s\"", w->row->words);
}

/* mistaken - something else speaks */
static void
mistaken(struct buf *out, const struct ports_words *w, const char *whom,
    enum cause cause)
{
	const struct port_known *known = port_known(w->row->port);
	const struct port_row *row = w->row;
	bool within = row->speech == SPEECH_TLS &&
	    row->inside != SPEECH_UNKNOWN;

	if (cause == CAUSE_TLS_PORT_SPEAKS_TLS)
		buf_fmt(out, "%s speaks TLS at once where %s in clear is "
		    "usual", whom, speech_title(known->speech));
	else if (cause == CAUSE_TLS_PORT_SPEAKS_PLAINTEXT)
		buf_fmt(out, "%s speaks %s in clear where TLS is usual", whom,
		    speech_title((enum speech)row->speech));
	else
		buf_fmt(out, "%s speaks %s%s, not %s", whom,
		    speech_title((enum speech)(within ? row->inside :
		    row->speech)), within ? " inside TLS" : "",
		    speech_title(known->speech));
	quote(out, w);
}

/* hushed - silence or an end, though the port is open: how long each took tells an overload from a filter */
static void
hushed(struct buf *out, const struct ports_words *w, const char *whom,
    enum cause cause)
{
	bool half = cause != CAUSE_TLS_TIMEOUT && !w->row->greeted &&
	    w->row->words != NULL;

	buf_fmt(out, "%s opens the connection in ", whom);
	ports_took(out, w->row->connect_usec);
	if (cause == CAUSE_GREETING_CLOSED) {
		buf_str(out, w->row->greeted ?
		    ", greets, and ends it when asked what it offers" : half ?
		    " and ends it in the middle of the greeting" :
		    " and ends it before a greeting");
	} else {
		buf_str(out, cause == CAUSE_TLS_TIMEOUT ?
		    " and does not come to TLS within " : w->row->greeted ?
		    ", greets, and does not say what it offers within " :
		    half ? " and does not end its greeting within " :
		    " and sends no greeting within ");
		when_write_span(out, (double)w->wish->patience / 1e6);
	}
	if (half)
		quote(out, w);
}

/* shaking - what became of the handshake */
static void
shaking(struct buf *out, const struct ports_words *w, const char *whom,
    enum cause cause)
{
	const char *what = "breaks the TLS handshake";

	if (cause == CAUSE_TLS_VERSION)
		what = "speaks no TLS version that is accepted here";
	else if (cause == CAUSE_TLS_POLICY)
		what = "is refused by the security level of this host";
	else if (cause == CAUSE_TLS_CLIENT_CERTIFICATE)
		what = "demands a client certificate";
	else if (cause == CAUSE_TLS_CLOSED)
		what = "ends the connection half-way through the TLS handshake";
	else if (cause == CAUSE_TLS_SERVER_SETUP)
		what = "ends the connection at the first TLS message";
	else if (cause == CAUSE_TLS_INJECTION)
		what = "sends text in clear where the TLS handshake belongs";
	else if (cause == CAUSE_TLS_STARTTLS_REFUSED)
		what = "offers STARTTLS and refuses it";
	else if (cause == CAUSE_INTERNAL_ERROR)
		what = "was not asked: TLS failed on this side";
	buf_fmt(out, "%s %s", whom, what);
	quote(out, w);
}

/* speaking - what is wrong with what an open port says */
static void
speaking(struct buf *out, const struct ports_words *w, const char *whom,
    enum cause cause)
{
	switch (cause) {
	case CAUSE_TLS_PORT_SPEAKS_TLS:
	case CAUSE_TLS_PORT_SPEAKS_PLAINTEXT:
	case CAUSE_GREETING_WRONG_PROTOCOL:
		mistaken(out, w, whom, cause);
		break;
	case CAUSE_GREETING_TIMEOUT:
	case CAUSE_GREETING_CLOSED:
	case CAUSE_TLS_TIMEOUT:
		hushed(out, w, whom, cause);
		break;
	case CAUSE_PROTOCOL_VIOLATION:
		buf_fmt(out, "%s speaks %s, and more of it than any server "
		    "says", whom, speech_title((enum speech)
		    (w->row->speech == SPEECH_TLS ? w->row->inside :
		    w->row->speech)));
		break;
	case CAUSE_TLS_STARTTLS_MISSING:
		buf_fmt(out, "%s does not offer STARTTLS, so that mail could "
		    "only be fetched in clear", whom);
		break;
	default:
		if (cause_matches(cause, span_of("tls.*")) ||
		    cause_is_ours(cause))
			shaking(out, w, whom, cause);
		else {
			buf_fmt(out, "%s turns us away", whom);
			quote(out, w);
		}
		break;
	}
}

/* is_gated - is it the next hop that does not answer? */
static bool
is_gated(const struct ports_words *w, enum cause cause)
{
	return w->ports->gates != NULL && gateway_cause(
	    &w->ports->gates[w->address].gateway, cause) == cause;
}

void
ports_words(struct buf *out, const struct ports_words *w, enum cause cause)
{
	char whom[HOST_MAX + 16], text[ADDRESS_TEXT];

	snprintf(whom, sizeof(whom), "%s:%u", w->host, (unsigned)w->row->port);
	if (is_gated(w, cause)) {
		buf_fmt(out, "%s cannot be reached: ", whom);
		gateway_words(&w->ports->gates[w->address].gateway, out);
	} else if (cause == CAUSE_CONNECT_PORT_BLOCKED)
		blocked(out, w, whom);
	else if (cause == CAUSE_CONNECT_UNEXPECTED_OPEN)
		buf_fmt(out, "%s is open at %s, and policy wants it shut", whom,
		    address_text(&w->row->address, text));
	else if (cause == CAUSE_INTERNAL_UNFINISHED)
		buf_fmt(out, "%s was not tried before the time was up", whom);
	else if (w->row->verdict == PORT_OPEN)
		speaking(out, w, whom, cause);
	else
		connecting(out, w, whom, cause);
}
