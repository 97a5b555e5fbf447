/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * opt_common - the options that checks share, a table per group
 *
 * A letter means the same in every program, so it is given away here; a check
 * may add rows of its own, never others of the same name.
 */
#include "plugin/plugin.h"

#define O(field)	offsetof(struct settings, field)

static const struct opt server_rows[] = {
	{ 'H', "hostname", &opt_host, O(hosts), "HOST", NULL,
	    "The server: its name, IPv4 address, or IPv6 address with or "
	    "without brackets. Names with letters beyond ASCII are converted "
	    "(IDN)", NULL },
	{ 'p', "port", &opt_port, O(port), "PORT", NULL,
	    "A port number or the name of a mail service. Without it, the "
	    "usual port of the protocol", NULL, USES_DIALOG },
	{ '4', "use-ipv4", &opt_ipv4, O(family), NULL, NULL,
	    "Use IPv4 only. Without -4 and -6 both families are tried; a "
	    "session takes whichever wins the race", NULL },
	{ '6', "use-ipv6", &opt_ipv6, O(family), NULL, NULL,
	    "Use IPv6 only", NULL },
	{ 0, "address", &opt_address, O(address), "IP", NULL,
	    "Connect to this address and ask no DNS. HOST is still the name "
	    "that TLS asks for and verifies", NULL },
	{ 0, "source-address", &opt_address, O(source), "IP", NULL,
	    "Connect from this address of the checking host", NULL },
	{ 0, "all-addresses", &opt_flag, O(all_addresses), NULL, NULL,
	    "Try every address of the name and report each. Only the first "
	    "that answers gets the login, the others are left after greeting "
	    "and TLS. No address of a family that this host has not is tried",
	    NULL, USES_DIALOG },
	{ 0, "reference", &opt_reference, O(references), "HOST:PORT", NULL,
	    "Connect there too, but only after a failed connection or an "
	    "unanswered name: when that fails as well, the network of the "
	    "checking host is to blame. A third of the time-out is kept for "
	    "it. At most 4", NULL },
	{ 0, "proxy", &opt_proxy, O(proxy), "URL", NULL,
	    "Connect by way of this proxy: socks5h://HOST[:PORT], port 1080, "
	    "or http://HOST[:PORT], port 80, which is asked to CONNECT. The "
	    "proxy resolves the server's name; -4, -6 and --source-address "
	    "are about the way to the proxy", NULL, USES_DIALOG },
	{ 0, "proxy-protocol", &opt_proxy_header, O(proxy_header), "VERSION",
	    NULL, "Begin with a header of HAProxy's PROXY protocol that holds "
	    "our own address and the server's, for a server that stands "
	    "behind a load balancer and is asked directly", NULL, USES_DIALOG },
	{ 0, "connect-timeout", &opt_duration, O(connect_timeout), "SECONDS",
	    NULL, "Give a connection no longer than this to open. In no case "
	    "does it get longer than the whole run has", NULL },
	{ 0 }
};

static const struct opt many_rows[] = {
	{ 0, "hosts-file", &opt_file, O(hosts_file), "FILE", NULL,
	    "Take more hosts from this file, one on each line, or from "
	    "standard input when it is -. Blank lines, what stands behind #, "
	    "and hosts that were named before are left out", NULL },
	{ 0, "parallel", &opt_uint, O(parallel), "N", NULL,
	    "Look at so many targets at once. Without it, or with 0, as many "
	    "as the descriptor limit allows less 64", NULL },
	{ 0, "rate", &opt_uint, O(rate), "N", "5000",
	    "Open no more new connections than this in a second. 0 is "
	    "unlimited", NULL },
	{ 0 }
};

