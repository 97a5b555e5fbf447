/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_words - how sentences speak of certificates
 *
 * All append to a buffer and take care that one name cannot fill a sentence.
 */
#ifndef JUDGE_CERT_WORDS_H
#define JUDGE_CERT_WORDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "judge/tls_facts.h"

enum {
	CERT_NAME_SHOWN = 160,	/* bytes of a subject or issuer in a sentence */
	CERT_NAMES_SHOWN = 10	/* host names listed of one certificate */
};

/* who is spoken of: a server presents, a file holds */
struct cert_voice {
	const char	*presents;
	const char	*sends;
	const char	*sends_not;
	const char	*times;		/* before "twice:", or a number */
	const char	*neither;	/* behind "which is", before "nor trusted" */
	const char	*too;		/* behind "if that is an intermediate" */
	const char	*many;		/* behind a number of certificates */
};

/* cert_words_voice - of a file, or else of a server */
const struct cert_voice	*cert_words_voice(bool filed);
/* cert_words_limited - at most `max` bytes, cut at a character with "..." */
void	cert_words_limited(struct buf *, const char *, size_t max);
/* cert_words_name - "CN=mail.example.org", else the whole subject, else its serial number */
void	cert_words_name(struct buf *, const struct cert_facts *);
/* cert_words_issuer - the whole issuer, "CN=Issuing CA 1,O=Example" */
void	cert_words_issuer(struct buf *, const struct cert_facts *);
/* cert_words_hosts - "a.example.org, b.example.org and 3 more" */
void	cert_words_hosts(struct buf *, const struct cert_facts *);

#endif
