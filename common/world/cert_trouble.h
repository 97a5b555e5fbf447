/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_trouble - what is wrong with one path, gathered
 *
 * Each trouble once, PROBLEMS_MAX at most.  That a path leads to no root is said
 * in several ways by OpenSSL and kept only the first time.
 */
#ifndef WORLD_CERT_TROUBLE_H
#define WORLD_CERT_TROUBLE_H

#include "judge/tls_facts.h"

struct cert_troubles {
	struct cert_trouble	 list[PROBLEMS_MAX];
	size_t			 n;
	bool			 elsewhere;	/* another path from the same leaf may be without one of them */
};

/* cert_trouble_error - what OpenSSL's verifier found: X509_V_ERR_... */
void	cert_trouble_error(struct cert_troubles *, int error, int depth);
/* cert_trouble_rule - a rule that is broken at that place of the path: its own (judge/cert_rules), or one that another path may keep */
void	cert_trouble_rule(struct cert_troubles *, const char *rule, int depth, bool own);
/* cert_trouble_settle - of a certificate about which more is known, the numbers that OpenSSL has no word for are dropped */
void	cert_trouble_settle(struct cert_troubles *);
/* cert_trouble_has - one of that kind */
bool	cert_trouble_has(const struct cert_troubles *, enum cert_problem);
/* cert_trouble_lost - the path leads to nothing that is trusted */
bool	cert_trouble_lost(const struct cert_troubles *);

#endif
