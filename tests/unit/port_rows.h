/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_rows - the ports of a host out of a line of text
 *
 *	"993=good 143=bare" for one address, " / " before the next one
 *
 * The words are those of `fates`.  The including file includes cmocka.h before.
 */
#ifndef UNIT_PORT_ROWS_H
#define UNIT_PORT_ROWS_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "judge/port_known.h"
#include "judge/ports.h"

enum {
	ROWS_MAX = 256
};

#define OPEN(...)	{ .verdict = PORT_OPEN, __VA_ARGS__ }
#define SHUT(v, c, ...)	{ .verdict = PORT_ ## v, .cause = CAUSE_ ## c, \
	.connect_usec = 3000000, __VA_ARGS__ }
#define HEARD(...)	OPEN(.greeted = true, __VA_ARGS__)

static const struct fate {
	const char	*word;
	struct port_row	 row;
	const char	*words;		/* of the server */
} fates[] = {
	{ "good", HEARD(.asked = true, .starttls = true), NULL },
	{ "open", OPEN(.speech = SPEECH_UNKNOWN), NULL },
	{ "bare", HEARD(.asked = true), NULL },
	{ "unasked", HEARD(.speech = SPEECH_UNKNOWN), NULL },
	{ "mute", OPEN(.speech = SPEECH_NONE), NULL },
	{ "quick", OPEN(.speech = SPEECH_NONE, .connect_usec = 300), NULL },
	{ "late", OPEN(.speech = SPEECH_NONE, .late = true), NULL },
	{ "cut", OPEN(.speech = SPEECH_CLOSED), NULL },
	{ "imap", HEARD(.speech = SPEECH_IMAP), "* OK hi" },
	{ "smtp", HEARD(.speech = SPEECH_SMTP), "220 mx" },
	{ "http", OPEN(.speech = SPEECH_HTTP), "HTTP/1.1 400" },
	{ "other", OPEN(.speech = SPEECH_OTHER), NULL },
	{ "tls", OPEN(.speech = SPEECH_TLS), NULL },
	{ "half", OPEN(.trouble = CAUSE_GREETING_TIMEOUT), "* OK" },
	{ "torn", OPEN(.trouble = CAUSE_GREETING_CLOSED), "* OK" },
	{ "curt", OPEN(.trouble = CAUSE_GREETING_UNAVAILABLE), NULL },
	{ "busy", OPEN(.trouble = CAUSE_GREETING_UNAVAILABLE), "* BYE later" },
	{ "banned", OPEN(.trouble = CAUSE_GREETING_REFUSED), "554 no" },
	{ "alert", OPEN(.trouble = CAUSE_TLS_HANDSHAKE), "bad_alert" },
	{ "old", OPEN(.trouble = CAUSE_TLS_VERSION), NULL },
	{ "weak", OPEN(.trouble = CAUSE_TLS_POLICY), NULL },
	{ "wants", OPEN(.trouble = CAUSE_TLS_CLIENT_CERTIFICATE), NULL },
	{ "stuck", OPEN(.trouble = CAUSE_TLS_TIMEOUT), NULL },
	{ "broken", OPEN(.trouble = CAUSE_TLS_CLOSED), NULL },
	{ "keyless", OPEN(.trouble = CAUSE_TLS_SERVER_SETUP), NULL },
	{ "nostart", OPEN(.trouble = CAUSE_TLS_STARTTLS_REFUSED), "454 key" },
	{ "clear", OPEN(.trouble = CAUSE_TLS_INJECTION), "* OK hi" },
	{ "ours", OPEN(.trouble = CAUSE_INTERNAL_ERROR), NULL },
	{ "inside", HEARD(.speech = SPEECH_TLS, .inside = SPEECH_POP3),
	    "+OK" },
	{ "hollow", OPEN(.speech = SPEECH_TLS, .inside = SPEECH_NONE), NULL },
	{ "hollowed", OPEN(.speech = SPEECH_TLS, .inside = SPEECH_CLOSED),
	    NULL },
	{ "lost1", HEARD(.asked = true, .starttls = true, .attempts = 5,
	    .lost = 1), NULL },
	{ "lost2", HEARD(.asked = true, .starttls = true, .attempts = 5,
	    .lost = 2, .slowest_usec = 1100000), NULL },
	{ "lost3", HEARD(.asked = true, .starttls = true, .attempts = 5,
	    .lost = 3), NULL },
	{ "refused", SHUT(REFUSED, CONNECT_REFUSED, .error = ECONNREFUSED),
	    NULL },
	{ "reset", SHUT(RESET, CONNECT_RESET, .error = ECONNRESET), NULL },
	{ "silent", SHUT(FILTERED, CONNECT_FILTERED, .error = ETIMEDOUT),
	    NULL },
	{ "router", SHUT(REJECTED, CONNECT_REJECTED, .icmp = true,
	    .icmp_type = 3, .icmp_code = 13, .offender = { .family = 4,
	    .ip = { 10, 0, 0, 1 } }), NULL },
	{ "self", SHUT(REJECTED, CONNECT_REJECTED, .icmp = true,
	    .icmp_type = 3, .icmp_code = 3), NULL },
	{ "policy", SHUT(REJECTED, CONNECT_LOCAL_POLICY, .local = true,
	    .error = EPERM), NULL },
	{ "gone", SHUT(UNREACHABLE, CONNECT_UNREACHABLE, .icmp = true,
	    .icmp_type = 3, .icmp_code = 1, .offender = { .family = 4,
	    .ip = { 10, 0, 0, 1 } }), NULL },
	{ "noroute", SHUT(UNREACHABLE, CONNECT_NO_NETWORK, .local = true,
	    .error = ENETUNREACH), NULL },
	{ "untried", { .verdict = PORT_UNTRIED }, NULL },
	{ "shortage", { .verdict = PORT_UNTRIED, .cause =
	    CAUSE_INTERNAL_ERROR, .error = EMFILE, .attempts = 1,
	    .local = true }, NULL }
};

