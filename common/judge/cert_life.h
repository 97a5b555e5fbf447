/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_life - how long what a server presents still lives, against -w and -c
 *
 * Measured is the certificate of the path that ends first (of those sent where
 * there is no path).  Shares are of the lifetime of the server's own
 * certificate, whose renewal sets the pace: a CA has years left and is not
 * blamed for a quarter of them.  Both ends belong to a lifetime (RFC 5280
 * section 4.1.2.5): not before 0:00, not after 23:59:59 is one day.
 *
 * Causes: cert.expiring, and cert.untidy for what is sent, not needed, and ends
 * within the warning threshold.
 */
#ifndef JUDGE_CERT_LIFE_H
#define JUDGE_CERT_LIFE_H

#include "judge/threshold.h"
#include "judge/tls_facts.h"

enum {
	LIFE_WARN_DAYS = 21,	/* the defaults: so many days, or so much */
	LIFE_WARN_PERCENT = 25,	/* of the lifetime, whichever is less */
	LIFE_CRIT_DAYS = 7,
	LIFE_CRIT_PERCENT = 10,
	LIFE_DEFAULTS = 2	/* thresholds that cert_life_defaults() makes at most */
};

struct cert_life {
	const struct cert_facts	*first;		/* the one that ends first, borrowed */
	size_t			 depth;		/* its place on the path; 0 the server's own */
	double			 days;		/* until it ends; negative: it has ended */
	double			 lifetime;	/* percent that is left of the server's own, 0 to 100 */
	int64_t			 whole;		/* seconds that this one lives in all; 0 for one that ends before it begins */
};

/* cert_life_read - false without certificates */
bool	cert_life_read(const struct tls_facts *, int64_t now, struct cert_life *);
/* cert_life_defaults - thresholds on `days` that the user (`given`) has not set, for a lifetime of `whole` seconds; returns how many */
size_t	cert_life_defaults(int64_t whole, const struct threshold *given, size_t n, struct threshold out[LIFE_DEFAULTS]);
/* cert_life_measure - metrics days (its max is the lifetime, of which a threshold may be a share) and lifetime; false without certificates */
bool	cert_life_measure(struct sheet *, const struct tls_facts *, int64_t now);
/* cert_life_judge - after cert_life_measure() and cert_judge(): defaults and `given` thresholds on both metrics; says which certificates they are */
void	cert_life_judge(struct sheet *, const struct tls_facts *, int64_t now, const struct threshold *given, size_t n, const char *whom);

#endif
