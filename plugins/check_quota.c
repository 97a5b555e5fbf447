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
	    "filesystem: how full the file systems of --mount are. "
	    "doveadm: Dovecot's HTTP interface for administrators at -H and "
	    "-p (8080), over HTTPS with --tls=implicit" },
	{ 'm', "mailbox", &opt_folder,
	    offsetof(struct quota_options, mailbox), "NAME", "INBOX",
	    "The mailbox whose quotas are asked for over IMAP, in UTF-8; it "
	    "is not opened" },
	{ 0, "mount", &opt_mounts, offsetof(struct quota_options, mounts),
	    "PATH", NULL,
	    "A file system, by a folder on it, such as that of the mail "
	    "store" },
	{ 0, "user", &opt_text, offsetof(struct quota_options, api_user),
	    "NAME", NULL,
	    "The account that doveadm is asked about; without it the one of "
	    "--username. * and ? stand for others, as Dovecot has it" },
	{ 0, "all-users", &opt_flag,
	    offsetof(struct quota_options, all_users), NULL, NULL,
	    "Ask doveadm about all accounts; each is a target of its own" },
	{ 0, "api-key-file", &opt_file,
	    offsetof(struct quota_options, api_key_file), "FILE", NULL,
	    "Read doveadm's key from this file, under the rules of "
	    "--password-file" },
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_quota_ladder),
	RUNG_END
};

static const enum metric_id metrics[] = {
	LOGIN_METRICS, METRIC_QUOTA, METRIC_PERCENT, METRIC_USED, METRIC_FREE,
	METRIC_INODES, METRIC_MESSAGES, METRIC_COUNT
};

static const char *const causes[] = {
	LOGIN_CAUSES, "tls.preauth", "auth.referral", "mailbox.missing",
	"mailbox.forbidden", "mailbox.unavailable", "mailbox.damaged",
	"mailbox.degraded", "quota.exceeded", "quota.near", "quota.none",
	"quota.unsupported", "quota.timeout", "quota.closed", NULL
};

static const char *const examples[] = {
	"check_quota -H imap.example.org -u alice --password-file=alice",
	"How full is Alice's mailbox, as the server says to her.",
	"check_quota -H imap.example.org -u alice --password-file=alice -w 90 -c free=50M -w messages=90%",
	"WARNING above 90%, or when nine tenths of the messages that she may have are there; CRITICAL below 50 MiB left.",
	"check_quota --backend=filesystem --mount=/var/mail -w 80 -c free=2G",
	"The file system of the mail store: WARNING above 80%, CRITICAL "
	"below 2 GiB left.",
	"check_quota --backend=doveadm -H imap.example.org --tls=implicit --api-key-file=doveadm.key --all-users",
	"All accounts of a Dovecot at once.",
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
		    "it.\n\n"
		    LOGIN_CARE,
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
		.opts = opts, .cfg = &options, .timeout = "30",
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
