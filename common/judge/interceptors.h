/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * interceptors - mail scanners, antivirus programs and inspecting proxies that
 * issue certificates in the name of the servers that they stand before
 *
 * Cause: cert.intercepted.  Told by the names of issuers that these products
 * have by default; who gives them a CA of his own is found by a pin that
 * disagrees while the path ends in an anchor of this host alone.
 *
 * A product that is itself the server may present the certificate it was
 * delivered with, from the same maker: where only the maker's organisation is
 * known, the certificate has to name the host that was asked for, as only one
 * made for the purpose does.
 */
#ifndef JUDGE_INTERCEPTORS_H
#define JUDGE_INTERCEPTORS_H

#include "judge/tls_facts.h"
#include "report/result.h"

/* interceptors_find - the product that issued one of the certificates of the path, or of those sent; NULL none that is known */
const char	*interceptors_find(const struct tls_facts *);
/* interceptors_judge - at most one finding of the tls stage, true if there is none; `mismatch`: a pin disagrees */
bool		 interceptors_judge(struct sheet *, const struct tls_facts *, bool mismatch, const char *whom);

#endif
