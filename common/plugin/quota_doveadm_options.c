/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * quota_doveadm_options - the options of --backend=doveadm
 */
#include "plugin/quota_doveadm.h"

#define O(field)	offsetof(struct quota_doveadm_options, field)

const struct opt quota_doveadm_rows[] = {
	{ 0, "user", &opt_text, O(user), "NAME", NULL,
	    "Whose quota is asked for. * and ? stand for others, as Dovecot "
	    "takes them. Without it, that of --username" },
	{ 0, "all-users", &opt_flag, O(all), NULL, NULL,
	    "Ask for all users that Dovecot lists, each of them a target" },
	{ 0, "api-key-file", &opt_file, O(key_file), "FILE", NULL,
	    "Read Dovecot's doveadm_api_key from this file, which may not be "
	    "open to everybody. The key is sent without TLS to this host "
	    "only, unless --allow-cleartext is given" },
	{ 0, "api-port", &opt_port, O(port), "PORT", NULL,
	    "The port of Dovecot's HTTP API. Without it that of --port, and "
	    "8080 where --port is not given or is that of a login" },
	{ 0 }
};

bool
quota_doveadm_given(const struct quota_doveadm_options *o)
{
	return o->user != NULL || o->all || o->key_file != NULL ||
	    o->port != 0;
}
