/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * pins - keys and certificates that are known beforehand (RFC 7469 section 2.6
 * explains what backs which; the notation for keys is that of curl)
 *
 * Cause: cert.mismatch, when none of the pins is that of a certificate on the
 * path that was built, or, where none was built, of those that were sent.
 */
#ifndef JUDGE_PINS_H
#define JUDGE_PINS_H

#include "judge/tls_facts.h"
#include "report/result.h"

enum {
	PINS_MAX = 32,
	PIN_HEX = 65		/* a SHA-256 digest in hexadecimal, NUL included */
};

struct pin {
	bool	 key;		/* of the key (SubjectPublicKeyInfo), else of the whole certificate */
	char	 hex[PIN_HEX];	/* lower case, as in struct cert_facts */
};

struct pin_list {
	struct pin	 rows[PINS_MAX];
	size_t		 n;
};

/* pins_add - what --pin was given: "sha256//BASE64" of a key or "cert-sha256:HEX" (colons or not) of a certificate, several with ";" between.  On refusal false, the list is as it was, and `why` says what would be right. */
bool	pins_add(struct pin_list *, struct span, struct buf *why);
/* pins_match - is one of the pins kept? Also without pins, and when there is no certificate to compare. */
bool	pins_match(const struct pin_list *, const struct tls_facts *);
/* pins_judge - at most one finding of the tls stage; true if the pins do not disagree */
bool	pins_judge(struct sheet *, const struct pin_list *, const struct tls_facts *, const char *whom);
/* pins_write_key - "sha256//BASE64" of that certificate's key; nothing when its digest is not known */
void	pins_write_key(struct buf *, const struct cert_facts *);

#endif
