/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_known - what the well-known mail ports are for
 */
#ifndef JUDGE_PORT_KNOWN_H
#define JUDGE_PORT_KNOWN_H

#include <stdbool.h>
#include <stdint.h>

#include "reply/speech.h"

struct port_known {
	uint16_t	port;		/* 0: none that is known */
	enum speech	speech;		/* what is to speak there, inside TLS where that comes first; SPEECH_UNKNOWN: whatever it likes */
	bool		tls_first;
	bool		retrieves;	/* mail is fetched there */
	const char	*protocol;	/* "imap", as STARTTLS dialects are called; NULL */
};

/* port_known - never NULL */
const struct port_known	*port_known(uint16_t port);

#endif
