/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_quota - how full is the mailbox, by whichever door one may ask, and
 * when will it be full
 */
#include <stddef.h>

#include "dialog/imap.h"
#include "dialog/imap_quota.h"
#include "plugin/login_check.h"
#include "plugin/plugin.h"
#include "plugin/quota.h"

static struct quota_options options;
static const struct settings *settings_of_run;

static const struct opt opts[] = {
	{ 0, "backend", &opt_backend,
	    offsetof(struct quota_options, backends), "SOURCE", NULL,
	    "Whom to ask; several times: all of them. imap, which it is "
	    "without this option: the server where the account logs in. "
	    "maildir: the quota file of --maildir. filesystem: how full the "
	    "file systems of --mount are; snmp: the same of another host, as "
	    "its SNMP agent says. doveadm: Dovecot's HTTP API, as its "
	    "administrator" },
	{ 'm', "mailbox", &opt_folder,
	    offsetof(struct quota_options, mailbox), "NAME", "INBOX",
	    "The mailbox whose quotas are asked for over IMAP, in UTF-8; it "
	    "is not opened" },
	{ 0, "forecast", &opt_pause, offsetof(struct quota_options, forecast),
	    "DURATION", NULL,
	    "WARNING when it will be full within this time at the present "
	    "rate. What is used is remembered in --state-dir; after a day and "
	    "five runs the rate is known. One large mail, or a clean-up, "
	    "changes it little" },
	{ 0, "tolerance", &opt_uint, offsetof(struct quota_options, tolerance),
	    "PERCENT", "5",
	    "With several sources, tell when they are further apart: two of "
	    "one account, or a quota that has room on a disk that has none. "
	    "Also how far off a quota file may be that is recounted" },
	{ 0, "folders", &opt_flag, offsetof(struct quota_options, folders),
	    NULL, NULL,
	    "Ask over IMAP which five folders are the largest, too" },
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
	    "Count the messages of each Maildir too, and tell when its quota "
	    "file is further off than --tolerance. Without a quota file, what "
	    "is counted is told" },
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_quota_ladder),
	RUNG_END
};

static const struct opt_group groups[] = {
	{ "Dovecot's HTTP API", quota_doveadm_rows, &options.doveadm },
	{ "SNMP", quota_snmp_rows, &options.snmp },
	{ 0 }
};

static const enum metric_id metrics[] = {
	LOGIN_METRICS, METRIC_QUOTA, METRIC_PERCENT, METRIC_USED, METRIC_FREE,
	METRIC_INODES, METRIC_MESSAGES, METRIC_FULL_IN, METRIC_QUEUE,
	METRIC_COUNT
};

static const char *const causes[] = {
	LOGIN_CAUSES, "tls.preauth", "auth.referral", "mailbox.missing",
	"mailbox.forbidden", "mailbox.unavailable", "mailbox.damaged",
	"mailbox.degraded", "quota.exceeded", "quota.near", "quota.none",
	"quota.disagree", "quota.forecast", "quota.unsupported",
	"quota.timeout", "quota.closed", "internal.unfinished",
	"threshold", NULL
};

static const char *const examples[] = {
	"check_quota -H imap.example.org -u alice --password-file=alice",
	"How full is Alice's mailbox, as the server says to her.",
	"check_quota -H imap.example.org -u alice --password-file=alice -w 90 -c free=50M -w messages=90%",
	"WARNING above 90%, or when nine tenths of the messages that she may have are there; CRITICAL below 50 MiB left.",
	"check_quota --backend=filesystem --mount=/var/mail -w 80 -c free=2G",
	"The file system of the mail store: WARNING above 80%, CRITICAL below 2 GiB left.",
	"check_quota --backend=doveadm -H imap.example.org --all-users --api-key-file=/etc/monitoring-plugins-mail/doveadm",
	"All mailboxes of a Dovecot at once.",
	"check_quota --backend=maildir --maildir=/home/alice/Maildir --recount",
	"What Alice's quota file says, and whether it is right.",
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
	settings_of_run = settings;
	return quota_check(&options, settings, error);
}

static void
prepare(struct login *login)
{
	quota_imap_prepare(&options, login);
}

static void
conclude(struct session *s)
{
	quota_imap_conclude(s, settings_of_run);
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
		.description =
		    "Asks one or several sources how much is used and how "
		    "much may be, and judges whatever is fullest. What is "
		    "used up is CRITICAL whatever the thresholds are, for new "
		    "mail bounces then; where nothing has a limit, all is "
		    "well. A limit of 0 over IMAP is none, as servers mean "
		    "it; with Cyrus it lets nothing in.\n\n"
		    LOGIN_CARE,
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
		.opts = opts, .groups = groups, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_PERCENT, .metrics = metrics,
		.causes = causes,
		.stages = LOGIN_STAGES | 1u << STAGE_QUOTA,
		.protocol = &imap_protocol, .ladder = ladder,
		.hostless = hostless, .anonymous = hostless, .also = also,
		.check = check, .prepare = prepare, .conclude = conclude,
		.facts = quota_json, .table = quota_table,
	};

	return plugin_main(&plugin, argc, argv);
}
