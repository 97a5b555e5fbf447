/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * trust - which roots are believed, found when they are needed
 *
 * --ca-file and --ca-path are trusted instead of the system's roots, and an
 * intermediate or a server's own certificate in them is an anchor too.  The
 * system's are those of OpenSSL, SSL_CERT_FILE and SSL_CERT_DIR honoured: its
 * folder where that has hash links, its bundle where it has none.
 *
 * An issuer is looked up in the folder (OpenSSL opens one file) and then in the
 * bundle (see world/bundle.h).
 */
#ifndef WORLD_TRUST_H
#define WORLD_TRUST_H

#include <stdbool.h>

#include <openssl/x509.h>

#include "base/buf.h"
#include "report/cause.h"

struct trust;

/* trust_new - make the store look up issuers in these; ca_file and ca_path may be NULL.  The trust outlives the store's last use.  NULL with *cause and a sentence in `why`. */
struct trust	*trust_new(X509_STORE *, const char *ca_file, const char *ca_path, enum cause *, struct buf *why);
/* trust_prime - have the certificates with that subject in the store; a name of the chain's first certificate has to be asked for, issuers come by themselves */
void		 trust_prime(X509_STORE *, const X509_NAME *);
/* trust_is_kin - has a trusted root the same organisation; looks into a bundle, so ask only after a failure */
bool		 trust_is_kin(struct trust *, const X509_NAME *);
/* trust_is_local - is that anchor one that was added to the system's roots on this host?  False where roots were given by option: nobody but the caller has chosen those. */
bool		 trust_is_local(const struct trust *, X509 *);
void		 trust_free(struct trust *);

#endif
