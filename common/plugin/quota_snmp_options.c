/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_snmp_options - the options of --backend=snmp
 *
 * No secret is taken on the command line: there is an option for where each
 * is kept, in the manner of --password-file.
 */
#include <stddef.h>
#include <string.h>

#include "plugin/plugin.h"
#include "plugin/quota_snmp.h"

/* pick - the number of the word, or -1 with all of them in `why` */
static int
pick(const char *const *words, const char *value, struct buf *why)
{
	int i;

	for (i = 0; words[i] != NULL; i++)
		if (span_is(span_of(value), words[i]))
			return i;
	for (i = 0; words[i] != NULL; i++)
		(void)buf_fmt(why, "%s%s", i == 0 ? "" :
		    words[i + 1] == NULL ? " or " : ", ", words[i]);
	return -1;
}

static const char *const versions[] = { "2c", "3", NULL };
static const char *const levels[] = {
	[SNMP_NOAUTH] = "noAuthNoPriv", [SNMP_AUTH] = "authNoPriv",
	[SNMP_PRIV] = "authPriv", NULL
};
static const char *const hashes[] = {
	[SNMP_SHA1] = "SHA-1", [SNMP_SHA256] = "SHA-256",
	[SNMP_SHA512] = "SHA-512", NULL
};
static const char *const ciphers[] = {
	[SNMP_AES128] = "AES-128", [SNMP_AES256] = "AES-256", NULL
};

static bool
set_version(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int n = pick(versions, value, why);

	(void)plugin;
	*(unsigned *)field = n == 0 ? 2 : 3;
	return n >= 0;
}

static bool
set_level(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int n = pick(levels, value, why);

	(void)plugin;
	*(enum snmp_level *)field = n < 0 ? SNMP_PRIV : (enum snmp_level)n;
	return n >= 0;
}

static bool
set_hash(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int n = pick(hashes, value, why);

	(void)plugin;
	*(enum snmp_hash *)field = n < 0 ? SNMP_SHA256 : (enum snmp_hash)n;
	return n >= 0;
}

static bool
set_cipher(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	int n = pick(ciphers, value, why);

	(void)plugin;
	*(enum snmp_cipher *)field = n < 0 ? SNMP_AES128 :
	    (enum snmp_cipher)n;
	return n >= 0;
}

static bool
set_fd(void *field, const char *value, const struct plugin *plugin,
    struct buf *why)
{
	struct snmp_secret *secret = field;

	secret->has_fd = true;
	return opt_fd.set(&secret->fd, value, plugin, why);
}

static const struct opt_type type_version = {
	.has_value = true, .set = set_version, .choices = versions,
	.noun = "version of SNMP"
};
static const struct opt_type type_level = {
	.has_value = true, .set = set_level, .choices = levels,
	.noun = "level"
};
static const struct opt_type type_hash = {
	.has_value = true, .set = set_hash, .choices = hashes,
	.noun = "hash"
};
static const struct opt_type type_cipher = {
	.has_value = true, .set = set_cipher, .choices = ciphers,
	.noun = "cipher"
};
static const struct opt_type type_secret_fd = {
	.has_value = true, .set = set_fd, .noun = "file descriptor"
};

#define O(field)	offsetof(struct quota_snmp_options, field)