static inline const struct fate *
fate_of(struct span word)
{
	size_t i;

	for (i = 0; i < sizeof(fates) / sizeof(fates[0]); i++)
		if (span_is(word, fates[i].word))
			return &fates[i];
	fail_msg("no fate is called '%.*s'", (int)word.len, word.p);
	return NULL;
}

/* row_of - of "993=good"; what speaks is what is to speak, if the fate says nothing else */
static inline struct port_row
row_of(struct span text, const struct address *address)
{
	const char *sign = memchr(text.p, '=', text.len);
	const struct fate *fate;
	struct port_row row;
	uint64_t port;

	assert_non_null(sign);
	fate = fate_of((struct span){ sign + 1, text.len -
	    (size_t)(sign + 1 - text.p) });
	row = fate->row;
	assert_true(span_number((struct span){ text.p,
	    (size_t)(sign - text.p) }, &port));
	row.port = (uint16_t)port;
	row.address = *address;
	if (row.attempts == 0 && row.verdict != PORT_UNTRIED)
		row.attempts = 1;
	if (row.connect_usec == 0 && row.verdict == PORT_OPEN)
		row.connect_usec = 2000;
	if (row.slowest_usec == 0 && row.verdict == PORT_OPEN)
		row.slowest_usec = row.connect_usec;
	if (strcmp(fate->word, "self") == 0)
		row.offender = *address;
	if (row.verdict == PORT_OPEN && row.speech == SPEECH_UNKNOWN &&
	    strcmp(fate->word, "open") != 0)
		row.speech = (uint8_t)(port_known(row.port)->tls_first ?
		    SPEECH_TLS : port_known(row.port)->speech);
	if (fate->words != NULL)
		row.words = sentence_make("%s", fate->words);
	return row;
}

/* host_of - addresses with spaces between; the rows are to be given back */
static inline struct port_host
host_of(const char *addresses, const char *rows)
{
	struct span list = span_of(addresses), rest = span_of(rows), word;
	struct port_host h = { .rows = calloc(ROWS_MAX, sizeof(*h.rows)),
	    .naddresses = 1 };
	struct address address;
	size_t n = 0;

	assert_non_null(h.rows);
	assert_true(address_parse(span_word(&list), &address));
	while (rest.len > 0) {
		word = span_word(&rest);
		if (span_is(word, "/")) {
			assert_true(address_parse(span_word(&list), &address));
			h.naddresses++;
			continue;
		}
		assert_true(n < ROWS_MAX);
		h.rows[n++] = row_of(word, &address);
	}
	assert_int_equal(n % h.naddresses, 0);
	h.nports = n / h.naddresses;
	return h;
}

static inline void
host_free(struct port_host *h)
{
	size_t i;

	for (i = 0; i < h->naddresses * h->nports; i++)
		free(h->rows[i].words);
	free(h->rows);
}

#endif
