/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech - which protocol a server speaks, by its first bytes
 *
 * RFC 3501 section 7.1, RFC 1939 section 4, RFC 5321 section 4.2, RFC 2033,
 * RFC 5804 section 1.2, RFC 8446 section 5.1, RFC 9112 section 4, RFC 4253
 * section 4.2, RFC 959 section 5.4, RFC 3977 section 5.1.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "reply/speech.h"

enum {
	TLS_ALERT = 0x15,	/* content types of RFC 8446 section 5.1 */
	TLS_HANDSHAKE = 0x16
};

static const struct {
	const char	*begins;
	enum speech	 speech;
	const char	*words;
} openings[] = {
	{ "220 ", SPEECH_SMTP, "SMTP or FTP" },
	{ "220-", SPEECH_SMTP, "SMTP or FTP" },
	{ "400 ", SPEECH_NNTP, "NNTP" },
	{ "421 ", SPEECH_SMTP, "SMTP or FTP" },
	{ "421-", SPEECH_SMTP, "SMTP or FTP" },
	{ "502 ", SPEECH_NNTP, "NNTP" },
	{ "554 ", SPEECH_SMTP, "SMTP" },
	{ "554-", SPEECH_SMTP, "SMTP" },
	{ "+OK", SPEECH_POP3, "POP3" },
	{ "-ERR", SPEECH_POP3, "POP3" },
	{ "* OK", SPEECH_IMAP, "IMAP" },
	{ "* BYE", SPEECH_IMAP, "IMAP" },
	{ "* PREAUTH", SPEECH_IMAP, "IMAP" },
	{ "HTTP/", SPEECH_HTTP, "HTTP" },
	{ "SSH-", SPEECH_SSH, "SSH" },
	{ "BYE ", SPEECH_SIEVE, "ManageSieve" },
	{ "\"IMPLEMENTATION\"", SPEECH_SIEVE, "ManageSieve" },
	{ "<", SPEECH_HTTP, "HTTP or XML" },
	{ "200 ", SPEECH_NNTP, "NNTP" },
	{ "201 ", SPEECH_NNTP, "NNTP" },
	{ "RFB ", SPEECH_OTHER, "VNC" },
	{ "HTTP ", SPEECH_HTTP, "HTTP" }
};

static const struct {
	const char	*name;
	const char	*title;
} names[SPEECHES] = {
	[SPEECH_UNKNOWN] = { NULL, "an unknown protocol" },
	[SPEECH_NONE] = { "silent", "nothing" },
	[SPEECH_CLOSED] = { "closed", "nothing" },
	[SPEECH_IMAP] = { "imap", "IMAP" },
	[SPEECH_POP3] = { "pop3", "POP3" },
	[SPEECH_SMTP] = { "smtp", "SMTP" },
	[SPEECH_LMTP] = { "lmtp", "LMTP" },
	[SPEECH_SIEVE] = { "sieve", "ManageSieve" },
	[SPEECH_TLS] = { "tls", "TLS" },
	[SPEECH_HTTP] = { "http", "HTTP" },
	[SPEECH_SSH] = { "ssh", "SSH" },
	[SPEECH_FTP] = { "ftp", "FTP" },
	[SPEECH_NNTP] = { "nntp", "NNTP" },
	[SPEECH_OTHER] = { "other", "an unknown protocol" }
};

/* is_refusal - 450, 550 and the like: a mail server may greet with any of them to send a client away, whatever RFC 5321 section 3.1 has for it */
static bool
is_refusal(struct span bytes)
{
	uint64_t code;

	return bytes.len > 3 && (bytes.p[3] == ' ' || bytes.p[3] == '-') &&
	    span_number((struct span){ bytes.p, 3 }, &code) && code >= 400 &&
	    code < 600;
}

enum speech
speech_of(struct span bytes)
{
	size_t i;

	if (bytes.len > 0 && (bytes.p[0] == TLS_ALERT ||
	    bytes.p[0] == TLS_HANDSHAKE))
		return SPEECH_TLS;
	for (i = 0; i < sizeof(openings) / sizeof(openings[0]); i++)
		if (span_begins(bytes, openings[i].begins))
			return openings[i].speech;
	return is_refusal(bytes) ? SPEECH_SMTP : SPEECH_OTHER;
}

const char *
speech_words(struct span bytes)
{
	size_t i;

	for (i = 0; i < sizeof(openings) / sizeof(openings[0]); i++)
		if (span_begins(bytes, openings[i].begins))
			return openings[i].words;
	return NULL;
}

const char *
speech_name(enum speech speech)
{
	return names[speech].name;
}

const char *
speech_title(enum speech speech)
{
	return names[speech].title;
}