const struct opt quota_snmp_rows[] = {
	{ 0, "snmp-version", &type_version, O(version), "VERSION", NULL,
	    "2c or 3. Without it, 3 where there is a --snmp-user, else 2c" },
	{ 0, "snmp-port", &opt_port, O(port), "PORT", "161",
	    "The UDP port of the agent" },
	{ 0, "snmp-community-file", &opt_file, O(community.file), "FILE",
	    NULL, "Read the community of SNMPv2c from this file, as "
	    "--snmp-auth-file" },
	{ 0, "snmp-community-env", &opt_text, O(community.env), "VAR", NULL,
	    "Read it from this environment variable" },
	{ 0, "snmp-community-fd", &type_secret_fd, O(community), "N", NULL,
	    "Read it from this open file descriptor" },
	{ 0, "snmp-user", &opt_text, O(user), "USER", NULL,
	    "The user of SNMPv3" },
	{ 0, "snmp-level", &type_level, O(level), "LEVEL", "authPriv",
	    "Whether to authenticate and to encrypt: authPriv, authNoPriv or "
	    "noAuthNoPriv" },
	{ 0, "snmp-hash", &type_hash, O(hash), "HASH", "SHA-256",
	    "The hash that the user authenticates with" },
	{ 0, "snmp-cipher", &type_cipher, O(cipher), "CIPHER", "AES-128",
	    "The cipher that the user encrypts with" },
	{ 0, "snmp-auth-file", &opt_file, O(auth.file), "FILE", NULL,
	    "Read the authentication passphrase from this file, which may "
	    "not be open to everybody. One line end is dropped. A name "
	    "without slash is looked for in $CREDENTIALS_DIRECTORY first" },
	{ 0, "snmp-auth-env", &opt_text, O(auth.env), "VAR", NULL,
	    "Read it from this environment variable" },
	{ 0, "snmp-auth-fd", &type_secret_fd, O(auth), "N", NULL,
	    "Read it from this open file descriptor" },
	{ 0, "snmp-priv-file", &opt_file, O(priv.file), "FILE", NULL,
	    "Read the privacy passphrase from this file, as "
	    "--snmp-auth-file" },
	{ 0, "snmp-priv-env", &opt_text, O(priv.env), "VAR", NULL,
	    "Read it from this environment variable" },
	{ 0, "snmp-priv-fd", &type_secret_fd, O(priv), "N", NULL,
	    "Read it from this open file descriptor" },
	{ 0 }
};

const char *
quota_snmp_level(const struct quota_snmp_options *o)
{
	return levels[o->level];
}

bool
quota_snmp_v3(const struct quota_snmp_options *o)
{
	return o->version == 3 || (o->version == 0 && o->user != NULL);
}

/* places - how many there are for the secret */
static int
places(const struct snmp_secret *secret)
{
	return (secret->file != NULL) + (secret->env != NULL) +
	    secret->has_fd;
}

bool
quota_snmp_given(const struct quota_snmp_options *o)
{
	return o->version != 0 || o->user != NULL ||
	    places(&o->community) + places(&o->auth) + places(&o->priv) > 0;
}

/* fits - a secret that is needed comes from one place, another from none */
static bool
fits(const struct snmp_secret *secret, bool needed, const char *name,
    const char *what, struct opt_error *error)
{
	int n = places(secret);

	if (n == (needed ? 1 : 0))
		return true;
	if (n == 0)
		opt_refuse(error, CAUSE_USAGE_SECRET, "the %s is missing: "
		    "give --snmp-%s-file, --snmp-%s-env or --snmp-%s-fd",
		    what, name, name, name);
	else if (needed)
		opt_refuse(error, CAUSE_USAGE_SECRET, "the %s comes from "
		    "more than one place: give one of --snmp-%s-file, "
		    "--snmp-%s-env and --snmp-%s-fd", what, name, name, name);
	else
		opt_refuse(error, CAUSE_USAGE_OPTION, "the %s has no use with "
		    "this --snmp-version and --snmp-level: leave "
		    "--snmp-%s-... out", what, name);
	return false;
}

bool
quota_snmp_fits(const struct quota_snmp_options *o, struct opt_error *error)
{
	bool v3 = quota_snmp_v3(o);

	if (v3 == (o->user != NULL))
		return fits(&o->community, !v3, "community", "community",
		    error) && fits(&o->auth, v3 && o->level != SNMP_NOAUTH,
		    "auth", "authentication passphrase", error) &&
		    fits(&o->priv, v3 && o->level == SNMP_PRIV, "priv",
		    "privacy passphrase", error);
	opt_refuse(error, CAUSE_USAGE_OPTION, v3 ?
	    "--snmp-user is missing, which SNMPv3 needs" :
	    "--snmp-user goes with --snmp-version=3: SNMPv2c has a community "
	    "instead");
	return false;
}
