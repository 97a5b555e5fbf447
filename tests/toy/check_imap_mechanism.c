/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_imap_mechanism - do these servers offer this SASL mechanism? */
#include <stddef.h>

#include "dialog/imap.h"
#include "plugin/plugin.h"

static struct { const char *mechanism; } cfg;

static const struct opt opts[] = {
	{ 0, "mechanism", &opt_text, 0, "NAME", "PLAIN",
	    "the mechanism that has to be offered" },
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(imap_hello_ladder),
	RUNG_END
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_DNS, METRIC_CONNECT, METRIC_GREETING, METRIC_TLS,
	METRIC_AUTH, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "internal.*", "dns.*", "connect.*", "greeting.*",
	"protocol.*", "tls.*", "cert.*", "auth.no-mechanism", "slow", NULL
};

static void
conclude(struct session *s)
{
	if (s->finished &&
	    !login_offered(&imap_of(s)->login.offer, cfg.mechanism))
		session_find(s, CAUSE_AUTH_NO_MECHANISM, STAGE_AUTH, NULL,
		    "%s does not offer %s", s->whom, cfg.mechanism);
	else if (s->finished)
		result_summary(s->result, "%s offers %s", s->whom,
		    cfg.mechanism);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_imap_mechanism",
		.brief = "ask IMAP servers for a SASL mechanism",
		.description = "Connects, starts TLS, and looks at what the server offers.",
		.uses = USES_HOST | USES_DIALOG | USES_MANY | USES_TLS,
		.opts = opts, .cfg = &cfg, .timeout = "10",
		.main_metric = METRIC_TIME, .metrics = metrics,
		.causes = causes,
		.stages = 1u << STAGE_DNS | 1u << STAGE_CONNECT |
		    1u << STAGE_GREETING | 1u << STAGE_TLS | 1u << STAGE_AUTH,
		.protocol = &imap_protocol, .ladder = ladder,
		.conclude = conclude,
	};

	return plugin_main(&plugin, argc, argv);
}
