/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_clock - is it the certificate that is out of its time, or our clock
 *
 * Cause: cert.clock, with the proof that judge/cert.h asks for.
 */
#ifndef JUDGE_CERT_CLOCK_H
#define JUDGE_CERT_CLOCK_H

#include "judge/cert.h"

/* cert_clock_judge - at most one finding of the tls stage; it explains those about validity, which are made all the same */
void	cert_clock_judge(struct sheet *, const struct tls_facts *, const struct cert_moment *, const char *whom);

#endif
