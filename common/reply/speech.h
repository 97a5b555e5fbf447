/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * speech - which protocol a server speaks, by its first bytes
 */
#ifndef REPLY_SPEECH_H
#define REPLY_SPEECH_H

#include "base/span.h"

enum speech {
	SPEECH_UNKNOWN,		/* nobody listened for it */
	SPEECH_NONE,		/* silence, also after a TLS hello */
	SPEECH_CLOSED,		/* an end before a byte came */
	SPEECH_IMAP,
	SPEECH_POP3,
	SPEECH_SMTP,		/* or FTP, of which the first line cannot be told from it */
	SPEECH_LMTP,
	SPEECH_SIEVE,
	SPEECH_TLS,		/* TLS at once */
	SPEECH_HTTP,
	SPEECH_SSH,
	SPEECH_FTP,
	SPEECH_NNTP,
	SPEECH_OTHER,		/* none of these */
	SPEECHES
};

/* speech_of - of the first bytes or the first line that came; SPEECH_OTHER when nothing is known that begins so */
enum speech	speech_of(struct span);
/* speech_words - what begins so, for sentences: "SMTP or FTP"; NULL when nothing is known that does */
const char	*speech_words(struct span);
/* speech_name - for reports, in lower case: "imap", "silent"; NULL for SPEECH_UNKNOWN */
const char	*speech_name(enum speech);
/* speech_title - for sentences: "IMAP", "ManageSieve", "nothing" */
const char	*speech_title(enum speech);

#endif
