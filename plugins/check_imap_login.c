/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_imap_login - can this account log in and open its mailbox, and if not,
 * which stage broke, and whose fault is it
 */
#include <stddef.h>

#include "dialog/imap_fetch.h"
#include "dialog/imap_mailbox.h"
#include "plugin/imap.h"
#include "plugin/imap_extras.h"
#include "plugin/plugin.h"
#include "world/tls_engine.h"

static struct imap_options options;

static const struct opt opts[] = {
	{ 'm', "mailbox", &opt_mailboxes,
	    offsetof(struct imap_options, mailboxes), "NAME", "INBOX",
	    "the mailbox to open, in UTF-8; it is only ever read. Messages "
	    "are counted over all of them; the download and the search are "
	    "done in the first" },
	LOGIN_OPT_FETCH(offsetof(struct imap_options, fetch),
	    "they stay unseen"),
	{ 0, "search", &opt_search,
	    offsetof(struct imap_options, wishes.search), "CRITERIA", NULL,
	    "count the messages that fit, such as UNSEEN or 'FROM bob SINCE "
	    "1-Nov-2026' (RFC 3501 section 6.4.4); -w found=N and -c found=N "
	    "hold the count against a threshold" },
	{ 0, "idle", &opt_duration, offsetof(struct imap_options, idle),
	    "SECONDS", NULL,
	    "wait in IDLE for so long after the mailbox was opened: the server "
	    "must offer it, take it, and keep the connection; the whole "
	    "run takes so much longer, and -t must allow for it" },
	{ 0, "idle-push", &opt_folder, offsetof(struct imap_options, folder),
	    "FOLDER", NULL,
	    "wait in FOLDER, and see whether the server tells of a new "
	    "message there within the SECONDS of --idle, which end as soon as "
	    "it does. This is the one option that writes: a second login, "
	    "which no other run has, puts a small message into FOLDER and "
	    "removes it again. Where the server cannot remove it alone "
	    "(UIDPLUS), it stays" },
	{ 0, "remember", &opt_flag, offsetof(struct imap_options, remember),
	    NULL, NULL,
	    "keep UIDVALIDITY and the number of messages in --state-dir, and "
	    "say mailbox.reset or mailbox.degraded when the one changed or "
	    "the other fell since the last run. It is said once, for the "
	    "next run compares with this one: let the first result count" },
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(imap_login_ladder),
	RUNG_LADDER(imap_mailbox_ladder),
	RUNG_LADDER(imap_fetch_ladder),
	RUNG_LADDER(imap_idle_ladder),
	RUNG_END
};

static const enum metric_id metrics[] = {
	LOGIN_METRICS, LOGIN_BOX_METRICS, METRIC_UNSEEN, METRIC_NEWEST_AGE,
	METRIC_UNSEEN_AGE, METRIC_FOUND, METRIC_COUNT
};

static const char *const causes[] = {
	LOGIN_CAUSES, LOGIN_BOX_CAUSES, "tls.preauth", "auth.referral",
	"mailbox.missing", "mailbox.reset", "mailbox.stale", NULL
};

static const char *const examples[] = {
	"check_imap_login -H imap.example.org -u alice --password-file=/etc/monitoring-plugins-mail/alice",
	"Log in over TLS on port 993 and open INBOX.",
	"check_imap_login -H imap.example.org -u alice --password-file=alice --tls=starttls -w 2 -c 5",
	"Use port 143 with STARTTLS; WARNING above two seconds in all, CRITICAL above five.",
	"check_imap_login -H imap.example.org -u alice --password-env=PW -D 21,7 -m Archive/2026 -c mailbox=500ms",
	"Also tell when the certificate ends, and open another mailbox, which has half a second.",
	"check_imap_login -H imap.example.org -u alice --password-file=alice --fetch -w newest_age=1d",
	"Download the newest message; WARNING when it is older than a day.",
	"check_imap_login -H imap.example.org -u desk --password-file=desk -w unseen_age=4h --search=FLAGGED -w found=20",
	"WARNING when the message that has waited longest to be read came more than four hours ago, or when more than 20 are flagged.",
	NULL
};

static void
prepare(struct login *login)
{
	imap_wish(&options, login);
	imap_idle_wish(&options, login);
}

static bool
check(const struct plugin *plugin, const struct settings *settings,
    struct opt_error *error)
{
	options.state_dir = settings->state_dir;
	options.digests = plugin->tls->digests;
	return imap_check(&options, settings, error) &&
	    imap_idle_fits(&options, settings, error);
}

static unsigned
asked(void)
{
	return imap_asked(&options);
}

static void
conclude(struct session *s)
{
	const struct imap *m = s->talk;

	imap_conclude(s, &options);
	if (m != NULL && options.remember)
		imap_remember(s, &m->box, &options);
	if (m != NULL && s->finished)
		imap_summary(s, &options);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_imap_login",
		.brief = "log in to an IMAP server, open a mailbox, and name the stage that broke",
		.description =
		    "Resolves the name, connects, starts TLS, judges the "
		    "certificate, reads the greeting, logs in, and opens a "
		    "mailbox without changing anything in it. When a step "
		    "fails, it says which one, whose fault it is, what to do "
		    "next, and the command that shows it.\n\n"
		    LOGIN_CARE,
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
		.opts = opts, .cfg = &options, .timeout = "10",
		.main_metric = METRIC_TIME, .metrics = metrics,
		.causes = causes,
		.stages = LOGIN_STAGES | 1u << STAGE_MAILBOX,
		.tls = &tls_openssl,
		.protocol = &imap_protocol, .ladder = ladder,
		.second = imap_push_ladder,
		.check = check, .asked = asked, .prepare = prepare,
		.conclude = conclude, .facts = imap_facts,
	};

	return plugin_main(&plugin, argc, argv);
}
