/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_aia - issuers that were not sent, fetched from where the certificates
 * say they are (--aia; RFC 5280 section 4.2.2.1)
 *
 * The verdict stays: who sends no intermediate shuts out clients that do not
 * fetch it.  But then it is known which one is missing, and whether that is all.
 */
#ifndef PLUGIN_CERT_AIA_H
#define PLUGIN_CERT_AIA_H

#include "module/http.h"
#include "plugin/cert.h"

struct json;

enum {
	AIA_CHAIN_MAX = 4,		/* fetched for one chain */
	AIA_RUN_MAX = 16,		/* for all of them; an address is asked once */
	AIA_BYTES_MAX = 65536,		/* of an answer */
	AIA_REDIRECTS_MAX = 3,
	AIA_PATIENCE = 5000		/* milliseconds for each */
};

struct aia_row {
	char			*url;		/* owned */
	struct http_answer	 answer;
	bool			 good;		/* there is a certificate in it */
};

struct cert_aia {
	const struct http_functions *http;
	struct http		*session;
	struct aia_row		 rows[AIA_RUN_MAX];
	size_t			 n;
	bool			 no_module;
};

/* cert_aia_run - when all targets have been asked: complete what can be, and say so where the issuer is missed */
void	cert_aia_run(struct cert_aia *, const struct work *);
/* cert_aia_facts - the member "fetched"; nothing when nothing was */
void	cert_aia_facts(const struct cert_aia *, struct json *);

#endif
