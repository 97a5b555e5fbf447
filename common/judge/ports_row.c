/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ports_row - what one port comes to, at one address
 */
#include "judge/port_known.h"
#include "judge/ports.h"

struct port_row *
ports_row(const struct port_host *h, size_t address, size_t port)
{
	return &h->rows[address * h->nports + port];
}

bool
ports_said(const struct port_row *r)
{
	return r->verdict == PORT_OPEN || r->verdict == PORT_REFUSED ||
	    r->verdict == PORT_RESET || (r->verdict == PORT_REJECTED &&
	    address_same(&r->offender, &r->address));
}

bool
ports_answers(const struct port_host *h, size_t address)
{
	size_t i;

	for (i = 0; i < h->nports; i++)
		if (ports_said(ports_row(h, address, i)))
			return true;
	return false;
}

/* mistaken - the cause when something else speaks than is to speak on that port */
static enum cause
mistaken(const struct port_row *row, const struct port_known *known)
{
	bool mail = row->speech == SPEECH_IMAP || row->speech == SPEECH_POP3 ||
	    row->speech == SPEECH_SMTP || row->speech == SPEECH_LMTP ||
	    row->speech == SPEECH_SIEVE;

	if (known->tls_first)
		return mail ? CAUSE_TLS_PORT_SPEAKS_PLAINTEXT :
		    CAUSE_GREETING_WRONG_PROTOCOL;
	if (row->speech == SPEECH_TLS)
		return CAUSE_TLS_PORT_SPEAKS_TLS;
	return CAUSE_GREETING_WRONG_PROTOCOL;
}

/* hushed - it was open, and said nothing */
static enum cause
hushed(const struct port_row *row, const struct port_known *known)
{
	if (row->speech == SPEECH_CLOSED)
		return known->tls_first ? CAUSE_TLS_SERVER_SETUP :
		    CAUSE_GREETING_CLOSED;
	/* who knows what a port is for that has no name here */
	if (known->speech == SPEECH_UNKNOWN)
		return CAUSE_NONE;
	return known->tls_first ? CAUSE_TLS_TIMEOUT : CAUSE_GREETING_TIMEOUT;
}

enum cause
ports_trouble(const struct port_row *row, enum probe_depth depth)
{
	const struct port_known *known = port_known(row->port);
	enum speech expected = known->tls_first ? SPEECH_TLS : known->speech;

	if (depth == PROBE_CONNECT || row->speech == SPEECH_UNKNOWN)
		return (enum cause)row->trouble;
	if (row->speech == SPEECH_NONE || row->speech == SPEECH_CLOSED)
		return hushed(row, known);
	if (known->speech != SPEECH_UNKNOWN && row->speech != expected)
		return mistaken(row, known);
	if (row->trouble != CAUSE_NONE)
		return (enum cause)row->trouble;
	if (known->tls_first && row->inside != SPEECH_UNKNOWN &&
	    row->inside != known->speech)
		return row->inside == SPEECH_NONE ? CAUSE_GREETING_TIMEOUT :
		    row->inside == SPEECH_CLOSED ? CAUSE_GREETING_CLOSED :
		    CAUSE_GREETING_WRONG_PROTOCOL;
	return CAUSE_NONE;
}

/* insecure - mail could be fetched there, but only in clear */
static bool
insecure(const struct port_row *row, const struct ports_wish *wish)
{
	const struct port_known *known = port_known(row->port);

	return wish->policy->n == 0 && wish->depth != PROBE_CONNECT &&
	    known->retrieves && !known->tls_first && row->asked &&
	    !row->starttls;
}

enum cause
ports_cause(const struct port_host *h, const struct port_row *row,
    const struct ports_wish *wish)
{
	enum cause cause;

	switch (row->verdict) {
	case PORT_OPEN:
		cause = ports_trouble(row, wish->depth);
		return cause == CAUSE_NONE && insecure(row, wish) ?
		    CAUSE_TLS_STARTTLS_MISSING : cause;
	case PORT_FILTERED:
		return ports_answers(h, ports_address(h, row)) ?
		    CAUSE_CONNECT_PORT_BLOCKED : CAUSE_CONNECT_FILTERED;
	case PORT_UNTRIED:
		return row->cause != CAUSE_NONE ? (enum cause)row->cause :
		    CAUSE_INTERNAL_UNFINISHED;
	default:
		return (enum cause)row->cause;
	}
}

/* nearness - how near a row came to being good: of several addresses the nearest tells */
static int
nearness(const struct port_row *row)
{
	static const int by_verdict[PORT_VERDICTS] = {
		[PORT_OPEN] = 6, [PORT_REFUSED] = 5, [PORT_RESET] = 5,
		[PORT_REJECTED] = 4, [PORT_FILTERED] = 3,
		[PORT_UNREACHABLE] = 2, [PORT_UNTRIED] = 1
	};

	return by_verdict[row->verdict];
}

const struct port_row *
ports_nearest(const struct port_host *h, size_t port,
    const struct ports_wish *wish)
{
	const struct port_row *row, *best = NULL;
	size_t a;

	for (a = 0; a < h->naddresses; a++) {
		row = ports_row(h, a, port);
		if (ports_cause(h, row, wish) == CAUSE_NONE)
			return NULL;
		if (best == NULL || nearness(row) > nearness(best))
			best = row;
	}
	return best;
}

size_t
ports_address(const struct port_host *h, const struct port_row *row)
{
	return (size_t)(row - h->rows) / h->nports;
}

bool
ports_retrieve(const struct port_host *h)
{
	size_t i;

	for (i = 0; i < h->nports; i++)
		if (port_known(h->rows[i].port)->retrieves)
			return true;
	return false;
}
