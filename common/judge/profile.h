/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * profile - a chain that the usual roots take, and what another set of them
 * makes of it: old clients fail, new ones do not
 *
 * Cause: the first that stands in the way there: cert.untrusted,
 * cert.incomplete-chain, cert.expired, cert.invalid ...
 */
#ifndef JUDGE_PROFILE_H
#define JUDGE_PROFILE_H

#include "judge/cert.h"

/* profile_trusts - is there a path without trouble */
bool		profile_trusts(const struct tls_facts *);
/* profile_judge - a finding of the tls stage when it is good by `usual` and not by `other`, the facts of the same chain by the roots that are called `profile`; CAUSE_NONE: there is none */
enum cause	profile_judge(struct sheet *, const struct tls_facts *usual, const struct tls_facts *other, const struct cert_moment *, const char *profile, const char *whom);

#endif
