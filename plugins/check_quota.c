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
	    "the file systems of --mount are. maildir: the quota files of "
	    "the Maildirs of --maildir" },
	{ 0, "mount", &opt_mounts, offsetof(struct quota_options, mounts),
	    "PATH", NULL,
	    "A file system, by a folder on it, such as that of the mail "
	    "store" },
	{ 0, "quota", &opt_quota_kind, offsetof(struct quota_options, kind),
	    "KIND", NULL,
	    "Ask the kernel for the quota of a user, a group or a project on "
	    "each --mount, and not how full it is; --id says of whom" },
	{ 0, "id", &opt_text, offsetof(struct quota_options, id), "NAME",
	    NULL, "Whose quota --quota asks for: a name or a number" },
	{ 0, "maildir", &opt_maildirs,
	    offsetof(struct quota_options, maildirs), "DIR", NULL,
	    "A Maildir with its quota file maildirsize. Default: Maildir in "
	    "the home folder of the user" },
	{ 0, "recount", &opt_flag, offsetof(struct quota_options, recount),
	    NULL, NULL,
	    "Count the messages of each Maildir too, and say when its quota "
	    "file is wrong" },
	{ 0 }
};

static const enum metric_id metrics[] = {
	METRIC_TIME, METRIC_QUOTA, METRIC_PERCENT, METRIC_USED, METRIC_FREE,
	METRIC_INODES, METRIC_MESSAGES, METRIC_COUNT
};

static const char *const causes[] = {
	"usage.option", "internal.error", "quota.exceeded", "quota.near",
	"quota.none", "quota.unsupported", "slow",
	"quota.disagree", "quota.timeout", "internal.unfinished",
	NULL
};

static const char *const examples[] = {
	"check_quota --backend=filesystem --mount=/var/mail -w 80 -c free=2G",
	"The file system of the mail store: WARNING above 80%, CRITICAL "
	"below 2 GiB left.",
	"check_quota --backend=maildir --maildir=/srv/mail/bob/Maildir "
	"--recount",
	"A Maildir by its quota file, and whether that tells the truth.",
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
		.uses = USES_HOST,
		.opts = opts, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_PERCENT, .metrics = metrics,
		.causes = causes, .stages = 1u << STAGE_QUOTA,
		.hostless = hostless, .also = also, .check = check,
		.facts = quota_json, .table = quota_table,
	};

	return plugin_main(&plugin, argc, argv);
}
