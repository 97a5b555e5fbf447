/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_known - what the well-known mail ports are for (RFC 8314 section 3, RFC
 * 6409 section 3.1, RFC 5804 section 1.8, and 24 for LMTP as servers have it)
 */
#include <stddef.h>

#include "judge/port_known.h"

static const struct port_known ports[] = {
	{ 24, SPEECH_LMTP, false, false, "lmtp" },
	{ 25, SPEECH_SMTP, false, false, "smtp" },
	{ 110, SPEECH_POP3, false, true, "pop3" },
	{ 143, SPEECH_IMAP, false, true, "imap" },
	{ 465, SPEECH_SMTP, true, false, "smtp" },
	{ 587, SPEECH_SMTP, false, false, "smtp" },
	{ 993, SPEECH_IMAP, true, true, "imap" },
	{ 995, SPEECH_POP3, true, true, "pop3" },
	{ 4190, SPEECH_SIEVE, false, false, "sieve" }
};

const struct port_known *
port_known(uint16_t port)
{
	static const struct port_known other = { .speech = SPEECH_UNKNOWN };
	size_t i;

	for (i = 0; i < sizeof(ports) / sizeof(ports[0]); i++)
		if (ports[i].port == port)
			return &ports[i];
	return &other;
}
