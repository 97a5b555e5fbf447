/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * check_pop3_login - can this account log in and look into its maildrop, and if
 * not, which stage broke, and whose fault is it
 */
#include <stddef.h>

#include "plugin/plugin.h"
#include "plugin/pop3.h"
#include "world/tls_engine.h"

static struct pop3_options options;

static const struct opt opts[] = {
	LOGIN_OPT_FETCH(offsetof(struct pop3_options, fetch),
	    "nothing is deleted, but some servers mark what was downloaded "
	    "as read"),
	{ 0 }
};

static const struct rung ladder[] = {
	RUNG_LADDER(pop3_login_ladder),
	RUNG_LADDER(pop3_drop_ladder),
	RUNG_LADDER(pop3_fetch_ladder),
	RUNG_END
};

static const enum metric_id metrics[] = {
	LOGIN_METRICS, LOGIN_BOX_METRICS, METRIC_COUNT
};

static const char *const causes[] = {
	LOGIN_CAUSES, LOGIN_BOX_CAUSES, NULL
};

static const char *const examples[] = {
	"check_pop3_login -H pop.example.org -u alice --password-file=/etc/monitoring-plugins-mail/alice",
	"Log in over TLS on port 995 and look into the maildrop.",
	"check_pop3_login -H pop.example.org -u alice --password-file=alice --tls=starttls -w 2 -c 5",
	"Use port 110 with STLS; WARNING above two seconds in all, CRITICAL above five.",
	"check_pop3_login -H pop.example.org -u alice --password-env=PW --fetch=3 -c fetch=10",
	"Download the newest three messages, which has ten seconds; they stay on the server.",
	NULL
};

static void
prepare(struct login *login)
{
	login->fetch = options.fetch;
}

static unsigned
asked(void)
{
	return options.fetch > 0 ? 1u << STAGE_FETCH : 0;
}

static void
conclude(struct session *s)
{
	char sums[LOGIN_SUMS_MAX];

	pop3_conclude(s, &options);
	if (!s->finished)
		return;
	pop3_sums(s->talk, &options, sums);
	result_summary(s->result, "%s logged in at %s and found %s",
	    s->result->target.user, s->whom, sums);
}

int
main(int argc, char *argv[])
{
	static const struct plugin plugin = {
		.name = "check_pop3_login",
		.brief = "log in to a POP3 server, look into the maildrop, and name the stage that broke",
		.description =
		    "Resolves the name, connects, starts TLS, judges the "
		    "certificate, reads the greeting, logs in, and counts the "
		    "messages. Nothing is ever deleted. When a step fails, it "
		    "says which one, whose fault it is, what to do next, and "
		    "the command that shows it.\n\n"
		    LOGIN_CARE
		    "\n\n"
		    "A maildrop can be open once at a time: while a mail "
		    "client has it open, some servers let others wait, and "
		    "then say mailbox.in-use. Dovecot waits ten seconds, so "
		    "the time-out is longer here than for IMAP.",
		.examples = examples,
		.uses = USES_HOST | USES_DIALOG | USES_TLS | USES_ACCOUNT,
		.opts = opts, .cfg = &options, .timeout = "30",
		.main_metric = METRIC_TIME, .metrics = metrics,
		.causes = causes,
		.stages = LOGIN_STAGES | 1u << STAGE_MAILBOX,
		.tls = &tls_openssl,
		.protocol = &pop3_protocol, .ladder = ladder,
		.asked = asked, .prepare = prepare, .conclude = conclude,
		.facts = pop3_facts,
	};

	return plugin_main(&plugin, argc, argv);
}
