/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_traits - what one certificate is like, for judge/cert_rules and
 * judge/hygiene
 *
 * Its extensions are gone through once; how many may be is capped, and one with
 * more is taken for malformed.
 */
#ifndef WORLD_CERT_TRAITS_H
#define WORLD_CERT_TRAITS_H

#include <stdint.h>

#include <openssl/x509.h>

#include "judge/tls_facts.h"

enum {
	EXTENSIONS_MAX = 64,
	SERIAL_OCTETS_MAX = 20		/* RFC 5280 section 4.1.2.2 */
};

/* cert_traits - bits of enum cert_trait; read once and kept with the certificate */
uint32_t	cert_traits(X509 *);
/* cert_traits_read - of the facts of one certificate those from traits on */
void		cert_traits_read(X509 *, struct cert_facts *);

#endif
