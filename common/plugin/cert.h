/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cert - certificates as the check of certificates sees them
 *
 * cert_check.c says what does not go together, cert.c says whom to ask and what is made of a handshake, cert_files.c looks
 * into files, cert_compare.c holds them against each other, cert_facts.c writes
 * what was learnt.
 */
#ifndef PLUGIN_CERT_H
#define PLUGIN_CERT_H

#include "base/port_set.h"
#include "dialog/dialects.h"
#include "judge/hygiene.h"
#include "judge/pins.h"
#include "judge/tls_facts.h"
#include "plugin/plugin.h"

enum {
	CERT_TARGETS_MAX = 65536,	/* ports of all hosts */
	CERT_FILES_MAX = 64	/* --file on one line; each may stand for many files */
};

struct file_list {
	const char	*paths[CERT_FILES_MAX];
	size_t		 n;
};

struct cert_options {
	const struct dialect	*dialect;	/* --protocol; NULL: by port */
	struct port_set		 ports;		/* none: that of --port */
	struct file_list	 files;
	enum cert_policy	 policy;
	struct pin_list		 pins;
	struct file_list	 profiles;	/* --trust-profile */
	bool			 aia;		/* --aia */
	const char		*compare;	/* --compare-file; NULL none */
	int64_t			 grace;		/* microseconds */
};

extern const struct opt_type opt_dialect;	/* const struct dialect * */
extern const struct opt_type opt_files;		/* struct file_list: a path, added */

/* cert_check - for plugin.check: false with an error when options do not go together, or --compare-file cannot be read */
bool			 cert_check(const struct cert_options *, const struct settings *, struct opt_error *);
/* cert_ports - for plugin.ports: those of --ports, or the usual one of the protocol for the way in which TLS begins */
const uint16_t		*cert_ports(const struct cert_options *, const struct settings *, size_t *n);
/* cert_speaks - for plugin.speaks: by --protocol, else by port, else TLS alone */
const struct dialect	*cert_speaks(const struct cert_options *, const struct settings *, struct target *);
/* cert_conclude - what the handshake of a session showed */
void			 cert_conclude(struct session *, const struct cert_options *, const struct settings *);
/* cert_opinion - all that is to be found beyond cert_judge(): pins, interception, hygiene, life; `whom` as sentences call it */
void			 cert_opinion(struct result *, const struct tls_facts *, const struct cert_options *, const struct settings *, int64_t now, const char *whom);
/* cert_files - a result for each file */
void			 cert_files(const struct work *, const struct cert_options *);
/* cert_compare - the certificates of servers with that of --compare-file, and with each other; when all were asked */
void			 cert_compare(const struct work *, const struct cert_options *);
/* cert_now - the moment that certificates are judged for, seconds since 1970 */
int64_t			 cert_now(const struct settings *);
/* cert_table - for plugin.table: the chain of each target */
void			 cert_table(const struct run *, struct buf *, int64_t now);
/* cert_facts - the member "certificates" of the facts */
void			 cert_facts(const struct run *, struct json *, int64_t now);

#endif
