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

/* what speaks on an open port */
enum port_speech {
	SPEECH_UNKNOWN,		/* nobody listened for it */
	SPEECH_NONE,		/* silence, also after a TLS hello */
	SPEECH_CLOSED,		/* an orderly end before a byte came */
	SPEECH_IMAP,
	SPEECH_POP3,
	SPEECH_SMTP,
	SPEECH_LMTP,
	SPEECH_SIEVE,
	SPEECH_TLS,		/* TLS first; what is inside stands in `inside`, if it was looked at */
	SPEECH_HTTP,
	SPEECH_SSH,
	SPEECH_FTP,
	SPEECH_NNTP,
	SPEECH_OTHER,		/* bytes of a protocol that is none of these */
	SPEECHES
};

/* how far an open port is looked at */
enum port_probe {
	PROBE_CONNECT,		/* that it opens is enough */
	PROBE_GREETING,		/* listen for what speaks */
	PROBE_TLS		/* and finish a TLS handshake where there is one */
};

enum {
	ATTEMPTS_MAX = 100	/* attempts to connect to one port */
};

struct port_row {
	struct address	address;
	struct address	offender;	/* who sent the ICMP error; family 0: none, or not known */
	uint32_t	connect_usec;	/* of the attempt that decided, at least 1 when it was open */
	uint32_t	slowest_usec;	/* of all attempts that connected: the spread */
	uint32_t	greeting_usec;	/* from the connection to the first byte; 0: none came */
	uint16_t	port;
	uint16_t	error;		/* errno of the attempt that decided */
	uint8_t		verdict;	/* enum port_verdict */
	uint8_t		cause;		/* enum cause that the attempt ended for; 0 open */
	uint8_t		speech;		/* enum port_speech */
	uint8_t		inside;		/* enum port_speech inside TLS */
	uint8_t		attempts;	/* made */
	uint8_t		lost;		/* of them, without an answer, or answered only after the request was sent again */
	uint8_t		icmp_type;
	uint8_t		icmp_code;
	uint8_t		tls_version;	/* 10 11 12 13 once TLS is up; 0 */
	bool		icmp;		/* icmp_type and icmp_code hold something */
	bool		local;		/* nothing left this host */
	bool		offender_is_ours;
	bool		on_link;	/* the address is in a network of one of our interfaces */
	bool		starttls;	/* it was offered */
	bool		greeted;	/* a greeting came, and it was a welcome */
};

/* port_verdict_name - "open", "refused" ... as in reports */
const char	*port_verdict_name(enum port_verdict);
/* port_speech_name - "imap", "tls" ...; NULL where nothing is known */
const char	*port_speech_name(enum port_speech);

#endif
