/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * settings - what the options that all checks share were set to
 */
#include <stdlib.h>
#include <string.h>

#include "base/wipe.h"
#include "plugin/opt.h"
#include "plugin/settings.h"

void
settings_init(struct settings *settings)
{
	memset(settings, 0, sizeof(*settings));
	settings->password_fd = -1;
	settings->expect = CAUSE_NONE;
}

/* secrets_given - how many ways to the secret were named */
static int
secrets_given(const struct settings *s)
{
	return (s->password_file != NULL) + (s->password_env != NULL) +
	    (s->password_fd >= 0) + (s->password != NULL);
}

static bool
families_agree(const struct settings *s)
{
	int wanted[] = { s->family, s->address.family, s->source.family };
	int family = 0;
	size_t i;

	for (i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		if (wanted[i] != 0 && family != 0 && wanted[i] != family)
			return false;
		if (wanted[i] != 0)
			family = wanted[i];
	}
	return true;
}

/* proxy_fits - what cannot be had through a proxy is not asked for */
static bool
proxy_fits(const struct settings *s, struct opt_error *error)
{
	const char *what = s->all_addresses ? "--all-addresses" :
	    s->references.n > 0 ? "--reference" :
	    s->proxy_header != PROXY_HEADER_NONE ? "--proxy-protocol" : NULL;

	if (s->proxy.kind == PROXY_NONE || what == NULL)
		return true;
	opt_refuse(error, CAUSE_USAGE_OPTION, "%s does not go with --proxy, "
	    "which resolves the name and connects itself: use one of them",
	    what);
	return false;
}

bool
settings_check(const struct settings *s, struct opt_error *error)
{
	if (!proxy_fits(s, error))
		return false;
	if (s->tls_max != 0 && s->tls_min > s->tls_max)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--tls-max=1.%d is below "
		    "--tls-min=1.%d: lower --tls-min too", s->tls_max - 10,
		    s->tls_min - 10);
	else if (s->client_key != NULL && s->client_cert == NULL)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--client-key needs its "
		    "certificate: give --client-cert=PEM too");
	else if (s->all_addresses && s->address.family != 0)
		opt_refuse(error, CAUSE_USAGE_OPTION, "--all-addresses tries "
		    "what the name resolves to, and --address says where to "
		    "connect: use one of them");
	else if (!families_agree(s))
		opt_refuse(error, CAUSE_USAGE_OPTION, "--address, "
		    "--source-address and -4 or -6 name different families: "
		    "use one of IPv4 and IPv6");
	else if (secrets_given(s) > 1)
		opt_refuse(error, CAUSE_USAGE_SECRET, "the password comes from "
		    "more than one place: give one of --password-file, "
		    "--password-env, --password-fd and password in "
		    "--extra-opts");
	else
		return true;
	return false;
}

const char *
settings_origin(const struct settings *s, size_t host)
{
	return s->hosts_file != NULL && host >= s->hosts_named ?
	    "--hosts-file: " : "--hostname=";
}

void
settings_free(struct settings *s)
{
	size_t i;

	for (i = 0; i < s->ntexts; i++) {
		wipe(s->texts[i].data, s->texts[i].len);
		free(s->texts[i].data);
	}
	host_list_free(&s->hosts);
	settings_init(s);
}
