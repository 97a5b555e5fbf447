/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pem_cert - a certificate in PEM, of which only the subject is looked at
 *
 * Nearly every file has the lines that RFC 7468 section 3 wants written: 64
 * characters each, which are 48 bytes.  So it is known where a byte of the
 * certificate stands, and issuer, key, extensions and signature need not be
 * decoded to step over them.
 */
#ifndef WORLD_PEM_CERT_H
#define WORLD_PEM_CERT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/span.h"

struct pem_cert {
	struct span	 text;	/* the lines */
	unsigned char	*der;	/* only what has been asked for is in there */
	size_t		 size;	/* bytes of the whole */
	size_t		 ready;	/* fours of characters before it need no decoding any more */
};

/* pem_cert_open - begin with what stands between the lines of the marks; false if it is no base64.  The scratch has room for twice as much, and lives on. */
bool	pem_cert_open(struct pem_cert *, struct span body, char *scratch);
/* pem_cert_subject - the DER of its subject, in the scratch; only one of these, and once */
bool	pem_cert_subject(struct pem_cert *, struct span *subject);
/* pem_cert_subject_end - no more than the last bytes of it */
bool	pem_cert_subject_end(struct pem_cert *, size_t max, struct span *last);

#endif
