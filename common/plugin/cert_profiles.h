/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert_profiles - the same chains, judged by the roots of other clients
 * (--trust-profile)
 */
#ifndef PLUGIN_CERT_PROFILES_H
#define PLUGIN_CERT_PROFILES_H

#include "plugin/cert.h"

struct json;
struct tls_context;
struct tls_engine;

enum {
	PROFILES_MAX = 8
};

/* a chain and a profile */
struct cert_profile_row {
	size_t		 result;	/* of the run */
	size_t		 profile;
	bool		 trusted;
	enum cause	 cause;		/* why not */
};

struct cert_profiles {
	const struct tls_engine *engine;
	struct tls_context *contexts[PROFILES_MAX];
	char		*names[PROFILES_MAX];	/* of the files, without their folders; owned */
	size_t		 n;
	struct cert_profile_row *rows;		/* owned */
	size_t		 nrows;
};

/* cert_profiles_open - read the files of --trust-profile; false with the error filled in */
bool	cert_profiles_open(struct cert_profiles *, const struct tls_engine *, const struct cert_options *, const struct settings *, struct opt_error *);
/* cert_profiles_judge - when all targets have been asked: each chain by each profile */
void	cert_profiles_judge(struct cert_profiles *, const struct work *);
/* cert_profiles_table - a line for each chain and profile */
void	cert_profiles_table(const struct cert_profiles *, const struct run *, struct buf *);
/* cert_profiles_facts - the member "trust_profiles"; nothing without profiles */
void	cert_profiles_facts(const struct cert_profiles *, const struct run *, struct json *);

#endif
