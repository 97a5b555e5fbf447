/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_facts - what became of each port of a host
 *
 * A row is small, for there may be a million of them; what is not in it was
 * not worth keeping for a port that nobody requires.
 */
#ifndef JUDGE_PORT_FACTS_H
#define JUDGE_PORT_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/address.h"
#include "reply/speech.h"

enum port_verdict {
	PORT_UNTRIED,		/* not reached before the time was up */
	PORT_OPEN,
	PORT_REFUSED,		/* a reset came back */
	PORT_REJECTED,		/* an ICMP error forbids it; the offender says who sent it */
	PORT_FILTERED,		/* silence */
	PORT_UNREACHABLE,	/* an ICMP error, or this host, says that there is no way */
	PORT_RESET,		/* opened, and cut by a reset before a byte came */
	PORT_VERDICTS
};

enum {
	ATTEMPTS_MAX = 100	/* attempts to connect to one port */
};

struct port_row {
	struct address	address;
	struct address	offender;	/* who sent the ICMP error; family 0: none, or not known */
	char		*words;		/* what the server said, cleaned, or what is wrong with its TLS; owned; NULL */
	uint32_t	connect_usec;	/* of the attempt that decided: until it was open, or until its end; never 0 */
	uint32_t	slowest_usec;	/* of all attempts that connected: the spread */
	uint32_t	greeting_usec;	/* from the connection to the first byte; 0: none came */
	uint32_t	host;		/* which of the run's */
	uint16_t	port;
	uint16_t	error;		/* errno of the attempt that decided */
	uint8_t		verdict;	/* enum port_verdict */
	uint8_t		cause;		/* enum cause that the attempt ended for; 0 open */
	uint8_t		speech;		/* enum speech */
	uint8_t		inside;		/* enum speech inside TLS; SPEECH_UNKNOWN when nobody looked */
	uint8_t		trouble;	/* enum cause: what is wrong with what it said, whatever port that is; 0 nothing */
	uint8_t		attempts;	/* made */
	uint8_t		lost;		/* of them, without an answer, or answered only after the request was sent again */
	uint8_t		again;		/* requests of that attempt that were sent again */
	uint8_t		icmp_type;
	uint8_t		icmp_code;
	uint8_t		tls_version;	/* 10 11 12 13 once TLS is up; 0 */
	bool		icmp;		/* icmp_type and icmp_code hold something */
	bool		local;		/* nothing left this host */
	bool		offender_is_ours;
	bool		on_link;	/* the address is in a network of one of our interfaces */
	bool		starttls;	/* it was offered */
	bool		asked;		/* the server said what it offers, so that `starttls` tells */
	bool		greeted;	/* with a welcome */
	bool		late;		/* nothing was heard because the whole run's time was up */
};

enum probe_depth {
	PROBE_CONNECT,		/* see whether the port is open */
	PROBE_GREETING,		/* and what speaks there */
	PROBE_TLS		/* and shake hands */
};

/* port_verdict_name - "open", "refused" ... as in reports */
const char	*port_verdict_name(enum port_verdict);

#endif