static const struct opt tls_rows[] = {
	{ 0, "tls", &opt_tls_mode, O(tls), "MODE", NULL,
	    "When TLS begins: with the connection, after STARTTLS, or never. "
	    "Without it the port decides: starttls on 143, 110, 25, 587 and "
	    "4190, implicit on any other", NULL },
	{ 'S', "ssl", &opt_tls_ssl, O(tls), NULL, NULL, NULL, "tls=implicit" },
	{ 0, "ca-file", &opt_file, O(ca_file), "PEM", NULL,
	    "Trust the certificates in this file, and not the system's", NULL },
	{ 0, "ca-path", &opt_dir, O(ca_path), "DIR", NULL,
	    "Trust the certificates in this folder, whose files are named by "
	    "hash (openssl rehash)", NULL },
	{ 0, "no-verify", &opt_flag, O(no_verify), NULL, NULL,
	    "Do not verify chain, host name, purpose and validity of the "
	    "certificate", NULL },
	{ 0, "sni", &opt_name, O(sni), "NAME", NULL,
	    "Ask for, and verify, the certificate of this name. Without it, "
	    "that of HOST", NULL },
	{ 0, "tls-min", &opt_tls_version, O(tls_min), "V", "1.2",
	    "Oldest TLS version to accept", NULL },
	{ 0, "tls-max", &opt_tls_version, O(tls_max), "V", NULL,
	    "Newest TLS version to offer", NULL },
	{ 0, "client-cert", &opt_file, O(client_cert), "PEM", NULL,
	    "Present this certificate (with its chain) to the server", NULL },
	{ 0, "client-key", &opt_file, O(client_key), "PEM", NULL,
	    "The key of --client-cert. Without it, the key is in the same "
	    "file", NULL },
	{ 'D', "certificate", &opt_days, O(thresholds), "WARN[,CRIT]", NULL,
	    "Days that the certificate must still be valid", NULL },
	{ 0, "at", &opt_when, O(at), "TIME", NULL,
	    "Judge validity as of then: ISO 8601 (UTC unless it names a zone), "
	    "or @ and the seconds since 1970", NULL },
	{ 0 }
};

/* a row of accounts, and of what keeps files without one */
#define STATE_DIR(uses)	{ 0, "state-dir", &opt_dir, O(state_dir), "DIR", NULL, \
	"Keep what has to be remembered between runs here. Without it: " \
	"$STATE_DIRECTORY, $XDG_STATE_HOME/monitoring-plugins-mail, " \
	"~/.local/state/monitoring-plugins-mail, or " \
	"/var/tmp/monitoring-plugins-mail-UID", NULL, uses }

static const struct opt account_rows[] = {
	{ 'u', "username", &opt_text, O(user), "USER", NULL,
	    "The account to log in to", NULL, USES_ACCOUNT },
	{ 'l', "logname", &opt_text, O(user), "USER", NULL, NULL, "username",
	    USES_ACCOUNT },
	{ 0, "password-file", &opt_file, O(password_file), "FILE", NULL,
	    "Read the password from this file, which may not be open to "
	    "everybody. One line end and a byte order mark are dropped. A name "
	    "without slash is looked for in $CREDENTIALS_DIRECTORY first",
	    NULL },
	{ 0, "password-env", &opt_text, O(password_env), "VAR", NULL,
	    "Read the password from this environment variable", NULL },
	{ 0, "password-fd", &opt_fd, O(password_fd), "N", NULL,
	    "Read the password from this open file descriptor", NULL },
	{ 0, "allow-readable-secret", &opt_flag, O(allow_readable_secret),
	    NULL, NULL, "Take a password from a file (--password-file, or the "
	    "key \"password\" in one of --extra-opts) although it is open to "
	    "everybody", NULL },
	{ 0, "auth", &opt_mechanisms, O(auth), "MECH[,MECH...]", NULL,
	    "Log in with one of these mechanisms, the first that the server "
	    "offers. Without it: EXTERNAL for a client certificate without "
	    "password; inside verified TLS what mail clients use (PLAIN, "
	    "LOGIN); otherwise the strongest", NULL, USES_ACCOUNT },
	{ 0, "allow-cleartext", &opt_flag, O(allow_cleartext), NULL, NULL,
	    "Send the password even without TLS", NULL, USES_ACCOUNT },
	{ 0, "backoff", &opt_pause, O(backoff), "DURATION", "15m",
	    "After the server rejected the password, do not try the same one "
	    "again for so long, lest the account be locked. 0 is off", NULL,
	    USES_ACCOUNT },
	STATE_DIR(USES_ACCOUNT),
	{ 0 }
};

