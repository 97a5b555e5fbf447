/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * hygiene - is a certificate made as it should be, trusted or not
 *
 * Cause: cert.weak, one finding for each certificate, which names every rule
 * that it breaks; and one for a weak Diffie-Hellman group of the handshake.
 * What verifiers refuse is cert.invalid already, and cert.weak stands behind it.
 *
 * The rules are those of RFC 5280 and of the Baseline Requirements of the
 * CA/Browser Forum ("BR", sections as in version 2).  Under a private policy
 * only those count whose breach makes a certificate weak: keys and digests.
 */
#ifndef JUDGE_HYGIENE_H
#define JUDGE_HYGIENE_H

#include "judge/tls_facts.h"
#include "report/result.h"

enum cert_policy { CERT_POLICY_PUBLIC, CERT_POLICY_PRIVATE };

enum {
	HYGIENE_RSA_BITS = 2048,	/* BR 6.1.5; more is nobody's duty */
	HYGIENE_EC_BITS = 256,		/* BR 6.1.5 */
	HYGIENE_DH_BITS = 2048,		/* RFC 9325 section 4.5 */
	HYGIENE_EXPONENT = 65537,	/* BR 6.1.6 */
	HYGIENE_SERIAL_MIN = 8,		/* octets, for 64 random bits (BR 7.1.2): of numbers with just so many one in 512 is shorter by chance */
	HYGIENE_SERIAL_MAX = 20		/* octets: RFC 5280 section 4.1.2.2 */
};

/* hygiene_judge - findings of the tls stage over the path, or over what was sent when there is none */
void	hygiene_judge(struct sheet *, const struct tls_facts *, enum cert_policy, const char *whom);
/* hygiene_lifetime_max - days that a public certificate for servers may live when it was issued at that moment (BR 6.3.2); 0: no limit is kept here */
unsigned hygiene_lifetime_max(int64_t issued);

#endif
