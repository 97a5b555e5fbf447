/* SPDX-License-Identifier: GPL-3.0-or-later */
/* check_starttls - does TLS start in this protocol? for tests of the dialects */
#include <stddef.h>

#include "dialog/dialects.h"
#include "dialog/session.h"
#include "plugin/plugin.h"

static struct { const char *protocol; } cfg;

static const struct opt opts[] = {
	{ 0, "protocol", &opt_text, 0, "NAME", "imap",
	    "the protocol in which TLS is started" },
	{ 0 }
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_DNS, METRIC_CONNECT, METRIC_GREETING, METRIC_TLS,
	METRIC_AUTH, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "internal.*", "dns.*", "connect.*", "greeting.*",
	"protocol.*", "tls.*", "cert.*", "auth.*", "slow", NULL
};

static bool	check(const struct plugin *, const struct settings *,
		    struct opt_error *);

static void
conclude(struct session *s)
{
	if (s->finished)
		result_summary(s->result, "%s starts TLS", s->whom);
}

/* not constant: --protocol makes another one of it */
static struct plugin plugin = {
	.name = "check_starttls",
	.brief = "start TLS in any protocol",
	.description = "Connects, greets, starts TLS, and says goodbye.",
	.uses = USES_HOST | USES_DIALOG | USES_MANY | USES_TLS,
	.opts = opts, .cfg = &cfg, .timeout = "10",
	.main_metric = METRIC_TIME, .metrics = metrics, .causes = causes,
	.stages = 1u << STAGE_DNS | 1u << STAGE_CONNECT |
	    1u << STAGE_GREETING | 1u << STAGE_TLS | 1u << STAGE_AUTH,
	.check = check, .conclude = conclude,
};

static bool
check(const struct plugin *unused, const struct settings *settings,
    struct opt_error *error)
{
	const struct dialect *d = dialect_of(span_of(cfg.protocol));

	(void)unused;
	(void)settings;
	if (d == NULL) {
		opt_refuse(error, CAUSE_USAGE_OPTION,
		    "--protocol=%s is not known here", cfg.protocol);
		return false;
	}
	plugin.protocol = d->protocol;
	plugin.ladder = d->ladder;
	return true;
}

int
main(int argc, char *argv[])
{
	return plugin_main(&plugin, argc, argv);
}
