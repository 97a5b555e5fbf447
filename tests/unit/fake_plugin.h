/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * fake_plugin - a check with every group of options and rows of its own
 *
 * Its words hold what roff and shells would take for their own.
 */
#ifndef FAKE_PLUGIN_H
#define FAKE_PLUGIN_H

#include "plugin/plugin.h"

struct fake_cfg {
	const char	*mailbox;
	bool		 peek;
	unsigned	 depth;
};

static struct fake_cfg fake_cfg;

static const struct opt fake_opts[] = {
	{ 'm', "mailbox", &opt_text, offsetof(struct fake_cfg, mailbox),
	    "NAME", "INBOX", "Open this mailbox, read-only. It's \"quoted\", "
	    "[in brackets]: `so` \\n", NULL },
	{ 0, "peek", &opt_flag, offsetof(struct fake_cfg, peek), NULL, NULL,
	    ".Pp is no macro here", NULL },
	{ 0, "depth", &opt_uint, offsetof(struct fake_cfg, depth), "N", "3",
	    "'quoted' at the start", NULL },
	{ 0 }
};

static const enum metric_id fake_metrics[] = {
	METRIC_TIME, METRIC_DNS, METRIC_AUTH, METRIC_MESSAGES,
	METRIC_FETCH_RATE, METRIC_CERT_DAYS, METRIC_USED, METRIC_PERCENT,
	METRIC_COUNT
};

static const char *const fake_causes[] = { "auth.*", "cert.expired", NULL };

static const char *const fake_examples[] = {
	"check_fake -H mail.example.org -u 'joe' --password-file=/etc/secret",
	"Log in as joe and measure every stage.",
	".hidden \\backslash", "A line that begins with a dot.",
	NULL
};

static const struct plugin fake_plugin = {
	.name = "check_fake",
	.brief = "log in to nothing",
	.description = "It does nothing at all. But it does it twice.\n\n"
	    ".Dd stands at the front of this paragraph.\n\n"
	    "'and a quote at the front of that one.",
	.examples = fake_examples,
	.uses = USES_HOST | USES_DIALOG | USES_MANY | USES_TLS |
	    USES_ACCOUNT,
	.opts = fake_opts,
	.cfg = &fake_cfg,
	.timeout = "10",
	.main_metric = METRIC_TIME,
	.metrics = fake_metrics,
	.causes = fake_causes
};

#endif