static const struct opt state_rows[] = {
	STATE_DIR(USES_STATE),
	{ 0 }
};

static const struct opt judgement_rows[] = {
	{ 'w', "warning", &opt_warning, O(thresholds), "[METRIC=]RANGE", NULL,
	    "WARNING when the value is outside this range. Numbers take ms s "
	    "m h d, K M G T, or % as the metric allows", NULL },
	{ 'c', "critical", &opt_critical, O(thresholds), "[METRIC=]RANGE",
	    NULL, "CRITICAL when the value is outside this range", NULL },
	{ 't', "timeout", &opt_timeout, O(timeout), "SECONDS[:STATE]", NULL,
	    "End the whole run after so long. STATE is reported for what was "
	    "not done by then", NULL },
	{ 0, "timeout-result", &opt_state, O(timeout_result), "STATE", NULL,
	    "Report this state for what was not done before the time-out",
	    NULL },
	{ 0, "severity", &opt_severity, O(severities), "CAUSE=STATE", NULL,
	    "Report this cause as another state; cert.* stands for all that "
	    "begin so, and the last match wins", NULL },
	{ 0, "expect-cause", &opt_cause, O(expect), "CAUSE", NULL,
	    "Turn the check round: OK when exactly this is the outcome, "
	    "CRITICAL otherwise", NULL },
	{ 0 }
};

static const struct opt general_rows[] = {
	{ 0, "output-format", &opt_format, O(format), "FORMAT", "text",
	    "How the result is written; multi-line is another name of text",
	    NULL },
	{ 0, "extra-opts", &opt_extra_opts, O(extra_opts), "[SECTION][@FILE]",
	    NULL, "Read options from a section of an ini file, a line "
	    "\"key = value\" for each \"--key=value\". Without SECTION the one "
	    "named as this program, without FILE the first that exists of the "
	    "usual places; @- is standard input", NULL },
	{ 'v', "verbose", &opt_count, O(verbose), NULL, NULL,
	    "Say more: -v all stages, -vv the configuration, -vvv the dialogue "
	    "with the server on standard error, without secrets", NULL },
	{ 'h', "help", &opt_flag, O(help), NULL, NULL,
	    "Show this help", NULL },
	{ 'V', "version", &opt_flag, O(version), NULL, NULL,
	    "Show the version", NULL },
	{ 0, "describe", &opt_describe, O(describe), "DOCUMENT", NULL,
	    "Write these options as a manual page, or as the completions of a "
	    "shell", NULL },
	{ 0 }
};

#undef STATE_DIR
#undef O

static const struct {
	const char		*title;
	const struct opt	*rows;
	unsigned		 uses;		/* 0: every plugin has it */
} shared[] = {
	{ "Server",		server_rows,	USES_HOST },
	{ "Many targets",	many_rows,	USES_MANY },
	{ "TLS",		tls_rows,	USES_TLS },
	{ "Account",		account_rows,	USES_ACCOUNT },
	{ "Password",		account_rows,	USES_SECRET },
	{ "Between runs",	state_rows,	USES_STATE },
	{ "Judgement",		judgement_rows,	0 },
	{ "Output and general",	general_rows,	0 }
};

size_t
opt_groups(const struct plugin *plugin, struct settings *settings,
    struct opt_group groups[OPT_GROUPS_MAX])
{
	size_t i, n = 0;

	if (plugin->opts != NULL)
		groups[n++] = (struct opt_group){
			"This check", plugin->opts, plugin->cfg
		};
	for (i = 0; i < sizeof(shared) / sizeof(shared[0]); i++)
		if ((plugin->uses & shared[i].uses) == shared[i].uses)
			groups[n++] = (struct opt_group){
				shared[i].title, shared[i].rows, settings
			};
	return n;
}
