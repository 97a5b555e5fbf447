/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_pem - the certificates in a text: RFC 7468
 *
 * A block of certificates, of trusted certificates of OpenSSL (whose trust is
 * not ours) or of PKCS#7 is taken; keys, encrypted or not, parameters, requests
 * and lists of what is revoked are passed over, and so is text between blocks.
 */
#ifndef WORLD_CERT_PEM_H
#define WORLD_CERT_PEM_H

#include "world/cert_bag.h"

/* cert_pem_is - does a block begin anywhere in it */
bool	cert_pem_is(struct span);
/* cert_pem_read - all of them; false when one is broken or there is none */
bool	cert_pem_read(struct cert_bag *, struct span);

#endif
