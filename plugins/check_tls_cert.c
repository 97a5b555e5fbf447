/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_tls_cert - is the certificate good, for every address and port, on the
 * wire or in a file, and until when
 */
#include <stddef.h>

#include "plugin/cert_aia.h"
#include "plugin/cert_profiles.h"
#include "plugin/plugin.h"
#include "world/tls_engine.h"

static struct cert_options options;
static const struct settings *settings_of_run;
static struct cert_aia aia;
static struct cert_profiles profiles;

static const struct opt opts[] = {
	{ 0, "protocol", &opt_dialect, offsetof(struct cert_options, dialect),
	    "NAME", NULL,
	    "What is spoken before TLS begins; without it the port decides, "
	    "and on a port that is not known TLS comes first" },
	{ 0, "ports", &opt_ports, offsetof(struct cert_options, ports),
	    "LIST", NULL,
	    "Several ports of each host: numbers, names of mail services, "
	    "and ranges, separated by commas" },
	{ 0, "file", &opt_files, offsetof(struct cert_options, files), "FILE",
	    NULL,
	    "Look at the certificates in this file (PEM, DER, PKCS#7 or "
	    "PKCS#12, which --password-file opens), in all files of this "
	    "folder, or in those that match this pattern, and ask no server. "
	    "With -H or --sni they have to name that host, or one of several" },
	{ 0, "policy", &opt_cert_policy, offsetof(struct cert_options, policy),
	    "POLICY", "public",
	    "Hold certificates to the rules of public CAs, or, for private "
	    "ones, only to what is weak" },
	{ 0, "pin", &opt_pin, offsetof(struct cert_options, pins), "PIN", NULL,
	    "A key (sha256//BASE64) or certificate (cert-sha256:HEX) that has "
	    "to stand on the path; of several any one" },
	{ 0, "trust-profile", &opt_files,
	    offsetof(struct cert_options, profiles), "FILE", NULL,
	    "Tell also how clients see it that trust other roots, those of "
	    "this file in PEM: old ones may fail where new ones do not" },
	{ 0, "aia", &opt_flag, offsetof(struct cert_options, aia), NULL, NULL,
	    "Fetch an intermediate that was not sent from the address that "
	    "the certificate names, to tell whether it is all that is missing. "
	    "The address is the server's choice, and so may be one of your own "
	    "network: use it by hand" },
	{ 0, "compare-file", &opt_file, offsetof(struct cert_options, compare),
	    "FILE", NULL,
	    "The certificate that the servers should have: tell when what they "
	    "present is older" },
	{ 0, "grace", &opt_pause, offsetof(struct cert_options, grace),
	    "DURATION", "1h",
	    "How long servers may take to present a new --compare-file" },
	{ 0 }
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_DNS, METRIC_CONNECT, METRIC_GREETING, METRIC_TLS,
	METRIC_DAYS, METRIC_LIFETIME, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "usage.secret", "internal.error", "internal.module",
	"internal.unfinished", "dns.nxdomain", "dns.no-address",
	"dns.server-failure", "dns.no-answer", "connect.no-network",
	"connect.local-policy", "connect.unreachable", "connect.rejected",
	"connect.filtered", "connect.refused", "connect.reset",
	"connect.ipv6-down", "connect.address-down", "greeting.*",
	"protocol.*", "tls.port-speaks-plaintext", "tls.port-speaks-tls",
	"tls.starttls-missing", "tls.starttls-refused", "tls.injection",
	"tls.preauth", "tls.server-setup", "tls.version", "tls.policy",
	"tls.client-certificate", "tls.handshake", "tls.timeout",
	"tls.closed", "cert.clock", "cert.intercepted", "cert.mismatch",
	"cert.expired", "cert.not-yet-valid", "cert.wrong-host",
	"cert.self-signed", "cert.incomplete-chain", "cert.untrusted",
	"cert.invalid", "cert.unreadable", "cert.expiring", "cert.stale",
	"cert.differs", "cert.untidy", "cert.weak", "auth.referral",
	"auth.connection-limit", "auth.rate-limited", "slow", NULL
};

static const char *const examples[] = {
	"check_tls_cert -H mail.example.org",
	"The certificate of port 993.",
	"check_tls_cert --file='/etc/letsencrypt/live/*/fullchain.pem'",
	"Those that wait on the disk, whatever is served.",
	NULL
};

static const uint16_t *
ports(size_t *n)
{
	return cert_ports(&options, settings_of_run, n);
}

static const struct dialect *
speaks(struct target *t)
{
	return cert_speaks(&options, settings_of_run, t);
}

static void
conclude(struct session *s)
{
	cert_conclude(s, &options, settings_of_run);
}

static void
facts(const struct run *run, struct json *j)
{
	cert_facts(run, j, settings_of_run == NULL ? 0 :
	    cert_now(settings_of_run));
	cert_aia_facts(&aia, j);
	cert_profiles_facts(&profiles, run, j);
}

static void
table(const struct run *run, struct buf *out)
{
	cert_table(run, out, cert_now(settings_of_run));
	cert_profiles_table(&profiles, run, out);
}

static bool
hostless(void)
{
	return options.files.n > 0;
}

static void
also(const struct work *work)
{
	cert_files(work, &options);
	cert_compare(work, &options);
	if (options.aia)
		cert_aia_run(&aia, work);
	cert_profiles_judge(&profiles, work);
}

static bool
again(void)
{
	return options.aia || options.profiles.n > 0;
}

static bool
check(const struct plugin *plugin, const struct settings *settings,
    struct opt_error *error)
{
	(void)plugin;
	settings_of_run = settings;
	return cert_check(&options, settings, error) &&
	    cert_profiles_open(&profiles, &tls_openssl, &options, settings,
	    error);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_tls_cert",
		.brief = "see whether certificates are good, and until when",
		.description = "Shakes hands, or reads files, and judges the "
		    "certificates.",
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_MANY | USES_TLS |
		    USES_SECRET,
		.opts = opts, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_DAYS, .metrics = metrics,
		.causes = causes,
		.stages = 1u << STAGE_DNS | 1u << STAGE_CONNECT |
		    1u << STAGE_GREETING | 1u << STAGE_TLS,
		.tls = &tls_openssl, .ports = ports, .speaks = speaks,
		.hostless = hostless, .also = also, .again = again,
		.check = check, .conclude = conclude, .facts = facts,
		.table = table,
	};

	return plugin_main(&plugin, argc, argv);
}
