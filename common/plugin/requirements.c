/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * requirements - what a check cannot do without
 */
#include "plugin/frame.h"

static bool
has_password(const struct settings *set)
{
	return set->password_file != NULL || set->password_env != NULL ||
	    set->password_fd >= 0 || set->password != NULL;
}

/* needs_account - where it may be left out, who gives one half of it gives both */
static bool
needs_account(const struct plugin *plugin, const struct settings *set)
{
	if ((plugin->uses & USES_ACCOUNT) == 0 ||
	    (plugin->hostless != NULL && plugin->hostless()))
		return false;
	return plugin->anonymous == NULL || !plugin->anonymous() ||
	    set->user != NULL || has_password(set);
}

/* hosts_fit - a host that is an address is one of the family asked for */
static bool
hosts_fit(const struct settings *set, struct opt_error *error)
{
	int family = set->family != 0 ? set->family : set->source.family;
	struct address numeric;
	const char *host;
	size_t i;

	/* with --address the host is but a name */
	if (family == 0 || set->address.family != 0)
		return true;
	for (i = 0; i < set->hosts.n; i++) {
		host = host_list_at(&set->hosts, i);
		if (!address_parse(span_of(host), &numeric) ||
		    numeric.family == family)
			continue;
		opt_refuse(error, CAUSE_USAGE_OPTION, "%s%s is an IPv%d "
		    "address, and -4, -6 or --source-address asks for IPv%d",
		    settings_origin(set, i), host, numeric.family, family);
		return false;
	}
	return true;
}

bool
requirements_met(const struct plugin *plugin, const struct settings *set,
    struct opt_error *error)
{
	bool account = needs_account(plugin, set);

	bool hostless = plugin->hostless != NULL && plugin->hostless();

	if ((plugin->uses & USES_HOST) != 0 && set->hosts.n == 0 && !hostless)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--hostname is missing: name the server with -H%s",
		    (plugin->uses & USES_MANY) != 0 ?
		    ", or many with --hosts-file" : "");
	else if (set->hosts.n > 1 && set->address.family != 0)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--address goes with one --hostname only");
	else if (!hosts_fit(set, error))
		return false;
	else if (account && set->user == NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--username is missing: name the account with -u");
	else if (account && !has_password(set) &&
	    set->client_cert == NULL)
		opt_refuse(error, CAUSE_USAGE_SECRET,
		    "no password is given: use --password-file, --password-env or --password-fd");
	else
		return true;
	return false;
}
