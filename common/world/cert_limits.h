/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_limits - name constraints, where OpenSSL's verifier lets them pass
 *
 * RFC 5280 section 4.2.1.10 says nothing of wildcards.  "*.example.org" is a
 * name for mail.example.org too: where a CA above must not certify that one, a
 * client that looks at single hosts would be led around the constraint.  Nor can
 * a name that is none be in a permitted subtree.
 */
#ifndef WORLD_CERT_LIMITS_H
#define WORLD_CERT_LIMITS_H

#include <openssl/x509.h>

enum {
	LIMITS_COMPARED_MAX = 1 << 18	/* names times constraints on one path; beyond, the path counts as broken */
};

/* cert_limits_broken - where on the path (0 the leaf) a certificate has such a name, and the rule; -1 nowhere */
int	cert_limits_broken(const STACK_OF(X509) *chain, const char **rule);

#endif
