/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_tidy - does a server send, or a file hold, what belongs to its chain, once, in order
 *
 * Cause: cert.untidy.  RFC 8446 section 4.4.2 lets a client put up with nearly
 * everything here, RFC 5246 section 7.4.2 does not, and old clients follow the
 * latter.  Only clear cases count: a root that is sent along, and a cross-signed
 * certificate for another path, are neither.
 */
#ifndef JUDGE_CERT_TIDY_H
#define JUDGE_CERT_TIDY_H

#include "judge/cert.h"
#include "report/result.h"

/* cert_tidy_judge - at most one finding of the tls stage; none unless a trusted path was built */
void	cert_tidy_judge(struct sheet *, const struct tls_facts *, const struct cert_moment *, const char *whom);

#endif
