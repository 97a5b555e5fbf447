/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * differs - do all addresses and ports of a host serve the same certificate?
 *
 * Where one was forgotten when the others were renewed, some clients fail and
 * some do not.  Cause: cert.differs, of the run, one for each host and name that
 * was asked for (SNI): other names may well have other certificates.
 */
#ifndef JUDGE_DIFFERS_H
#define JUDGE_DIFFERS_H

#include "judge/tls_facts.h"
#include "report/result.h"

enum {
	DIFFERS_CERTS = 4,	/* certificates that a sentence tells apart */
	DIFFERS_PLACES = 6	/* places listed of each */
};

/* who served what; all is borrowed */
struct differs_seen {
	const char		*host;	/* as it was asked for */
	const char		*sni;	/* name that was asked for inside TLS, "" none */
	const char		*place;	/* "192.0.2.7:993" */
	const struct cert_facts	*leaf;	/* NULL: nothing was served, and nothing is said of it */
};

/* differs_judge - findings of the tls stage; the newest certificate is named first */
void	differs_judge(struct sheet *, const struct differs_seen *, size_t n);

#endif
