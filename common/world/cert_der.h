/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_der - certificates in DER or BER: one (RFC 5280), those of PKCS#7
 * (RFC 2315), those of PKCS#12 (RFC 7292)
 *
 * What it is shows by its first values.  How deep values may lie in each other
 * is limited by OpenSSL (30), bags within bags by world/cert_p12.
 */
#ifndef WORLD_CERT_DER_H
#define WORLD_CERT_DER_H

#include "world/cert_bag.h"

/* cert_der_read - whichever it is; false when it is none of them or broken */
bool	cert_der_read(struct cert_bag *, struct span);
/* cert_der_one - one certificate; what stands behind it is not looked at */
bool	cert_der_one(struct cert_bag *, struct span);
/* cert_der_pkcs7 - those of signed data, which say nothing of their order */
bool	cert_der_pkcs7(struct cert_bag *, struct span);

#endif
