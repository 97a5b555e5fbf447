/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * tls_chain - facts of the certificates that were sent, and of a path
 *
 * Most of a path was sent, and reading a certificate is dearer than copying
 * what was read.  Both return false without memory; what there is can be freed
 * all the same.
 */
#ifndef WORLD_TLS_CHAIN_H
#define WORLD_TLS_CHAIN_H

#include <stdbool.h>

#include <openssl/x509.h>

#include "judge/tls_facts.h"

/* tls_chain_sent - CERTS_MAX of them; nothing when they are there already */
bool	tls_chain_sent(struct tls_facts *, const STACK_OF(X509) *sent);
/* tls_chain_path - the same for a path, whose certificates from number `from_store` on are anchors; `sent` is what tls_chain_sent() was given */
bool	tls_chain_path(struct tls_facts *, const STACK_OF(X509) *sent, const STACK_OF(X509) *path, int from_store);
/* tls_cert_read - facts of one certificate; `known` are those of the one `below` it, which spares work (both may be NULL) */
bool	tls_cert_read(X509 *, struct cert_facts *, X509 *below, const struct cert_facts *known);

#endif
