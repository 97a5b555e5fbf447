/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_snmp - what --backend=snmp is told
 */
#ifndef PLUGIN_QUOTA_SNMP_H
#define PLUGIN_QUOTA_SNMP_H

#include "dialog/snmp.h"
#include "plugin/opt.h"

/* where a secret is kept: at one place only */
struct snmp_secret {
	const char	*file;
	const char	*env;
	int		 fd;
	bool		 has_fd;
};

struct quota_snmp_options {
	unsigned	 version;	/* 2 or 3; 0: 3 where there is a user */
	const char	*user;
	enum snmp_level	 level;
	enum snmp_hash	 hash;
	enum snmp_cipher cipher;
	uint16_t	 port;
	struct snmp_secret community;
	struct snmp_secret auth;
	struct snmp_secret priv;
};

/* the options, for a group of their own; offsets count from a struct quota_snmp_options */
extern const struct opt quota_snmp_rows[];

/* quota_snmp_v3 - by --snmp-version, or else by --snmp-user */
bool	quota_snmp_v3(const struct quota_snmp_options *);
/* quota_snmp_level - "authPriv" */
const char *quota_snmp_level(const struct quota_snmp_options *);
/* quota_snmp_fits - is all there that the version and the level need, and nothing else? False with the error filled in. */
bool	quota_snmp_fits(const struct quota_snmp_options *, struct opt_error *);
/* quota_snmp_given - is any of the options? */
bool	quota_snmp_given(const struct quota_snmp_options *);

#endif
