/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * port_facts - names of what becomes of ports
 */
#include "judge/port_facts.h"

const char *
port_verdict_name(enum port_verdict verdict)
{
	static const char *const names[PORT_VERDICTS] = {
		[PORT_UNTRIED] = "untried", [PORT_OPEN] = "open",
		[PORT_REFUSED] = "refused", [PORT_REJECTED] = "rejected",
		[PORT_FILTERED] = "filtered",
		[PORT_UNREACHABLE] = "unreachable", [PORT_RESET] = "reset"
	};

	return names[verdict];
}

const char *
port_speech_name(enum port_speech speech)
{
	static const char *const names[SPEECHES] = {
		[SPEECH_NONE] = "silent", [SPEECH_CLOSED] = "closed",
		[SPEECH_IMAP] = "imap", [SPEECH_POP3] = "pop3",
		[SPEECH_SMTP] = "smtp", [SPEECH_LMTP] = "lmtp",
		[SPEECH_SIEVE] = "sieve", [SPEECH_TLS] = "tls",
		[SPEECH_HTTP] = "http", [SPEECH_SSH] = "ssh",
		[SPEECH_FTP] = "ftp", [SPEECH_NNTP] = "nntp",
		[SPEECH_OTHER] = "other"
	};

	return names[speech];
}
