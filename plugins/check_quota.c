/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_quota - how full is the mailbox, by whichever door one may ask, and
 * when will it be full
 */
#include <stddef.h>

#include "dialog/imap.h"
#include "plugin/login_check.h"
#include "plugin/plugin.h"
#include "plugin/quota.h"
#include "plugin/quota_imap.h"
#include "plugin/tls_seen.h"

static struct quota_options options;

static const struct opt opts[] = {
	{ 0, "backend", &opt_backend,
	    offsetof(struct quota_options, backends), "SOURCE", NULL,
	    "Whom to ask; several times: all of them. "
	    "imap, which is meant where none is given: the mail server, as "
	    "the user of -u. "
	    "filesystem: how full the file systems of --mount are" },
	{ 'm', "mailbox", &opt_folder,
	    offsetof(struct quota_options, mailbox), "NAME", NULL,
	    "imap: the mailbox whose quota is asked for, in UTF-8; default: "
	    "INBOX. It is not opened" },
	{ 0, "folders", &opt_flag, offsetof(struct quota_options, folders),
	    NULL, NULL,
	    "imap: show the five largest folders, too, where the server "
	    "tells sizes (STATUS=SIZE)" },
	{ 0, "mount", &opt_mounts, offsetof(struct quota_options, mounts),
	    "PATH", NULL,
	    "A file system, by a folder on it, such as that of the mail "
	    "store" },
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
	"mailbox.forbidden", "mailbox.damaged", "mailbox.unavailable",
	"mailbox.in-use", "mailbox.degraded", "quota.exceeded", "quota.near",
	"quota.unsupported", "quota.timeout", "quota.closed", "quota.none",
	NULL
};

static const char *const examples[] = {
	"check_quota -H imap.example.org -u alice --password-file=/etc/mail-check/alice",
	"What the mail server says of Alice: WARNING above 80%, CRITICAL above "
	"95%.",
	"check_quota -H imap.example.org -u alice --password-file=alice -w 90 -c free=200M --folders -v",
	"Other limits, and the five largest folders.",
	"check_quota --backend=filesystem --mount=/var/mail -w 80 -c free=2G",
	"The file system of the mail store: WARNING above 80%, CRITICAL "
	"below 2 GiB left.",
	NULL
};

static bool
hostless(void)
{
	return !quota_sessions(&options);
}

/* anonymous - nobody logs in where no session asks */
static bool
anonymous(void)
{
	return !quota_sessions(&options);
}

static void
prepare(struct login *login)
{
	quota_imap_wish(&options, login);
}

static void
conclude(struct session *s)
{
	quota_imap_conclude(s, &options);
}

static void
facts(const struct run *run, struct json *j)
{
	quota_json(run, j);
	quota_imap_json(&options, j);
	tls_seen_facts(run, j);
}

static void
table(const struct run *run, struct buf *out)
{
	quota_table(run, out);
	quota_imap_table(&options, out);
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
		    "and how much may be. Without --backend it logs in to the "
		    "mail server over IMAP and asks for the quota of the "
		    "mailbox (GETQUOTAROOT, RFC 9208), without opening it. What "
		    "is fullest is a WARNING above 80% and CRITICAL above "
		    "95%, unless -w or -c say otherwise; what is used up is "
		    "CRITICAL whatever they say.\n\n"
		    LOGIN_CARE,
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
		.opts = opts, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_PERCENT, .metrics = metrics,
		.causes = causes,
		.stages = LOGIN_STAGES | 1u << STAGE_QUOTA,
		.protocol = &imap_protocol, .ladder = ladder,
		.anonymous = anonymous, .prepare = prepare,
		.conclude = conclude,
		.hostless = hostless, .also = also, .check = check,
		.facts = facts, .table = table,
	};

	return plugin_main(&plugin, argc, argv);
}
