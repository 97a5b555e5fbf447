/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_mail_ports - which mail ports answer, and who blocks the others
 */
#include <stddef.h>

#include "plugin/plugin.h"
#include "plugin/ports.h"

static struct ports_options options;
static struct ports_batch batch;

static const struct opt opts[] = {
	{ 'p', "ports", &opt_ports, offsetof(struct ports_options, ports),
	    "LIST", PORTS_USUAL,
	    "the ports to look at: numbers, names of mail services, and "
	    "ranges, separated by commas; all adds 4190 to the usual ones" },
	{ 0, "port", &opt_ports, offsetof(struct ports_options, ports), "LIST",
	    NULL, NULL, "ports" },
	{ 0, "expect", &opt_expect_ports,
	    offsetof(struct ports_options, policy), "WORD:PORT[,...]", NULL,
	    "what is expected of ports of every host, such as "
	    "open:993,closed:110,filtered:25. closed is anything but open; "
	    "ports named here are looked at besides those of --ports. Without "
	    "it one port at which mail is fetched has to be good: 993, 995, or "
	    "143 and 110 with STARTTLS. Where none of these is among --ports, "
	    "all of them have to be open" },
	{ 0, "probe", &opt_probe, offsetof(struct ports_options, depth),
	    "DEPTH", "greeting",
	    "how far an open port is looked at: connect, greeting (and which "
	    "protocol speaks), or tls (and shake hands)" },
	{ 0, "attempts", &opt_attempts,
	    offsetof(struct ports_options, attempts), "N", "1",
	    "connect so many times to each port, to see what is lost on the "
	    "way" },
	{ 0, "path", &opt_flag, offsetof(struct ports_options, path), NULL,
	    NULL,
	    "follow the way hop by hop where something is wrong: behind "
	    "which router packets to the port vanish, or which one rejects "
	    "them, whether an open port takes the same way, and whether "
	    "full-sized packets come through. No privilege is needed. A third "
	    "of the time-out is kept for it" },
	{ 0 }
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_DNS, METRIC_CONNECT, METRIC_GREETING, METRIC_OPEN,
	METRIC_REFUSED, METRIC_REJECTED, METRIC_FILTERED, METRIC_UNREACHABLE,
	METRIC_RESET, METRIC_UNTRIED, METRIC_LOSS, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "internal.error", "internal.module",
	"internal.unfinished", "dns.nxdomain", "dns.no-address",
	"dns.server-failure", "dns.no-answer", "connect.*", "greeting.*",
	"tls.port-speaks-plaintext", "tls.port-speaks-tls",
	"tls.starttls-missing", "tls.starttls-refused", "tls.injection",
	"tls.server-setup",
	"tls.version", "tls.policy", "tls.client-certificate",
	"tls.handshake", "tls.timeout", "tls.closed", "protocol.violation",
	"auth.connection-limit", "auth.rate-limited", "slow", "threshold",
	NULL
};

static const char *const examples[] = {
	"check_mail_ports -H mail.example.org",
	"Can mail be fetched there at all? Look at the usual ports, and say what answers on each.",
	"check_mail_ports -H mail.example.org --expect=open:993,open:587,closed:110,closed:143,filtered:25",
	"Hold the firewall to its word.",
	"check_mail_ports --hosts-file=servers --ports=imaps,submission --probe=connect -w connect=200ms",
	"Two ports of very many hosts; WARNING when a connection takes long to open.",
	"check_mail_ports -H mail.example.org --reference=192.0.2.53:53 --attempts=5",
	"Tell losses on the way from a dead uplink of this host.",
	NULL
};

static void
facts(const struct run *run, struct json *j)
{
	ports_facts(run, j, &batch);
	if (options.path)
		ports_paths_facts(run, j, &batch);
}

static void
table(const struct run *run, struct buf *out)
{
	ports_table(run, out, &batch);
	ports_paths_table(run, out, &batch);
}

static void
work(const struct work *w)
{
	ports_work(w, &options, &batch);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_mail_ports",
		.brief = "see which mail ports answer, and who blocks the others",
		.description =
		    "Connects to the mail ports of each address of each host, "
		    "and listens for what speaks there. A port that does not "
		    "open was refused by the host, rejected by a firewall "
		    "(and by which one), or met with silence, and the ports "
		    "and addresses of a host are held against each other: one "
		    "silent port among others that answer is blocked, IPv6 "
		    "that fails altogether while IPv4 works is down.\n\n"
		    "A target is a host here: the metrics targets and ok count "
		    "hosts, open, refused and so on count ports of addresses, "
		    "and --parallel and --rate are about connections.",
		.examples = examples,
		.uses = USES_HOST | USES_MANY,
		.opts = opts, .cfg = &options, .timeout = "10",
		.connect_timeout = "3",
		.main_metric = METRIC_CONNECT, .metrics = metrics,
		.causes = causes,
		.stages = 1u << STAGE_DNS | 1u << STAGE_CONNECT,
		.work = work, .facts = facts, .table = table,
	};

	return plugin_main(&plugin, argc, argv);
}
