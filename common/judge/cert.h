/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert - what certificate facts mean: RFC 5280 path validation as found by the
 * verifier, told as causes
 *
 * Causes: cert.clock, cert.expired, cert.not-yet-valid, cert.wrong-host,
 * cert.self-signed, cert.incomplete-chain, cert.untrusted, cert.invalid,
 * cert.untidy.  cert.clock needs proof that it is ours: a clock earlier than
 * the release of this program, or a whole path of two or more certificates,
 * our own anchor included, that is out of its time in the same direction; and
 * never when the moment was given by --at.
 */
#ifndef JUDGE_CERT_H
#define JUDGE_CERT_H

#include "judge/tls_facts.h"
#include "report/result.h"

struct cert_moment {
	int64_t	now;		/* seconds since 1970, by the wall clock or --at */
	bool	given;		/* by --at */
	int64_t	released;	/* when this program was released: no clock can be earlier */
	bool	filed;		/* the facts are of a file, which holds what a server would present */
};

/* cert_judge - findings of the tls stage of `whom` ("host:port", or the path of a file); true if the credential may be sent over this connection: nothing found that makes the server's identity doubtful (cert.untidy does not) */
bool	cert_judge(struct sheet *, const struct tls_facts *, const struct cert_moment *, const char *whom);
/* cert_days - days until the first certificate of the path (of those sent when there is no path) ends; false without certificates */
bool	cert_days(const struct tls_facts *, int64_t now, double *days);
/* cert_note - one line on connection and leaf: "TLSv1.3 TLS_AES_256_GCM_SHA384, CN=..., issued by ..., ends 2026-..."; of a file what follows the comma */
void	cert_note(struct buf *, const struct tls_facts *);

#endif
