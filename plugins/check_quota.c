/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_quota - how full is the mailbox, by whichever door one may ask, and
 * when will it be full
 */
#include <stddef.h>

#include "plugin/plugin.h"
#include "plugin/quota.h"

static struct quota_options options;

static const struct opt opts[] = {
	{ 0, "backend", &opt_backend,
	    offsetof(struct quota_options, backends), "SOURCE", NULL,
	    "Whom to ask; several times: all of them. filesystem: how full "
	    "the file systems of --mount are" },
	{ 0, "mount", &opt_mounts, offsetof(struct quota_options, mounts),
	    "PATH", NULL,
	    "A file system, by a folder on it, such as that of the mail "
	    "store" },
	{ 0, "forecast", &opt_forecast,
	    offsetof(struct quota_options, forecast), "DURATION", NULL,
	    "Remember what is used, and warn when all will be used up within "
	    "that time at the present rate. It takes 10 runs over a day or "
	    "more to tell" },
	{ 0, "tolerance", &opt_tolerance,
	    offsetof(struct quota_options, tolerance), "POINTS|BYTES", NULL,
	    "How far several sources may be apart: points of percent, or "
	    "bytes with a suffix such as 500M. Without it 5 points" },
	{ 0 }
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_QUOTA, METRIC_PERCENT, METRIC_USED, METRIC_FREE,
	METRIC_FULL_IN,
	METRIC_INODES, METRIC_MESSAGES, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "internal.error", "quota.exceeded", "quota.near",
	"quota.forecast", "quota.disagree", "internal.module",
	"quota.none", "quota.unsupported", "slow", NULL
};

static const char *const examples[] = {
	"check_quota --backend=filesystem --mount=/var/mail -w 80 -c free=2G",
	"The file system of the mail store: WARNING above 80%, CRITICAL "
	"below 2 GiB left.",
	"check_quota --backend=filesystem --mount=/var/mail --forecast=7d",
	"WARNING, too, when it will be full within a week.",
	NULL
};

static bool
hostless(void)
{
	return !quota_sessions(&options);
}

static bool
check(const struct plugin *plugin, const struct settings *settings,
    struct opt_error *error)
{
	(void)plugin;
	return quota_check(&options, settings, error);
}

static void
also(const struct work *work)
{
	quota_also(work, &options);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_quota",
		.brief = "see how full a mailbox is, and when it will be full",
		.description = "Asks one or several sources how much is used "
		    "and how much may be.",
		.examples = examples,
		.uses = USES_HOST | USES_STATE,
		.opts = opts, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_PERCENT, .metrics = metrics,
		.causes = causes, .stages = 1u << STAGE_QUOTA,
		.hostless = hostless, .also = also, .check = check,
		.facts = quota_json, .table = quota_table,
	};

	return plugin_main(&plugin, argc, argv);
}
